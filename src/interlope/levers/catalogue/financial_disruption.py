"""Financial disruption: takings and tribute are traced and seized.

First version: omits informal transfer networks learning to avoid seizure.
"""
from __future__ import annotations

import numpy as np

from interlope.levers.lever import Lever


def effects(setting: np.ndarray) -> dict[str, np.ndarray]:
    """Control values for settings [d]."""
    return {"seizure_share": setting, "tribute_block": setting}


LEVER = Lever(
    name="financial_disruption",
    unit="1",
    low=0.0,
    high=1.0,
    meaning="part of takings seized; tribute to organisations is cut by the same part",
    side_effects=(
        "groups short of money shrink, or press their clients harder",
        "prices can rise to make up for seizure",
    ),
    effects=effects,
)
