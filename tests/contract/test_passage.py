"""A made-up world in which hardly anybody is stopped: the case is sound, and its world is what it says."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import interlope as il
from interlope.ensemble import design

CASE = Path(__file__).parents[1] / "cases" / "passage"


def test_check_finds_no_fault(line):
    found = json.loads(line("check", str(CASE), "--json").stdout)["result"]
    assert (found["claims"], found["series"], found["explanations"]) == (9, 3, ["open-market", "borrowed-name", "command"])
    assert found["options"] == ["status-quo", "legal-pathways"]


@pytest.mark.parametrize("name", ["open-market", "borrowed-name", "command"])
def test_hardly_anybody_is_stopped_and_the_figures_are_typical(name):
    case = il.load(CASE)
    drawn = design.draw(case, name, 24, 3)
    for parameter, known in case.parameters(name).items():
        drawn.values[parameter][:] = known.prior.median
    runs = il.simulate(case, name, drawn, seed=5)
    assert runs["stopped"].values.sum() < 0.02 * runs["attempts"].values.sum()
    months = [v for v in case.series["registrations-months"].fitted()]
    for value in months:
        days = slice(case.day(value.start), case.day(value.end) + 1)
        reported = 0.8 * runs["successes"].values[:, days].sum(axis=1)
        assert np.quantile(reported, 0.05) < value.value < np.quantile(reported, 0.95)
    autumn = runs["share_command"].values[:, case.day(case.cuts["autumn"]):].mean()
    assert autumn > 0.5 if name == "command" else autumn == 0.0
