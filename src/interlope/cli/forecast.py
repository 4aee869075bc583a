"""forecast: figures that nobody knows yet, written down with their date, and scored when they come."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interlope.cli import options as o
from interlope.cli.place import check_apart, check_pair, insist
from interlope.errors import BadInput

if TYPE_CHECKING:
    from interlope.cli.console import Clock
    from interlope.cli.job import Request
    from interlope.results.outlook import Forecast, ForecastScore

HELP = """Forecast the months after the last known figure, or score such a forecast.

Example: interlope forecast toy --months 1 --out toy-spring

Writes FILE.json and FILE.csv: quantiles by month for each explanation and mixed by their odds, with the draws, the day of knowledge, the
date of writing and the model that made it. It is never written over. When figures have come:
interlope forecast --score toy-spring.json actuals.csv
"""
WHAT = Annotated[str, typer.Argument(help="A shipped case by name, or a folder; with --score, the table of what came.", show_default=False)]
MONTHS = Annotated[int, typer.Option("--months", min=1, max=60, help="Months after the last known figure of each table.")]
FILE = Annotated[Path | None, typer.Option("--out", callback=check_pair, help="File to write, never over an old one.")]
SCORE = Annotated[Path | None, typer.Option("--score", help="A forecast to score on the table of what came.")]
RESULTS = Annotated[Path, typer.Option("--results", help="Folder in which the fit is, or is made.")]
SCORING = ("case", "score", "json")  # what may be given where a forecast is scored
MOST_ROWS = 8  # of a table that match no forecast, listed in the terminal
BAR = 24  # characters of the bar of an interval
DOES = {"forecast": "run the draws on past what is known"}


def forecast(
    context: typer.Context,
    case: WHAT,
    months: MONTHS = 12,
    file: FILE = None,
    score: SCORE = None,
    seed: o.SEED = 7,
    thorough: o.THOROUGH = False,
    budget: o.BUDGET = "",
    as_of: o.AS_OF = "",
    folder: RESULTS = o.HERE,
    fresh: o.FRESH = False,
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope import pipeline
    from interlope.cli.console import Clock
    from interlope.cli.job import Request

    clock = Clock()
    if score is not None:
        _refuse_given(context)
        _score(score, Path(case), json, clock)
        return
    place = file or _name(case, as_of)
    insist(check_pair, place)
    insist(check_apart, folder)
    plan = pipeline.Plan(seed, "thorough" if thorough else "quick", budget=budget)
    more = ["--months", str(months), *(["--out", str(file)] if file else [])]
    request = Request("forecast", case, plan, folder, "weigh", json=json, fresh=fresh, dates=[as_of] if as_of else [], more=more)
    _forecast(request, months, place, clock)


def _refuse_given(context: typer.Context) -> None:
    """Refuse options of making a forecast beside one that is scored as it was written."""
    given = [max(each.opts, key=len) for each in context.command.params if each.name not in SCORING
             and str(getattr(context.get_parameter_source(each.name or ""), "name", "")) == "COMMANDLINE"]
    if given:
        raise BadInput(f"{', '.join(given)} beside --score; expected --score FORECAST.json TABLE.csv alone or with --json: a forecast is "
                       "scored as it was written")


def _name(case: str, as_of: str) -> Path:
    """The name of a forecast that was given none: that of the case and the day of knowledge."""
    from interlope.cli.loading import load

    loaded = load(case)
    return Path(f"{loaded.name}-forecast-{(loaded.at(as_of) if as_of else loaded).as_of.isoformat()}")


def _forecast(request: Request, months: int, place: Path, clock: Clock) -> None:
    """Fit where that is not done yet, forecast, write the files."""
    from datetime import date

    from interlope.cli.console import print_json, print_lines
    from interlope.cli.job import draw
    from interlope.cli.progress import Watch
    from interlope.outlook import ahead
    from interlope.outlook import file as files
    from interlope.results.outlook import ForecastResult
    from interlope.scenario.description import describe_case

    study, draws = draw(request, clock)
    record = study.record
    about = {"status": record.status, "run_id": study.run_id, "model_digest": record.model_digest}
    with Watch(DOES, quiet=request.json) as watch:
        watch.tell("forecast", 0, 0)
        result = ahead.forecast(study.case, draws, months, request.plan.seed, date.today(), about=about, reasons=list(record.reasons),
                              progress=lambda done, total: watch.tell("forecast", done, total))
        watch.tell("forecast", 1, 1)
    paths = [p.as_posix() for p in files.write(result, place)]
    if request.json:
        print_json("forecast", ForecastResult(files=paths, forecast=result), clock, case=describe_case(study.case),
                   model_digest=result.model_digest, seed=result.seed, mode=request.plan.mode, status=record.status,
                   reasons=[*record.reasons])
        return
    _show(result)
    later = shlex.join(["interlope", "forecast", "--score", paths[0], "ACTUALS.csv"])
    print_lines([f"Written: {' and '.join(paths)}. Score it later with: {later}"])


def _score(path: Path, table: Path, json: bool, clock: Clock) -> None:
    """Score a forecast on what came."""
    from interlope.cli.console import print_json
    from interlope.outlook import actuals
    from interlope.outlook import file as files
    from interlope.outlook.score import score
    from interlope.results.outlook import ForecastResult

    files.refuse_swapped(path, table)
    written = files.read(path)
    came = actuals.read(table, written)
    notes, unmatched = actuals.remark(table, written)
    unchecked = actuals.tell_unchecked([series for series, _ in came], written)
    result = score(written, came, path.as_posix()).model_copy(update={"notes": notes, "unmatched": unmatched, "unchecked": unchecked})
    if json:
        print_json("forecast", ForecastResult(score=result), clock, model_digest=written.model_digest, seed=written.seed)
        return
    _show_score(result)


def _show(forecast: Forecast) -> None:
    """Print the mixture by period, and on what it rests."""
    from interlope.cli import chart, streams
    from interlope.cli.console import print_lines, print_table
    from interlope.reporting.numerals import day, number
    from interlope.results.outlook import MIXED

    marks = chart.BLOCKS if streams.is_unicode() else chart.ASCII
    for series in forecast.series:
        rows, points = [], chart.LEVELS
        high = max((q for f in forecast.figures if (f.series, f.explanation) == (series.id, MIXED)
                    for level, q in zip(forecast.levels, f.quantiles, strict=True) if level <= points[-1]), default=0.0)
        for f in forecast.figures:
            if f.series == series.id and f.explanation == MIXED:
                at = dict(zip(forecast.levels, f.quantiles, strict=True))
                medians = [g.quantiles[forecast.levels.index(0.5)] for g in forecast.figures
                           if (g.series, g.period) == (f.series, f.period) and g.explanation != MIXED]
                rows.append([f.period, number(at[0.05]), number(at[0.25]), number(at[0.5]), number(at[0.75]), number(at[0.95]),
                             *map(number, medians), chart.draw_bar([at[p] for p in points], 0.0, high, BAR, marks).replace(" ", "\u00a0")])
        heads = ["period", "5%", "25%", "50%", "75%", "95%", *(f"median, {name}" for name in forecast.probability), f"0 to {number(high)}"]
        title = f"{series.id}, {series.unit}, mixed by the odds (last known figure: to {day(series.last_known)})"
        print_table(title, heads, rows, tuple(range(1, len(heads) - 1)))
    weak = [] if forecast.status == "ok" else ["The odds are not resolved: the mixture is for checking only."]
    left = [f"Not forecast: {name} ({why})." for name, why in forecast.left_out.items()]
    print_lines([*weak, *left, *(f"Assumed: {text}." for text in forecast.assumptions)], mark="- ")


def _show_score(score: ForecastScore) -> None:
    """Print every figure that came with its score, and the means."""
    from interlope.cli.console import print_lines, print_table
    from interlope.reporting.numerals import day, interval, number, percent, plural
    from interlope.results.outlook import MIXED

    rows = [[r.series, r.period, number(r.observed), number(r.q50), interval(r.q05, r.q95), "yes" if r.inside_90 else "no",
             number(r.crps[MIXED])] for r in score.rows]
    print_table(f"Forecast of {day(score.written)}, as known on {day(score.as_of)}",
                ["series", "period", "came", "median", "90% interval", "inside", "CRPS"], rows, (2, 3, 6))
    print_table("Mean score, fair CRPS of log(1 + y): less is better", ["forecast", "score"],
                [[who, number(value)] for who, value in sorted(score.crps.items(), key=lambda item: item[1])], (1,))
    more = [f"{plural(len(score.missing), 'forecast period')} without a figure yet."] if score.missing else []
    if score.unmatched:
        rest = len(score.unmatched) - MOST_ROWS
        verb = "is" if len(score.unmatched) == 1 else "are"
        more.append(f"{plural(len(score.unmatched), 'row')} of the table {verb} of no period that was forecast: "
                    f"{'; '.join(score.unmatched[:MOST_ROWS])}{f'; and {rest} more' if rest > 0 else ''}.")
    more += [f"The table differs from the one that was forecast: {note}." for note in score.notes]
    more += [f"{note[0].upper()}{note[1:]}." for note in score.unchecked]
    print_lines([f"{percent(score.coverage_50)} of {plural(len(score.rows), 'figure')} inside the 50% interval, "
                 f"{percent(score.coverage_90)} inside the 90% interval.", *more], mark="- ")
