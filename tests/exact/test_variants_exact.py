"""Odds of variants within an explanation against closed forms: weights of independent draws, a sampler's mixture, and rivals of their own.

False-alarm budget: bounds are three to four standard errors of what is tested, about 1 in 200 in all; seeds are fixed.
"""
from __future__ import annotations

import importlib.util
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from edited_toy import TAKEOVER, edit
from scipy.special import expit, logit, ndtr

import interlope as il
from interlope.dossier.kinds import REGISTRY
from interlope.inference.evidence.within import REACH, odds_within
from interlope.inference.sampling import importance, population, sampler
from interlope.inference.sampling.problem import Effort, Problem
from interlope.pipeline import shipped
from interlope.reporting import record
from interlope.scenario.variants import pick

_spec = importlib.util.spec_from_file_location("gaussian", Path(__file__).with_name("gaussian.py"))
assert _spec is not None and _spec.loader is not None
gaussian = sys.modules.get("gaussian") or importlib.util.module_from_spec(_spec)
sys.modules["gaussian"] = gaussian  # its dataclasses look themselves up
_spec.loader.exec_module(gaussian)

CHANCE = (0.65, 0.35)
EFFORT = Effort(waves=(200, 200, 300), particles=250, populations=2, limit=2, candidates=1500, residuals=8)


@dataclass(frozen=True, eq=False)
class Forms(gaussian.World):
    """The Gaussian world, in which the last own coordinate picks a variant: the second of two moves the means of statistics by `shift`."""

    shift: np.ndarray

    def begin(self, h, common, own, seed, streams):
        walkers = super().begin(h, common, own, seed, streams)
        return replace(walkers, mean=walkers.mean + pick(CHANCE, ndtr(own[:, -1]))[:, None] * self.shift)


def posed(seed: int, size: float) -> tuple[Problem, float, float]:
    """A problem of one explanation with two variants; exact log evidence of their mixture, and exact log odds of the second within it."""
    plain, _ = gaussian.problem(6, 10, size=1.5, chance=0.1, seed=seed, own=3, explanations=1)
    world, m = plain.world, 10
    b = world.b[0].copy()
    b[:, -1] = 0.0
    rng = np.random.default_rng(1000 + seed)
    forms = Forms(world.a, (b,), world.c, world.until, world.steps, world.chance, size * rng.standard_normal(m))
    nothing = plain.score(0, np.zeros((1, m)))[0]  # the likelihood is quadratic: its noise and its data are read off it
    up, down = plain.score(0, np.eye(m)), plain.score(0, -np.eye(m))
    precision = 2.0 * nothing - up - down
    data = 0.5 * (up - down) / precision
    factor = np.linalg.cholesky(world.a @ world.a.T + b @ b.T + world.chance**2 * np.eye(m) + np.diag(1.0 / precision))
    log_z = []
    for v, chance in enumerate(CHANCE):
        left = np.linalg.solve(factor, data - world.c[0] - v * forms.shift)
        log_z.append(np.log(chance) - 0.5 * left @ left - np.log(np.diag(factor)).sum() - 0.5 * m * np.log(2 * np.pi))
    return replace(plain, world=forms), float(np.logaddexp(*log_z)), float(log_z[1] - log_z[0])


@pytest.mark.parametrize("size", [0.0, 0.3])
def test_the_sampler_gives_evidence_of_the_mixture_and_odds_within_it(size):
    evidence, within, told = [], [], []
    for seed in range(6):
        problem, log_z, log_odds = posed(seed, size)
        sampled = sampler.sample(problem, seed, EFFORT)
        populations = sampled.populations[0]
        assessed = population.assess(populations, sampled.candidates)
        weights = np.concatenate([p.log_weight for p in populations])
        second = pick(CHANCE, ndtr(np.concatenate([p.own for p in populations])[:, -1])) == 1
        chance, low, high, effective = odds_within(weights, second, population.ancestry(populations, sampled.candidates))
        error = (logit(high) - logit(low)) / (2.0 * REACH)
        evidence.append((assessed.log_z - log_z) / assessed.error)
        within.append((logit(chance) - log_odds) / error)
        told.append(abs(log_odds - logit(CHANCE[1])))
        assert effective > 5.0
    assert abs(np.mean(evidence)) < 3.0 / np.sqrt(6) + 0.3 and abs(np.mean(within)) < 3.0 / np.sqrt(6) + 0.3
    assert 0.3 < np.sqrt(np.mean(np.square(within))) < 1.8  # the stated error is as large as the errors are
    assert bool(max(told) > 1.0) == (size > 0.0)  # the data moved the odds where the variants differ, and nowhere else


def test_odds_of_independent_draws_are_their_shares_and_the_error_is_the_binomial_one():
    n, p = 4000, 0.3
    second = np.random.default_rng(7).random(n) < p
    chance, low, high, effective = odds_within(np.zeros(n), second, importance.independent(n))
    assert chance == pytest.approx(second.mean()) and effective == pytest.approx(second.sum())
    exact = REACH / np.sqrt(n * chance * (1.0 - chance))  # of a log odds
    assert (low, high) == pytest.approx((expit(logit(chance) - exact), expit(logit(chance) + exact)), rel=0.01)
    doubled = odds_within(np.zeros(2 * n), np.tile(second, 2), replace(importance.independent(2 * n), point=np.tile(np.arange(n), 2),
                                                                       population=np.zeros(n, dtype=np.int64)))
    assert doubled == pytest.approx((chance, low, high, effective))  # copies of a point teach nothing


def test_a_variant_that_no_replicate_carries_has_no_known_odds():
    ancestry = importance.independent(50)
    assert odds_within(np.zeros(50), np.zeros(50, dtype=bool), ancestry) == (0.0, 0.0, 1.0, 0.0)
    assert odds_within(np.zeros(50), np.ones(50, dtype=bool), ancestry)[:3] == (1.0, 0.0, 1.0)
    assert odds_within(np.full(50, -np.inf), np.arange(50) < 9, ancestry)[1:] == (0.0, 1.0, 0.0)


RATE = 'takeover_absorption_rate = { prior = "lognormal(0.05, x2)", unit = "1/group/day", source = "assumption" }\n'
SLOW, FAST = (RATE.replace("0.05, x2", text) for text in ("0.02, x1.5", "0.1, x1.5"))
PREDICTED = """
[[variant.prediction]]
says = "command is there"
series = "share_command"
window = [2030-01-21, 2030-02-09]
reduce = "mean"
at_least = 0.5
"""
FORMS = "".join(f'\n[[variant]]\nname = "{name}"\ngloss = "g"\nprior_odds = {odds}\n[variant.parameters]\n{text}{PREDICTED}'
                for name, odds, text in (("slow", 3.0, SLOW), ("fast", 1.0, FAST)))


def test_odds_within_are_those_of_the_same_forms_as_rivals(tmp_path):
    """Slow and fast as variants of one explanation, and as explanations of their own: the same odds, and the evidence of the mixture."""
    effort = Effort(waves=(120, 120, 180), particles=300, populations=2, limit=2, candidates=1500, residuals=8)
    together = edit(tmp_path, (TAKEOVER, RATE, ""), (TAKEOVER, "", FORMS))
    apart = edit(tmp_path / "apart", (TAKEOVER, RATE, SLOW))
    text = (apart / TAKEOVER).read_text(encoding="utf-8")
    (apart / "hypotheses" / "fast.toml").write_text(text.replace('"takeover"', '"fast"').replace(SLOW, FAST), encoding="utf-8")
    one = il.weigh(il.fit(il.load(together), seed=5, effort=effort)).to_record()
    two = il.weigh(il.fit(il.load(apart), seed=6, effort=effort)).models
    explanation = next(e for e in one.explanations if e.name == "takeover")
    slow, fast = explanation.variants
    assert (slow.name, slow.prior, fast.name, fast.prior) == ("slow", 0.75, "fast", 0.25)
    assert slow.probability + fast.probability == pytest.approx(1.0)
    exact = two.log_z["fast"] - two.log_z["takeover"] - np.log(3.0)
    spread = np.hypot(two.error["fast"], two.error["takeover"])
    error = (logit(fast.high) - logit(fast.low)) / (2.0 * REACH)
    assert abs(logit(fast.probability) - exact) < 4.0 * np.hypot(spread, error)
    assert abs(exact + np.log(3.0)) > 0.3  # the evidence does tell them apart
    mixed = np.logaddexp(np.log(0.75) + two.log_z["takeover"], np.log(0.25) + two.log_z["fast"])
    assert abs(explanation.log_z - mixed) < 4.0 * np.hypot(spread, explanation.log_z_error)
    assert {p.says for p in slow.predictions} == {"command is there"} and 0.0 <= fast.predictions[0].probability <= 1.0


def test_whose_organisation_it_is_says_nothing_between_explanations():
    """The flagship's C02: a half, recorded where nobody is commanded, weighs as its two variants do on average; they differ."""
    case = il.load("serbia-hungary")
    claim, takeover = case.book.claims["C02"], case.hypotheses["takeover"]
    none, half, all_of_it = np.exp(REGISTRY[claim.kind].logscore(np.array([[0.0], [0.5], [1.0]]), claim, case.book.roots[claim.root]))
    assert half == pytest.approx(0.5 * none + 0.5 * all_of_it)
    assert all_of_it[0] > 1.5 * none[0]
    assert len({v.prior_odds for v in takeover.variants}) == 1
    rows = {r.explanation: r for r in record.load(shipped.find("serbia-hungary")).weigh.fit if r.id == "C02"}
    assert set(rows) == set(case.hypotheses)
    assert all(r.q05 == r.q95 == 0.5 for name, r in rows.items() if name != "takeover") and rows["takeover"].q05 < rows["takeover"].q95
