"""Requirements: what a claim of a kind has to say and may say, and within which bounds, so that its density is one."""
from __future__ import annotations

import math

from interlope.dossier import comparison
from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.facts import RANGES
from interlope.dossier.formula import MOST_TIMES
from interlope.dossier.kinds import REGISTRY, Kind
from interlope.dossier.kinds.count import WIDEST
from interlope.dossier.meaning import least_stated, most_stated, range_of
from interlope.errors import nearest
from interlope.quantities import terms
from interlope.toml.table import Table

SPOKEN = ("low", "high", "threshold")  # numbers of a claim that lie within the bounds of what they are said of
FACTS = frozenset((*RANGES, "said", "cuts", "words", "ascertained"))
MOST = 1_000_000_000  # events of a count
LEAST_DIFFERENCE = 0.001  # between the chances of a statement if true and if false
ANY = 'reduce = "max" compares the highest day with a threshold, "mean" the usual one'
LOG_SCALE = ("interval", "ceiling", "total")
ANSWER = {"interval": ("low", "high"), "total": ("low", "high"), "count": ("low", "high"), "change": ("low", "high", "said"),
          "effect": ("low", "high", "said"),
          "share": ("said",), "frequency": ("said",), "trend": ("said",), "ranking": ("said",), "occurrence": ("said",),
          "alternation": ("said",), "attribution": ("said",)}  # what a question leaves open


def check_kind(table: Table, claim: Claim, answered: bool = True) -> None:
    """Note what a claim lacks for its kind, what its kind does not read, and what lies outside its bounds.

    Parameters
    ----------
    table : Table
        Where the claim stands, and faults are noted.
    claim : Claim
        The claim as read. One that is not scored may say what it likes.
    answered : bool, default True
        Whether it states its answer; a question must not.
    """
    kind = REGISTRY[claim.kind]
    for key in _needs(kind, answered) if claim.scored else [n for n in kind.NEEDS if n == "of"]:
        if not table.has(key):
            table.fault(f"'{key}' missing in claim '{claim.id}' of kind '{claim.kind}'", f"{key} = ..., or no_likelihood with the reason")
    if not claim.scored:
        return
    _unread(table, claim, kind, answered)
    if "words" in kind.NEEDS:
        _words(table, claim)
    among = claim.words if "words" in kind.NEEDS else getattr(kind, "WORDS", ())
    if among and claim.stated not in among and ("said" in kind.NEEDS or claim.stated is not None):
        table.fault(f"said '{claim.stated}' unknown", "one of " + ", ".join(among), "said", nearest(str(claim.stated), among))
    if "chance_if_true" in kind.NEEDS and not isinstance(claim.stated, bool | None):
        table.fault(f"said = '{claim.stated}'", "true or false; false where the claim denies it", "said")
    check_chances(table, claim, "chance_if_true")
    _operation(table, claim)
    _numbers(table, claim)
    if claim.kind in comparison.COMPARING:
        comparison.check(table, claim, answered)
    elif claim.interpretations:
        check_bounds(table, claim)


def _needs(kind: Kind, answered: bool) -> tuple[str, ...]:
    """What a claim of a kind must state."""
    return kind.NEEDS if answered else tuple(n for n in kind.NEEDS if n != "root" and n not in ANSWER.get(kind.KIND, ()))


def _unread(table: Table, claim: Claim, kind: Kind, answered: bool) -> None:
    """Note what the kind does not read, so that nobody believes it counts."""
    read = {*kind.NEEDS, *getattr(kind, "MAY", ())}
    read -= set() if answered else set(ANSWER.get(kind.KIND, ()))
    for key in sorted((FACTS | comparison.COMPARED) - read):
        if table.has(key):
            table.fault(f"'{key}' in claim '{claim.id}' of kind '{claim.kind}', which does not read it",
                        "one of " + ", ".join(sorted((FACTS | comparison.COMPARED) & read)), key)


def _words(table: Table, claim: Claim) -> None:
    """Note words that do not fit the cut points, or that stand twice."""
    if claim.cuts and len(claim.words) != len(claim.cuts) + 1:
        table.fault(f"{len(claim.words)} words for {len(claim.cuts)} cuts", "one word more than cuts", "words")
    if len(set(claim.words)) < len(claim.words):
        table.fault(f"words = {list(claim.words)}", "each word once, as each stands for a range of its own", "words")


def _operation(table: Table, claim: Claim) -> None:
    """Note a statistic of another sort than the kind's."""
    wanted = {"trend": "slope", "alternation": "alternations"}.get(claim.kind, "")
    for operation in {m.reduction.operation for m in claim.interpretations}:
        if wanted and operation != wanted:
            table.fault(f"reduce '{operation}' in a claim of kind '{claim.kind}'", f"'{wanted}'", "reduce")
        if operation == "slope" and not wanted:
            table.fault(f"reduce 'slope' in a claim of kind '{claim.kind}'", "another reduce, or kind = \"trend\"", "reduce")


def _numbers(table: Table, claim: Claim) -> None:
    """Note numbers that the kind's scale cannot hold."""
    low, high, threshold = claim.low, claim.high, claim.threshold
    for key, value in (("low", low), ("high", high)):
        if value == 0 and claim.kind in LOG_SCALE:
            table.fault(f"{key} = 0 in claim '{claim.id}'", "a number above 0, as it is scored on the log scale", key)
        if value is not None and claim.kind == "count" and not (value % 1 == 0 and value <= MOST):
            table.fault(f"{key} = {value:g} in claim '{claim.id}'", f"a whole number of events, at most {MOST:,}", key)
    if claim.kind == "count" and low is not None and high is not None and high - low >= WIDEST:
        table.fault(f"low {low:g} to high {high:g} in claim '{claim.id}'", f"at most {WIDEST} numbers, as the chance of each is added up",
                    "high", 'kind = "total" scores a wide range on the log scale')
    if claim.kind == "ceiling" and (low is None) == (high is None):
        table.fault(f"ceiling '{claim.id}' with both bounds or none", "either high (at most) or low (at least)", "kind")
    if claim.kind == "trend" and threshold is not None and (threshold < 0 or threshold == 0 and claim.stated == "flat"):
        table.fault(f"threshold = {threshold:g} of a trend said to be {claim.stated}",
                    "at least 0, and above 0 where it is said to be flat", "threshold",
                    "up is a slope above the threshold, down one below minus the threshold, flat what lies between")


def check_chances(table: Table, claim: Claim, key: str) -> None:
    """Note a statement that is as likely to be made whether it is true or not, so that it says nothing.

    Parameters
    ----------
    table : Table
        Where the fault is noted.
    claim : Claim
        A claim, or what was not said.
    key : str
        Name of the entry that holds the chance if true.
    """
    true, false = claim.chance_if_true, claim.chance_if_false
    if true is not None and false is not None and abs(true - false) < LEAST_DIFFERENCE:
        table.fault(f"the chances of '{claim.id}' are {true:g} if true and {false:g} if false", "two chances that differ, as it would else "
                    "count for nothing", key)


def check_bounds(table: Table, claim: Claim) -> None:
    """Note what cannot be true of the statistic, or is true of every one, and shares that are none.

    Parameters
    ----------
    table : Table
        Where faults are noted.
    claim : Claim
        A claim with at least one meaning.
    """
    if getattr(REGISTRY[claim.kind], "SHARE", False):
        for meaning in claim.interpretations:
            _share(table, claim, meaning)
    plain = claim.interpretations[0]
    least, most = range_of(plain)
    for key in SPOKEN:
        value = getattr(claim, key)
        if value is None:
            continue
        if claim.kind == "trend":
            if value >= most:
                if most == 0:
                    table.fault(f"a trend of '{plain.reduction.series}' over one day", "a window of at least two days", "window")
                    continue
                table.fault(f"threshold = {value:g} for the slope of '{plain.reduction.series}'",
                            f"a yearly relative change below {most:.3g}, the steepest that days of this window can have", key)
            continue
        if key == "threshold" and _is_any(claim):
            if value != plain.factor:
                table.fault(f"threshold = {value:g} with reduce = \"any\", which is {plain.factor:g} if there is anything on any day and 0 "
                            "else, whatever the threshold", f"threshold = {plain.factor:g}", key, ANY)
            continue
        if value > most_stated(plain):
            table.fault(f"{key} = {value:g} for the {plain.reduction.operation} of '{plain.reduction.series}'",
                        f"at most {most_stated(plain):g}", key, f"that is {MOST_TIMES:,.0f} times what is usual")
            continue
        if claim.kind in LOG_SCALE and 0 < value < least_stated(plain):
            table.fault(f"{key} = {value:g} for the {plain.reduction.operation} of '{plain.reduction.series}'",
                        f"at least {least_stated(plain):.3g}", key, "that is a millionth of what is usual; 'occurrence' speaks of none")
            continue
        always = key == "threshold" and value <= least
        if always or not least <= value <= most:
            below = f"above {least:g}" if key == "threshold" else f"of at least {least:g}"
            table.fault(f"{key} = {value:g} for the {plain.reduction.operation} of '{plain.reduction.series}'",
                        "a number " + (below if math.isfinite(least) else "") + (f", at most {most:g}" if math.isfinite(most) else ""),
                        key, _percent(claim, plain, value, most))


def _is_any(claim: Claim) -> bool:
    """Whether every meaning of a claim is 1 or 0, so that a threshold between them counts for nothing."""
    return all(meaning.reduction.operation == "any" for meaning in claim.interpretations)


def _percent(claim: Claim, meaning: Interpretation, value: float, most: float) -> str:
    """A question, where a number would be right in percent."""
    return 'did you mean unit = "percent"?' if claim.unit in ("", "1") and meaning.factor == 1 and most == 1 < value <= 100 else ""


def _share(table: Table, claim: Claim, meaning: Interpretation) -> None:
    """Note a statistic that is no share of 1, unless its factor makes it one."""
    least, most = range_of(meaning)
    scaled = any(factor != 1 for factor, _ in terms(meaning.reduction.series))
    if least < 0 or (math.isfinite(most) and most > 1 + 1e-9) or (math.isinf(most) and not scaled):
        table.fault(f"the {meaning.reduction.operation} of '{meaning.reduction.series}' lies within {least:g} to {most:g}"
                    + (f" {claim.unit}" if claim.unit != "1" else ""),
                    f"a share within 0 to 1 for kind '{claim.kind}'", "series",
                    'unit = "1"' if claim.unit == "percent" else "a factor makes a share of a series, as in '0.25 sectors_uncontrolled'")
