"""Sensitivity: factors against outcomes as a heat table, for files that stand alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from interlope.policy.sensitivity.factors import RANDOM_NUMBERS, label
from interlope.reporting.numerals import number
from interlope.reporting.svg import Pen
from interlope.results.sensitivity import ElementaryEffect, SensitivityMeasures, VarianceShare

Cell = TypeVar("Cell", ElementaryEffect, VarianceShare)
LEFT, CELL, LINE, HEAD = 230.0, 74.0, 25.0, 92.0
MOST = 22
STEPS = (0.05, 0.15, 0.3, 0.5, 0.75)
SHADES = ("#f7f6f2", "#deebf4", "#b9d6ea", "#86b9da", "#4a93c3", "#1f6da3")
STYLE = (
    "text{font:12px 'Source Sans 3','Segoe UI',system-ui,Arial,sans-serif;fill:#1c2126}.title{font-size:16px;font-weight:650}"
    ".strong{font-weight:650}.dim{fill:#5b656e}.light{fill:#fff}.faint{fill:#7d868d}.rule{stroke:#1c2126}.paper{fill:#fff}"
    + "".join(f".s{i}{{fill:{shade}}}" for i, shade in enumerate(SHADES))
)


def draw_effects(result: SensitivityMeasures) -> str:
    """Draw the screening: shade by part of the outcome's largest effect, number in the outcome's unit."""
    cells = {(r.factor, r.outcome): r for r in result.screening}
    rows = _strongest(result, lambda f, o: cells[f, o].relative if cells[f, o].above_noise else 0.0)

    def write(cell: ElementaryEffect) -> tuple[str, float, bool]:
        return number(cell.size, 2), cell.relative, cell.above_noise

    title = "Change of each outcome while one factor moves over the central 95 % of its prior (Morris)"
    note = "Shade: part of the outcome's largest effect. Grey numbers cannot be told from noise, the last row."
    return _draw(result, [*rows, RANDOM_NUMBERS], cells, write, title, note)


def draw_shares(result: SensitivityMeasures) -> str:
    """Draw total indices: shade by share of the variance; none where nothing was shared."""
    cells = {(r.factor, r.outcome): r for r in result.shares}
    rows = _strongest(result, lambda f, o: cells[f, o].total or 0.0 if (f, o) in cells else 0.0)

    def write(cell: VarianceShare) -> tuple[str, float, bool]:
        if cell.total is None:
            return "", 0.0, False
        error, noise = cell.total_error or 0.0, cells[RANDOM_NUMBERS, cell.outcome].total or 0.0
        beats = cell.total - error > 0.0 and cell.total > noise
        return f"{max(cell.total, 0.0):.2f} ±{error:.2f}", cell.total, beats

    title = "Share of each outcome's variance that a factor takes part in (Sobol', total index)"
    note = "With half the 95 % bootstrap interval. Grey numbers are not above zero, or not above noise, the last row."
    return _draw(result, [*rows, RANDOM_NUMBERS], cells, write, title, note)


def _strongest(result: SensitivityMeasures, score: Callable[[str, str], float]) -> list[str]:
    outcomes = [o.name for o in result.outcomes]
    largest = {f.name: max(score(f.name, o) for o in outcomes) for f in result.factors if f.name != RANDOM_NUMBERS}
    return sorted((n for n in largest if largest[n] >= STEPS[0]), key=lambda n: -largest[n])[:MOST]


def _draw(result: SensitivityMeasures, rows: Sequence[str], cells: Mapping[tuple[str, str], Cell],
          write: Callable[[Cell], tuple[str, float, bool]], title: str, note: str) -> str:
    outcomes = result.outcomes
    pen = Pen(LEFT + CELL * len(outcomes) + 14, HEAD + 34 + LINE * len(rows))
    pen.rect(0, 0, pen.width, pen.height, "paper")
    pen.text(14, 24, title, "title")
    pen.text(14, 43, note, "dim")
    for k, outcome in enumerate(outcomes):
        x = LEFT + CELL * (k + 0.5)
        words = outcome.name.split("_")
        for j, word in enumerate(words):
            pen.text(x, HEAD - 8 - 14 * (len(words) - 1 - j), word, "strong", "middle")
    pen.line(14, HEAD, pen.width - 14, HEAD, "rule")
    for i, name in enumerate(rows):
        y = HEAD + 6 + LINE * i + (8 if name == RANDOM_NUMBERS else 0)
        pen.text(14, y + 16, label(name), "dim" if name == RANDOM_NUMBERS else "strong")
        for k, outcome in enumerate(outcomes):
            cell = cells.get((name, outcome.name))
            if cell is None:
                continue
            words, size, sure = write(cell)
            step = sum(size >= s for s in STEPS) if sure else 0
            title_of_cell = f"{label(name)}, {outcome.name}: {words} {outcome.unit}"
            pen.rect(LEFT + CELL * k + 1, y, CELL - 2, LINE - 3, f"s{step}", title_of_cell, r=2)
            pen.text(LEFT + CELL * (k + 0.5), y + 15, words, ("light" if step >= 4 else "") if sure else "faint", "middle")
    return stand_alone(pen, title)


def stand_alone(pen: Pen, label: str, more: str = "") -> str:
    """Return a drawing as the text of an SVG file of its own, with `more` rules of style."""
    text = pen.close(label, "figure")
    return text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(">", f"><style>{STYLE}{more}</style>", 1) + "\n"
