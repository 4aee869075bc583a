"""Figures of a case: which are fitted, held out and left out, and what of a table no fit could read."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from interlope.errors import BadInput
from interlope.inference import likelihood, official, publication
from interlope.scenario import figures
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case, find, load
from interlope.scenario.prior import parse

TABLE = "guard-detained"


def toy(folder: Path, *changes: tuple[str, str], name: str = TABLE) -> Path:
    """The toy with changes in one of its tables."""
    shutil.copytree(find("toy"), folder / "toy")
    path = folder / "toy" / "series" / f"{name}.csv"
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)
    return folder / "toy"


def faults(folder: Path) -> list[str]:
    with pytest.raises(BadInput) as caught:
        load(folder)
    return [str(fault).removeprefix(f"{folder / 'series'}/") for fault in caught.value.faults]


def uses(case: Case, name: str = TABLE) -> list[tuple[str, str]]:
    return [(u.use, u.why) for u in figures.list_uses(case, name)]


PRIORS = [
    ("share", "normal(90, 8)", "90 percent is 0.9"),
    ("share", "90", "at most 2"),
    ("share", "0", "above zero"),
    ("share", "normal(-0.9, 0.08)", "above zero"),
    ("share", "normal(0.9, 0.5)", "above zero"),
    ("share", "normal(0.9)", "expected normal(m, sd)"),
    ("share", "about nine in ten", "expected number"),
    ("share", "normal(0,9, 0,08)", "expected normal(m, sd)"),
    ("rest", "-1000", "numbers from 0"),
    ("rest", "normal(10, 50)", "numbers from 0"),
    ("rest", "1e300", "1e+12"),
    ("dispersion", "0", "numbers from 1e-06"),
    ("dispersion", "-8", "numbers from 1e-06"),
    ("dispersion", "normal(8, 8)", "numbers from 1e-06"),
    ("dispersion", "lognorm(8, x1.6)", "nearest 'lognormal'"),
    ("dispersion", "zzz", "expected number"),
    ("dispersion", "nan", "expected number"),
    ("dispersion", "lognormal(8, x1e300)", "1e+12"),
    ("dispersion", "1e10", "numbers from 1e-06 to 1e+09"),
]


@pytest.mark.parametrize(("key", "text", "told"), PRIORS)
def test_a_prior_that_a_fit_could_not_use_is_refused_at_its_line(tmp_path, key, text, told):
    old = {"share": "# share: normal(0.9, 0.08)", "dispersion": "# dispersion: lognormal(8, x1.6)", "rest": "# missing: none allowed"}[key]
    folder = toy(tmp_path, (old, f"# {key}: {text}" + (f"\n{old}" if key == "rest" else "")))
    line = {"share": 12, "dispersion": 13, "rest": 14}[key]
    found = faults(folder)
    assert any(message.startswith(f"{TABLE}.csv:{line}: {key} ") and told in message for message in found), found


@pytest.mark.parametrize("text", ["normal(0.9, 0.08)", "beta(30, 9)", "1", "lognormal(0.8, x1.5)", "normal+(0.5, 0.1)", "uniform(0.5, 1)"])
def test_priors_of_a_share_that_make_sense_are_taken(tmp_path, text):
    folder = toy(tmp_path, ("# share: normal(0.9, 0.08)", f"# share: {text}"))
    assert load(folder).series[TABLE].share == text


def test_a_figure_before_the_first_simulated_day_is_refused_where_it_would_be_scored(tmp_path):
    early = ("2030-01-11/2030-01-15,134", "2029-12-25/2029-12-29,90,,\n2030-01-11/2030-01-15,134")
    sparse = ("none allowed", "sparse")
    found = faults(toy(tmp_path / "a", early, sparse, ("# scored_from: 2030-01-11\n", "")))
    assert len(found) == 1 and found[0].startswith(f"{TABLE}.csv:17: period begins on 2029-12-25, before the first simulated day")
    case = load(toy(tmp_path / "b", early, sparse))
    assert uses(case)[0] == ("left out", "begins before 2030-01-11, where its table is scored from")


def test_a_figure_of_the_burn_in_is_left_out_unless_its_table_says_otherwise(tmp_path):
    early = ("2030-01-11/2030-01-15,134", "2030-01-06/2030-01-10,90,,\n2030-01-11/2030-01-15,134")
    silent = load(toy(tmp_path / "a", early, ("# scored_from: 2030-01-11\n", "")))
    assert silent.burn_in == date(2030, 1, 11)
    assert uses(silent)[0] == ("left out", "begins before 2030-01-11, in the burn-in")
    assert 90 not in [v.value for v in silent.series[TABLE].fitted()]
    stated = load(toy(tmp_path / "b", early, ("# scored_from: 2030-01-11", "# scored_from: 2030-01-06")))
    assert uses(stated)[0] == ("fitted", "")
    assert stated.series[TABLE].fitted()[0].value == 90


def test_every_figure_is_fitted_held_out_or_left_out_with_why(tmp_path):
    late = "2030-02-20/2030-02-24,205,,\n"
    revised = ("2030-01-16/2030-01-20,115,,\n", "2030-01-16/2030-01-20,120,2030-01-22,\n2030-01-16/2030-01-20,115,2030-02-01,revised\n"
               "2030-01-16/2030-01-20,133,2030-03-01,revised again\n")
    case = load(toy(tmp_path, revised, (late, late + "2030-02-25/2030-12-31,9000,,\n")))
    found = uses(case)
    assert found[1] == ("left out", "replaced by a later figure of the same period")
    assert found[2] == ("fitted", "")
    assert found[3] == ("left out", "revised after 2030-02-19")
    assert found[-1] == ("left out", f"ends after {case.end}, the last day of the case")
    counts = figures.count(case, TABLE)
    assert counts.read == len(found) == counts.fitted + counts.held_out + sum(counts.left_out.values())
    assert {use for use, _ in uses(case, "guard-presence")} == {"shown"}
    plan = likelihood.make_plan(case, Binding(case))
    fitted = {case.series[TABLE].values[i].value for g in plan.groups for t in g.series for i in t.rows}
    assert fitted == {u.value.value for u in figures.list_uses(case, TABLE) if u.use == "fitted"}


def test_a_table_of_which_nothing_can_be_weighed_is_refused(tmp_path):
    found = faults(toy(tmp_path, ("# scored_from: 2030-01-11", "# scored_from: 2031")))
    assert found == [f"{TABLE}.csv:16: none of 9 figures lies within 2031-01-01 to the last day; expected a figure that can be weighed; "
                     "or density: none, with a line '# why: ...'"]


def test_two_tables_of_one_root_do_not_count_the_same_days(tmp_path):
    folder = toy(tmp_path)
    path = folder / "series" / f"{TABLE}.csv"
    whole = path.read_text().split("period,value")[0].replace("id: guard-detained", "id: guard-stopped")
    whole = whole.replace("series: detained", "series: prevented + detained")
    other = folder / "series" / "guard-stopped.csv"
    other.write_text(whole + "period,value\n2030-01-11/2030-02-04,900\n")
    found = faults(folder)
    assert len(found) == 1 and "'detained' is counted by root 'guard-count' in" in found[0]
    other.write_text(whole.replace("counted: interceptions", "counted: persons at the fence") + "period,value\n2030-01-11/2030-02-04,900\n")
    assert set(load(folder).series) == {TABLE, "guard-presence", "guard-stopped"}
    other.write_text(whole + "period,value\n2030-02-25/2030-03-04,900\n")
    assert set(load(folder).series) == {TABLE, "guard-presence", "guard-stopped"}


def test_declared_names_may_stand_in_a_table_and_figures_are_no_coordinates(tmp_path):
    words = ("# licence: invented", "# licence: Zorbel Quimblefax")
    assert any("Zorbel Quimblefax" in message for message in faults(toy(tmp_path / "a", words)))
    folder = toy(tmp_path / "b", words, ("period,value,published,note", "period,low,high,note"), ("# unit: interceptions", "# unit: "
                 "interceptions/day"), ("# reduce: sum", "# reduce: mean"), (",134,,", ",12.345,15.678,"), (",2030-02-21,", ",200,"),
                 *((f",{value},,", f",{value},{value},") for value in (115, 176, 22, 201, 80, 205)))
    path = folder / "case.toml"
    path.write_text(path.read_text().replace("bodies = []", 'bodies = ["Zorbel Quimblefax"]'))
    assert load(folder).series[TABLE].values[0].value == pytest.approx(14.0115)


def fitted_table(case: Case) -> tuple[official.FittedSeries, np.ndarray]:
    """The fitted figures of the toy's table, and statistics in which every reduction is what a quiet week gives."""
    plan = likelihood.make_plan(case, Binding(case))
    table = next(t for g in plan.groups for t in g.series if t.id == TABLE)
    return table, np.abs(np.random.default_rng(1).normal(24.0, 3.0, (50, plan.width)))


@pytest.mark.parametrize("density", ["negative-binomial", "lognormal"])
def test_one_statement_in_two_units_counts_the_same(tmp_path, density):
    cases = []
    for unit, factor in (("day", 1.0), ("week", 7.0)):
        noise = [] if density == "negative-binomial" else [("# density: negative-binomial", "# density: lognormal\n# sd: 0.1")]
        folder = toy(tmp_path / unit, ("# unit: interceptions", f"# unit: interceptions/{unit}"), ("# reduce: sum", "# reduce: mean"),
                     ("# missing: none allowed", f"# rest: {2 * factor:g}\n# missing: none allowed"), *noise)
        path = folder / "series" / f"{TABLE}.csv"
        path.write_text("".join(
            line if not line.startswith("2030") else ",".join([cells[0], f"{float(cells[1]) * factor / 5:.4f}", *cells[2:]])
            for line in path.read_text().splitlines(keepends=True) for cells in [line.split(",")]))
        cases.append(load(folder))
    (day, statistics), (week, _) = map(fitted_table, cases)
    assert (day.factor, week.factor) == (1.0, 7.0)
    assert official.log_likelihood(official.Group((day,)), statistics) == pytest.approx(
        official.log_likelihood(official.Group((week,)), statistics), abs=1e-3)
    drawn = [publication.predict(official.Group((t,)), statistics, np.random.default_rng(2))[TABLE] for t in (day, week)]
    assert drawn[1] == pytest.approx(7.0 * drawn[0], rel=0.02)


def test_a_small_share_is_not_lifted_to_the_floor_of_counts(tmp_path):
    rows = toy(tmp_path, ("# series: detained", "# series: share_command"), ("# unit: interceptions", "# unit: 1"),
               ("# reduce: sum", "# reduce: mean"), ("negative-binomial", "lognormal\n# sd: 0.1"),
               *((f",{v},", f",0.0{v % 9 + 1},") for v in (134, 115, 176, 22, 201, 20, 14, 80, 205)))
    table, _ = fitted_table(load(rows))
    table = replace(table, share=parse("1"), rest=parse("0"))
    statistics = np.full((2, 400), 0.02)
    statistics[1] = 0.05
    low, high = official.log_likelihood(official.Group((table,)), statistics)
    assert low != pytest.approx(high, abs=0.1), "a share of 2 percent and one of 5 are told apart"
