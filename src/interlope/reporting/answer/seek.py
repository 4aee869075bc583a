"""Seek: which evidence to look for next, what it would do to the odds, and what waiting for it costs and spares, in plain sentences."""

from __future__ import annotations

from interlope.reporting.answer import operations
from interlope.reporting.answer.direction import POOLED
from interlope.reporting.numerals import day, estimate, nats, number, percent, plural
from interlope.reporting.words import label, listing, readable
from interlope.results.comparison import CompareResult, Difference
from interlope.results.seek import AnswerOutcome, CandidateEvidence, PerfectInformation, SampleInformation, SeekResult, VariantGain
from interlope.results.study import StudyRecord

WAITS = (30, 90, 180, 365)  # days
FIRST = 2  # candidates that are told in words
SURE = 2.0  # standard errors above chance from which a gain is told
NEGLIGIBLE = 0.005  # nats: less teaches nothing that could be told from none
DEATHS = "deaths"
YEAR = 365.0  # days
STATUS_QUO = "status-quo"


def telling(seek: SeekResult) -> list[CandidateEvidence]:
    """Candidates whose gain is more than noise and more than chance gives."""
    return [c for c in seek.candidates if is_shown(c)]


def is_shown(c: CandidateEvidence | VariantGain) -> bool:
    """Whether a gain is more than noise and more than chance gives."""
    return (c.gain or 0.0) > max(NEGLIGIBLE, SURE * (c.error or 0.0)) and (c.gain or 0.0) > (c.by_chance or 0.0)


def is_unshown(c: CandidateEvidence) -> bool:
    """Whether outcomes were drawn and no gain could be shown: that bounds it from below alone, so that it may teach much or nothing."""
    return not c.listed and bool(c.outcomes) and not is_shown(c)


def teaches_nothing(c: CandidateEvidence) -> bool:
    """Whether what it teaches is negligible even with its error: outcomes were listed, and all of them were summed over."""
    return c.listed and bool(c.outcomes) and c.error is not None and (c.gain or 0.0) + SURE * c.error <= NEGLIGIBLE


def tell_remark(c: CandidateEvidence) -> str:
    """What has to be said beside a candidate's numbers."""
    within = [f"tells the variants of {v.explanation} apart: {nats(v.gain)} ± {nats(v.error)} nats of {number(v.doubt, 2)}"
              for v in c.within if is_shown(v)]
    read = f"; read from {c.summary}" if c.summary else ""
    whole = ", from all figures at once, which seldom show any" if c.summary is None else ""
    drawn = [f"could not be shown: only a lower bound is known, {nats(c.gain)} nats{whole}"] if is_unshown(c) else [
        f"a lower bound{read}"] if not c.listed and c.outcomes else []
    return "; ".join([*([c.note] if c.note else []), *drawn, *within])


def pick_asked(study: StudyRecord) -> str:
    """The explanation that the question asks about first, of those whose odds further evidence can move; empty where there is none."""
    moved = study.seek.probabilities if study.seek else {}
    return next((a.explanation for a in study.asks if a.explanation in moved), None) or ""


def tell_first(seek: SeekResult, asked: str = "") -> list[str]:
    """Say what the most telling candidates would teach and what their outcomes would do; declared ones before repeated questions.

    `asked` is the explanation that the question is about; what becomes of it is said beside what becomes of the leader.
    """
    first = sorted(telling(seek), key=lambda c: (c.automatic, -(c.gain or 0.0)))[:FIRST]
    return [_tell(c, seek, asked) for c in first]


def _tell(c: CandidateEvidence, seek: SeekResult, asked: str) -> str:
    """One candidate in words."""
    who = f"by {c.who}" + (f", letter {c.letter}" if c.letter else "")
    wait = [f"known after {plural(c.days, 'day')}"] if c.days else []
    price = [f"for {number(c.cost)} {c.cost_unit}"] if c.cost else []
    names = list(dict.fromkeys(n for n in (asked, seek.leader) if n))

    def reach(outcome: AnswerOutcome) -> float:
        return sum(abs(outcome.probabilities[n] - seek.probabilities[n]) for n in names)

    leads = max(c.outcomes, key=reach, default=None)
    moves = ""
    if leads is not None:
        likely = f", chance {percent(leads.chance)}" if leads.chance is not None else ""
        each = [f"{n} from {estimate(seek.probabilities[n])} to {estimate(leads.probabilities[n])}" for n in names]
        moves = f" Its strongest outcome ({leads.label}{likely}) would take {listing(each)}.{_tell_after(c, asked)}"
    about = ", ".join([f"{c.what[0].upper()}{c.what[1:]} ('{c.id}'; {who}", *wait, *price]) + ")"
    return (f"{about}: removes {estimate(c.part)} of the doubt on average (information gain {nats(c.gain)} ± {nats(c.error)} nats); "
            f"another explanation would lead with a chance of {estimate(c.leader_changes)}.{moves}")


def _tell_after(c: CandidateEvidence, asked: str) -> str:
    """What its outcomes, or of a number the points that are told, would leave the explanation asked about; empty where none is."""
    after = [o.probabilities[asked] for o in c.outcomes] if asked else []
    if len(after) < 2:
        return ""
    if estimate(min(after)) == estimate(max(after)):
        return f" It hardly moves {asked}."
    if any(o.chance is None for o in c.outcomes):
        return f" At its 10%, 50% and 90% points {asked} has {listing([estimate(p) for p in after])}."
    ends = [c.outcomes[after.index(pick(after))] for pick in (min, max)]
    least, most = (f"{estimate(o.probabilities[asked])} ({o.label}, chance {percent(o.chance)})" for o in ends)
    return f" Its outcomes leave {asked} between {least} and {most}."


def tell_waits(seek: SeekResult) -> list[str]:
    """Say what is the most telling that can be known within a month, three months, half a year; each candidate once."""
    useful = [c for c in telling(seek) if c.days is not None]
    parts, before = [], ""
    for wait in WAITS:
        best = max((c for c in useful if (c.days or 0) <= wait), key=lambda c: c.gain or 0.0, default=None)
        if best is not None and best.id != before:
            parts.append(f"within {wait} days '{best.id}' ({estimate(best.part)} of the doubt)")
            before = best.id
    return [f"The most telling by the time it takes: {'; '.join(parts)}."] if parts else []


def tell_nothing(seek: SeekResult) -> list[str]:
    """Name declared candidates that teach next to nothing, so that nobody waits for them, apart from those of which that is not known."""
    declared = [c for c in seek.candidates if not c.automatic and not is_shown(c)]
    nothing = [f"'{c.id}'" for c in declared if teaches_nothing(c)]
    unshown = [f"'{c.id}' (at least {nats(c.gain)} nats)" for c in declared if is_unshown(c)]
    noise = [f"'{c.id}'" for c in declared if c.outcomes and not teaches_nothing(c) and not is_unshown(c)]
    parts = [f"Not worth waiting for, as far as the explanations go: {listing(nothing)}."] if nothing else []
    if unshown:
        parts.append(f"Could not be shown to tell the explanations apart: {listing(unshown)}. Of figures to come only a lower bound can be "
                     "computed, so that this does not say that they teach nothing.")
    if noise:
        parts.append(f"Within the error of the calculation: {listing(noise)}.")
    noted = [f"'{c.id}': {c.note}." for c in seek.candidates if c.note]
    none = "No evidence that the case lists as still to be sought can be told from evidence that teaches nothing."
    return [*([] if telling(seek) else [none]), *parts, *noted]


def tell_within(seek: SeekResult, study: StudyRecord | None = None) -> list[str]:
    """Say what tells the variants of an explanation apart, or that this was not scored where the study has variants."""
    rows = [(v, c) for c in seek.candidates for v in c.within]
    sentences = []
    for name in dict.fromkeys(v.explanation for v, _ in rows):
        of_it = [(v, c) for v, c in rows if v.explanation == name]
        best = sorted((r for r in of_it if is_shown(r[0])), key=lambda r: -(r[0].gain or 0.0))[:FIRST]
        each = [f"'{c.id}' ({nats(v.gain)} ± {nats(v.error)} nats)" for v, c in best]
        doubt = number(of_it[0][0].doubt, 2)
        sentences.append(f"Supposing that {name} holds, its variants are told apart best by {listing(each)}, of {doubt} nats in doubt "
                    "between them." if each else
                    f"Supposing that {name} holds, nothing that was evaluated can be shown to tell its variants apart.")
    scored = {v.explanation for v, _ in rows}
    others = [e.name for e in study.weigh.explanations if e.variants and e.name not in scored] if study else []
    return [*sentences, *([f"What evidence would tell about the variants of {listing(others)} was not scored."] if others else [])]


def tell_best(seek: SeekResult | None, asked: str = "") -> list[str]:
    """Say in one line what evidence would settle most; nothing where that was not computed, or nothing is listed."""
    if seek is None or not seek.candidates:
        return []
    best = max(telling(seek), key=lambda c: (not c.automatic, c.gain or 0.0), default=None)
    if best is None:
        return tell_nothing(seek)[:1]
    wait = f", known after {plural(best.days, 'day')}" if best.days else ""
    return [f"What would settle most: {best.what} ('{best.id}'; by {best.who}{wait}), expected to remove {estimate(best.part)} of the "
            f"doubt (`interlope seek`).{_tell_after(best, asked)}"]


def best_declared(seek: SeekResult) -> str:
    """The most telling candidate that the case lists; empty where none tells."""
    return next((c.id for c in telling(seek) if not c.automatic), "")


def find_days(seek: SeekResult) -> int | None:
    """Days until the most telling candidate that the case lists is known; None where they are not stated, or none tells."""
    first = best_declared(seek)
    return next((c.days for c in seek.candidates if c.id == first), None)


def tell_choices(seek: SeekResult, study: StudyRecord | None = None) -> list[str]:
    """Say whether knowing the explanation would change which option has least, of deaths first, and what waiting costs."""
    if not seek.perfect:
        return []
    changes = [p for p in seek.perfect if is_clear(p.value, p.error)]
    if not changes:
        return ["Knowing for certain which explanation is true would not clearly change which option has the least of any harm: what is "
                "sought next matters for the odds, and is not shown to matter for that choice.", *tell_waiting(seek, study)]
    deaths = next((p for p in seek.perfect if p.outcome == DEATHS), None)
    first = [f"Knowing for certain which explanation is true would not clearly change which option brings fewest {label(DEATHS)} (value "
             f"{_value(deaths)})."] if deaths and deaths not in changes else []
    changes.sort(key=lambda p: p.outcome != DEATHS)
    return [*first, *(_tell_change(p, seek) for p in changes), *tell_waiting(seek, study)]


def _tell_change(p: PerfectInformation, seek: SeekResult) -> str:
    """What knowing the explanation is worth on one harm, and that this harm alone recommends no option."""
    clear = [s for s in seek.sample if s.outcome == p.outcome and is_clear(s.value, s.error)]
    best = max(clear, key=lambda s: s.value or 0.0, default=None)
    most = f"; most of that comes with '{best.candidate}' ({number(best.value, 2)})" if best else ""
    least = f"{_choice(p.choice)} has least" if p.choice else "several options have as little"
    return (f"Knowing it would change which option has the least of one harm, {label(p.outcome)}, taken by itself: {least} as the "
            f"explanations stand, and knowing would spare {number(p.value, 2)} {p.unit}{most}. That speaks of no other harm, and for no "
            "option.")


def tell_waiting(seek: SeekResult | None, study: StudyRecord | None = None) -> list[str]:
    """Say what waiting for the best candidate without acting would cost in deaths in all, and what not doing what was asked about spares.

    Yearly intervals and what is spared are those of the study's comparison. What is asked about and under way is not said to be spared.
    Nothing where no day is stated, none passes, or neither can be said.
    """
    if seek is None:
        return []
    days, first = find_days(seek), best_declared(seek)
    row = next((s for s in seek.sample if (s.outcome, s.candidate) == (DEATHS, first)), None)
    if row is None or row.forgone is None or not days:
        return []
    compare = study.compare if study else None
    if compare and days > compare.days:
        return [f"Waiting {plural(days, 'day')} for '{first}' is longer than the {compare.days} days compared: what that would cost or "
                "spare is not known."]
    acting = next((p.choice for p in seek.perfect if p.outcome == DEATHS), "")
    idle = acting == STATUS_QUO or (study is not None and operations.is_under_way(study, acting))
    asked = dict.fromkeys(a.option for a in study.asks if a.option and a.option not in (acting, STATUS_QUO)) if study else {}
    spared = [text for option in asked if (text := _tell_spared(study, option, days))]
    least = f"the option of least of them ({_choice(acting)})" if acting else "the option of least of them"
    cost = (f" would cost about {number(row.forgone, 2)} {label(DEATHS)}, which {least} would prevent meanwhile"
            f"{_tell_yearly(_find_deaths(compare, acting), -1.0)}{_doubt(row)}") if not idle else ""
    if not cost and not spared:
        return []
    weak = ", for checking only" if study and (study.status == "not_resolved" or study.compare_reasons) else ""
    parts = "; ".join([cost, *spared]) if cost else f": {'; '.join(spared)}"
    return [f"Waiting {plural(days, 'day')} for '{first}' without acting{weak}{parts}. {tell_days(study, days)}"]


def tell_days(study: StudyRecord | None, days: int) -> str:
    """Say which days are compared and which would be waited: these begin on the day of knowledge, those with the options."""
    compare = study.compare if study else None
    if study is None or compare is None:
        return "Means over futures, in proportion to the days and of deaths alone; no delay was simulated."
    missing = operations.list_missing(study)
    none = f" without the {operations.name(missing)}" if missing else ""
    return (f"Means over futures of the {plural(compare.days, 'day')} from {day(compare.start)}{none}, in proportion to the {days} waited "
            f"from {day(study.case.as_of)} on and of deaths alone; no delay was simulated.")


def _tell_spared(study: StudyRecord | None, option: str, days: int) -> str:
    """How many deaths are spared, or not prevented, where an option asked about is not begun over the days of waiting.

    Empty where its difference cannot be told from none. Where such an operation is under way, nothing is spared by not beginning one.
    """
    row = _find_deaths(study.compare if study else None, option)
    mean = (row.mean or 0.0) if row else 0.0
    if study is None or row is None or not is_clear(abs(mean), row.mc_error):
        return ""
    if operations.is_under_way(study, option):
        return f"what not having {_choice(option)} meanwhile would spare is not said, for an operation is on record as under way"
    way, sign = ("spares", 1.0) if mean > 0.0 else ("costs", -1.0)
    return f"not having {_choice(option)} meanwhile {way} about {number(abs(mean) * days / YEAR, 2)}{_tell_yearly(row, sign)}"


def _find_deaths(compare: CompareResult | None, option: str) -> Difference | None:
    """The difference in deaths in all that an option makes to the same future without it, over all explanations."""
    rows = compare.differences if compare else []
    return next((d for d in rows if (d.option, d.outcome, d.over, d.explanation) == (option, DEATHS, "status_quo", POOLED)), None)


def _tell_yearly(row: Difference | None, sign: float) -> str:
    """Deaths a year that an option brings (`sign` 1) or prevents (-1), with their interval; empty where it is not known."""
    if row is None or row.mean is None or row.q05 is None or row.q95 is None:
        return ""
    low, high = sorted((sign * row.q05, sign * row.q95))
    return f" ({number(sign * row.mean, 2)} a year, 90% interval {number(low, 2)} to {number(high, 2)})"


def is_clear(value: float | None, error: float | None) -> bool:
    """Whether a value exceeds twice its error, and so can be told from none.

    >>> is_clear(0.045, 0.019), is_clear(0.014, 0.016), is_clear(0.0, 0.0), is_clear(None, None)
    (True, False, False, False)
    """
    return (value or 0.0) > SURE * (error or 0.0)


def _value(row: PerfectInformation) -> str:
    """A value with its error, where it has one."""
    return number(row.value, 2) + (f", error {number(row.error, 2)}" if row.error else "")


def _doubt(row: SampleInformation) -> str:
    """How far the harm of waiting can be told from none; nothing where it can."""
    if row.forgone_clear is None:
        return ", as far as the comparison goes"
    return "" if row.forgone_clear else "; that is within the comparison's error and may be none"


def _choice(option: str) -> str:
    """An option as it is named here."""
    return f"'{readable(option)}'"
