"""Parameters: every number of the model with its unit, prior or value, source and meaning.

Roles: I inferred, S sampled from its prior for sensitivity, M marginalised, F fixed at the median of its prior.
"""
from __future__ import annotations

from typing import NamedTuple


class Param(NamedTuple):
    """One number of the model. `prior` follows the prior grammar; `source` is a bibliography key, `definition` or `assumption`."""

    name: str
    value: float
    unit: str
    prior: str
    source: str
    meaning: str
    role: str = "F"


class Control(NamedTuple):
    """A daily setting that a policy lever may move; `neutral` changes nothing, bit for bit."""

    name: str
    neutral: float
    unit: str
    meaning: str


CONTROLS: tuple[Control, ...] = (
    Control("arrivals_factor", 1.0, "1", "multiplies people entering the region"),
    Control("fence_factor", 1.0, "1", "multiplies the hazard of being stopped at the fence"),
    Control("inside_factor", 1.0, "1", "multiplies the hazard of being caught inside"),
    Control("operation_floor", 0.0, "1", "least intensity of police operations on the transit side"),
    Control("raid_factor", 1.0, "1", "multiplies the hazard that an operation starts"),
    Control("leader_factor", 1.0, "1", "multiplies the chance that an arrest takes a leader"),
    Control("tip_factor", 1.0, "1", "multiplies the chance that a group is tipped off"),
    Control("seizure_share", 0.0, "1", "part of groups' revenue seized"),
    Control("tribute_block", 0.0, "1", "part of tribute intercepted"),
    Control("shelter_rate", 0.0, "1/day", "rate at which waiting people are offered protected reception"),
    Control("recruit_factor", 1.0, "1", "multiplies recruitment by groups"),
    Control("exposure_rate", 0.0, "1/day", "rate at which belief in false symbols is corrected"),
    Control("restraint_floor", 0.0, "1", "least restraint of both states"),
    Control("patrol_extra", 0.0, "1", "extra police presence per sector, relative to the base mean"),
    Control("harm_factor", 1.0, "1", "multiplies the chance of injury and death in crossing"),
)
CONTROL_INDEX = {c.name: i for i, c in enumerate(CONTROLS)}
