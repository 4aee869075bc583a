"""Confidence: how far the analysis can be relied on, as a pure function of what was measured, kept apart from the probability.

An answer may be very likely on poor grounds, or open on sound ones; Intelligence Community Directive 203 (D.6.e(2)(a)) asks that the two
are not put into one sentence, and the Professional Head of Intelligence Assessment rates analytical confidence by the same three words.
Six grounds are rated. The whole is

- low where the calculation fails its checks or hardly any independent root stands behind the leader, and where two other grounds are low;
- high where none is low, none is not measured, and at most one is moderate;
- moderate else.

The directive names what matters (sources, assumptions, consistency) and gives no numbers: each threshold below has its reason beside it.
"""
from __future__ import annotations

import math
from collections.abc import Mapping

from interlope.results.confidence import Calibration, Confidence, Ground
from interlope.results.weighing import WeighResult

SPEAKS = math.log(1.2)  # log Bayes factor from which a root is said to stand behind an explanation; assumption: less is no argument
CERTAIN = 2.0  # standard errors that it must exceed; about one in forty by chance
ROOTS = (3, 2)  # independent roots for high and moderate; two can share an error unseen, a third has to repeat it (assumption)
ODDS = (1.5, 3.0)  # factors of the odds; 1.5 is within how far elicited prior odds scatter, 3 turns even odds into one in four (assumption)
CHANCE = (0.05, 0.01)  # posterior predictive chance of the figures; conventional, and the check is lenient for the fit saw them
GAP = (0.05, 0.1)  # distance of stated probabilities from how often they came true, chance taken out; tenths of a half (assumption)
FEWEST_SETS = 40  # below which nothing is said (assumption): a gap of two tenths is within chance
LEAST_SETS = 100  # below which none is rated high (assumption): a gap of one tenth is within chance
DECISIVE = ("the calculation", "independent roots")


def rate(weighed: WeighResult, status: str, institutions: Mapping[str, str], calibration: Calibration | None = None) -> Confidence | None:
    """Rate confidence in the lead of the most probable explanation.

    Parameters
    ----------
    weighed : WeighResult
        The explanations weighed.
    status : str
        "ok", or "not_resolved" where the calculation failed its checks.
    institutions : mapping of str to str
        What each root depends on, by its id; roots of one institution count as one.
    calibration : Calibration, optional
        How well the method's probabilities came true on known truths.

    Returns
    -------
    Confidence or None
        None for a single explanation, which leads nothing.
    """
    ranked = weighed.ranked
    if len(ranked) < 2:
        return None
    leader, rival = ranked[0].name, ranked[1].name
    grounds = [_calculation(weighed, status), _roots(weighed, leader, rival, institutions), _letter(weighed, leader, rival),
               _priors(weighed), _accounts(weighed, leader), _calibration(calibration)]
    return Confidence(level=combine(grounds), leader=leader, grounds=grounds)


def combine(grounds: list[Ground]) -> str:
    """The level of the whole from its grounds; see above."""
    levels = [g.level for g in grounds]
    low = {g.name for g in grounds if g.level == "low"}
    if low & set(DECISIVE) or len(low) > 1:
        return "low"
    return "high" if not low and "not measured" not in levels and levels.count("moderate") <= 1 else "moderate"


def step(value: float, limits: tuple[float, float], *, at_most: bool) -> str:
    """The level of a value by the limits for high and moderate.

    >>> step(2, (3, 2), at_most=False), step(4.0, (1.5, 3.0), at_most=True)
    ('moderate', 'low')
    """
    for limit, level in zip(limits, ("high", "moderate")):
        if value <= limit if at_most else value >= limit:
            return level
    return "low"


def _ground(name: str, level: str, finding: str, thresholds: str, why: str, change: str) -> Ground:
    return Ground(name=name, level=level, finding=finding, thresholds=thresholds, why=why, change="" if level == "high" else change)


def _calculation(weighed: WeighResult, status: str) -> Ground:
    failed = [f"{g.name} of {e.name}" for e in weighed.explanations for g in e.gates if not g.passed]
    sound = status == "ok" and not failed
    return _ground("the calculation", "high" if sound else "low",
                   "every check of every explanation passed" if sound else f"checks failed: {', '.join(failed) or 'see the reasons'}",
                   "high: all passed; low: any failed", "numbers that fail their own checks are for checking only",
                   "a larger budget, as the reasons say")


def _roots(weighed: WeighResult, leader: str, rival: str, institutions: Mapping[str, str]) -> Ground:
    """Independent roots that speak for the leader against its nearest rival."""
    behind = []
    for root in weighed.roots:
        for pair, sign in ((f"{leader}/{rival}", 1.0), (f"{rival}/{leader}", -1.0)):
            factor = root.log_bayes_factor.get(pair)
            if factor and factor.value is not None and factor.error is not None and root.id not in behind:
                if sign * factor.value >= max(SPEAKS, CERTAIN * factor.error):
                    behind.append(root.id)
    independent = len({institutions.get(r, r) for r in behind})
    carried = weighed.headline_withheld.root if weighed.headline_withheld else ""
    turning = [f"{t.root} ({t.leader} leads)" for t in weighed.turning if t.root != carried]
    level = "low" if carried or turning else step(independent, ROOTS, at_most=False)
    finding = (f"{independent} independent root{'' if independent == 1 else 's'} behind {leader} against {rival}"
               + (f" ({', '.join(behind)})" if behind else "") + (f"; {carried} alone carries the answer" if carried else "")
               + (f"; the lead changes without {', '.join(turning)}" if turning else ""))
    limits = f"high: {ROOTS[0]} or more; moderate: {ROOTS[1]}; low: fewer, or without one another leads"
    return _ground("independent roots", level, finding, limits,
                   "assumption: two can share an error unseen, a third has to repeat it",
                   f"another independent observation that tells {leader} from {rival}")


def _letter(weighed: WeighResult, leader: str, rival: str) -> Ground:
    """How far the odds of leader against rival follow the letter of the report's source, from A to E."""
    name, limits = "the source's letter", f"high: odds change up to {ODDS[0]:g} times; moderate: up to {ODDS[1]:g} times"
    why, curve = "assumption: within the scatter of elicited odds; even odds become one in four", weighed.curve
    if curve is None:
        return _ground(name, "high", "no claim is weighed, so no letter matters", limits, why, "")
    odds = [_odds(p.probabilities, leader, rival) for p in curve.points if p.letter != "F" and not {leader, rival} & set(p.thin)]
    if len(odds) < 2 or min(odds) <= 0.0:
        return _ground(name, "not measured", "too few points carry the changed letters", limits, why, "a larger budget")
    factor = max(odds) / min(odds)
    turned = min(odds) < 1.0
    finding = (f"between letters A and E of {curve.source} the odds of {leader} against {rival} change by a factor of {factor:.1f}"
               + (", and the lead changes hands" if turned else ""))
    level = step(factor, ODDS, at_most=True)
    return _ground(name, "moderate" if turned and level == "high" else level, finding, limits, why,
                   f"a record of how often {curve.source} was right")


def _odds(probabilities: Mapping[str, float], leader: str, rival: str) -> float:
    return probabilities[leader] / probabilities[rival] if probabilities[rival] > 0.0 else math.inf


def _priors(weighed: WeighResult) -> Ground:
    """How far one prior, made wider or narrower, moves the odds."""
    name, limits = "the priors", f"high: odds change up to {ODDS[0]:g} times; moderate: up to {ODDS[1]:g} times"
    why = "assumption: as for the letter"
    rows = weighed.sensitivity.priors if weighed.sensitivity else []
    if not rows:
        return _ground(name, "not measured", "not computed in this run", limits, why, "run 'interlope weigh' again")
    most = max(rows, key=lambda r: abs(r.moved or 0.0))
    factor = math.exp(abs(most.moved or 0.0))
    own = most.kind == "own"
    what = f"the priors that {most.name} alone states, all of them together, move" if own else f"the prior of {most.name} moves"
    thin = sum(r.thin for r in rows)
    finding = (f"{what} the odds most: with {'each' if own else 'its'} width times {most.width:.2g} they change by a factor of {factor:.1f}"
               + (f"; {thin} of {len(rows)} changes are rough" if thin else ""))
    measured = f"a number that {most.name} alone states" if own else most.name
    return _ground(name, step(factor, ODDS, at_most=True), finding, limits, why, f"a measured value of {measured}")


def _accounts(weighed: WeighResult, leader: str) -> Ground:
    """How well the leader accounts for the evidence at all."""
    name = "how well the leader fits at all"
    limits = (f"high: its own figures are no likelier in at least {CHANCE[0] * 100:g} of 100 sets, every claim is met by some explanation, "
              f"and no root has to be doubted; moderate: in at least {CHANCE[1] * 100:g}")
    why = "convention; the check is lenient, for the fit saw the figures"
    own = next((a for a in weighed.adequacy if a.explanation == leader), None)
    if own is None:
        return _ground(name, "not measured", "not computed in this run", limits, why, "run 'interlope weigh' again")
    names = {e.name for e in weighed.explanations}
    never = [c.claim for c in weighed.cannot_meet if set(c.explanations) >= names]
    level = "high" if own.chance is None else step(own.chance, CHANCE, at_most=False)
    level = "moderate" if level == "high" and (never or own.doubted) else level
    finding = "no official figures were fitted" if own.chance is None else (
        f"of 100 sets of figures simulated under {leader}, {100 * own.chance:.0f} would fit it no better than the published set")
    finding += f"; no explanation meets {', '.join(never)}" if never else ""
    doubted = ", ".join(t.root for t in own.doubted)
    finding += f"; if it is true, {doubted} {'has' if len(own.doubted) == 1 else 'have'} to be doubted" if doubted else ""
    return _ground(name, level, finding, limits, why, "an explanation that accounts for what this one misses")


def _calibration(calibration: Calibration | None) -> Ground:
    name, why = "calibration of the method", "assumption: one and two tenths of a half; fewer data sets say little"
    limits = (f"high: a gap up to {GAP[0]:g} over {LEAST_SETS} data sets or more; moderate: up to {GAP[1]:g}, or one that right "
              "probabilities show by chance")
    if calibration is None or calibration.gap is None or calibration.data_sets < FEWEST_SETS:
        few = f"{calibration.data_sets} data sets with known truth, of {FEWEST_SETS} that it takes" if calibration else ""
        return _ground(name, "not measured", few or "no record of data sets with known truth for this case", limits, why,
                       "'interlope recover'")
    level = step(calibration.gap, GAP, at_most=True)
    few = level == "high" and calibration.data_sets < LEAST_SETS
    level = "moderate" if few or (level == "low" and calibration.gap <= calibration.chance) else level
    counted = f" ({calibration.unresolved} of them not resolved)" if calibration.unresolved else ""
    return _ground(name, level, f"over {calibration.data_sets} data sets with known truth{counted}, what was stated and what came true "
                   f"lie {calibration.gap:.2f} apart beyond what chance adds (root mean square; right probabilities reach "
                   f"{calibration.chance:.2f} by chance)", limits, why, "more data sets, or a likelihood that errs less")
