"""Figures whose interval spans more than a factor of ten are not given: matrix, table without a root, sentence and terminal."""
from __future__ import annotations

import math

import pytest
from tests.unit.test_asked import made, separated, weighed

from interlope.cli import tables
from interlope.reporting.answer import official
from interlope.reporting.figures.odds import figure_without
from interlope.reporting.rough import TOO_ROUGH, is_rough
from interlope.reporting.sections import explanations
from interlope.results.weighing import BayesFactor, RootContribution

EDGE = math.log(10.0) / 2 / 1.6449


def contribution(name, value, error):
    return RootContribution(id=name, log_bayes_factor={"takeover/rivalry": BayesFactor(value=value, error=error)},
                            without={"rivalry": 0.7, "takeover": 0.3})


ROOTS = [contribution("count", 3.1, 2.1), contribution("press", 0.9, 0.1)]


def study_with(roots):
    study = made(weigh=weighed({"rivalry": 0.48, "takeover": 0.12}), separation=separated())
    return study.model_copy(update={"weigh": study.weigh.model_copy(update={"roots": roots})})


@pytest.mark.parametrize(("error", "rough"), [(EDGE - 0.01, False), (EDGE + 0.01, True), (0.0, False), (None, False)])
def test_a_factor_of_ten_from_end_to_end_is_the_limit(error, rough):
    assert is_rough(error) is rough


def test_the_matrix_gives_no_figure_and_no_colour():
    table = explanations._matrix(study_with(ROOTS).weigh, ["rivalry", "takeover"])
    (_, (_, rough, tone), (_, fine, _)), = table.cells()
    assert rough == TOO_ROUGH and tone == "" and fine.startswith("+0.90")


def test_the_table_without_a_root_says_so_and_its_figure_has_no_mark():
    study = study_with(ROOTS)
    figure = figure_without(ROOTS, study.weigh.explanations)
    rows = {row[0]: row[1:] for row in figure.table.rows}
    assert rows["without count"] == (TOO_ROUGH, TOO_ROUGH, "") and rows["without press"] == (0.7, 0.3, "")
    assert f"without count: {TOO_ROUGH}" in str(figure.svg) and f"without press: {TOO_ROUGH}" not in str(figure.svg)


def test_the_sentence_on_official_figures_names_it_and_measures_the_next(monkeypatch):
    monkeypatch.setattr(official.roots, "official", lambda _: ["count", "press"])
    text = official.tell_figures(study_with(ROOTS))[0]
    assert f"How far count moves the odds is {TOO_ROUGH}. Of the others the one that moves the odds most, press, changes them by" in text
    assert "22" not in text
    alone = official.tell_figures(study_with(ROOTS[:1]))[0]
    assert alone.endswith(f". How far count moves the odds is {TOO_ROUGH}.")
    fine = official.tell_figures(study_with(ROOTS[1:]))[0]
    assert TOO_ROUGH not in fine and ". The one that moves the odds most, press," in fine


def test_the_terminal_gives_no_figure(capsys):
    tables.show_roots(study_with(ROOTS))
    lines = capsys.readouterr().out.splitlines()
    count, press = (next(line for line in lines if line.startswith(name)) for name in ("count", "press"))
    assert count.count(TOO_ROUGH) == 2 and TOO_ROUGH not in press and "30%" in press
