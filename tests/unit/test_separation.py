"""Explanations that differ: what separates a pair, what does not, and how the report says it."""
from __future__ import annotations

import numpy as np
import pytest
from tests.unit.test_report import sample

import interlope as il
from interlope.errors import RunFailed
from interlope.inference.checks import separation
from interlope.quantities import INDEX, SERIES
from interlope.reporting import html
from interlope.reporting.sections import separation as section
from interlope.scenario.window import last_year


@pytest.fixture(scope="module")
def case():
    return il.load("toy")


@pytest.fixture(scope="module")
def found(case):
    return separation.run(case, 5, draws=40)


def made(case, shift, series="clashes"):
    """Window means of two explanations that are alike but for one series, [200, series]."""
    rng = np.random.default_rng(1)
    a = rng.normal(10.0, 1.0, (200, len(SERIES)))
    b = a.copy()
    b[:, INDEX[series]] += shift
    return separation.summarise(case, dict(zip(case.hypotheses, (a, b))))


def test_one_series_apart_separates_and_is_named(case):
    found = made(case, 3.0)
    (pair,) = found.pairs
    assert pair.separated_by == ["clashes"]
    assert found.undivided == []
    row = next(r for r in found.series if r.name == "clashes")
    assert row.differences["rivalry/takeover"].value == pytest.approx(-3.0, abs=0.3)
    assert row.differences["rivalry/takeover"].above < 0.05


def test_a_pair_that_no_series_separates_is_named(case):
    found = made(case, 0.5)
    assert found.undivided == ["rivalry/takeover"]
    assert any("No recorded series separates rivalry from takeover" in s for s in section.tell_unseparated(found))


def test_the_same_draws_and_luck_give_no_difference():
    a = np.random.default_rng(2).gamma(2.0, size=100)
    assert separation.difference(a, a).model_dump() == {"value": 0.0, "error": 0.0, "above": pytest.approx(0.5)}


def test_two_constants_that_differ_have_no_number_but_a_side():
    found = separation.difference(np.zeros(5), np.ones(5))
    assert found.value is None
    assert found.above == 0.0


def test_the_difference_turns_round_with_the_pair():
    a, b = np.random.default_rng(3).normal(size=(2, 100))
    assert separation.difference(a, b).value == pytest.approx(-separation.difference(b, a).value)
    assert separation.difference(a, b).above == pytest.approx(1.0 - separation.difference(b, a).above)


def test_command_is_what_sets_the_takeover_apart(found):
    (pair,) = found.pairs
    assert "share_command" in pair.separated_by
    assert [r.name for r in found.series] == list(SERIES)
    assert found.draws == 40


def test_where_a_series_is_seen_comes_from_the_evidence(case):
    seen = separation.seen_in(case)
    assert seen["detained"] == separation.OFFICIAL
    assert seen["share_command"] == separation.CLAIMS
    assert "heat" not in seen


def test_the_same_seed_gives_the_same_numbers(case, found):
    assert separation.run(case, 5, draws=40, threads=1) == found


def test_histories_that_fail_are_counted(case):
    values = {n: np.full((10, len(SERIES)), np.nan) for n in case.hypotheses}
    with pytest.raises(RunFailed, match="0% of the replicates of 'rivalry'"):
        separation.summarise(case, values)


def test_the_window_never_reaches_into_the_burn_in(case):
    start, end = last_year(case)
    assert (start, end) == (case.burn_in, case.as_of)
    flagship = il.load("serbia-hungary")
    start, end = last_year(flagship)
    assert (end - start).days == 364


def test_the_section_shows_every_pair_and_writes_its_tables(found):
    built = section.build(sample(separation=found))
    assert built is not None
    tables = {t.name: t for t in html.tables_of(built.blocks)}
    assert set(tables) == {"separation", "separation-all", "separation-predictions"}
    assert len(tables["separation-all"].rows) == len(SERIES)
    head = tables["separation-all"].csv().splitlines()[0]
    assert head == "series,seen_in,rivalry/takeover.value,rivalry/takeover.error,rivalry/takeover.above"
    assert "rivalry.q50" in tables["separation-predictions"].csv().splitlines()[0]


def test_without_results_there_is_no_section():
    assert section.build(sample(separation=None)) is None


def with_fillers(case, **columns):
    """Window means alike but for series that are constant under the first explanation and vary under the second."""
    rng = np.random.default_rng(4)
    a = rng.normal(10.0, 1.0, (200, len(SERIES)))
    b = a.copy()
    for name, value in columns.items():
        a[:, INDEX[name]], b[:, INDEX[name]] = value, rng.uniform(0.9, 1.0, 200)
    return separation.summarise(case, dict(zip(case.hypotheses, (a, b))))


def test_a_share_of_what_is_not_there_separates_nothing_and_is_shown_as_not_defined(case):
    found = with_fillers(case, share_symbol_untied=0.5, share_state_directed=0.5, belief_real=0.3)
    (pair,) = found.pairs
    assert pair.separated_by == [] and found.undivided == ["rivalry/takeover"]
    first, second = found.explanations
    for name in ("share_symbol_untied", "share_state_directed", "belief_real"):
        row = next(r for r in found.series if r.name == name)
        assert row.undefined == [first] and not row.tells(f"{first}/{second}")
        cells = dict(zip((first, second), (section._predictions([row], found).rows[0][2:4])))
        assert cells[first] == "not defined here" and section._range(cells[second]) != "not defined here"
        shown = next(iter(section._differences("x", "x", [row], found).cells()))
        assert shown[-1][1] == "not defined here"


def test_a_share_that_is_always_one_is_one(case):
    found = with_fillers(case, share_symbol_untied=1.0, clashes=0.5)
    assert all(r.undefined == [] for r in found.series)
    assert set(found.pairs[0].separated_by) == {"share_symbol_untied", "clashes"}
