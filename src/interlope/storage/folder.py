"""Folder: where an ensemble lies, whether what is there belongs to the same question, and what is left to do.

A finished folder holds `replicates.zarr` or `summary.zarr`, `overview.csv` and `manifest.json`. Until then a hidden folder
`.unfinished` holds the plan, the journals and what the shards hand on; it is removed at the end.
"""
from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from interlope import manifest
from interlope.errors import BadInput, Fault
from interlope.jit.compile import digest
from interlope.manifest import files, stored
from interlope.scenario.case import load
from interlope.scenario.folder import find_located, locate
from interlope.storage import disk
from interlope.storage import plan as plans
from interlope.storage.plan import EnsembleSettings, Plan

EARLIER_STORE = "histories.zarr"  # what earlier versions called STORE
STORE, SUMMARY, OVERVIEW, WORK, PLAN = "replicates.zarr", "summary.zarr", "overview.csv", ".unfinished", "plan.json"


class Begun(BaseModel):
    """What an unfinished run notes when it begins: its case, by name where it is shipped, else by folder, and its manifest so far."""

    model_config = ConfigDict(extra="forbid", strict=True)

    case: str
    manifest: manifest.Manifest


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
        return files.tell_kind(self.path / manifest.FILE) != ""

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
        begun = self.begun()
        return None if begun is None else begun.manifest

    def begun(self) -> Begun | None:
        """What was noted when the unfinished run began; None when nothing was.

        Raises
        ------
        Damaged
            When it cannot be read, or is not as it was written.
        """
        path = self.work / PLAN
        if not files.tell_kind(path):
            return None
        contents = stored.read_sealed(path, PLAN)
        begun = stored.parse(Begun, contents, path)
        stored.read_sealed(path, PLAN, begun.manifest.run_id)
        return begun

    def place(self, contents: dict[str, bytes]) -> None:
        """Put files in their places so that none is ever half there."""
        disk.place(contents, self.path, self.stage)

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


def open_folder(plan: Plan, path: Path, say: Callable[[str], None], owner: str = "all") -> Folder:
    """Open a folder for a plan: a new one, or one that holds the same run, finished or not.

    Parameters
    ----------
    plan : Plan
        What is to be run.
    path : Path
        The folder.
    say : callable
        Called with a sentence where the note of what was begun is damaged and written again.
    owner : str, default 'all'
        Name of this process among those that work on the folder.

    Raises
    ------
    BadInput
        When the folder holds something else, or a run that this plan, model or platform would not continue bit for bit.
    """
    folder, fresh = Folder(Path(path), owner), describe(plan)
    others = [p.name for p in folder.path.iterdir() if p.name != WORK] if folder.path.is_dir() else []
    recorded, noted = _recorded(folder, say)  # read after the listing: another process may have begun the same run in between
    if recorded is None:
        if foreign := [name for name in others if not noted or name not in (STORE, SUMMARY, OVERVIEW)]:
            what = f"holds {foreign[0]} and no run"
            raise BadInput([Fault(str(path), None, what, "a new or empty folder", "name another folder with --out")])
        files.inspect(folder.path)  # once it is a folder of ours: others may hold a whole disk
        begun = Begun(case=locate(plan.case.folder), manifest=fresh)
        unique = replace(folder, owner=f"{owner}-{uuid.uuid4().hex[:8]}")
        unique.place({f"{WORK}/{PLAN}": stored.seal(begun.model_dump_json().encode(), PLAN, fresh.run_id)})
        return folder
    reasons = plans.unequal({**recorded.settings, "seed": recorded.seed, "case": recorded.case},
                            {**fresh.settings, "seed": fresh.seed, "case": fresh.case})
    reasons += manifest.mismatches(recorded, fresh.inputs, fresh.model_digest)
    if reasons:
        remedy = "name another folder with --out, or remove this one"
        raise BadInput([Fault(str(path), None, f"holds another run: {reason}", "the same run", remedy) for reason in reasons])
    files.inspect(folder.path)
    return folder


def _recorded(folder: Folder, say: Callable[[str], None]) -> tuple[manifest.Manifest | None, bool]:
    """The manifest of the run that is here, and whether one was begun here; a damaged note of that is set aside."""
    try:
        recorded = folder.recorded()
        return recorded, recorded is not None
    except stored.Damaged as fault:
        if folder.finished:
            raise
        stored.set_aside(folder.work / PLAN)
        say(f"{fault}. It is written again.")
        return None, True


def planned(path: Path) -> Plan:
    """The plan of the run that a folder holds.

    Parameters
    ----------
    path : Path
        The folder.

    Returns
    -------
    Plan

    Raises
    ------
    BadInput
        When the folder holds no ensemble, or its case cannot be loaded.
    """
    folder = Folder(Path(path))
    try:
        recorded = folder.recorded()
    except stored.Damaged as fault:
        again = [replace(f, remedy="give CASE and EXPLANATION with the options that began the run") for f in fault.faults]
        raise BadInput(fault.faults if folder.finished else again) from fault
    if recorded is None or recorded.settings.get("kind") != "ensemble":
        expected = "a folder that 'simulate --out' began"
        raise BadInput([Fault(str(path), None, "no run to take up", expected, "give CASE and EXPLANATION to begin one")])
    files.inspect(folder.path)
    begun = None if folder.finished else folder.begun()
    where = begun.case if begun else recorded.case
    return restore(recorded, find_located(where), Path(path))


def restore(recorded: manifest.Manifest, where: str | Path, path: Path) -> Plan:
    """The plan that a manifest records, on the case of that name or folder.

    Parameters
    ----------
    recorded : manifest.Manifest
        The manifest.
    where : str or Path
        Name or folder of the case.
    path : Path
        Where the manifest lies, for messages.

    Returns
    -------
    Plan

    Raises
    ------
    BadInput
        When the settings are none of an ensemble.
    """
    settings = stored.parse(EnsembleSettings, manifest.canonical(recorded.settings).encode(), path)
    case = load(where)
    if settings.as_of != case.as_of.isoformat():
        case = case.at(settings.as_of)
    names = () if settings.series == "all" else settings.series
    return plans.plan(case, settings.explanation, settings.draws, recorded.seed, days=settings.days, by=settings.by,
                      series=names, shard=settings.shard, summary=settings.summary, device=settings.device)
