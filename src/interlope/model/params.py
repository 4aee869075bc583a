"""Parameters: every number of the model with its unit, prior or value, source and meaning.

Roles: I inferred, S sampled from its prior for sensitivity, M marginalised, F fixed at the median of its prior,
L of levers: without effect where none is set, so at the median in a fit, and drawn from its prior where options are compared.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np


class Param(NamedTuple):
    """One number of the model. `prior` follows the prior grammar; `source` is a bibliography key, `definition` or `assumption`."""

    name: str
    value: float
    unit: str
    prior: str
    source: str
    meaning: str
    role: str = "F"


COMBINE: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "product": lambda one, other: one * other,  # factors multiply
    "maximum": lambda one, other: np.maximum(one, other),  # floors: the strictest rule holds
    "union": lambda one, other: one + (other - one * other),  # shares: what one leaves, the next takes a part of
    "sum": lambda one, other: one + other,
}


class Control(NamedTuple):
    """A daily setting that a policy lever may move.

    Attributes
    ----------
    name : str
        By which kernels read it: `controls.fence_factor`.
    neutral : float
        The value that changes nothing, bit for bit.
    unit, meaning : str
        What it says.
    combine : str
        A key of COMBINE: what holds where several levers move it on one day.
    """

    name: str
    neutral: float
    unit: str
    meaning: str
    combine: str


CONTROLS: tuple[Control, ...] = (
    Control("arrivals_factor", 1.0, "1", "multiplies {people} entering {region}", "product"),
    Control("fence_factor", 1.0, "1", "multiplies the hazard of being stopped {at_barrier}", "product"),
    Control("inside_factor", 1.0, "1", "multiplies the hazard of being caught inside", "product"),
    Control("operation_floor", 0.0, "1", "least intensity of police operations in {transit}", "maximum"),
    Control("raid_factor", 1.0, "1", "multiplies the hazard that an operation starts", "product"),
    Control("leader_factor", 1.0, "1", "multiplies the chance that an arrest takes a leader", "product"),
    Control("tip_factor", 1.0, "1", "multiplies the chance that a {group} is tipped off", "product"),
    Control("seizure_share", 0.0, "1", "part seized of what {groups} take", "union"),
    Control("tribute_block", 0.0, "1", "part of tribute intercepted", "union"),
    Control("shelter_rate", 0.0, "1/day", "rate at which waiting people are offered protected reception", "sum"),
    Control("recruit_factor", 1.0, "1", "multiplies recruitment by {groups}", "product"),
    Control("exposure_rate", 0.0, "1/day", "rate at which belief in false symbols is corrected", "sum"),
    Control("restraint_floor", 0.0, "1", "least restraint {of_states}", "maximum"),
    Control("patrol_extra", 0.0, "1", "extra police presence per sector, relative to the base mean", "sum"),
    Control("supply_factor", 1.0, "1", "multiplies what the shared chain of {means} delivers", "product"),
    Control("harm_factor", 1.0, "1", "multiplies the chance of injury and death in crossing", "product"),
    Control("closure", 0.0, "1", "part of the ways across that is closed", "union"),
    Control("return_share", 0.0, "1", "part of those who get through who are to be returned under an agreement", "union"),
)
CONTROL_INDEX = {c.name: i for i, c in enumerate(CONTROLS)}


def neutral_controls(days: int) -> np.ndarray:
    """Controls that change nothing.

    Parameters
    ----------
    days : int
        Number of days, from the first simulated one.

    Returns
    -------
    ndarray
        float64 [day, control].
    """
    return np.tile(np.array([c.neutral for c in CONTROLS]), (days, 1))


def as_records(values: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """The same numbers as records, which kernels read by name.

    Parameters
    ----------
    values : ndarray
        float64 [..., number], C-contiguous.
    names : Sequence[str]
        The name of each number.

    Returns
    -------
    ndarray
        Records [...], a view: one float64 field for each name.
    """
    return values.view(np.dtype((np.record, [(name, np.float64) for name in names])))[..., 0]
