"""Silence: a source that was listened to did not say what it would have said if it were so; stated as a [[listened]]."""
from __future__ import annotations

from dataclasses import replace

import numpy as np

from interlope.dossier import density, numbers, statements
from interlope.dossier.claim import Claim
from interlope.dossier.source import Root

KIND, CARRIES, WHY = "silence", True, ""
NEEDS = ("root", "series", "window", "reduce", "threshold", "chance_if_true", "chance_if_false")

reductions, statistics, describe = density.reductions, density.statistics, numbers.describe


def logscore(values: np.ndarray, claim: Claim, root: Root) -> np.ndarray:
    """Log chance [r, 3] that the statement is not made."""
    truth = statements.truth_of(claim)
    return density.mix(values, claim, lambda x, interpretation: np.log1p(-statements.statement(truth(x, claim), claim, root)))


def sample(values: np.ndarray, claim: Claim, root: Root, state: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw whether the source is silent [r], 1 or 0."""
    return 1.0 - statements.sample(values, claim, root, state, rng, statements.truth_of(claim))


def restate(claim: Claim, report: float) -> Claim:
    """The silence itself where the source was silent (1); else the statement that it makes."""
    return claim if report >= 0.5 else replace(claim, kind="attribution" if claim.threshold is None else "occurrence")


def holds(values: np.ndarray, claim: Claim) -> np.ndarray:
    """True where silence is what is to be expected: where there is nothing to tell, or where a source keeps quiet of what there is."""
    reached = statements.truth_of(claim)(density.first(values, claim), claim) >= 0.5
    quiet_of_it = (claim.chance_if_true or 0.0) < (claim.chance_if_false or 0.0)
    return reached if quiet_of_it else ~reached
