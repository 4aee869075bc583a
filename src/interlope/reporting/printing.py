"""Printing: which blocks are annexes, left out of print unless they are asked for, and the brief of two pages.

A report on paper is read from its beginning to its end: long tables, folded ones, figures of many numbers and what stands in it twice are
annexes. On the screen nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from interlope.reporting.blocks import Code, Details, Drawing, Grid, Heading, Points, Section
from interlope.reporting.figures.odds import figure_letters
from interlope.reporting.sections import method, short
from interlope.reporting.tables import Table
from interlope.results.study import StudyRecord

MOST_ROWS, MOST_LETTERS = 12, 1600  # of a table that is printed
MOST_NUMBERS, MOST_FIGURES = 60, 2  # rows behind a figure that is printed, and figures of a section

def list_annexes(sections: Sequence[Section]) -> dict[str, list[Any]]:
    """Blocks of each section, by its name, that print leaves out: annexes, what stands before, and headings with nothing left."""
    printed: set[str] = set()
    return {section.name: list(_annexes(section.blocks, printed)) for section in sections}


def name_annexes(blocks: Sequence[Any]) -> str:
    """The titles of blocks that print leaves out, as the page lists them; headings are not named."""
    return "; ".join(title for block in blocks if (title := _title(block)))


def arrange_brief(study: StudyRecord) -> list[Section]:
    """The one section of the brief: the short answer, the curve against the source's letter, and the command that makes it again.

    The sentences on every option are left to the report, for the table of harms says the same in less room; what is folded is left out.
    """
    answer = short.build(study)
    unfolded = [b for b in answer.blocks if not isinstance(b, Details)]
    options = next(i for i, block in enumerate(unfolded) if isinstance(block, Heading))
    blocks = [b for i, b in enumerate(unfolded) if i < options or study.compare is None or not isinstance(b, Points)]
    curve = [Drawing(figure_letters(study.weigh.curve, study.names))] if study.weigh.curve and not study.alone else []
    command = [block for block in method.build_replay(study).blocks if isinstance(block, Code)]
    return [Section(answer.name, answer.title, (*blocks, *curve, *command), answer.short)]


def _annexes(blocks: Sequence[Any], printed: set[str]) -> Iterator[Any]:
    figures, under, rest = 0, [], []
    for block in blocks:
        if isinstance(block, Heading):
            yield from _close(under, rest)
            under, rest = [block], []
            continue
        figures += isinstance(block, Drawing)
        left_out = _is_long(block) or _again(block, printed) or (isinstance(block, Drawing) and figures > MOST_FIGURES)
        rest.append((block, left_out))
    yield from _close(under, rest)


def _close(under: Sequence[Heading], rest: Sequence[tuple[Any, bool]]) -> Iterator[Any]:
    """What is left out below a heading, and the heading itself where nothing else is there."""
    if all(left_out for _, left_out in rest):
        yield from under
    yield from (block for block, left_out in rest if left_out)


def _is_long(block: Any) -> bool:
    if isinstance(block, Drawing):
        return len(block.figure.table.rows) > MOST_NUMBERS
    if isinstance(block, Grid):
        return len(block.table.rows) > MOST_ROWS or _letters(block.table) > MOST_LETTERS
    return isinstance(block, Details)


def _letters(table: Table) -> int:
    return sum(len(text) for row in table.cells() for _, text, _ in row)


def _again(block: Any, printed: set[str]) -> bool:
    """Whether the same table was printed before."""
    if not isinstance(block, Grid):
        return False
    before = block.table.name in printed
    printed.add(block.table.name)
    return before


def _title(block: Any) -> str:
    match block:
        case Grid(table=table):
            return table.caption
        case Drawing(figure=figure):
            return figure.title
        case Details(summary=summary):
            return summary
    return ""
