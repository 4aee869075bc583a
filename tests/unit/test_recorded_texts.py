"""What is said of official tables beside levels: figures as published, a rate where there is one, or why there is none."""
from __future__ import annotations

from tests.unit.test_levels import ROW, compared

from interlope.reporting.sections import levels
from interlope.results.harm import RecordedPeriod

YEAR = RecordedPeriod(start="2021-01-01", end="2021-12-31", value=39.0)
LATER = RecordedPeriod(start="2022-01-01", end="2022-09-30", value=1.0)


def shown(**changes):
    compare = compared(recorded=[ROW.model_copy(update=changes)])
    row = next(row for row in levels.tabulate_levels(compare).rows if row[0] == "client_deaths")
    return row[-1], levels.tell_recorded(compare.outcomes, compare.recorded, compare.levels)


def test_the_last_year_and_later_periods_stand_with_dates_and_the_rate_with_its_days():
    cell, lines = shown(start=YEAR.start, end=YEAR.end, value=39.0, days=365, unit="deaths", value_published=39.0, periods=[YEAR, LATER])
    assert cell == "39 (deaths-recorded)"
    assert ("39 from 1 Jan 2021 to 31 Dec 2021 and 1 from 1 Jan 2022 to 30 Sep 2022, a rate of 39 a year over the 365 days "
            "to 31 Dec 2021; 13.5 a year since 1 Jan 2019.") in lines[0]


def test_a_table_without_a_rate_says_why_and_gives_no_number_a_year():
    days = [RecordedPeriod(start=f"2029-0{n}-05", end=f"2029-0{n}-05", value=float(n)) for n in (2, 3)]
    cell, lines = shown(value=None, mean=None, reason="not a whole count: there are gaps between its periods", periods=days, unit="deaths",
                       start="2029-02-05", end="2029-03-05")
    assert cell == "no number a year (deaths-recorded)"
    assert "2 on 5 Feb 2029 and 3 on 5 Mar 2029; no number a year: not a whole count: there are gaps" in lines[0]
    assert not any("model's level" in line for line in lines)


def test_a_range_is_told_as_one():
    ranged = RecordedPeriod(start="2029-01-01", end="2029-12-31", value=None, low=2.0, high=98.0)
    _, lines = shown(value=None, mean=None, low=2.0, high=98.0, reason="it is published as a range", periods=[ranged], unit="deaths")
    assert "2 to 98 from 1 Jan 2029 to 31 Dec 2029; no number a year: it is published as a range." in lines[0]


def test_many_periods_of_one_year_are_told_as_their_sum():
    months = [RecordedPeriod(start=f"2022-{n:02d}-01", end=f"2022-{n:02d}-28", value=1.0) for n in range(1, 13)]
    _, lines = shown(days=365, unit="deaths/month", value_published=12.0, periods=months)
    assert "deaths/month" not in lines[0] and "12 from 1 Jan 2022 to 31 Dec 2022" in lines[0]
