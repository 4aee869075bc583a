"""The levers, one file each: a file here that defines LEVER is a lever, found by its file name.

Comes in: settings in the lever's unit. Goes out: values of the controls that it moves, neutral at a setting of zero.
"""
from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from interlope.levers.harm import list_harms
from interlope.levers.lever import Lever
from interlope.results.reference import LeverRow
from interlope.wording import NEUTRAL, fill


@cache
def levers() -> dict[str, Lever]:
    """Every lever by name, in alphabetical order."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    catalogue = {name: importlib.import_module(f"{__name__}.{name}").LEVER for name in names}
    for name, lever in catalogue.items():
        if lever.name != name:
            raise ValueError(f"levers/catalogue/{name}.py defines lever '{lever.name}'; expected '{name}'")
    return catalogue


def list_levers() -> list[LeverRow]:
    """List the levers as records, for command line and documentation.

    Examples
    --------
    >>> [row.high for row in list_levers() if row.lever == "joint_patrols"]
    [2.0]
    """
    return [LeverRow(lever=lever.name, unit=lever.unit, low=lever.low, high=lever.high, meaning=fill(lever.meaning, NEUTRAL),
                     side_effects=[fill(text, NEUTRAL) for text in lever.side_effects],
                     harms=list_harms(lever.name, lever.harm_side, NEUTRAL),
                     not_modelled=fill(lever.harm_side.not_modelled, NEUTRAL) if lever.harm_side else "",
                     declared=lever.harm_side is not None) for lever in levers().values()]
