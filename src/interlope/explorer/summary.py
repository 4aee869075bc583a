"""Summary: a live option beside its comparators, harm first, with the measures that a finished comparison has."""

from __future__ import annotations

import math
import time

import numpy as np

from interlope.errors import BadInput, nearest
from interlope.explorer.differences import quantiles_by_day, summarise_all
from interlope.explorer.live import Branch, LiveOptions
from interlope.explorer.turns import Turn
from interlope.levers.catalogue import levers
from interlope.levers.option import ALWAYS, STATUS_QUO, Option, ScheduledLever, tell_idle
from interlope.policy import robust
from interlope.policy.compare import weigh_draws
from interlope.policy.comparison import POOLED, Comparison
from interlope.policy.outcome import OUTCOMES
from interlope.policy.result import list_outcomes
from interlope.quantities import INDEX, QUANTITIES
from interlope.reporting.answer.direction import name_direction
from interlope.reporting.answer.harms import tell_parts, tell_today
from interlope.reporting.sections.harm_side import tell_switched_off
from interlope.reporting.words import label, series_label, worded
from interlope.results.comparison import OptionAbout
from interlope.results.explorer import LeverChoice, LiveAnswer, LiveDifference, LiveLevel, LiveOutcome, LiveRegret, LiveRequest
from interlope.results.market import Fan
from interlope.scenario.case import Case

YOURS = "yours"
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def read_option(choices: list[LeverChoice], days: int, name: str = YOURS, gloss: str = "set by hand") -> Option:
    """An option from settings of sliders; a lever at 0 is left out.

    Raises
    ------
    BadInput
        When a lever is unknown, given twice, out of its range, or begins after the last day.
    """
    known = levers()
    for choice in choices:
        if choice.name not in known:
            near = nearest(choice.name, known)
            raise BadInput(f"lever '{choice.name}' unknown; expected one of {', '.join(known)}" + (f"; {near}" if near else ""))
        lever = known[choice.name]
        if not lever.low <= choice.setting <= lever.high:
            raise BadInput(f"setting {choice.setting:g} of {choice.name}; expected {lever.low:g} to {lever.high:g} {lever.unit}")
        if choice.start >= days or choice.ramp > days:
            raise BadInput(f"{choice.name} begins on day {choice.start} with {choice.ramp} days of rise; expected less than {days}")
        if choice.end is not None and choice.end <= choice.start:
            raise BadInput(f"{choice.name} begins on day {choice.start} and ends before day {choice.end}; expected a later end")
    names = [choice.name for choice in choices]
    if len(set(names)) < len(names):
        raise BadInput("a lever is given twice; expected each once")
    scheduled = tuple(ScheduledLever(c.name, c.setting, c.start, c.end or ALWAYS, c.ramp) for c in choices if c.setting > 0.0)
    return Option(name, gloss, scheduled)


def find_option(case: Case, name: str) -> Option:
    """An option of the case.

    Raises
    ------
    BadInput
        When the case has none of this name.
    """
    if name not in case.options:
        raise BadInput(f"option '{name}' unknown; expected one of {', '.join(case.options)}")
    return case.options[name]


def answer(live: LiveOptions, request: LiveRequest) -> LiveAnswer:
    """Run what is asked for and summarise it.

    Parameters
    ----------
    live : LiveOptions
        The simulator of the options.
    request : LiveRequest
        Levers or the name of an option, and the stage.

    Returns
    -------
    LiveAnswer

    Raises
    ------
    BadInput
        When the request names no lever, option or series.
    Superseded
        When the same page asks for something later meanwhile.
    """
    began = time.perf_counter()
    case, stage = live.case, min(request.stage, len(live.rows) - 1)
    if request.series not in QUANTITIES:
        raise BadInput(f"series '{request.series}' unknown; expected a recorded series, such as attempts")
    option = find_option(case, request.option) if request.option else read_option(request.levers, live.days)
    if request.explanation and request.explanation not in case.hypotheses:
        raise BadInput(f"explanation '{request.explanation}' unknown; expected one of {', '.join(case.hypotheses)}")
    turn = Turn(request.page, request.turn)
    status_quo, branch = live.run(case.options[STATUS_QUO], stage, turn), live.run(option, stage, turn)
    seconds = time.perf_counter() - began
    others = {name: branch_of for name, o in case.options.items()
              if name != STATUS_QUO and o.levers != option.levers and (branch_of := live.find(o, stage)) is not None}
    complete = status_quo.complete & branch.complete & np.all([b.complete for b in others.values()] or [branch.complete], axis=0)
    options = (case.options[STATUS_QUO], *(case.options[name] for name in others), option)
    comparison = _compare(live, stage, options, [status_quo, *others.values(), branch], complete)
    weights = comparison.weights_of(request.explanation or POOLED) if complete.any() else comparison.weights
    return LiveAnswer(
        stage=stage, draws=int(complete.sum()), failed=int((~complete).sum()), refined=stage == len(live.rows) - 1, days=live.days,
        today=case.decision.today, start=case.decision.start.isoformat(),
        explanations={name: float(comparison.weights[comparison.names == name].sum()) for name in comparison.explanations},
        pairs={name: int((comparison.names == name).sum()) for name in comparison.explanations}, explanation=request.explanation,
        outcomes=_outcomes(comparison), regret=_regret(comparison),
        compared=list(dict.fromkeys(o.name for o in options)), side_effects=[worded(text) for text in option.side_effects],
        idle=tell_idle(option, live.days) if option.levers else [],
        notes=_list_notes(live, option),
        option_fan=_fan(live, request.series, branch, complete, weights),
        status_quo_fan=_fan(live, request.series, status_quo, complete, weights), seconds=round(seconds, 4),
    )


def _list_notes(live: LiveOptions, option: Option) -> list[str]:
    """What the rows are: harms switched off, sums, days that count as today, and what was recorded."""
    outcomes, used = list_outcomes(live.case.words), {lever.name for lever in option.used}
    about = OptionAbout(name=YOURS, gloss="", side_effects=[], levers=[], cost=None, cost_source=None,
                        switched_off=[row for row in live.switched_off if row.lever in used])
    return [*tell_switched_off([about]), *tell_parts(outcomes), tell_today(live.case.decision.today, live.seasonal, live.days),
            *live.recorded_texts]


def _compare(live: LiveOptions, stage: int, options: tuple[Option, ...], branches: list[Branch], complete: np.ndarray) -> Comparison:
    """The options as a finished comparison has them, on the draws that ran to the end under all of them."""
    picked = live.chosen(stage)[complete]
    names = np.asarray(live.draws.hypothesis)[picked]
    explanations = tuple(name for name in live.case.hypotheses if (names == name).any())
    weights = weigh_draws(names, live.draws.chance) if len(names) else np.zeros(0)
    origins = np.unique(live.draws.point[picked], return_inverse=True)[1].ravel()
    return Comparison(live.case.decision.start.isoformat(), live.days, live.case.decision.today, options, explanations, names, weights,
                      origins, np.stack([b.levels[complete] for b in branches]), live.before(stage).levels[complete],
                      tuple(None for _ in options), (), int((~complete).sum()), {})


def _outcomes(comparison: Comparison) -> list[LiveOutcome]:
    last, weights = len(comparison.options) - 1, {name: comparison.weights_of(name) for name in (POOLED, *comparison.explanations)}
    differences = {(over, name): list(zip(*(c.tolist() for c in summarise_all(comparison.difference(last, over), w, comparison.origins))))
                   for over in ("status_quo", "today") for name, w in weights.items()}
    levels = [[_mean(values[:, k], weights[POOLED]) for values in (comparison.levels[last], comparison.levels[0], comparison.before)]
              for k in range(len(OUTCOMES))]
    rows = _levels(comparison, {name: weights[name] for name in comparison.explanations})
    return [LiveOutcome(name=o.name, title=label(o.name), unit=o.unit, meaning=worded(o.meaning), harm=o.harm, worse=o.worse or None,
                        option=levels[k][0], status_quo=levels[k][1], today=levels[k][2], levels=rows[k],
                        differences=[_difference(over, name, *by_outcome[k]) for (over, name), by_outcome in differences.items()])
            for k, o in enumerate(OUTCOMES)]


def _levels(comparison: Comparison, weights: dict[str, np.ndarray]) -> list[list[LiveLevel]]:
    """Means of every outcome by explanation; regret only where one way is worse."""
    level = robust.means(comparison)
    best = np.min(np.where(np.isnan(level), np.inf, level), axis=0)
    loss = level[-1] - best

    def number(value: float) -> float | None:
        return float(value) if np.isfinite(value) else None

    return [[LiveLevel(explanation=name, option=number(level[-1, j, k]), status_quo=number(level[0, j, k]),
                       today=_mean(comparison.before[:, k], w), regret=number(loss[j, k]) if o.worse else None)
             for j, (name, w) in enumerate(weights.items())] for k, o in enumerate(OUTCOMES)]


def _difference(over: str, name: str, mean: float, q05: float, q95: float, error: float, more: float, less: float) -> LiveDifference:
    """A row of numbers as `Summaries` has them; NaN is left to the record, and has no direction."""
    return LiveDifference(explanation=name, over=over, mean=mean, q05=q05, q95=q95, mc_error=error, chance_more=more, chance_less=less,
                          direction=name_direction(more, less))


def _mean(values: np.ndarray, weights: np.ndarray) -> float | None:
    known = np.isfinite(values) & (weights > 0)
    return float(weights[known] @ values[known] / weights[known].sum()) if known.any() else None


def _regret(comparison: Comparison) -> list[LiveRegret]:
    """Regret of the last option."""
    name = comparison.options[-1].name
    last = {r.outcome: r for r in robust.regrets(comparison) if r.option == name}
    return [LiveRegret(outcome=r.outcome, expected=r.expected, maximum=r.maximum, worst_explanation=r.worst_explanation)
            for r in last.values()]


def _fan(live: LiveOptions, series: str, branch: Branch, complete: np.ndarray, weights: np.ndarray) -> Fan:
    daily = branch.daily(INDEX[series])[complete].astype(np.float64)
    return make_fan(series, daily, weights, live.case.decision.start.isoformat())


def make_fan(series: str, daily: np.ndarray, weights: np.ndarray, start: str) -> Fan:
    """Weighted quantiles by day of a series [n, day].

    Parameters
    ----------
    series : str
        A recorded series.
    daily : np.ndarray
        Its values [n, day].
    weights : np.ndarray
        Weight of each replicate [n].
    start : str
        Date of the first day.
    """
    about = QUANTITIES[series]
    rows = np.round(quantiles_by_day(daily, weights, LEVELS), 5).tolist()
    return Fan.model_construct(  # thousands of numbers of one array, of which none is looked at once more
        series=series, title=series_label(series), unit=about.unit, definition=worded(about.definition), start=start, levels=list(LEVELS),
        values=[[x if math.isfinite(x) else None for x in row] for row in rows])
