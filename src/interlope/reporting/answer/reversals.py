"""Reversals: which options change places between explanations, and at which odds, in plain sentences."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from interlope.policy.break_even import LEVEL, BreakEvenOdds, list_odds
from interlope.reporting.numerals import MISSING, estimate, odds, percent, plural
from interlope.reporting.words import label, listing, readable, sentence
from interlope.results.comparison import CompareResult
from interlope.results.robustness import BreakEven, OptionPair, Reversals

STATUS_QUO = "status-quo"
OPEN = " For the other harms no order is shown under every explanation at once, which asks more than a likely direction."
MEANS = "in the mean over futures"
MOST = 4  # pairs that are told in words before the table has the rest


def tell_reversals(compare: CompareResult, about: Collection[str] = (), answered: Collection[str] = ()) -> list[str]:
    """Say where the order of two options on a harm turns with the explanation, and at which odds.

    Parameters
    ----------
    compare : CompareResult
        Options compared.
    about : collection of str
        Only pairs of these options; all of them where none is named.
    answered : collection of str
        Options whose comparison with the status quo was told already.

    Returns
    -------
    list of str
        Nothing where it was not computed, or one explanation stands alone.
    """
    pairs = _select(compare, about, answered)
    turning = [p for p in pairs if p.verdict == "reverses"]
    if not pairs or compare.reversals is None:
        return []
    if not turning:
        return [_tell_none(pairs, compare.reversals.pairs, list_odds(compare)) if not about else _tell_alone(pairs)]
    sentences = [_tell_pair(p) for p in turning[:MOST]]
    more = len(turning) - MOST
    counted = plural(more, "more comparison depends", "more comparisons depend")
    return sentences + ([f"{counted} on the explanation: see the table of break-even odds."] if more > 0 else [])


def tell_odds(compare: CompareResult, answered: Collection[str] = ()) -> list[str]:
    """Say in two sentences at most which orders are shown to turn, and at which odds; where none is, which is nearest to it.

    Parameters
    ----------
    compare : CompareResult
        Options compared.
    answered : collection of str
        Options whose comparison with the status quo was told already.

    Returns
    -------
    list of str
        One text, or nothing where it was not computed or one explanation stands alone.
    """
    pairs = _select(compare, (), answered)
    turning = [p for p in pairs if p.verdict == "reverses"]
    if not turning:
        return tell_reversals(compare, answered=answered)
    by_pair: dict[int, BreakEvenOdds] = {}
    for row in sorted((row for row in list_odds(compare) if row.joint), key=_distance):
        by_pair.setdefault(id(row.pair), row)
    first, *more = [row for row in by_pair.values() if any(row.pair is p for p in turning)]
    every = compare.reversals.pairs if compare.reversals else []
    sentences = [f"in {len(turning)} of {_count(pairs, every)} the order turns with the explanation: {_tell_clause(first)}"]
    if more:
        rest = f"; the table of break-even odds has {len(more) - 1} more" if len(more) > 1 else ""
        sentences.append(f"{_tell_clause(more[0])}{rest}")
    return [" ".join(sentence(text) for text in sentences)]


def write_odds(ratio: float | None) -> str:
    """Write odds given as a ratio.

    >>> write_odds(1.5), write_odds(0.25), write_odds(None)
    ('1.5 : 1', '1 : 4', '—')
    """
    return odds(math.log(ratio)) if ratio else MISSING


def write_bounds(low: float | None, high: float | None) -> str:
    """Write an interval of odds, and which bound it does not have.

    >>> write_bounds(0.5, 2.0), write_bounds(0.5, None), write_bounds(None, 2.0), write_bounds(None, None)
    ('1 : 2 to 2 : 1', 'from 1 : 2 without upper bound', 'up to 2 : 1 without lower bound', 'without bounds')
    """
    if low is None:
        return "without bounds" if high is None else f"up to {write_odds(high)} without lower bound"
    return f"from {write_odds(low)} without upper bound" if high is None else f"{write_odds(low)} to {write_odds(high)}"


def _select(compare: CompareResult, about: Collection[str], answered: Collection[str]) -> list[OptionPair]:
    """Pairs to speak of: of the options asked about, without those that were told already."""
    if compare.reversals is None or len(compare.explanations) < 2:
        return []
    pairs = [p for p in compare.reversals.pairs if not about or {p.option, p.other} <= set(about)]
    return [p for p in pairs if p.option != STATUS_QUO or p.other not in answered]


def _distance(row: BreakEvenOdds) -> float:
    """How far the odds are from where the order turns, in logarithms."""
    return abs(math.log(row.at / row.now)) if row.now else math.inf


def _tell_clause(row: BreakEvenOdds) -> str:
    bounds = f"{percent(LEVEL)} interval {write_bounds(row.low, row.high)}"
    return (f"fewer {label(row.pair.outcome)} with {readable(row.above)} than with {readable(row.below)} where the odds of "
            f"{row.explanation} against {row.against}, taken alone, are above {write_odds(row.at)} ({bounds}; now {write_odds(row.now)})")


def count_verdicts(reversals: Reversals) -> str:
    """Count what is shown and what is not over all pairs of options and harms."""
    count = {verdict: sum(p.verdict == verdict for p in reversals.pairs) for verdict in ("reverses", "one leads", "cannot be told")}
    return (f"Of {plural(len(reversals.pairs), 'comparison')} of two options on a harm, {count['reverses']} turn with the explanation, in "
            f"{count['one leads']} the same option has less under every explanation, and {count['cannot be told']} cannot be told from "
            f"these draws: {reversals.comparisons} intervals{' of each harm' if reversals.by_harm else ''} that hold together with "
            f"{percent(reversals.level)}.")


def _tell_none(pairs: list[OptionPair], every: list[OptionPair], odds_of: Sequence[BreakEvenOdds]) -> str:
    """Say that no order is shown to turn, what of it is shown, and which comes nearest to turning, of `every` pair or of those left."""
    leads = sum(p.verdict == "one leads" for p in pairs)
    mine = [row for row in odds_of if any(row.pair is p for p in pairs)]
    first = (f"Of {_count(pairs, every)}, the same option has less of it under every explanation in {leads}, {MEANS}." if leads else
             "On no harm can it be told from these draws which of any two options brings less.")
    if mine:
        nearest = max(mine, key=lambda row: row.nearness)
        return f"{first} That the order turns is shown in none; nearest to it, and not shown: {sentence(_tell_clause(nearest), False)}"
    return f"{first} The other {len(pairs) - leads} cannot be told from these draws." if leads and len(pairs) > leads else first


def _tell_alone(pairs: list[OptionPair]) -> str:
    """Say of the two options asked about what is shown and what is not, where no order turns."""
    leads = [p for p in pairs if p.verdict == "one leads"]
    if not leads:
        return "On no harm can it be told from these draws which of the two options brings less."
    by = {name: [label(p.outcome) for p in leads if p.leader == name] for name in dict.fromkeys(p.leader for p in leads)}
    parts = [f"fewer {listing(harms)} with {readable(name)}" for name, harms in by.items()]
    text = " ".join(sentence(part) for part in (f"{MEANS}, under every explanation, {parts[0]}", *parts[1:]))
    return f"{text}{OPEN if len(leads) < len(pairs) else ''}"


def _count(pairs: list[OptionPair], every: list[OptionPair]) -> str:
    """How many pairs are spoken of, and that those of a question answered before are not among them."""
    text = f"{plural(len(pairs), 'comparison')} of two options on one harm"
    more = len(every) - len(pairs)
    return f"{text} ({more} more of {len(every)} were asked about and are told above)" if more else text


def _tell_pair(pair: OptionPair) -> str:
    """Say who has less under which explanation, and what probability would turn the whole."""
    by = {name: [d.explanation for d in pair.by_explanation if d.leader == name] for name in (pair.option, pair.other)}
    unclear = [d.explanation for d in pair.by_explanation if not d.leader]
    parts = [f"with {readable(name)} under {listing(names)}" for name, names in by.items()]
    options = f"{readable(pair.option)} and {readable(pair.other)}"
    sentences = [f"Which of {options} brings fewer {label(pair.outcome)} depends on the explanation",
                 f"{MEANS}, fewer {listing(parts)}", *([f"under {listing(unclear)} it cannot be told"] if unclear else [])]
    turns = [b for b in pair.break_even if b.above != pair.leader]
    tail = ", the other explanations in proportion" if pair.break_even else ""
    if pair.leader and turns:
        rises = listing([_tell_rise(b) for b in turns], "or")
        sentences += [f"with the odds as they are, fewer with {readable(pair.leader)}",
                      f"fewer with {readable(turns[0].above)} once {rises}{tail}"]
    elif pair.break_even:
        sentences += ["over all explanations together it cannot be told",
                      *(f"fewer with {readable(b.above)} where the probability of {b.explanation} is above {_tell_range(b)}{tail}"
                        for b in pair.break_even)]
    return " ".join(sentence(text) for text in sentences)


def _tell_rise(b: BreakEven) -> str:
    return f"the probability of {b.explanation} rises from {estimate(b.probability)} to {_tell_range(b)}"


def _tell_range(b: BreakEven) -> str:
    ends = estimate(b.low), estimate(b.high)
    return estimate(b.at) + (f" ({ends[0]} to {ends[1]})" if ends[0] != ends[1] else "")
