"""Data sets of the toy, weighed by plain Monte Carlo over its priors: the probabilities are right, and a wrong way of counting is noticed.

The evidence of an explanation is the mean likelihood over replicates drawn from its priors; nothing of the sampler is used. With other
seeds the first test would fail once in two thousand although nothing is wrong.
"""
from __future__ import annotations

from functools import cache

import numpy as np

from interlope.dossier.density import log_sum
from interlope.ensemble import design, run, streams
from interlope.inference import likelihood
from interlope.recovery import scores, trial, truth
from interlope.results.recovery import RecoveredDataSet
from interlope.scenario.binding import Binding
from interlope.scenario.case import load

DATA_SETS, REPLICATES = 150, 1200


@cache
def statistics(explanation: str) -> np.ndarray:
    """Statistics of replicates drawn from the priors [REPLICATES, m], the same for every data set."""
    case = load("toy")
    drawn = design.draw(case, explanation, REPLICATES, 99)
    along = streams.single(98, np.arange(REPLICATES))
    return run.summarise(case.setting(end=case.as_of), drawn.values, drawn.innovations, Binding(case), along, threads=1)[0]


@cache
def data_sets() -> list[truth.Truth]:
    return [truth.draw(load("toy"), 17, index) for index in range(DATA_SETS)]


def weigh(outlets: bool) -> list[RecoveredDataSet]:
    case, records = load("toy"), []
    prior = trial.prior_of(case)
    for index, drawn in enumerate(data_sets()):
        plan = likelihood.make_plan(drawn.case, Binding(drawn.case))
        scored = [likelihood.total(plan, likelihood.terms(plan, statistics(name), 3), outlets=outlets) for name in prior]
        log_odds = np.log(list(prior.values())) + [log_sum(values, 0) for values in scored]
        chance = dict(zip(prior, map(float, np.exp(log_odds - log_sum(log_odds, 0)))))
        records.append(RecoveredDataSet(index=index, truth=drawn.explanation, chosen=max(chance, key=lambda n: chance[n]),
                                        probability=chance, failed_checks=[], effective={}, quantities=[], redrawn=0, replicates=0,
                                        seconds=0.0))
    return records


def test_probabilities_by_the_likelihood_alone_are_right():
    for score in scores.score(weigh(outlets=False), trial.prior_of(load("toy"))):
        assert score.chance is not None and score.chance > 1e-3 / 4
        assert score.value < score.prior


def test_counting_outlets_is_noticed():
    chances = [score.chance for score in scores.score(weigh(outlets=True), trial.prior_of(load("toy")))]
    assert all(chance is not None for chance in chances)
    assert min(chances) < 1e-3
