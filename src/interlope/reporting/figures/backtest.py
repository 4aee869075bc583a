"""Backtest: for each series of months, what was published and the forecasts from every origin, for files that stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from interlope.dossier.period import span as days_of
from interlope.reporting.figures.sensitivity import stand_alone
from interlope.reporting.numerals import interval, number
from interlope.reporting.svg import Pen, Scale, month_ticks, span, y_axis
from interlope.results.backtest import BacktestRow

LEAST = 6  # figures that a series needs to be drawn
WIDTH, HEIGHT, LEFT, TOP, GAP = 300.0, 110.0, 70.0, 70.0, 56.0
ACROSS = 3
STYLE = (
    ".wide{fill:#cfe3f1}.mid{fill:#86b9da}.median{stroke:#1f6da3;stroke-width:1.6;fill:none}.grid{stroke:#e4e2db}.tick{stroke:#7d868d}"
    ".ink{fill:#1c2126}.origin{stroke:#b5532a;stroke-dasharray:3 3}.end{font-size:12px}"
)


def draw_forecasts(rows: Sequence[BacktestRow]) -> dict[str, str]:
    """One drawing for each series of which enough figures were forecast, by name: a panel for every origin."""
    drawings = {}
    for name in dict.fromkeys(row.series for row in rows):
        here = [row for row in rows if row.series == name]
        if len(here) >= LEAST:
            drawings[f"forecasts-{name}"] = _draw(name, here)
    return drawings


def _draw(name: str, rows: Sequence[BacktestRow]) -> str:
    origins = list(dict.fromkeys(row.origin for row in rows))
    top = span([v for row in rows for v in (row.observed, row.q95)], zero=True)[1]
    down = -(-len(origins) // ACROSS)
    pen = Pen(LEFT + ACROSS * (WIDTH + GAP), TOP + down * (HEIGHT + GAP))
    pen.rect(0, 0, pen.width, pen.height, "paper")
    title = f"{name}: forecasts from each origin, and what was published"
    pen.text(14, 24, title, "title")
    pen.text(14, 43, "Shaded: central 50 and 90 % of the forecast; line: its middle; dot: published, a diamond outside the 90 %.", "dim")
    for i, origin in enumerate(origins):
        corner = (LEFT + (i % ACROSS) * (WIDTH + GAP), TOP + 14 + (i // ACROSS) * (HEIGHT + GAP))
        _panel(pen, origin, [row for row in rows if row.origin == origin], corner, top)
    return stand_alone(pen, title).replace("<style>", f"<style>{STYLE}", 1)


def _panel(pen: Pen, origin: str, rows: Sequence[BacktestRow], corner: tuple[float, float], top: float) -> None:
    x0, y0 = corner
    ends = [days_of(row.period) for row in rows]
    first, last = min(date.fromisoformat(origin), *(a for a, _ in ends)), max(b for _, b in ends)
    x, y = Scale(0.0, float((last - first).days + 1), x0, x0 + WIDTH), Scale(0.0, top, y0 + HEIGHT, y0)
    y_axis(pen, y, x0, x0 + WIDTH, about=3)
    pen.text(x0, y0 - 6, f"from {origin}", "strong")
    for when, words in month_ticks(first, last, 4):
        pen.text(x(float((when - first).days)), y0 + HEIGHT + 16, words, "dim")
    for row, (a, b) in zip(rows, ends, strict=True):
        left, right = x(float((a - first).days)) + 1, max(x(float((b - first).days + 1)) - 1, x(float((a - first).days)) + 4)
        words = f"{row.period}: published {number(row.observed)}, forecast {interval(row.q05, row.q95)}"
        pen.rect(left, y(row.q95), right - left, y(row.q05) - y(row.q95), "wide", words)
        pen.rect(left, y(row.q75), right - left, y(row.q25) - y(row.q75), "mid", words)
        pen.line(left, y(row.q50), right, y(row.q50), "median")
        inside = row.q05 <= row.observed <= row.q95
        if inside:
            pen.dot((left + right) / 2, y(row.observed), 3.2, "ink", words)
        else:
            pen.diamond((left + right) / 2, y(row.observed), 4.8, "ink", words)
