"""Analysts: the odds under each analyst's letters, prior odds and codings, by other weights on the same replicates."""
from __future__ import annotations

import math
from collections.abc import Mapping

from interlope.dossier.claim import Claim
from interlope.inference.evidence import odds
from interlope.inference.evidence.odds import ModelProbabilities, model_probabilities
from interlope.inference.fitting.posterior import Fits
from interlope.results.analysts import AnalystOdds, JudgedChange
from interlope.scenario.analysts import Analyst


def judge(fits: Fits, models: ModelProbabilities) -> list[AnalystOdds]:
    """Weigh the explanations as each analyst of the case judges.

    Parameters
    ----------
    fits : Fits
        A fit; its case's `analysts` are heard.
    models : ModelProbabilities
        The probabilities by the case's own judgements.

    Returns
    -------
    list of AnalystOdds
        In order of name; empty where the case has no analysts or a single explanation.

    Notes
    -----
    A letter of a source of which nothing is weighed, and a coding of a claim that is not, change nothing and are shown as such.
    """
    if len(fits.posteriors) == 1:
        return []
    return [_judge(fits, models, analyst) for analyst in fits.case.analysts]


def _judge(fits: Fits, models: ModelProbabilities, analyst: Analyst) -> AnalystOdds:
    letters = {source: given.letter for source, given in analyst.letters.items()}
    priors = {name: given.odds for name, given in analyst.prior_odds.items() if name in fits.posteriors}
    codings = {name: given.claim for name, given in analyst.codings.items() if name in fits.plan.columns}
    whole = _weigh(fits, letters, codings, priors)
    changes = [_change(models, _weigh(fits, {source: given.letter}, {}, {}), "letter", source,
                       f"{fits.case.book.sources[source].letter} to {given.letter}", given.reason)
               for source, given in analyst.letters.items()]
    changes += [_change(models, _weigh(fits, {}, {}, {name: given.odds} if name in priors else {}), "prior odds", name,
                        f"{_own(fits, name)} to {given.odds:g}", given.reason) for name, given in analyst.prior_odds.items()]
    changes += [_change(models, _weigh(fits, {}, {name: given.claim} if name in codings else {}, {}), "coding", name,
                        given.change, given.reason) for name, given in analyst.codings.items()]
    return AnalystOdds(name=analyst.name, role=analyst.role, probability={**whole.probability}, low={**whole.low}, high={**whole.high},
                       leader=whole.leader, thin=list(whole.thin), changes=changes)


def _own(fits: Fits, name: str) -> str:
    """Prior odds as the case states them."""
    return f"{fits.posteriors[name].prior_odds:g}" if name in fits.posteriors else "none"


def _weigh(fits: Fits, letters: Mapping[str, str], codings: Mapping[str, Claim | None], priors: Mapping[str, float]) -> ModelProbabilities:
    return model_probabilities(fits, odds.judged(fits, letters, codings), priors)


def _change(models: ModelProbabilities, changed: ModelProbabilities, kind: str, what: str, change: str, reason: str) -> JudgedChange:
    """One judgement by itself; the odds are those of the case's leader against its nearest rival."""
    leader, rival = sorted(models.probability, key=lambda n: -models.probability[n])[:2]
    moved = math.nan
    if min(changed.probability[leader], changed.probability[rival], models.probability[rival]) > 0:
        moved = math.log(changed.probability[leader] / changed.probability[rival]) - math.log(
            models.probability[leader] / models.probability[rival])
    return JudgedChange(kind=kind, what=what, change=change, reason=reason, probability={**changed.probability}, log_odds=moved,
                        thin=list(changed.thin))
