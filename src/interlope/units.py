"""Units: what is counted, per how long and per whom, and by what factor one statement of it becomes another.

A unit is written `counted`, `counted/time` or `EUR/person`; time is day, week, month or year. Things that are counted
one by one convert as numbers where they can be the same thing: persons for attempts or arrests, incidents for clashes or raids, never
weapons or days for persons. Which of them is meant is a claim's own statement, kept apart.
"""
from __future__ import annotations

import math
import re
from typing import NamedTuple

DAYS = {"day": 1.0, "night": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
COUNTED = ("persons", "attempts", "detections", "crossings", "interceptions", "encounters", "clashes", "incidents",
           "events", "groups", "weapons", "organisations", "sectors", "alternations", "arrests", "deaths", "days",
           "raids", "cells")
PURE = ("1", "percent")
_EVENTS = ("attempts", "detections", "crossings", "interceptions", "encounters", "arrests")  # of one person each
_PEOPLE = ("persons", *_EVENTS, "deaths")
_HAPPENINGS = ("clashes", "incidents", "events", "raids", *_EVENTS)
ALIKE = (_PEOPLE, _HAPPENINGS)  # what may stand for each other as a number; all else that is counted stands for itself


class Unit(NamedTuple):
    """A unit taken apart. `dimension` is count, money or share; `days` the length of its time, 0 where it has none."""

    dimension: str
    days: float
    each: str
    factor: float


YEAR, SHORTEST, LONGEST_YEAR = 365.25, 364, 366  # days of a year, of 52 weeks, and of a leap year


def whole_years(days: int) -> int:
    """How many years so many days are; 0 where they are no whole number of years.

    >>> whole_years(364), whole_years(366), whole_years(731), whole_years(90), whole_years(400)
    (1, 1, 2, 0, 0)
    >>> whole_years(728), whole_years(2190), whole_years(3650)
    (2, 6, 10)
    """
    years = round(days / YEAR)
    return years if SHORTEST * years <= days <= LONGEST_YEAR * years else 0


_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
LONGEST = 60  # characters of a number


def number(text: str) -> float:
    """A number as written: digits with a decimal point; no marks of thousands, no words, nothing that is not finite.

    Raises
    ------
    ValueError
        When the text is none; the message says what was expected.

    >>> number("-1.5e3")
    -1500.0
    """
    text = text.strip()
    if len(text) > LONGEST or not _NUMBER.fullmatch(text):
        raise ValueError(f"'{text[:LONGEST]}'; expected digits with a decimal point, such as 1250 or 0.75")
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"'{text}'; expected a finite number")
    return value


def parse(text: str) -> Unit:
    """Take a unit apart.

    Raises
    ------
    ValueError
        When the unit is not known; the message says what was expected.

    >>> parse("persons/week")
    Unit(dimension='count', days=7.0, each='', factor=1.0)
    """
    top, _, below = text.strip().partition("/")
    top, below = top.strip(), below.strip()
    days, each = (DAYS[below], "") if below in DAYS else (0.0, below)
    if top == "EUR" and each in ("", "person"):
        return Unit("money", days, each, 1.0)
    if top in PURE and not each:
        return Unit("share", days, "", 0.01 if top == "percent" else 1.0)
    if top in COUNTED and not each:
        return Unit("count", days, "", 1.0)
    if is_foreign_money(text):
        raise ValueError(f"unit '{text}' in another currency; expected EUR, in which the model's own amounts are stated: nothing converts, "
                         "so state the amount in EUR with rate and day in a note")
    known = f"'1', 'percent', 'EUR', 'EUR/person' or one of {', '.join(COUNTED)}"
    raise ValueError(f"unit '{text}' unknown; expected {known}, each with /{', /'.join(DAYS)} or without")


def is_foreign_money(text: str) -> bool:
    """Whether a unit is an amount of another money than EUR.

    >>> is_foreign_money("USD/person"), is_foreign_money("EUR/person"), is_foreign_money("persons/day")
    (True, False, False)
    """
    top = text.partition("/")[0].strip()
    return top != "EUR" and re.fullmatch(r"[A-Z]{3}|[€$£¥]", top) is not None


def factor(recorded: str, operation: str, stated: str) -> float:
    """What a reduction of a recorded series is multiplied by to be in a stated unit.

    Parameters
    ----------
    recorded : unit of the recorded daily series. operation : how its days are reduced; `sum` takes the time away,
    `any`, `share_of_days`, `alternations` and `slope` leave a pure number. stated : the unit of the claim.

    Raises
    ------
    ValueError
        When the two cannot be compared.

    >>> factor("persons/day", "mean", "persons/week")
    7.0
    """
    have, want = parse(recorded), parse(stated)
    if operation in ("any", "share_of_days", "alternations", "slope"):
        yearly = want.days if operation == "slope" and want.days == DAYS["year"] else 0.0
        have = Unit("count" if operation == "alternations" else "share", yearly, "", 1.0)
    elif operation == "sum" and have.days > 0:
        have = have._replace(days=0.0)
    elif operation == "sum" and recorded == "1" and stated == "days":
        return 1.0
    counted = "alternations" if operation == "alternations" else recorded
    if have.dimension == want.dimension == "count" and not are_alike(counted, stated):
        raise ValueError(f"unit '{stated}' counts something else than the {operation} of a series in '{recorded}'")
    if have.dimension != want.dimension or have.each != want.each or (have.days > 0) != (want.days > 0):
        raise ValueError(f"unit '{stated}' does not fit the {operation} of a series in '{recorded}'")
    return (want.days / have.days if have.days else 1.0) * have.factor / want.factor


def are_alike(one: str, other: str) -> bool:
    """Whether what two units count can be the same things.

    >>> are_alike("persons/day", "interceptions"), are_alike("persons/day", "weapons/day")
    (True, False)
    """
    first, second = (unit.partition("/")[0].strip() for unit in (one, other))
    return first == second or any(first in group and second in group for group in ALIKE)


def list_fitting(recorded: str, operation: str) -> list[str]:
    """List units that a reduction of a recorded series can be stated in; another counted thing may stand for the first.

    Parameters
    ----------
    recorded : str
        Unit of the recorded daily series.
    operation : str
        How its days are reduced.

    Returns
    -------
    list of str

    Examples
    --------
    >>> list_fitting("persons/day", "sum"), list_fitting("1", "mean")
    (['persons'], ['1', 'percent'])
    """
    top, _, below = recorded.partition("/")
    things = [top] if top not in PURE else []
    things += [f"{top}/{below}"] if things and below not in (*DAYS, "") else []
    tried = [*things, *(f"{thing}/{time}" for thing in things for time in DAYS), "1", "percent"]
    tried = ["alternations"] if operation == "alternations" else tried
    return [unit for unit in tried if fits(recorded, operation, unit)]


def fits(recorded: str, operation: str, stated: str) -> bool:
    """True where a reduction of a recorded series can be stated in a unit.

    >>> fits("persons/day", "sum", "persons"), fits("persons/day", "sum", "EUR")
    (True, False)
    """
    try:
        factor(recorded, operation, stated)
    except ValueError:
        return False
    return True
