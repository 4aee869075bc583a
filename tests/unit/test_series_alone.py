"""The official series alone: weights without the claims give what a fit without them gives."""
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.unit.test_recovery import PRIOR, one, summarised

import interlope as il
from interlope.inference.evidence import odds, packing, reweigh
from interlope.inference.fitting import calibrate
from interlope.recovery import scores, series_alone, summary, truth
from interlope.reporting import recovery as written
from interlope.results.recovery import ReweighedOdds


@pytest.fixture(scope="module")
def fits():
    return calibrate.fit(il.load("toy"), seed=5, threads=1)


def test_weights_without_claims_are_those_of_the_packed_terms(fits):
    alone, terms = series_alone.weigh(fits), packing.describe(fits)
    columns = {name: packing.read_columns(fits, p, terms) for name, p in fits.posteriors.items()}
    without = reweigh.Change(claims=frozenset(c.id for c in terms.claims))
    log_z = {n: np.logaddexp.reduce(reweigh.log_weight(terms, c, without)) - np.log(len(c.base)) for n, c in columns.items()}
    expected = 1.0 / (1.0 + np.exp(log_z["takeover"] - log_z["rivalry"]))
    assert alone is not None and not alone.thin
    assert alone.probability["rivalry"] == pytest.approx(expected, abs=1e-9)


def test_a_fit_without_the_claims_gives_the_same_odds(fits):
    """Within four standard errors, of which .02 for the weights: once in ten thousand seeds otherwise."""
    again = odds.model_probabilities(calibrate.fit(truth.leave_out(il.load("toy"), "claims"), seed=6, threads=1))
    alone = series_alone.weigh(fits)
    assert alone is not None
    error = np.hypot(again.error["rivalry"], again.error["takeover"]) * 0.25 + 0.02
    assert abs(alone.probability["rivalry"] - again.probability["rivalry"]) < 4.0 * error
    assert abs(odds.model_probabilities(fits).probability["rivalry"] - again.probability["rivalry"]) > 0.0


def test_nothing_is_said_where_claims_or_explanations_are_missing(fits):
    without = replace(fits, plan=calibrate.define(truth.leave_out(il.load("toy"), "claims")).plan)
    assert series_alone.weigh(without) is None
    assert series_alone.weigh(replace(fits, posteriors={"rivalry": fits.posteriors["rivalry"]})) is None


def test_a_summary_counts_them_apart_and_says_so():
    def with_odds(index: int, p: float, thin: bool = False):
        alone = ReweighedOdds(probability={"rivalry": p, "takeover": 1.0 - p}, effective={}, pareto_k={}, thin=thin)
        return one(index, "rivalry", 0.9).model_copy(update={"series_alone": alone})

    records = [with_odds(0, 0.6), with_odds(1, 0.4), with_odds(2, 0.7, thin=True), one(3)]
    found = summary.summarise_series_alone(records, PRIOR)
    assert found is not None and (found.data_sets, found.thin) == (3, 1)
    rivalry = found.confusion[0]
    assert (rivalry.resolved, rivalry.unresolved) == ({"rivalry": 1, "takeover": 1}, {"rivalry": 1, "takeover": 0})
    assert found.scores[0].value == pytest.approx(-np.log([0.6, 0.4, 0.7]).mean())
    assert scores.confuse(records, list(PRIOR))[0].resolved == {"rivalry": 4, "takeover": 0}
    assert summary.summarise_series_alone([one(0)], PRIOR) is None
    words = written.tell(summarised(records))
    assert words[-1].startswith("The official series alone put the truth first in 2 of 3, with a log score of 0.")
    assert words[-1].endswith("in 1 of them too few points carry that.")
    assert [t.name for t in written.tabulate(summarised(records))][-2:] == ["series-alone", "series-alone-scores"]
    assert "## The official series alone" in written.describe(summarised(records), records, dict.fromkeys(
        ("matrix", "reliability", "ranks", "coverage"), "a.svg"))
