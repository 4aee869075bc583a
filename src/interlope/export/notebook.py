"""Notebook: the report's figures of a result, as a notebook shows them below its table, each with the table behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from interlope.export import paper
from interlope.inference.evidence.odds import model_probabilities
from interlope.inference.fitting.posterior import Draws, Fits
from interlope.reporting.figures.figure import Figure
from interlope.reporting.figures.odds import figure_letters, figure_probabilities, figure_without
from interlope.reporting.figures.options import figure_outcome
from interlope.reporting.figures.seek import figure_gain
from interlope.reporting.words import label
from interlope.results.comparison import CompareResult
from interlope.results.seek import SeekResult
from interlope.results.tabular import write_html
from interlope.results.weighing import Explanation, WeighResult
from interlope.text import printable

WIDTH = 220.0  # millimetres
PAPER = "margin:12px 0;padding:10px;background:#fff;color:#1c2126;max-width:860px"  # figures are drawn on white


def draw(thing: Any) -> str:
    """Figures of a result as HTML that needs nothing else; nothing where it has none.

    Parameters
    ----------
    thing : object
        A fit, draws, or the record of a verdict, a comparison or what evidence would teach.

    Returns
    -------
    str
    """
    return "".join(map(_embed, list_figures(thing)))


def list_figures(thing: Any) -> list[Figure]:
    """Figures that a notebook shows of a result.

    Parameters
    ----------
    thing : object
        As for `draw`.

    Returns
    -------
    list of Figure
    """
    match thing:
        case WeighResult() if len(thing.explanations) > 1:
            names = [e.name for e in thing.explanations]
            curve = [figure_letters(thing.curve, names)] if thing.curve else []
            without = [figure_without(thing.roots, thing.explanations)] if thing.roots else []
            return [figure_probabilities(thing.explanations), *curve, *without]
        case CompareResult():
            return _of_comparison(thing)
        case SeekResult() if thing.candidates:
            return [figure_gain(thing)]
        case Fits() if len(thing.posteriors) > 1:
            models = model_probabilities(thing)
            prior = sum(p.prior_odds for p in thing.posteriors.values())
            priors = {n: p.prior_odds / prior for n, p in thing.posteriors.items()}
            return [_of_chances(models.probability, priors, models.low, models.high)]
        case Draws() if len(thing.chance) > 1:
            return [_of_chances(thing.chance, {}, {}, {})]
    return []


def _of_comparison(compare: CompareResult) -> list[Figure]:
    """Each harm, as the report draws it."""
    names = [e.name for e in compare.explanations]
    options = [o.name for o in compare.options]
    return [figure_outcome(o, [d for d in compare.differences if d.outcome == o.name], options, names, label(o.name).capitalize())
            for o in sorted(compare.outcomes, key=lambda o: o.order) if o.harm]


def _of_chances(chance: Mapping[str, float], prior: Mapping[str, float], low: Mapping[str, float], high: Mapping[str, float]) -> Figure:
    """Probabilities of the explanations before they are weighed in full."""
    rows: Sequence[Explanation] = [
        Explanation(name=n, gloss="", prior=prior.get(n), log_z=None, log_z_error=None, probability=p, low=low.get(n), high=high.get(n),
                    word="", gates=[], predictions=[]) for n, p in chance.items()]
    return figure_probabilities(rows)


def _embed(figure: Figure) -> str:
    """One figure with its title, what it shows, and its table folded."""
    note = f'<div style="font-size:.9em">{escape(printable(figure.note))}</div>' if figure.note else ""
    rows = [{c.head: c.write(value) for c, value in zip(figure.table.columns, row, strict=True)} for row in figure.table.rows]
    behind = write_html(printable(figure.table.caption), rows)
    return (f'<figure style="{PAPER}"><figcaption><b>{escape(printable(figure.title))}</b>{note}</figcaption>'
            f"{paper.draw(figure, WIDTH)}"
            f"<details><summary>Table behind this figure</summary>{behind}</details></figure>")
