"""Console: how a verb speaks. Results go to standard output, progress and faults to standard error.

Text is plain where the output is not a terminal; NO_COLOR is obeyed (rich does both); --json prints one envelope only.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import typer
from rich.console import Console
from rich.table import Table as Lines
from rich.text import Text

from interlope import manifest
from interlope.cli import streams
from interlope.cli.failure import explain
from interlope.cli.invocation import CURRENT
from interlope.errors import BAD_INPUT, BadInput, InterlopeError, group_by_cause
from interlope.results.envelope import CaseName, Envelope, Error, FaultAbout, Reason, Status, dump
from interlope.results.record import Record
from interlope.results.study import CaseAbout
from interlope.results.verbs import RESULTS
from interlope.text import printable, shorten

SETTINGS: dict[str, Any] = {"highlight": False, "markup": False, "emoji": False}  # words are printed as they are
OUT, ERR = Console(**SETTINGS), Console(stderr=True, **SETTINGS)
PLAIN_WIDTH = 120
LONGEST = (28, 20, 14)  # from how many letters a word of a table may be broken, the wider the output the more
HEADS = {"checks_failed": "Checks failed", "run_failed": "The run failed", "our_fault": "The run failed"}


def out() -> Console:
    """The console for results; a pipe gets lines of a fixed width, so that they do not depend on the terminal."""
    return OUT if OUT.is_terminal else Console(width=PLAIN_WIDTH, no_color=True, **SETTINGS)


def err() -> Console:
    """The console for progress and faults."""
    return ERR if ERR.is_terminal else Console(stderr=True, width=PLAIN_WIDTH, no_color=True, **SETTINGS)


@contextmanager
def speak() -> Iterator[None]:
    """Turn every error into words or into an envelope, and into its exit code."""
    try:
        yield
    except (typer.Exit, BrokenPipeError):
        raise
    except KeyboardInterrupt:
        if CURRENT.owes_envelope:
            print_error(CURRENT.verb, None, CURRENT.seconds)
        else:
            tell("Stopped. Nothing was written.")
        raise typer.Exit(130) from None
    except Exception as error:
        fault = explain(error)
        if CURRENT.owes_envelope:
            print_error(CURRENT.verb, fault, CURRENT.seconds)
        else:
            _tell_error(fault)
        raise typer.Exit(fault.exit_code) from None


def tell_usage(verb: str, fault: Any, json: bool) -> int:
    """Tell of words of the command line that cannot be read, as `fault` (an error of the parser) says. Returns the exit code."""
    words = printable(shorten(fault.format_message()), lines=True)
    context = getattr(fault, "ctx", None)
    if json:
        print_error(verb, BadInput(words.strip() or "no verb; expected one, as in: interlope study toy"), 0.0)
    elif context is None or type(fault).__name__ == "NoArgsIsHelpError":
        typer.echo(words, err=True)
    else:
        typer.echo(f"{context.get_usage()}\nTry '{context.command_path} --help' for help.\n\nError: {words}", err=True)
    return BAD_INPUT


def _tell_error(error: InterlopeError) -> None:
    if isinstance(error, BadInput):
        lines = _lines(error)
        err().print(Text(f"{len(lines)} fault{'s' if len(lines) != 1 else ''} in the input", style="bold red"))
        for line in lines:
            tell(f"  {line}")
        return
    err().print(Text.assemble((HEADS[error.kind], "bold red"), ": ", printable(shorten(str(error)), lines=True)), soft_wrap=True)


def _lines(error: BadInput) -> list[str]:
    """One line for each mistake; what it brings about elsewhere is only counted."""
    lines = [f"{first}{_more(len(more))}" for first, more in group_by_cause(error.faults)]
    return lines or [printable(shorten(line)) for line in str(error).split("\n")]


def _more(count: int) -> str:
    return f" ({count} more follow{'s' if count == 1 else ''} from this)" if count else ""


def print_error(verb: str, error: InterlopeError | None, seconds: float) -> None:
    """Print the envelope of a verb that has no result, with the error in the place of it; None: the user stopped it."""
    description = None
    if error is not None:
        faults = [
            FaultAbout(file=f.file, line=f.line, actual=f.actual, expected=f.expected, remedy=f.remedy, follows=len(more))
            for f, more in (group_by_cause(error.faults) if isinstance(error, BadInput) else [])
        ]
        text = "\n".join(_lines(error)) if isinstance(error, BadInput) else printable(str(error), lines=True)
        description = Error(kind=error.kind, exit_code=error.exit_code, text=text, faults=faults)  # type: ignore[arg-type]
    envelope = Envelope[RESULTS.get(verb, Record)](  # type: ignore[misc]
        schema=f"interlope/{verb or 'command'}/1",
        version=manifest.version(),
        wall_seconds=seconds,
        status="error" if description else "interrupted",
        result=None,
        error=description,
    )
    CURRENT.printed = True
    print_text(f"{dump(envelope, ascii=not streams.is_unicode())}\n")


class Clock:
    """Measures a verb's wall time from its making."""

    def __init__(self) -> None:
        self.began = time.perf_counter()

    @property
    def seconds(self) -> float:
        """Seconds since the clock was made."""
        return round(time.perf_counter() - self.began, 3)


def print_json(
    verb: str,
    result: Record | None,
    clock: Clock,
    *,
    case: CaseAbout | None = None,
    model_digest: str | None = None,
    seed: int | None = None,
    mode: str | None = None,
    status: str = "ok",
    reasons: Sequence[Reason] = (),
) -> None:
    """Print one validated envelope and nothing else."""
    envelope = Envelope[RESULTS[verb]](  # type: ignore[valid-type]
        schema=f"interlope/{verb}/1",
        version=manifest.version(),
        case=CaseName(name=case.name, sha256=case.sha256, as_of=case.as_of) if case else None,
        model_digest=model_digest,
        seed=seed,
        mode=mode,
        wall_seconds=clock.seconds,
        status=cast(Status, status),
        reasons=list(reasons),
        result=result,
    )
    CURRENT.printed = True
    print_text(f"{dump(envelope, ascii=not streams.is_unicode())}\n")


def print_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Print a table; columns numbered in `right` are right-aligned. Words wrap, nothing is cut.

    Where the output is too narrow for every column's longest word, the columns are printed in parts, each with the
    first column again.
    """
    console = out()
    cells = [[printable(" ".join(str(cell).split())) for cell in row] for row in rows]
    words = [_longest([head, *(row[i] for row in cells)]) for i, head in enumerate(heads)]
    need, gap = _fit(words, console.width)
    parts = _parts(need, gap, console.width)
    whole = [max(map(len, [head, *(row[i] for row in cells)])) for i, head in enumerate(heads)]
    for k, part in enumerate(parts):
        lines = Lines(
            title=Text(printable(title)) if k == 0 else None,
            title_justify="left",
            title_style="bold",
            box=None,
            pad_edge=False,
            padding=(0, gap, 0, 0),
            header_style="dim" if console.is_terminal else "",
        )
        widths = _widths([need[i] for i in part], [whole[i] for i in part], console.width - gap * len(part))
        for i, width in zip(part, widths):
            justify = "right" if i in right else "left"
            lines.add_column(Text(printable(heads[i])), justify=justify, overflow="fold", width=width)
        for row in cells:
            lines.add_row(*(Text(row[i]) for i in part))
        console.print(lines)
        console.print()


def _longest(texts: Sequence[str]) -> int:
    """Width of the longest word of a column."""
    return max((len(word) for text in texts for word in text.split()), default=1)


def _fit(words: Sequence[int], width: int) -> tuple[list[int], int]:
    """Least width of each column and the gap after it: long names are broken before the table is."""
    for longest in LONGEST:
        need = [min(n, longest) for n in words]
        for gap in (2, 1):
            if sum(need) + gap * len(need) <= width:
                return need, gap
    return [min(n, LONGEST[0]) for n in words], 1


def _widths(need: Sequence[int], whole: Sequence[int], space: int) -> list[int]:
    """Widths of columns: what each needs, and what is left of the space to those that would wrap most.

    >>> _widths([5, 5, 5], [5, 30, 10], 26)
    [5, 16, 5]
    """
    widths = list(need)
    while sum(widths) < space and any(w < full for w, full in zip(widths, whole)):
        widths[max(range(len(widths)), key=lambda i: whole[i] / widths[i])] += 1
    return widths


def _parts(need: Sequence[int], gap: int, width: int) -> list[list[int]]:
    """Split columns into as few parts as fit, of about the same size, each beginning with the first column.

    >>> _parts([8, 9, 9, 9, 9], 1, 32)
    [[0, 1, 2], [0, 3, 4]]
    """
    rest = list(range(1, len(need)))
    for count in range(1, len(rest) + 1):
        size = -(-len(rest) // count)
        parts = [[0, *rest[i : i + size]] for i in range(0, len(rest), size)]
        if all(sum(need[i] + gap for i in part) <= width for part in parts):
            return parts
    return [[0, i] for i in rest] or [[0]]


def print_lines(lines: Sequence[str], mark: str = "") -> None:
    """Print sentences, each wrapped to the width of the output."""
    console = out()
    for line in lines:
        console.print(Text(printable(f"{mark}{line}")))


def print_command(line: str) -> None:
    """Print a line that is made to be copied, however long, on one line."""
    out().print(Text(printable(line)), soft_wrap=True)


def print_text(text: str) -> None:
    """Print a whole text as it is: a page, a schema, an envelope."""
    sys.stdout.write(printable(text, lines=True))
    sys.stdout.flush()


def tell(line: str) -> None:
    """Say a sentence on standard error, on one line."""
    err().print(Text(printable(line)), soft_wrap=True)
