"""Uncounted: which harm of an option no number holds, and of which harms no official count checks the size."""

from __future__ import annotations

from collections.abc import Mapping

from interlope.reporting.words import label, listing, worded
from interlope.results.comparison import CompareResult

ELSEWHERE = "diverted_deaths"  # the one harm that is counted on other routes
MOVED = ("clear", "steady", "likely")


def tell_uncounted(compare: CompareResult, option: str, sorts: Mapping[str, str]) -> str:
    """Say what an option may do to people that is in no number, and which of its differences no count checks.

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
        counted = {row.outcome for row in compare.recorded}
        known = [label(harm) for harm in moved if harm in counted]
        if len(known) < len(moved):
            parts.append(f"an official count there is of {listing(known)} alone: the size of every other change rests on the model's "
                         "assumptions" if known else "no official count checks any of these sizes: they rest on the model's assumptions")
    return ". ".join(f"{part[0].upper()}{part[1:]}" if i else part for i, part in enumerate(parts))
