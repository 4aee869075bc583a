"""What would settle it: which evidence to seek next, what it would do to the odds, and what it is worth for a decision."""

from __future__ import annotations

from collections.abc import Sequence

from interlope.reporting.blocks import Details, Drawing, Grid, Heading, Points, Prose, Section
from interlope.reporting.figures.seek import figure_gain, legend_of, nats
from interlope.reporting.numerals import estimate, number, percent, plural
from interlope.reporting.tables import Column, Table, table
from interlope.reporting.words import label, listing, readable
from interlope.results.seek import CandidateEvidence, PerfectInformation, SampleInformation, SeekResult
from interlope.results.study import StudyRecord

WAITS = (30, 90, 180, 365)  # days
FIRST = 3  # candidates that are told in words
SURE = 2.0  # standard errors above chance from which a gain is told
NEGLIGIBLE = 0.005  # nats: less teaches nothing that could be told from none
DEATHS = "deaths"
TIED = "several alike"
CLEAR = "is the value clearly above zero"
UNEXPECTED = ("An outcome that hardly any explanation gives is read as an error of who reports it, and moves the odds little. A share that "
              "has nothing to be a share of, as of groups that show a name where none does, counts as a source would have it that knows "
              "nothing, and the error of the reading spreads it to its neighbours.")
LINEAR = "That is the mean difference over the days compared, by days, not a delay that was simulated."


def build(study: StudyRecord) -> Section | None:
    """Build the section; None where a study was made without it."""
    seek = study.seek
    if seek is None:
        return None
    if not seek.candidates:
        return Section("seek", "What would settle it", (Points(tuple(f"{n[0].upper()}{n[1:]}." for n in seek.notes)),), "What next")
    blocks: list[object] = [
        Prose("Which evidence, not yet there, would tell the explanations apart? For each the outcomes are predicted under every "
              "explanation from replicates that fit what is known, passed through the same likelihood as all other evidence, with the "
              "same doubt about who says it."),
        Points(tuple([*tell_first(seek), *tell_waits(seek), *tell_nothing(seek), *tell_choices(seek)])),
        Drawing(figure_gain(seek)),
        Points(tuple([f"Bars: {'; '.join(legend_of(seek.candidates))}."])),
        Details("How the odds would move, outcome by outcome", (Prose(UNEXPECTED), Grid(tabulate_outcomes(seek)))),
    ]
    if seek.perfect:
        blocks += [
            Heading("What it is worth for a decision", "An option is chosen for least harm of one kind at a time; kinds of harm are never "
                    "added up, and what has least of one may have most of another. Perfect information: the expected harm spared by "
                    "knowing the explanation for certain before choosing. No evidence can be worth more."),
            Grid(tabulate_perfect(seek.perfect)),
            Details("Value of each candidate, by harm", (Grid(tabulate_sample(seek)),)),
        ]
    blocks.append(Details("How this was calculated", (Points(tuple(tell_method(seek))),)))
    return Section("seek", "What would settle it", tuple(blocks), "What next")


def telling(seek: SeekResult) -> list[CandidateEvidence]:
    """Candidates whose gain is more than noise and more than chance gives."""
    return [c for c in seek.candidates
            if (c.gain or 0.0) > max(NEGLIGIBLE, SURE * (c.error or 0.0)) and (c.gain or 0.0) > (c.by_chance or 0.0)]


def tell_first(seek: SeekResult) -> list[str]:
    """Say what the most telling candidates would teach and what their outcomes would do; declared ones before repeated questions."""
    first = sorted(telling(seek), key=lambda c: (c.automatic, -(c.gain or 0.0)))[:FIRST]
    return [_tell(c, seek) for c in first]


def _tell(c: CandidateEvidence, seek: SeekResult) -> str:
    """One candidate in words."""
    who = f"by {c.who}" + (f", letter {c.letter}" if c.letter else "")
    wait = [f"known after {plural(c.days, 'day')}"] if c.days else []
    price = [f"for {number(c.cost)} {c.cost_unit}"] if c.cost else []
    leads = max(c.outcomes, key=lambda o: abs(o.probabilities[seek.leader] - seek.probabilities[seek.leader]), default=None)
    moves = ""
    if leads is not None:
        likely = f", chance {percent(leads.chance)}" if leads.chance is not None else ""
        moves = (f" Its strongest outcome ({leads.label}{likely}) would take {seek.leader} from "
                 f"{estimate(seek.probabilities[seek.leader])} to {estimate(leads.probabilities[seek.leader])}.")
    about = ", ".join([f"{c.what[0].upper()}{c.what[1:]} ('{c.id}'; {who}", *wait, *price]) + ")"
    return (f"{about}: removes {estimate(c.part)} of the doubt on average (information gain {nats(c.gain)} ± {nats(c.error)} nats); "
            f"another explanation would lead with a chance of {estimate(c.leader_changes)}.{moves}")


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
    """Name declared candidates that teach next to nothing, so that nobody waits for them."""
    useful = {c.id for c in telling(seek)}
    idle = [f"'{c.id}'" for c in seek.candidates if not c.automatic and c.id not in useful]
    noted = [f"'{c.id}': {c.note}." for c in seek.candidates if c.note]
    if not useful:
        return ["Nothing that is listed can be told from evidence that teaches nothing.", *noted]
    return [*([f"Not worth waiting for, as far as the explanations go: {listing(idle)}."] if idle else []), *noted]


def tell_best(seek: SeekResult | None) -> list[str]:
    """Say in one line what evidence would settle most; nothing where that was not computed, or nothing is listed."""
    if seek is None or not seek.candidates:
        return []
    best = max(telling(seek), key=lambda c: (not c.automatic, c.gain or 0.0), default=None)
    if best is None:
        return tell_nothing(seek)[:1]
    wait = f", known after {plural(best.days, 'day')}" if best.days else ""
    return [f"What would settle most: {best.what} ('{best.id}'; by {best.who}{wait}), expected to remove {estimate(best.part)} of the "
            "doubt (`interlope seek`)."]


def best_declared(seek: SeekResult) -> str:
    """The most telling candidate that the case lists; empty where none tells."""
    return next((c.id for c in telling(seek) if not c.automatic), "")


def tell_choices(seek: SeekResult) -> list[str]:
    """Say whether knowing the explanation would change which option has least, of deaths first, and what waiting costs."""
    if not seek.perfect:
        return []
    changes = [p for p in seek.perfect if is_clear(p.value, p.error)]
    if not changes:
        return ["Knowing for certain which explanation is true would not clearly change which option has the least of any harm: what is "
                "sought next matters for the odds, not for that choice.", *tell_waiting(seek)]
    deaths = next((p for p in seek.perfect if p.outcome == DEATHS), None)
    first = [f"Knowing for certain which explanation is true would not clearly change which option brings fewest {label(DEATHS)} (value "
             f"{_value(deaths)})."] if deaths and deaths not in changes else []
    changes.sort(key=lambda p: p.outcome != DEATHS)
    return [*first, *(_tell_change(p, seek) for p in changes), *tell_waiting(seek)]


def _tell_change(p: PerfectInformation, seek: SeekResult) -> str:
    """What knowing the explanation is worth on one harm, and that this harm alone recommends no option."""
    clear = [s for s in seek.sample if s.outcome == p.outcome and is_clear(s.value, s.error)]
    best = max(clear, key=lambda s: s.value or 0.0, default=None)
    most = f"; most of that comes with '{best.candidate}' ({number(best.value, 2)})" if best else ""
    least = f"{_choice(p.choice)} has least" if p.choice else "several options have as little"
    return (f"Knowing it would change which option has the least of one harm, {label(p.outcome)}, taken by itself: {least} as the "
            f"explanations stand, and knowing would spare {number(p.value, 2)} {p.unit}{most}. That speaks of no other harm, and for no "
            "option.")


def tell_waiting(seek: SeekResult) -> list[str]:
    """Say what waiting for the best candidate without acting would cost in deaths in all; nothing where no day is stated."""
    first = best_declared(seek)
    days = next((c.days for c in seek.candidates if c.id == first), None)
    acting = next((p.choice for p in seek.perfect if p.outcome == DEATHS), "")
    least = f"the option of least of them ({_choice(acting)})" if acting else "the option of least of them"
    wait = f"Waiting {plural(days, 'day')} for" if days else "Waiting for"
    return [f"{wait} '{s.candidate}' without acting would cost about {number(s.forgone, 2)} {label(s.outcome)}, which {least} would "
            f"prevent meanwhile{_doubt(s)}.{f' {LINEAR}' if days else ''}" for s in seek.sample
            if s.outcome == DEATHS and s.candidate == first and s.forgone is not None]


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


def tabulate_outcomes(seek: SeekResult) -> Table:
    """Every candidate's outcomes with the probabilities of the explanations after them; first those now."""
    names = list(seek.probabilities)
    columns = (Column("evidence", "evidence"), Column("outcome", "outcome"), Column("chance", "chance", estimate, True),
               *(Column(n, n, estimate, True) for n in names))
    rows: list[list[object]] = [["now", "", None, *(seek.probabilities[n] for n in names)]]
    rows += [[c.id, o.label, o.chance, *(o.probabilities[n] for n in names)] for c in seek.candidates for o in c.outcomes]
    return table("seek-outcomes", "Probabilities of the explanations after each outcome", columns, rows)


def tabulate_perfect(rows: Sequence[PerfectInformation]) -> Table:
    """Value of knowing the explanation for certain, by harm."""
    columns = (
        Column("outcome", "harm", label),
        Column("unit", "unit"),
        Column("choice", "least of it now", lambda v: readable(v) or TIED),
        Column("choices", "least of it if known to be", _choices),
        Column("value", "perfect information", lambda v: number(v, 2), True),
        Column("error", "its error", lambda v: number(v, 2), True),
        Column("value_clear", CLEAR, _yes),
    )
    cells = [[r.outcome, r.unit, r.choice, [f"{n}: {readable(o) or TIED}" for n, o in r.choices.items()], r.value, r.error,
              is_clear(r.value, r.error)] for r in rows]
    return table("seek-perfect", "Expected value of perfect information about the explanation (EVPI)", columns, cells)


def _choices(value: Sequence[str]) -> str:
    return "; ".join(value)


def tabulate_sample(seek: SeekResult, outcome: str = "") -> Table:
    """Value of each candidate, by harm; of one harm where it is named."""
    columns = (
        Column("candidate", "evidence"),
        Column("outcome", "harm", label),
        Column("unit", "unit"),
        Column("value", "value", lambda v: number(v, 2), True),
        Column("error", "its error", lambda v: number(v, 2), True),
        Column("value_clear", CLEAR, _yes),
        Column("per_day", "for each day of waiting", lambda v: number(v, 2), True),
        Column("per_cost", "for each unit of cost", lambda v: number(v, 2), True),
        Column("forgone", "harm not prevented while waiting", lambda v: number(v, 2), True),
        Column("forgone_clear", "is that harm clearly above zero", _yes),
    )
    rows: list[SampleInformation] = [s for s in seek.sample if outcome in ("", s.outcome)]
    rows.sort(key=lambda s: -(s.value or 0.0))
    cells = [[is_clear(r.value, r.error) if c.key == "value_clear" else getattr(r, c.key) for c in columns] for r in rows]
    return table("seek-value", "Expected value of sample information (EVSI)", columns, cells)


def _yes(value: bool | None) -> str:
    return {True: "yes", False: "no"}.get(value, "") if value is not None else ""


def tell_method(seek: SeekResult) -> list[str]:
    """Say how the numbers come about."""
    anew = sum(c.simulated for c in seek.candidates)
    return [
        f"{seek.replicates:,} replicates of each explanation, drawn by weight from those of the fit"
        + (f"; they were run again along their own random streams for {plural(anew, 'candidate')} whose subject the fit did not need, "
           "and on into days to come with random numbers that all explanations share." if anew else "."),
        "The chance of each outcome in each replicate follows from the likelihood, summed over whether the root is faithful, slanted or "
        "uninformative. A root that has spoken already, or whose institution has, keeps the doubt that is left about it.",
        "Answers are summed over exactly, numbers on a fine grid; figures of a table are drawn and scored in all replicates. The "
        "replicates that score an outcome are never those that produced it, so that noise makes a gain smaller, never larger.",
        "Errors are those of the calculation, at the probabilities as weighed; they leave out the error of those probabilities.",
        "A value for a decision counts only what the evidence says about the explanations, not about parameters within one.",
        *(f"{n[0].upper()}{n[1:]}." for n in seek.notes),
    ]
