"""Kinds of claim: one file each, found by file name; each names the statistics it needs and gives the likelihood of its report.

Comes in: a claim of that kind and statistics of replicates. Goes out: log densities [r, 3] for a faithful, a slanted and an uninformative
source, sampled reports, and whether a replicate agrees with the claim. `Kind` below is the protocol that every file fulfils.
"""
from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol, cast

import numpy as np

from interlope.dossier.claim import Claim
from interlope.dossier.source import Root
from interlope.quantities import Reduction


class Kind(Protocol):
    """What every kind offers; the arguments of its functions mean the same in all of them.

    Parameters
    ----------
    values : ndarray [r, c]
        Statistics of r replicates, one column per entry of `reductions`, in the unit of the recorded series.
    claim, root : Claim, Root
        The claim, and the observation that it comes from.
    state : ndarray of int [r]
        State of the source: 0 faithful, 1 slanted, 2 uninformative.
    rng : numpy.random.Generator
        Where random numbers come from.

    Notes
    -----
    Log densities are [r, 3] for (faithful, slanted, uninformative), normalised over the reporting space.

    A kind says further, where it applies: `MAY`, facts that it reads where they are given (`NEEDS` are those it must have); `SHARE` = True,
    the statistic is a share of 1; `WORDS`, the words that a claim of it may say.
    """

    @property
    def KIND(self) -> str: ...
    @property
    def CARRIES(self) -> bool: ...
    @property
    def WHY(self) -> str: ...
    @property
    def NEEDS(self) -> tuple[str, ...]: ...
    def reductions(self, claim: Claim) -> list[Reduction]:
        """What is read off a replicate [c]: in the order of the claim's interpretations, and as often again where each compares two."""
        ...

    def statistics(self, values: np.ndarray, claim: Claim) -> np.ndarray:
        """What the claim speaks of [r, k] in its unit, one column for each of its interpretations."""
        ...

    def logscore(self, values: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
        """Log density [r, 3] of what was reported."""
        ...

    def sample(self, values: np.ndarray, claim: Claim, root: Root, state: np.ndarray,
               rng: np.random.Generator) -> np.ndarray:
        """Draw reports [r] for sources in given states [r]."""
        ...

    def restate(self, claim: Claim, report: float) -> Claim:
        """The claim as it stands in a dossier where the source reported this one: `logscore` of it is the log density of `report`."""
        ...

    def holds(self, values: np.ndarray, claim: Claim) -> np.ndarray:
        """True [r] where a replicate agrees with the claim taken literally."""
        ...

    def describe(self, value: float) -> str:
        """A statistic's value in words a reader knows."""
        ...


def discover() -> dict[str, Kind]:
    """Import every kind in this folder; a kind's name is its file's name."""
    kinds: dict[str, Kind] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda m: m.name):
        kinds[module.name] = cast(Kind, importlib.import_module(f"{__name__}.{module.name}"))
    return kinds


REGISTRY: dict[str, Kind] = discover()
