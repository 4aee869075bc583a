"""report: writes the report again from results that are there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from interlope.cli import options as o
from interlope.cli.place import check_folder

HELP = """Write report.html and the tables again from results that are there, without running anything.

Example: interlope report out/serbia-hungary-1a2b3c4d --to briefing

With the name of a case that has a shipped answer, such as `interlope report serbia-hungary`, that answer is opened at once: its report is
written into OUT, and its first lines are printed with the day and the model that made it.
"""
WHAT = Annotated[str, typer.Argument(metavar="FOLDER|CASE", help="A folder that 'study' wrote, or a case with a shipped answer.",
                                     show_default=False)]
TO = Annotated[Path | None, typer.Option("--to", callback=check_folder, help="Folder to write to; the results' own folder when absent.")]
OUT = Annotated[Path, typer.Option("--out", help="Folder in which a shipped answer is opened.")]  # looked at only where it is used


def report(folder: WHAT, to: TO = None, out: OUT = o.HERE, json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_lines, speak

    clock = Clock()
    with speak():
        from interlope import manifest
        from interlope.cli.job import print_result
        from interlope.pipeline import shipped
        from interlope.reporting import html, record
        from interlope.results.verbs import ReportResult
        from interlope.scenario.case import load

        place, lines = Path(folder), []
        answer = None if place.is_dir() else shipped.find(folder)
        if answer is not None:
            case = load(folder)
            study, place = shipped.open_answer(case, answer, out)
            lines = shipped.tell_origin(case, answer)
        else:
            study = record.load(place)
        target = to or place
        target.mkdir(parents=True, exist_ok=True)
        path = html.write(study, target) if answer is None or to else target / html.FILE
        if answer is None and to is None and (place / manifest.FILE).is_file():
            manifest.write(replace(manifest.read(place), version=manifest.version()), place)
        tables = sorted(p.name for p in (target / "tables").glob("*.csv"))
        if json:
            print_result("report", ReportResult(report=path.as_posix(), tables=tables, shipped=lines), study, clock)
            return
        if answer is not None:
            from interlope.cli.tables import show_answer, show_explanations

            show_answer(study)
            show_explanations(study)
            print_lines([*lines, f"Report: {path}"])
            return
        print_lines([f"Wrote {path} and {len(tables)} tables in {target / 'tables'}."])
