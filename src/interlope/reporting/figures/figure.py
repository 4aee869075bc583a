"""A figure: a drawing for wide and narrow pages, a caption, and the table behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interlope.reporting.tables import Table

SHAPES = ("disc", "diamond", "square", "triangle", "cross", "ring")


@dataclass(frozen=True)
class Figure:
    """What the page shows: `svg` is ready markup, `key` pairs each colour's class with its name."""

    name: str
    title: str
    note: str
    svg: str
    table: Table
    key: tuple[tuple[str, str], ...] = ()


def assign_colours(names: Sequence[str]) -> dict[str, int]:
    """Give each explanation its colour and its shape, by order; `pooled` has none, it is drawn in ink."""
    return {name: i % len(SHAPES) for i, name in enumerate(n for n in names if n != "pooled")}


def legend(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return (class, name) pairs for a key above the figure."""
    return tuple((f"c{slot} {SHAPES[slot]}", name) for name, slot in assign_colours(names).items())
