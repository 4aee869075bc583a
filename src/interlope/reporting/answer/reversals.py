"""Reversals: which options change places between explanations, and at which odds, in plain sentences."""

from __future__ import annotations

from collections.abc import Collection

from interlope.reporting.numerals import estimate, percent, plural
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
    if compare.reversals is None or len(compare.explanations) < 2:
        return []
    pairs = [p for p in compare.reversals.pairs if not about or {p.option, p.other} <= set(about)]
    pairs = [p for p in pairs if p.option != STATUS_QUO or p.other not in answered]
    turning = [p for p in pairs if p.verdict == "reverses"]
    if not pairs:
        return []
    if not turning:
        return [_tell_none(pairs, bool(about), compare.reversals.pairs)]
    sentences = [_tell_pair(p) for p in turning[:MOST]]
    more = len(turning) - MOST
    counted = plural(more, "more comparison depends", "more comparisons depend")
    return sentences + ([f"{counted} on the explanation: see the table of break-even odds."] if more > 0 else [])


def count_verdicts(reversals: Reversals) -> str:
    """Count what is shown and what is not over all pairs of options and harms."""
    count = {verdict: sum(p.verdict == verdict for p in reversals.pairs) for verdict in ("reverses", "one leads", "cannot be told")}
    return (f"Of {plural(len(reversals.pairs), 'comparison')} of two options on a harm, {count['reverses']} turn with the explanation, in "
            f"{count['one leads']} the same option has less under every explanation, and {count['cannot be told']} cannot be told from "
            f"these draws: {reversals.comparisons} intervals that hold together with {percent(reversals.level)}.")


def _tell_none(pairs: list[OptionPair], alone: bool, every: list[OptionPair]) -> str:
    """Say that no order is shown to turn, and what of it is shown and what is not, of `every` pair or of those that are left."""
    leads = [p for p in pairs if p.verdict == "one leads"]
    open_pairs = len(pairs) - len(leads)
    if not leads:
        return f"On no harm can it be told from these draws which of {'the' if alone else 'any'} two options brings less."
    if alone:
        by = {name: [label(p.outcome) for p in leads if p.leader == name] for name in dict.fromkeys(p.leader for p in leads)}
        parts = [f"fewer {listing(harms)} with {readable(name)}" for name, harms in by.items()]
        text = " ".join(sentence(part) for part in (f"{MEANS}, under every explanation, {parts[0]}", *parts[1:]))
        return f"{text}{OPEN if open_pairs else ''}"
    text = f"Of {_count(pairs, every)}, the same option has less of it under every explanation in {len(leads)}, {MEANS}."
    return f"{text}{f' The other {open_pairs} cannot be told from these draws.' if open_pairs else ''}"


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
