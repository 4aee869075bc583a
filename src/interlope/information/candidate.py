"""Candidate: one piece of evidence that could be sought: its outcomes, what each does to the odds, what it is expected to teach."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from interlope.dossier.claim import Claim
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.series import Value, write_period
from interlope.ensemble import keys
from interlope.inference.evidence.yardstick import DEFAULT, YARDSTICKS
from interlope.inference.likelihood import LikelihoodPlan, Terms
from interlope.information import gain
from interlope.information.answers import KINDS, list_answers, stated_answer
from interlope.information.figures import TREND, draw_ahead, find_group
from interlope.information.gain import Predictive
from interlope.information.replicates import Replicates
from interlope.information.trust import state_chances
from interlope.information.within import measure_within
from interlope.quantities import Reduction
from interlope.results.seek import AnswerOutcome, CandidateEvidence, VariantGain
from interlope.scenario.candidates import Candidate
from interlope.scenario.case import Case

POINTS = (0.1, 0.5, 0.9)
STATED = "as it was claimed"  # the outcome in which a source that is asked again says the same
TINY = 1e-300  # chance added to outcomes that are weighed with each other, of which none may have any
SHOWN = 3  # periods that are named before the rest is counted
NEAR = 0.05  # probability on either side of a point over which drawn outcomes are averaged

Columns = Callable[[Sequence[Reduction]], np.ndarray]
Predicted = tuple[Predictive, list[AnswerOutcome], list[VariantGain]]


@dataclass(frozen=True, eq=False)
class Setup:
    """What every candidate is evaluated with.

    Attributes
    ----------
    case : Case
        As known on the day of the fit.
    plan : LikelihoodPlan
        What was weighed.
    terms : Terms
        Its log likelihood in each replicate.
    replicates : Replicates
        n replicates.
    prior : ndarray
        Probability of each explanation now [m].
    columns : callable
        Statistics [n, r] of every replicate, for r reductions.
    simulated : frozenset of Reduction
        Those that the fit did not need.
    seed : int
        Of what is drawn.
    """

    case: Case
    plan: LikelihoodPlan
    terms: Terms
    replicates: Replicates
    prior: np.ndarray
    columns: Columns
    simulated: frozenset[Reduction]
    seed: int


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A candidate with its record and the predictive chances behind it; None where it teaches nothing."""

    candidate: Candidate
    record: CandidateEvidence
    predictive: Predictive | None


def needs(case: Case, candidate: Candidate) -> list[Reduction]:
    """The statistics of a replicate that a candidate is about."""
    if candidate.question is not None:
        return REGISTRY[candidate.question.kind].reductions(candidate.question)
    series = case.evidence.series[candidate.table]
    return [Reduction(series.series, series.reduce, p.start, p.end) for p in open_periods(case, candidate)]


def open_periods(case: Case, candidate: Candidate) -> list[Value]:
    """Periods of a table's further figures of which nothing is known yet: no day of them lies in a figure that is published."""
    known = case.series[candidate.table].values
    return [p for p in candidate.periods if not any(v.start <= p.end and p.start <= v.end for v in known)]


def tell_known(case: Case, candidate: Candidate) -> str:
    """Say which of a table's further figures are known already, in whole or in part; nothing where all are open."""
    ahead = open_periods(case, candidate)
    names = [write_period(p, case.series[candidate.table].period) for p in candidate.periods if p not in ahead]
    if not names:
        return ""
    few = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
    what = "all of these figures are" if not ahead else f"{few} is" if len(names) == 1 else f"{few} are"
    return f"{what} known already, in whole or in part, on {case.as_of}" + ("; the others are evaluated" if ahead else "")


def repeats(case: Case, candidate: Candidate) -> str:
    """The claim, weighed or not, by which the same root has answered a candidate's question already; empty where it has not."""
    asked = candidate.question
    if asked is None or candidate.fresh:
        return ""
    return next((c.id for c in case.book.claims.values() if _question(c) == _question(asked)), "")


def _question(claim: Claim) -> tuple[object, ...]:
    return claim.root, claim.kind, claim.series, claim.window, claim.baseline, claim.than, claim.event, claim.reduce, claim.threshold


def evaluate(setup: Setup, candidate: Candidate) -> Evaluation:
    """Evaluate a candidate.

    Parameters
    ----------
    setup : Setup
        Replicates, what was weighed, and the odds now.
    candidate : Candidate
        The evidence that could be sought.

    Returns
    -------
    Evaluation
    """
    if other := repeats(setup.case, candidate):
        return _nothing(setup, candidate, f"the same root has answered this in {other}; asked again, it adds nothing")
    if candidate.question and candidate.question.kind not in KINDS:
        return _nothing(setup, candidate, f"answers of kind '{candidate.question.kind}' cannot be listed")
    if candidate.table and find_group(setup.plan, candidate.table) is None:
        return _nothing(setup, candidate, "none of this table's figures is weighed, so that what it counts was not learned")
    if candidate.table and not open_periods(setup.case, candidate):
        return _nothing(setup, candidate, tell_known(setup.case, candidate))
    predictive, outcomes, within = _question_outcomes(setup, candidate) if candidate.question else _figure_outcomes(setup, candidate)
    teaches = max(0.0, gain.expected_gain(predictive))
    doubt = gain.entropy(setup.prior)
    leader, words = _changes(predictive)
    record = _describe(setup, candidate).model_copy(update={
        "gain": teaches, "error": gain.standard_error(predictive),
        "by_chance": float(np.maximum(0.0, gain.shuffled_gain(predictive, keys.stream(setup.seed, "seek", "shuffle", candidate.id)))),
        "part": teaches / doubt if doubt > 0 else 0.0, "leader_changes": leader, "words_change": words, "outcomes": outcomes,
        "summary": predictive.summary, "within": within, "note": tell_known(setup.case, candidate) if candidate.table else ""})
    return Evaluation(candidate, CandidateEvidence(**dict(record)), predictive)


def _question_outcomes(setup: Setup, candidate: Candidate) -> Predicted:
    """All answers to a question; those of numbers at their 10, 50 and 90 % points. And what they teach about variants."""
    claim, root, source = candidate.question, candidate.root, candidate.source
    assert claim is not None and root is not None and source is not None
    at, statistics = setup.replicates, setup.columns(needs(setup.case, candidate))
    answers = list_answers(claim, root, statistics, keys.stream(setup.seed, "seek", "answers", candidate.id))
    trust = state_chances(setup.plan, setup.terms, root, source)
    chance = np.einsum("nz,nzk->nk", trust, np.exp(answers.log_chance))
    predictive = gain.enumerated(setup.prior, at.model, at.block, np.ones(len(at)), chance)
    within = measure_within(at, chance, setup.seed, candidate.id)
    total, after = predictive.outcomes, predictive.after
    if answers.values is None:
        rows = [_outcome(setup, text, float(total[k]), after[:, k]) for k, text in enumerate(answers.labels)]
        return predictive, rows, within
    upto, unit = np.cumsum(total), f" {claim.unit}" if claim.unit not in ("", "1") else ""
    columns = [int(min(np.searchsorted(upto, p), len(upto) - 1)) for p in POINTS]
    rows = [_outcome(setup, f"{p:.0%} point: {answers.labels[k]}{unit}", None, after[:, k]) for p, k in zip(POINTS, columns)]
    if candidate.automatic:
        stated, text = stated_answer(claim, answers)
        weight = total[stated] + TINY
        rows.append(_outcome(setup, f"{STATED}: {text}{unit}", None, after[:, stated] @ (weight / weight.sum())))
    return predictive, rows, within


def _figure_outcomes(setup: Setup, candidate: Candidate) -> Predicted:
    """Drawn figures to come; the odds after those whose sum (or mean) lies near the 10, 50 and 90 % points, or whose trend
    does where that is what forecasts read."""
    at, group = setup.replicates, find_group(setup.plan, candidate.table)
    assert group is not None
    recorded = setup.columns(needs(setup.case, candidate))
    rows = np.flatnonzero(np.isfinite(recorded).all(axis=1))
    ahead = draw_ahead(group, candidate.table, open_periods(setup.case, candidate), at.statistics[rows], recorded[rows],
                       keys.stream(setup.seed, "seek", "figures", candidate.id))
    predictive = gain.sampled(setup.prior, at.model[rows], at.block[rows], np.ones(len(rows)), ahead.log_chance, ahead.summaries)
    total, after = predictive.outcomes, predictive.after
    rising = ahead.trend if predictive.summary == TREND else None
    ordered = ahead.summary if rising is None else rising
    order = np.argsort(ordered, kind="stable")
    middle = np.cumsum(total[order]) - 0.5 * total[order]
    series = setup.case.evidence.series[candidate.table]
    what = "in all" if series.reduce == "sum" else "on average"
    outcomes = []
    for point in POINTS:
        near = order[np.abs(middle - point) <= NEAR]
        weight = total[near] / total[near].sum()
        number = float(weight @ ordered[near])
        text = f"{number:,.0f} {series.counted} {what}" if rising is None else f"{series.counted}, {number:+.1%} a month"
        outcomes.append(_outcome(setup, f"{point:.0%} point: {text}", None, after[:, near] @ weight))
    return predictive, outcomes, []


def _outcome(setup: Setup, label: str, chance: float | None, after: np.ndarray) -> AnswerOutcome:
    return AnswerOutcome(label=label, chance=chance, probabilities=dict(zip(setup.replicates.names, map(float, after), strict=True)))


def _changes(predictive: Predictive) -> tuple[float, float]:
    """Probability that the most probable explanation changes, and that it or the word for its probability does."""
    ends = np.array([step.upto for step in YARDSTICKS[DEFAULT].steps[:-1]]) + 1e-12
    after, joint = predictive.forecast, predictive.joint.sum(axis=1)
    leader = int(predictive.prior.argmax())
    other = after.argmax(axis=1) != leader
    word = np.searchsorted(ends, after[:, leader], side="left") != np.searchsorted(ends, predictive.prior[leader], side="left")
    return float(joint[other].sum()), float(joint[other | word].sum())


def _describe(setup: Setup, candidate: Candidate) -> CandidateEvidence:
    """A candidate's record before anything is computed."""
    case, question = setup.case, candidate.question
    who = "the same publisher" if candidate.table else "an independent source" if candidate.automatic else ""
    if not who and candidate.source is not None and candidate.root is not None:
        new = candidate.source.id not in case.evidence.book.sources
        who = candidate.source.role if new else f"{candidate.source.id}, asked anew" if candidate.fresh else candidate.root.id
    return CandidateEvidence(
        id=candidate.id, what=candidate.what, about=question.series if question else candidate.table, who=who, letter=candidate.letter,
        independent=candidate.fresh and not candidate.table, automatic=candidate.automatic,
        confirms=candidate.id.removeprefix("again-") if candidate.automatic else None,
        days=None if candidate.automatic else candidate.days, cost=candidate.cost, cost_unit=candidate.cost_unit or None,
        gain=0.0, error=0.0, by_chance=0.0, part=0.0, leader_changes=0.0, words_change=0.0, outcomes=[], listed=not candidate.table,
        summary="", simulated=any(r in setup.simulated for r in needs(case, candidate)))


def _nothing(setup: Setup, candidate: Candidate, note: str) -> Evaluation:
    return Evaluation(candidate, _describe(setup, candidate).model_copy(update={"note": note}), None)
