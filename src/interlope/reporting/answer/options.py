"""Options: the answer on each option asked about: every harm once, organised retaliation, and what turns the directions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from interlope.reporting.answer import roots
from interlope.reporting.answer.direction import (
    BASIS,
    CLEAR,
    LIKELY,
    POOLED,
    clear_direction,
    direction,
    is_steady,
    is_still,
    lacks_season,
    name_today,
)
from interlope.reporting.answer.people import EVERY, STEADY, tell_briefly, tell_harms
from interlope.reporting.answer.reversals import tell_reversals
from interlope.reporting.answer.statement import Statement
from interlope.reporting.answer.uncounted import tell_uncounted
from interlope.reporting.numerals import estimate, signed
from interlope.reporting.words import label, likelihood, listing, readable, worded
from interlope.results.comparison import CompareResult, Difference, ResponseChance
from interlope.results.study import Ask, StudyRecord

ORGANISED, ANY_ATTACK = "organised_response", "armed_attacks"
FACTOR = 2.0  # between chances under two explanations, from which the greatest is named beside the whole
SHIFT = 0.1  # share by which the number of operations changes, from which those without the option are called other ones
SAME = 0.005  # difference between chances below which a reader of whole percentages sees none
OTHER = "other "
OTHERS = " The operations that begin without the option are not the same ones: publicised violence makes them likelier."


def answer_option(study: StudyRecord, ask: Ask) -> list[Statement]:
    """What the option does to people, every harm by itself, and whether organised retaliation is seen; then what turns that."""
    compare, name = study.compare, ask.option or ""
    if compare is None:
        why = "; ".join(r.text for r in study.compare_reasons)
        return [Statement(f"{ask.label}: the options were not compared{f' ({why})' if why else ''}.")]
    if name not in {o.name for o in compare.options}:
        return [Statement(f"{ask.label}: {readable(name)} is not among the options compared.")]
    if name in compare.never_act:
        why = compare.never_act[name]
        return [Statement(f"{ask.label}: {readable(name)} does not act in the {compare.days} days compared ({why}); nothing can be said "
                          "of what it does.")]
    over = "today" if ask.against == "today" else "status_quo"
    rows = [d for d in compare.differences if d.option == name and d.over == over]
    harms = [o.name for o in sorted(compare.outcomes, key=lambda o: o.order) if o.harm]
    sorts = {harm: _sort([d for d in rows if d.outcome == harm]) for harm in harms}
    pooled = {d.outcome: d for d in rows if d.explanation == POOLED}
    weak = ", for checking only" if study.status == "not_resolved" or study.compare_reasons else ""
    beside = f"today, {name_today(compare.today, lacks_season(compare))}" if over == "today" else "the same future without it"
    lead = f"{ask.label} ({readable(name)} against {beside}, {BASIS}{weak})"
    response, brief = (_tell_response(compare, name, over, reach=reach) for reach in (True, False))
    parts = (f"{lead}.", *tell_harms(sorts, pooled), response)
    short = f"{lead}. {tell_briefly(sorts, pooled)} {brief}"
    omitted = tell_uncounted(compare, name, sorts)
    whole = roots.weighed(study)
    uncounted = [Statement(f"{ask.label}, {omitted}.", 2, roots=roots.counted(study))] if omitted else []
    if study.alone:
        parts, short = tuple(_tell_alone(part, study.alone) for part in parts), _tell_alone(short, study.alone)
        return [Statement(" ".join(parts), 0, short, whole, parts), *uncounted]
    turns = tell_reversals(compare, ("status-quo", name)) if over == "status_quo" else []
    return [Statement(" ".join(parts), 0, short, whole, parts),
            Statement(f"{_tell_dependence(study, ask, sorts, rows)}.", 2, roots=whole), *uncounted,
            *(Statement(f"{ask.label}, break-even: {text[0].lower()}{text[1:]}", 3, roots=whole) for text in turns)]


def _tell_alone(text: str, name: str) -> str:
    """A text on harms where there is one explanation only, under which everything is said."""
    text = text.replace(STEADY, "").replace(STEADY[:-1], "")
    return text.replace(EVERY, f"under {name}, the one explanation,").replace(",:", ":")


def _sort(here: Sequence[Difference]) -> str:
    """Sort one harm, from its rows by explanation: a direction or none.

    `clear more` and `clear fewer` are clear under every explanation, `steady` ones likely and the same way under each, `likely` ones turn;
    `at least` and `at most` have more or fewer in some futures and the other in few, `open` in neither few, `same` no change in most.
    """
    pooled = next((d for d in here if d.explanation == POOLED), None)
    if pooled is None or pooled.chance_more is None or pooled.chance_less is None:
        return "unknown"
    more, less = pooled.chance_more, pooled.chance_less
    clear = clear_direction(here)
    if clear:
        return f"clear {clear}"
    if max(more, less) >= LIKELY:
        way = "more" if more > less else "fewer"
        return f"{'steady' if is_steady(here, way) else 'likely'} {way}"
    if is_still(more, less):
        return "same"
    return "open" if min(more, less) > 1.0 - CLEAR else "at least" if more > less else "at most"


def _tell_response(compare: CompareResult, name: str, over: str, *, reach: bool = True) -> str:
    """The chances that an operation is answered by organised violence and by any armed attack, beside the same without the option."""
    every = [r for r in compare.escalation.chances if r.explanation == POOLED]
    rows = [r for r in every if r.response == ORGANISED]
    counted = [r for r in rows if r.option == name and r.chance is not None]
    if not counted:
        window = min((r.days for r in rows), default=0)
        why = f" (no operation begins {window} days before the end of the {compare.days} compared)" if rows else ""
        return f"Organised retaliation not counted{why}."
    row = max(counted, key=lambda r: r.days)
    if over == "status_quo" and (same := _tell_unchanged(every, row)):
        return same
    by_explanation = compare.escalation.chances
    together = worded(", by two {groups} together,") if reach else ""
    basis = "" if reach else ", on assumptions"
    text = (f"Organised retaliation{together} within {row.days} days of the first operation{basis}: "
            f"{_tell_chance(row, by_explanation, over, reach)}.")
    attacks = [r for r in every if r.response == ANY_ATTACK]
    any_attack = next((r for r in attacks if r.option == name and r.days == row.days and r.chance is not None), None)
    whom = worded(" on {personnel} by then") if reach else ""
    text += f" Any armed attack{whom}: {_tell_chance(any_attack, by_explanation, over, reach)}." if any_attack else ""
    rest = f" {'Both rest' if any_attack else 'This rests'} on assumptions." if reach else ""
    return f"{text}{rest}{OTHERS if reach and f'after {OTHER}operations' in text else ''}"


def _tell_unchanged(every: Sequence[ResponseChance], row: ResponseChance) -> str:
    """Say that operations are answered as without the option, where as many begin and every chance is the same; else nothing."""
    alike = []
    for response, word in ((ORGANISED, "organised retaliation"), (ANY_ATTACK, "any armed attack")):
        mine, other = (next((r for r in every if r.response == response and r.days == row.days and r.option == name
                             and r.chance is not None), None) for name in (row.option, "status-quo"))
        if mine is None and other is None:
            continue
        if mine is None or other is None or _differ(mine, other) or abs((mine.chance or 0.0) - (other.chance or 0.0)) >= SAME:
            return ""
        alike.append(f"{word} {estimate(mine.chance)}")
    return f"Operations are answered as without it ({', '.join(alike)} within {row.days} days, on assumptions)."


def _tell_chance(row: ResponseChance, chances: Sequence[ResponseChance], over: str, reach: bool) -> str:
    """One chance in a word and numbers, with its error where `reach`, the greatest by explanation, and that without the option."""
    rows = [r for r in chances if r.response == row.response and r.days == row.days and r.chance is not None]
    without = [r for r in rows if r.option == "status-quo" != row.option] if over == "status_quo" else []
    pooled = [_tell_without(row, r, reach) for r in without if r.explanation == POOLED]
    numbers = [_tell_error(row, reach), *pooled]
    greatest = _find_greatest([r for r in rows if r.option == row.option and r.explanation != POOLED])
    if greatest:
        same = next((r for r in without if r.explanation == greatest.explanation), None)
        then = (f"{estimate(same.chance)} after those" if pooled else _tell_without(greatest, same, reach)) if same else ""
        numbers.append(f"{_tell_error(greatest, reach)} under {greatest.explanation}{f' and {then}' if then else ''}")
    return f"{likelihood(row.chance or 0.0)} ({'; '.join(numbers)})"


def _tell_without(row: ResponseChance, other: ResponseChance, reach: bool) -> str:
    """The chance without the option, and after which operations that is."""
    brief = "others" if _differ(row, other) else "operations"
    whole = f"{OTHER if _differ(row, other) else ''}operations that begin"
    return f"{estimate(other.chance)} after {whole if reach else brief} without it"


def _differ(row: ResponseChance, other: ResponseChance) -> bool:
    """Say whether so many more or fewer operations begin with an option that those without it are not the same ones."""
    return abs(row.operations - other.operations) > SHIFT * max(row.operations, other.operations)


def _tell_error(row: ResponseChance, reach: bool) -> str:
    known = reach and row.low is not None and row.high is not None
    return f"{estimate(row.chance)}{f', {estimate(row.low)} to {estimate(row.high)}' if known else ''}"


def _find_greatest(rows: Sequence[ResponseChance]) -> ResponseChance | None:
    """The greatest chance by explanation, where it is a factor of two or more above the least and their intervals lie apart."""
    if len(rows) < 2:
        return None
    least, most = min(rows, key=lambda r: r.chance or 0.0), max(rows, key=lambda r: r.chance or 0.0)
    apart = (most.low or 0.0) > (least.high if least.high is not None else 1.0)
    return most if apart and (most.chance or 0.0) >= FACTOR * (least.chance or 0.0) else None


def _tell_dependence(study: StudyRecord, ask: Ask, sorts: Mapping[str, str], rows: Sequence[Difference]) -> str:
    """What turns the directions: the explanation, and the comparison with today."""
    compare, turns = study.compare, []
    differences = compare.differences if compare else []
    for harm, sort in sorts.items():
        if not sort.startswith("clear") and sort not in ("same", "unknown"):
            way = {d.explanation: direction(d) for d in rows if d.outcome == harm and d.explanation != POOLED}
            wanted = sort.split()[1] if sort.startswith(("steady", "likely")) else "open"
            ways = _tell_ways(way, wanted)
            turns += [f"{label(harm)} {ways}"] if ways else []
    moved = [harm for harm, sort in sorts.items() if sort.startswith(("clear", "steady", "likely"))]
    if turns:
        text = f"{ask.label}, by explanation: {'; '.join(turns)}"
    elif moved:
        subject = ask.label[0].lower() + ask.label[1:] if ask.label[1:2].islower() else ask.label
        text = f"The answer on {subject} is the same {EVERY}"
    else:
        text = f"{ask.label}: no explanation by itself gives a clear direction"
    if ask.against != "today":
        other = []
        for harm in moved:
            today = [d for d in differences if d.option == ask.option and d.over == "today"]
            row = next((d for d in today if d.outcome == harm and d.explanation == POOLED), None)
            way = direction(row) if row else ""
            if row and way and way != sorts[harm].split()[1]:
                other.append(f"{way} {label(harm)} ({signed(row.mean, 2)} a year)")
        if compare and other:
            text += f". Compared with today, {name_today(compare.today, lacks_season(compare))}: {listing(other)}"
    return text


def _tell_ways(way: Mapping[str, str], wanted: str) -> str:
    """Under which explanations a harm goes another way than `wanted`, or, where that is `open`, goes any way at all."""
    parts = []
    for to in ("more", "fewer"):
        names = [name for name, leads in way.items() if leads == to]
        if names and to != wanted:
            parts.append(f"{to} under {listing(names)}")
    unclear = [name for name, leads in way.items() if not leads]
    if wanted != "open" and unclear:
        parts.append("not clear under any" if len(unclear) == len(way) > 1 else f"not clear under {listing(unclear)}")
    return ", ".join(parts)
