"""Periods as agencies publish them: what days they stand for, that exactly these days are counted, and faults by line."""
from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from edited_toy import edit, refused

import interlope as il
from interlope.dossier.period import around, span, write_span
from interlope.outlook.periods import list_ahead
from interlope.quantities import INDEX, SERIES
from interlope.scenario.binding import Binding

HEAD = """# id: counts
# source: border-guard
# root: guard-count
# licence: invented
# definition: people stopped (invented)
# counted: stopped people
# unit: interceptions
# period: {kind}
# series: stopped
# density: negative-binomial
# dispersion: 8
# missing: sparse
# scored_from: 2030-01-01
period,value,published
"""
SPANS = [
    ("2020-W53", "2020-12-28", "2021-01-03", 7), ("2021-W01", "2021-01-04", "2021-01-10", 7), ("2023-W41", "2023-10-09", "2023-10-15", 7),
    ("2024-Q1", "2024-01-01", "2024-03-31", 91), ("2023-Q4", "2023-10-01", "2023-12-31", 92), ("2024-H1", "2024-01-01", "2024-06-30", 182),
    ("2023-H2", "2023-07-01", "2023-12-31", 184), ("2024", "2024-01-01", "2024-12-31", 366), ("2024-02", "2024-02-01", "2024-02-29", 29),
    ("2023-10-25", "2023-10-25", "2023-10-25", 1), ("2023-W52/2024-W01", "2023-12-25", "2024-01-07", 14),
    ("2023-Q2/2023-07-15", "2023-04-01", "2023-07-15", 106)]


@pytest.mark.parametrize("text, first, last, days", SPANS)
def test_a_period_stands_for_its_days(text, first, last, days):
    start, end = span(text)
    assert (start.isoformat(), end.isoformat(), (end - start).days + 1) == (first, last, days)


@pytest.mark.parametrize("text", ["2023-W54", "2021-W53", "2023-W00", "2023-Q5", "2023-Q0", "2023-H3", "2023-Q02", "2023-w41", "2023W41",
                                  "2023-13", "23-W41", "W41-2023", "2023-W41-1", "2023-Q2/2023-Q1", "9999-W52", "0000"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match="expected"):
        span(text)


def test_weeks_and_quarters_leave_no_day_out_and_count_none_twice():
    for kind in ("week", "month", "quarter", "half-year", "year"):
        day = date(2019, 12, 20)
        while day < date(2026, 2, 1):
            start, end = around(day, kind)
            assert start <= day <= end and span(write_span(start, end, kind)) == (start, end)
            assert around(end + timedelta(days=1), kind)[0] == end + timedelta(days=1)
            day += timedelta(days=5)


def test_exactly_the_days_of_each_period_are_summed(tmp_path: Path):
    """With the number of the day as its count, from 1, the sum over days a to b is (a + b)(b - a + 1)/2."""
    periods = ("2030-01-01", "2030-01-02/2030-01-06", "2030-W02", "2030-W03/2030-W04", "2030-01-28/2030-02-03", "2030-02-04/2030-02-28",
               "2030-03-01")
    rows = "".join(f"{text},5,\n" for text in periods)
    case = il.load(_toy_with(tmp_path, HEAD.format(kind="range") + rows)).at("2030-03-01")
    binding = Binding(case)
    days = (case.end - case.start).days + 1
    recorded = np.zeros((1, days, len(SERIES)), dtype=np.float32)
    recorded[0, :, INDEX["stopped"]] = np.arange(1, days + 1)
    sums = binding.reduce(recorded)[0, binding.series_columns["counts"]]
    bounds = [(1, 1), (2, 6), (7, 13), (14, 27), (28, 34), (35, 59), (60, 60)]
    assert sums.tolist() == [(a + b) * (b - a + 1) / 2 for a, b in bounds]
    assert sums.sum() == days * (days + 1) / 2
    table = binding.table(days)
    visits = [[day + 1 for day in range(days) if column in table.live[table.begins[day]:table.begins[day + 1]]]
              for column in binding.series_columns["counts"]]
    assert visits == [list(range(a, b + 1)) for a, b in bounds]


def _toy_with(folder: Path, text: str) -> Path:
    case = edit(folder)
    (case / "series" / "counts.csv").write_text(text, encoding="utf-8")
    return case


FAULTS = [
    ("week", "2030-01-07/2030-01-14,5,\n", "8 days", "one week"),
    ("week", "2030-02,5,\n", "28 days", "one week"),
    ("quarter", "2030-01,5,\n", "period '2030-01'", "one quarter"),
    ("half-year", "2030-Q1,5,\n", "period '2030-Q1'", "one half-year"),
    ("month", "2030-W05,5,\n", "period '2030-W05'", "period: range"),
    ("range", "2030-W02,5,\n2030-01-12/2030-01-20,5,\n", "overlaps 2030-01-07/2030-01-13", "count no day twice"),
    ("range", "2030-W02,5,\n2030-W02,6,\n", "given twice", "each period once"),
    ("range", "2030-W60,5,\n", "period '2030-W60'", "YYYY-Www"),
    ("range", ",5,\n", "period ''", "YYYY-Www"),
]


@pytest.mark.parametrize("kind, rows, found, expected", FAULTS)
def test_a_period_of_another_kind_is_a_fault_with_its_line(tmp_path: Path, kind, rows, found, expected):
    text = HEAD.format(kind=kind) + rows
    messages = refused(_toy_with(tmp_path, text))
    line = text.count("\n")
    assert any(m.startswith(f"series/counts.csv:{line}: ") and found in m and expected in m for m in messages), messages


def test_of_two_vintages_of_a_week_the_latest_published_by_the_day_counts_and_all_are_shown(tmp_path: Path):
    rows = "2030-W02,100,2030-01-20\n2030-W02,130,2030-02-10\n2030-W02,131,2030-02-25\n2030-W03,50,2030-01-27\n"
    case = il.load(_toy_with(tmp_path, HEAD.format(kind="week") + rows))
    by_day = {day: [v.value for v in case.at(day).series["counts"].fitted()] for day in ("2030-01-25", "2030-02-19", "2030-02-26")}
    assert by_day == {"2030-01-25": [100], "2030-02-19": [130, 50], "2030-02-26": [131, 50]}
    assert [v.value for v in case.evidence.series["counts"].values] == [100, 130, 131, 50]


def test_the_week_and_the_quarter_after_the_last_one_are_forecast(tmp_path: Path):
    text = HEAD.format(kind="week").replace("missing: sparse", "missing: none allowed")
    case = il.load(_toy_with(tmp_path, text + "2030-W02,5,\n2030-W03,5,\n"))
    ahead = list_ahead(case, 1)[0]["counts"].values
    assert [write_span(v.start, v.end, "week") for v in ahead] == ["2030-W04", "2030-W05", "2030-W06", "2030-W07"]
