"""Explanations: the answer on each explanation asked about, and what it depends on: the source's letter, or one root."""

from __future__ import annotations

from collections.abc import Sequence

from interlope.reporting.answer import roots
from interlope.reporting.answer.direction import LIKELY
from interlope.reporting.answer.left_out import ALONE
from interlope.reporting.answer.overview import name_source, tell_headline, tell_ranked, tell_trust
from interlope.reporting.answer.statement import Statement, write_count
from interlope.reporting.numerals import estimate, percent
from interlope.reporting.rough import is_rough_without
from interlope.reporting.words import likelihood, listing, sentence
from interlope.results.study import Ask, StudyRecord
from interlope.results.weighing import Explanation, TurningRoot, WhatIf

SURE = 0.95  # of the replicates of an explanation, from which what it predicts is taken with it
MOVES = 0.1  # a probability that moves by as much depends on what moved it


def answer_explanation(study: StudyRecord, ask: Ask) -> list[Statement]:
    """How probable the explanation is, and whether that follows the letter of the report's source or one root."""
    name = ask.explanation or ""
    weighed = next((e for e in study.weigh.explanations if e.name == name), None)
    if weighed is None:
        return [Statement(f"{ask.label}: {name} was not weighed.")]
    if study.alone or weighed.probability is None:
        return [Statement(f"{ask.label}: no probability, for {ALONE}.")]
    p, reach = weighed.probability, _reach(weighed)
    root = _driving_root(study, name)
    if study.status == "not_resolved":
        text = f"for checking only, {estimate(p)} ({reach}, perhaps too narrow)"
        text += f"; one root drives it: {estimate(root[1])} without {root[0]}" if root else ""
    elif root:
        lead = "no headline, because one root drives it" if _withheld(study) == name else "one root drives this"
        with_it, without = f"{likelihood(p)} ({estimate(p)}, {reach})", f"{likelihood(root[1])} ({estimate(root[1])})"
        text = f"{lead}: {with_it} with {root[0]}, {without} without it"
    else:
        text = f"{likelihood(p)} ({estimate(p)}, {reach})"
    whole = roots.weighed(study)
    more = _tell_predicted(ask.label, weighed, p) if study.status == "ok" else ""
    return [Statement(f"{ask.label}: {text}.", roots=whole), _depend(study, ask, p, root is None),
            *([Statement(more, 2, roots=whole)] if more else [])]


def _depend(study: StudyRecord, ask: Ask, p: float, moved: bool) -> Statement:
    """What the probability of an explanation follows: the source's letter, and single roots, that which moves it most where `moved`."""
    name, curve = ask.explanation or "", study.weigh.curve
    letter = roots.source(study, curve.source) if curve and curve.points else roots.official(study)
    most = _find_moving(study, name, p) if moved else None
    text = f"{ask.label}{_tell_letter(study, name)}{f'; {estimate(most[1])} without the root {most[0]}' if most else ''}"
    reach, ends = _tell_range(study, name)
    return Statement(f"{text}.{reach}", 1, f"{text}.", roots.merge(letter, most[:1] if most else (), ends))


def _tell_predicted(label: str, explanation: Explanation, p: float) -> str:
    """How probable the explanation is together with what it predicts least surely; empty where all that it predicts is nearly sure."""
    known = [(x.probability, x.says) for x in explanation.predictions if x.probability is not None]
    least, says = min(known, default=(1.0, ""))
    if least >= SURE:
        return ""
    return (f"{label}, with what it predicts least surely: {estimate(p * least)} that it is true and {says} ({estimate(least)} of its "
            "replicates show it).")


def rank(study: StudyRecord) -> list[Statement]:
    """Say how the explanations stand that the question did not name, or all where it named none."""
    asked = [a.explanation for a in study.asks if a.explanation]
    if study.alone:
        return [] if asked else [Statement(f"No probability is given, for {ALONE}.")]
    ranked, whole, turning = study.weigh.ranked, roots.weighed(study), tell_turning(study)
    if not asked:
        headline = tell_headline(study)
        drives = _driving_root(study, ranked[0].name) if study.status == "not_resolved" and not headline else None
        driven = f"One root drives this: without {drives[0]} {ranked[0].name} has {estimate(drives[1])}." if drives else ""
        return [
            *(Statement(text, roots=_cite_headline(study)) for text in headline),
            Statement(tell_ranked(study), roots=whole),
            *([] if headline else turning),
            *([Statement(driven, 1, roots=drives[:1])] if drives else []),
            *(Statement(text, 2, roots=roots.source(study, study.weigh.curve.source if study.weigh.curve else ""))
              for text in tell_trust(study)),
        ]
    if is_any_likely(study):
        claims, behind = _tell_turning_claims(study)
        return [*(Statement(text, 1, roots=_cite_headline(study)) for text in tell_headline(study) if ranked[0].name not in asked),
                *([Statement(claims, 2, roots=behind)] if claims else [])]
    if study.status == "not_resolved":
        each = listing([f"{e.name} {estimate(e.probability)}" for e in ranked])
        return [Statement(f"For checking only: no explanation is likely ({each}).", 1, roots=whole), *turning]
    first, *others = [f"{e.name} ({estimate(e.probability)}, {likelihood(e.probability or 0.0)})" for e in ranked]
    each = f"Most probable: {first}{f', then {listing(others)}' if others else ''}"
    brief = listing([f"{e.name} {estimate(e.probability)}" for e in ranked])
    reached = estimate(ranked[0].probability) == percent(LIKELY)
    none = "No explanation is likely" if reached else f"No explanation is likely (none reaches {percent(LIKELY)})"
    return [Statement(f"{none}. {each}.", 1, f"{none}; most probable {brief}.", whole), *turning]


def _cite_headline(study: StudyRecord) -> tuple[str, ...]:
    """Roots behind the headline: all, or the one that drives the answer where there is none for it."""
    withheld = study.weigh.headline_withheld
    return (withheld.root,) if withheld else roots.weighed(study)


def tell_turning(study: StudyRecord) -> list[Statement]:
    """Say without which single roots or claims another explanation leads or draws level, and which; nothing where none does so."""
    lead = (_tell_turning_roots(study), tuple(t.root for t in study.weigh.turning))
    parts = [part for part in (lead, _tell_tied(study), _tell_turning_claims(study)) if part[0]]
    return [Statement(" ".join(text for text, _ in parts), 1, roots=roots.merge(*(ids for _, ids in parts)))] if parts else []


def _tell_turning_roots(study: StudyRecord) -> str:
    """Without which single roots another explanation leads; empty where none turns the lead."""
    turning = study.weigh.turning
    if not turning:
        return ""
    by: dict[str, list[TurningRoot]] = {}
    for one in turning:
        by.setdefault(one.leader, []).append(one)
    count, names = write_count(len(turning)), listing([t.root for t in turning])
    lead = f"The lead rests on {count} root{'s' if len(turning) > 1 else ''}"
    if len(by) > 1 or len(turning) == 1:
        each = [f"without {listing([t.root for t in group], 'or')}, {leader} leads ({_tell_leads(group)})" for leader, group in by.items()]
        return f"{lead}: {listing(each)}."
    leader, group = next(iter(by.items()))
    return f"{lead}, {names}: without {'either' if len(group) == 2 else 'any one of them'}, {leader} leads ({_tell_leads(group)})."


def _tell_turning_claims(study: StudyRecord) -> tuple[str, tuple[str, ...]]:
    """Say without which single claims, though their roots stay, another explanation leads, and their roots; empty where none does it."""
    leader, by = study.weigh.ranked[0].name, dict[str, list[tuple[str, float]]]()
    for claim, change in list_claims_left_out(study):
        first = max(change.probabilities, key=lambda n: change.probabilities[n])
        if first != leader and not {leader, first} & set(change.thin):
            by.setdefault(first, []).append((claim, change.probabilities[first]))
    each = [f"with only {listing([f'claim {c}' for c, _ in group], 'or')} left out, {first} leads ({_tell_ends([p for _, p in group])})"
            for first, group in by.items()]
    return sentence("; ".join(each)) if each else "", roots.behind(study, [claim for group in by.values() for claim, _ in group])


def _tell_ends(values: Sequence[float]) -> str:
    """The least and the greatest of some probabilities, once where they are written alike."""
    return " to ".join(dict.fromkeys(estimate(q) for q in (min(values), max(values))))


def list_claims_left_out(study: StudyRecord) -> list[tuple[str, WhatIf]]:
    """Weighed claims with what becomes of the odds without each, in the dossier's order; not those that are all that their root says."""
    weighed = [c for c in study.dossier.claims if c.likelihood]
    changes = {change.change.removeprefix("without "): change for change in study.changes if change.change.startswith("without ")}
    return [(c.id, changes[c.id]) for c in weighed if c.id in changes and sum(other.root == c.root for other in weighed) > 1]


def _tell_tied(study: StudyRecord) -> tuple[str, tuple[str, ...]]:
    """Name the roots without which the leader and another explanation have the same whole percentage; empty where there are none."""
    leader, turned = study.weigh.ranked[0].name, {t.root for t in study.weigh.turning}
    each: dict[str, str] = {}
    for root in study.weigh.roots:
        if leader not in root.without or root.id in turned or is_rough_without(root):
            continue
        share = root.without[leader]
        others = [name for name, q in root.without.items() if name != leader and estimate(q) == estimate(share)]
        if others and share == max(root.without.values()) and not {leader, *others} & set(root.thin):
            each[root.id] = f"without {root.id}, {leader} and {listing(others)} have {estimate(share)} each"
    return sentence(listing(list(each.values()))) if each else "", tuple(each)


def _tell_leads(group: Sequence[TurningRoot]) -> str:
    """The probabilities with which an explanation leads without each of several roots."""
    return _tell_ends([t.probability for t in group])


def is_any_likely(study: StudyRecord) -> bool:
    return any((e.probability or 0.0) >= LIKELY for e in study.weigh.explanations)


def _reach(explanation: Explanation) -> str:
    low, high = explanation.low, explanation.high
    if low is None or high is None:
        return "error not known"
    ends = (estimate(low), estimate(high))
    return f"error of the calculation {ends[0]} to {ends[1]}" if ends[0] != ends[1] else "hardly any error of the calculation"


def _tell_letter(study: StudyRecord, name: str) -> str:
    """How the probability follows the letter of the report's source."""
    curve = study.weigh.curve
    if not curve or not curve.points:
        return ": this rests on official figures alone, no claim is weighed"
    solid = [q for q in curve.points if name not in q.thin] or curve.points
    points = sorted((q.probabilities[name], q.letter) for q in solid)
    ends = [f"{estimate(q)} at {letter}" for q, letter in (points[0], points[-1])]
    return f", by trust in {name_source(curve)}: {' to '.join(ends)}"


def _find_moving(study: StudyRecord, name: str, p: float) -> tuple[str, float] | None:
    """The root without which the probability moves most, and the probability then; None where none moves it."""
    moved = [(abs(q - p), root, q) for root, q in _without(study, name)]
    return max(moved)[1:] if moved and max(moved)[0] >= MOVES else None


def _tell_range(study: StudyRecord, name: str) -> tuple[str, tuple[str, ...]]:
    """Between which values the probability lies when any one root is left out, and without which; empty where fewer than two can be."""
    rough = {r.id for r in study.weigh.roots if is_rough_without(r)}
    values = [(q, root) for root, q in _without(study, name) if root not in rough]
    if len(values) < 2:
        return "", ()
    ends = dict((estimate(q), root) for q, root in (min(values), max(values)))
    reach = f"between {' and '.join(f'{q} (without {root})' for q, root in ends.items())}" if len(ends) > 1 else next(iter(ends))
    silent = len(study.weigh.roots) - len(values)
    few = f" (for {write_count(silent)} more it is too rough to say)" if silent else ""
    text = f" {reach[0].upper()}{reach[1:]} when any one of {write_count(len(values))} roots is left out{few}."
    return text, tuple(ends.values()) if len(ends) > 1 else ()


def _without(study: StudyRecord, name: str) -> list[tuple[str, float]]:
    """(root, probability without it) for the roots without which enough points still carry the estimate.

    Where that is so for none and the result is not resolved anyway, for all roots: the warning is rough, and better than none.
    """
    gates = [g for e in study.weigh.explanations for g in e.gates if g.name == "effective points"]
    enough = min((g.limit for g in gates), default=50.0) / 2
    solid = [r for r in study.weigh.roots if r.effective.get(name) is None or (r.effective[name] or 0.0) >= enough]
    if not solid and study.status == "not_resolved":
        solid = study.weigh.roots
    return [(root.id, root.without[name]) for root in solid]


def _driving_root(study: StudyRecord, name: str) -> tuple[str, float] | None:
    """The root that alone decides whether the explanation is likely, unlikely or neither, and the probability without it."""
    withheld = study.weigh.headline_withheld
    if withheld and study.weigh.ranked[0].name == name:
        return next(((root.id, root.without[name]) for root in study.weigh.roots if root.id == withheld.root), None)
    p = next(e.probability or 0.0 for e in study.weigh.explanations if e.name == name)
    turning = [(abs(q - p), root, q) for root, q in _without(study, name) if _side(q) != _side(p)]
    return max(turning)[1:] if turning else None


def _side(p: float) -> int:
    return 1 if p >= LIKELY else -1 if p <= 1.0 - LIKELY else 0


def _withheld(study: StudyRecord) -> str:
    """The explanation whose headline is withheld, empty where none is."""
    if study.status == "not_resolved" or not study.weigh.headline_withheld:
        return ""
    return study.weigh.ranked[0].name
