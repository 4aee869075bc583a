"""cite: how to name this software, and a run of it, in a paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from interlope.cli.options import JSON

HELP = """Say how to cite the software, and a run by its folder.

Example: interlope cite out/serbia-hungary-1a2b3c4d
"""
FOLDER = Annotated[Path | None, typer.Argument(help="A folder that 'study' wrote.", show_default=False)]


def cite(folder: FOLDER = None, json: JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines

    clock = Clock()
    from interlope import manifest
    from interlope.results.verbs import CiteResult

    version = manifest.version()
    software = (
        f"Interlope: a laboratory for contested reports about illicit markets at a border. Version {version}."
    )
    bibtex = (
        "@software{interlope,\n"
        "  title = {Interlope: a laboratory for contested reports about illicit markets at a border},\n"
        f"  version = {{{version}}},\n  author = {{{{Interlope contributors}}}},\n  license = {{Apache-2.0}}\n}}"
    )
    run = None
    if folder is not None:
        folder = folder.parent if folder.name == manifest.FILE else folder
        about = manifest.read(folder)
        if about.settings.get("kind") != "ensemble":
            manifest.refuse_changed(about, folder)
        run = (
            f"Case '{about.case}', run {about.run_id}, seed {about.seed}, model {about.model_digest}, "
            f"interlope {about.version}."
        )
    if json:
        print_json("cite", CiteResult(software=software, bibtex=bibtex, run=run), clock)
        return
    print_lines([software, *([run] if run else []), "", *bibtex.splitlines()])
