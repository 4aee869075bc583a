"""Overview: how the explanations stand, how far to trust that, and what none of them explains, in plain sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from interlope.reporting.attribution import attribute
from interlope.reporting.numerals import estimate, number, odds, percent
from interlope.reporting.words import chance, listing, readable, reword, sentence, series_label
from interlope.results.envelope import Reason
from interlope.results.study import StudyRecord
from interlope.results.weighing import GradeCurve, GradePoint, OutletCounting

LEAST = 50.0  # effective points below which intervals were found to run narrow
WIDE = 0.1  # the error of a quick run is called wide when a probability may lie anywhere in a range of this size


def tell_headline(study: StudyRecord) -> list[str]:
    """Say the headline, or why there is none; where the calculation is not resolved only whether one root drives the answer."""
    withheld, headline = study.weigh.headline_withheld, study.weigh.headline
    if headline or withheld:
        lead = study.weigh.ranked[0]
        left = next((r.without[lead.name] for r in study.weigh.roots if withheld and r.id == withheld.root), None)
        headline = reword(headline, lead.probability) if headline else headline
        withheld = withheld.model_copy(update={"reason": reword(withheld.reason, lead.probability, left)}) if withheld else withheld
    if study.status == "not_resolved":
        return [f"One root drives the answer ({withheld.root}): {sentence(withheld.reason)}"] if withheld else []
    if withheld:
        return [f"No headline is given, because one root drives the answer ({withheld.root}): {sentence(withheld.reason)}"]
    return [sentence(headline)] if headline else []


def tell_ranked(study: StudyRecord) -> str:
    """Say how probable every explanation is, the most probable first."""
    each = listing([f"{e.name}: {chance(e.probability, e.low, e.high)}" for e in study.weigh.ranked])
    lead = "For checking only, not for use" if study.status == "not_resolved" else "Given the evidence"
    return f"{lead}: {each}."


def tell_error(study: StudyRecord) -> str:
    """Say what kind of run it was and how wide the error of the calculation is; only a wide one is a warning."""
    speed = {"quick": "Quick run", "thorough": "Thorough run"}.get(study.mode, f"Run in mode '{study.mode}'")
    ends = [(e.high - e.low, e) for e in study.weigh.explanations if e.low is not None and e.high is not None]
    if study.alone:
        return f"{speed}; one explanation, so there is no probability and no error of one."
    if not ends:
        return f"{speed}; the error of the calculation could not be worked out."
    if study.status == "not_resolved":
        remedy = "; --thorough spends more replicates" if study.mode == "quick" else ""
        return f"{speed} whose own checks failed: the ranges shown may be too narrow{remedy}."
    width, worst = max(ends, key=lambda pair: pair[0])
    reach = f"from {estimate(worst.low)} to {estimate(worst.high)}"
    if width > WIDE:
        remedy = "; --thorough narrows it" if study.mode == "quick" else ""
        return (f"{speed} with a wide error: the calculation leaves {worst.name} anywhere {reach}. Treat every number "
                f"as provisional{remedy}.")
    return f"{speed}: the error of the calculation is small, widest for {worst.name}: {reach}."


def tell_narrow(study: StudyRecord) -> list[str]:
    """Say whose intervals rest on so few points that they run narrow; nothing where all rest on enough."""
    few = {e.name: g.value for e in study.weigh.explanations for g in e.gates if g.name == "effective points" and not g.passed}
    compared = {e.name: e.points for e in study.compare.explanations if 0.0 < e.points < LEAST} if study.compare else {}
    sentences = []
    for what, rows in (("parameters and figures", few), ("differences between options", compared)):
        each = listing([f"{name} ({number(points or 0.0, 2)})" for name, points in rows.items()])
        sentences += [f"90% intervals of {what} run narrow for {each}: below {LEAST:.0f} effective points they hold the truth about 86 "
                      "times in 100."] if rows else []
    return sentences


def tell_reasons(reasons: Sequence[Reason]) -> list[str]:
    """Say reasons of one kind together, and what helps against them once."""
    groups: dict[tuple[str, str], list[str]] = {}
    for reason in reasons:
        groups.setdefault((reason.code, reason.remedy), []).append(reason.text)
    return [
        f"{sentence('; '.join(texts))}{f' What helps: {sentence(remedy, capital=False)}' if remedy else ''}"
        for (_, remedy), texts in groups.items()
    ]


def tell_trust(study: StudyRecord) -> list[str]:
    """Say how far the answer follows the letter given to the report's source."""
    curve = study.weigh.curve
    if curve and curve.points:
        name = max(study.names, key=lambda n: _reach(curve.points, n))
        low, high = sorted((p.probabilities[name], p.letter) for p in curve.points)[
            :: len(curve.points) - 1
        ]
        much = "depends on" if high[0] - low[0] >= 0.1 else "hardly depends on"
        return [
            f"The answer {much} how far {name_source(curve)} is trusted: {name} has {estimate(low[0])} at letter {low[1]} "
            f"and {estimate(high[0])} at letter {high[1]}."
        ]
    return []


def name_source(curve: GradeCurve) -> str:
    """Name the source whose letter is varied, and how it was chosen, with its letter."""
    which = "the contested source" if curve.stated else "the source of the root that moves the odds most"
    return f"{which} ({readable(curve.source)}, letter {curve.letter})"


def tell_counting(study: StudyRecord) -> list[str]:
    """Say what counting every outlet as new evidence would do: to who leads, or else to those odds of the leader that it changes most."""
    counting = study.weigh.counting
    if text := _tell_turned(counting):
        return [text]
    both = {pair: (naive, once) for pair, naive in counting.naive.items()
            if naive is not None and (once := counting.roots.get(pair)) is not None}
    if not both:
        return []
    leads = [pair for pair in both if study.weigh.ranked[0].name in pair.split("/")] or list(both)
    pair = max(leads, key=lambda p: abs(both[p][0] - both[p][1]))
    naive, once = both[pair]
    first, _, second = pair.partition("/")
    return [
        f"Counting every outlet as new evidence would give {odds(naive)} for {first} against {second}; "
        f"counting each root once gives {odds(once)}."
    ]


def _tell_turned(counting: OutletCounting) -> str:
    """Say which explanation the evidence would favour by outlets where that is another one than by roots; empty where it is the same."""
    (naive, by_outlets), (once, by_roots) = (_place(counting.naive), _place(counting.roots))
    if not naive or not once or by_outlets == by_roots:
        return ""
    return (f"Counting every outlet as new evidence would favour {by_outlets}, with {odds(naive[by_outlets] - naive[by_roots])} against "
            f"{by_roots}; counting each root once, {by_roots} is favoured, with {odds(once[by_roots] - once[by_outlets])}.")


def _place(pairs: Mapping[str, float | None]) -> tuple[dict[str, float], str]:
    """Log odds of every explanation against the one that all pairs share, and which has most; nothing where they share none."""
    split = {tuple(pair.split("/")): value for pair, value in pairs.items()}
    bases = {base for _, base in split}
    if len(bases) != 1 or None in split.values():
        return {}, ""
    values = {name: value for (name, _), value in split.items() if value is not None} | {bases.pop(): 0.0}
    return values, max(values, key=lambda n: values[n])


def tell_failures(study: StudyRecord) -> list[str]:
    """Say which claims no explanation produces: either the claim or the model is wrong there."""
    everyone = set(study.names)
    never = [c.claim for c in study.weigh.cannot_meet if set(c.explanations) >= everyone]
    if not never:
        return []
    return [f"No explanation produces {_name_claims(study, never)}: the claim or the model is wrong there."]


def tell_unproduced(study: StudyRecord) -> list[str]:
    """Say which claims that were kept back no explanation produces in their plain reading, and what else they may mean."""
    met: dict[str, list[bool]] = {}
    for row in study.weigh.fit:
        if row.kind == "held-out" and ":" not in row.id:
            met.setdefault(row.id, []).append(row.met)
    never = [name for name, each in met.items() if not any(each)]
    if not never:
        return []
    claims = {c.id: c for c in study.dossier.claims}
    other = [f"{name} as {series_label(x.series)} with a chance of {percent(x.chance)}"
             for name in never if name in claims for x in claims[name].channels if x.series]
    note = f" The dossier reads {listing(other)}, which this check does not try." if other else ""
    return [f"Kept back and not weighed: no explanation produces {_name_claims(study, never)} in its plain reading.{note}"]


def _name_claims(study: StudyRecord, ids: Sequence[str]) -> str:
    """A few claims with who says what, and how many more there are."""
    words = attribute(study.dossier)
    claims = [f"{i} ({words[i]})" if i in words else i for i in ids[:3]]
    return f"{listing(claims)}{f' and {len(ids) - 3} more' if len(ids) > 3 else ''}"


def _reach(points: Sequence[GradePoint], name: str) -> float:
    """How far an explanation's probability moves between letters."""
    values = [p.probabilities[name] for p in points]
    return max(values) - min(values)
