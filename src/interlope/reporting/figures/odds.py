"""Odds: how probable each explanation is, and how far it rests on the source's letter and on each root."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from interlope.reporting.figures.figure import Figure, assign_colours, legend
from interlope.reporting.figures.forest import Mark, Panel, draw_forest, put_mark
from interlope.reporting.numerals import estimate, odds, percent
from interlope.reporting.rough import TOO_ROUGH, is_rough_without
from interlope.reporting.svg import Pen, Scale, draw_both, fit_words, x_axis, y_axis
from interlope.reporting.tables import Column, fill, table
from interlope.reporting.words import LETTER_F, listing, readable
from interlope.results.weighing import Explanation, GradeCurve, OutletCounting, RootContribution

BOLD = 15.0  # size by which bold words are cut: their letters are wider
GIVEN = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}


def figure_probabilities(explanations: Sequence[Explanation]) -> Figure:
    """Draw each explanation's probability with the interval its Monte Carlo error leaves, beside its prior."""
    slot = assign_colours([e.name for e in explanations])
    rows = tuple(
        (
            Mark(
                e.probability,
                e.low,
                e.high,
                slot[e.name],
                f"{e.name}: {estimate(e.probability)}",
            ),
        )
        for e in explanations
    )
    labels = [f"{e.name} {estimate(e.probability)}" for e in explanations]
    svg = draw_forest(
        labels,
        [Panel("", rows)],
        "probability given the evidence",
        label="Probability of each explanation",
        ends=(0.0, 1.0),
        write=percent,
        staggered=False,
    )
    columns = (
        Column("name", "explanation"),
        Column("prior", "prior", estimate, True),
        Column("probability", "probability", estimate, True),
        Column("low", "from", estimate, True),
        Column("high", "to", estimate, True),
        Column("log_z", "log evidence", numeric=True),
        Column("log_z_error", "its error", numeric=True),
    )
    behind = table(
        "explanations",
        "Probability of each explanation",
        columns,
        fill(columns, explanations),
    )
    return Figure(
        "explanations",
        "Probability of each explanation",
        "The interval shows the error of the calculation, not the doubt about the model or the priors.",
        svg,
        behind,
    )


def figure_letters(curve: GradeCurve, names: Sequence[str]) -> Figure:
    """Draw every explanation's probability against the reliability letter given to the contested source."""
    points, slot = curve.points, assign_colours(names)
    used = curve.letter

    def draw(width: float) -> Pen:
        narrow = width < 600
        left, right, top, bottom = 46.0, (88.0 if narrow else 130.0), 30.0, (250.0 if narrow else 300.0)
        pen = Pen(width, bottom + 46)
        step = (width - left - right) / max(len(points) - 1, 1)
        xs = [left + 16 + i * (step - 32 / max(len(points) - 1, 1)) for i in range(len(points))]
        y = Scale(0.0, 1.0, bottom, top)
        y_axis(pen, y, left, width - right, percent)
        for x, point in zip(xs, points):
            here = point.letter == used
            if here:
                pen.rect(x - 15, top - 6, 30, bottom - top + 30, "band", r=4)
                pen.text(x, top - 12, "used here", "t small dim", "middle")
            pen.text(x, bottom + 18, point.letter, "t strong" if here else "t", "middle")
        words = "reliability letter given to the source"
        pen.text((left + width - right) / 2, bottom + 38, words, "t small dim", "middle")
        ends = []
        for name in names:
            values = [p.probabilities[name] for p in points]
            pen.path([(x, y(v)) for x, v in zip(xs, values)], f"c{slot[name]} stroke line")
            for x, v, p in zip(xs, values, points):
                put_mark(pen, slot[name], x, y(v), 4.0, f"{name}, letter {p.letter}: {estimate(v)}")
            ends.append((y(values[-1]), name))
        for (_, name), place in zip(sorted(ends), spread([e[0] for e in sorted(ends)], 15.0)):
            pen.text(xs[-1] + 12, place + 4, name, f"t small strong c{slot[name]} tint")
        return pen

    columns = (Column("letter", "letter"), Column("means", "means"), *(Column(n, n, estimate, True) for n in names))
    behind = table(
        "letters",
        "Probability of each explanation by the letter given to the source",
        columns,
        [[p.letter, GIVEN.get(p.letter, ""), *(p.probabilities[n] for n in names)] for p in points],
    )
    label = "Probability of each explanation against the reliability letter of the contested source"
    return Figure(
        "letters",
        f"How the answer depends on the trust placed in one source: {readable(curve.source)}",
        "The same evidence, with only that source's letter changed. A steep line means that the "
        f"answer says more about that letter than about the world. {LETTER_F}",
        draw_both(draw, label),
        behind,
    )


def figure_without(roots: Sequence[RootContribution], explanations: Sequence[Explanation]) -> Figure:
    """Draw every explanation's probability when one root is left out, below what all the evidence gives."""
    names = [e.name for e in explanations]
    slot, everything = assign_colours(names), {e.name: e.probability for e in explanations}
    rough = {f"without {r.id}" for r in roots if r.without and is_rough_without(r)}
    thin = {f"without {r.id}": listing(r.thin) for r in roots if r.without and r.thin and not is_rough_without(r)}
    cases: list[tuple[str, Mapping[str, float | None]]] = [("all evidence", everything)]
    cases += [(f"without {r.id}", {} if f"without {r.id}" in rough else r.without) for r in roots if r.without]
    rows = tuple(
        tuple(Mark(chances.get(n), slot=slot[n], title=f"{words}: {n} {estimate(chances.get(n))}") for n in names)
        for words, chances in cases
    )
    svg = draw_forest(
        [f"{words}{f': {TOO_ROUGH}' if words in rough else f' (rough: {thin[words]})' if words in thin else ''}" for words, _ in cases],
        [Panel("", rows)],
        "probability",
        ends=(0.0, 1.0),
        write=percent,
        staggered=False,
        label="Probability of each explanation with each root left out in turn",
    )
    columns = (Column("evidence", "evidence"), *(Column(n, n, _chance, True) for n in names), Column("thin", "rough: too few points for"))
    behind = table(
        "without-one-root",
        "Probabilities with one root left out",
        columns,
        [[words, *(TOO_ROUGH if words in rough else chances.get(n) for n in names), thin.get(words, "")] for words, chances in cases],
    )
    return Figure(
        "without-one-root",
        "Leaving out one root at a time",
        "A mark that jumps shows a root that the answer rests on.",
        svg,
        behind,
        legend(names),
    )


def _chance(value: float | str | None) -> str:
    """A probability, or the words that stand in its place."""
    return value if isinstance(value, str) else estimate(value)


def figure_counting(counting: OutletCounting) -> Figure:
    """Draw log odds twice: every outlet taken as independent, and every root counted once."""
    pairs = list(counting.roots)
    lines = [("each outlet as new evidence", counting.naive), ("each root once", counting.roots)]
    ends = [abs(v) for _, factors in lines for v in factors.values() if v is not None]
    size = max([*ends, 1.0]) * 1.15

    def draw(width: float) -> Pen:
        narrow = width < 600
        left = 10.0 if narrow else 210.0
        step, above = (38, 16) if narrow else (27, 0)  # from bar to bar; room for words above a bar, where there is none beside it
        pen = Pen(width, 34 + len(pairs) * (100 if narrow else 62) + 40)
        scale = Scale(-size, size, left + 6, width - 20)
        bottom = pen.height - 40
        x_axis(pen, scale, 20, bottom, "natural logarithm of the Bayes factor", about=4 if narrow else 8)
        pen.line(scale(0), 16, scale(0), bottom, "rule")
        y = 30.0
        for pair in pairs:
            first, _, second = pair.partition("/")
            if narrow:
                pen.text(left, y + 4, fit_words(f"{first} against {second}", width - 2 * left, BOLD), "t strong small halo")
            else:
                for row, words in enumerate((first, f"against {second}")):
                    pen.text(left - 14, y + 16 + 17 * row, fit_words(words, left - 20, BOLD), "t strong", "end")
            y += 16 if narrow else 0
            for k, (words, factors) in enumerate(lines):
                value = factors.get(pair) or 0.0
                x1, x2 = sorted((scale(0), scale(value)))
                pen.rect(x1, y + k * step + above, max(x2 - x1, 1.5), 12, "muted" if k == 0 else "ink", f"{words}: {odds(value)}")
                pen.text(
                    left if narrow else scale(0) + 6,
                    y + k * step + (11 if narrow else 23),
                    f"{words}: {odds(value)}",
                    "t small halo",
                )
            y += 84 if narrow else 62
        return pen

    columns = (
        Column("pair", "explanations"),
        Column("naive", "each outlet as new evidence", numeric=True),
        Column("roots", "each root once", numeric=True),
    )
    behind = table(
        "counting",
        "Log Bayes factors by the way of counting",
        columns,
        [[p, counting.naive.get(p), counting.roots.get(p)] for p in pairs],
    )
    return Figure(
        "counting",
        "Counting outlets, and counting roots",
        "Repeating a report does not add evidence. The grey bar is what a reader gets who counts every outlet.",
        draw_both(draw, "Bayes factors when every outlet is counted, and when each root is counted once"),
        behind,
    )


def spread(positions: Sequence[float], gap: float) -> list[float]:
    """Move sorted label positions apart until neighbours are `gap` apart, keeping their middle where it was.

    >>> spread([10.0, 11.0, 40.0], 10.0)
    [5.5, 15.5, 40.0]
    """
    groups: list[tuple[float, int]] = []
    for place in positions:
        groups.append((place, 1))
        while len(groups) > 1:
            (a, n), (b, m) = groups[-2], groups[-1]
            if b - a >= gap * (n + m) / 2:
                break
            groups[-2:] = [((a * n + b * m) / (n + m), n + m)]
    return [middle + gap * (i - (n - 1) / 2) for middle, n in groups for i in range(n)]
