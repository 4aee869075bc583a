"""Calibration: how often odds like these were right where the truth was known, and what could be told apart."""

from __future__ import annotations

import shlex

from interlope.recovery.scores import LEADING
from interlope.reporting.numerals import estimate, percent, plural
from interlope.reporting.recovery import FEW, command, tell_ends
from interlope.reporting.words import listing
from interlope.results.recovery import RecoverySummary, ReliabilityBin
from interlope.results.study import StudyRecord


def tell_calibration(study: StudyRecord) -> list[str]:
    """Say of how many simulated data sets with odds like these the explanation was true, or that it was not measured.

    Parameters
    ----------
    study : StudyRecord
        The results, with the trial that belongs to them where there is one.

    Returns
    -------
    list of str
        Nothing where a single explanation is compared with nothing.
    """
    if study.alone:
        return []
    summary = study.recovery
    if summary is None:
        given = shlex.join(["interlope", "recover", study.case.name, "--as-of", study.case.as_of])
        return [f"How often odds like these are right was not measured for this case and model: `{given}` does it."]
    known = [(e.name, e.probability) for e in study.weigh.ranked if e.probability is not None]
    asked = {a.explanation for a in study.asks if a.explanation}
    pairs = [(LEADING, *pair) for pair in known[:1]] + [(name, name, p) for name, p in known[1:] if name in asked]
    each = [text for row_of, name, p in pairs if (text := _tell_bin(summary, row_of, name, p))]
    return [f"{_tell_basis(study, summary)} {' '.join(each)}", _tell_apart(summary)]


def _tell_basis(study: StudyRecord, summary: RecoverySummary) -> str:
    """What was tried, and where that is not quite what was run here."""
    from interlope.inference.method import method

    speed = f"{summary.about.mode} fits" if not summary.about.budget else f"fits of {summary.about.budget} replicates"
    doubts = [] if summary.about.mode == study.mode else [f"this is a {study.mode} run"]
    doubts += [] if summary.about.method == method() else ["tried with an earlier version of the method"]
    return (f"Tried on {plural(summary.data_sets, 'simulated data set')} with known truth ({speed}, seed {summary.about.seed}"
            f"{''.join(f'; {d}' for d in doubts)}), {percent(summary.resolved / summary.data_sets)} of them resolved.")


def _tell_bin(summary: RecoverySummary, row_of: str, name: str, probability: float) -> str:
    """Say how often what got such a probability was true."""
    row = next((b for b in summary.reliability if b.explanation == row_of and _holds(b, probability)), None)
    if row is None:
        return ""
    who = f"the leading explanation got {tell_ends(row)}, as {name} ({estimate(probability)}) here" if row_of == LEADING else \
        f"{name} got {tell_ends(row)} ({estimate(probability)} here)"
    if row.count < FEW:
        return f"Only {row.count} of them are such that {who}: too few to say how often that is true."
    return (f"Of the {row.count} where {who}, it was true in {row.true} ({percent(row.true / row.count)}; 90% interval "
            f"{percent(row.q05)} to {percent(row.q95)}).")


def _holds(row: ReliabilityBin, probability: float) -> bool:
    return row.low <= probability < row.high or probability == row.high == 1.0


def _tell_apart(summary: RecoverySummary) -> str:
    """Say what can be told apart: how often each explanation was the most probable one where it was true."""
    each = [f"{r.truth} in {r.resolved.get(r.truth, 0) + r.unresolved.get(r.truth, 0)} of {r.data_sets}" for r in summary.confusion
            if r.data_sets]
    return f"Where each was true, it was the most probable: {listing(each)} (`{command(summary)}`)."
