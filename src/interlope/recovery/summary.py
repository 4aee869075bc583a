"""Summary: what many data sets show, in one record."""
from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from interlope.recovery import scores, uniformity
from interlope.results.recovery import RecoveredDataSet, RecoveryAbout, RecoverySummary, ReweighedOdds, SeriesAlone, UniformityTest

ALARM = 0.01  # chance that any rank is called non-uniform although all are uniform
LEAST_RANKS = 20  # below which a rank is not tested: bands would hold nearly everything


def summarise(about: RecoveryAbout, records: Sequence[RecoveredDataSet], prior: Mapping[str, float]) -> RecoverySummary:
    """Put together what data sets show.

    Parameters
    ----------
    about : RecoveryAbout
        What was tried.
    records : sequence of RecoveredDataSet
        At least one.
    prior : mapping of str to float
        Prior probability of each explanation.

    Returns
    -------
    RecoverySummary
    """
    return RecoverySummary(
        about=about, data_sets=len(records), resolved=sum(d.resolved for d in records), prior=dict(prior),
        confusion=scores.confuse(records, list(prior)), reliability=scores.bin_reliability(records, list(prior)),
        scores=scores.score(records, prior), uniformity=check_ranks(records), alarm=ALARM, coverage=scores.cover(records),
        seconds=float(np.median([d.seconds for d in records])), redrawn=sum(d.redrawn for d in records),
        series_alone=summarise_series_alone(records, prior),
    )


def summarise_series_alone(records: Sequence[RecoveredDataSet], prior: Mapping[str, float]) -> SeriesAlone | None:
    """Put together what the official series alone would give, where that was recorded."""
    changed = [_with_odds(d, d.series_alone) for d in records if d.series_alone is not None]
    if not changed:
        return None
    return SeriesAlone(data_sets=len(changed), thin=sum(not d.resolved for d in changed), confusion=scores.confuse(changed, list(prior)),
                       scores=scores.score(changed, prior))


def _with_odds(record: RecoveredDataSet, odds: ReweighedOdds) -> RecoveredDataSet:
    """A data set with other odds in place of its own; not resolved where these are thin."""
    given = odds.probability
    failed = [*record.failed_checks, *(["thin weights"] if odds.thin else [])]
    return record.model_copy(update={"probability": given, "chosen": max(given, key=lambda n: given[n]), "failed_checks": failed})


def list_ranks(records: Sequence[RecoveredDataSet]) -> dict[tuple[str, str], list[float]]:
    """Ranks by (kind, name), parameters first."""
    ranks: dict[tuple[str, str], list[float]] = {}
    for q in (q for d in records for q in d.quantities):
        ranks.setdefault((q.kind, q.name), []).append(q.rank)
    return dict(sorted(ranks.items(), key=lambda item: item[0][0]))


def check_ranks(records: Sequence[RecoveredDataSet]) -> list[UniformityTest]:
    """Test the ranks of every parameter and quantity with enough of them, at one rate of false alarms for all."""
    ranks = {key: values for key, values in list_ranks(records).items() if len(values) >= LEAST_RANKS}
    chances = {name: uniformity.chance(values) for (_, name), values in ranks.items()}
    rejected = uniformity.reject(chances, ALARM)
    return [UniformityTest(name=name, kind=kind, count=len(values), gap=_gap(values), chance=chances[name], rejected=name in rejected)
            for (kind, name), values in ranks.items()]


def _gap(ranks: Sequence[float]) -> float:
    """Largest distance of the cumulative distribution from the diagonal (the statistic of Kolmogorov and Smirnov)."""
    ordered, steps = np.sort(ranks), np.arange(len(ranks) + 1) / len(ranks)
    return float(max(np.abs(steps[1:] - ordered).max(), np.abs(steps[:-1] - ordered).max()))
