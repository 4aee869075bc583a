"""Calibrated: the trial on simulated data sets and the forecasts from earlier days that belong to a study's case and model.

Shipped ones lie beside the shipped answers (`answers/CASE/recovery.json`, `backtest.json`); `interlope recover` and `interlope backtest`
write theirs into folders beside studies.
"""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import TypeVar

from interlope.errors import BadInput
from interlope.manifest import files, stored
from interlope.pipeline.completed import complete
from interlope.recovery.scores import LEADING, measure_gap
from interlope.reporting import backtest, record
from interlope.reporting.answer.calibration import counts_resolved
from interlope.reporting.recovery import SUMMARY
from interlope.results.backtest import StoredBacktest
from interlope.results.confidence import Calibration
from interlope.results.recovery import RecoverySummary
from interlope.results.study import StudyRecord

Whole = TypeVar("Whole")


def attach(study: StudyRecord, out: Path) -> StudyRecord:
    """The record with the trial and the backtest that belong to it, if there are any, and confidence rated, in the words of this version.

    Results of an earlier version are completed from their case's files; see `completed`.
    """
    study = complete(study)
    summary = find(study, out)
    unrated = study.model_copy(update={"recovery": summary, "backtest": find_backtest(study, out), "confidence": None})
    return record.rate(unrated, None if summary is None else to_calibration(summary, study.status == "ok"))


def to_calibration(summary: RecoverySummary, resolved: bool) -> Calibration:
    """What confidence is judged by: how far what the leading explanation got lies from how often it was true.

    A `resolved` study is judged by the data sets that resolved, where they are enough; else all count.
    """
    alone, bins = counts_resolved(summary, resolved), []
    for b in summary.reliability:
        mean = b.resolved_mean if alone and b.resolved_mean is not None else b.mean
        row = (b.resolved, b.resolved_true) if alone else (b.count, b.true)
        bins += [(*row, mean)] if b.explanation == LEADING and row[0] and mean is not None else []
    gap, chance = measure_gap(bins) if bins else (None, 0.0)
    return Calibration(data_sets=summary.resolved if alone else summary.data_sets, gap=gap, chance=chance,
                       unresolved=0 if alone else summary.data_sets - summary.resolved, record=summary.about.run_id)


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

    return max(filter(wanted, _list_trials(study.case.name, out)), key=rank, default=None)


def find_backtest(study: StudyRecord, out: Path) -> StoredBacktest | None:
    """The backtest of the same case files and model, whatever the study's day of knowledge, as origins have days of their own; None where
    there is none.

    Of several, one with the method that is installed comes first, then the one with most figures.
    """
    from interlope.inference.method import method

    def wanted(whole: StoredBacktest) -> bool:
        return (whole.about.case_sha256, whole.about.model_digest) == (study.case.sha256, study.model_digest)

    def rank(whole: StoredBacktest) -> tuple[bool, int]:
        return whole.about.method == method(), len(whole.result.rows)

    return max(filter(wanted, _list_backtests(study.case.name, out)), key=rank, default=None)


def find_shipped() -> Path:
    """Folder of what comes with the package."""
    return Path(str(resources.files("interlope"))) / "answers"


def _list_trials(case: str, out: Path) -> Iterator[RecoverySummary]:
    """Trials of a case that are shipped or lie in a folder."""
    paths = [find_shipped() / Path(case).name / SUMMARY, *_list_files(out, f"{glob.escape(case)}-recovery-*/{SUMMARY}")]
    return _read_sound(paths, lambda path: stored.parse(RecoverySummary, stored.read_bytes(path), path))


def _list_backtests(case: str, out: Path) -> Iterator[StoredBacktest]:
    """Backtests of a case that are shipped or lie in a folder; there, files have to be those of its manifest."""
    yield from _read_sound([find_shipped() / Path(case).name / backtest.SUMMARY],
                           lambda path: stored.parse(StoredBacktest, stored.read_bytes(path), path))
    yield from _read_sound(_list_files(out, f"{glob.escape(case)}-backtest-*"), backtest.load_stored)


def _list_files(out: Path, pattern: str) -> list[Path]:
    """What in a folder has such a name, in order; nothing where there is no folder."""
    return sorted(out.glob(pattern)) if files.tell_kind(out) == "a folder" else []


def _read_sound(paths: Iterable[Path], read: Callable[[Path], Whole]) -> Iterator[Whole]:
    """What lies at paths; what is not there or cannot be read is passed over, as nobody asked for it."""
    for path in paths:
        try:
            if files.tell_kind(path):
                yield read(path)
        except BadInput:
            continue
