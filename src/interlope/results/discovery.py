"""Discovery: the part of parameters and explanations in which an option fails."""

from __future__ import annotations

from interlope.results.record import Number, Record


class BoxLimit(Record):
    """A limit of a box: `low` to `high` of a parameter in its unit, None where it is open, or the explanations inside.

    `quasi_p`: chance of as many failures if this limit made no difference to a box that has all the others; it is optimistic, because the
    box was chosen (Bryant & Lempert 2010).
    """

    name: str
    unit: str
    low: Number = None
    high: Number = None
    explanations: list[str] = []
    quasi_p: float


class FailureBox(Record):
    """Where one harm of an option is above a threshold.

    Attributes
    ----------
    threshold : float
        In the outcome's unit; None where an option fails by being above the status quo in the same draw.
    draws, failures : int
        Draws of which each descends from another point, and in how many of them the option fails.
    coverage : float
        Part of all failures that lie in the box.
    density : float
        Part of the draws in the box that are failures; `failures / draws` without it.
    mass : float
        Part of all draws that lie in the box.
    chance : float
        Probability that a search finds a box as sharp where failures are scattered by chance alone (permutations).
    significant : bool
        Whether that is at most the false-alarm budget, shared between the harms; where not, the box means nothing.
    """

    option: str
    outcome: str
    threshold: Number = None
    draws: int
    failures: int
    coverage: Number = None
    density: Number = None
    mass: Number = None
    chance: Number = None
    significant: bool = False
    limits: list[BoxLimit] = []
    why: str = ""


class Discovery(Record):
    """Where an option fails: a box for each harm, `budget` the chance that any is shown where there is none."""

    option: str
    budget: float
    permutations: int
    boxes: list[FailureBox]
    notes: list[str]
