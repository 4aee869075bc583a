"""Summary: a live option beside its comparators, harm first, with the measures that a finished comparison has."""

from __future__ import annotations

import time

import numpy as np

from interlope.ensemble.weighted import ROUNDING
from interlope.errors import BadInput, nearest
from interlope.explorer.live import Branch, LiveOptions
from interlope.explorer.turns import Turn
from interlope.levers.catalogue import levers
from interlope.levers.option import ALWAYS, STATUS_QUO, Option, ScheduledLever, tell_idle
from interlope.policy import robust
from interlope.policy.compare import weigh_draws
from interlope.policy.comparison import POOLED, Comparison
from interlope.policy.outcome import OUTCOMES
from interlope.policy.weighted import chance, summarise
from interlope.quantities import INDEX, QUANTITIES
from interlope.reporting.answer.direction import direction
from interlope.reporting.words import label, series_name, worded
from interlope.results.comparison import Difference
from interlope.results.explorer import LeverChoice, LiveAnswer, LiveDifference, LiveOutcome, LiveRegret, LiveRequest
from interlope.results.market import Fan

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
    names = [choice.name for choice in choices]
    if len(set(names)) < len(names):
        raise BadInput("a lever is given twice; expected each once")
    scheduled = tuple(ScheduledLever(c.name, c.setting, c.start, ALWAYS, c.ramp) for c in choices if c.setting > 0.0)
    return Option(name, gloss, scheduled)


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
    if request.option and request.option not in case.options:
        raise BadInput(f"option '{request.option}' unknown; expected one of {', '.join(case.options)}")
    option = case.options[request.option] if request.option else read_option(request.levers, live.days)
    status_quo, branch = live.run(case.options[STATUS_QUO], stage), live.run(option, stage, Turn(request.page, request.turn))
    seconds = time.perf_counter() - began
    others = {name: branch_of for name, o in case.options.items()
              if name != STATUS_QUO and o.levers != option.levers and (branch_of := live.find(o, stage)) is not None}
    complete = status_quo.complete & branch.complete & np.all([b.complete for b in others.values()] or [branch.complete], axis=0)
    options = (case.options[STATUS_QUO], *(case.options[name] for name in others), option)
    comparison = _compare(live, stage, options, [status_quo, *others.values(), branch], complete)
    return LiveAnswer(
        stage=stage, draws=int(complete.sum()), failed=int((~complete).sum()), refined=stage == len(live.rows) - 1, days=live.days,
        today=case.decision.today, start=case.decision.start.isoformat(),
        explanations={name: float(comparison.weights[comparison.names == name].sum()) for name in comparison.explanations},
        outcomes=[_outcome(comparison, k) for k in range(len(OUTCOMES))], regret=_regret(comparison),
        compared=[o.name for o in options], side_effects=[worded(text) for text in option.side_effects],
        idle=tell_idle(option, live.days) if option.levers else [],
        option_fan=_fan(live, request.series, branch, complete, comparison.weights),
        status_quo_fan=_fan(live, request.series, status_quo, complete, comparison.weights), seconds=round(seconds, 4),
    )


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


def _outcome(comparison: Comparison, k: int) -> LiveOutcome:
    about, last = OUTCOMES[k], len(comparison.options) - 1
    weights = {name: comparison.weights_of(name) for name in (POOLED, *comparison.explanations)}
    rows = []
    for over in ("status_quo", "today"):
        x = comparison.difference(last, over)[:, k]
        for name, w in weights.items():
            more, less = (chance(np.where(np.isfinite(x), side, np.nan), w) for side in (x > 0, x < 0))
            row = Difference(option=YOURS, explanation=name, outcome=about.name, over=over, chance_worse=None, chance_more=more,
                             chance_less=less, **summarise(x, w, comparison.origins)._asdict())
            rows.append(LiveDifference(explanation=name, over=over, mean=row.mean, q05=row.q05, q95=row.q95, mc_error=row.mc_error,
                                       chance_more=more, chance_less=less, direction=direction(row)))
    pooled = comparison.weights_of(POOLED)
    levels = [_mean(values[:, k], pooled) for values in (comparison.levels[last], comparison.levels[0], comparison.before)]
    return LiveOutcome(name=about.name, title=label(about.name), unit=about.unit, meaning=worded(about.meaning), harm=about.harm,
                       worse=about.worse or None, option=levels[0], status_quo=levels[1], today=levels[2], differences=rows)


def _mean(values: np.ndarray, weights: np.ndarray) -> float | None:
    known = np.isfinite(values) & (weights > 0)
    return float(weights[known] @ values[known] / weights[known].sum()) if known.any() else None


def _regret(comparison: Comparison) -> list[LiveRegret]:
    """Regret of the last option."""
    name = comparison.options[-1].name
    return [LiveRegret(outcome=r.outcome, expected=r.expected, maximum=r.maximum, worst_explanation=r.worst_explanation)
            for r in robust.regrets(comparison) if r.option == name]


def _fan(live: LiveOptions, series: str, branch: Branch, complete: np.ndarray, weights: np.ndarray) -> Fan:
    daily = branch.series[complete][:, :, INDEX[series]].astype(np.float64)
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
    values = quantiles_by_day(daily, weights, LEVELS)
    return Fan(series=series, title=series_name(series), unit=about.unit, definition=worded(about.definition), start=start,
               levels=list(LEVELS), values=np.round(values, 5).tolist())


def quantiles_by_day(daily: np.ndarray, weights: np.ndarray, points: tuple[float, ...]) -> np.ndarray:
    """Weighted quantiles [points, day] of a series [n, day]; the same definition as `ensemble.weighted.quantiles`, for all days at once.

    >>> quantiles_by_day(np.array([[1.0], [2.0], [9.0]]), np.array([0.2, 0.2, 0.6]), (0.1, 0.5)).tolist()
    [[1.0], [9.0]]
    """
    if not len(daily):
        return np.full((len(points), daily.shape[1]), np.nan)
    order = np.argsort(daily, axis=0, kind="stable")
    ordered = np.take_along_axis(daily, order, axis=0)
    reached = np.cumsum(np.where(np.isfinite(ordered), weights[order], 0.0), axis=0)
    whole = reached[-1]
    place = [(reached >= (p - ROUNDING) * whole).argmax(axis=0) for p in points]
    return np.where(whole > 0, np.take_along_axis(ordered, np.stack(place), axis=0), np.nan)
