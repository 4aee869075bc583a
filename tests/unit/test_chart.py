"""Charts of characters: what is drawn is the numbers, whatever the width, and nothing breaks on what is not there."""
from __future__ import annotations

import io
from datetime import date

import numpy as np
import pytest
from rich.console import Console

from interlope.cli import chart, paths
from interlope.cli.chart import ASCII, BLOCKS
from interlope.errors import BadInput

RNG = np.random.default_rng(5)


@pytest.mark.parametrize("marks", [BLOCKS, ASCII])
@pytest.mark.parametrize("columns", [1, 16, 200])
def test_every_column_has_one_median_and_bands_around_it(marks, columns):
    quantiles = chart.bin_days(RNG.gamma(4.0, 10.0, (60, 90)), columns)
    rows = chart.draw_fan(quantiles, marks)
    assert quantiles.shape == (5, min(columns, 90)) and {len(row) for row in rows} == {min(columns, 90)}
    assert len(rows) == chart.HEIGHT
    for column in zip(*rows):
        drawn = "".join(column).strip()
        assert drawn.count(marks.shades[3]) == 1 and set(drawn) <= set(marks.shades[1:])


def test_a_fan_rises_where_the_series_does():
    rows = chart.draw_fan(chart.bin_days(np.tile(np.arange(40.0), (9, 1)), 40), ASCII)
    heights = [next(i for i, row in enumerate(rows[::-1]) if row[c] == "#") for c in range(40)]
    assert heights == sorted(heights) and heights[0] == 0 and heights[-1] == chart.HEIGHT - 1


def test_replicates_that_failed_are_passed_over_and_none_leaves_a_gap():
    values = np.array([[1.0, 2.0], [np.nan, np.nan]])
    assert chart.average_days(values, 2).tolist() == [1.0, 2.0]
    assert np.isnan(chart.bin_days(values[1:], 2)).all() and chart.draw_columns([float("nan"), 1.0]) == " ▁"
    assert chart.draw_fan(np.full((5, 3), np.nan), ASCII) == ["   "] * chart.HEIGHT
    assert chart.draw_bar([float("nan")] * 5, 0, 1, 4) == "    "


def test_series_are_chosen_by_name():
    assert paths.choose([]) == chart.MAIN and paths.choose(["none"]) == () and paths.choose(["clashes", "clashes"]) == ("clashes",)
    with pytest.raises(BadInput, match="nearest 'clashes'"):
        paths.choose(["clases"])


@pytest.mark.parametrize("width, unicode", [(200, True), (80, True), (40, False), (20, True)])
def test_lines_fit_the_output_and_ascii_stands_in(monkeypatch, width, unicode):
    output = io.StringIO()
    monkeypatch.setattr(paths, "out", lambda: Console(file=output, width=width, highlight=False))
    monkeypatch.setattr(paths.streams, "is_unicode", lambda: unicode)
    values = RNG.gamma(4.0, 10.0, (30, 120))
    paths.print_paths({"attempts": values, "share_command": values / 1000.0}, date(2030, 1, 1))
    text = output.getvalue()
    assert all(len(line) <= width for line in text.splitlines())
    assert ("attempts, attempts/day, by day: median" in " ".join(text.split())) is (width >= 40)
    assert unicode or text.isascii()
