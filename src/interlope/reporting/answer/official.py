"""Official: which explanations the official figures can tell apart, which not, and where to look instead."""

from __future__ import annotations

import math
from collections.abc import Sequence

from interlope.reporting.answer import roots
from interlope.reporting.numerals import number
from interlope.reporting.rough import TOO_ROUGH, is_rough
from interlope.reporting.words import first_few, listing, sentence, series_label
from interlope.results.separation import PairSeparation
from interlope.results.study import StudyRecord

MOVES = 0.18  # log of 1.2: less is no argument
SHOWN = 2  # series that a sentence names before it counts the rest


def tell_figures(study: StudyRecord) -> list[str]:
    """Say which explanations the official figures can tell apart and which not, and what could; nothing where that was not computed."""
    separation = study.separation
    if not separation or not separation.pairs:
        return []
    pairs = {p.pair: p for p in separation.pairs}
    separated = {name: p for name, p in pairs.items() if p.official}
    blind = [name for name in pairs if name in separation.unofficial]
    sentences = []
    if not separated:
        whom = _pairs(blind) if len(blind) == 1 else "any two explanations"
        sentences.append(f"The official figures do not decide, as far as can be told: by what is predicted in the mean, no official series "
                         f"separates {whom} by {separation.separated:g} pooled standard deviation"
                         f"{'' if separation.separated == 1 else 's'}.{_tell_strongest(study)}")
    else:
        apart = [f"{_pairs([name])} ({listing([series_label(s) for s in p.official[:SHOWN]])})" for name, p in separated.items()]
        sentences.append(f"The official figures separate {first_few(apart)}{f', but not {_pairs(blind)}' if blind else ''}.")
    look = _look([pairs[name] for name in blind if name not in separation.undivided], study, len(pairs))
    undivided = f"No recorded series separates {_pairs(separation.undivided)}" if separation.undivided else ""
    if look or undivided:
        sentences.append(f"{'. '.join(text for text in (look, undivided) if text)}.")
    return sentences


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


def _look(blind: Sequence[PairSeparation], study: StudyRecord, total: int) -> str:
    """What would tell the explanations apart: what claims speak of that separates a pair, then what nothing weighed speaks of."""
    parts = []
    for spoken in (True, False):
        count: dict[str, int] = {}
        for pair in blind:
            for series in pair.separated_by:
                if (series in pair.claims) is spoken:
                    count[series] = count.get(series, 0) + 1
        best = sorted(count, key=lambda s: -count[s])[:SHOWN]
        each = [f"{series_label(s)}{_note(study, s if spoken else '', count[s], total)}" for s in best]
        if each:
            parts.append(f"claims speak of {listing(each)}" if spoken else f"no weighed claim or figure speaks of {listing(each)}")
    lead = "a count of what the explanations predict differently would tell them apart"
    return " ".join(sentence(part) for part in (lead, *parts)).removesuffix(".") if parts else ""


def _note(study: StudyRecord, series: str, count: int, total: int) -> str:
    """The ids of the weighed claims that speak of a series, and how many pairs of explanations predict it differently."""
    ids = [c.id for c in study.dossier.claims if series and c.likelihood and c.series == series]
    notes = [f"{'claim' if len(ids) == 1 else 'claims'} {first_few(ids)}"] if ids else []
    notes += [f"{count} of {total} pairs of explanations"] if total > 1 else []
    return f" ({'; '.join(notes)})" if notes else ""


def _pairs(names: Sequence[str]) -> str:
    return first_few([name.replace("/", " from ") for name in names], "or")
