"""odd: the model described by the ODD protocol, from the code that runs."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

from interlope.cli import options as o
from interlope.cli.place import check_file

HELP = """Describe the model of a case by the ODD protocol, generated from the code.

Example: interlope odd serbia-hungary --out docs/odd.md

Seven elements (Grimm and others 2020) in Markdown: purpose, state variables, the order of a day, design concepts,
initialization, input data, and every mechanism with its parameters. With --check FILE the description is compared with
a file that is there, and the command ends with exit code 1 when they differ.
"""
CASE = Annotated[str, typer.Argument(help="A shipped case by name, or a folder.")]
TO = Annotated[Path | None, typer.Option("--out", callback=check_file, help="File to write to; printed when absent.")]
CHECK = Annotated[Path | None, typer.Option("--check", help="A description to compare with.")]
SHOWN = 40  # lines of a difference that are printed


def odd(case: CASE = "serbia-hungary", to: TO = None, check: CHECK = None, json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines, print_text

    clock = Clock()
    from interlope.cli.loading import load
    from interlope.errors import BadInput, Fault
    from interlope.odd import document
    from interlope.results.verbs import OddResult
    from interlope.scenario.description import describe_case

    loaded = load(case)
    text = document.describe(loaded)
    differences: list[str] = []
    if check is not None:
        if not check.is_file():
            raise BadInput([Fault(str(check), None, "no such file", "a description written by 'interlope odd'")])
        differences = document.compare(check.read_text(encoding="utf-8"), text, check.name)
    if to is not None:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(text, encoding="utf-8")
    if json:
        result = OddResult(
            elements=list(document.ELEMENTS),
            lines=text.count("\n"),
            text=text,
            file=to.as_posix() if to else None,
            same=not differences if check else None,
            differences=differences,
        )
        print_json("odd", result, clock, case=describe_case(loaded))
    elif check is not None:
        again = shlex.join(["interlope", "odd", case, "--out", str(check)])
        more = [f"... and {len(differences) - SHOWN} lines more"] if len(differences) > SHOWN else []
        lines = [*differences[:SHOWN], *more, f"Out of step with the code; write it again with: {again}"]
        print_lines(lines if differences else [f"{check} is in step with the code."])
    elif to is not None:
        print_lines([f"Wrote {to}: {text.count(chr(10)):,} lines."])
    else:
        print_text(text)
    if differences:
        raise typer.Exit(1)
