"""Levels of harm without any option, beside what official tables give a year, and where there are none."""
from __future__ import annotations

import pytest
from edited_toy import edit
from tests.unit.test_report import sample

import interlope as il
from interlope.policy.recorded import list_recorded
from interlope.reporting.blocks import tables_of
from interlope.reporting.sections import levels, options
from interlope.results.comparison import Level
from interlope.results.harm import RecordedHarm, RecordedPeriod

ROW = RecordedHarm(outcome="client_deaths", series="deaths-recorded", source="archive", definition="deaths recorded, all causes",
                   start="2022-01-01", end="2022-12-31", value=14.0, since="2019-01-01", mean=13.5, share="beta(4, 4)",
                   rest="lognormal(5, x2)", weighed=True)


def compared(**changes):
    """Results with levels without an option: each harm's mean is its place, and those of an explanation are one more."""
    compare = sample().compare
    rows = [Level(option="status-quo", explanation=name, outcome=o.name, mean=o.order + more, q05=o.order - 1.0, q95=o.order + 2.0,
                  mc_error=0.1)
            for more, name in enumerate(["pooled", *(e.name for e in compare.explanations)]) for o in compare.outcomes]
    return compare.model_copy(update={"levels": rows, **changes})


def test_the_flagships_recorded_deaths_are_those_of_its_last_year():
    row, = list_recorded(il.load("serbia-hungary"))
    assert (row.outcome, row.series, row.start, row.end) == ("client_deaths", "deaths-recorded", "2022-01-01", "2022-12-31")
    assert row.value == pytest.approx(14.0) and row.mean == pytest.approx((22 + 4 + 14 + 14) / 1461 * 365)
    assert row.weighed and row.share == "beta(4, 4)"


def test_a_case_without_such_a_table_has_none():
    assert list_recorded(il.load("toy")) == []


def test_months_are_added_to_a_year(tmp_path):
    header = ("# id: deaths-months\n# source: border-guard\n# root: guard-count\n# licence: invented\n# definition: deaths\n"
              "# counted: deaths\n# unit: deaths/month\n# period: month\n# series: client_deaths\n# reduce: sum\n"
              "# density: none\n# why: shown\n# missing: none allowed\n# published_lag_days: 1\nperiod,value\n2030-01,3\n")
    folder = edit(tmp_path)
    (folder / "series" / "deaths-months.csv").write_text(header, encoding="utf-8")
    case = il.load(folder)
    row, = list_recorded(case)
    assert row.value == pytest.approx(3 / 31 * 365) == row.mean and not row.weighed


def test_the_table_holds_levels_and_records_and_says_where_none_is():
    compare = compared(recorded=[ROW])
    table = levels.tabulate_levels(compare)
    assert [row[0] for row in table.rows] == [o.name for o in compare.outcomes if o.harm]
    row = next(row for row in table.rows if row[0] == "client_deaths")
    place = next(o.order for o in compare.outcomes if o.name == "client_deaths")
    assert (row[2].mean, row[2].q05, row[2].q95) == (place, place - 1, place + 2) and row[3].mean == place + 1
    assert row[-1] == "14 (deaths-recorded)" and {row[-1] for row in table.rows} == {"14 (deaths-recorded)", "no table"}
    first, last = levels.tell_recorded(compare.outcomes, compare.recorded)
    assert "14 from 1 Jan 2022 to 31 Dec 2022, a rate of 14 a year" in first and table.columns[-1].head == "recorded, a year"
    assert "about 50% (90% interval 23% to 77%) become known and about 5 (90% interval 1.6 to 15.6) unrelated a period" in first
    assert last.startswith("The case has no official table of ") and "people on the move here" not in last


def test_the_last_periods_are_given_as_published_and_a_level_outside_the_record_is_said_to_be():
    row = ROW.model_copy(update={"start": "2021-01-01", "end": "2022-09-30", "value": 40 / 638 * 365})
    both = row.model_copy(update={"unit": "deaths", "value_published": 40.0, "periods": [
        RecordedPeriod(start="2021-01-01", end="2021-12-31", value=39.0), RecordedPeriod(start="2022-01-01", end="2022-09-30", value=1.0)]})
    level = Level(option="status-quo", explanation="pooled", outcome="client_deaths", mean=8.1, q05=1.0, q95=19.0, mc_error=0.1)
    outcomes = compared().outcomes
    first, apart, _ = levels.tell_recorded(outcomes, [both], [level])
    assert "39 from 1 Jan 2021 to 31 Dec 2021 and 1 from 1 Jan 2022 to 30 Sep 2022, a rate of 22.9 a year" in first
    assert apart.endswith("the model's level (8.1, 1–19) is below what was recorded (22.9 a year): read differences, not levels.")
    above = level.model_copy(update={"q05": 30.0, "q95": 50.0})
    assert "is above what was recorded" in levels.tell_recorded(outcomes, [both], [above])[1]
    within = level.model_copy(update={"q95": 23.0})
    assert len(levels.tell_recorded(outcomes, [both], [within])) == 2
    whole, _ = levels.tell_recorded(outcomes, [row])
    assert "40 from 1 Jan 2021 to 30 Sep 2022" in whole


def test_a_case_without_any_table_says_so_once():
    assert levels.tell_recorded(compared().outcomes, []) == [
        "The case has no official table of any of these harms: their levels cannot be held against a count."]


def test_results_of_an_earlier_version_say_that_they_do_not_say():
    compare = compared()
    assert compare.recorded is None
    assert levels.tell_recorded(compare.outcomes, None) == ["These results do not say what was recorded; run the study again."]
    study = sample()
    for made in (compare, study.compare):
        names = [t.name for t in tables_of(options.build(study.model_copy(update={"compare": made})).blocks)]
        assert ("harm-levels" in names) is (made is compare)
