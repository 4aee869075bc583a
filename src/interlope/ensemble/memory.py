"""Memory: series that this machine cannot hold are refused before anything is simulated."""
from __future__ import annotations

import os

from interlope.errors import BadInput


def refuse_large(needed: int, what: str) -> None:
    """Refuse arrays larger than the memory of this machine; a system that does not say how much it has is taken at its word.

    Parameters
    ----------
    needed : int
        Bytes.
    what : str
        What would take them, and how to do with less.

    Raises
    ------
    BadInput
        With both sizes in GB.
    """
    there = installed()
    if there is not None and needed > there:
        raise BadInput(f"{needed / 1e9:,.0f} GB of series, and this machine has {there / 1e9:,.0f} GB of memory; expected {what}")


def installed() -> int | None:
    """Memory of this machine [bytes]; None where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None
