"""Held out: scores on values that were kept back, beside those of naive baselines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from interlope.reporting.figures.figure import Figure
from interlope.reporting.numerals import number, plural
from interlope.reporting.svg import Pen, Scale, draw_both
from interlope.reporting.tables import Column, table
from interlope.reporting.words import listing
from interlope.results.forecast import HeldOutRow

EQUAL = 1e-9  # difference of scores that is one of rounding


def tell_scores(scores: Mapping[str, float], rows: Sequence[HeldOutRow], model: str = "model") -> str:
    """Say which baselines the model does better than in the mean over the figures, and in how many of them it does.

    >>> row = dict(series="s", period="2023", observed=1.0, q05=0.0, q50=1.0, q95=2.0, baselines={"last value": 0.3})
    >>> tell_scores({"model": 0.2, "last value": 0.3}, [HeldOutRow(crps=x, **row) for x in (0.1, 0.2, 0.4)])
    'In the mean over 3 figures the model does better than each baseline. Figure by figure: better than last value in 2 of 3.'
    """
    rows = [r for r in rows if r.baselines]
    order = sorted((n for n in scores if n != model), key=lambda n: scores[n])
    better = [n for n in order if scores[n] < scores.get(model, 0.0)]
    mean = f"In the mean over {plural(len(rows), 'figure')} the model does "
    mean += f"worse than {', '.join(better)}." if better else "better than each baseline."
    wins = {n: sum(r.crps < r.baselines[n] for r in rows if n in r.baselines) for n in order}
    each = [f"better than {n} in {wins[n]} of {sum(n in r.baselines for r in rows)}" for n in order]
    if len(order) > 1:
        each.append(f"better than all of them in {sum(all(r.crps < x for x in r.baselines.values()) for r in rows)} of {len(rows)}")
    return f"{mean}{_tell_hanging(rows, order)} Figure by figure: {listing(each)}." if rows and each else mean


def _tell_hanging(rows: Sequence[HeldOutRow], names: Sequence[str]) -> str:
    """Name the baselines that the model betters in the mean by one figure alone, and that figure; empty where there are none.

    >>> row = dict(series="s", observed=1.0, q05=0.0, q50=1.0, q95=2.0)
    >>> each = [("2022", 0.3, 0.2), ("2023", 0.2, 0.1), ("2024", 0.2, 2.0)]
    >>> _tell_hanging([HeldOutRow(period=p, crps=x, baselines={"step model": y}, **row) for p, x, y in each], ["step model"])
    ' Without s 2024 step model does better.'
    """
    sentences = []
    for name in names:
        gains = [(r.baselines[name] - r.crps, f"{r.series} {r.period}") for r in rows if name in r.baselines]
        total = sum(gain for gain, _ in gains)
        if len(gains) > 2 and total > 0.0 and total - max(gains)[0] < -EQUAL:
            sentences.append(f" Without {max(gains)[1]} {name} does better.")
    return "".join(sentences)


def figure_scores(scores: Mapping[str, float], rows: Sequence[HeldOutRow] = (), model: str = "model") -> Figure:
    """Draw the mean score of the model and of the naive baselines on held-out values; shorter is better."""
    order = sorted(scores, key=lambda n: scores[n])
    high = max(scores.values()) * 1.15 or 1.0

    def draw(width: float) -> Pen:
        left = 120.0 if width < 600 else 210.0
        pen = Pen(width, 30.0 * len(order) + 14)
        scale = Scale(0.0, high, left, width - 60)
        for i, name in enumerate(order):
            y = 8 + 30.0 * i
            pen.text(left - 8, y + 15, name, "t strong" if name == model else "t", "end")
            pen.rect(left, y + 3, scale(scores[name]) - left, 17, "ink" if name == model else "muted")
            pen.text(scale(scores[name]) + 6, y + 16, number(scores[name]), "t small")
        return pen

    columns = (Column("forecast", "forecast"), Column("score", "mean CRPS of log(1 + y)", numeric=True))
    behind = table("held-out-scores", "Scores on values kept back", columns, [[n, scores[n]] for n in order])
    note = f"Mean CRPS of log(1 + y); shorter is better. {tell_scores(scores, rows, model)}"
    return Figure(
        "held-out-scores",
        "Values kept back, scored against naive baselines",
        note,
        draw_both(draw, "Scores of the model and the baselines on held-out values"),
        behind,
    )
