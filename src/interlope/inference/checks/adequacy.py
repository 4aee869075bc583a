"""Adequacy: how well each explanation accounts for the evidence at all. Odds compare explanations; they never say that all are poor.

The figures are judged together: the density of the published set at a weighted replicate is set beside that of a set drawn there, with the
same nuisances, and the chance is that a drawn set is no likelier (Gelman, Meng & Stern 1996; a realised discrepancy). The fit has seen
the figures, so a chance is rather too large than too small, and a small one tells. A root with claims is judged by what an explanation has
to make of it: the chance that it reported faithfully, given the letter and all that the weighted replicates show.
"""
from __future__ import annotations

import numpy as np

from interlope.ensemble import keys
from interlope.inference import likelihood, publication
from interlope.inference.checks import prior_predictive, surprise
from interlope.inference.fitting.posterior import Fits, Posterior
from interlope.inference.sampling.importance import systematic
from interlope.results.adequacy import Adequacy, RootTrust
from interlope.results.fitted import FitRow

DRAWS = 2000


def assess(fits: Fits, posterior: Posterior, rows: list[FitRow]) -> Adequacy:
    """Say how well one explanation accounts for the evidence at all.

    Parameters
    ----------
    fits : Fits
        The fit of a case.
    posterior : Posterior
        One explanation's part of it, with at least one replicate that has weight.
    rows : list of FitRow
        What explanations give for figures and claims; see `predictive`.

    Returns
    -------
    Adequacy
    """
    name, plan = posterior.hypothesis, fits.plan
    odd = [s.id for s in surprise.surprises(fits, posterior) if s.chance < surprise.RARE]
    return Adequacy(
        explanation=name, figures=sum(len(t.figures) for g in plan.groups for t in g.series), chance=judge_figures(fits, posterior),
        surprises=odd, rare=surprise.RARE, trust=judge_roots(fits, posterior), claims=len(plan.claims),
        unmet=[r.id for r in rows if r.explanation == name and r.kind == "claim" and not r.met],
        before=prior_predictive.judge(fits, posterior),
    )


def judge_figures(fits: Fits, posterior: Posterior) -> float | None:
    """Posterior predictive chance of a set of figures no likelier than the published one; None where there are no figures."""
    if not fits.plan.groups:
        return None
    generator = keys.stream(fits.seed, "adequacy", posterior.hypothesis)
    statistics = posterior.statistics[systematic(posterior.weight, DRAWS, generator.random())]
    reported, drawn = np.zeros(DRAWS), np.zeros(DRAWS)
    for group in fits.plan.groups:
        published, instead = publication.score_whole(group, statistics, generator)
        reported, drawn = reported + published, drawn + instead
    return float(np.mean(0.5 * (drawn < reported) + 0.5 * (drawn <= reported)))


def judge_roots(fits: Fits, posterior: Posterior) -> list[RootTrust]:
    """Every root with claims by how likely it was faithful, before and after, the one most doubted first."""
    rows = []
    for root in dict.fromkeys(claim.root for claim in fits.plan.claims):
        after = float(posterior.weight @ likelihood.trust(fits.plan, posterior.terms, root)[:, 0])
        rows.append(RootTrust(root=root, before=likelihood.faithful(fits.plan, root), after=after))
    return sorted(rows, key=lambda r: (r.after - r.before, r.root))
