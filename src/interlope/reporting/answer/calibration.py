"""Calibration: how often odds like these were right where the truth was known, and what could be told apart."""

from __future__ import annotations

import shlex

from interlope.inference.evidence.confidence import FEWEST_SETS
from interlope.recovery.scores import LEADING, interval
from interlope.reporting.numerals import estimate, percent, plural
from interlope.reporting.recovery import FEW, command, tell_budget, tell_ends
from interlope.reporting.words import listing
from interlope.results.recovery import ConfusionRow, RecoverySummary, ReliabilityBin
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
    if summary.data_sets < FEWEST_SETS:
        return [f"How often odds like these are right is not known yet: of the {FEWEST_SETS} simulated data sets that it takes "
                f"{summary.data_sets} have been tried (`{command(summary, FEWEST_SETS)}`)."]
    alone = counts_resolved(summary, study.status == "ok")
    known = [(e.name, e.probability) for e in study.weigh.ranked if e.probability is not None]
    asked = {a.explanation for a in study.asks if a.explanation}
    pairs = [(LEADING, *pair) for pair in known[:1]] + [(name, name, p) for name, p in known[1:] if name in asked]
    each = [text for row_of, name, p in pairs if (text := _tell_bin(summary, row_of, name, p, alone))]
    return [f"{_tell_basis(study, summary, alone)} {' '.join(each)}", _tell_apart(summary, alone)]


def counts_resolved(summary: RecoverySummary, resolved: bool) -> bool:
    """Say whether a study, `resolved` or not, is compared with the data sets that resolved alone: where it is, and they are enough."""
    return resolved and summary.resolved >= FEWEST_SETS


def _tell_basis(study: StudyRecord, summary: RecoverySummary, alone: bool) -> str:
    """What was tried, which data sets are counted, and where that is not quite what was run here."""
    from interlope.inference.method import method

    about = summary.about
    doubts = [] if about.mode == study.mode else [f"this is a {study.mode} run"]
    doubts += [] if about.method == method() else ["tried with an earlier version of the method"]
    text = (f"Tried on {plural(summary.data_sets, 'simulated data set')} with known truth ({about.mode} fits, seed {about.seed}"
            f"{''.join(f'; {d}' for d in doubts)}), {percent(summary.resolved / summary.data_sets)} of them resolved")
    if summary.resolved < summary.data_sets:
        why = f"fewer than {FEWEST_SETS} resolved" if study.status == "ok" else "this run is not resolved"
        text += "; what follows is of these" if alone else f"; what follows counts the others in, as {why}"
    return f"{text}.{f' {tell_budget(about.budget)}.' if about.budget else ''}"


def _tell_bin(summary: RecoverySummary, row_of: str, name: str, probability: float, alone: bool) -> str:
    """Say how often what got such a probability was true."""
    row = next((b for b in summary.reliability if b.explanation == row_of and _holds(b, probability)), None)
    if row is None:
        return ""
    who = f"the leading explanation got {tell_ends(row)}, as {name} ({estimate(probability)}) here" if row_of == LEADING else \
        f"{name} got {tell_ends(row)} ({estimate(probability)} here)"
    count, true = (row.resolved, row.resolved_true) if alone else (row.count, row.true)
    if count < FEW:
        return f"Only {count} of them are such that {who}: too few to say how often that is true."
    low, high = interval(true, count)
    return f"Of the {count} where {who}, it was true in {true} ({percent(true / count)}; 90% interval {percent(low)} to {percent(high)})."


def _holds(row: ReliabilityBin, probability: float) -> bool:
    return row.low <= probability < row.high or probability == row.high == 1.0


def _tell_apart(summary: RecoverySummary, alone: bool) -> str:
    """Say what can be told apart: how often each explanation was the most probable one where it was true."""
    counts = [(r.truth, *_count(r, alone)) for r in summary.confusion]
    each = [f"{truth} in {right} of {total}" for truth, right, total in counts if total]
    return f"Where each was true, it was the most probable: {listing(each)} (`{command(summary)}`)."


def _count(row: ConfusionRow, alone: bool) -> tuple[int, int]:
    """In how many data sets of one truth it was the most probable, and how many there are; of the resolved ones `alone`, or of all."""
    right = row.resolved.get(row.truth, 0)
    return (right, sum(row.resolved.values())) if alone else (right + row.unresolved.get(row.truth, 0), row.data_sets)
