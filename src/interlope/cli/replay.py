"""replay: makes the results of a folder again and says whether they are the same, number by number."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from interlope.cli import options as o
from interlope.errors import RunFailed

HELP = """Run a study again from its manifest and compare every number with what the folder holds.

Example: interlope replay out/serbia-hungary-1a2b3c4d

Ends with exit code 1 when a number differs or a file of the folder was changed since.
"""
CASE = Annotated[str, typer.Option("--case", help="Case to use; the one named in the manifest when absent.")]


def replay(folder: o.RESULTS, case: CASE = "", json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines, speak
    from interlope.cli.progress import Watch

    clock = Clock()
    with speak():
        import interlope.study as study
        from interlope import manifest
        from interlope.compile import digest
        from interlope.report import material
        from interlope.scenario.case import load

        then, about = material.load(folder), manifest.read(folder)
        touched = manifest.changed(about, folder)
        settings = about.settings
        plan = study.Plan(about.seed, settings["mode"], settings["pairs"], settings["days"], settings["as_of"])
        found = load(case or about.case)
        with tempfile.TemporaryDirectory() as place, Watch(study.DOES, quiet=json) as watch:
            now = study.run(found, plan, out=Path(place), progress=watch.tell).material
        if now is None:
            raise RunFailed("the study gave no results")
        differ = [f"weigh.{p}" for p in differences(then.weigh, now.weigh)]
        differ += [f"compare.{p}" for p in differences(then.compare, now.compare)]
        result = {
            "folder": folder.as_posix(),
            "same": not differ and not touched,
            "differ": differ[:50],
            "changed_files": touched,
            "model_digest_then": about.model_digest,
            "model_digest_now": digest(),
        }
        if json:
            print_json("replay", result, clock, case=now.case, model_digest=digest(), seed=plan.seed, mode=plan.mode)
        else:
            print_lines(_words(result, len(differ), then.case["sha256"] != now.case["sha256"]))
        if not result["same"]:
            raise typer.Exit(1)


def _words(result: dict[str, Any], count: int, other_case: bool) -> list[str]:
    if result["same"]:
        return ["The same: every number of the folder was made again, bit for bit."]
    lines = [f"{count} numbers differ: {', '.join(result['differ'][:5])} ..."] if count else []
    if result["changed_files"]:
        lines.append(f"Files changed since they were written: {', '.join(result['changed_files'])}.")
    if result["model_digest_then"] != result["model_digest_now"]:
        lines.append("The model is not the one that made the folder: its digest differs.")
    if other_case:
        lines.append("The case's files are not the ones that made the folder: their digest differs.")
    return lines


def differences(then: Any, now: Any, where: str = "") -> list[str]:
    """List the places at which two results differ; times are not results.

    >>> differences({"a": [1, 2.0], "seconds": 3}, {"a": [1, 2.5], "seconds": 9})
    ['a.1']
    """
    if isinstance(then, dict) and isinstance(now, dict):
        names = [n for n in {**then, **now} if n != "seconds"]
        return [p for n in names for p in differences(then.get(n), now.get(n), f"{where}{n}.")]
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [p for i, (a, b) in enumerate(zip(then, now)) for p in differences(a, b, f"{where}{i}.")]
    return [] if then == now else [where.rstrip(".")]
