"""What a number belongs to: every parameter has a class, and numbers of another border are named wherever a case leaves them alone."""
from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from edited_toy import TAKEOVER, edit
from typer.testing import CliRunner

import interlope as il
from interlope.cli.app import app
from interlope.model import belonging
from interlope.model.step import PARAMS
from interlope.reporting.answer.inherited import tell_inherited
from interlope.reporting.sections.inherited import FIXED, build_inherited
from interlope.results.prior_sensitivity import PriorSensitivity, Scaling
from interlope.scenario.description import list_inherited, list_parameters
from interlope.scenario.oddities import list_oddities
from interlope.scenario.price_level import list_far_prices

CLASSES = (belonging.PLACE, belonging.TRADE, belonging.PEOPLE, belonging.DEFINITION)


def test_every_parameter_has_one_class_and_every_number_of_a_place_a_way_to_find_it():
    names = [p.name for p in PARAMS]
    assert {name: sum(name in names_of for names_of in CLASSES) for name in names} == dict.fromkeys(names, 1)
    assert {*belonging.PLACE, *belonging.TRADE, *belonging.PEOPLE, *belonging.DEFINITION} == set(names)
    assert all(len(how) > 20 for how in belonging.PLACE.values())


def test_a_case_inherits_the_numbers_that_neither_it_nor_its_explanations_state(tmp_path: Path):
    toy = il.load("toy")
    assert {"demand_level", "crossings_reference"}.isdisjoint(list_inherited(toy)) and "clashes_base" in list_inherited(toy)
    stated = 'clashes_base = { value = 0.2, unit = "1/day", source = "assumption" }'
    one = il.load(edit(tmp_path, (TAKEOVER, "[parameters]", f"[parameters]\n{stated}")))
    assert "clashes_base" in list_inherited(one)  # the other explanation still has the model's
    rows = [(r.explanation, r.inherited) for r in list_parameters(one) if r.name == "clashes_base"]
    assert rows == [("rivalry", True), ("takeover", False)]
    assert list_inherited(il.load("serbia-hungary")) == []  # whose numbers they are


def test_the_day_of_an_arrival_is_nobodys_where_none_arrives():
    """The toy's rivalry leaves the day alone and has nobody who arrives; the takeover states it."""
    toy = il.load("toy")
    assert "takeover_arrival_day" not in list_inherited(toy)
    takeover = toy.hypotheses["takeover"]
    without = {name: given for name, given in takeover.parameters.items() if name != "takeover_arrival_day"}
    left_alone = replace(toy, hypotheses={**toy.hypotheses, "takeover": replace(takeover, parameters=without)})
    assert "takeover_arrival_day" in list_inherited(left_alone)
    rows = [(r.explanation, r.inherited) for r in list_parameters(left_alone) if r.name == "takeover_arrival_day"]
    assert rows == [("rivalry", False), ("takeover", True)]


def test_params_filters_by_class_and_check_names_what_is_inherited():
    def result(*words: str) -> dict:
        return json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)["result"]

    place = result("params", "toy", "--class", "place")["parameters"]
    assert {p["name"] for p in place} == set(belonging.PLACE) and all(p["how_to_find"] for p in place)
    inherited = result("params", "toy", "--inherited")
    assert [p["name"] for p in inherited["parameters"]] == inherited["inherited"] == result("check", "toy")["inherited"]
    refused = CliRunner().invoke(app, ["params", "toy", "--class", "plaice"])
    assert refused.exit_code == 2 and "nearest 'place'" in refused.output
    assert f"{len(inherited['inherited'])} numbers that belong to a border" in CliRunner().invoke(app, ["check", "toy"]).output


def test_a_new_case_lists_every_number_of_the_place_as_a_line_that_can_be_used(tmp_path: Path):
    folder = tmp_path / "my-border"
    assert CliRunner().invoke(app, ["new", str(folder)]).exit_code == 0
    path = folder / "case.toml"
    before, text = list_inherited(il.load(folder)), path.read_text(encoding="utf-8")
    listed = re.findall(r"(?m)^# (\w+) = \{.*\n#   \S.*How to find it: \S.*$", text)
    assert listed == before and len(listed) > 40
    path.write_text(re.sub(r"(?m)^# (\w+ = \{)", r"\1", text), encoding="utf-8")
    assert list_inherited(il.load(folder)) == []


def scaling(name: str, power: float, moved: float) -> Scaling:
    return Scaling(kind="prior", name=name, explanations=["takeover"], power=power, width=power**-0.5, log_z={}, error={}, probability={},
                   log_odds=moved, log_odds_error=0.01, effective=500.0, pareto_k=0.2, thin=False)


def test_the_report_says_how_far_the_odds_hang_on_each_and_which_cannot_be_told():
    rows = [p for p in list_parameters(il.load("toy")) if p.name in ("clashes_base", "earnings_wage", "demand_level")]
    sensitivity = PriorSensitivity(leader="takeover", rival="rivalry", break_even=[],
                                   rows=[scaling("clashes_base", 0.5, 0.6931471805599453), scaling("clashes_base", 2.0, -0.1)])
    study: Any = SimpleNamespace(parameters=tuple(rows), weigh=SimpleNamespace(sensitivity=sensitivity))
    _, points, details = build_inherited(study)
    assert "2 numbers of the border are the default's" in points.items[0] and "1 of them is fixed" in points.items[0]
    assert "clashes_base moves the odds most: by a factor of 2.00" in points.items[1]
    table = details.blocks[0].table
    cells = {row[0]: row for row in table.rows}
    assert set(cells) == {"clashes_base", "earnings_wage"}
    assert cells["clashes_base"][4:6] == ("2.00", "0.90") and cells["earnings_wage"][4:6] == (FIXED, FIXED)
    study.parameters = ()
    assert build_inherited(study) == []


@pytest.mark.parametrize("names, words", [
    ([], []), (["a_b", "c_d"], ["2 numbers that belong to a border are the default's, not this case's: a_b, c_d."])])
def test_the_sentence_names_them(names, words):
    assert tell_inherited(names) == words


def test_how_clients_weigh_prices_is_a_number_of_a_border():
    rows = {r.name: r for r in list_parameters(il.load("toy"))}
    assert "prices_weight" in list_inherited(il.load("toy")) and "one over" in rows["prices_weight"].how_to_find
    assert "prices_weight" not in list_inherited(il.load("channel-boats"))  # which states it


@pytest.mark.parametrize(("lines", "expected"), [
    ("prices_unit_cost = {{ value = 110, {eur} }}\nchoices_price_reference = {{ value = 320, {eur} }}",
     "Prices would lie near 698 EUR a passage or above: prices_unit_cost is 110 and sellers add about one over prices_weight, 588; "
     "choices_price_reference is 320. Claims and figures on prices are weighed against the first; for a price near 320 prices_weight would "
     "be about 0.0048 per EUR."),
    ("prices_unit_cost = {{ value = 2000, {eur} }}", "prices_unit_cost alone is above that price."),
    ("prices_weight = {{ value = 0.02, unit = '1/EUR', source = 'assumption' }}", "Prices would lie near 350 EUR a passage"),
    ("prices_unit_cost = {{ value = 200, {eur} }}", ""),
])
def test_prices_far_from_their_reference_are_said(tmp_path: Path, lines: str, expected: str):
    stated = lines.format(eur="unit = 'EUR/person', source = 'assumption'")
    told = " ".join(list_oddities(il.load(edit(tmp_path, ("case.toml", "[overrides]", f"[overrides]\n{stated}")))))
    assert expected in told and ("Prices" in told) is bool(expected)


def test_prices_of_shipped_cases_are_near_their_reference():
    assert [name for name in ("toy", "serbia-hungary", "channel-boats") if list(list_far_prices(il.load(name)))] == []
