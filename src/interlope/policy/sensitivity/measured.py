"""Measured: outcomes whose drivers are asked for, harm to people first, over one window of days."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from interlope.errors import BadInput, Fault, nearest
from interlope.policy.outcome import OUTCOMES, YEAR, Outcome
from interlope.quantities import QUANTITIES, select

_KNOWN = {o.name: o for o in OUTCOMES}
DRIVEN: tuple[Outcome, ...] = (
    _KNOWN["client_deaths"],
    _KNOWN["client_injuries"],
    _KNOWN["client_violence"],
    Outcome("personnel", "personnel_injured + personnel_killed", "persons/year", "{personnel} {of_states} injured or killed",
            harm=True, per_year=True),
    _KNOWN["group_deaths"],
    _KNOWN["attempts"],
    Outcome("stopped", "stopped", "persons/day", QUANTITIES["stopped"].definition, worse=""),
    _KNOWN["price_mean"],
    Outcome("clashes", "clashes", "clashes/year", QUANTITIES["clashes"].definition, per_year=True),
    _KNOWN["share_command"],
)


def pick(names: Sequence[str]) -> tuple[Outcome, ...]:
    """Outcomes by name; any recorded series is one too, as its mean over the window. All of DRIVEN when none is named.

    Raises
    ------
    BadInput
        For a name that is neither, with the nearest one.
    """
    if not names:
        return DRIVEN
    known = {o.name: o for o in (*DRIVEN, *OUTCOMES)}
    known |= {q.name: Outcome(q.name, q.name, q.unit, q.definition) for q in QUANTITIES.values() if q.name not in known}
    faults = [Fault("--outcomes", None, f"'{n}'", "an outcome or a recorded series", nearest(n, known)) for n in names if n not in known]
    if faults:
        raise BadInput(faults)
    return tuple(known[n] for n in dict.fromkeys(names))


def measure(series: np.ndarray, outcomes: Sequence[Outcome]) -> np.ndarray:
    """Outcomes float64 [r, len(outcomes)] of recorded days [r, d, k]; days without a price are left out of its mean."""
    result = np.empty((len(series), len(outcomes)))
    for column, outcome in enumerate(outcomes):
        daily = select(series, outcome.series)
        if outcome.series == "price_mean":
            priced = daily > 0
            days = priced.sum(axis=1)
            result[:, column] = np.where(days > 0, np.where(priced, daily, 0.0).sum(axis=1) / np.maximum(days, 1), np.nan)
        else:
            result[:, column] = daily.mean(axis=1) * (YEAR if outcome.per_year else 1.0)
    return result
