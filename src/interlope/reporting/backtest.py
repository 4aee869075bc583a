"""Backtest: rolling forecasts as sentences, tables, figures and one page of Markdown, in a folder."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from interlope.inference.checks import skill
from interlope.odd.markdown import grid, heading, paragraph, points
from interlope.reporting import analysis
from interlope.reporting.figures.backtest import draw_forecasts
from interlope.reporting.numerals import day, interval, number, percent, plural
from interlope.reporting.tables import Column, Table, fill, plain, table
from interlope.reporting.words import listing
from interlope.results.backtest import BacktestMeasures, BacktestRow, Skill, StoredBacktest
from interlope.results.run import RunAbout

SUMMARY, PAGE = "backtest.json", "backtest.md"  # the first is its results where they come with the package
WALK = "random walk"  # the hardest of the naive forecasts to do better than
ENOUGH = 5  # origins below which an interval over origins says little

ROWS = (
    Column("origin", "origin"), Column("series", "series"), Column("period", "period"), Column("lead", "months ahead", numeric=True),
    Column("observed", "published", numeric=True), Column("q05", "5%", numeric=True), Column("q25", "25%", numeric=True),
    Column("q50", "50%", numeric=True), Column("q75", "75%", numeric=True), Column("q95", "95%", numeric=True),
    Column("crps", "CRPS", numeric=True),
)
SKILL = (
    Column("against", "against"), Column("lead", "months ahead", lambda v: "all" if v is None else str(v), True),
    Column("ratio", "ratio of scores", numeric=True), Column("low", "90% from", numeric=True), Column("high", "to", numeric=True),
    Column("figures", "forecasts", numeric=True), Column("origins", "origins", numeric=True),
)
COVERAGE = (
    Column("lead", "months ahead", lambda v: "all" if v is None else str(v), True), Column("figures", "forecasts", numeric=True),
    Column("inside_50", "inside the 50% interval", percent, True), Column("inside_90", "inside the 90% interval", percent, True),
)
RELATIVE = (
    Column("forecaster", "forecaster"), Column("lead", "months ahead", lambda v: "all" if v is None else str(v), True),
    Column("skill", "relative skill", numeric=True),
)


def tell(result: BacktestMeasures) -> list[str]:
    """Say how the model does against each naive forecast, and how often its intervals hold what was published."""
    if not result.rows:
        return ["Nothing was published after any of these origins that a series of the fit could be held against."]
    sentences = [_against(s) for s in result.skill if s.lead is None]
    sentences += [*_tell_leads(result), *_tell_worse(result), _tell_coverage(result)]
    missing = [name for name in skill.NAIVE if not any(name in r.baselines for r in result.rows)]
    if missing:
        sentences.append(f"Not set against {listing(missing)}: too few months of a series were known.")
    weak = [day(o.origin) for o in result.origins if o.status != "ok"]
    if weak:
        sentences.append(f"The fit did not resolve from {listing(weak)}: forecasts from there come from few points.")
    return sentences


def _against(pooled: Skill) -> str:
    """One naive forecast against the model in words."""
    if pooled.ratio is None:
        return f"Against {pooled.against}: it made no error that could be compared."
    clear = pooled.low is not None and pooled.high is not None and pooled.origins >= ENOUGH
    better = "better" if pooled.ratio < 1.0 else "worse"
    if clear and pooled.low is not None and pooled.high is not None and pooled.low <= 1.0 <= pooled.high:
        better += ", within what other origins could have given"
    within = f", 90% from {interval(pooled.low, pooled.high)} over origins" if clear else ", too few origins for an interval"
    return f"Against {pooled.against}: {number(pooled.ratio, 2)} of its score{within}: {better} " \
           f"({plural(pooled.figures, 'forecast')}, {plural(pooled.origins, 'origin')})."


def _tell_leads(result: BacktestMeasures) -> list[str]:
    """The random walk against the model by months ahead, where there are several."""
    each = [f"{number(s.ratio, 2)} at {s.lead}{f' ({interval(s.low, s.high, _two)})' if s.origins >= ENOUGH else ''}"
            for s in result.skill if s.against == WALK and s.lead is not None]
    return [f"By months ahead against {WALK}: {listing(each)}."] if len(each) > 1 else []


def _tell_worse(result: BacktestMeasures) -> list[str]:
    """Say from which days and how many months ahead the random walk was better."""
    worse, origins = [], 0
    for origin in result.origins:
        here = [r for r in result.rows if r.origin == origin.origin and WALK in r.baselines]
        ratio = skill.ratio(sum(r.crps for r in here), sum(r.baselines[WALK] for r in here))
        origins += bool(here)
        if ratio is not None and ratio > 1.0:
            worse.append(f"{day(origin.origin)} ({number(ratio)})")
    if not origins:
        return []
    leads = [str(s.lead) for s in result.skill if s.against == WALK and s.lead is not None and s.ratio and s.ratio > 1.0]
    which = f", by these ratios of scores: {listing(worse)}" if worse else ""
    pooled = f"at {listing(leads)} months ahead" if leads else "in none of the months ahead"
    return [f"Worse than {WALK} from {len(worse)} of {plural(origins, 'origin')}{which}; with origins pooled, {pooled}."]


def _tell_coverage(result: BacktestMeasures) -> str:
    """How often intervals hold what was published, all figures together and by months ahead."""
    whole = next(c for c in result.coverage if c.lead is None)
    each = [c.inside_90 for c in result.coverage if c.lead is not None]
    by_lead = f"; by months ahead {percent(min(each))} to {percent(max(each))} inside the 90% interval" if len(each) > 1 else ""
    outside = _count_figures([r for r in result.rows if not r.q05 <= r.observed <= r.q95])
    missed = f" (outside: {plural(outside, 'figure')})" if outside else ""
    return (f"{percent(whole.inside_90)} of {_tell_forecasts(result)} lie inside the 90% interval{missed}, "
            f"{percent(whole.inside_50)} inside the 50% interval{by_lead}.")


def _tell_forecasts(result: BacktestMeasures) -> str:
    """Forecasts, and how many published figures they are of: the same month is forecast from several origins."""
    figures = _count_figures(result.rows)
    return plural(len(result.rows), "forecast") + (f" of {plural(figures, 'figure')}" if figures < len(result.rows) else "")


def _count_figures(rows: Sequence[BacktestRow]) -> int:
    """Published figures behind forecasts, each once."""
    return len({(r.series, r.period) for r in rows})


def _two(value: float | None) -> str:
    return number(value, 2)


def tell_run(result: BacktestMeasures, about: RunAbout) -> str:
    """Say what was tried, when, and on which model."""
    origins = [day(o.origin) for o in result.origins]
    span = f" from {origins[0]} to {origins[-1]}" if len(origins) > 1 else f", {origins[0]}" if origins else ""
    return (f"{plural(len(origins), 'origin')}{span}; {_tell_forecasts(result)} up to {plural(result.ahead, 'month')} ahead. "
            f"Run {about.run_id}{f' of {day(about.created)}' if about.created else ''}, model {about.model_digest}.")


def tabulate(result: BacktestMeasures) -> list[Table]:
    """Return every table: figures, skill, all forecasters against each other, coverage."""
    names = sorted({n for r in result.rows for n in r.baselines})
    columns = (*ROWS, *(Column(name.replace(" ", "_"), f"CRPS of {name}", numeric=True) for name in names))
    rows = [[*(getattr(r, c.key) for c in ROWS), *(r.baselines.get(name) for name in names)] for r in result.rows]
    return [
        table("forecasts", "Every figure forecast", columns, rows),
        tabulate_skill(result),
        table("relative", "All forecasters against each other", RELATIVE, fill(RELATIVE, result.relative)),
        tabulate_coverage(result),
    ]


def tabulate_skill(result: BacktestMeasures) -> Table:
    """Return the model's score over that of each naive forecast; below 1 the model is better."""
    return table("skill", "Score of the model over that of each naive forecast (below 1: the model is better)", SKILL,
                 fill(SKILL, result.skill))


def tabulate_coverage(result: BacktestMeasures) -> Table:
    """Return how often the model's intervals hold what was published."""
    return table("coverage", "How often the model's intervals hold what was published", COVERAGE, fill(COVERAGE, result.coverage))


def describe(result: BacktestMeasures, about: RunAbout) -> str:
    """Return one page of Markdown: what was run, how the model does, origin by origin, and the limits."""
    command = f"interlope backtest {shlex.quote(about.case)} --ahead {result.ahead} --seed {result.seed}"
    names = list(result.origins[0].probabilities) if result.origins else []
    lines = [
        heading(1, f"Forecasts of '{about.case}' from earlier days"),
        paragraph(f"`{command}`: {tell_run(result, about)}"),
        heading(2, "In words"),
        points(tell(result)),
        heading(2, "Skill"),
        analysis.to_markdown(tabulate_skill(result)),
        paragraph("Geometric means of the ratios of all forecasters against each other, on shared figures; 1 is average, less is better."),
        _relative(result),
        heading(2, "Coverage"),
        analysis.to_markdown(tabulate_coverage(result)),
        heading(2, "Origins"),
        grid(("origin", "answer", *names, "effective points", "replicates", "s"),
             [(o.origin, "resolved" if o.status == "ok" else "not resolved", *(percent(o.probabilities.get(n)) for n in names),
               _between(list(o.effective.values())), f"{o.replicates:,}", number(o.seconds)) for o in result.origins]),
        heading(2, "How to read it"),
        points(result.notes),
    ]
    return "\n".join(lines)


def _between(values: Sequence[float | None]) -> str:
    known = [v for v in values if v is not None]
    return f"{number(min(known))} to {number(max(known))}" if known else plain(None)


def _relative(result: BacktestMeasures) -> str:
    leads = list(dict.fromkeys(r.lead for r in result.relative))
    cells = {(r.forecaster, r.lead): r.skill for r in result.relative}
    names = list(dict.fromkeys(r.forecaster for r in result.relative))
    return grid(("forecaster", *("all" if lead is None else f"{lead}" for lead in leads)),
                [(name, *(plain(cells.get((name, lead))) for lead in leads)) for name in names], range(1, len(leads) + 1))


def write(result: BacktestMeasures, about: RunAbout, folder: Path) -> list[str]:
    """Write results.json, the page, the tables as CSV and a figure for each series into a folder. Returns the names of the files."""
    texts = {PAGE: describe(result, about)}
    texts |= {f"{t.name}.csv": t.csv() for t in tabulate(result) if t.rows}
    texts |= {f"{name}.svg": drawing for name, drawing in draw_forecasts(result.rows).items()}
    return analysis.write(result, about, texts, folder)


def load(folder: Path) -> BacktestMeasures:
    """Read the results that a run wrote; BadInput when there are none or a file was changed since."""
    return load_stored(folder).result


def load_stored(folder: Path) -> StoredBacktest:
    """Read the results with the run that made them; refuses as `load` does."""
    return analysis.read(StoredBacktest, folder, "backtest", lambda whole: whole.about.run_id)
