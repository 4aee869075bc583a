"""Window: the days that explanations and parameters are compared on, where nobody asks for others."""
from __future__ import annotations

from datetime import date, timedelta

from interlope.scenario.case import Case

YEAR = 365


def last_year(case: Case) -> tuple[date, date]:
    """The year that ends on the case's `as_of`, both ends counted; shorter where the days before it are burn-in.

    Parameters
    ----------
    case : Case
        The case.

    Returns
    -------
    tuple[date, date]
    """
    return max(case.burn_in, case.as_of - timedelta(days=YEAR - 1)), case.as_of
