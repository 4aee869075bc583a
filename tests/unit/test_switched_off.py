"""Harms of levers that the numbers of a case take away, and measures in force: said where options and effects are shown."""
from __future__ import annotations

import pytest
from edited_toy import edit
from tests.unit.test_report import sample

import interlope as il
from interlope.policy.switched_off import list_switched_off
from interlope.reporting.blocks import tables_of
from interlope.reporting.sections import effects, options
from interlope.reporting.sections.harm_side import tell_switched_off
from interlope.results.comparison import LeverSetting
from interlope.results.harm import SwitchedOff
from interlope.results.study import MeasureAbout
from interlope.scenario.description import describe_case

OFF = 'crossings_force_harm = { value = 0.0, unit = "1", source = "assumption" }\n'
LITTLE = 'crossings_death = { prior = "lognormal(0.000001, x2)", unit = "1", source = "assumption" }\n'
MEASURE = """
[[measure]]
id = "patrols-agreed"
start = 2030-01-25
source = "border-guard"
published = 2030-01-25
[[measure.lever]]
name = "joint_patrols"
setting = 0.5
"""


def listed(tmp_path, numbers):
    case = il.load(edit(tmp_path, ("case.toml", "[overrides]\n", f"[overrides]\n{numbers}")))
    return list_switched_off(case, case.options["joint-patrols"])


def test_numbers_of_the_models_size_switch_nothing_off():
    for name in ("toy", "serbia-hungary"):
        case = il.load(name)
        assert [row for option in case.options.values() for row in list_switched_off(case, option)] == []


def test_a_levers_number_at_nothing_is_named(tmp_path):
    row, = listed(tmp_path, OFF)
    assert (row.lever, row.number, row.value, row.own, row.explanations) == ("joint_patrols", "crossings_force_harm", 0.0, 0.5, [])
    assert row.harms == ["client_deaths", "client_injuries"]


def test_a_number_that_counts_the_harm_is_named_where_it_is_far_below_the_models_own(tmp_path):
    row, = listed(tmp_path, LITTLE)
    assert (row.number, row.harms) == ("crossings_death", ["client_deaths"])
    assert row.value == pytest.approx(1e-6) and row.own == pytest.approx(2e-5)


def test_report_and_terminal_say_it_in_words():
    off = SwitchedOff(lever="joint_patrols", harms=["client_deaths"], through="force at the line", number="crossings_force_harm",
                      value=0.0, own=0.5)
    little = off.model_copy(update={"value": 0.01, "explanations": ["rivalry"]})
    study = sample()
    first, *rest = study.compare.options
    about = first.model_copy(update={"switched_off": [off, little], "undeclared": ["raids"]})
    one, two = tell_switched_off([about])
    assert one.endswith("joint patrols can raise deaths of people on the move here (force at the line), and crossings force harm is 0: "
                        "that harm is switched off and counted nowhere.")
    assert "is set to nearly nothing under rivalry (median 0.01; the model's own is 0.5)" in two
    compare = study.compare.model_copy(update={"options": [about, *rest]})
    blocks = options.build(study.model_copy(update={"compare": compare})).blocks
    lines = [line for block in blocks if getattr(block, "kind", "") == "callout" for line in block.lines]
    assert one in lines and two in lines


def test_measures_known_by_then_are_described_and_listed(tmp_path):
    case = il.load(edit(tmp_path, ("case.toml", "", MEASURE)))
    about, = describe_case(case).measures
    assert (about.id, about.start, about.end) == ("patrols-agreed", "2030-01-25", None)
    assert about.levers == [LeverSetting(name="joint_patrols", setting=0.5)]
    assert describe_case(case.at("2030-01-20")).measures == []


def test_the_report_lists_measures_where_effects_are():
    study = sample()
    assert effects.show_measures(study) == []
    one = MeasureAbout(id="law", start="2030-01-25", end=None, levers=[LeverSetting(name="raids", setting=1.0)], source="gazette",
                       published="2030-01-20")
    shown = effects.show_effects(study.model_copy(update={"case": study.case.model_copy(update={"measures": [one]})}))
    grid = next(t for t in tables_of(shown) if t.name == "measures")
    assert [text for _, text, _ in next(iter(grid.cells()))] == ["law", "25 Jan 2030", "goes on", "raids 1", "gazette", "20 Jan 2030"]
