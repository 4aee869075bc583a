"""Header of a table: the lines '# key: text' above the figures, every fault noted with its line."""
from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from interlope import units
from interlope.dossier.formula import is_counted_as, terms
from interlope.dossier.period import span
from interlope.dossier.series import per_period
from interlope.dossier.series_lines import strip_header
from interlope.errors import Fault, list_nearest, nearest
from interlope.quantities import QUANTITIES, SERIES

PERIODS = ("day", "week", "month", "quarter", "half-year", "year", "range", "stock")
DENSITIES = ("negative-binomial", "lognormal", "poisson", "none")
COUNTING = ("negative-binomial", "poisson")  # densities of whole numbers
REDUCES = ("sum", "mean", "last")
MISSING = ("none allowed", "sparse")
NEEDED = ("id", "source", "licence", "definition", "counted", "unit", "period", "series", "missing", "density")
OPTIONAL = ("root", "reduce", "published_lag_days", "scored_from", "scored_to", "why", "share", "rest",
            "dispersion", "sd", "note")
USED = {  # by density: what of the header takes part in the likelihood
    "negative-binomial": ("share", "rest", "dispersion", "scored_from", "scored_to"),
    "lognormal": ("share", "rest", "dispersion", "sd", "scored_from", "scored_to"),
    "poisson": ("share", "rest", "scored_from", "scored_to"),
    "none": ()}
RETIRED = {  # keys of earlier versions, read over; what decides today, as `check` says
    "holdout_from": "values not published by as_of are held out; scored_to beside it holds, and a line '# note: ...' should say why"}
LONGEST_LAG = 36_500  # days
MOST_SHOWN = 40  # characters of a line that is no line of a header
WIDEST = 3.0  # log spread of a lognormal: a factor of 20
STATED = ("persons", "persons/day", "persons/week", "persons/month", "EUR", "EUR/day", "EUR/month", "EUR/person", "1", "percent")
_ID = re.compile(r"\w[\w.-]{0,79}")


class Header(NamedTuple):
    """What a header says: `text` by key, the `line` of each key, and what was read of it as numbers and days.

    `usable` is true where enough of it is right for the figures below to be read.
    """

    text: Mapping[str, str]
    line: Mapping[str, int]
    lag: int = 0
    sd: float | None = None
    scored_from: date | None = None
    scored_to: date | None = None
    usable: bool = False

    def get(self, key: str, otherwise: str = "") -> str:
        """The text of a key; `otherwise` where it is not written."""
        return self.text.get(key) or otherwise

    @property
    def reduce(self) -> str:
        """How days become one value; where nothing is said, the sum of a period and the last day of a stock."""
        return self.get("reduce", "last" if self.get("period") == "stock" else "sum")


def read_header(lines: list[str], file: str, faults: list[Fault], sources: Collection[str] | None,
                roots: Collection[str] | None) -> tuple[Header, int]:
    """Read the header of a table.

    Parameters
    ----------
    lines : list of str
        All lines of the file.
    file : str
        Its name, for faults.
    faults : list[Fault]
        List that faults are added to.
    sources, roots : Collection[str] or None
        Ids of the dossier; not checked when None.

    Returns
    -------
    tuple[Header, int]
        The header, and the index of the first line below it.
    """
    header, below = _take(lines, file, faults)
    notes = _Notes(header, file, faults)
    _words(notes, sources, roots)
    _likelihood(notes)
    numbers = _numbers(notes)
    known = header.get("period") in PERIODS and header.reduce in REDUCES and header.get("density") in DENSITIES
    fits = bool(header.get("unit") and header.get("series")) and notes.unit_is_known() and _unit(notes)
    return numbers._replace(usable=known and fits), below


class _Notes(NamedTuple):
    """A header with the list that its faults are added to."""

    header: Header
    file: str
    faults: list[Fault]

    def fault(self, key: str, actual: str, expected: str, remedy: str = "", cause: str = "") -> None:
        self.faults.append(Fault(self.file, self.header.line.get(key, 1), actual, expected, remedy, cause))

    def unit_is_known(self) -> bool:
        """Note a unit that is not known."""
        try:
            units.parse(self.header.get("unit"))
        except ValueError as error:
            actual, _, expected = str(error).partition("; expected ")
            self.fault("unit", actual, expected)
            return False
        return True


def _take(lines: list[str], file: str, faults: list[Fault]) -> tuple[Header, int]:
    """Every entry with its line, and the index of the first line below."""
    text: dict[str, str] = {}
    line: dict[str, int] = {}
    known = (*NEEDED, *OPTIONAL, *RETIRED)
    for i, row in enumerate(lines):
        row = strip_header(row)
        if row and not row.startswith("#"):
            if not _is_above(row, lines[i + 1:]):
                return Header(text, line), i
            faults.append(Fault(file, i + 1, f"{row[:MOST_SHOWN]!r} above lines of the header", "those lines first, then the names of "
                                "the columns", "take this line out, or make it a line '# note: ...'"))
        if not row.startswith("#"):
            continue
        key, colon, rest = row[1:].partition(":")
        key = key.strip()
        if not colon or key not in known:
            faults.append(Fault(file, i + 1, f"header '{key}' unknown", "one of " + ", ".join((*NEEDED, *OPTIONAL)),
                                nearest(key, known)))
        elif key in text:
            faults.append(Fault(file, i + 1, f"header '{key}' given twice", "once"))
        else:
            text[key], line[key] = " ".join(rest.split()), i + 1
    return Header(text, line), len(lines)


def _is_above(row: str, below: list[str]) -> bool:
    """Whether a line that is no part of the header, nor the names of the columns, stands above lines of the header."""
    cells = re.split(r"[,;\t]", row)
    return not {cell.strip(' "').lower() for cell in cells} & {"period", "value", "low"} and \
        any(below_it.lstrip('"# \t').partition(":")[0].strip() in NEEDED for below_it in below if below_it.lstrip('" \t').startswith("#"))


def _words(notes: _Notes, sources: Collection[str] | None, roots: Collection[str] | None) -> None:
    """Note what is missing, and words that are none of those known."""
    header = notes.header
    for key in NEEDED:
        if not header.get(key):
            notes.fault(key, f"header '{key}' missing", f"a line '# {key}: ...'")
    if header.get("id") and not _ID.fullmatch(header.get("id")):
        notes.fault("id", f"id '{header.get('id')}'", "at most 80 letters, digits, hyphens, points and underscores")
    choices: list[tuple[str, Collection[str]]] = [
        ("period", PERIODS), ("density", DENSITIES), ("missing", MISSING), ("reduce", REDUCES)]
    choices += [("source", sources)] if sources is not None else []
    choices += [("root", roots)] if roots is not None else []
    for key, among in choices:
        word = header.get(key)
        if word and word not in among:
            cause = f"{key} '{word}'" if key in ("source", "root") else ""
            notes.fault(key, f"{key} '{word}' unknown", "one of " + ", ".join(among), nearest(word, among), cause)


def _likelihood(notes: _Notes) -> None:
    """Note what a density lacks, and what is written and takes no part."""
    header = notes.header
    density = header.get("density")
    if density not in DENSITIES:
        return
    for key in ("share", "rest", "dispersion", "sd", "scored_from", "scored_to"):
        if header.get(key) and key not in USED[density]:
            notes.fault(key, f"'{key}' under density {density}", "no such line: it would count for nothing")
    if density == "none":
        if not header.get("why"):
            notes.fault("density", "density none without a reason", "a line '# why: ...'")
        return
    if header.get("series") == "none":
        notes.fault("density", f"density '{density}' without a recorded series", "density: none, or a series that the model records")
    if density == "lognormal" and not header.get("sd"):
        notes.fault("density", "lognormal without a spread", "a line '# sd: ...'")
    if density == "negative-binomial" and not header.get("dispersion"):
        notes.fault("density", "negative-binomial without a dispersion", "a line '# dispersion: ...'")
    if not header.get("root"):
        notes.fault("density", "a scored series without a root", "a line '# root: ...'")
    if header.get("scored_to") and not header.get("note") and "holdout_from" not in header.line:
        notes.fault("scored_to", "scored_to without a reason", "a line '# note: ...' that says why later values mean something else",
                    "without it, as_of decides which values are fitted")


def _unit(notes: _Notes) -> bool:
    """Note a series that is not recorded, and a unit or density that does not fit it; true where figures have a meaning."""
    header = notes.header
    expression, reduce = header.get("series"), header.reduce
    if expression == "none" or reduce not in REDUCES:
        return reduce in REDUCES
    try:
        first = terms(expression)[0][1]
    except KeyError as error:
        name = str(error.args[0])
        expected = f"a recorded series, {list_nearest(name, SERIES)} (all: interlope fields series)"
        notes.fault("series", f"series '{name}' unknown", expected, nearest(name, SERIES))
        return False
    except ValueError as error:
        actual, _, expected = str(error).partition("; expected ")
        notes.fault("series", actual, expected)
        return False
    recorded = units.parse(QUANTITIES[first].unit)
    if reduce == "sum" and not recorded.days and not first.endswith("_days"):
        notes.fault("reduce" if "reduce" in header.line else "series",
                    f"the sum of '{first}', a level that holds every day anew ({QUANTITIES[first].unit})", "reduce: mean or last")
        return False
    stated = header.get("unit")
    if not _fits(first, reduce, stated) or not is_counted_as(expression, stated):
        others = [unit for unit in STATED if _fits(first, reduce, unit)]
        notes.fault("unit", f"unit '{stated}' for the {reduce} of '{first}', recorded in {QUANTITIES[first].unit}",
                    "one such as " + ", ".join(others))
        return False
    if recorded.dimension != "count" and header.get("density") in COUNTING:
        notes.fault("density", f"density {header.get('density')} for '{first}' ({QUANTITIES[first].unit}), which is no count",
                    "density: lognormal with a line '# sd: ...'")
    return True


def _fits(name: str, reduce: str, stated: str) -> bool:
    """True where figures of a recorded series can be stated in a unit; a sum over each period may be given by its period."""
    return units.fits(QUANTITIES[name].unit, reduce, stated.partition("/")[0] if per_period(stated, reduce) else stated)


def _numbers(notes: _Notes) -> Header:
    """The header with its numbers and days."""
    header = notes.header
    lag = header.get("published_lag_days", "0")
    days = int(lag) if lag.isascii() and lag.isdecimal() and len(lag) < 9 else -1
    if not 0 <= days <= LONGEST_LAG:
        notes.fault("published_lag_days", f"published_lag_days '{lag}'", f"a whole number of days from 0 to {LONGEST_LAG:,}")
    sd = None
    if header.get("sd"):
        least = 0.0 if header.get("dispersion") else 0.001
        try:
            sd = units.number(header.get("sd"))
        except ValueError:
            sd = -1.0
        if not least <= sd <= WIDEST:
            notes.fault("sd", f"sd '{header.get('sd')}'", f"a number from {least:g} to {WIDEST:g}",
                        "it is the spread on the log scale: 0.08 is about 8 percent")
    bounds: dict[str, date | None] = {"scored_from": None, "scored_to": None}
    for key in bounds:
        if header.get(key):
            try:
                bounds[key] = span(header.get(key))[key == "scored_to"]
            except ValueError as error:
                actual, _, expected = str(error).partition("; expected ")
                notes.fault(key, f"{key}: {actual}", f"a period, {expected}")
    first, last = bounds["scored_from"], bounds["scored_to"]
    if first and last and first > last:
        notes.fault("scored_from", f"scored_from {first} after scored_to {last}", "the earlier day first: no figure could be scored")
    return header._replace(lag=max(days, 0), sd=sd, scored_from=first, scored_to=last)
