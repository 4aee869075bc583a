"""Defaults: a neutral setting for checks that need no case."""
from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from ..model.setting import Setting


def neutral(days: int = 500, *, sectors: int = 6, group_slots: int = 16, initial_groups: int = 10, operation_from: int | None = None,
            operation_days: int = 60, end_known: bool = True) -> Setting:
    """A flat world: no seasons, five classes of which one knows the symbol, and at most one imposed operation.

    Parameters
    ----------
    days : int
        Length [days].
    sectors : int
        Sectors of the border.
    group_slots : int
        Groups that there is room for.
    initial_groups : int
        Groups on the first day.
    operation_from : int, optional
        First day of an imposed full operation; none without it.
    operation_days : int
        Its length [days].
    end_known : bool
        Whether it ends then; its length is `raids_unended_days` otherwise, and that long at least.

    Returns
    -------
    Setting
        The world, with every parameter at the model's default.
    """
    start = date(2021, 1, 1)
    last = start + timedelta(days=days - 1)
    months = (last.year - start.year) * 12 + last.month - start.month + 1
    operation, unended, run = np.zeros(days), np.zeros(days), np.zeros(days)
    if operation_from is not None:
        operation[operation_from : operation_from + operation_days] = 1.0
        if not end_known:
            unended[operation_from:], run[operation_from:] = 1.0, np.arange(days - operation_from)
    return Setting(start, days, sectors, group_slots, initial_groups, ("one", "two", "three", "four", "five"),
                   np.array([1.0, 0.4, 0.0, 0.0, 0.0]), np.array([0.4, 0.1, 0.2, 0.05, 0.25]),
                   np.tile([0.25, 0.10, 0.40, 0.10, 0.15], (months, 1)), np.ones(12), np.zeros(months), operation, days,
                   unended=unended, run=run)
