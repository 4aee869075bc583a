"""Console: how a verb speaks. Results go to standard output, progress and faults to standard error.

Text is plain where the output is not a terminal; NO_COLOR is obeyed (rich does both); --json prints one envelope only.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Lines

from interlope import manifest
from interlope.cli.envelope import CaseName, Envelope, Reason, Status, dump
from interlope.cli.results import RESULTS
from interlope.errors import BadInput, DiagnosticsFailed, InterlopeError

OUT, ERR = Console(highlight=False), Console(stderr=True, highlight=False)
PLAIN_WIDTH = 120


def out() -> Console:
    """The console for results; a pipe gets lines of a fixed width, so that they do not depend on the terminal."""
    return OUT if OUT.is_terminal else Console(highlight=False, width=PLAIN_WIDTH, no_color=True)


def err() -> Console:
    """The console for progress and faults."""
    return ERR if ERR.is_terminal else Console(stderr=True, highlight=False, width=PLAIN_WIDTH, no_color=True)


@contextmanager
def speak() -> Iterator[None]:
    """Turn every error made on purpose into its list of faults and its exit code."""
    try:
        yield
    except BadInput as error:
        lines = [str(f) for f in error.faults] or [str(error)]
        err().print(f"[bold red]{len(lines)} fault{'s' if len(lines) != 1 else ''} in the input[/]")
        for line in lines:
            err().print(escape(f"  {line}"), soft_wrap=True)
        raise typer.Exit(error.exit_code) from None
    except InterlopeError as error:
        kind = "Checks failed" if isinstance(error, DiagnosticsFailed) else "The run failed"
        err().print(f"[bold red]{kind}[/]: {escape(str(error))}", soft_wrap=True)
        raise typer.Exit(error.exit_code) from None
    except KeyboardInterrupt:
        err().print("Stopped. Nothing was written.")
        raise typer.Exit(130) from None


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
    result: Mapping[str, Any] | None,
    clock: Clock,
    *,
    case: Mapping[str, Any] | None = None,
    model_digest: str | None = None,
    seed: int | None = None,
    mode: str | None = None,
    status: str = "ok",
    reasons: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Print one validated envelope and nothing else."""
    model = RESULTS[verb]
    about = {k: case[k] for k in ("name", "sha256", "as_of")} if case else None
    envelope = Envelope[model](  # type: ignore[valid-type]
        schema=f"interlope/{verb}/1",
        version=manifest.version(),
        case=CaseName(**about) if about else None,
        model_digest=model_digest,
        seed=seed,
        mode=mode,
        wall_seconds=clock.seconds,
        status=cast(Status, status),
        reasons=[Reason(**r) for r in reasons],
        result=model.model_validate(result) if result is not None else None,
    )
    typer.echo(dump(envelope))


def print_table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> None:
    """Print a table; columns numbered in `right` are right-aligned. Words wrap, nothing is cut."""
    console = out()
    lines = Lines(
        title=escape(title),
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
        padding=(0, 2),
        header_style="dim" if console.is_terminal else "",
    )
    for i, head in enumerate(heads):
        lines.add_column(escape(head), justify="right" if i in right else "left", overflow="fold")
    for row in rows:
        lines.add_row(*(escape(str(cell)) for cell in row))
    console.print(lines)
    console.print()


def print_lines(lines: Sequence[str], mark: str = "") -> None:
    """Print sentences, each wrapped to the width of the output."""
    console = out()
    for line in lines:
        console.print(escape(f"{mark}{line}"))
