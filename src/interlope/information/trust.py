"""Trust: how likely a root that is asked is faithful, slanted or uninformative, given each replicate and all that was said already.

What a root said before tells of its state, and what the other roots of its institution said tells of the reliability that they share. So a
second question to one root teaches less than the same question to an independent one.
"""
from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from interlope.dossier.claim import Claim
from interlope.dossier.density import log_sum
from interlope.dossier.source import STATES, Root, Source
from interlope.inference import likelihood
from interlope.inference.likelihood import LikelihoodPlan, Terms


def state_chances(plan: LikelihoodPlan, terms: Terms, root: Root, source: Source) -> np.ndarray:
    """Chances of a root's states in every replicate.

    Parameters
    ----------
    plan : LikelihoodPlan
        What was weighed.
    terms : Terms
        Its log likelihood in n replicates.
    root : Root
        The root that is asked, of the dossier or a new one.
    source : Source
        Its source.

    Returns
    -------
    ndarray
        [n, 3] for (faithful, slanted, uninformative); rows sum to 1.
    """
    book = replace(plan.book, sources={**plan.book.sources, source.id: source}, roots={**plan.book.roots, root.id: root})
    probe = Claim("a statement that only one state can make", "", "meta", date.max, True, root=root.id)
    longer = replace(plan, book=book, claims=(*plan.claims, probe))
    count = len(terms.states)
    totals = np.empty((count, len(STATES)))
    for state in range(len(STATES)):
        only = np.full((count, 1, len(STATES)), -np.inf)
        only[:, :, state] = 0.0
        totals[:, state] = likelihood.total(longer, Terms(np.concatenate([terms.states, only], axis=1), np.zeros((count, 0))))
    return np.exp(totals - log_sum(totals, 1)[:, None])
