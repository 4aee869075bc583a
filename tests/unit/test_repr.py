"""What fits, verdicts, comparisons and studies show of themselves at the prompt: a line, not their arrays."""
from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

import interlope as il
from interlope.inference.fitting import calibrate
from interlope.inference.sampling.problem import Effort
from interlope.pipeline import Plan

SMALL = Effort(waves=(96, 96), particles=60, populations=2, limit=2, candidates=400, residuals=6)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calibrate, "QUICK", SMALL)
        case = il.load("toy")
        fits = il.fit(case, seed=3)
        compared = il.compare(case, il.draws(fits, 2, 3), days=5, seed=3)
        return fits, il.weigh(fits), compared, il.study(case, Plan(seed=3, pairs=4, days=5), out=tmp_path_factory.mktemp("out"))


@pytest.mark.parametrize("place, titles", [
    (0, ["Probability of each explanation"]),
    (1, ["Probability of each explanation", "How the answer depends on the trust placed in one source: watch service",
         "Leaving out one root at a time"]),
    (2, ["Deaths of people on the move in all", "Killed personnel"]),
    (3, ["Probability of each explanation", "Deaths of people on the move in all"]),
])
def test_a_notebook_shows_the_reports_figures_with_the_tables_behind_them(results, place, titles):
    html = results[place]._repr_html_()
    assert all(f"<figcaption><b>{title}</b>" in html for title in titles)
    drawings = re.findall(r"<svg.*?</svg>", html, re.S)
    assert len(drawings) == html.count("<figure") == html.count("Table behind this figure") >= len(titles)
    assert all(ElementTree.fromstring(drawing).get("viewBox") for drawing in drawings)
    assert "class=" not in "".join(drawings) and "<script" not in html and "http" not in html.replace("http://www.w3.org/2000/svg", "")


def test_draws_show_the_probabilities_behind_them(results):
    html = il.draws(results[0], 5, 3)._repr_html_()
    assert html.count("<svg") == 1 and "Probability of each explanation" in html


def test_a_case_shows_itself_in_a_line():
    text = repr(il.load("toy"))
    assert text.startswith("<Case 'toy' as known on 2030-") and "takeover" in text and len(text) < 200


@pytest.mark.parametrize("place, words", [
    (0, ("Fits", "toy", "takeover", "seed 3")), (1, ("Verdict", "toy", "probabilities", "takeover")),
    (2, ("Comparison", "status-quo", "5 days", "pairs")), (3, ("Study", "toy", "seed 3", "mode quick")),
])
def test_a_result_shows_itself_in_a_few_lines(results, place, words):
    text = repr(results[place])
    assert all(word in text for word in words), text
    assert len(text.splitlines()) <= 3 and len(text) < 400 and "array(" not in text


def test_draws_show_themselves_in_a_line_and_as_tables(results):
    draws = il.draws(results[0], 5, 3)
    assert repr(draws).startswith("<Draws: 5 of rivalry, 5 of takeover; ") and "array(" not in repr(draws)
    frame = draws.to_dataframe()
    assert list(frame.columns[:2]) == ["explanation", "point"] and len(frame) == len(draws) and set(draws.values) < set(frame.columns)
    html = draws._repr_html_()
    assert "<table" in html and all(name in html for name in draws.chance)


def test_a_case_shows_its_explanations_and_options_in_a_notebook():
    case = il.load("toy")
    html = case._repr_html_()
    assert "<table" in html and all(name in html for name in (*case.hypotheses, *case.options))
