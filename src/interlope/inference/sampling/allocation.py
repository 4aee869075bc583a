"""Allocation: how many populations each explanation gets.

An explanation whose checks fail, or whose error is larger than aimed at, gets as many as its error asks for, within the effort's limit or
budget.
"""
from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from interlope.inference.sampling.context import SamplerContext
from interlope.inference.sampling.importance import EvidenceEstimate
from interlope.inference.sampling.particles import MOST
from interlope.inference.sampling.population import Population, assess, passes
from interlope.inference.sampling.problem import AIM


def allocate(context: SamplerContext, populations: Sequence[Sequence[Population]], began: float) -> list[int]:
    """How many more populations each explanation gets: those furthest from their aim first, within what is left.

    Parameters
    ----------
    context : SamplerContext
        Effort and count of replicates.
    populations : sequence of sequence of Population
        Those run so far, by explanation.
    began : float
        When the run of the sampler began, as `time.perf_counter` counts [s].

    Returns
    -------
    list of int
        Further populations by explanation.
    """
    effort, left = context.effort, _left(context, began)
    evidences = [assess(p, effort.candidates) for p in populations]
    sound = [passes(p, effort.candidates, e) for p, e in zip(populations, evidences)]
    aim = effort.error if all(sound) else max(effort.error, AIM)  # a budget goes to what fails before it is spent on precision
    further = [0] * len(populations)
    for h in sorted(context.explanations, key=lambda h: (sound[h], -evidences[h].error)):
        limit = MOST if effort.budgeted else effort.limit
        wanted = min(asked(evidences[h], len(populations[h]), aim, sound[h]), limit)
        further[h] = min(max(0, wanted - len(populations[h])), left)
        left -= further[h]
    return further


def asked(evidence: EvidenceEstimate, have: int, error: float, sound: bool) -> int:
    """How many populations an explanation should have, given the evidence from `have` of them.

    As many as its error asks for, which falls with the root of their number; at least half as many again where a check fails; at most
    three times as many at once.
    """
    if sound and evidence.error <= error:
        return have
    if not np.isfinite(evidence.error):
        return 3 * have
    return int(np.clip(np.ceil(have * (evidence.error / error) ** 2), have + (have + 1) // 2, 3 * have))


def _left(context: SamplerContext, began: float) -> int:
    """Populations that the budget still allows, at the rate so far where it is one of time."""
    effort, counter, left = context.effort, context.counter, MOST
    if effort.replicates is not None:
        left = min(left, (effort.replicates - counter.done) // effort.particles)
    if effort.seconds is not None:
        spent = time.perf_counter() - began
        left = min(left, int((effort.seconds - spent) * counter.simulated / max(spent, 1e-9) / effort.particles))
    return max(left, 0)
