"""Markdown: the few shapes that a generated description is made of."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from interlope.text import escape_markdown, printable

WIDTH = 120


def heading(level: int, words: str) -> str:
    """Write a heading with a blank line after it."""
    return f"{'#' * level} {escape_markdown(words)}\n"


def paragraph(words: str) -> str:
    """Write words as one paragraph of lines that a reader of the raw text can follow."""
    return _filled(words) + "\n"


def block(words: str) -> str:
    """Write words exactly as they stand, equations and all."""
    return f"```text\n{printable(words.strip(), lines=True)}\n```\n"


def points(items: Iterable[str]) -> str:
    """Write a list of sentences."""
    return "".join(_filled(item, "- ", "  ") + "\n" for item in items)


def grid(heads: Sequence[str], rows: Iterable[Sequence[object]], numeric: Sequence[int] = ()) -> str:
    """Write a table; a row shorter or longer than its heads is a fault of the caller.

    >>> print(grid(("a", "b"), [(1, "x|y")], (0,)), end="")
    | a | b |
    | ---: | --- |
    | 1 | x\\|y |
    """
    lines = [_line(heads), _line(["---:" if i in numeric else "---" for i in range(len(heads))])]
    for row in rows:
        if len(row) != len(heads):
            raise ValueError(f"a row of {len(row)} cells under {len(heads)} heads")
        lines.append(_line(row))
    return "\n".join(lines) + "\n"


def names(words: Iterable[str]) -> str:
    """Write names as code, separated by commas; a dash for none.

    >>> names(["cash", "price"]), names([])
    ('`cash`, `price`', '—')
    """
    return ", ".join(f"`{name}`" for name in words) or "—"


def _filled(words: str, first: str = "", then: str = "") -> str:
    return textwrap.fill(
        escape_markdown(" ".join(words.split())), WIDTH,
        initial_indent=first, subsequent_indent=then, break_long_words=False, break_on_hyphens=False,
    )


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(escape_markdown(str(cell)).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
