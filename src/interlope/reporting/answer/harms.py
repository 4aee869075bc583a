"""Harms: what each option does to people, harm first, and which options nothing beats, in plain sentences."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from interlope.reporting.answer.direction import (
    CLEAR,
    LIKELY,
    POOLED,
    SOME,
    chance_of,
    clear_direction,
    direction,
    is_steady,
    lacks_season,
    name_today,
    tell_turn,
)
from interlope.reporting.answer.overview import tell_reasons
from interlope.reporting.numerals import estimate, percent, signed
from interlope.reporting.words import first_few, label, likelihood, listing, readable, sentence, worded
from interlope.results.comparison import CompareResult, Difference, OutcomeAbout
from interlope.results.study import StudyRecord
from interlope.units import whole_years

UNSURE = ("What follows rests on weights that failed their checks: it shows which way the model leans, and is not a "
          "finding.")


BASES = (f"Clearly more or fewer: in at least {percent(CLEAR)} of the futures under every explanation. Break-even odds and dominance go by "
         "means over futures instead, which a few bad futures can turn.")


def tell_options(study: StudyRecord, answered: Collection[str] = ()) -> list[str]:
    """Say what each option does to people, harm first, against the same future without it and against today.

    `answered` are options of which that has been said already.
    """
    if study.compare is None:
        return ["The options were not compared.", *tell_reasons(study.compare_reasons)]
    compare = study.compare
    harms = [o for o in sorted(compare.outcomes, key=lambda o: o.order) if o.harm]
    sentences, unclear = tell_idle(compare), []
    if study.status == "not_resolved" or study.compare_reasons:
        sentences.append(UNSURE)
    for option in compare.options:
        if option.name in answered or not option.acts:
            continue
        rows = [d for d in compare.differences if d.option == option.name]
        over = "today" if _is_reference(rows) else "status_quo"
        text = _tell_option(harms, rows, over)
        if text:
            beside = f"today ({name_today(compare.today, lacks_season(compare))})" if over == "today" else "the same future without it"
            sentences.append(f"{readable(option.name).capitalize()}, compared with {beside}: {text}.")
        elif over == "status_quo":
            unclear.append(option.name)
    if unclear:
        names = listing([readable(name) for name in unclear], "or")
        sentences.append(f"No harm to people clearly rises or falls under every explanation with {names}.{_tell_risks(compare, unclear)}")
    return [*sentences, BASES, *tell_standing(study)]


def _tell_risks(compare: CompareResult, options: Sequence[str]) -> str:
    """Of options without a clear direction, the harms of which a fifth of futures or more has more; empty where there are none."""
    harms = {o.name for o in compare.outcomes if o.harm}
    parts = []
    for option in options:
        rows = [d for d in compare.differences if (d.option, d.over, d.explanation) == (option, "status_quo", POOLED) and d.outcome in harms
                and (d.chance_more or 0.0) >= SOME]
        each = [f"{label(d.outcome)} in {percent(d.chance_more)} (fewer in {percent(d.chance_less or 0.0)}; {signed(d.q95, 2)} a year at "
                "the 95th percentile)" for d in rows]
        parts += [f"with {readable(option)} more {listing(each)}"] if each else []
    return f" Yet in a fifth of futures or more, {listing(parts, 'and')}." if parts else ""


def tell_idle(compare: CompareResult) -> list[str]:
    """Say which options, and which levers of the others, change nothing within the days compared, and why."""
    sentences = [f"{readable(name).capitalize()} does not act in the {compare.days} days compared ({why}): it equals the status quo."
                 for name, why in compare.never_act.items()]
    return sentences + [f"Part of {readable(o.name)} does not act in the {compare.days} days compared: {'; '.join(o.idle)}."
                        for o in compare.options if o.acts and o.idle]


def tell_today(days: int, seasonal: bool | None = None, compared: int = 365) -> str:
    """Say which days count as today, and what a season does to them or to the days `compared` with them; `seasonal` is None where that is
    not known.

    >>> tell_today(365)
    'Today is the simulated year before the decision, not what was recorded.'
    >>> tell_today(731)
    "Today is the simulated 2 years before the decision, at a year's mean, not what was recorded."
    >>> tell_today(90)[:80]
    'Today is the simulated 90 days before the decision, at their daily mean times 36'
    >>> tell_today(90) == tell_today(90, True) != tell_today(90, False)
    True
    >>> tell_today(365, True, 90)[72:]
    'the 90 days compared with it are no whole years, so that their season makes every option look better or worse, and doing nothing too.'
    """
    years, today = whole_years(days), name_today(days)
    if years:
        mean = "" if years == 1 else ", at a year's mean"
        span = "day compared with it is no whole year" if compared == 1 else f"{compared} days compared with it are no whole years"
        which = "their season" if seasonal else "a season, if there is one,"
        season = "" if seasonal is False or whole_years(compared) else (
            f": the {span}, so that {which} makes every option look better or worse, and doing nothing too")
        return f"Today is {today}{mean}, not what was recorded{season}."
    text = f"Today is {today}, at {'its' if days == 1 else 'their daily'} mean times 365, not what was recorded"
    if seasonal is False:
        return f"{text}."
    return (f"{text}: it is not adjusted for the season, so that a high season just before makes every option look better, and doing "
            "nothing too.")


def tell_parts(outcomes: Sequence[OutcomeAbout]) -> list[str]:
    """Say which outcomes are the sum of others, so that nobody adds the parts to it.

    >>> plain = dict(unit="persons/year", harm=True, meaning="", worse="more")
    >>> text, = tell_parts([OutcomeAbout(name="deaths", order=0, parts=["group_deaths", "diverted_deaths"], **plain)])
    >>> text[36:]
    'are the sum of deaths of group members and deaths on other routes, future by future: those are its parts, not to be added to it.'
    """
    return [sentence(f"{label(o.name)} are the sum of {listing([label(name) for name in o.parts])}, future by future: those are its parts, "
                     "not to be added to it") for o in sorted(outcomes, key=lambda o: o.order) if o.parts]


def tell_escalation(study: StudyRecord) -> list[str]:
    """Say how often operations are answered with organised violence, option by option, where the model says so."""
    everything = study.compare.escalation.chances if study.compare else []
    pooled = [r for r in everything if r.explanation == POOLED and r.chance is not None]
    rows = [r for r in pooled if r.response == "organised_response"]
    if not rows:
        return []
    window = max(r.days for r in rows)
    attacks = {r.option: f" ({estimate(r.chance)})" for r in pooled if r.response == "armed_attacks" and r.days == window}
    chances = [f"{readable(r.option)} {estimate(r.chance)}{attacks.get(r.option, '')}" for r in rows if r.days == window]
    return ["Would an operation be answered with violence? Chance within "
            f"{window} days that two {worded('{groups}')} act together (and, in brackets, of any armed attack on {worded('{personnel}')}): "
            f"{listing(chances)}. The first rests mostly on assumptions about coordination."]


def tell_standing(study: StudyRecord) -> list[str]:
    """Say which options no other option beats on every outcome under every explanation."""
    if study.compare is None or not study.compare.undominated:
        return []
    acting = [o.name for o in study.compare.options if o.acts]
    names = [readable(n) for n in study.compare.undominated if n in acting]
    beaten = [readable(n) for n in acting if n not in study.compare.undominated]
    if not beaten:
        return ["Every option does better in the mean than each other one on some harm, under some explanation: which to prefer is a "
                f"judgement of values.{_tell_unsupported(study.compare, acting)}"]
    each = f"each of {listing(beaten)}" if len(beaten) > 1 else beaten[0]
    return [f"For {each} there is another option that in the mean over futures brings no more of any harm to people under any explanation, "
            f"and less of some{_name_better(study.compare, acting)}. For {listing(names)} there is none."]


def _tell_unsupported(compare: CompareResult, acting: Sequence[str]) -> str:
    """Name the options that have less than another on no harm under any explanation, of what can be told; empty where there are none."""
    pairs = compare.reversals.pairs if compare.reversals else []
    clear = [(p, d.leader) for p in pairs for d in p.by_explanation if d.leader]
    better, compared = {leader for _, leader in clear}, {name for p, _ in clear for name in (p.option, p.other)}
    names = [readable(name) for name in acting if name in compared and name not in better]
    return f" Of the differences that can be told from these draws, none speaks for {listing(names, 'or')}." if names else ""


def _name_better(compare: CompareResult, acting: Sequence[str]) -> str:
    """Name, for each option that another one beats, those that do and that nothing beats; empty where the means are not there."""
    by: dict[str, list[str]] = {}
    for name in acting:
        if name not in compare.undominated:
            better = [readable(o) for o in acting if o in compare.undominated and _beats(compare, o, name)]
            by.setdefault(first_few(better, "or"), []).append(readable(name))
    if not by or "" in by:
        return ""
    if len(by) == 1:
        return f": {next(iter(by))}"
    return f": {'; '.join(f'{better} in place of {listing(names)}' for better, names in by.items())}"


def _beats(compare: CompareResult, better: str, worse: str) -> bool:
    """Say whether an option has in the mean no more of any harm than another under any explanation, and less of some."""
    harms = {o.name for o in compare.outcomes if o.harm}
    pair = [{(r.explanation, r.outcome): r.mean or 0.0 for r in compare.levels
             if r.option == name and r.outcome in harms and r.explanation != POOLED} for name in (better, worse)]
    gaps = [pair[0][key] - pair[1][key] for key in pair[1] if key in pair[0]]
    return bool(gaps) and max(gaps) <= 0.0 and min(gaps) < 0.0


def _is_reference(rows: Sequence[Difference]) -> bool:
    """True for the option that changes nothing: it has no differences over the status quo."""
    return not any(r.over == "status_quo" for r in rows)


def _tell_option(harms: Sequence[OutcomeAbout], rows: Sequence[Difference], over: str) -> str:
    parts = []
    for word in ("more", "fewer"):
        changes = []
        for harm in harms:
            here = [r for r in rows if r.outcome == harm.name and r.over == over]
            pooled = next((r for r in here if r.explanation == POOLED), None)
            if pooled is None or clear_direction(here) != word:
                continue
            yet = _yet(harm, rows, word) if over == "status_quo" else ""
            changes.append(f"{label(harm.name)} ({likelihood(chance_of(pooled, word))}: {signed(pooled.mean, 2)} a year{yet})")
        if changes:
            parts.append(f"{word} {listing(changes)}")
    least = LIKELY if parts else CLEAR
    earlier = list(parts)
    for steady in (True, False):
        unsure = [text for word in ("more", "fewer") if (text := _tell_unsure(harms, rows, over, word, least, earlier, steady))]
        how = "the same way under every explanation, though not clear under each," if steady else \
            "on the whole, though not under every explanation,"
        parts += [f"{how} {' and '.join(unsure)}"] if unsure else []
    return ". ".join(part if i == 0 else f"{part[0].upper()}{part[1:]}" for i, part in enumerate(parts))


def _tell_unsure(harms: Sequence[OutcomeAbout], rows: Sequence[Difference], over: str, word: str, least: float,
                 earlier: Sequence[str], steady: bool) -> str:
    """Harms that move one way over all explanations and not clearly under each; empty where there are none.

    Those that go the same way under each where `steady`, else those that turn.
    """
    changes = [
        f"{label(r.outcome)} ({likelihood(chance_of(r, word))}: {signed(r.mean, 2)} a year{tell_turn(r, word)})"
        for harm in harms
        for r in rows
        if r.outcome == harm.name
        and r.over == over
        and r.explanation == POOLED
        and chance_of(r, word) > least
        and is_steady([d for d in rows if d.outcome == harm.name and d.over == over], word) is steady
        and not any(label(harm.name) in part for part in earlier)
    ]
    return f"{word} {listing(changes)}" if changes else ""


def _yet(harm: OutcomeAbout, rows: Sequence[Difference], word: str) -> str:
    """Say when the comparison with today goes the other way: both statements are true, and readers confuse them."""
    today = [r for r in rows if r.outcome == harm.name and r.over == "today" and r.explanation == POOLED]
    other = direction(today[0]) if today else ""
    return f"; yet {other} than in the simulated today, {signed(today[0].mean, 2)}" if other and other != word else ""
