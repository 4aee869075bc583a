"""SVG: a small pen. It draws shapes with classes; colours live in the page's stylesheet, so dark mode and print work.

Every figure is drawn twice, for a wide and for a narrow page, and the stylesheet shows one of them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

from interlope.reporting.numerals import MONTHS, number

WIDE, NARROW = 860, 350


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


@dataclass
class Pen:
    """Collects shapes; `y` grows downward and units are CSS pixels at the figure's natural size."""

    width: float
    height: float
    parts: list[str] = field(default_factory=list)

    @property
    def narrow(self) -> bool:
        """True on a page the width of a telephone."""
        return self.width < 600

    def _name(self, title: str) -> str:
        """What is shown where a pointer rests on a shape; not on a narrow page, where nothing points so."""
        return f"<title>{escape(title)}</title>" if title and not self.narrow else ""

    def _put(self, tag: str, cls: str, title: str, **numbers: float) -> None:
        """Add a shape; one with a number that is not finite is left out."""
        if not all(math.isfinite(v) for v in numbers.values()):
            return
        attributes = "".join(f' {k}="{_n(v)}"' for k, v in numbers.items())
        inner = self._name(title)
        self.parts.append(f'<{tag} class="{cls}"{attributes}>{inner}</{tag}>')

    def line(self, x1: float, y1: float, x2: float, y2: float, cls: str, title: str = "") -> None:
        """Draw a straight line."""
        self._put("line", cls, title, x1=x1, y1=y1, x2=x2, y2=y2)

    def rect(self, x: float, y: float, width: float, height: float, cls: str, title: str = "", r: float = 0) -> None:
        """Draw a rectangle."""
        self._put("rect", cls, title, x=x, y=y, width=max(width, 0), height=max(height, 0), rx=r)

    def dot(self, x: float, y: float, r: float, cls: str, title: str = "") -> None:
        """Draw a filled circle."""
        self._put("circle", cls, title, cx=x, cy=y, r=r)

    def diamond(self, x: float, y: float, r: float, cls: str, title: str = "") -> None:
        """Draw a diamond, so that a mark can be told apart without colour."""
        self.shape([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], cls, title)

    def shape(self, points: Sequence[tuple[float, float]], cls: str, title: str = "") -> None:
        """Draw a closed polygon."""
        inner = self._name(title)
        where = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self.parts.append(f'<polygon class="{cls}" points="{where}">{inner}</polygon>')

    def path(self, points: Sequence[tuple[float, float]], cls: str) -> None:
        """Draw an open line through points; a point that is not finite breaks it."""
        steps, pen = [], "M"
        for x, y in points:
            if not (math.isfinite(x) and math.isfinite(y)):
                pen = "M"
                continue
            steps.append(f"{pen}{_n(x)} {_n(y)}")
            pen = "L"
        if steps:
            self.parts.append(f'<path class="{cls}" d="{"".join(steps)}"/>')

    def curve(self, x1: float, y1: float, x2: float, y2: float, cls: str) -> None:
        """Draw a smooth link from left to right."""
        middle = (x1 + x2) / 2
        bend = f"{_n(middle)} {_n(y1)} {_n(middle)} {_n(y2)} {_n(x2)} {_n(y2)}"
        self.parts.append(f'<path class="{cls}" d="M{_n(x1)} {_n(y1)}C{bend}"/>')

    def text(self, x: float, y: float, words: str, cls: str = "t", anchor: str = "start") -> None:
        """Write words; `anchor` is start, middle or end."""
        self.parts.append(f'<text class="{cls}" x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}">{escape(words)}</text>')

    def close(self, label: str, cls: str) -> str:
        """Return the SVG element; `label` is read out by a screen reader in place of the picture."""
        box = f"0 0 {_n(self.width)} {_n(self.height)}"
        return (
            f'<svg class="{cls}" viewBox="{box}" width="{_n(self.width)}" height="{_n(self.height)}" role="img" '
            f'aria-label="{escape(label, quote=True)}">{"".join(self.parts)}</svg>'
        )


def draw_both(draw: Callable[[float], Pen], label: str) -> str:
    """Draw a figure for wide and for narrow pages; `draw(width)` returns the pen that drew it."""
    return draw(WIDE).close(label, "wide") + draw(NARROW).close(label, "narrow")


@dataclass(frozen=True)
class Scale:
    """Maps values to pixels, linearly or in logarithms; values outside are drawn at the ends."""

    low: float
    high: float
    start: float
    stop: float
    log: bool = False

    def __call__(self, value: float) -> float:
        a, b = (math.log(self.low), math.log(self.high)) if self.log else (self.low, self.high)
        v = math.log(max(value, 1e-300)) if self.log else value
        part = (v - a) / (b - a) if b > a else 0.5
        return self.start + min(max(part, 0.0), 1.0) * (self.stop - self.start)

    def ticks(self, about: int = 5) -> list[float]:
        """Return round values inside the scale."""
        return log_ticks(self.low, self.high, about) if self.log else ticks(self.low, self.high, about)


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Return round values (steps of 1, 2 or 5) that cover a range.

    >>> ticks(0, 10)
    [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]
    """
    if not high > low:
        return [low]
    raw = (high - low) / max(about, 1)
    place = math.floor(math.log10(raw))
    power = 10.0**place
    step = next((m * power for m in (1, 2, 5, 10) if m * power >= raw * 0.999), 10 * power)
    first = math.ceil(low / step - 1e-9)
    return [round(i * step, 2 - place) + 0.0 for i in range(first, math.floor(high / step + 1e-9) + 1)]


def log_ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Return powers of ten, with 2 and 5 between them where there is letters.

    >>> log_ticks(1, 100, 3)
    [1.0, 10.0, 100.0]
    """
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for parts in ((1, 2, 5), (1, 3), (1,)):
        ticks_of_axis = [m * 10.0**e for e in range(first, last + 1) for m in parts]
        ticks_of_axis = [v for v in ticks_of_axis if low * (1 - 1e-9) <= v <= high * (1 + 1e-9)]
        if len(ticks_of_axis) <= about + 1:
            return ticks_of_axis
    return ticks_of_axis[:: max(1, math.ceil(len(ticks_of_axis) / about))]


def month_ticks(first: date, last: date, about: int = 6) -> list[tuple[date, str]]:
    """Return month starts and their labels; the year is named when it changes."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((s for s in (1, 2, 3, 6, 12) if months / s <= about), 12 * max(1, round(months / 12 / about)))
    ticks_of_axis, year = [], None
    for i in range(months + 1):
        y, m = divmod(first.year * 12 + first.month - 1 + i, 12)
        here = date(y, m + 1, 1)
        if here < first or (m % step if step < 12 else m):
            continue
        ticks_of_axis.append((here, MONTHS[m] if y == year else f"{MONTHS[m]} {y}"))
        year = y
    return ticks_of_axis


def x_axis(
    pen: Pen,
    scale: Scale,
    top: float,
    bottom: float,
    title: str,
    write: Callable[[float], str] = number,
    about: int = 6,
) -> None:
    """Draw light vertical rules, their values and the axis title with its unit."""
    for value in scale.ticks(about):
        x = scale(value)
        pen.line(x, top, x, bottom, "grid")
        pen.text(x, bottom + 15, write(value), "t small", "middle")
    if title:
        pen.text((scale.start + scale.stop) / 2, bottom + 32, title, "t small dim", "middle")


def y_axis(
    pen: Pen, scale: Scale, left: float, right: float, write: Callable[[float], str] = number, about: int = 4
) -> None:
    """Draw light horizontal rules and their values, right-aligned left of the panel."""
    for value in scale.ticks(about):
        y = scale(value)
        pen.line(left, y, right, y, "grid")
        pen.text(left - 6, y + 4, write(value), "t small", "end")


def span(values: Sequence[float | None], zero: bool = False, log: bool = False) -> tuple[float, float]:
    """Return padded ends that hold every finite value; a log scale leaves out what is not above zero."""
    known = [v for v in values if v is not None and math.isfinite(v) and (not log or v > 0)]
    if zero and not log:
        known.append(0.0)
    if not known:
        return (0.1, 10.0) if log else (0.0, 1.0)
    low, high = min(known), max(known)
    if log:
        return low / 1.25, high * 1.25
    if high - low <= 1e-9 * max(abs(low), abs(high)):  # one value, or several that no scale could tell apart
        low = high = 0.5 * low + 0.5 * high
    pad = 0.05 * (high - low) or max(abs(high), 1.0) * 0.1
    return (low if zero and low == 0 else low - pad), high + pad


def fit_words(words: str, width: float, size: float = 13.0) -> str:
    """Cut words to what fits in `width` pixels at a type size, ending in an ellipsis.

    >>> fit_words("a long sentence indeed", 60)
    'a long…'
    """
    letters = max(int(width / (0.53 * size)), 1)
    return words if len(words) <= letters else words[: max(letters - 1, 1)].rstrip() + "…"
