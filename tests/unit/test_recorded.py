"""What official tables give a year: whole counts alone, in the harm's own factor, with the figures as published."""
from __future__ import annotations

import pytest
from edited_toy import edit

import interlope as il
from interlope.policy.recorded import list_recorded
from interlope.results.harm import RecordedHarm

HEADER = {"id": "dead", "source": "border-guard", "root": "guard-count", "licence": "invented", "definition": "deaths", "counted": "deaths",
          "unit": "deaths", "period": "range", "series": "client_deaths", "reduce": "sum", "density": "none", "why": "shown",
          "missing": "none allowed", "published_lag_days": "1"}
SPARSE = {"missing": "sparse"}
YEARS = ("2028-01-01/2028-12-31,10", "2029-01-01/2029-12-31,20")


def listed(tmp_path, *rows, columns="period,value", **header):
    lines = [f"# {key}: {value}" for key, value in {**HEADER, **header}.items()]
    folder = edit(tmp_path)
    (folder / "series" / "dead.csv").write_text("\n".join([*lines, columns, *rows, ""]), encoding="utf-8")
    return list_recorded(il.load(folder))


def test_a_whole_count_gives_its_last_year_and_its_mean(tmp_path):
    row, = listed(tmp_path, *YEARS)
    assert (row.value, row.days, row.value_published, row.unit, row.reason) == (20.0, 365, 20.0, "deaths", "")
    assert row.mean == pytest.approx(30 / 731 * 365)


@pytest.mark.parametrize(("rows", "header", "reason"), [
    (("2029-03-05,2", "2029-11-02,3", "2030-01-15,4"), {"period": "day", "missing": "sparse"}, "there are gaps"),
    (("2030-01-15,690", "2030-02-01,730"), {"period": "stock"}, "single days"),
    (("2030-01-11/2030-01-20,3", "2030-01-11/2030-01-30,8"), SPARSE, "overlap"),
    (("2030-01-01/2030-01-10,3", "2030-01-01/2030-01-20,5"), SPARSE, "overlap"),
    (("2026-01-01/2026-06-30,10", "2029-07-01/2029-12-31,2"), SPARSE, "gaps"),
    (("2029-01-01/2029-12-31,20",), {"series": "client_deaths + -1 diverted_deaths"}, "other factors"),
    (("2029-01-01/2029-12-31,20",), {"series": "client_deaths + 0.1 diverted_deaths"}, "other factors"),
    (("2029-01-01/2029-06-30,10", "2029-07-01/2029-12-29,2"), SPARSE, "those that it has make no year"),
    (("2028-01-01/2028-12-31,10", "2029-02-01/2029-12-31,20"), SPARSE, "those after the last gap make no year"),
    (("2028-01-01/2028-12-31,10", "2028-12-01/2029-12-31,20"), SPARSE, "overlap"),
    (("2029-01-01/2029-12-31,5",), {"reduce": "last", "unit": "deaths/day"}, "the last of each period"),
])
def test_what_is_no_whole_count_gives_no_number_and_says_why(tmp_path, rows, header, reason):
    row, = listed(tmp_path, *rows, **header)
    assert (row.value, row.mean, row.days) == (None, None, None) and reason in row.reason
    assert [p.value for p in row.periods] == [float(text.split(",")[1]) for text in rows]


@pytest.mark.parametrize(("rows", "since", "mean"), [
    (YEARS, "2028-01-01", 30 / 731 * 365),
    (("2027-01-01/2027-06-30,90", *YEARS), "2028-01-01", 30 / 731 * 365),
    (("2027-01-01/2027-06-30,90", "2027-03-01/2027-03-31,9", "2029-01-01/2029-12-31,20"), "2029-01-01", 20.0),
    (("2027-01-01/2027-06-30,90", "2029-01-01/2029-06-30,8", "2029-07-01/2029-12-31,12"), "2029-01-01", 20.0),
])
def test_a_table_that_leaves_periods_out_gives_a_year_where_its_last_rows_leave_none(tmp_path, rows, since, mean):
    row, = listed(tmp_path, *rows, **SPARSE)
    assert (row.value, row.days, row.start, row.end, row.since, row.reason) == (20.0, 365, "2029-01-01", "2029-12-31", since, "")
    assert row.mean == pytest.approx(mean)


@pytest.mark.parametrize(("series", "value"), [("2 client_deaths", 10.0), ("0.001 client_deaths", 20_000.0)])
def test_a_factor_of_the_whole_sum_is_divided_out(tmp_path, series, value):
    row, = listed(tmp_path, *YEARS, series=series)
    assert row.value == pytest.approx(value) and row.value_published == 20.0


def test_a_mean_a_day_or_a_month_is_counted(tmp_path):
    day, = listed(tmp_path / "day", "2029-01-01/2029-12-31,0.05", reduce="mean", unit="deaths/day")
    month, = listed(tmp_path / "month", "2029-01-01/2029-12-31,3", reduce="mean", unit="deaths/month")
    assert (day.value, day.value_published) == (pytest.approx(18.25), 0.05)
    assert month.value == pytest.approx(36, rel=2e-3)


def test_the_last_year_is_whole_and_later_periods_stand_as_published(tmp_path):
    row, = listed(tmp_path, *YEARS, "2030-01-01/2030-01-10,1")
    assert (row.start, row.end, row.value, row.days) == ("2029-01-01", "2029-12-31", 20.0, 365)
    assert [(p.start, p.value) for p in row.periods] == [("2029-01-01", 20.0), ("2030-01-01", 1.0)]
    short, = listed(tmp_path / "short", "2029-10-01/2029-12-31,4", "2030-01-01/2030-01-10,1")
    assert (short.start, short.days, short.value_published) == ("2029-10-01", 102, 5.0)
    assert short.value == pytest.approx(5 / 102 * 365)


def test_the_boats_last_year_is_one_year_and_not_twenty_one_months():
    row, = list_recorded(il.load("channel-boats"))
    assert (row.start, row.end, row.value, row.days) == ("2021-01-01", "2021-12-31", 39.0, 365)
    assert [(p.end, p.value) for p in row.periods] == [("2021-12-31", 39.0), ("2022-09-30", 1.0)]


def test_a_range_stays_a_range(tmp_path):
    row, = listed(tmp_path, "2029-01-01/2029-12-31,,2,98", columns="period,value,low,high")
    assert (row.value, row.mean, row.value_published, row.low, row.high) == (None, None, None, 2.0, 98.0)
    assert row.reason == "it is published as a range" and (row.periods[0].value, row.periods[0].low) == (None, 2.0)
    between, = listed(tmp_path / "between", "2029-01-01/2029-12-31,12,10,20", columns="period,value,low,high")
    assert (between.value, between.low, between.high, between.reason) == (pytest.approx(12.0), 10.0, 20.0, "")


def test_records_of_an_earlier_version_are_read():
    old = {"outcome": "client_deaths", "series": "dead", "source": "archive", "definition": "deaths", "start": "2022-01-01",
           "end": "2022-12-31", "value": 14.0, "since": "2019-01-01", "mean": 13.5, "share": "", "rest": "", "weighed": True}
    row = RecordedHarm.model_validate(old)
    assert (row.value, row.days, row.value_published, row.periods, row.reason) == (14.0, None, None, [], "")
