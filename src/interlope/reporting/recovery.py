"""Recovery: what simulated data sets show as sentences, tables, figures and one page of Markdown, in a folder."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from interlope.odd.markdown import heading, paragraph, points
from interlope.recovery.scores import ALL, LEADING
from interlope.recovery.summary import LEAST_RANKS
from interlope.reporting.analysis import FILE, read, to_markdown
from interlope.reporting.figures import recovery as figures
from interlope.reporting.numerals import DASH, estimate, number, percent, plural
from interlope.reporting.tables import Column, Table, fill, table
from interlope.reporting.words import listing
from interlope.results.record import Record
from interlope.results.recovery import ConfusionRow, Coverage, RecoveredDataSet, RecoveryAbout, RecoverySummary, ReliabilityBin, SeriesAlone
from interlope.text import printable

SUMMARY, PAGE = "recovery.json", "recovery.md"
MOST_RANKS = 12  # curves in the table of ranks
TIED = 0.2  # share of the data sets with one and the same truth, from which it is said
FEW = 10  # data sets below which a frequency says too little to be told in words


class StoredRecovery(Record):
    """A trial as it stands in its file."""

    summary: RecoverySummary
    data_sets: list[RecoveredDataSet]


def tell(summary: RecoverySummary) -> list[str]:
    """Say what can be told apart, whether probabilities and intervals are right, and how much is resolved."""
    n = summary.data_sets
    part = f"{summary.resolved} of {n} data sets give a resolved result ({percent(summary.resolved / n)})."
    return [part, *(_tell_choice(row) for row in summary.confusion if row.data_sets), *tell_leading(summary), *_tell_scores(summary),
            *_tell_coverage(summary.coverage), _tell_ranks(summary), *_tell_series_alone(summary.series_alone)]


def _tell_choice(row: ConfusionRow) -> str:
    """What was chosen where one explanation was true."""
    counts = {name: row.resolved.get(name, 0) + row.unresolved.get(name, 0) for name in {**row.resolved, **row.unresolved}}
    others = [f"{name or 'none'} {counts[name]}" for name in sorted(counts, key=lambda n: -counts[n]) if name != row.truth and counts[name]]
    return (f"Where {row.truth} was true, it was the most probable in {counts[row.truth]} of {row.data_sets}"
            f"{f' (else {listing(others)})' if others else ''}.")


def tell_leading(summary: RecoverySummary) -> list[str]:
    """Say how often the leading explanation was true, by the probability it got."""
    rows = [b for b in summary.reliability if b.explanation == LEADING and b.count]
    each = [f"{tell_ends(b)}: {b.true} of {b.count}" for b in rows]
    return [f"The leading explanation was true, where it got {'; '.join(each)}."] if each else []


def tell_ends(row: ReliabilityBin) -> str:
    """The ends of a bin in words.

    >>> from interlope.results.recovery import ReliabilityBin
    >>> tell_ends(ReliabilityBin(explanation="a", low=0.4, high=0.6, count=0, true=0, resolved=0, resolved_true=0, mean=None, q05=None,
    ...                          q95=None))
    '40–60%'
    """
    return f"{100 * row.low:.0f}{DASH}{percent(row.high)}"


def _tell_scores(summary: RecoverySummary) -> list[str]:
    sentences = []
    for s in summary.scores:
        doubt = "" if s.chance is None else f", chance of lying so far off {_chance(s.chance)}"
        sentences.append(f"{s.name.capitalize()} {number(s.value)}, where the prior odds have {number(s.prior)}; {number(s.expected)} is "
                         f"expected if the probabilities are right{doubt}.")
    return sentences


def _tell_coverage(coverage: Sequence[Coverage]) -> list[str]:
    return [f"{percent(c.level)} intervals of all parameters together hold the truth in {percent(c.inside / c.count)}"
            f"{'' if c.q05 is None else f' ({percent(c.q05)} to {percent(c.q95)})'}." for c in coverage if c.name == ALL and c.count]


def _tell_ranks(summary: RecoverySummary) -> str:
    tests, bad = summary.uniformity, [t.name for t in summary.uniformity if t.rejected]
    if not tests:
        return "Too few data sets to test whether ranks are uniform."
    lead = f"Ranks: {plural(len(tests), 'curve')} tested at one false-alarm rate of {percent(summary.alarm)} for all; "
    return lead + (f"not uniform: {listing(bad)}." if bad else "none is called non-uniform.")


def _tell_series_alone(alone: SeriesAlone | None) -> list[str]:
    """Say how much the official series alone tell of the truth."""
    if alone is None:
        return []
    right = sum(r.resolved.get(r.truth, 0) + r.unresolved.get(r.truth, 0) for r in alone.confusion)
    log = alone.scores[0]
    thin = f"; in {alone.thin} of them too few points carry that" if alone.thin else ""
    return [f"The official series alone put the truth first in {right} of {alone.data_sets}, with a log score of {number(log.value)} "
            f"(prior odds {number(log.prior)}){thin}."]


def tabulate(summary: RecoverySummary) -> list[Table]:
    """Return every table: truth against choice, reliability, scores, ranks, coverage, and what the series alone would give."""
    return [
        tabulate_matrix(summary),
        tabulate_reliability(summary),
        table("scores", "Proper scores (smaller is better)", SCORES, fill(SCORES, summary.scores)),
        table("ranks", "Are ranks uniform?", RANKS, fill(RANKS, summary.uniformity)),
        table("coverage", "Intervals that hold the truth", COVERAGE, fill(COVERAGE, summary.coverage)),
        *tabulate_series_alone(summary),
    ]


def tabulate_matrix(summary: RecoverySummary) -> Table:
    """Return truth against choice, resolved results by name and all others together."""
    return _cross("truth-and-choice", "Truth against choice", summary.names, summary.confusion)


def tabulate_series_alone(summary: RecoverySummary) -> list[Table]:
    """Return truth against choice and scores of the official series alone, where they were asked."""
    alone = summary.series_alone
    return [] if alone is None else [
        _cross("series-alone", "Truth against choice by the official series alone", summary.names, alone.confusion),
        table("series-alone-scores", "Scores of the official series alone", SCORES, fill(SCORES, alone.scores)),
    ]


def _cross(name: str, title: str, names: Sequence[str], confusion: Sequence[ConfusionRow]) -> Table:
    columns = (Column("truth", "simulated from"), Column("data_sets", "data sets", numeric=True),
               *(Column(n, f"{n} chosen", numeric=True) for n in names),
               Column("unresolved", "not resolved", numeric=True), Column("unresolved_right", "of these right", numeric=True))
    rows = [(r.truth, r.data_sets, *(r.resolved[n] for n in names), sum(r.unresolved.values()), r.unresolved.get(r.truth, 0))
            for r in confusion]
    return table(name, title, columns, rows)


def tabulate_reliability(summary: RecoverySummary, names: Sequence[str] = ()) -> Table:
    """Return the reliability table, of some explanations or all; bins without a data set are left out."""
    rows = [b for b in summary.reliability if b.count and (not names or b.explanation in names)]
    return table("reliability", "How often what is called so probable is true", RELIABILITY, fill(RELIABILITY, rows))


def _chance(value: float | None) -> str:
    """A chance with two digits: whether it is one in a hundred or in ten thousand matters."""
    return number(value, 2)


RELIABILITY = (
    Column("explanation", "explanation"), Column("low", "probability from", percent, True), Column("high", "to", percent, True),
    Column("count", "data sets", numeric=True), Column("true", "true", numeric=True), Column("mean", "mean probability", estimate, True),
    Column("q05", "share true, from", estimate, True), Column("q95", "to", estimate, True),
    Column("resolved", "resolved", numeric=True), Column("resolved_true", "of these true", numeric=True),
)
SCORES = (
    Column("name", "score"), Column("value", "of the method", numeric=True), Column("prior", "of the prior odds", numeric=True),
    Column("expected", "expected if right", numeric=True), Column("chance", "chance of being so far off", _chance, True),
)
RANKS = (
    Column("name", "name"), Column("kind", "kind"), Column("count", "data sets", numeric=True),
    Column("gap", "largest gap", numeric=True), Column("chance", "chance if uniform", _chance, True), Column("rejected", "not uniform"),
)
COVERAGE = (
    Column("name", "name"), Column("kind", "kind"), Column("level", "level", percent, True), Column("count", "intervals", numeric=True),
    Column("inside", "hold the truth", numeric=True), Column("q05", "share, from", percent, True), Column("q95", "to", percent, True),
)


def _tell_effort(about: RecoveryAbout) -> str:
    """How much each fit could do: as much as a user's, or less where a budget stopped it."""
    if not about.budget:
        return f"as a user would ({about.mode} effort)"
    return f"with {about.mode} effort. {tell_budget(about.budget)}"


def tell_budget(budget: str) -> str:
    """What a budget makes of fits, in a sentence without its end.

    >>> tell_budget("6300")[:43]
    'Fits were stopped at a budget of 6300 repli'
    """
    return (f"Fits were stopped at a budget of {budget} replicates; a fit without one goes on until it resolves. Odds of such fits carry "
            "more Monte Carlo error than those a user gets")


def command(summary: RecoverySummary, least: int = 0) -> str:
    """The command line that makes these results again, or goes on from them to `least` data sets."""
    about, count = summary.about, max(summary.data_sets, least)
    words = ["interlope", "recover", about.case, "--data-sets", str(count), "--seed", str(about.seed), "--as-of", about.as_of]
    words += ["--thorough"] if about.mode == "thorough" else []
    words += ["--budget", about.budget] if about.budget else []
    return shlex.join([*words, *(["--without", about.without] if about.without else [])])


def _tell_listed(count: int) -> str:
    """What the table of ranks lists: the least likely of many, all of few, or why it is empty."""
    if not count:
        return f"None has the {LEAST_RANKS} ranks that a test takes."
    return "The twelve least likely:" if count == MOST_RANKS else "All of them:"


def describe(summary: RecoverySummary, records: Sequence[RecoveredDataSet], drawings: Mapping[str, str]) -> str:
    """Return one page of Markdown; `drawings` are the files of figures by name."""
    about = summary.about
    machine = ", ".join(f"{k} {about.machine[k]}" for k in ("machine", "python", "numpy", "numba") if k in about.machine)
    part = {"claims": " without claims (official series alone)", "series": " without official series (claims alone)"}.get(about.without, "")
    markup = {name: f"![{name}]({file})\n" for name, file in drawings.items()}
    short = [c for c in summary.coverage if c.kind == "quantity" or c.name == ALL]
    doubtful = sorted(summary.uniformity, key=lambda t: t.chance)[:MOST_RANKS]
    return "\n".join([
        heading(1, f"Does the method find the truth? '{about.case}'{part}"),
        paragraph(
            f"{plural(summary.data_sets, 'data set')}, each simulated from an explanation drawn by the prior odds, parameters drawn from "
            "its priors and one path of the model, with claims and figures drawn from the likelihood itself, and each fitted "
            f"{_tell_effort(about)}. `{command(summary)}`, {about.created}, "
            f"{machine}, model {about.model_digest}, method {about.method}, run {about.run_id}; median {number(summary.seconds, 2)} s a "
            f"fit on one core; {plural(summary.redrawn, 'truth')} drawn again because a path did not complete."),
        heading(2, "In words"), points(tell(summary)),
        heading(2, "Truth against choice"), markup["matrix"], to_markdown(tabulate_matrix(summary)),
        heading(2, "Reliability"), markup["reliability"], to_markdown(tabulate_reliability(summary)),
        heading(2, "Scores"), to_markdown(table("scores", "", SCORES, fill(SCORES, summary.scores))),
        heading(2, "Ranks"),
        paragraph("Ranks are uniform where posteriors are right. Chances are those of simultaneous bands for one curve (Säilynoja, "
                  "Bürkner & Vehtari 2022); what is called non-uniform is decided for all together, with a false-alarm rate of "
                  f"{percent(summary.alarm)} (Holm 1979). {_tell_listed(len(doubtful))}"),
        markup["ranks"], to_markdown(table("ranks", "", RANKS, fill(RANKS, doubtful))),
        heading(2, "Coverage"), markup["coverage"], to_markdown(table("coverage", "", COVERAGE, fill(COVERAGE, short))),
        *_describe_ties(records), *_describe_series_alone(summary),
        heading(2, "What it does not show"),
        paragraph("Data sets come from the model and the likelihood that fit them: whether the world is such a model is another question. "
                  "Frequencies hold for truths that come as often as the priors say."),
    ])


def list_ties(records: Sequence[RecoveredDataSet]) -> dict[str, int]:
    """Quantities whose truth is one and the same number in many data sets, and in how many."""
    truths: dict[str, list[float]] = {}
    for q in (q for d in records for q in d.quantities if q.kind == "quantity"):
        if q.truth is not None:
            truths.setdefault(q.name, []).append(q.truth)
    most = {name: Counter(values).most_common(1)[0][1] for name, values in truths.items()}
    return {name: count for name, count in most.items() if count > 1 and count >= TIED * len(truths[name])}


def _describe_ties(records: Sequence[RecoveredDataSet]) -> list[str]:
    """Say for which quantities an interval has to hold the truth more often than its level."""
    tied = list_ties(records)
    if not tied:
        return []
    each = listing([f"{name} in {count}" for name, count in tied.items()])
    return [paragraph(f"Of {plural(len(records), 'data set')} the truth is one and the same number for {each}. An interval that ends at "
                      "such a number holds every truth that equals it, and so the truth more often than its level says: more than 90% is "
                      "no fault there. Ranks, which are drawn within ties, test these.")]


def _describe_series_alone(summary: RecoverySummary) -> list[str]:
    if summary.series_alone is None:
        return []
    matrix, scores = tabulate_series_alone(summary)
    return [
        heading(2, "The official series alone"),
        paragraph("The same data sets and replicates with the claims' part of the likelihood taken out of the weights; `--without claims` "
                  "draws and fits data sets of their own."),
        to_markdown(matrix), to_markdown(scores)]


def draw(summary: RecoverySummary, records: Sequence[RecoveredDataSet]) -> dict[str, str]:
    """Return every figure as the text of an SVG file, by name."""
    return {"matrix": figures.draw_matrix(summary), "reliability": figures.draw_reliability(summary),
            "ranks": figures.draw_ranks(records, summary), "coverage": figures.draw_coverage(summary)}


def write(summary: RecoverySummary, records: Sequence[RecoveredDataSet], folder: Path) -> None:
    """Write results, summary, page, tables as CSV and figures into a folder."""
    drawings = draw(summary, records)
    texts = {FILE: StoredRecovery(summary=summary, data_sets=list(records)).model_dump_json() + "\n",
             SUMMARY: json.dumps(summary.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n",
             PAGE: describe(summary, records, {name: f"{name}.svg" for name in drawings})}
    texts |= {f"{t.name}.csv": t.csv() for t in tabulate(summary) if t.rows} | {f"{name}.svg": text for name, text in drawings.items()}
    for name, text in texts.items():
        (folder / name).write_text(text if name in (FILE, SUMMARY) else printable(text, lines=True), encoding="utf-8")


def write_page(summary: RecoverySummary, records: Sequence[RecoveredDataSet], page: Path) -> None:
    """Write the page alone, with its figures beside it, named after it."""
    drawings = draw(summary, records)
    page.parent.mkdir(parents=True, exist_ok=True)
    for name, text in drawings.items():
        page.with_name(f"{page.stem}-{name}.svg").write_text(printable(text, lines=True), encoding="utf-8")
    text = describe(summary, records, {name: f"{page.stem}-{name}.svg" for name in drawings})
    page.write_text(printable(text, lines=True), encoding="utf-8")


def load(folder: Path) -> StoredRecovery:
    """Read the results that a run wrote; BadInput when there are none or a file was changed since."""
    return read(StoredRecovery, folder, "recover", lambda whole: whole.summary.about.run_id)
