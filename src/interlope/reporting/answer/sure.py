"""Sure: how far the analysis can be relied on, and how well the best explanation does at all, in plain sentences.

No sentence here says how probable an explanation is: confidence and probability are two things (ICD 203).
"""

from __future__ import annotations

import math

from interlope.inference.evidence.confidence import combine
from interlope.reporting.answer.statement import write_count
from interlope.reporting.answer.together import RARE, WORDS
from interlope.reporting.numerals import estimate, odds, percent, plural
from interlope.reporting.words import first_few, listing, sentence
from interlope.results.adequacy import Adequacy, RootTrust
from interlope.results.confidence import Confidence, Ground
from interlope.results.fitted import SeriesCheck
from interlope.results.prior_sensitivity import PriorSensitivity
from interlope.results.study import StudyRecord

LEAST_PRIOR = 50.0  # effective replicates under the prior that a prior predictive chance needs
MEANING = {"low": "too little for a decision that rests on which explanation leads",
           "moderate": "enough to lean on which explanation leads, with the doubts named below",
           "high": "sound enough for a decision that rests on which explanation leads"}
FEW_SETS = 5  # of 100 sets of its own figures, below which an explanation is said to miss the published ones


def tell_confidence(study: StudyRecord) -> list[str]:
    """Say the confidence, and in a second sentence what limits it; nothing where a single explanation leads nothing."""
    confidence = study.confidence
    if confidence is None:
        return []
    weak = [f"{g.name} ({g.level})" for g in confidence.limits if g.level != "not measured"]
    unknown = [g.name for g in confidence.limits if g.level == "not measured"]
    parts = [f"Grounds that are not high: {listing(weak)}."] if weak else []
    if unknown:
        worst, best = (combine([_as_if(g, level) for g in confidence.grounds]) for level in ("low", "high"))
        ends = dict.fromkeys((worst, best))
        either = "either way" if len(unknown) == 1 else "however they come out"
        measured = "measured, it could make confidence" if len(unknown) == 1 else "measured, they could make confidence"
        then = f"{measured} {' or '.join(ends)}" if len(ends) > 1 else f"confidence is {worst} {either}"
        parts.append(f"{write_count(len(unknown)).capitalize()} of {write_count(len(confidence.grounds))} grounds, {listing(unknown)}, "
                     f"{'was' if len(unknown) == 1 else 'were'} not measured; {then}.")
    level = tell_level(confidence)
    means = f": {MEANING[level]}" if level in MEANING else ""
    return [f"Confidence in the analysis is {level}{means}.", *([" ".join(parts)] if parts else [])]


def tell_level(confidence: Confidence) -> str:
    """The level; where a ground was not measured and a poor result there would lower the whole, that it is at most this level."""
    worst = combine([_as_if(g, "low") for g in confidence.grounds])
    return confidence.level if worst == confidence.level else f"{confidence.level} at most"


def _as_if(ground: Ground, level: str) -> Ground:
    """A ground as if what was not measured had come out at this level."""
    return ground.model_copy(update={"level": level}) if ground.level == "not measured" else ground


def tell_adequacy(study: StudyRecord) -> list[str]:
    """Say how well the leading explanation accounts for the evidence at all: its rivals may only be worse."""
    leader = study.weigh.ranked[0].name
    own = next((a for a in study.weigh.adequacy if a.explanation == leader), None)
    if own is None:
        return []
    whom = f"{leader}, the one explanation," if study.alone else f"the best of them, {leader},"
    return [f"Taken by itself, {whom} {_tell_figures(own, _tell_alike(study, own))}. {_tell_odd(study, leader)}{_tell_claims(study, own)}"]


def tell_before(study: StudyRecord) -> list[str]:
    """Say how odd all the evidence is for the leader before it was fitted, what that means, or why it is not known."""
    leader = study.weigh.ranked[0].name
    before = next((a.before for a in study.weigh.adequacy if a.explanation == leader), None)
    if before is None:
        return []
    if before.chance is None or before.error is None:
        why = ("this result is of an earlier version: weighted back to the priors, the stored replicates count as" if before.drawn is None
               else f"of {before.drawn} replicates drawn from its priors there completed")
        return [f"How odd all the evidence is for {leader} before any fit (prior predictive chance) is not known: {why} "
                f"{before.effective:.0f}, and {LEAST_PRIOR:.0f} are needed."]
    return [f"Before any fit, {leader} would have given evidence no likelier than the real one in {percent(before.chance)} of "
            f"{before.data_sets} data sets drawn from its priors (prior predictive chance, ± {percent(before.error)}): a small number "
            "would say that the evidence is odd for it as the case states it, whatever its rivals do."]


def _tell_figures(own: Adequacy, others: str) -> str:
    if own.chance is None:
        return "was not set against official figures"
    sets = round(100 * own.chance)
    verb = "accounts for the official figures" if sets >= FEW_SETS else "does not account for the official figures"
    return (f"{verb}. Of 100 sets of figures simulated under it, {sets or 'fewer than 1'} would fit it no better than the published "
            f"set{others}; below {FEW_SETS} it is said to miss them")


def _tell_alike(study: StudyRecord, own: Adequacy) -> str:
    """How many of the others' sets would fit them no better: accounting for the figures favours nobody where they are alike."""
    sets = [round(100 * a.chance) for a in study.weigh.adequacy if a.explanation != own.explanation and a.chance is not None]
    if not sets or own.chance is None:
        return ""
    reach = " to ".join(str(n or "fewer than 1") for n in dict.fromkeys((min(sets), max(sets))))
    return f" ({reach} under {'the other' if len(sets) == 1 else 'the others'})"


def _tell_odd(study: StudyRecord, leader: str) -> str:
    """Series that as a whole do not look like what it gives, though the figures together may be as likely as its own."""
    worst: dict[str, SeriesCheck] = {}
    for check in sorted((c for c in study.weigh.together if c.explanation == leader and c.chance < RARE), key=lambda c: c.chance):
        worst.setdefault(check.series, check)
    by: dict[str, list[str]] = {}
    for series, check in worst.items():
        by.setdefault(WORDS[check.what, check.observed > check.q95], []).append(series)
    odd = [f"the figures of {first_few(names)} {how}" for how, names in by.items()]
    return f"Yet {listing(odd)} than it gives. " if odd else ""


def _tell_claims(study: StudyRecord, own: Adequacy) -> str:
    """Claims that it does not meet, those that nobody meets apart, and roots that it has to disbelieve."""
    if not own.claims:
        return "No claim is weighed."
    everyone = set(study.names)
    never = [c.claim for c in study.weigh.cannot_meet if set(c.explanations) >= everyone] if not study.alone else []
    others = [c for c in own.unmet if c not in never]
    alone = ", each by itself" if own.claims > 1 else ""
    others_too = [a for a in study.weigh.adequacy if a.explanation != own.explanation and a.claims]
    beside = f" ({', '.join(f'{a.explanation} {a.claims - len(a.unmet)}' for a in others_too)})" if others_too else ""
    parts = [f"it meets {own.claims - len(own.unmet)} of {plural(own.claims, 'weighed claim')}{alone}{beside}"]
    more = [a.explanation for a in others_too if len(a.unmet) < len(own.unmet)]
    parts += [f"meeting more, as {listing(more)} {'does' if len(more) == 1 else 'do'}, is no ground by itself: a claim counts as far as "
              "its source is trusted"] if more and not study.alone else []
    parts += [f"no explanation meets {first_few(never)}"] if never else []
    parts += [f"it misses {first_few(others)}, which others meet"] if others and never else []
    doubted = [_tell_doubted(study, own, t) for t in own.doubted]
    parts += [f"if it is true, {first_few(doubted)}"] if doubted else []
    return " ".join(sentence(part) for part in parts)


def _tell_doubted(study: StudyRecord, own: Adequacy, trust: RootTrust) -> str:
    """Which weighed claims of a root that it has to doubt are not met; where all are, how far the root is trusted then."""
    claims = [c.id for c in study.dossier.claims if c.root == trust.root and c.likelihood]
    unmet = [i for i in claims if i in own.unmet]
    if not unmet:
        return f"{trust.root} reported faithfully with a chance of {estimate(trust.after)} only, {estimate(trust.before)} by its letter"
    of = f"{len(unmet)} of the {len(claims)} weighed claims" if len(claims) > 1 else "the one weighed claim"
    return f"{of} of {trust.root} {'is' if len(unmet) == 1 else 'are'} not met ({first_few(unmet)})"


def tell_raising(study: StudyRecord) -> list[str]:
    """Say what would raise the confidence, the weakest ground first."""
    confidence = study.confidence
    if confidence is None:
        return []
    if not confidence.limits:
        return ["No ground speaks against relying on it."]
    return [f"{g.name[0].upper()}{g.name[1:]} ({g.level}): {g.finding}. What would change that: {g.change}." for g in confidence.limits]


def tell_moving(result: PriorSensitivity) -> list[str]:
    """Say which prior moves the odds of the leader most, and how many changes are too thin to tell."""
    priors = [r for r in result.rows if r.kind != "likelihood"]
    thin = sum(r.thin for r in priors)
    sentences = []
    if result.priors:
        most = result.priors[0]
        what = f"the priors that only {most.name} has, all together" if most.kind == "own" else f"the prior of {most.name}"
        sentences.append(f"The odds of {result.leader} against {result.rival} move most with {what}: times "
                         f"{math.exp(most.moved or 0.0):.2f} where its width is multiplied by {most.width:.2g}"
                         f"{', roughly' if most.thin else ''}.")
    if thin:
        sentences.append(f"{thin} of {len(priors)} changes are rough: too few points carry the weights (Pareto k above .7, or few "
                         "effective points), and the change is that of a normal posterior with the same mean and spread.")
    return sentences


def tell_break_even(result: PriorSensitivity) -> list[str]:
    """Say which other explanation is nearest to the lead, and what prior odds would give it that."""
    if not result.break_even:
        return []
    near = result.break_even[0]
    return [f"{near.rival} would lead with prior odds against {result.leader} above {odds_of(near.needed)}; the case gives them "
            f"{odds_of(near.prior_odds)}."]


def odds_of(value: float | None) -> str:
    """Odds with the larger number first or last as they fall; `odds` of numerals takes a logarithm.

    >>> odds_of(0.5), odds_of(6.54)
    ('1 : 2', '6.5 : 1')
    """
    return "" if not value else odds(math.log(value))
