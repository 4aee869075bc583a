"""Folder: where an ensemble lies, whether what is there belongs to the same question, and what is left to do.

A finished folder holds `replicates.zarr` or `summary.zarr`, `overview.csv` and `manifest.json`. Until then a hidden folder
`.unfinished` holds the plan, the journals and what the shards hand on; it is removed at the end.
"""
from __future__ import annotations

import json
import shutil
import uuid
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from interlope import manifest
from interlope.errors import BadInput, Fault
from interlope.jit.compile import digest
from interlope.scenario.case import load
from interlope.storage import disk
from interlope.storage import plan as plans
from interlope.storage.plan import Plan

EARLIER_STORE = "histories.zarr"  # what earlier versions called STORE
STORE, SUMMARY, OVERVIEW, WORK = "replicates.zarr", "summary.zarr", "overview.csv", ".unfinished"


@dataclass(frozen=True)
class Folder:
    """An ensemble's folder; every process that works on it has an owner's name of its own."""

    path: Path
    owner: str = "all"

    @property
    def work(self) -> Path:
        """The hidden folder of an unfinished run."""
        return self.path / WORK

    @property
    def stage(self) -> Path:
        """Where this process prepares files before they get their names."""
        return self.work / f"stage-{self.owner}"

    @property
    def lock(self) -> Path:
        """What this process holds while it works, so that no second one takes its owner's name."""
        return self.work / f"lock-{self.owner}"

    @property
    def finished(self) -> bool:
        """Whether the manifest, which is written last, is there."""
        return (self.path / manifest.FILE).is_file()

    def recorded(self) -> manifest.Manifest | None:
        """Read the manifest of the run that is here, finished or not.

        Returns
        -------
        Manifest or None
            None when there is no run.

        Raises
        ------
        BadInput
            When an earlier version wrote the run under other file names.
        """
        if (self.path / EARLIER_STORE).is_dir():
            raise BadInput([Fault(str(self.path), None, f"holds '{EARLIER_STORE}' of an earlier version", f"'{STORE}'",
                                  "simulate again into another folder; xarray.open_zarr still reads the old store")])
        if self.finished:
            return manifest.read(self.path)
        begun = self.plan_file()
        return None if begun is None else manifest.from_json(begun["manifest"])

    def plan_file(self) -> dict[str, Any] | None:
        """What was noted when the unfinished run began; None when nothing was, or it cannot be read."""
        path = self.work / "plan.json"
        try:
            return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
        except ValueError:
            return None

    def place(self, files: dict[str, bytes]) -> None:
        """Put files in their places so that none is ever half there."""
        disk.place(files, self.path, self.stage)

    def clear(self) -> None:
        """Remove what only an unfinished run needs."""
        shutil.rmtree(self.work, ignore_errors=True)
        disk.sync_folder(self.path)


def describe(plan: Plan) -> manifest.Manifest:
    """The manifest of a plan, without the files that are still to be made.

    Parameters
    ----------
    plan : Plan
        The plan of the ensemble.

    Returns
    -------
    manifest.Manifest
    """
    return manifest.Manifest(
        case=plan.case.name,
        run_id=plan.run_id,
        inputs=plan.case.files(),
        model_digest=digest(),
        seed=plan.seed,
        settings=plan.settings,
        version=manifest.version(),
        environment=manifest.environment(),
    )


def open_folder(plan: Plan, path: Path, where: str, owner: str = "all") -> Folder:
    """Open a folder for a plan: a new one, or one that holds the same run, finished or not.

    Parameters
    ----------
    plan : Plan
        What is to be run.
    path : Path
        The folder.
    where : str
        Name or folder of the case, for a later --resume.
    owner : str, default 'all'
        Name of this process among those that work on the folder.

    Raises
    ------
    BadInput
        When the folder holds something else, or a run that this plan, model or platform would not continue bit for bit.
    """
    folder, fresh = Folder(Path(path), owner), describe(plan)
    others = [p.name for p in folder.path.iterdir() if p.name != WORK] if folder.path.is_dir() else []
    recorded = folder.recorded()  # read after the listing: another process may have begun the same run in between
    if recorded is None:
        if others:
            what = f"holds {others[0]} and no run"
            raise BadInput([Fault(str(path), None, what, "a new or empty folder", "name another folder with --out")])
        noted = json.dumps({"case": where, "manifest": asdict(fresh)}, indent=2, ensure_ascii=False) + "\n"
        unique = replace(folder, owner=f"{owner}-{uuid.uuid4().hex[:8]}")
        unique.place({f"{WORK}/plan.json": noted.encode()})
        return folder
    reasons = plans.unequal({**recorded.settings, "seed": recorded.seed, "case": recorded.case},
                            {**fresh.settings, "seed": fresh.seed, "case": fresh.case})
    reasons += manifest.mismatches(recorded, fresh.inputs, fresh.model_digest)
    if reasons:
        remedy = "name another folder with --out, or remove this one"
        raise BadInput([Fault(str(path), None, f"holds another run: {reason}", "the same run", remedy) for reason in reasons])
    return folder


def planned(path: Path) -> tuple[Plan, str]:
    """The plan of the run that a folder holds, and the name or folder of its case.

    Parameters
    ----------
    path : Path
        The folder.

    Returns
    -------
    tuple[Plan, str]

    Raises
    ------
    BadInput
        When the folder holds no ensemble, or its case cannot be loaded.
    """
    folder = Folder(Path(path))
    recorded = folder.recorded()
    if recorded is None or recorded.settings.get("kind") != "ensemble":
        expected = "a folder that 'simulate --out' began"
        raise BadInput([Fault(str(path), None, "no run to take up", expected, "give CASE and EXPLANATION to begin one")])
    noted = folder.plan_file()
    where = noted["case"] if noted else recorded.case
    return restore(recorded, where), where


def restore(recorded: manifest.Manifest, where: str) -> Plan:
    """The plan that a manifest records, on the case of that name or folder.

    Parameters
    ----------
    recorded : manifest.Manifest
        The manifest.
    where : str
        Name or folder of the case.

    Returns
    -------
    Plan
    """
    case, settings = load(where), recorded.settings
    if settings["as_of"] != case.as_of.isoformat():
        case = case.at(settings["as_of"])
    names = () if settings["series"] == "all" else settings["series"]
    return plans.plan(case, settings["explanation"], settings["draws"], recorded.seed, days=settings["days"], by=settings["by"],
                      series=names, shard=settings["shard"], summary=settings["summary"], device=settings.get("device", "cpu"))
