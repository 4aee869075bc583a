"""Calibrated: the trial on simulated data sets that belongs to a study's case and model, where one is shipped or was run here.

Shipped ones lie beside the shipped answers (`answers/CASE/recovery.json`); `interlope recover` writes its own into a folder beside studies.
"""

from __future__ import annotations

import glob
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from interlope.errors import BadInput
from interlope.manifest import files, stored
from interlope.pipeline.completed import complete
from interlope.recovery.scores import LEADING
from interlope.reporting import record
from interlope.reporting.recovery import SUMMARY
from interlope.results.confidence import Calibration
from interlope.results.recovery import RecoverySummary
from interlope.results.study import StudyRecord


def attach(study: StudyRecord, out: Path) -> StudyRecord:
    """The record with the trial that belongs to it, if there is one, and confidence rated with it, in the words of this version.

    Results of an earlier version are completed from their case's files; see `completed`.
    """
    study = complete(study)
    summary = find(study, out)
    unrated = study.model_copy(update={"recovery": summary, "confidence": None})
    return record.rate(unrated, None if summary is None else to_calibration(summary))


def to_calibration(summary: RecoverySummary) -> Calibration:
    """What confidence is judged by: the mean distance between what the leading explanation got and how often it was true."""
    bins = [b for b in summary.reliability if b.explanation == LEADING and b.count and b.mean is not None]
    gap = sum(b.count * abs(b.mean - b.true / b.count) for b in bins if b.mean is not None) / max(sum(b.count for b in bins), 1)
    return Calibration(data_sets=summary.data_sets, gap=gap if bins else None, record=summary.about.run_id)


def find(study: StudyRecord, out: Path) -> RecoverySummary | None:
    """The trial of the same case files, day of knowledge and model on all the evidence; None where there is none.

    Of several, one with the method that is installed and the study's own effort comes first, then the one with most data sets.
    """
    from interlope.inference.method import method

    def wanted(summary: RecoverySummary) -> bool:
        about = summary.about
        return (about.case_sha256, about.as_of, about.model_digest, about.without) == (study.case.sha256, study.case.as_of,
                                                                                      study.model_digest, "")

    def rank(summary: RecoverySummary) -> tuple[bool, bool, int]:
        return summary.about.method == method(), summary.about.mode == study.mode, summary.data_sets

    return max(filter(wanted, _stored(study.case.name, out)), key=rank, default=None)


def find_shipped() -> Path:
    """Folder of the trials that come with the package."""
    return Path(str(resources.files("interlope"))) / "answers"


def _stored(case: str, out: Path) -> Iterator[RecoverySummary]:
    """Trials of a case that are shipped or lie in a folder; what cannot be read is passed over, as nobody asked for it."""
    here = sorted(out.glob(f"{glob.escape(case)}-recovery-*/{SUMMARY}")) if files.tell_kind(out) == "a folder" else []
    for path in (find_shipped() / Path(case).name / SUMMARY, *here):
        try:
            if files.tell_kind(path):
                yield stored.parse(RecoverySummary, stored.read_bytes(path), path)
        except BadInput:
            continue
