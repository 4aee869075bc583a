"""Recovery: truth against choice, reliability, distribution of ranks and coverage, for files that stand alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from interlope.recovery import uniformity
from interlope.recovery.scores import ALL, LEADING
from interlope.recovery.summary import LEAST_RANKS, list_ranks
from interlope.reporting.figures.sensitivity import SHADES, STEPS, stand_alone
from interlope.reporting.numerals import percent
from interlope.reporting.svg import Pen, Scale, x_axis, y_axis
from interlope.results.recovery import RecoveredDataSet, RecoverySummary, ReliabilityBin

LEFT, HEAD = 190.0, 66.0
MORE = (".grid{stroke:#e3e3df}.small{font-size:11px}.band{fill:#deebf4}.curve{fill:none;stroke:#7d868d;stroke-opacity:.55}.far{fill:none;"
        "stroke:#b3401f;stroke-width:1.6}.mark{fill:#1f6da3}.whisker{stroke:#1f6da3;stroke-width:1.6}"
        ".dash{stroke:#5b656e;stroke-dasharray:4 3}")


def draw_matrix(summary: RecoverySummary) -> str:
    """Draw truth against choice: shade by the part of the truth's data sets; those not resolved in a column of their own."""
    names, cell, line = summary.names, 96.0, 34.0
    pen = _begin(LEFT + cell * (len(names) + 1) + 14, HEAD + 34 + line * len(names), "Truth, and the explanation chosen",
                 "Rows: simulated from. Columns: the most probable, of resolved results; the others in the last one.")
    for k, name in enumerate([*names, "not resolved"]):
        pen.text(LEFT + cell * (k + 0.5), HEAD + 14, name, "strong", "middle")
    for i, row in enumerate(summary.confusion):
        y = HEAD + 24 + line * i
        pen.text(14, y + 20, f"{row.truth} ({row.data_sets})", "strong")
        for k, count in enumerate([*(row.resolved[n] for n in names), sum(row.unresolved.values())]):
            part = count / row.data_sets if row.data_sets else 0.0
            step = sum(part >= s for s in STEPS)
            pen.rect(LEFT + cell * k + 1, y, cell - 2, line - 3, f"s{step}", f"{row.truth}: {count} of {row.data_sets}", r=2)
            words = f"{count} ({percent(part)})" if row.data_sets else "0"
            pen.text(LEFT + cell * (k + 0.5), y + 20, words, "light" if step >= len(SHADES) - 2 else "", "middle")
    return stand_alone(pen, "Truth against choice", MORE)


def draw_reliability(summary: RecoverySummary) -> str:
    """Draw how often an explanation is true by the probability it got: the leading one, then each by itself."""
    groups = [LEADING, *summary.names]
    side, gap = 230.0, 60.0
    pen = _begin(60 + (side + gap) * len(groups), HEAD + side + 76, "How often what is called so probable is true",
                 "Share of data sets with its exact 90 % interval; below each mark the number of data sets. On the line: right.")
    for k, name in enumerate(groups):
        left = 52 + (side + gap) * k
        x, y = Scale(0.0, 1.0, left, left + side), Scale(0.0, 1.0, HEAD + side + 14, HEAD + 14)
        pen.text(left + side / 2, HEAD + 4, "leading explanation" if name == LEADING else name, "strong", "middle")
        x_axis(pen, x, y.stop, y.start, "probability given", percent)
        y_axis(pen, y, left, left + side, percent)
        pen.line(x(0), y(0), x(1), y(1), "dash")
        for row in summary.reliability:
            if row.explanation == name and row.count:
                _put_bin(pen, x, y, row)
    return stand_alone(pen, "Reliability of the probabilities", MORE)


def _put_bin(pen: Pen, x: Scale, y: Scale, row: ReliabilityBin) -> None:
    """Draw one bin: mark, interval and number of data sets."""
    at, share = x(row.mean or 0.0), row.true / row.count
    pen.line(at, y(row.q05 or 0.0), at, y(row.q95 or 0.0), "whisker")
    pen.dot(at, y(share), 4, "mark", f"{row.true} of {row.count}")
    pen.text(at + 6, y(share) + 13, str(row.count), "small dim")


def draw_ranks(records: Sequence[RecoveredDataSet], summary: RecoverySummary) -> str:
    """Draw the distribution of every rank less the diagonal, in simultaneous 99 % bands of one curve; those called non-uniform in red."""
    rejected = {t.name for t in summary.uniformity if t.rejected}
    ranks = {key: values for key, values in list_ranks(records).items() if len(values) >= LEAST_RANKS}
    kinds = [kind for kind in ("parameter", "quantity") if any(k == kind for k, _ in ranks)]
    side, tall, gap = 380.0, 220.0, 70.0
    pen = _begin(60 + (side + gap) * max(len(kinds), 1), HEAD + tall + 76, "Ranks of the truth in its posterior",
                 "Cumulative share less the diagonal. Shaded: simultaneous 99 % bands for one curve of all data sets.")
    for k, kind in enumerate(kinds):
        curves = {name: values for (of, name), values in ranks.items() if of == kind}
        left, most = 58 + (side + gap) * k, max(map(len, curves.values()))
        points, low, high = uniformity.bands(most, 0.99)
        reach = 1.6 * float(np.max(high - points))
        x, y = Scale(0.0, 1.0, left, left + side), Scale(-reach, reach, HEAD + tall + 14, HEAD + 14)
        pen.text(left + side / 2, HEAD + 4, {"parameter": "parameters", "quantity": "quantities"}[kind], "strong", "middle")
        edge = [(x(z), y(v - z)) for z, v in zip(points, high)] + [(x(z), y(v - z)) for z, v in zip(points[::-1], low[::-1])]
        pen.shape(edge, "band")
        x_axis(pen, x, y.stop, y.start, "rank")
        y_axis(pen, y, left, left + side)
        for name, values in sorted(curves.items(), key=lambda item: item[0] in rejected):
            share = np.searchsorted(np.sort(values), points, side="right") / len(values)
            pen.path([(x(z), y(s - z)) for z, s in zip(points, share)], "far" if name in rejected else "curve")
    return stand_alone(pen, "Distribution of ranks", MORE)


def draw_coverage(summary: RecoverySummary) -> str:
    """Draw how many 50 and 90 % intervals hold the truth, by parameter and quantity, with binomial intervals."""
    names = list(dict.fromkeys(c.name for c in summary.coverage))
    cells = {(c.name, c.level): c for c in summary.coverage}
    line, wide, top = 18.0, 460.0, HEAD + 10
    left = 290.0
    pen = _begin(left + wide + 30, top + line * len(names) + 44, "How many intervals hold the truth",
                 "50 % and 90 % central intervals, with the 90 % interval of each share.")
    x, bottom = Scale(0.0, 1.0, left, left + wide), top + line * len(names)
    x_axis(pen, x, top, bottom, "share of data sets", percent)
    for level in (0.5, 0.9):
        pen.line(x(level), top, x(level), bottom, "dash")
    for i, name in enumerate(names):
        y = top + line * (i + 0.5)
        pen.text(left - 10, y + 4, name, "strong" if name == ALL else "", "end")
        for level in (0.5, 0.9):
            row = cells[name, level]
            if row.count:
                share = row.inside / row.count
                if row.q05 is not None and row.q95 is not None:
                    pen.line(x(row.q05), y, x(row.q95), y, "whisker")
                pen.dot(x(share), y, 3.4, "mark", f"{name}: {row.inside} of {row.count}")
    return stand_alone(pen, "Coverage of intervals", MORE)


def _begin(width: float, height: float, title: str, note: str) -> Pen:
    """A drawing with its title and one sentence."""
    pen = Pen(max(width, 640.0), height)
    pen.rect(0, 0, pen.width, pen.height, "paper")
    pen.text(14, 24, title, "title")
    pen.text(14, 43, note, "dim")
    return pen
