"""Seek: how much each candidate is expected to teach, with its error and what chance alone would give."""

from __future__ import annotations

from collections.abc import Sequence

from interlope.reporting.answer.seek import is_unshown, tell_remark
from interlope.reporting.figures.figure import Figure
from interlope.reporting.numerals import estimate, nats, number
from interlope.reporting.svg import Pen, Scale, draw_both, fit_words, x_axis
from interlope.reporting.tables import Column, table
from interlope.results.seek import CandidateEvidence, SeekResult

MOST = 16  # candidates drawn; the table holds all
ROW, BAR = 26.0, 12.0
UNKNOWN = ("error", "part", "leader_changes", "words_change")  # of a gain that could not be shown

COLUMNS = (
    Column("id", "evidence"),
    Column("what", "what would be observed"),
    Column("who", "by whom"),
    Column("letter", "letter"),
    Column("gain", "expected information gain, nats", nats, True),
    Column("error", "its error", nats, True),
    Column("by_chance", "by chance alone", nats, True),
    Column("part", "part of the doubt removed", estimate, True),
    Column("leader_changes", "another explanation leads", estimate, True),
    Column("words_change", "headline changes", estimate, True),
    Column("days", "days", numeric=True),
    Column("cost", "cost", numeric=True),
    Column("cost_unit", "unit of cost"),
    Column("note", "remark"),
)


def figure_gain(seek: SeekResult) -> Figure:
    """Draw the expected gain of the most telling candidates as bars, each with its error and what chance alone gives."""
    drawn = seek.candidates[:MOST]
    top = max([(c.gain or 0.0) + 2 * (c.error or 0.0) for c in drawn], default=0.0)

    def draw(width: float) -> Pen:
        narrow = width < 600
        left, above = (10.0, 17.0) if narrow else (250.0, 0.0)
        pen = Pen(width, 16 + len(drawn) * (ROW + above) + 46)
        scale = Scale(0.0, max(top * 1.05, 0.01), left + 6, width - 20)
        bottom = pen.height - 46
        x_axis(pen, scale, 8, bottom, "expected information gain, nats", about=4 if narrow else 7)
        for i, c in enumerate(drawn):
            y = 16 + i * (ROW + above)
            words = fit_words(c.id, width - 20 if narrow else left - 20)
            pen.text(left if narrow else left - 10, y + (12 if narrow else 14), words, "t strong small halo" if narrow else "t",
                     "start" if narrow else "end")
            _bar(pen, scale, c, y + above + (ROW - BAR) / 2 - 3)
        return pen

    caption = "What further evidence is expected to teach, the most telling first"
    behind = table("seek", caption, COLUMNS, [_fill(c) for c in seek.candidates], layout="wide")
    more = len(seek.candidates) - len(drawn)
    often = "once in ten" if seek.earlier else "once in twenty"
    note = (f"Bar: gain. Line: one standard error on either side. Open mark: what shuffled names of the explanations exceed {often}. "
            "Where a gain could not be shown, none is drawn. "
            f"The doubt that is there to be removed, the entropy of the explanations' probabilities, is {number(seek.doubt, 2)} nats "
            "(units of the natural logarithm: 0.69 is an even chance between two)."
            + (f" The {more} least telling are in the table only." if more else ""))
    return Figure("seek", "Expected information gain of further evidence", note, draw_both(draw, "Expected gain by candidate"), behind)


def _fill(c: CandidateEvidence) -> list[object]:
    """A candidate's cells; of a gain that could not be shown the lower bound alone."""
    blank = UNKNOWN if is_unshown(c) else ()
    return [None if k.key in blank else tell_remark(c) if k.key == "note" else getattr(c, k.key) for k in COLUMNS]


def _bar(pen: Pen, scale: Scale, candidate: CandidateEvidence, y: float) -> None:
    """One bar with its error and the mark of chance."""
    size, error = candidate.gain or 0.0, candidate.error or 0.0
    if is_unshown(candidate):
        pen.text(scale(0) + 4, y + BAR - 2, "could not be shown", "t small")
        return
    title = f"{candidate.id}: {nats(size)} ± {nats(error)} nats"
    pen.rect(scale(0), y, max(scale(size) - scale(0), 1.5), BAR, "muted" if candidate.automatic else "ink", title, r=2)
    pen.line(scale(size - error), y + BAR / 2, scale(size + error), y + BAR / 2, "tick", title)
    if candidate.by_chance:
        pen.diamond(scale(candidate.by_chance), y + BAR / 2, 4.0, "hollow", f"chance alone: {nats(candidate.by_chance)} nats")


def legend_of(candidates: Sequence[CandidateEvidence]) -> tuple[str, ...]:
    """What the two shades of bars stand for, of those that are drawn."""
    kinds = {c.automatic for c in candidates[:MOST]}
    words = {False: "dark: listed by the case", True: "grey: a claim asked again of an independent source of letter B"}
    return tuple(words[k] for k in (False, True) if k in kinds)
