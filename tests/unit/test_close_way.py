"""Closing a way and returns agreements: what their options do to people in the toy, and what is said where a case switches harm off."""
from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from edited_toy import edit, odd

import interlope as il
from interlope.ensemble import streams
from interlope.jit.compile import entry
from interlope.model.detours import MOST_STRETCH, stretch
from interlope.policy import compare
from interlope.policy.lever_numbers import draw_numbers
from interlope.policy.outcome import OUTCOMES
from interlope.scenario.description import list_inherited

COLUMN = {outcome.name: i for i, outcome in enumerate(OUTCOMES)}
OPTION = 'format = 1\nname = "{name}"\ngloss = "x"\n[[lever]]\nname = "{lever}"\nsetting = 0.5\n'
PAIRS = 24


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The toy with an option that closes half of the ways, and one under which half of those who get through are returned."""
    case = edit(tmp_path_factory.mktemp("closed"))
    for name, lever in (("closed", "close_way"), ("agreement", "returns")):
        (case / "options" / f"{name}.toml").write_text(OPTION.format(name=name, lever=lever), encoding="utf-8")
    return case


def run(case, **changes):
    """Compare the options of a case on parameters at their medians, with some of them changed."""
    values = {name: np.full(PAIRS, k.prior.median) for name, k in case.parameters("rivalry").items()} | {
        name: np.full(PAIRS, value) for name, value in changes.items()}
    given = SimpleNamespace(origin=None, hypothesis=np.full(PAIRS, "rivalry"), values=values, innovations=None,
                            streams=streams.single(5, np.arange(PAIRS)), point=np.arange(PAIRS), chance={"rivalry": 1.0}, weak={})
    return compare.run(case, given, ["closed", "agreement"], days=60, seed=2)


@pytest.fixture(scope="module")
def compared(folder):
    return run(il.load(folder), crossings_injury=0.02, demand_diverted_death=0.02)


def change(comparison, option, outcome):
    """Paired difference over the same future without the option, and its standard error."""
    difference = comparison.difference(comparison.option_index(option), "status_quo")[:, COLUMN[outcome]]
    return difference.mean(), difference.std(ddof=1) / np.sqrt(len(difference))


@entry
def stretch_each(closures, elasticities, results):
    for i in range(len(results)):
        results[i] = stretch(closures[i], elasticities[i])


def test_ways_left_are_longer_by_the_elasticity_and_never_without_a_closing():
    closures, elasticities, results = np.array([0.0, 0.5, 0.5, 0.75, 0.9]), np.array([1.3, 0.0, 1.0, 2.0, 1e300]), np.zeros(5)
    stretch_each(closures, elasticities, results)
    assert results[:2].tolist() == [1.0, 1.0]
    assert results[2:4] == pytest.approx([2.0, 16.0])
    assert results[4] == MOST_STRETCH


@pytest.mark.parametrize(("outcome", "sign"), [("attempts", -1), ("successes", -1), ("diverted", +1), ("diverted_deaths", +1)])
def test_a_closing_diverts_people_whom_it_counts(compared, outcome, sign):
    mean, error = change(compared, "closed", outcome)
    assert sign * mean > 3.0 * error


def test_a_closing_raises_injuries_per_try(compared):
    quo, closed = (compared.levels[compared.option_index(name)] for name in ("status-quo", "closed"))
    before, after = (levels[:, COLUMN["client_injuries"]].sum() / levels[:, COLUMN["attempts"]].sum() for levels in (quo, closed))
    assert after > 1.4 * before


def test_an_agreement_returns_people_and_some_try_again(compared):
    mean, error = change(compared, "agreement", "readmitted")
    assert mean > 3.0 * error
    assert compared.levels[0][:, COLUMN["readmitted"]].sum() == 0.0
    mean, error = change(compared, "agreement", "attempts")
    assert mean > 3.0 * error


def test_numbers_of_levers_are_drawn_from_their_priors_and_the_same_in_any_part(folder):
    case = il.load(folder)
    names, rows = np.array(["rivalry", "takeover"] * 200), np.arange(400)
    whole = draw_numbers(case, names, rows, 7)
    assert set(whole) == {"closures_danger", "closures_detour", "closures_elsewhere", "closures_cost", "returns_delay_days",
                          "returns_again"}
    assert np.median(whole["closures_danger"]) == pytest.approx(1.0, abs=0.2)
    assert np.quantile(whole["closures_danger"], 0.84) == pytest.approx(2.0, rel=0.25)
    part = draw_numbers(case, names[10:20], rows[10:20], 7)
    assert all(np.array_equal(part[name], whole[name][10:20]) for name in whole)
    assert not np.array_equal(draw_numbers(case, names, rows, 8)["closures_danger"], whole["closures_danger"])


def test_a_case_whose_options_close_ways_inherits_what_that_does(folder):
    assert {"closures_danger", "closures_detour", "closures_elsewhere", "returns_delay_days"} <= set(list_inherited(il.load(folder)))
    assert not {"closures_danger", "returns_delay_days"} & set(list_inherited(il.load("toy")))


def test_a_case_that_switches_the_danger_off_is_cautioned(folder):
    assert [text for text in odd(folder) if "switched off" in text] == []
    file = folder / "case.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[overrides]", '[overrides]\nclosures_danger = { value = 0.0, unit = "1", source = "assumption" }'),
                    encoding="utf-8")
    try:
        (caution,) = [text for text in odd(folder) if "switched off" in text]
    finally:
        file.write_text(text, encoding="utf-8")
    assert caution.startswith("Option 'closed' uses close_way, which is known to raise client_deaths, client_injuries")
    assert "cornelius2001), and closures_danger is 0" in caution
