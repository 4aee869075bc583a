"""report: writes the report again from results that are there."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interlope.cli import options as o
from interlope.cli.belonging import STUDY, refuse_case, refuse_other
from interlope.cli.place import check_apart, check_folder, insist
from interlope.errors import BadInput, Fault
from interlope.manifest import files
from interlope.wording import use

if TYPE_CHECKING:
    from interlope.reporting.html import Form
    from interlope.results.study import StudyRecord

HELP = """Write report.html and the tables again from results that are there, without running anything.

Example: interlope report out/serbia-hungary-1a2b3c4d --to briefing

Files of another report in the folder named by --to are not replaced. --brief writes brief.html instead, the short answer on two printed
pages. The report prints without its annexes (long tables, folded parts, figures of many numbers); with --annexes they are open and printed
too.

With the name of a case that has a shipped answer, such as `interlope report serbia-hungary`, that answer is opened at once: its report is
written into OUT, and its first lines are printed with the day and the model that made it.
"""
WHAT = Annotated[str, typer.Argument(metavar="FOLDER|CASE", help="A folder that 'study' wrote, or a case with a shipped answer.",
                                     show_default=False)]
TO = Annotated[Path | None, typer.Option("--to", callback=check_folder, help="Folder to write to; the results' own folder when absent.")]
BRIEF = Annotated[bool, typer.Option("--brief", help="Write brief.html instead: the short answer, at most two pages in print.")]
ANNEXES = Annotated[bool, typer.Option("--annexes", help="Write the report with its annexes open, so that they are printed too.")]
OUT = Annotated[Path, typer.Option("--out", help="Folder in which a shipped answer is opened.")]  # looked at only where it is used


def report(folder: WHAT, to: TO = None, out: OUT = o.HERE, brief: BRIEF = False, annexes: ANNEXES = False, words: o.WORDS = o.ICD,
           json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_lines

    clock = Clock()
    from interlope import manifest
    from interlope.cli.job import print_result
    from interlope.pipeline import calibrated
    from interlope.reporting import html
    from interlope.results.verbs import ReportResult
    from interlope.storage import refusal

    if not folder.strip():
        raise BadInput("no name of a folder or case; expected a folder that 'study' wrote, or a case with a shipped answer")
    if brief and annexes:
        raise BadInput("--brief with --annexes; expected one of them: a brief has no annexes")
    form, answer = html.Form(annexes, brief), _find_answer(folder)
    if answer is None and out != o.HERE:
        raise BadInput(f"--out {out} with '{folder}', which is no shipped answer to be opened in a folder; expected --to {out}, which "
                       "writes the report there")
    page_name = html.BRIEF if brief else html.FILE
    if answer is not None:
        insist(check_apart, out)
    with refusal.telling(to or out):
        study, target, lines = _open(folder, answer, out) if answer else _read(Path(folder), to, page_name)
        if answer is None:
            study = calibrated.attach(study, Path(folder).resolve().parent)
        if answer is None or to or words != o.ICD or form != html.REPORT:
            target = to or target
            written = _write(study, target, form, anew=to is not None)
        else:
            written = manifest.read(target).files
    page = target / page_name
    tables = sorted(Path(name).name for name in written if name.startswith("tables/"))
    if json:
        result = ReportResult(report=page.as_posix(), tables=tables, shipped=lines)
        print_result("report", result, study, clock)
        return
    if answer is not None:
        from interlope.cli.tables import show_answer, show_explanations
        from interlope.reporting.answer.calibration import tell_calibration
        from interlope.reporting.answer.official import tell_figures
        from interlope.reporting.answer.operations import tell_operations
        from interlope.reporting.answer.seek import pick_asked, tell_best, tell_waiting
        from interlope.reporting.answer.sure import tell_confidence

        later = show_answer(study)
        show_explanations(study)
        operations = [text for s in tell_operations(study) for text in (s.text, s.short)]
        chosen = (*operations, *tell_confidence(study), *tell_figures(study), *tell_best(study.seek, pick_asked(study)),
                  *tell_waiting(study.seek, study))
        print_lines([text for text in chosen if text in later], mark="- ")
        print_lines(["", *tell_calibration(study), *lines, f"Report: {page}"])
        return
    print_lines([f"Wrote {page} and {len(tables)} tables in {target / 'tables'}."])


def _find_answer(name: str) -> Path | None:
    """The shipped answer of that name; None where a folder of results lies here, or there is no such answer."""
    from interlope import manifest
    from interlope.pipeline import shipped

    return None if (Path(name) / manifest.FILE).is_file() else shipped.find(name)


def _open(name: str, answer: Path, out: Path) -> tuple[StudyRecord, Path, list[str]]:
    """Open a shipped answer: its results, the folder that they were written to, and where they come from."""
    from interlope.cli.loading import load
    from interlope.pipeline import shipped

    case = load(shipped.locate(name))
    study, target = shipped.open_answer(case, answer, out)
    beside = [f"A folder {name} is here and holds no results: this is the shipped answer."] if Path(name).exists() else []
    return study, target, [*beside, *shipped.tell_origin(case, answer)]


def _read(place: Path, to: Path | None, page: str) -> tuple[StudyRecord, Path, list[str]]:
    """Read the results of a folder, of which no file was changed but those that are about to be written again."""
    from interlope import manifest
    from interlope.reporting import record

    refuse_case(place)
    refuse_other(place, (STUDY,))
    study = record.rate(record.load(place))
    use(study.case.words)
    manifest.refuse_changed(manifest.read(place), place, rewritten=() if to else (page, "tables/"))
    return study, place, []


def _refuse_overwriting(target: Path, written: Mapping[str, bytes]) -> None:
    """Refuse a folder whose files would be replaced by others; the same bytes may be written again."""
    from interlope.reporting.numerals import plural

    there = [name for name, data in written.items() if (target / name).is_file() and (target / name).read_bytes() != data]
    if there:
        more = f", and {plural(len(there) - 1, 'more file')}" if len(there) > 1 else ""
        raise BadInput([Fault(str(target / there[0]), None, f"there already, with other contents{more}", "a folder without them",
                              "name another folder with --to, or move these files away")])


def _write(study: StudyRecord, target: Path, form: Form, anew: bool) -> Collection[str]:
    """Write the page and tables, each whole or not at all; where the results' manifest is, it gets their digests. Returns their names."""
    from interlope import manifest
    from interlope.reporting import html
    from interlope.storage import disk

    about = manifest.read(target) if (target / manifest.FILE).is_file() else None
    stage = target / ".report.part"
    with tempfile.TemporaryDirectory() as temporary:
        html.write(study, Path(temporary), form)
        written = {p.relative_to(temporary).as_posix(): p.read_bytes() for p in sorted(Path(temporary).rglob("*")) if p.is_file()}
    for name in (*written, "tables"):
        files.refuse_other(target / name)
    if about is not None and about.run_id != study.run_id:
        raise BadInput([Fault(str(target), None, manifest.tell_finished(target), "another folder", "name one with --to")])
    if anew and about is None:
        _refuse_overwriting(target, written)
    if about is not None and about.run_id == study.run_id:
        digests = dict(sorted({**about.files, **{name: manifest.digest(data) for name, data in written.items()}}.items()))
        written[manifest.FILE] = manifest.text(replace(about, version=manifest.version(), files=digests)).encode()
    disk.place(written, target, stage)
    return written
