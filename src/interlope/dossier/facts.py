"""Facts: what a claim says in numbers and words, each within a range that its density can use."""
from __future__ import annotations

import math
from typing import Any

from interlope.toml.table import Table

# Ranges of what a claim may state: with a chance of 0 or 1 no evidence could move it, a spread of 0 would make every replicate impossible
RANGES: dict[str, tuple[float, float]] = {
    "low": (0.0, math.inf), "high": (0.0, math.inf), "threshold": (-math.inf, math.inf),
    "chance_if_true": (0.001, 0.999), "chance_if_false": (0.001, 0.999),
    "sd": (0.001, 3.0), "noise": (0.001, 10.0), "shift": (-10.0, 10.0), "reference": (1e-9, 1e12),
}
SMALLEST = 0.1  # parameter of a beta prior


def read_facts(table: Table) -> dict[str, Any]:
    """Read what a claim says, by the names of the fields of `Claim`; None or empty where it does not.

    Parameters
    ----------
    table : Table
        A [[claim]].

    Returns
    -------
    dict
    """
    facts: dict[str, Any] = {key: read_number(table, key, *ends) for key, ends in RANGES.items()}
    facts |= {"stated": _stated(table), "cuts": _cuts(table), "words": table.texts("words", ()), "ascertained": _beta(table)}
    if facts["low"] is not None and facts["high"] is not None and facts["low"] > facts["high"]:
        table.fault(f"low {facts['low']:g} above high {facts['high']:g}", "low not above high", "low")
    return facts


def read_number(table: Table, key: str, low: float = -math.inf, high: float = math.inf) -> float | None:
    """Read a number; None where the entry is not written or is wrong.

    Parameters
    ----------
    table : Table
        Where it stands.
    key : str
        Its name.
    low, high : float
        Its range.

    Returns
    -------
    float or None
    """
    if not table.has(key):
        table.take(key, None)
        return None
    value = table.number(key, low=low, high=high)
    return None if math.isnan(value) else value


def _stated(table: Table) -> bool | str | None:
    value = table.take("said", None)
    if value is not None and not isinstance(value, (bool, str)):
        table.refuse("said", value, "true, false or a word")
        return None
    return value


def _cuts(table: Table) -> tuple[float, ...]:
    if not table.has("cuts"):
        table.take("cuts", None)
        return ()
    raw = table.take("cuts")
    cuts = table.numbers("cuts", len(raw) if isinstance(raw, list) else 1, 0)
    if not cuts or any(not 0.001 <= c <= 0.999 for c in cuts) or list(cuts) != sorted(set(cuts)):
        table.fault(f"cuts = {[float(f'{c:g}') for c in cuts]}", "at least one cut point, rising, each from 0.001 to 0.999", "cuts")
        return ()
    return cuts


def _beta(table: Table) -> tuple[float, float] | None:
    if not table.has("ascertained"):
        table.take("ascertained", None)
        return None
    a, b = table.numbers("ascertained", 2, 0)
    if not (SMALLEST <= a <= 1e6 and (b == 0 or SMALLEST <= b <= 1e6)):
        table.fault(f"ascertained = [{a:g}, {b:g}]", f"[a, b] of a beta distribution, each from {SMALLEST:g} to 1000000, or [1, 0] for all",
                    "ascertained")
        return None
    return a, b
