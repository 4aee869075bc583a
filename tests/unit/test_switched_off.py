"""Harms of levers that the numbers of a case take away, and measures in force: said where options and effects are shown."""
from __future__ import annotations

import pytest
from edited_toy import edit
from tests.unit.test_report import sample

import interlope as il
from interlope.levers.option import ALWAYS, Option, ScheduledLever
from interlope.model.step import PARAMS
from interlope.policy.switched_off import list_switched_off
from interlope.reporting.blocks import tables_of
from interlope.reporting.sections import effects, options
from interlope.reporting.sections.harm_side import tell_switched_off
from interlope.results.comparison import LeverSetting
from interlope.results.harm import SwitchedOff
from interlope.results.study import MeasureAbout
from interlope.scenario.description import describe_case

OFF = 'crossings_force_harm = { value = 0.0, unit = "1", source = "assumption" }\n'
LITTLE = 'crossings_death = { prior = "lognormal(0.000001, x1.3)", unit = "1", source = "assumption" }\n'
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


def switched(tmp_path, lever, numbers):
    case = il.load(edit(tmp_path, ("case.toml", "[overrides]\n", f"[overrides]\n{numbers}")))
    return list_switched_off(case, Option("mine", "mine", (ScheduledLever(lever, 0.5, 0, ALWAYS, 0),)))


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
    assert row.value == pytest.approx(1e-6, rel=0.1) and row.own == pytest.approx(2.54e-5, rel=0.01)


@pytest.mark.parametrize(("lever", "number", "harms"), [
    ("safe_reception", "clashes_lethal", ["group_deaths"]),
    ("raids", "clashes_lethal", ["group_deaths"]),
    ("raids", "demand_divert_share", ["diverted_deaths"]),
    ("raids", "escalation_armed_base", ["personnel_injured", "personnel_killed"]),
    ("raids", "escalation_armed_injury", ["personnel_injured"]),
    ("raids", "crossings_clash_harm", ["client_deaths", "client_injuries"]),
    ("joint_patrols", "escalation_injury", ["personnel_injured"]),
])
def test_every_number_without_which_a_levers_harm_is_not_counted_is_looked_at(tmp_path, lever, number, harms):
    unit = next(p.unit for p in PARAMS if p.name == number)
    row, = switched(tmp_path, lever, f'{number} = {{ value = 0.0, unit = "{unit}", source = "assumption" }}\n')
    assert (row.lever, row.number, row.value, row.harms) == (lever, number, 0.0, harms)


def test_a_number_that_another_way_to_the_harm_replaces_or_that_the_lever_does_not_pass_is_no_news(tmp_path):
    share = 'demand_divert_share = { value = 0.0, unit = "1", source = "assumption" }\n'
    beside = 'demand_upstream_divert = { value = 0.5, unit = "1", source = "assumption" }\n'
    assert switched(tmp_path / "beside", "raids", share + beside) == []
    assert switched(tmp_path / "closed", "close_way", share) == []
    assert switched(tmp_path / "crowd", "raids", 'escalation_injury = { value = 0.0, unit = "1", source = "assumption" }\n') == []


@pytest.mark.parametrize(("prior", "value"), [
    ("normal(0, 0.5)", None), ("mixture(0.5: normal(-0.5, 0.1), 0.5: normal(0.5, 0.1))", None), ("0", 0.0), ("-0.3", 0.0),
    ("normal(0, 0.005)", 0.002),
])
def test_a_number_that_can_go_either_way_is_off_by_what_it_can_raise(tmp_path, prior, value):
    rows = switched(tmp_path, "raids", f'escalation_force_effect = {{ prior = "{prior}", unit = "log", source = "assumption" }}\n')
    assert [row.number for row in rows] == ([] if value is None else ["escalation_force_effect"])
    assert value is None or rows[0].value == pytest.approx(value, abs=1e-4)


def test_report_and_terminal_say_it_in_words():
    off = SwitchedOff(lever="joint_patrols", harms=["client_deaths"], through="force at the line", number="crossings_force_harm",
                      value=0.0, own=0.5)
    little = off.model_copy(update={"value": 0.01, "explanations": ["rivalry"]})
    study = sample()
    first, *rest = study.compare.options
    about = first.model_copy(update={"switched_off": [off, little], "undeclared": ["raids"]})
    one, two = tell_switched_off([about])
    assert one.endswith("joint patrols can raise deaths of people on the move here (force at the line), and crossings force harm is "
                        "never above 0: that harm is switched off and counted nowhere.")
    assert "is set to nearly nothing under rivalry (about 0.01; the model's own is about 0.5)" in two
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
