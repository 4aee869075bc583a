"""Attribution: which mechanism is at work, the likelier said the larger the recorded share that it explains."""
from __future__ import annotations

import numpy as np

from interlope.dossier import density, statements
from interlope.dossier.claim import Claim
from interlope.dossier.source import Root

KIND, CARRIES, WHY = "attribution", True, ""
NEEDS = ("root", "series", "window", "reduce", "chance_if_true", "chance_if_false")
MAY = ("said",)
SHARE = True

reductions, statistics, restate = density.reductions, density.statistics, statements.restate


def logscore(values: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Log chance [r, 3] that the statement is made, rising with the share between the two stated chances."""
    return statements.score(values, claim, root, statements.part)


def sample(values: np.ndarray, claim: Claim, root: Root, state: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw whether the statement is made [r], 1 or 0."""
    return statements.sample(values, claim, root, state, rng, statements.part)


def holds(values: np.ndarray, claim: Claim) -> np.ndarray:
    """True where the mechanism explains more than half; a half stands where it has nothing to explain."""
    return statements.holds(values, claim, statements.part)


def describe(value: float) -> str:
    """A share."""
    return f"{100 * value:.0f} %"
