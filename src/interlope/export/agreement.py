"""Agreement: how far the explanations together agree with a claim, as formats that rate claims want one number."""

from __future__ import annotations

from interlope.export.study import StudyResults

LEVELS = 5  # of a rating, from 1; equal steps of the share


def average(study: StudyResults) -> dict[str, float]:
    """Share of the weighted replicates that agree with each claim taken literally, averaged over explanations by their probability.

    Parameters
    ----------
    study : StudyResults
        A finished study.

    Returns
    -------
    dict of str to float
        Share in [0, 1] by claim; claims that some explanation says nothing of are left out, and all where the result is not resolved.
    """
    weigh = study.record.weigh
    probability = {e.name: 1.0 if study.record.alone else e.probability for e in weigh.explanations}
    if not study.resolved or any(p is None for p in probability.values()):
        return {}
    agreed: dict[str, dict[str, float]] = {}
    for row in weigh.fit:
        if row.kind in ("claim", "held-out") and row.agreed is not None:
            agreed.setdefault(row.id, {})[row.explanation] = row.agreed
    return {claim: min(1.0, sum((probability[name] or 0.0) * share for name, share in shares.items()))
            for claim, shares in agreed.items() if shares.keys() == probability.keys()}


def rate(share: float) -> int:
    """A share as a whole number from 1 to 5, in equal steps.

    Examples
    --------
    >>> rate(0.0), rate(0.5), rate(1.0)
    (1, 3, 5)
    """
    return min(LEVELS, 1 + int(LEVELS * share))
