"""What would settle it: which evidence to seek next, what it would do to the odds, and what it is worth for a decision."""

from __future__ import annotations

from collections.abc import Sequence

from interlope.reporting.answer.direction import POOLED
from interlope.reporting.answer.seek import (
    YEAR,
    find_days,
    is_clear,
    pick_asked,
    tell_choices,
    tell_first,
    tell_nothing,
    tell_waits,
    tell_within,
)
from interlope.reporting.blocks import Details, Drawing, Grid, Heading, Points, Prose, Section
from interlope.reporting.figures.seek import figure_gain, legend_of
from interlope.reporting.numerals import estimate, nats, number, plural, signed
from interlope.reporting.tables import Column, Table, table
from interlope.reporting.words import label, readable
from interlope.results.comparison import CompareResult
from interlope.results.seek import PerfectInformation, SampleInformation, SeekResult
from interlope.results.study import StudyRecord

TITLE = "What would settle it"
TIED = "several alike"
A_YEAR = "/year"
CLEAR = "is the value clearly above zero"
UNEXPECTED = ("An outcome that hardly any explanation gives is read as an error of who reports it, and moves the odds little. A share that "
              "has nothing to be a share of, as of groups that show a name where none does, counts as a source would have it that knows "
              "nothing, and the error of the reading spreads it to its neighbours.")
NET = ("Every row counts one harm in one unit. Value is a rate a year. Harm not prevented, and the net value, are numbers in all: what "
       "the value amounts to over the days compared that are left after the wait, less the harm not prevented while waiting without "
       "acting. Above 0 waiting pays for this harm alone, below 0 it costs; it is as uncertain as the value and the harm that it is made "
       "from. The options with least of two harms may differ, and bring more of another harm, so the numbers of several rows are not to "
       "be added.")


def build(study: StudyRecord) -> Section | None:
    """Build the section; None where a study was made without it."""
    seek = study.seek
    if seek is None:
        return None
    if not seek.candidates:
        return Section("seek", TITLE, (Points(tuple(f"{n[0].upper()}{n[1:]}." for n in seek.notes)),), TITLE)
    blocks: list[object] = [
        Prose("Which evidence, not yet there, would tell the explanations apart? For each the outcomes are predicted under every "
              "explanation from replicates that fit what is known, passed through the same likelihood as all other evidence, with the "
              "same doubt about who says it."),
        Points(tuple([*tell_first(seek, pick_asked(study)), *tell_waits(seek), *tell_nothing(seek), *tell_within(seek, study),
                      *tell_choices(seek, study)])),
        Drawing(figure_gain(seek)),
        Points(tuple([f"Bars: {'; '.join(legend_of(seek.candidates))}."])),
        Details("How the odds would move, outcome by outcome", (Prose(UNEXPECTED), Grid(tabulate_outcomes(seek)))),
    ]
    if any(c.within for c in seek.candidates):
        blocks.append(Details("What it would teach about the variants of an explanation", (Grid(tabulate_within(seek)),)))
    if seek.perfect:
        blocks += [
            Heading("What it is worth for a decision", "An option is chosen for least harm of one kind at a time; kinds of harm are never "
                    "added up, and what has least of one may have most of another. Perfect information: the expected harm spared by "
                    "knowing the explanation for certain before choosing. No evidence can be worth more."),
            Grid(tabulate_perfect(seek.perfect)),
            Details("Value of each candidate, by harm", (
                Prose(NET), Grid(tabulate_sample(seek, days=study.compare.days if study.compare else None)))),
            *_build_waiting(study),
        ]
    blocks.append(Details("How this was calculated", (Points(tuple(tell_method(seek))),)))
    return Section("seek", TITLE, tuple(blocks), TITLE)


def _build_waiting(study: StudyRecord) -> list[object]:
    """What every option would do over the days until the most telling evidence is known; nothing where these are not known or too many."""
    days, compare = find_days(study.seek) if study.seek else None, study.compare
    if compare is None or not days or days > compare.days:
        return []
    what = (f"Deciding after {plural(days, 'day')} forgoes what an option would prevent by then, and spares what it would bring. Means "
            "over futures, in proportion to the days: no delay was simulated, and an option that needs time to take hold does less at "
            "first. How far futures differ is in the table of harm a year.")
    return [Details(f"What each option would do within {plural(days, 'day')}", (Prose(what), Grid(tabulate_waiting(compare, days))))]


def tabulate_waiting(compare: CompareResult, days: int) -> Table:
    """Every option's mean difference to the same future without it over some days, by harm, in proportion to the days."""
    harms = [o for o in sorted(compare.outcomes, key=lambda o: o.order) if o.harm]
    means = {(d.option, d.outcome): d.mean for d in compare.differences if d.over == "status_quo" and d.explanation == POOLED}

    def scale(option: str, harm: str) -> float | None:
        mean = means.get((option, harm))
        return None if mean is None else mean * days / YEAR

    columns = (Column("option", "option", readable), *(Column(o.name, label(o.name), _change, True) for o in harms))
    rows = [(o.name, *(scale(o.name, h.name) for h in harms))
            for o in compare.options if o.acts and any((o.name, h.name) in means for h in harms)]
    caption = f"Mean difference over {plural(days, 'day')}, compared with the same future without the option"
    return table("seek-waiting", caption, columns, rows, layout="matrix harm")


def _change(value: float | None) -> str:
    return signed(value, 2)


def tabulate_outcomes(seek: SeekResult) -> Table:
    """Every candidate's outcomes with the probabilities of the explanations after them; first those now."""
    names = list(seek.probabilities)
    columns = (Column("evidence", "evidence"), Column("outcome", "outcome"), Column("chance", "chance", estimate, True),
               *(Column(n, n, estimate, True) for n in names))
    rows: list[list[object]] = [["now", "", None, *(seek.probabilities[n] for n in names)]]
    rows += [[c.id, _name_outcome(o.label), o.chance, *(o.probabilities[n] for n in names)] for c in seek.candidates for o in c.outcomes]
    return table("seek-outcomes", "Probabilities of the explanations after each outcome", columns, rows)


def _name_outcome(name: str) -> str:
    """An outcome's label; earlier versions gave the nearest number that they had computed as what the claim says."""
    return name.replace("as the claim says: ", "nearest computed to what the claim says: ", 1)


def tabulate_within(seek: SeekResult) -> Table:
    """What every candidate would teach about the variants of each explanation that has some."""
    columns = (
        Column("evidence", "evidence"),
        Column("explanation", "explanation"),
        Column("gain", "expected information gain about its variants, nats", nats, True),
        Column("error", "its error", nats, True),
        Column("by_chance", "by chance alone", nats, True),
        Column("doubt", "doubt between its variants, nats", nats, True),
    )
    rows = sorted(((c.id, v) for c in seek.candidates for v in c.within), key=lambda row: -(row[1].gain or 0.0))
    cells = [[name, v.explanation, v.gain, v.error, v.by_chance, v.doubt] for name, v in rows]
    return table("seek-variants", "What evidence would teach about variants, supposing that their explanation holds", columns, cells)


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


def tabulate_sample(seek: SeekResult, outcome: str = "", days: int | None = None) -> Table:
    """Value of each candidate, by harm; of one harm where it is named. Net values are over the days compared, where these are known."""
    columns = (
        Column("candidate", "evidence"),
        Column("outcome", "harm", label),
        Column("unit", "unit of the harm"),
        Column("value", "value, a year", _two_digits, True),
        Column("error", "its error, a year", _two_digits, True),
        Column("value_clear", CLEAR, _yes),
        Column("per_day", "value, a year, for each day of waiting", _two_digits, True),
        Column("per_cost", "value, a year, for each unit of cost", _two_digits, True),
        Column("cost_unit", "unit of cost"),
        Column("forgone", "harm not prevented over the days of waiting, in all", _two_digits, True),
        Column("by", "option that would prevent it", _write_option),
        Column("forgone_clear", "is that harm clearly above zero", _yes),
        Column("net", "net value of waiting, in all", _change, True),
    )
    by, sought = {p.outcome: p.choice for p in seek.perfect}, {c.id: c for c in seek.candidates}
    rows: list[SampleInformation] = [s for s in seek.sample if outcome in ("", s.outcome)]
    rows.sort(key=lambda s: -(s.value or 0.0))

    def fill(r: SampleInformation) -> dict[str, object]:
        candidate = sought.get(r.candidate)
        wait = candidate.days if candidate else None
        return {**dict(r), "unit": r.unit.removesuffix(A_YEAR), "value_clear": is_clear(r.value, r.error),
                "cost_unit": candidate.cost_unit if candidate and r.per_cost is not None else None,
                "by": None if r.forgone is None else by.get(r.outcome), "net": find_net(r, wait, days)}

    cells = [[row[c.key] for c in columns] for row in map(fill, rows)]
    caption = "Expected value of sample information (EVSI)" + (f"; net over {plural(days, 'day')}" if days else "")
    return table("seek-value", caption, columns, cells)


def find_net(row: SampleInformation, wait: int | None, days: int | None) -> float | None:
    """What the value of evidence amounts to over what is left of the days compared, less the harm that waiting for it does not prevent.

    Both are numbers of the harm, not rates. None where the wait or the harm is not known, or the wait is longer than the days compared.

    >>> row = SampleInformation(candidate="x", outcome="deaths", unit="persons/year", value=3.65, error=0.1, per_day=None, per_cost=None,
    ...                         forgone=1.5)
    >>> round(find_net(row, 100, 365), 2)
    1.15
    """
    if wait is None or days is None or wait > days or row.value is None or row.forgone is None:
        return None
    return row.value * (days - wait) / YEAR - row.forgone


def _two_digits(value: float | None) -> str:
    return number(value, 2)


def _write_option(value: str | None) -> str:
    """An option, or several alike; a dash where there is nothing to prevent."""
    return "—" if value is None else readable(value) or TIED


def _yes(value: bool | None) -> str:
    return {True: "yes", False: "no"}.get(value, "") if value is not None else ""


def tell_method(seek: SeekResult) -> list[str]:
    """Say how the numbers come about."""
    anew = sum(c.simulated for c in seek.candidates)
    read = ("scored all at once in all replicates" if seek.earlier else
            "read whole, or through their total, their trend or both, whichever scores best on other replicates")
    return [
        f"{seek.replicates:,} replicates of each explanation, drawn by weight from those of the fit"
        + (f"; they were run again along their own random streams for {plural(anew, 'candidate')} whose subject the fit did not need, "
           "and on into days to come with random numbers that all explanations share." if anew else "."),
        "The chance of each outcome in each replicate follows from the likelihood, summed over whether the root is faithful, slanted or "
        "uninformative. A root that has spoken already, or whose institution has, keeps the doubt that is left about it.",
        f"Answers are summed over exactly, numbers on a fine grid; figures of a table are drawn and {read}. The replicates that score an "
        "outcome are never those that produced it, so that noise makes a gain smaller, never larger: every gain is a lower bound.",
        "Errors are those of the calculation, at the probabilities as weighed; they leave out the error of those probabilities.",
        "A value for a decision counts only what the evidence says about the explanations, not about parameters within one.",
        *(f"{n[0].upper()}{n[1:]}." for n in seek.notes),
    ]
