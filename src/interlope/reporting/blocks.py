"""Blocks: what a section is made of. A section builder returns them and the template prints each by its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from interlope.reporting.answer.statement import Statement
from interlope.reporting.figures.figure import Figure
from interlope.reporting.tables import Table


@dataclass(frozen=True)
class Prose:
    """A paragraph of plain words; `lead` sets it larger."""

    text: str
    lead: bool = False
    kind: str = "prose"


@dataclass(frozen=True)
class Heading:
    """A heading below the section's own, with an optional sentence under it."""

    text: str
    note: str = ""
    kind: str = "heading"


@dataclass(frozen=True)
class Callout:
    """A boxed statement that must not be missed; `tone` is warn, good or plain. A line may be a sentence with its roots."""

    title: str
    lines: tuple[str | Statement, ...]
    tone: str = "plain"
    kind: str = "callout"


@dataclass(frozen=True)
class Points:
    """A list of sentences, with their roots or without."""

    items: tuple[str | Statement, ...]
    kind: str = "points"


@dataclass(frozen=True)
class Facts:
    """Terms with what they stand for."""

    rows: tuple[tuple[str, str], ...]
    kind: str = "facts"


@dataclass(frozen=True)
class Code:
    """A command as it is typed."""

    text: str
    kind: str = "code"


@dataclass(frozen=True)
class Drawing:
    """A figure in place, with its table folded behind it."""

    figure: Figure
    kind: str = "figure"


@dataclass(frozen=True)
class Grid:
    """A table in place."""

    table: Table
    kind: str = "table"


@dataclass(frozen=True)
class Details:
    """Blocks that a reader opens when wanted."""

    summary: str
    blocks: tuple[object, ...]
    kind: str = "fold"


@dataclass(frozen=True)
class Section:
    """One numbered part of the report."""

    name: str
    title: str
    blocks: tuple[object, ...]
    short: str = field(default="")


def tables_of(blocks: Sequence[object]) -> list[Table]:
    """Collect every table of the blocks, those behind figures and inside folds included, in reading order."""
    tables: list[Table] = []
    for block in blocks:
        match block:
            case Grid(table=table):
                tables.append(table)
            case Drawing(figure=figure):
                tables.append(figure.table)
            case Details(blocks=inner):
                tables.extend(tables_of(inner))
    return tables
