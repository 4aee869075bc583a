"""Published: what others found, one file per result; each file's ROWS are discovered by its name.

Comes in: a figure from a paper and the world that shows it. Goes out: `rows()`, every row of every file.
"""
from __future__ import annotations

import importlib
import pkgutil

from ..row import Row


def rows() -> tuple[Row, ...]:
    """Every row of every file in this folder, in order of file name and place.

    Raises
    ------
    ValueError
        When two rows share a name.
    """
    collected: list[Row] = []
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        collected += importlib.import_module(f"{__name__}.{module}").ROWS
    names = [row.name for row in collected]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"two rows are called '{name}'")
    return tuple(collected)
