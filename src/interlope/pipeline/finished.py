"""Finished: complete results of the same run that are already there, verified before they are shown; and one process for each run."""

from __future__ import annotations

import glob
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date

from interlope import manifest
from interlope.errors import BadInput, Fault
from interlope.jit.compile import digest
from interlope.manifest import files
from interlope.pipeline.plan import PlannedRun, Say, Study, list_fit_settings
from interlope.reporting import record as records
from interlope.results.study import StudyRecord
from interlope.storage import disk, store

LOCK = "lock"


@contextmanager
def only_one(planned: PlannedRun) -> Iterator[None]:
    """Let no second process work on the same run meanwhile; a link in the place of its hidden folder is refused."""
    files.refuse_link(planned.partial)
    try:
        with disk.lock(planned.partial / LOCK):
            try:
                yield
            finally:
                if [p.name for p in planned.partial.glob("*")] == [LOCK]:
                    shutil.rmtree(planned.partial, ignore_errors=True)
    except disk.Locked:
        raise BadInput([Fault(str(planned.folder), None, "another process is making it", "one process for each run",
                              "wait for that one or stop it")]) from None


def tidy(planned: PlannedRun) -> None:
    """Remove the hidden folder of a run that is finished, left by a kill at the very end; not while another process works in it."""
    if files.tell_kind(planned.partial) != "a folder":
        return
    with suppress(disk.Locked, OSError), disk.lock(planned.partial / LOCK):  # a disk that can only be read keeps it
        shutil.rmtree(planned.partial, ignore_errors=True)


def find_weighed(planned: PlannedRun) -> Study | None:
    """Complete results of another run with the same fit, verified; None where there are none.

    Such a run differs in how its options were compared; what it says of the explanations is the same.
    """
    wanted = json.loads(manifest.canonical(list_fit_settings(planned.case, planned.plan)))
    about_us = (planned.plan.seed, digest(), planned.case.sha256)
    for folder in sorted(planned.folder.parent.glob(f"{glob.escape(planned.case.name)}-*")):
        if not files.tell_kind(folder / manifest.FILE):
            continue
        try:
            about = manifest.read(folder)
            same = (about.seed, about.model_digest, about.case_sha256) == about_us
            if not same or {name: about.settings.get(name) for name in wanted} != wanted:
                continue
            manifest.refuse_changed(about, folder)
            record = records.rate(records.load(folder))
        except BadInput:
            continue  # damaged, or no study: nobody asked for that one
        return Study(planned.case, planned.plan, about.run_id, folder, record, about.stages, reused=True)
    return None


def find(planned: PlannedRun, note: Say) -> Study | None:
    """Complete results of the same run, verified; None where there are none.

    Raises
    ------
    BadInput
        When a file was changed since it was written, or the folder holds another run.
    """
    files.refuse_link(planned.folder)
    store.recover(planned.folder)
    if not files.tell_kind(planned.folder / manifest.FILE):
        if files.tell_kind(planned.folder):
            note(f"{planned.folder} holds no {manifest.FILE}: it is made again.")
        return None
    about = manifest.read(planned.folder)
    if about.run_id != planned.run_id:
        raise BadInput([Fault(str(planned.folder), None, f"holds run {about.run_id[:40]}", f"run {planned.run_id}", manifest.AGAIN)])
    manifest.refuse_changed(about, planned.folder)
    record = records.rate(records.load(planned.folder))
    return Study(planned.case, planned.plan, planned.run_id, planned.folder, record, about.stages, reused=True)


def describe(planned: PlannedRun, record: StudyRecord, stages: Mapping[str, float]) -> manifest.Manifest:
    """What the results of a run were made from, and how long each stage took [s]."""
    return manifest.Manifest(
        case=planned.case.name,
        run_id=planned.run_id,
        model_digest=record.model_digest,
        inputs=planned.case.files(),
        seed=planned.plan.seed,
        settings=record.settings,
        version=manifest.version(),
        environment=manifest.environment(),
        stages=dict(stages),
        created=date.today().isoformat(),
        case_sha256=planned.case.sha256,
    )
