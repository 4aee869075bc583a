"""explore: the pages of a finished study in a browser on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interlope.cli import options as o
from interlope.cli.belonging import STUDY, refuse_other
from interlope.cli.place import check_saved

if TYPE_CHECKING:
    from interlope.cli.console import Clock
    from interlope.explorer.opening import ExploredStudy
    from interlope.explorer.serve import Listening

HELP = """Explore a finished study in a browser: evidence, explanations, market, options, trust, and what to look for next.

Example: interlope explore out/serbia-hungary-1a2b3c4d

With the name of a case that has a shipped answer, such as `interlope explore serbia-hungary`, that answer is opened. Pages are served to
this machine alone, under an address made anew at every launch, and ask no other for anything; Ctrl-C ends it. Options and the market
are run again while they are looked at, from the case's files. Nothing is written, except a change that is asked to be saved, as a new file
in the folder of --saved.
"""
WHAT = Annotated[str, typer.Argument(metavar="FOLDER|CASE", help="A folder that 'study' wrote, or a case with a shipped answer.",
                                     show_default=False)]
CASE = Annotated[str, typer.Option("--case", help="The case; the one named in the manifest when absent.")]
PORT = Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; a free one when absent.")]
BROWSER = Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser, or only print the address.")]
SAVED = Annotated[Path, typer.Option("--saved", callback=check_saved, help="Folder for changes that are asked to be saved.")]
CHECK = Annotated[bool, typer.Option("--check", help="Write every page once, say whether that worked, and serve nothing.")]


def explore(folder: WHAT, case: CASE = "", port: PORT = 0, browser: BROWSER = True, saved: SAVED = Path("explored"), check: CHECK = False,
            words: o.WORDS = o.ICD, json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_lines

    clock = Clock()
    from interlope.explorer.app import Explorer
    from interlope.explorer.opening import open_study
    from interlope.explorer.pages import PAGES
    from interlope.explorer.serve import listen, serve

    if Path(folder).exists():
        refuse_other(Path(folder), (STUDY,))
    study = open_study(folder, case)
    explorer = Explorer(study, saved)
    if check:
        for page in PAGES:
            explorer.page(page)
        _tell(study, None, json, clock)
        return
    place = listen(port)
    _tell(study, place, json, clock)
    serve(explorer, place, browser, _fail)
    if not json:
        print_lines(["Ended."])


def _tell(study: ExploredStudy, place: Listening | None, json: bool, clock: Clock) -> None:
    """Print the address, or that every page could be written."""
    from interlope.cli.console import print_lines
    from interlope.cli.job import print_result
    from interlope.explorer.pages import PAGES
    from interlope.results.explorer import ExploreResult

    address = place.address if place else ""
    if json:
        print_result("explore", ExploreResult(address=address, folder=study.folder.as_posix(), pages=list(PAGES), absent=study.absent),
                     study.record, clock)
        return
    first = f"Explorer: {address}" if place else f"Every page can be written: {', '.join(PAGES)}."
    print_lines([first, *([study.absent] if study.absent else []), *(["Ctrl-C ends it."] if place else [])])


def _fail(error: Exception) -> None:
    """Say in the terminal what no page says."""
    from interlope.cli.console import tell
    from interlope.cli.failure import explain

    tell(str(explain(error)))
