"""Spoken: how well each explanation accounts for what one source said, if the source was faithful, slanted or uninformative.

A poor letter does not silence a source: a report that was slanted still tells, because what an exaggerating source says depends on what
there was to exaggerate. So odds under letter E may lie on the other side of those without the report.
"""
from __future__ import annotations

from typing import NamedTuple

import numpy as np

from interlope.dossier.density import log_sum
from interlope.inference.evidence import odds
from interlope.inference.evidence.odds import model_probabilities
from interlope.inference.fitting.posterior import Fits


class SourceStates(NamedTuple):
    """What a source's weighed claims say of the explanations.

    Attributes
    ----------
    without : dict of str to float
        Probability of each explanation without anything that the source said.
    states : dict of str to list of float
        By explanation, the log density of all its claims if the source was faithful, slanted and uninformative, averaged over the
        replicates as all other evidence weights them.
    """

    without: dict[str, float]
    states: dict[str, list[float]]


def read_states(fits: Fits, source: str) -> SourceStates:
    """Set what a source said against each explanation.

    Parameters
    ----------
    fits : Fits
        A fit with weighed claims of the source.
    source : str
        Its id.

    Returns
    -------
    SourceStates
    """
    book, plan = fits.case.book, fits.plan
    speaking = [r for r in dict.fromkeys(c.root for c in plan.claims) if book.roots[r].source == source]
    columns = [i for i, claim in enumerate(plan.claims) if claim.root in speaking]
    left = odds.without(fits, *speaking)
    states = {}
    for name, p in fits.posteriors.items():
        usable = np.isfinite(left[name])
        weights = left[name][usable] - log_sum(left[name][usable], 0)
        scores = p.terms.states[usable][:, columns].sum(axis=1)
        states[name] = [float(x) for x in log_sum(weights[:, None] + scores, 0)]
    return SourceStates(dict(model_probabilities(fits, left).probability), states)
