"""replay: makes the results of a folder again and says whether they are the same, number by number or byte by byte."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interlope.cli import options as o
from interlope.cli.belonging import ENSEMBLE, STUDY, refuse_other
from interlope.errors import BadInput, Fault
from interlope.results.record import Record

if TYPE_CHECKING:
    from interlope.manifest import Manifest
    from interlope.results.ensembles import ReplayResult
    from interlope.scenario.case import Case

HELP = """Run a study or an ensemble again from its manifest and compare it with what was written.

Example: interlope replay out/serbia-hungary-1a2b3c4d

A study is compared number by number (a shipped answer too: interlope replay serbia-hungary), an ensemble of 'simulate --out' by the
checksum of every shard. Where the model, the case's files or the platform are not those of the manifest, replay refuses and says why;
--anyway runs all the same.
A study of which a file was changed since is refused too, with the file's name. Ends with exit code 1 when something differs.
"""
FOLDER = Annotated[
    str,
    typer.Argument(metavar="MANIFEST", help="A manifest.json, the folder that holds it, or a case with a shipped answer.",
                   show_default=False),
]
CASE = Annotated[str, typer.Option("--case", help="Case to use; the one named in the manifest when absent.")]
ANYWAY = Annotated[bool, typer.Option("--anyway", help="Run although model, files or platform are not the same.")]


def replay(folder: FOLDER, case: CASE = "", anyway: ANYWAY = False, json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines

    clock = Clock()
    from interlope import manifest
    from interlope.cli.loading import load
    from interlope.jit.compile import digest
    from interlope.pipeline import shipped
    from interlope.results.ensembles import ReplayResult
    from interlope.scenario.description import describe_case
    from interlope.scenario.folder import tell_place

    answer = None if Path(folder).exists() else shipped.find(folder)
    if answer is None:
        refuse_other(Path(folder), (STUDY, ENSEMBLE))
    place = answer or (Path(folder).parent if Path(folder).name == manifest.FILE else Path(folder))
    about = manifest.read(place)
    loaded = load(case or (shipped.locate(folder) if answer else about.case))
    reasons = manifest.mismatches(about, loaded.files(), digest())
    if reasons and not anyway:
        remedy = "run with what made it, name the folder of its case with --case, or add --anyway to see what differs"
        where = f"cannot be made again from {tell_place(loaded.folder)}"
        raise BadInput([Fault(str(place / manifest.FILE), None, f"{where}: {reason}", "the same", remedy) for reason in reasons])
    run = _ensemble if about.settings.get("kind") == "ensemble" else _study
    differ, changed = run(about, loaded, place, json)
    result = ReplayResult(
        folder=place.as_posix(),
        case=tell_place(loaded.folder),
        same=not differ and not changed,
        differ=differ[:50],
        changed_files=changed,
        reasons=reasons,
        model_digest_then=about.model_digest,
        model_digest_now=digest(),
    )
    if json:
        mode = about.settings.get("mode")
        print_json("replay", result, clock, case=describe_case(loaded), model_digest=digest(), seed=about.seed, mode=mode)
    else:
        print_lines(_words(result, len(differ)))
    if not result.same:
        raise typer.Exit(1)


def _study(about: Manifest, case: Case, place: Path, json: bool) -> tuple[list[str], list[str]]:
    """Run a study again; returns what differs and which files were changed."""
    from interlope import manifest, pipeline
    from interlope.cli.progress import Watch
    from interlope.pipeline import shipped
    from interlope.pipeline.plan import read_plan
    from interlope.reporting import record
    from interlope.storage import refusal

    plan = read_plan(about, place / manifest.FILE)
    manifest.refuse_changed(about, place)
    then, touched = record.load(place), [name for name in manifest.changed(about, place) if name not in shipped.BESIDE]
    with refusal.telling(Path(tempfile.gettempdir())), tempfile.TemporaryDirectory() as temporary, \
            Watch(pipeline.DOES, quiet=json) as watch:
        now = pipeline.run(case, plan, out=Path(temporary), progress=watch.tell).record
    differ = [f"weigh.{p}" for p in differences(then.weigh, now.weigh)]
    differ += [f"compare.{p}" for p in differences(then.compare, now.compare)]
    differ += [f"separation.{p}" for p in differences(then.separation, now.separation)]
    return differ + ([f"seek.{p}" for p in differences(then.seek, now.seek)] if then.seek else []), touched


def _ensemble(about: Manifest, case: Case, place: Path, json: bool) -> tuple[list[str], list[str]]:
    """Run an ensemble again; returns what differs and which files were changed."""
    from interlope import manifest
    from interlope.cli.progress import Watch
    from interlope.storage import replay as again
    from interlope.storage.folder import restore

    with Watch({"simulate": "run replicates again"}, quiet=json) as watch:
        watch.tell("simulate", 0, 0)
        plan = restore(about, case.folder, place / manifest.FILE)
        done = again.replay(about, plan, place, progress=lambda n, total: watch.tell("simulate", n, total))
        watch.tell("simulate", 1, 1)
    return done.differ, done.changed


def _words(result: ReplayResult, count: int) -> list[str]:
    if result.same:
        return [f"The same: everything the manifest names was made again from {result.case}, bit for bit."]
    lines = [f"{count} of what was made again differ: {', '.join(result.differ[:5])}{' ...' if count > 5 else ''}."] if count else []
    if result.changed_files:
        lines.append(f"Files changed or gone since they were written: {', '.join(result.changed_files)}.")
    return lines + [f"Not the same to begin with: {reason}." for reason in result.reasons]


def differences(then: Any, now: Any, where: str = "") -> list[str]:
    """List the places at which two results differ; times and explanations in words are not results, nor is what `then` was made before.

    >>> differences({"a": [1, 2.0], "seconds": 3}, {"a": [1, 2.5], "seconds": 9})
    ['a.1']
    """
    if isinstance(then, Record) and isinstance(now, Record):
        new = type(then).model_fields.keys() - then.model_fields_set
        then, now = ({n: v for n, v in dict(each).items() if n not in new} for each in (then, now))
    if isinstance(then, dict) and isinstance(now, dict):
        names = [n for n in {**then, **now} if n not in ("seconds", "meaning")]
        return [p for n in names for p in differences(then.get(n), now.get(n), f"{where}{n}.")]
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [p for i, (a, b) in enumerate(zip(then, now)) for p in differences(a, b, f"{where}{i}.")]
    return [] if then == now else [where.rstrip(".")]
