"""Within: what evidence is expected to teach about the variants of one explanation, supposing that it holds.

Variants are no explanations: evidence may tell them apart and say nothing between explanations, as a claim does whose statistic is neutral
wherever an explanation has no such variants.
"""
from __future__ import annotations

import numpy as np

from interlope.ensemble import keys
from interlope.information import gain
from interlope.information.replicates import Replicates
from interlope.results.seek import VariantGain


def measure_within(replicates: Replicates, chance: np.ndarray, seed: int, candidate: str) -> list[VariantGain]:
    """Expected information gain about the variants of every explanation that has some.

    Parameters
    ----------
    replicates : Replicates
        n replicates, drawn by weight: the probabilities of variants are the parts of them in which each holds.
    chance : ndarray
        Chance of each outcome in each replicate [n, k].
    seed : int
        Of the shuffles.
    candidate : str
        Name of the evidence.

    Returns
    -------
    list of VariantGain
        None of an explanation of which a variant has fewer replicates than there are blocks.
    """
    rows = []
    for i, name in enumerate(replicates.names):
        at = np.flatnonzero((replicates.model == i) & (replicates.variant >= 0))
        forms, model = np.unique(replicates.variant[at], return_inverse=True)
        count = np.bincount(model, minlength=1)
        if len(forms) < 2 or count.min() < gain.BLOCKS:
            continue
        p = gain.enumerated(count / count.sum(), model, replicates.block[at], np.ones(len(at)), chance[at])
        by_chance = gain.shuffled_gain(p, keys.stream(seed, "seek", "within", candidate, name))
        rows.append(VariantGain(explanation=name, doubt=gain.entropy(p.prior), gain=max(0.0, gain.expected_gain(p)),
                                error=gain.standard_error(p), by_chance=float(np.maximum(0.0, by_chance))))
    return rows
