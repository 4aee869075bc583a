"""Uncounted: which harm of an option no number holds, and how many there are of which harms an official count says."""

from __future__ import annotations

from collections.abc import Mapping

from interlope.reporting.words import label, listing, worded
from interlope.results.comparison import CompareResult

ELSEWHERE = "diverted_deaths"  # the one harm that is counted on other routes
MOVED = ("clear", "steady", "likely")


def tell_uncounted(compare: CompareResult, option: str, sorts: Mapping[str, str]) -> str:
    """Say what an option may do to people that is in no number, and for which harms an official count says how many there are.

    Parameters
    ----------
    compare : CompareResult
        The comparison.
    option : str
        An option of it.
    sorts : mapping of str to str
        Which way each harm goes, as `options` sorts them.

    Returns
    -------
    str
        Empty where there is nothing of either.
    """
    about = next(o for o in compare.options if o.name == option)
    moved = [harm for harm, sort in sorts.items() if sort.startswith(MOVED)]
    elsewhere = [worded("injuries of {people} and violence against them on other routes")] if ELSEWHERE in moved else []
    missing = "; ".join([*elsewhere, *about.not_modelled])
    parts = [f"in no number: {missing}"] if missing else []
    if compare.recorded is not None:
        counted = {row.outcome for row in compare.recorded if row.value is not None}
        known = [label(harm) for harm in sorts if harm in counted]
        level = f"how many there are is officially counted for {listing(known)} alone" if known else \
            "no official count says how many there are"
        parts += [f"{level}; the size of every change is the model's"] if sorts else []
    return ". ".join(f"{part[0].upper()}{part[1:]}" if i else part for i, part in enumerate(parts))
