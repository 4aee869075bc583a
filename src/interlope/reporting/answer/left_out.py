"""Left out: which claims and figures the answer does not rest on, and why, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence

from interlope.reporting.numerals import day, plural
from interlope.reporting.words import listing, tell_later
from interlope.results.envelope import Reason
from interlope.results.study import StudyRecord
from interlope.results.weighing import DroppedEvidence

SHOWN = 3  # claims, or series, that a sentence gives with their reason before it counts the rest
REMEDY = "change the window or period, or the day of knowledge (--as-of), or say in the dossier why it carries no likelihood"
ALONE = "the case has one explanation, and a probability needs another one to compare it with"


def tell_left_out(left_out: Sequence[DroppedEvidence]) -> list[str]:
    """Say what should have been weighed and could not be, with why; figures of one series together.

    >>> tell_left_out([DroppedEvidence(id="T1", reason="its window ends on 2030-02-25, after 2030-02-19")])
    ['Left out of the odds: T1 (its window ends on 2030-02-25, after 2030-02-19).']
    """
    groups: dict[str, list[DroppedEvidence]] = {}
    for item in left_out:
        groups.setdefault(item.id.partition(":")[0], []).append(item)
    parts = []
    for name, items in list(groups.items())[:SHOWN]:
        figures = ":" in items[0].id
        what = items[0].id if len(items) == 1 else f"{plural(len(items), 'figure')} of {name}" if figures else name
        parts.append(f"{what} ({items[0].reason})")
    more = len(groups) - SHOWN
    parts += [f"{more} more"] if more > 0 else []
    return [f"Left out of the odds: {listing(parts)}."] if parts else []


def tell_unweighed(study: StudyRecord) -> list[str]:
    """Say what is not weighed because the case or the day of knowledge says so: kept back, published later, without a likelihood."""
    claims, dropped = study.dossier.claims, {d.id for d in study.weigh.dropped}
    back = [c.id for c in claims if c.holdout and not c.why]
    parts = [f"{'claim' if len(back) == 1 else 'claims'} {listing(back)} (kept back by the case, to be predicted)"] if back else []
    parts += [f"{tell_later(study.dossier.later)} not known yet on {day(study.case.as_of)}"] if study.dossier.later else []
    later = dict(study.dossier.later_figures)
    for row in study.weigh.heldout.rows if study.weigh.heldout and not later else []:
        later[row.series] = later.get(row.series, 0) + 1
    if later:
        figures = listing([f"{plural(count, 'figure')} of {name}" for name, count in later.items()])
        parts.append(f"{figures} (published after {day(study.case.as_of)})")
    silent = [c for c in claims if not c.likelihood and not c.holdout and c.id not in dropped]
    parts += [f"{plural(len(silent), 'claim')} without a likelihood (the dossier says why)"] if silent else []
    return [f"Not weighed: {'; '.join(parts)}."] if parts else []


def list_notices(study: StudyRecord) -> list[Reason]:
    """What the reasons of a result say beside failed checks: evidence left out, and that one explanation has no probability."""
    notices = [Reason(code="left-out", text=f"{item.id} is left out of the odds: {item.reason}", remedy=REMEDY)
               for item in study.weigh.dropped]
    if study.alone:
        notices.append(Reason(code="one-explanation", text=f"'{study.alone}' has no probability: {ALONE}",
                              remedy="add a rival explanation in hypotheses/"))
    return notices
