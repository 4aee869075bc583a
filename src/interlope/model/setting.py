"""Setting: what a simulation takes from a case that is neither a parameter nor chance."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np


@dataclass(frozen=True, eq=False)
class Setting:
    """The fixed frame of a simulated world.

    Attributes
    ----------
    start : first simulated day; days : number of days; sectors, group_slots, initial_groups : sizes.
    classes : names of client classes [c].
    familiar : how well an origin of groups knows the symbol, 0..1 [o]; it weighs one recorded figure, the command among groups of
        familiar origin.
    origin_share : part of groups of each origin [o], sums to 1; for that figure only. Origins need not be classes of clients.
    mix : expected class shares of arrivals by month since `start` [month, c], rows sum to 1; for counts by class only.
    season : factor on arrivals by calendar month, mean 1 [12].
    growth : fixed log factor on arrivals by month since start [month]; 0 where nothing is known.
    operation : intensity of imposed police operations by day [day], 0..1.
    hazard_from : first day on which operations may start by themselves.
    opening : members of each group in each sector on the first morning [g, s]; None draws them.
    hostility : K_gh, how readily h harms g, relative to the base rate [g, h]; None is 1 between all.
    worth : EUR a day that ground yields by itself to those who hold it [s]; None is 0.
    forcing : known factor on the chance of trying by day, 0 or more [day]; None is 1.
    unended : intensity of an operation that has begun and whose end is not known, by day [day]; None is 0. It goes on after the days of
        `operation` until `raids_unended_days` are over.
    run : days since that operation began [day]; None where there is none.
    operations : operations that are known to have begun before `hazard_from`, and of those the short and the long ones.
    controls : daily controls of measures that were in force [day, control]; None changes nothing.
    without : by event, the same setting without it; `operations`, which is what is known, stays.
    """

    start: date
    days: int
    sectors: int
    group_slots: int
    initial_groups: int
    classes: tuple[str, ...]
    familiar: np.ndarray
    origin_share: np.ndarray
    mix: np.ndarray
    season: np.ndarray
    growth: np.ndarray
    operation: np.ndarray
    hazard_from: int
    opening: np.ndarray | None = None
    hostility: np.ndarray | None = None
    worth: np.ndarray | None = None
    forcing: np.ndarray | None = None
    unended: np.ndarray | None = None
    run: np.ndarray | None = None
    operations: tuple[int, int, int] = (0, 0, 0)
    controls: np.ndarray | None = None
    without: Mapping[str, Setting] = field(default_factory=dict)

    @property
    def months(self) -> int:
        """Number of calendar months touched."""
        return len(self.mix)
