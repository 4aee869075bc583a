"""Fitted ratios: rows of a fit show claims on ratios by their own ratio, and say how many replicates have none."""
from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from interlope.dossier.claim import Claim, Interpretation
from interlope.inference.checks import predictive
from interlope.quantities import Reduction
from interlope.reporting.figures.fit import CLAIM_COLUMNS, UNDEFINED, figure_agreement, figure_claims, list_claim_columns
from interlope.reporting.sections import fit
from interlope.results.fitted import FitRow

NOW = Reduction("stopped", "mean", date(2030, 2, 1), date(2030, 2, 10))
BEFORE = replace(NOW, start=date(2030, 1, 1), end=date(2030, 1, 10))
PAIRS = [[50.0, 100.0], [60.0, 100.0], [70.0, 100.0], [0.0, 5.0], [5.0, 0.0], [0.0, 0.0]]
WEIGHT = [0.2, 0.2, 0.2, 0.1, 0.1, 0.2]


def claim(kind: str = "change", **facts) -> Claim:
    meaning = Interpretation(NOW, 1.0, 1.0, None, 1.0, BEFORE)
    return Claim(id="X", paraphrase="it fell", kind=kind, published=date(2030, 3, 1), carries=True, interpretations=(meaning,), **facts)


def row_of(one: Claim, columns: tuple[int, ...] = (0, 1), pairs: list[list[float]] | None = None) -> FitRow:
    fits = SimpleNamespace(case=SimpleNamespace(book=SimpleNamespace(claims={"X": one})),
                           binding=SimpleNamespace(claim_columns={"X": list(columns)}))
    posterior = SimpleNamespace(statistics=np.array(pairs or PAIRS), weight=np.array(WEIGHT), hypothesis="rivalry")
    (row,) = predictive.claim_rows(fits, posterior)
    return row


def test_a_number_is_shown_by_its_ratio_over_the_replicates_that_have_one():
    row = row_of(claim(low=60.0, high=60.0, unit="percent"))
    assert (row.q05, row.q50, row.q95) == pytest.approx((50.0, 60.0, 70.0)) and row.observed == pytest.approx(60.0)
    assert row.undefined == pytest.approx(0.4) and row.agreed == pytest.approx(0.6)


@pytest.mark.parametrize(("kind", "word"), [("change", "down"), ("ranking", "less")])
def test_a_word_is_shown_by_its_ratio_and_its_threshold_is_no_number(kind, word):
    """A ratio of 0 is one; where nothing is compared with, or nothing at all was counted, there is none."""
    row = row_of(claim(kind, stated=word, threshold=0.1, noise=0.2))
    assert (row.q05, row.q50, row.q95) == pytest.approx((0.0, 0.6, 0.7)) and row.observed is None
    assert row.undefined == pytest.approx(0.3) and row.agreed == pytest.approx(0.7)


def test_where_no_replicate_has_a_ratio_no_point_is_given():
    row = row_of(claim(low=0.5, high=0.7, unit="1"), pairs=[[0.0, 5.0]] * len(WEIGHT))
    assert (row.q05, row.q50, row.q95) == (None, None, None) and row.undefined == pytest.approx(1.0) and not row.met


def test_other_kinds_have_no_such_part_and_their_table_no_such_column():
    level = claim("interval", low=40.0, high=60.0, unit="persons/day")
    assert row_of(level).undefined is None
    study = SimpleNamespace(dossier=SimpleNamespace(series=[], claims=[SimpleNamespace(id="X", kind="change", unit="percent",
                                                                                      paraphrase="it fell")]))
    shown = fit._complete(row_of(claim(low=60.0, high=60.0, unit="percent")), study)
    assert list_claim_columns([shown])[-1] is UNDEFINED
    assert list_claim_columns([replace(shown, undefined=None)]) == CLAIM_COLUMNS
    assert figure_claims([shown], ["rivalry"]) is not None  # a change is drawn as a multiple of what is claimed
    table = figure_agreement([shown], ["rivalry"]).table
    assert table.rows[0][-1] == pytest.approx(0.4) and "no ratio" in figure_agreement([shown], ["rivalry"]).svg
