"""Discovery: where an option fails, harm by harm, in plain sentences."""

from __future__ import annotations

from interlope.reporting.numerals import interval, number, percent
from interlope.reporting.words import label, listing, readable
from interlope.results.discovery import BoxLimit, Discovery, FailureBox


def tell_discovery(discovery: Discovery) -> list[str]:
    """Say for every harm where the option fails, or that nothing is shown.

    Parameters
    ----------
    discovery : Discovery
        The boxes of one option.

    Returns
    -------
    list of str
    """
    lines = [_tell_box(box) for box in discovery.boxes]
    budget = (f"The chance that any box is shown where there is none is at most {percent(discovery.budget)}, over all harms, by "
              f"{discovery.permutations} searches on permuted failures for each.")
    return [*lines, budget, *(f"{note[0].upper()}{note[1:]}." for note in discovery.notes)]


def _tell_box(box: FailureBox) -> str:
    fails = "above the same future without it" if box.threshold is None else f"above {number(box.threshold)}"
    lead = f"{label(box.outcome).capitalize()} {fails} in {box.failures} of {box.draws} draws"
    if box.why:
        return f"{lead}; {box.why}."
    if not box.significant:
        return f"{lead}; no part of parameters and explanations stands out (chance gives as sharp a box with {percent(box.chance)})."
    limits = listing([f"{write_limit(x)} (quasi-p {number(x.quasi_p, 1)})" for x in box.limits])
    return (f"{lead}; where {limits}, in {percent(box.density)} of the draws there, which are {percent(box.mass)} of all and "
            f"hold {percent(box.coverage)} of the failures.")


def write_limit(limit: BoxLimit) -> str:
    """A limit of a box in words.

    >>> write_limit(BoxLimit(name="crossings_death", unit="1", low=0.5, high=None, quasi_p=0.01))
    'crossings death is at least 0.5'
    """
    if limit.explanations:
        return f"the explanation is {listing(limit.explanations, 'or')}"
    unit = "" if limit.unit in ("", "1") else f" {limit.unit}"
    return f"{readable(limit.name)} is {interval(limit.low, limit.high)}{unit}"
