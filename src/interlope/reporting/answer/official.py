"""Official: which explanations the official figures can tell apart, which not, and where to look instead."""

from __future__ import annotations

import math
from collections.abc import Sequence

from interlope.reporting.answer import roots
from interlope.reporting.answer.statement import Statement
from interlope.reporting.numerals import number
from interlope.reporting.rough import TOO_ROUGH, is_rough
from interlope.reporting.words import first_few, listing, sentence, series_label
from interlope.results.separation import PairSeparation
from interlope.results.study import StudyRecord

MOVES = 0.18  # log of 1.2: less is no argument
SHOWN = 2  # series that a sentence names before it counts the rest


def tell_figures(study: StudyRecord) -> list[str]:
    """Say which explanations the official figures can tell apart and which not, and what could; nothing where that was not computed."""
    return [s.text for s in cite_figures(study)]


def cite_figures(study: StudyRecord) -> list[Statement]:
    """The sentences of `tell_figures` with the roots of official figures, and of the claims that the last one names."""
    separation = study.separation
    if not separation or not separation.pairs:
        return []
    pairs = {p.pair: p for p in separation.pairs}
    separated = {name: p for name, p in pairs.items() if p.official}
    blind = [name for name in pairs if name in separation.unofficial]
    if not separated:
        whom = _pairs(blind) if len(blind) == 1 else "any two explanations"
        figures = ("The official figures do not decide, as far as can be told: by what is predicted in the mean, no official series "
                   f"separates {whom} by {separation.separated:g} pooled standard deviation"
                   f"{'' if separation.separated == 1 else 's'}.{_tell_strongest(study)}")
    else:
        apart = [f"{_pairs([name])} ({listing([series_label(s) for s in p.official[:SHOWN]])})" for name, p in separated.items()]
        figures = f"The official figures separate {first_few(apart)}{f', but not {_pairs(blind)}' if blind else ''}."
    look, claims = _look([pairs[name] for name in blind if name not in separation.undivided], study, len(pairs))
    undivided = f"No recorded series separates {_pairs(separation.undivided)}" if separation.undivided else ""
    more = f"{'. '.join(text for text in (look, undivided) if text)}." if look or undivided else ""
    return [Statement(figures, 3, roots=roots.official(study)), *([Statement(more, 3, roots=roots.behind(study, claims))] if more else [])]


def _tell_strongest(study: StudyRecord) -> str:
    """How far the official root that moves the odds most does so, and for which that is too rough to say; nothing where none moves them."""
    official = set(roots.official(study))
    moves = [(abs(f.value), f.error or 0.0, r.id, pair) for r in study.weigh.roots if r.id in official
             for pair, f in r.log_bayes_factor.items() if f.value is not None]
    vague = sorted({root for size, error, root, _ in moves if is_rough(error) and size >= MOVES})
    solid = [move for move in moves if move[2] not in vague]
    tail = f" How far {listing(vague)} {'moves' if len(vague) == 1 else 'move'} the odds is {TOO_ROUGH}." if vague else ""
    if not solid or max(solid)[0] < MOVES:
        return tail
    size, error, root, pair = max(solid)
    rough = (f" That is within twice its error of not at all ({number(size, 2)} ± {number(error, 2)} in logarithms)."
             if size < 2 * error else "")
    between = pair.replace("/", " and ")
    most = "Of the others the one that moves the odds most" if vague else "The one that moves the odds most"
    return f"{tail} {most}, {root}, changes them by a factor of {number(math.exp(size), 2)} ({between}).{rough}"


def _look(blind: Sequence[PairSeparation], study: StudyRecord, total: int) -> tuple[str, list[str]]:
    """What would tell the explanations apart: what claims speak of that separates a pair, by which claims, then what nothing speaks of."""
    parts: list[str] = []
    claims: list[str] = []
    for spoken in (True, False):
        count: dict[str, int] = {}
        for pair in blind:
            for series in pair.separated_by:
                if (series in pair.claims) is spoken:
                    count[series] = count.get(series, 0) + 1
        best = sorted(count, key=lambda s: -count[s])[:SHOWN]
        by = {s: _list_claims(study, s) if spoken else [] for s in best}
        claims += [c for ids in by.values() for c in ids]
        each = [f"{series_label(s)}{_note(ids, count[s], total)}" for s, ids in by.items()]
        if each:
            parts.append(f"claims speak of {listing(each)}" if spoken else f"no weighed claim or figure speaks of {listing(each)}")
    lead = "a count of what the explanations predict differently would tell them apart"
    return " ".join(sentence(part) for part in (lead, *parts)).removesuffix(".") if parts else "", claims


def _list_claims(study: StudyRecord, series: str) -> list[str]:
    """The ids of the weighed claims that speak of a series."""
    return [c.id for c in study.dossier.claims if c.likelihood and c.series == series]


def _note(ids: Sequence[str], count: int, total: int) -> str:
    """The ids of claims that speak of a series, and how many pairs of explanations predict it differently."""
    notes = [f"{'claim' if len(ids) == 1 else 'claims'} {first_few(ids)}"] if ids else []
    notes += [f"{count} of {total} pairs of explanations"] if total > 1 else []
    return f" ({'; '.join(notes)})" if notes else ""


def _pairs(names: Sequence[str]) -> str:
    return first_few([name.replace("/", " from ") for name in names], "or")
