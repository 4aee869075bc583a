"""What is robust to not knowing which explanation is true: break-even odds, ranks, good enough, worst futures, regret."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from interlope.policy.break_even import LEVEL, BreakEvenOdds, list_odds
from interlope.reporting.answer.reversals import count_verdicts, tell_reversals, write_odds
from interlope.reporting.blocks import Details, Grid, Heading, Points, Prose
from interlope.reporting.numerals import estimate, interval, number, percent, signed
from interlope.reporting.tables import Column, Table, table
from interlope.reporting.words import label, readable, with_unit
from interlope.results.comparison import CompareResult, OutcomeAbout, Regret
from interlope.results.record import Number, Record
from interlope.results.robustness import Reversals, Satisficing

POOLED = "pooled"
ODDS = ("Every pair of options and of explanations between which the mean difference of a harm changes its sign. Each interval holds by "
        f"itself with {percent(LEVEL)}, so far as chance inside the simulation goes (Fieller). Where it has no bound, it cannot be told "
        "even so under one of the two explanations which option has less, and perhaps nothing turns. Shown means that both signs are, by "
        "the intervals that hold together.")


class EnoughShare(Record):
    """How often an option is good enough on one harm: over all explanations, and under that where it is least often."""

    share: Number
    error: Number
    least: Number
    worst_explanation: str


class WorstFutures(Record):
    """Mean of the worst tenth of futures of one harm: over all explanations, and under that where it is greatest."""

    tail: Number
    error: Number
    greatest: Number
    worst_explanation: str


class Loss(Record):
    """The regret of one option in one outcome: expected, and largest with the explanation under which it arises."""

    expected: Number
    maximum: Number
    worst_explanation: str | None


def list_robustness(compare: CompareResult) -> list[object]:
    """List the blocks of the section: what turns the order of options, how often each is good enough, worst futures, regret."""
    return [
        *_reversals(compare),
        Heading(
            "Good enough",
            "How often an option does not raise a harm above that of the same future without it (satisficing share), over all "
            "explanations and under the one where that is least often; every harm by itself, and all at once.",
        ),
        *([Grid(_enough(compare))] if compare.satisficing else []),
        Heading(
            "Worst futures",
            "The mean of each harm in the worst tenth of futures (conditional value at risk), over all explanations and under the one "
            "where it is greatest: an option may be good in the mean and bad where it goes wrong.",
        ),
        Grid(_worst(compare) if compare.satisficing else _safety(compare)),
        Heading(
            "Regret",
            "How much worse an option may be than the best one for that outcome, if the explanation it suits "
            "least is the true one.",
        ),
        Grid(_regret(compare, harm=True)),
        Details("Regret in everything else", (Grid(_regret(compare, harm=False)),)),
    ]


def tabulate_robustness(compare: CompareResult) -> list[Table]:
    """Tabulate break-even probabilities and odds where there are any, satisficing shares, and worst futures, as the report shows them."""
    turning = compare.reversals is not None and any(pair.break_even for pair in compare.reversals.pairs)
    first = [_break_even(compare.reversals)] if compare.reversals is not None and turning else []
    rows = list_odds(compare)
    return [*first, *([_odds(rows)] if rows else []), _enough(compare), _worst(compare)]


def _reversals(compare: CompareResult) -> list[object]:
    """Where the order of options turns with the explanation, and at which odds; nothing where it was not computed."""
    reversals = compare.reversals
    if reversals is None or len(compare.explanations) < 2:
        return []
    together = "of one harm " if reversals.by_harm else ""
    note = ("At which probability of an explanation two options would bring equally much of a harm, the other explanations keeping their "
            "proportions. That the order turns is said only where it is shown under both explanations: all intervals "
            f"{together}hold together with {percent(reversals.level)}, so far as chance inside the simulation goes.")
    blocks: list[object] = [Heading("What would turn the order of options", note), Points(tuple(tell_reversals(compare)))]
    if any(pair.break_even for pair in reversals.pairs):
        blocks.append(Grid(_break_even(reversals)))
    rows = list_odds(compare)
    if rows:
        blocks.append(Details("Break-even odds of two explanations, shown or not", (Prose(ODDS), Grid(_odds(rows)))))
    every = (Points((count_verdicts(reversals),)), Grid(_pairs(reversals)))
    return [*blocks, Grid(_ranks(compare, reversals)), Details("Every pair of options", every)]


def _break_even(reversals: Reversals) -> Table:
    columns = (
        Column("outcome", "harm", label),
        Column("above", "less of it with", readable),
        Column("explanation", "above this probability of"),
        Column("at", "break-even", estimate, True),
        Column("range", "its interval"),
        Column("probability", "probability now", estimate, True),
        Column("below", "below it, less with", readable),
    )
    rows = [(pair.outcome, b.above, b.explanation, b.at, interval(b.low, b.high, estimate), b.probability,
             pair.other if b.above == pair.option else pair.option) for pair in reversals.pairs for b in pair.break_even]
    return table("option-break-even", "Break-even: where two options would bring equally much of a harm", columns, rows)


def _odds(rows: Sequence[BreakEvenOdds]) -> Table:
    columns = (
        Column("outcome", "harm", label),
        Column("above", "less of it with", readable),
        Column("explanation", "where the odds of"),
        Column("against", "against"),
        Column("at", "are above", write_odds, True),
        Column("low", f"{percent(LEVEL)} interval from", lambda v: "no lower bound" if v is None else write_odds(v), True),
        Column("high", "to", lambda v: "no upper bound" if v is None else write_odds(v), True),
        Column("now", "odds now", write_odds, True),
        Column("below", "below, less with", readable),
        Column("joint", "that it turns", lambda v: "shown" if v else "not shown jointly"),
    )
    cells = [(r.pair.outcome, r.above, r.explanation, r.against, r.at, r.low, r.high, r.now, r.below, r.joint) for r in rows]
    caption = "Break-even odds: where two options bring equally much of a harm in the mean, if one of two explanations is true"
    return table("option-odds", caption, columns, cells, layout="wide")


def _ranks(compare: CompareResult, reversals: Reversals) -> Table:
    """Ranks by harm and option, one for each explanation, from the best to the worst that is not ruled out."""
    names = [e.name for e in compare.explanations]
    best = {(r.option, r.outcome, r.explanation): r.rank for r in reversals.ranks}
    options = list(dict.fromkeys(r.option for r in reversals.ranks))
    ahead_of = Counter((row.leader, pair.outcome, row.explanation) for pair in reversals.pairs for row in pair.by_explanation)

    def tell(key: tuple[str, str, str]) -> str:
        worst = len(options) - ahead_of[key]
        return "" if key not in best else f"{best[key]}" if best[key] == worst else f"{best[key]} to {worst}"

    columns = (Column("outcome", "harm", label), Column("option", "option", readable),
               *(Column(n, f"under {n}", numeric=True) for n in names))
    rows = [(o.name, x, *(tell((x, o.name, n)) for n in names)) for o in _harms(compare) for x in options]
    caption = ("Ranks that an option may have, 1 for the least of the harm: behind those that clearly bring less, ahead of those that "
               "clearly bring more; where the range is wide the draws do not tell")
    return table("ranks", caption, columns, rows)


def _pairs(reversals: Reversals) -> Table:
    columns = (
        Column("outcome", "harm", label),
        Column("option", "option", readable),
        Column("other", "against", readable),
        Column("explanation", "under"),
        Column("mean", "difference", signed, True),
        Column("range", "interval of the mean"),
        Column("leader", "less of it with", readable),
        Column("verdict", "over the explanations"),
    )
    rows = [(p.outcome, p.option, p.other, d.explanation, d.mean, interval(d.low, d.high, signed), d.leader or "cannot be told", p.verdict)
            for p in reversals.pairs for d in p.by_explanation]
    return table("option-pairs", "Every pair of options on every harm, a year", columns, rows)


def _enough(compare: CompareResult) -> Table:
    by = {(r.option, r.outcome, r.explanation): r for r in compare.satisficing}
    every = {s.option: s.no_more_harm for s in compare.safety}

    def pick(option: str, outcome: str) -> EnoughShare | None:
        pooled, rows = _split(by, compare, option, outcome)
        worst = min((r for r in rows if r.share is not None), key=lambda r: r.share or 0.0, default=None)
        if pooled is None or worst is None or option not in {o.name for o in compare.options if o.levers}:
            return None
        return EnoughShare(share=pooled.share, error=pooled.share_error, least=worst.share, worst_explanation=worst.explanation)

    columns = (Column("option", "option", readable), Column("every", "no harm above", estimate, True),
               *(Column(o.name, label(o.name), _write_share, True) for o in _harms(compare)))
    rows = [(o.name, every.get(o.name), *(pick(o.name, h.name) for h in _harms(compare))) for o in compare.options]
    caption = ("Satisficing share: probability that a harm is not above that of the same future without the option; the explanation under "
               "which it is least, where it is less")
    return table("satisficing", caption, columns, rows, layout="matrix harm")


def _worst(compare: CompareResult) -> Table:
    by = {(r.option, r.outcome, r.explanation): r for r in compare.satisficing}

    def pick(option: str, outcome: str) -> WorstFutures | None:
        pooled, rows = _split(by, compare, option, outcome)
        worst = max((r for r in rows if r.tail is not None), key=lambda r: r.tail or 0.0, default=None)
        if pooled is None or worst is None:
            return None
        return WorstFutures(tail=pooled.tail, error=pooled.tail_error, greatest=worst.tail, worst_explanation=worst.explanation)

    heads = (Column(o.name, with_unit(label(o.name), o.unit), _write_tail, True) for o in _harms(compare))
    rows = [(o.name, *(pick(o.name, h.name) for h in _harms(compare))) for o in compare.options]
    caption = ("Worst tenth of futures (conditional value at risk), with the error of the calculation; the explanation under which it is "
               "greatest, where it is greater")
    return table("worst-futures", caption, (Column("option", "option", readable), *heads), rows, layout="matrix harm")


def _split(
    by: dict[tuple[str, str, str], Satisficing], compare: CompareResult, option: str, outcome: str
) -> tuple[Satisficing | None, list[Satisficing]]:
    """The row over all explanations, and those of each."""
    rows = [by.get((option, outcome, e.name)) for e in compare.explanations]
    return by.get((option, outcome, POOLED)), [r for r in rows if r]


def _write_share(row: EnoughShare | None) -> str:
    if row is None:
        return "—"
    share, least = estimate(row.share), estimate(row.least)
    return share if share == least else f"{share}\n{row.worst_explanation}: {least}"


def _write_tail(row: WorstFutures | None) -> str:
    if row is None:
        return "—"
    tail, greatest = number(row.tail, 2), number(row.greatest, 2)
    error = f" ± {number(row.error, 1)}" if row.error else ""
    return f"{tail}{error}" if tail == greatest else f"{tail}{error}\n{row.worst_explanation}: {greatest}"


def _harms(compare: CompareResult) -> Sequence[OutcomeAbout]:
    return [o for o in sorted(compare.outcomes, key=lambda o: o.order) if o.harm]


def _safety(compare: CompareResult) -> Table:
    harms = _harms(compare)
    heads = (Column(o.name, with_unit(label(o.name), o.unit), number, True) for o in harms)
    columns = (
        Column("option", "option", readable),
        Column("no_more_harm", "chance that no harm is above", estimate, True),
        *heads,
    )
    rows = [(s.option, s.no_more_harm, *(s.tail.get(o.name) for o in harms)) for s in compare.safety]
    return table("safety", "Safety of each option: worst tenth of futures", columns, rows, layout="matrix harm")


def _regret(compare: CompareResult, harm: bool) -> Table:
    outcomes = [o for o in sorted(compare.outcomes, key=lambda o: o.order) if o.harm is harm]
    losses = {(r.option, r.outcome): _loss_of(r) for r in compare.regret}
    outcomes = [o for o in outcomes if any((x.name, o.name) in losses for x in compare.options)]

    heads = (Column(o.name, with_unit(label(o.name), o.unit), _loss, True) for o in outcomes)
    rows = [(x.name, *(losses.get((x.name, o.name)) for o in outcomes)) for x in compare.options]
    name = "regret-harm" if harm else "regret-other"
    caption = (
        "Regret in harm: expected, and largest with the explanation under which it arises"
        if harm
        else "Regret in everything else"
    )
    return table(name, caption, (Column("option", "option", readable), *heads), rows, layout="matrix harm")


def _loss_of(row: Regret) -> Loss:
    return Loss(expected=row.expected, maximum=row.maximum, worst_explanation=row.worst_explanation)


def _loss(row: Loss | None) -> str:
    if row is None or row.expected is None:
        return "—"
    worst = f"\n{row.worst_explanation}" if row.worst_explanation else ""
    return f"{number(row.expected, 2)}\nat most {number(row.maximum, 2)}{worst}"
