"""Figures: what is drawn is where the numbers say, whatever the numbers are."""
from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.test_report import sample

from interlope.reporting.figures.fit import ReportedValue, figure_claims, figure_series
from interlope.reporting.figures.forest import Mark, Panel, draw_forest
from interlope.reporting.figures.odds import figure_counting, spread
from interlope.reporting.figures.provenance import bundle, figure_provenance
from interlope.reporting.numerals import interval, number
from interlope.reporting.svg import Pen, Scale, fit_words, log_ticks, span, ticks
from interlope.reporting.tables import Column, table
from interlope.results.weighing import OutletCounting

REAL = st.floats(-1e9, 1e9, allow_nan=False)


@given(REAL, REAL, st.booleans())
def test_a_scale_keeps_every_value_inside(value, other, log):
    low, high = span([abs(value) + 0.1, abs(other) + 0.1], log=log)
    scale = Scale(low, high, 10.0, 90.0, log)
    assert 10.0 <= scale(value) <= 90.0
    slack = 1e-6 * (high - low)  # a millionth of the axis is nothing to see
    assert all(low - slack <= t <= high + slack for t in scale.ticks() if not log)
    assert all(low * (1 - 1e-6) <= t <= high * (1 + 1e-6) for t in scale.ticks() if log)


@given(st.floats(1e-6, 1e6), st.floats(1.5, 1e6))
def test_ticks_are_few_and_rising(low, factor):
    for found in (ticks(low, low * factor), log_ticks(low, low * factor)):
        assert len(found) <= 12
        assert found == sorted(set(found))


@given(st.lists(REAL, min_size=1, max_size=8))
def test_labels_are_spread_without_overlap(places):
    found = spread(sorted(places), 10.0)
    assert len(found) == len(places)
    assert all(b - a >= 10.0 - 1e-4 for a, b in zip(found, found[1:]))


def test_names_beside_the_bars_of_counting_are_cut_to_their_column():
    pair, two = "a-cartel-with-a-very-long-name/guides", "a-cartel/village-guides"
    drawing = str(figure_counting(OutletCounting(naive={pair: 5.0, two: 2.0}, roots={pair: 3.0, two: 1.0})).svg)
    texts = re.findall(r"<text[^>]*t strong[^>]*>([^<]*)</text>", drawing)
    assert {"a-cartel", "against village-guides", "a-cartel against village-guides"} <= set(texts)
    assert any(text.endswith("…") for text in texts) and pair.partition("/")[0] not in texts


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_any_number_can_be_written(value):
    text = number(value)
    assert text
    assert "nan" not in text
    assert "inf" not in text


@given(REAL, REAL)
def test_a_dash_is_never_taken_for_a_minus(a, b):
    low, high = sorted((a, b))
    text = interval(low, high)
    assert not ("–" in text and "−" in text)


def test_a_forest_draws_every_mark_twice_and_skips_what_is_missing():
    rows = ((Mark(1.0, 0.5, 2.0, 0), Mark(None, slot=1)), (Mark(3.0, slot=1),))
    svg = draw_forest(["first", "second"], [Panel("", rows)], "unit", label="a forest")
    assert svg.count('class="c0 fill"') == 2  # once wide, once narrow
    assert svg.count('class="c1 fill"') == 2
    assert "nan" not in svg


def test_a_forest_of_nothing_is_still_a_picture():
    svg = draw_forest(["only"], [Panel("", ((),))], "unit", label="empty")
    assert svg.count("<svg") == 2


def test_words_cannot_become_markup():
    pen = Pen(10, 10)
    pen.text(0, 0, "<b>&", "t")
    assert "&lt;b&gt;&amp;" in pen.close('a "label"', "wide")
    assert 'aria-label="a &quot;label&quot;"' in pen.close('a "label"', "wide")


def rows_of(observed, q05, q50, q95, **more):
    return ReportedValue(kind="series", id="s:2023-01", period="2023-01", explanation="a", observed=observed,
                         q05=q05, q50=q50, q95=q95, met=q05 <= observed <= q95, **more)


def test_a_value_outside_its_band_is_drawn_hollow():
    inside = figure_series("s", "Series", "1", [rows_of(5.0, 1.0, 4.0, 9.0)], ["a"])
    outside = figure_series("s", "Series", "1", [rows_of(50.0, 1.0, 4.0, 9.0)], ["a"])
    assert "hollow" not in inside.svg
    assert "hollow" in outside.svg
    assert "1 of 1" in outside.note


def test_claims_without_a_number_are_left_to_the_table():
    assert figure_claims([rows_of(0.0, 0.0, 0.0, 0.0)], ["a"]) is None
    drawn = figure_claims([rows_of(10.0, 1.0, 5.0, 8.0), rows_of(0.0, 0.0, 0.0, 0.0)], ["a"])
    assert drawn is not None
    assert len(drawn.table.rows) == 2


def test_claims_are_bundled_by_root_and_chain():
    dossier = sample().dossier
    root = dossier.roots[0].model_copy(update={"id": "r"})
    claims = [dossier.claims[0].model_copy(update={"id": name, "root": root_id, "chain": chain, "likelihood": weighed})
              for name, root_id, chain, weighed in (("C1", "r", ["x"], True), ("C2", "r", ["x"], False), ("C3", "r", [], True),
                                                    ("C4", None, [], False))]
    found = bundle(claims, [root])
    assert [(b.chain, b.claims, b.weighing) for b in found] == [((), ("C3",), 1), (("x",), ("C1", "C2"), 1)]
    figure = figure_provenance(dossier.model_copy(update={"claims": claims, "roots": [root]}))
    assert "C4" not in figure.svg
    assert "1 claim has no root" in figure.note


def test_cells_and_columns_must_agree():
    with pytest.raises(ValueError, match="2 cells under 1 columns"):
        table("t", "caption", (Column("a", "a"),), [(1, 2)])


def test_words_are_cut_to_their_room():
    assert fit_words("short", 500) == "short"
    cut = fit_words("a rather long sentence", 70)
    assert cut.endswith("…")
    assert len(cut) * 0.53 * 13 <= 70 + 13


def test_no_figure_writes_a_number_that_is_not_finite():
    figure = figure_series("s", "Series", "1", [rows_of(5.0, 1.0, math.nan, 9.0)], ["a"])
    assert not re.search(r'="(nan|inf)', figure.svg)


def test_a_probability_that_rounding_put_past_one_still_has_words():
    from interlope.reporting.words import likelihood

    assert likelihood(1.0 + 2e-16) == "almost certain"
    with pytest.raises(ValueError, match="not between"):
        likelihood(1.1)
