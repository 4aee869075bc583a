"""export: a finished study in the formats of other fields."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interlope.cli import options as o
from interlope.cli.place import check_file
from interlope.errors import BadInput, Fault, nearest
from interlope.wording import use

if TYPE_CHECKING:
    from interlope.export.formats import Format
    from interlope.export.study import StudyResults

HELP = """Write a finished study as a file of another field: arviz, claimreview, prov, ro-crate, stix or word.

Example: interlope export out/serbia-hungary-1a2b3c4d --as word

Nothing is run and nothing is overwritten. With the name of a case that has a shipped answer, such as `interlope export serbia-hungary --as
stix`, that answer is exported. Needs: python -m pip install '.[export]'.
"""
WHAT = Annotated[str, typer.Argument(metavar="FOLDER|CASE", help="A folder that 'study' wrote, or a case with a shipped answer.",
                                     show_default=False)]
FORMAT = Annotated[str, typer.Option("--as", help="Format: arviz, claimreview, prov, ro-crate, stix or word.", show_default=False)]
TO = Annotated[Path | None, typer.Option("--to", callback=check_file,
                                         help="File to write; beside the folder when absent. arviz: each explanation's name is put in.")]
CASE = Annotated[str, typer.Option("--case", help="For arviz: the case; the one named in the manifest when absent.")]

OF_A_CASE = "arviz"  # the format that needs more of the case than results hold


def export(folder: WHAT, kind: FORMAT, to: TO = None, case: CASE = "", json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_lines

    clock = Clock()
    from interlope.cli.job import print_result
    from interlope.export import door
    from interlope.export.formats import formats
    from interlope.results.verbs import ExportResult
    from interlope.storage import refusal

    known = formats()
    if kind not in known:
        raise BadInput([Fault("command line", None, f"--as {kind}", "one of " + ", ".join(known), nearest(kind, known))])
    chosen = known[kind]
    if case and kind != OF_A_CASE:
        raise BadInput([Fault("command line", None, f"--case {case} with --as {kind}, which reads no case",
                              f"--case beside --as {OF_A_CASE} only")])
    with refusal.telling(to.parent if to else Path(folder)):
        study, base = _read(folder, case)
        use(study.record.case.words)
        target = _place(chosen, study, base, to)
        door.refuse_there([target])
        door.require(kind, chosen.NEEDS)
        contents = {_name(target, name): data for name, data in chosen.write(study).items()}
        door.place(contents)
    files = [path.as_posix() for path in contents]
    if json:
        print_result("export", ExportResult(format=kind, files=files), study.record, clock)
        return
    print_lines([f"Wrote {chosen.TITLE}: {', '.join(files)}."])


def _read(name: str, case: str) -> tuple[StudyResults, Path]:
    """The study, and the place that its files are named after."""
    from interlope import manifest
    from interlope.export import study
    from interlope.pipeline import shipped

    if not name.strip():
        raise BadInput("no name of a folder or case; expected a folder that 'study' wrote, or a case with a shipped answer")
    answer = None if (Path(name) / manifest.FILE).is_file() else shipped.find(name)
    if answer is None:
        place = Path(name)
        return study.read(place, case=case), place if place.name not in ("", "..") else place.resolve()
    results = study.read(answer, shipped=True, case=case or name)
    return results, o.HERE / f"{name}-shipped-{results.about.run_id}"


def _place(chosen: Format, study: StudyResults, base: Path, to: Path | None) -> Path:
    """Where the file goes, or what the files of explanations are named after."""
    if chosen.BESIDE:
        if to is not None:
            raise BadInput([Fault("command line", None, f"--to {to}", f"no --to: {chosen.ENDING} describes the folder that it lies in")])
        return study.folder / chosen.ENDING
    return to or base.with_name(f"{base.name}.{chosen.ENDING}")


def _name(target: Path, explanation: str) -> Path:
    """The file of an explanation, or the target itself where one file holds all."""
    return target.with_name(f"{target.stem}.{explanation}{target.suffix}") if explanation else target
