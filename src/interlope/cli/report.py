"""report: writes the report again from results that are there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from interlope.cli import options as o

HELP = """Write report.html and the tables again from the results of a study, without running anything.

Example: interlope report out/serbia-hungary-1a2b3c4d --to briefing
"""
TO = Annotated[Path | None, typer.Option("--to", help="Folder to write to; the results' own folder when absent.")]


def report(folder: o.RESULTS, to: TO = None, json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines, speak

    clock = Clock()
    with speak():
        from interlope import manifest
        from interlope.report import html, material

        found = material.load(folder)
        target = to or folder
        target.mkdir(parents=True, exist_ok=True)
        path = html.write(found, target)
        if to is None and (folder / manifest.FILE).is_file():
            manifest.write(replace(manifest.read(folder), version=manifest.version()), folder)
        tables = sorted(p.name for p in (target / "tables").glob("*.csv"))
        if json:
            print_json(
                "report",
                {"report": path.as_posix(), "tables": tables},
                clock,
                case=found.case,
                model_digest=found.model_digest,
                seed=found.seed,
                mode=found.mode,
                status=found.status,
                reasons=found.reasons,
            )
            return
        print_lines([f"Wrote {path} and {len(tables)} tables in {target / 'tables'}."])
