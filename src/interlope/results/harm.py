"""Harm: what official tables give for a harm, and harms of levers that the numbers of a case take away."""

from __future__ import annotations

from interlope.results.record import Record


class RecordedHarm(Record):
    """What an official table gives for a harm, a year.

    Attributes
    ----------
    outcome, series, source, definition : str
        The harm, and the table with who publishes it and what it counts.
    start, end, value : str, str, float
        Its last periods that cover a year together, or all where they are fewer, and their rate a year.
    since, mean : str, float
        First day of the table, and the rate a year over all of it.
    share, rest : str
        Priors of the part that becomes known, and of what the table counts beside it; empty where it states none.
    weighed : bool
        Whether it enters the likelihood.
    """

    outcome: str
    series: str
    source: str
    definition: str
    start: str
    end: str
    value: float
    since: str
    mean: float
    share: str = ""
    rest: str = ""
    weighed: bool = False


class SwitchedOff(Record):
    """A harm that a lever raises by its declaration and that a number of the case sets to nothing, or nearly.

    Attributes
    ----------
    lever, harms, through : str, list of str, str
        The lever, the harms, and how it raises them.
    number, value, own : str, float, float
        The number with its median in the case, and the median that the model gives it.
    explanations : list of str
        Those under which that is so; empty where it is under all.
    """

    lever: str
    harms: list[str]
    through: str
    number: str
    value: float
    own: float
    explanations: list[str] = []
