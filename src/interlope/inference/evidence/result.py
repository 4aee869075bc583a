"""Result: the record of a verdict, the `result` of the verb `weigh`."""
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from interlope.inference.checks import adequacy, predictive, shortfall, together
from interlope.inference.evidence import analysts, scaling, within
from interlope.inference.evidence.odds import BayesFactor, word
from interlope.inference.evidence.spoken import read_states
from interlope.results import weighing as results
from interlope.results.forecast import HeldOut
from interlope.results.weighing import (
    DroppedEvidence,
    Explanation,
    GradeCurve,
    GradePoint,
    OutletCounting,
    RootContribution,
    WeighResult,
    WithheldHeadline,
)

if TYPE_CHECKING:
    from interlope.inference.evidence.weigh import Verdict


def to_record(verdict: Verdict, heldout: HeldOut | None) -> WeighResult:
    """Everything a verdict says as one record; see `Verdict.to_record`."""
    fits, models = verdict.fits, verdict.models
    fit, parameters, series = [], [], []
    for name, p in fits.posteriors.items():
        if models.effective[name] > 0:
            fit += predictive.series_rows(fits, p) + predictive.claim_rows(fits, p)
            parameters += predictive.parameter_rows(fits, p)
            series += together.check_series(fits, p)
    first = next(iter(fits.posteriors))
    against = {pair: f for pair, f in models.pairs.items() if pair.endswith(f"/{first}")}
    return WeighResult(
        explanations=[_explanation(verdict, name) for name in fits.posteriors],
        pairs=_factors(models.pairs),
        headline=verdict.headline,
        headline_withheld=WithheldHeadline(root=verdict.withheld[0], reason=verdict.withheld[1]) if verdict.withheld else None,
        roots=[RootContribution(id=r.id, log_bayes_factor=_factors(r.factors), without=r.without.probability,
                                effective=dict(r.without.effective), thin=list(r.without.thin)) for r in verdict.roots],
        curve=_curve(verdict),
        counting=OutletCounting(naive={pair: verdict.naive.pairs[pair].value for pair in against},
                                roots={pair: f.value for pair, f in against.items()}),
        fit=fit,
        parameters=parameters,
        together=series,
        cannot_meet=predictive.cannot_meet(fit),
        shortfalls=shortfall.find_shortfalls(fits),
        adequacy=[adequacy.assess(fits, p, fit) for name, p in fits.posteriors.items() if models.effective[name] > 0],
        sensitivity=scaling.scale(fits, models),
        analysts=analysts.judge(fits, models),
        dropped=[DroppedEvidence(id=name, reason=why) for name, why in fits.plan.dropped.items()],
        heldout=heldout,
        replicates=fits.replicates,
        seconds=fits.seconds,
    )


def _explanation(verdict: Verdict, name: str) -> Explanation:
    """How one explanation stands, with its gates and predictions."""
    models, posteriors = verdict.models, verdict.fits.posteriors
    posterior = posteriors[name]
    return Explanation(
        name=name,
        gloss=posterior.gloss,
        prior=posterior.prior_odds / sum(p.prior_odds for p in posteriors.values()) if len(posteriors) > 1 else None,
        log_z=models.log_z[name],
        log_z_error=models.error[name],
        probability=models.probability[name],
        low=models.low[name],
        high=models.high[name],
        word=word(models.probability[name]) if len(posteriors) > 1 else "",
        gates=[results.Gate(name=g.name, value=g.value, limit=g.limit, passed=bool(g.passed)) for g in verdict.gates[name]],
        predictions=predictive.prediction_rows(verdict.fits, posterior) if models.effective[name] > 0 else [],
        variants=within.variant_rows(verdict.fits, posterior),
    )


def _curve(verdict: Verdict) -> GradeCurve | None:
    """Probabilities by letter of the report's source; None where no claim is weighed."""
    source = verdict.report_source
    if source is None:
        return None
    points = [GradePoint(letter=x, probabilities=m.probability, thin=list(m.thin)) for x, m in verdict.curve.items()]
    spoken = read_states(verdict.fits, source.id)
    return GradeCurve(source=source.id, letter=verdict.fits.case.book.sources[source.id].letter, points=points, stated=source.stated,
                      left_out=spoken.without, states={name: list(each) for name, each in spoken.states.items()})


def _factors(factors: Mapping[str, BayesFactor]) -> dict[str, results.BayesFactor]:
    return {pair: results.BayesFactor(value=f.value, error=f.error) for pair, f in factors.items()}
