"""Letters: what a poor letter means beside leaving the report out, in plain sentences."""

from __future__ import annotations

import math

from interlope.dossier.source import WEIGHTS
from interlope.reporting.numerals import estimate, number, percent
from interlope.reporting.words import readable
from interlope.results.study import StudyRecord
from interlope.results.weighing import GradeCurve

POOREST = "E"
MOVES = 0.02  # probabilities further apart than this are told apart in words


def tell_poorest(study: StudyRecord) -> list[str]:
    """Say that the poorest letter is not the same as leaving the report out, and why; nothing where the two agree.

    Parameters
    ----------
    study : StudyRecord
        The results, with the curve of letters.

    Returns
    -------
    list of str
    """
    curve = study.weigh.curve
    point = next((p for p in curve.points if p.letter == POOREST), None) if curve else None
    if curve is None or point is None or not curve.left_out:
        return []
    name = max(point.probabilities, key=lambda n: abs(point.probabilities[n] - curve.left_out.get(n, 0.0)))
    with_it, without = point.probabilities[name], curve.left_out[name]
    if abs(with_it - without) < MOVES:
        return []
    faithful, slanted, uninformative = (w / sum(WEIGHTS[POOREST]) for w in WEIGHTS[POOREST])
    return [f"Letter {POOREST} is not the same as leaving the source out: with everything that {readable(curve.source)} said left out "
            f"{name} has {estimate(without)}, with letter {POOREST} it has {estimate(with_it)}. A source at {POOREST} is taken as faithful "
            f"with a chance of {percent(faithful)}, slanted with {percent(slanted)} and uninformative with {percent(uninformative)}; what "
            f"it said tells nothing only in the last case, for a slanted source starts from what there is.{_tell_states(curve, name)}"]


def _tell_states(curve: GradeCurve, name: str) -> str:
    """How much likelier the same words are under the other explanation that they move most, by what the source was."""
    mine = curve.states.get(name)
    others = {n: s for n, s in curve.states.items() if n != name}
    if not mine or not others or any(x is None for each in curve.states.values() for x in each):
        return ""
    rival = max(others, key=lambda n: abs((others[n][1] or 0.0) - (mine[1] or 0.0)))
    parts = []
    for i, state in enumerate(("faithful", "slanted")):
        gap = (mine[i] or 0.0) - (others[rival][i] or 0.0)
        first, second = (name, rival) if gap >= 0 else (rival, name)
        parts.append(f"{number(math.exp(abs(gap)), 2)} times likelier under {first} than under {second} if it was {state}")
    return f" Here its words are {' and '.join(parts)}."
