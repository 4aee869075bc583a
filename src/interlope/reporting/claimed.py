"""Claimed: what a claim states, as the range of the model's values that it allows and in words where it states no number."""

from __future__ import annotations

from interlope.reporting.numerals import interval, number, percent
from interlope.results.dossier import Claim
from interlope.results.fitted import FitRow
from interlope.results.record import Number, Record

COMPARED = ("change", "effect", "ranking")  # claims whose fitted number is a ratio
STATED = ("occurrence", "alternation")  # claims that something reached a threshold, or did not
SOME, NONE = "some", "none"  # at least once in the window, or never
MOST, NOT_MOST = "more than half", "not more than half"
SLACK = 1.0 + 1e-9


class ClaimedRange(Record):
    """What a claim states, from `low` to `high`; both are the same where it states one number, and None where it leaves one open.

    `words` say it where it states no number: a direction, a word for a share, a denial, a silence.
    """

    low: Number
    high: Number
    words: str = ""


def tell_claimed(claimed: ClaimedRange | None) -> str:
    """Write what a claim states: in words, or as its range.

    >>> tell_claimed(ClaimedRange(low=4.0, high=5.0)), tell_claimed(ClaimedRange(low=None, high=0.5, words="nothing said"))
    ('4–5', 'nothing said')
    """
    return (claimed.words or interval(claimed.low, claimed.high)) if claimed else number(None)


def tell_stated(claim: Claim) -> str:
    """Tell what a claim states: its numbers, its word, what it says was reached or denies, or the chances that it would have been said.

    Parameters
    ----------
    claim : Claim
        A claim of a dossier.

    Returns
    -------
    str
        Empty where it states nothing of these.
    """
    unit = "" if claim.unit in (None, "1") else claim.unit
    if claim.low is not None or claim.high is not None:
        return f"{interval(claim.low, claim.high)} {unit}".strip()
    if claim.kind == "silence":
        reached = f"{number(claim.threshold)} {unit}".strip()
        return f"would have spoken with {percent(claim.chance_if_true)} from {reached} on, with {percent(claim.chance_if_false)} below"
    if isinstance(claim.stated, str):
        return claim.stated
    if not isinstance(claim.stated, bool):
        return ""
    if claim.kind == "attribution":
        return MOST if claim.stated else NOT_MOST
    if claim.reduce == "any":
        return SOME if claim.stated else NONE
    least = f"{number(claim.threshold)} {unit}".strip()
    return f"{least} or more" if claim.stated else f"below {least}"


def find_range(row: FitRow, claim: Claim | None) -> ClaimedRange | None:
    """What a claim states, beside what an explanation gives for it.

    Parameters
    ----------
    row : FitRow
        The claim with the number fitted, which of a claim without one is its threshold.
    claim : Claim or None
        The claim, where the dossier knows it.

    Returns
    -------
    ClaimedRange or None
        In the unit of the model's values; None where nothing is known of it.
    """
    numbered = claim is None or (claim.kind in COMPARED and row.observed is not None)
    if claim and not numbered and claim.low is None and claim.high is None and (stated := _find_words(row, claim)):
        return stated
    if row.observed is None:
        return None
    low, high = (claim.low, claim.high) if claim and claim.kind not in COMPARED else (None, None)
    inside = (low is None or low <= row.observed * SLACK) and (high is None or row.observed <= high * SLACK)
    if inside and (low is not None or high is not None):
        return ClaimedRange(low=low, high=high)
    return ClaimedRange(low=row.observed, high=row.observed)


def _find_words(row: FitRow, claim: Claim) -> ClaimedRange | None:
    """What a claim without a number states: that a threshold was reached or was not, a direction, a word, or nothing at all."""
    least = claim.threshold
    if claim.kind in STATED and least is not None:
        return _reach(claim.stated is not False, least, claim.reduce == "any")
    if claim.kind == "silence" and least is not None:
        of_what = "" if claim.reduce == "any" else f" of {number(least)} or more"
        return ClaimedRange(low=None, high=least, words=f"nothing said{of_what}")
    if claim.kind in ("attribution", "silence"):
        denied = claim.stated is False or claim.kind == "silence"
        return ClaimedRange(low=None if denied else 0.5, high=0.5 if denied else None,
                            words="nothing said" if claim.kind == "silence" else NOT_MOST if denied else MOST)
    if claim.kind == "trend" and least is not None:
        return _follow(str(claim.stated), least)
    if claim.kind in COMPARED:
        return ClaimedRange(low=None, high=None, words=str(claim.stated)) if claim.stated else None
    if isinstance(claim.stated, str) and row.observed is not None:
        return ClaimedRange(low=row.observed, high=row.observed, words=f"{claim.stated} (about {number(row.observed)})")
    return None


def _reach(reached: bool, least: float, any_at_all: bool) -> ClaimedRange:
    """That a threshold was reached, or that it was not."""
    if reached:
        return ClaimedRange(low=least, high=None, words=SOME if any_at_all else "")
    return ClaimedRange(low=None, high=least, words=NONE if any_at_all else f"below {number(least)}")


def _follow(direction: str, least: float) -> ClaimedRange:
    """A direction over the window, as the yearly change that it means."""
    low, high = {"up": (least, None), "down": (None, -least)}.get(direction, (-least, least))
    by = f"within {percent(least)} a year" if direction == "flat" else f"by more than {percent(least)} a year"
    return ClaimedRange(low=low, high=high, words=f"{direction}, {by}")
