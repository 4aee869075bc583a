"""figures: figures of a finished run as files for a paper, each with its data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interlope.cli import options as o
from interlope.cli.belonging import STUDY, refuse_case, refuse_other
from interlope.cli.place import check_apart
from interlope.errors import BadInput, Fault, nearest

if TYPE_CHECKING:
    from interlope.reporting.figures.figure import Figure

HELP = """Write the figures of a finished run as files for a paper, each with its data as CSV.

Example: interlope figures out/serbia-hungary-1a2b3c4d --only letters,without-one-root --format svg,pdf --width 85

FOLDER is one that study, seek, compare --search, backtest, recover or sensitivity wrote, or a case with a shipped answer. --list
names the figures. They are those of the report, drawn by the same code, with their key. Nothing is run and nothing is overwritten. PNG and
PDF need: python -m pip install '.[export]'.
"""
WHAT = Annotated[str, typer.Argument(metavar="FOLDER|CASE", help="Results, or a case with a shipped answer.", show_default=False)]
LIST = Annotated[bool, typer.Option("--list", help="List the figures and write nothing.")]
ONLY = Annotated[str, typer.Option("--only", help="Names of figures, with commas between them; all when absent.")]
FORMAT = Annotated[str, typer.Option("--format", help="svg, png or pdf, with commas between them.")]
TO = Annotated[Path | None, typer.Option("--to", callback=check_apart, help="Folder to write to; beside the results when absent.")]
WIDTH = Annotated[float, typer.Option("--width", min=20, max=1000, help="Width in millimetres.")]
DOTS = Annotated[float, typer.Option("--dpi", min=30, max=1200, help="Pixels of a PNG to the inch.")]
MOST_PIXELS = 20_000  # across a PNG
DRAWN_AS = "svg"
INCH = 25.4  # millimetres
ANALYSES = ("recovery", "search", "backtest", "sensitivity")


def figures(folder: WHAT, listed: LIST = False, only: ONLY = "", form: FORMAT = DRAWN_AS, to: TO = None, width: WIDTH = 170.0,
            dots: DOTS = 300.0, json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines, print_table

    clock = Clock()
    from interlope.results.verbs import FigureAbout, FiguresResult
    from interlope.storage import refusal

    formats = _read_formats(form, width, dots)
    idle = [text for text, given in ((f"--to {to}", to is not None), (f"--format {form}", form != DRAWN_AS)) if given]
    if listed and idle:
        raise BadInput(f"{' and '.join(idle)} with --list, which writes nothing; expected --list alone, or no --list")
    drawn, base = _read(folder)
    chosen = _choose(drawn, o.read_list("--only", only))
    target = to or base.with_name(f"{base.name}-figures")
    paths = {} if listed else {f.name: {target / f"{f.name}.{ending}": ending for ending in (*formats, "csv")} for f in chosen}
    if paths:
        with refusal.telling(target):
            _write(chosen, paths, width, dots)
    about = [FigureAbout(name=f.name, title=f.title, rows=len(f.table.rows), files=[p.as_posix() for p in paths.get(f.name, ())])
             for f in chosen]
    if json:
        print_json("figures", FiguresResult(figures=about), clock)
        return
    if listed:
        print_table(f"Figures of {folder}", ("name", "title", "rows of data"), [(a.name, a.title, str(a.rows)) for a in about], (2,))
        return
    print_lines([f"Wrote {len(about)} figures, each as {', '.join(formats)} and csv, into {target}."])


def _read_formats(text: str, width: float, dots: float) -> tuple[str, ...]:
    """Formats as typed; refused where one is unknown, or a PNG would be too large."""
    from interlope.export.paper import DRAWINGS

    names = tuple(dict.fromkeys(o.read_list("--format", text)))
    if not names:
        raise BadInput(f"--format '{text}' names no format; expected one of {', '.join(DRAWINGS)}")
    faults = [Fault("command line", None, f"--format {name}", f"one of {', '.join(DRAWINGS)}", nearest(name, DRAWINGS))
              for name in names if name not in DRAWINGS]
    if "png" in names and width / INCH * dots > MOST_PIXELS:
        faults.append(Fault("command line", None, f"--width {width:g} with --dpi {dots:g}: {width / INCH * dots:,.0f} pixels across",
                            f"at most {MOST_PIXELS:,}"))
    if faults:
        raise BadInput(faults)
    return names


def _read(name: str) -> tuple[list[Figure], Path]:
    """The figures of a run, and the place that their folder is named after."""
    from interlope import manifest
    from interlope.export import study
    from interlope.pipeline import calibrated, shipped
    from interlope.reporting import gallery

    if not name.strip():
        raise BadInput("no name of a folder or case; expected a folder of results, or a case with a shipped answer")
    place = Path(name)
    answer = None if (place / manifest.FILE).is_file() else shipped.find(name)
    if answer is not None:
        results = study.read(answer, shipped=True, case=name)
        return gallery.list_study(calibrated.attach(results.record, o.HERE)), o.HERE / f"{name}-shipped-{results.about.run_id}"
    refuse_case(place)
    refuse_other(place, (STUDY, *ANALYSES))
    base = place if place.name not in ("", "..") else place.resolve()
    if (place / manifest.FILE).is_file() and manifest.read(place).settings.get("kind", STUDY) in ANALYSES:
        return gallery.list_analysis(place), base
    return gallery.list_study(calibrated.attach(study.read(place).record, place.resolve().parent)), base


def _choose(drawn: Sequence[Figure], names: Sequence[str]) -> list[Figure]:
    """The figures of these names, or all."""
    known = [figure.name for figure in drawn]
    faults = [Fault("command line", None, f"--only {name}", "one of " + ", ".join(known), nearest(name, known))
              for name in names if name not in known]
    if faults:
        raise BadInput(faults)
    return [figure for figure in drawn if not names or figure.name in names]


def _write(chosen: Sequence[Figure], paths: Mapping[str, Mapping[Path, str]], width: float, dots: float) -> None:
    """Write every file, all of them or none."""
    from interlope.export import door, paper, pdf

    door.refuse_there([path for of in paths.values() for path in of])
    endings = dict.fromkeys(ending for of in paths.values() for ending in of.values())
    for ending in endings:
        door.require(ending, paper.NEEDS.get(ending, ()))
    contents: dict[Path, bytes] = {}
    for figure in chosen:
        svg = paper.draw(figure, width)
        for path, ending in paths[figure.name].items():
            contents[path] = (figure.table.csv().encode() if ending == "csv" else paper.to_png(svg, width, dots) if ending == "png"
                              else pdf.to_pdf(svg) if ending == "pdf" else svg.encode())
    door.place(contents)
