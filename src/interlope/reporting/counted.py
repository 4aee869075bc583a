"""Counted: what a claim or a table counts, in words, from the recorded series that it names."""

from __future__ import annotations

from interlope.quantities import QUANTITIES, terms
from interlope.reporting.numerals import number
from interlope.reporting.words import OUTCOMES, RECORDED, readable, series_label, worded


def tell_counted(expression: str | None) -> str:
    """Plain words for a recorded series, or for a sum of some; empty where none is named.

    Parameters
    ----------
    expression : str or None
        Such as "prevented + 1.5 detained".

    Returns
    -------
    str

    Examples
    --------
    >>> tell_counted("client_violence"), tell_counted("lethal_clashes")
    ('acts of violence against people on the move', 'clashes with at least one death')
    >>> tell_counted("attempts + -1 self_guided_share") == "attempts + -1 self_guided_share"  # of two units: no sum
    True
    """
    if not expression:
        return ""
    try:
        parts = terms(expression)
    except (KeyError, ValueError):
        return readable(expression) if expression.isidentifier() else expression
    joints = [" less " if factor < 0.0 else " and " for factor, _ in parts]
    words = [_times(abs(factor)) + _tell(name) for factor, name in parts]
    return words[0] + "".join(joint + word for joint, word in zip(joints[1:], words[1:]))


def _times(factor: float) -> str:
    return "" if factor == 1.0 else f"{number(factor)} × "


def _tell(name: str) -> str:
    """The label of a series, or what it is defined as where it has none."""
    return series_label(name) if name in RECORDED or name in OUTCOMES else worded(QUANTITIES[name].definition)
