"""Forest: rows of marks with intervals on one shared scale; most figures of the report are this picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interlope.reporting.numerals import number
from interlope.reporting.svg import Pen, Scale, draw_both, fit_words, span, x_axis

STAGGER, GAP, HEAD = 11.0, 13.0, 22.0
BETWEEN = 26  # panels that stand side by side


@dataclass(frozen=True)
class Mark:
    """One value with its interval. `slot` is the colour of an explanation, or None for all of them together."""

    mid: float | None
    low: float | None = None
    high: float | None = None
    slot: int | None = None
    title: str = ""


@dataclass(frozen=True)
class Panel:
    """Rows of marks side by side with the labels; `heading` stands above the panel."""

    heading: str
    rows: tuple[tuple[Mark, ...], ...]


def put_mark(pen: Pen, slot: int | None, x: float, y: float, r: float = 4.5, title: str = "") -> None:
    """Draw an explanation's own shape in its own colour, or the larger ink mark for all explanations together."""
    cls = "ink" if slot is None else f"c{slot} fill"
    match slot:
        case 1:
            pen.diamond(x, y, r * 1.2, cls, title)
        case 2:
            pen.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7, cls, title)
        case 3:
            pen.shape([(x, y - r * 1.15), (x + r * 1.1, y + r * 0.85), (x - r * 1.1, y + r * 0.85)], cls, title)
        case 4 | 5:
            pen.dot(x, y, r * 0.7, cls, title)
        case _:
            pen.dot(x, y, r, cls, title)


def draw_forest(
    labels: Sequence[str],
    panels: Sequence[Panel],
    axis: str,
    *,
    label: str,
    log: bool = False,
    reference: float | None = None,
    staggered: bool = True,
    ends: tuple[float, float] | None = None,
    write: Callable[[float], str] = number,
    sides: tuple[str, str] = ("", ""),
) -> str:
    """Draw rows of marks.

    `reference` is a rule to compare with (0 for differences, 1 for ratios); `sides` are words for its left and right;
    `staggered` draws a row's marks below each other, else on one line; `label` is read out by a screen reader.
    """
    every = [v for p in panels for row in p.rows for m in row for v in (m.mid, m.low, m.high)]
    low, high = ends or span([*every, reference], log=log)
    if reference is not None and ends is None:
        low, high = _around(low, high, reference, log)
    lines = [max((sum(m.mid is not None for m in p.rows[i]) for p in panels), default=1) for i in range(len(labels))]
    heights = [(STAGGER * max(n, 1) if staggered else STAGGER) + GAP for n in lines]

    def draw(width: float) -> Pen:
        layout = _lay_out(width, labels, heights, len(panels), staggered, headed=any(sides))
        pen = Pen(width, layout.block * (len(panels) if layout.stacked else 1))
        for k, panel in enumerate(panels):
            x0, y0 = layout.corner(k)
            scale = Scale(low, high, x0 + 8, x0 + layout.space - 8, log)
            top = y0 + layout.head
            if panel.heading:
                pen.text(x0, y0 + 14, fit_words(panel.heading, layout.space, 13.5), "t strong")
            x_axis(pen, scale, top, top + layout.inner, axis, write, about=4 if layout.space < 380 else 7)
            if reference is not None:
                _rule(pen, scale(reference), top, top + layout.inner, sides)
            _rows(pen, panel, layout, scale, x0, top, labelled=k == 0)
        return pen

    return draw_both(draw, label)


@dataclass(frozen=True)
class _Layout:
    """Where the panels and rows of a figure stand: panels below each other when `stacked`; when `narrow`, labels above their rows.

    `left` is the room for labels; `head` that above a panel's rows, `above` that above a row, `inner` the height of all rows, `block`
    the height and `space` the width of a panel; `heights` are those of the rows.
    """

    labels: Sequence[str]
    heights: Sequence[float]
    staggered: bool
    narrow: bool
    stacked: bool
    left: float
    head: float
    above: float
    inner: float
    block: float
    space: float

    def corner(self, panel: int) -> tuple[float, float]:
        """Upper left corner of a panel."""
        return (self.left, panel * self.block) if self.stacked else (self.left + panel * (self.space + BETWEEN), 0.0)


def _lay_out(width: float, labels: Sequence[str], heights: Sequence[float], panels: int, staggered: bool, headed: bool) -> _Layout:
    """Lay a figure out for a page of some width; `headed`: room for words above the rule."""
    narrow = width < 600
    left = 10.0 if narrow else min(30.0 + 7.0 * max((len(t) for t in labels), default=8), 250.0 if panels > 1 else 330.0)
    stacked = narrow or panels == 1
    above = 17.0 if narrow else 0.0
    inner = sum(heights) + above * len(labels)
    block = HEAD + (16 if headed else 0) + inner + 46
    space = (width - left - 14 - BETWEEN * (panels - 1)) / panels if not stacked else width - left - 14
    return _Layout(labels, heights, staggered, narrow, stacked, left, HEAD + (16 if headed else 0), above, inner, block, space)


def _around(low: float, high: float, reference: float, log: bool) -> tuple[float, float]:
    """Leave room on both sides of the rule, so that its words and its neighbours can be read."""
    if log:
        space = (high / low) ** 0.15
        return min(low, reference / space), max(high, reference * space)
    space = (high - low) * 0.12
    return min(low, reference - space), max(high, reference + space)


def _rule(pen: Pen, x: float, top: float, bottom: float, sides: tuple[str, str]) -> None:
    """Draw the rule to compare with, and the words for its left and right."""
    pen.line(x, top - 4, x, bottom, "rule")
    if sides[0]:
        pen.text(x - 6, top - 8, sides[0], "t small dim", "end")
    if sides[1]:
        pen.text(x + 6, top - 8, sides[1], "t small dim", "start")


def _rows(pen: Pen, panel: Panel, layout: _Layout, scale: Scale, x0: float, top: float, labelled: bool) -> None:
    """Draw a panel's rows, with their labels and with hairlines between them."""
    y = top
    for i, (words, height) in enumerate(zip(layout.labels, layout.heights)):
        if layout.narrow:
            pen.text(x0 + 8, y + 14, fit_words(words, layout.space - 10), "t small strong halo")
        elif labelled:
            pen.text(layout.left - 10, y + height / 2 + 4, fit_words(words, layout.left - 20), "t", "end")
        _row(pen, panel.rows[i], scale, y + layout.above + GAP / 2, layout.staggered, height - GAP)
        y += height + layout.above
        if i < len(layout.labels) - 1:
            pen.line(x0, y, x0 + layout.space, y, "hair")


def _row(pen: Pen, marks: Sequence[Mark], scale: Scale, top: float, staggered: bool, height: float) -> None:
    """Draw the marks of one row with their intervals."""
    for i, mark in enumerate(m for m in marks if m.mid is not None):
        y = top + (STAGGER * (i + 0.5) if staggered else height / 2)
        cls = "whisker ink-line" if mark.slot is None else f"c{mark.slot} stroke whisker"
        if mark.low is not None and mark.high is not None:
            pen.line(scale(mark.low), y, scale(mark.high), y, cls, mark.title)
        if mark.mid is not None:
            put_mark(pen, mark.slot, scale(mark.mid), y, 5.0 if mark.slot is None else 4.0, mark.title)
