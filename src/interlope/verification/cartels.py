"""Cartels: the kernel as Prieto-Curiel, Campedelli & Hope (2023) describe cartels, from members and a network of hostility.

dC_i = C_i (rho - eta / sum C - theta sum_j K_ij C_j - omega C_i) a week: recruitment that does not wait for profit, a constant
removal shared by all, clashes at contact 1 and decisiveness 0 measured against a fixed number, and crowding. A kernel day is a
seventh of their week.
"""
from __future__ import annotations

import numpy as np

from ..model.setting import Setting
from . import minimal

WEEK = 7
RHO, ETA, THETA, OMEGA = 2.527474e-3, 110.0, 1.549231e-8, 4e-8  # a week
_REFERENCE = 100000.0
_SIZES = np.arange(1, 11)
_MEAN_DEATHS = float((_SIZES**-1.5).sum() / (_SIZES**-2.5).sum())  # of a lethal clash, exponent 2.5 on 1..10


def values(theta: float = THETA, *, rho: float = RHO, eta: float = ETA, omega: float = OMEGA) -> dict[str, float]:
    """Parameters of the kernel for theirs, each a week."""
    return {
        **minimal.QUIET, "growth_profit_effect": 0.0, "growth_recruit_rate": rho / WEEK, "growth_removal": eta / WEEK,
        "growth_crowd_rate": omega / WEEK, "clashes_contact": 1.0, "clashes_reference": _REFERENCE, "clashes_decisive": 0.0,
        "clashes_lethal": 1.0, "clashes_base": 2.0 * theta / WEEK * _REFERENCE**2 / _MEAN_DEATHS,
    }


def setting(weeks: int, members: np.ndarray, hostility: np.ndarray) -> Setting:
    """One sector in which groups of these members [g] meet; hostility K_ij [g, g], the rate at which j harms i."""
    return minimal.setting(weeks * WEEK, np.rint(members), hostility=np.ascontiguousarray(hostility, dtype=np.float64))
