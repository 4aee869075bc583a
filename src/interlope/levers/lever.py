"""Levers: what someone in office can set, and the daily controls of the model that it moves."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from interlope.levers.harm import HarmSide
from interlope.model.params import CONTROL_INDEX, Param


@dataclass(frozen=True)
class Lever:
    """One thing that can be set, from `low` (no change) upwards.

    Attributes
    ----------
    name, unit, meaning : str
        What a setting says.
    low, high : float
        Range of settings; low is 0 and changes nothing, bit for bit.
    side_effects : tuple[str, ...]
        What it also does, in plain words; shown wherever the lever is offered.
    effects : Callable[[ndarray], Mapping[str, ndarray]]
        Settings [d] -> control values by name [d]; at 0 each is exactly the control's neutral value.
    numbers : tuple[Param, ...]
        The effect sizes it assumes, each with a source.
    uses : tuple[str, ...]
        Numbers of the model that matter only where it is set.
    harm_side : HarmSide or None
        Which harms it can raise or lower, and through what; None is not declared, and is flagged wherever the lever is shown.
    """

    name: str
    unit: str
    low: float
    high: float
    meaning: str
    side_effects: tuple[str, ...]
    effects: Callable[[np.ndarray], Mapping[str, np.ndarray]]
    numbers: tuple[Param, ...] = ()
    harm_side: HarmSide | None = None
    uses: tuple[str, ...] = ()

    @property
    def most(self) -> str:
        """The highest setting with its unit, as a message says it; a share has none."""
        return f"{self.high:g} {self.unit.removeprefix('1 ') if self.unit != '1' else ''}".strip()

    def path(self, setting: float, days: int, ramp: int = 0) -> dict[str, np.ndarray]:
        """Control values by day while the lever is set.

        Parameters
        ----------
        setting : float
            In `unit`, within [low, high].
        days : int
            Length of the path.
        ramp : int, default 0
            Days of linear rise to the setting; with a ramp of 7 the first day has a seventh of it and the seventh day all of it.

        Returns
        -------
        dict of control name -> float64 [days]

        Raises
        ------
        ValueError
            When the setting is outside the range.
        """
        if not self.low <= setting <= self.high:
            raise ValueError(f"setting {setting:g} of {self.name}; expected {self.low:g} to {self.most}")
        rise = np.minimum(np.arange(1, days + 1) / max(ramp, 1), 1.0)
        values = self.effects(setting * rise)
        if unknown := set(values) - set(CONTROL_INDEX):
            raise ValueError(f"lever {self.name} moves unknown controls {sorted(unknown)}")
        return {name: np.asarray(value, dtype=np.float64) for name, value in values.items()}
