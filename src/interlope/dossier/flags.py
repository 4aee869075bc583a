"""Flags: what a dossier notices by itself; each flag names its rule."""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile

from interlope.dossier import provenance
from interlope.dossier.claim import SILENCE, Claim, Flag, content
from interlope.dossier.formula import consists_of
from interlope.dossier.ratios import SCALE

HEDGES = re.compile(r"\b(could|may|might|presumably|possibly|would)\b", re.IGNORECASE)
LOADED = re.compile(r"\b(illegals?|bandits?|hordes?|invasion|floods? of|terrorist|traffick\w*)\b", re.IGNORECASE)
DEFINED_BY = {"unit": "in which unit", "window": "for which days", "counted": "in words what is counted"}  # entries of a claim
NUMERIC = ("interval", "ceiling", "total", "count", "change", "effect")

Raised = Iterator[tuple[str, str]]
Rule = Callable[[provenance.Dossier, Claim], Raised]


def after_source(book: provenance.Dossier, claim: Claim) -> Raised:
    """The event lies after the day on which the report that is said to tell of it was made."""
    root = book.roots[claim.attributed] if claim.attributed in book.roots else None
    if claim.window and root and claim.window[0] > root.completed:
        yield claim.id, f"happened from {claim.window[0]}, but {root.id}, said to tell of it, was made on {root.completed}"
    elif claim.window and claim.window[0] > claim.published and claim.kind != "forecast" and not claim.scored:
        yield claim.id, f"happened from {claim.window[0]}, but was published on {claim.published}"


def days_to_come(book: provenance.Dossier, claim: Claim) -> Raised:
    """It is weighed, and tells of days after the one on which it was known."""
    if claim.scored and claim.window and claim.published < claim.window[1]:
        yield claim.id, f"tells of days up to {claim.window[1]}, but was known on {claim.published}; end the window there, or say by " \
                        "'published' on which later day this was stated"


def nearly_same(book: provenance.Dossier, claim: Claim) -> Raised:
    """Nearly the same statement on the same root, or the same on another of its institution, counts as a second observation."""
    for other in takewhile(lambda other: other.id != claim.id, _same_institution(book, claim)):
        same = other.kind == claim.kind and _same_sum(claim.series, other.series)
        same = same and other.stated == claim.stated and _against(other) == _against(claim)
        if not (same or _is_turned_round(claim, other)) or other.reduce != claim.reduce:
            continue
        if _overlap(claim, other) and content(claim) != content(other):
            whence = "the same root" if other.root == claim.root else f"{other.root}, a root of the same institution"
            yield claim.id, f"{other.id}, from {whence}, says nearly the same; both count, as two observations"


def spoke(book: provenance.Dossier, claim: Claim) -> Raised:
    """A root that is listed as silent speaks of the same in a claim."""
    for other in _same_institution(book, claim) if claim.kind == SILENCE else ():
        if other.root == claim.root and other.kind != SILENCE and other.series == claim.series and _overlap(claim, other):
            yield claim.id, f"{other.id}, from the same root, speaks of the same series in the same days"


def restatement(book: provenance.Dossier, claim: Claim) -> Raised:
    """Says again what another claim says."""
    if claim.kind == "restatement" and claim.of:
        yield claim.id, f"says again what {claim.of} says; counts nothing"


def no_probability(book: provenance.Dossier, claim: Claim) -> Raised:
    """Something could or may happen, with no probability given."""
    if claim.kind == "forecast" and HEDGES.search(claim.paraphrase) and claim.chance_if_true is None:
        yield claim.id, "no probability and no horizon are given"


def no_unit(book: provenance.Dossier, claim: Claim) -> Raised:
    """A number lacks its unit, its window or what is counted; statements without a number need none of them."""
    if claim.kind in NUMERIC and not isinstance(claim.stated, str):
        lacking = [f"{text} ({entry})" for entry, text in DEFINED_BY.items() if not getattr(claim, entry)]
        if lacking:
            yield claim.id, f"states a number and does not say {', nor '.join(lacking)}"


def unattributed(book: provenance.Dossier, claim: Claim) -> Raised:
    """No lineage is stated."""
    if claim.lineage != "stated":
        yield claim.id, f"the speaker is not stated; lineage {claim.lineage}"


def label(book: provenance.Dossier, claim: Claim) -> Raised:
    """A loaded label."""
    loaded = sorted({m[0].lower() for m in LOADED.finditer(claim.paraphrase)})
    if loaded:
        yield claim.id, f"loaded words: {', '.join(loaded)}"


def two_definitions(book: provenance.Dossier, claim: Claim) -> Raised:
    """One number, two definitions."""
    for channel in claim.channels:
        other = channel.series or f"{channel.reduce} of the same"
        rule = {"widened-scope": "a wider scope than upstream"}.get(channel.kind, "may mean")
        yield claim.id, f"{rule}: {other} (chance {channel.chance:g}): {channel.reason}"


def two_numbers(book: provenance.Dossier, claim: Claim) -> Raised:
    """The same root gives two numbers that do not overlap for one series."""
    if claim.kind not in NUMERIC or claim.low is None or claim.high is None or not claim.interpretations or not claim.root:
        return
    for other in book.claims.values():
        if other.id == claim.id or other.root != claim.root or other.kind != claim.kind or not other.interpretations:
            continue
        if other.low is None or other.high is None or other.series != claim.series or other.reduce != claim.reduce:
            continue
        if _against(other) != _against(claim):
            continue
        mine, theirs = _scale(claim), _scale(other)
        overlap = claim.low / mine <= other.high / theirs and other.low / theirs <= claim.high / mine
        same_time = claim.window and other.window and claim.window[0] <= other.window[1] \
            and other.window[0] <= claim.window[1]
        if not overlap and same_time:
            yield claim.id, f"{other.id}, from the same root, gives a number that does not overlap"


def change_beside(book: provenance.Dossier, claim: Claim) -> Raised:
    """A change of the same series in the same days is claimed beside an effect: what changed need not be what the event did."""
    for other in book.claims.values() if claim.kind == "effect" and claim.scored else ():
        if other.kind == "change" and other.scored and _same_sum(claim.series, other.series) and _overlap(claim, other):
            yield claim.id, f"{other.id} states how much changed since an earlier window; this claim, what of the level the event " \
                            f"'{claim.event}' is said to have done: both count, and they differ where anything else changed"


def one_root(book: provenance.Dossier, claim: Claim) -> Raised:
    """Several relays, one root."""
    if len(claim.chain) > 1:
        yield claim.id, f"{len(claim.chain)} relays repeat one root; it counts once"


def _same_institution(book: provenance.Dossier, claim: Claim) -> list[Claim]:
    """Claims that are scored and come from roots of the same institution, itself among them; none where it is not scored."""
    if not claim.scored or claim.root not in book.roots:
        return []
    together = next((roots for roots in provenance.institutions(book).values() if claim.root in roots), [])
    return [other for other in book.claims.values() if other.root in together and other.scored]


def _same_sum(one: str, other: str) -> bool:
    """Whether two texts name the same sum of series."""
    return one == other or bool(one and other and consists_of(one) == consists_of(other))


def _is_turned_round(claim: Claim, other: Claim) -> bool:
    """Whether two rankings say one thing: that the first is more than the second, and the second less than the first."""
    words = {"more": "less", "less": "more"}
    return claim.kind == other.kind == "ranking" and _same_sum(claim.series, other.than) and _same_sum(claim.than, other.series) \
        and other.stated == words.get(str(claim.stated), claim.stated)


def _against(claim: Claim) -> tuple[object, ...]:
    """What a claim compares with; nothing where it does not."""
    return claim.baseline, claim.than, claim.event


def _scale(claim: Claim) -> float:
    """From what is recorded to the unit of a claim's numbers."""
    return SCALE.get(claim.unit, 1.0) if claim.baseline or claim.event else claim.interpretations[0].factor


def _overlap(one: Claim, other: Claim) -> bool:
    """Whether two windows share at least half of the shorter one."""
    if not one.window or not other.window:
        return False
    shared = (min(one.window[1], other.window[1]) - max(one.window[0], other.window[0])).days + 1
    return 2 * shared >= min((w[1] - w[0]).days + 1 for w in (one.window, other.window))


RULES: Mapping[str, Rule] = {
    "event-after-source": after_source, "days-to-come": days_to_come, "restatement": restatement, "no-probability": no_probability,
    "no-unit-window-or-counted": no_unit, "unattributed": unattributed, "loaded-label": label,
    "one-number-two-definitions": two_definitions, "one-root-two-numbers": two_numbers,
    "several-relays-one-root": one_root, "nearly-the-same-claim": nearly_same, "listened-to-and-spoke": spoke,
    "change-beside-an-effect": change_beside,
}


def find(book: provenance.Dossier) -> dict[str, tuple[Flag, ...]]:
    """Run every rule over every claim; a rule that an analyst already named on a claim is not added again."""
    flags: dict[str, list[Flag]] = {}
    for claim in book.claims.values():
        named = {flag.rule for flag in claim.flags}
        for rule, check in RULES.items():
            for name, text in check(book, claim):
                if rule not in named:
                    flags.setdefault(name, []).append(Flag(rule, text, "rule"))
    return {name: tuple(items) for name, items in flags.items()}
