"""Words: plain language for probabilities, after the yardstick that is in use, and for what identifiers stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from interlope.inference.evidence.yardstick import DEFAULT, YARDSTICKS, Yardstick
from interlope.reporting.numerals import estimate, plural
from interlope.results.dossier import DossierResult
from interlope.results.study import StudyRecord
from interlope.wording import fill, using

P = ParamSpec("P")
R = TypeVar("R")

_IN_USE: ContextVar[str] = ContextVar("yardstick", default=DEFAULT)


@contextmanager
def speaking(yardstick: str) -> Iterator[None]:
    """Use the words of another yardstick within a block; stored results keep those of ICD 203.

    >>> with speaking("phia"):
    ...     likelihood(0.03)
    'remote chance'
    """
    token = _IN_USE.set(yardstick)
    try:
        yield
    finally:
        _IN_USE.reset(token)


def speak(yardstick: str) -> None:
    """Use the words of another yardstick until this context ends, as that of a request does; see `speaking`."""
    _IN_USE.set(yardstick)


def yardstick_name() -> str:
    """Name of the yardstick in use."""
    return _IN_USE.get()


def yardstick() -> Yardstick:
    """The yardstick in use."""
    return YARDSTICKS[yardstick_name()]


def likelihood(probability: float) -> str:
    """Return the words for a probability, of the yardstick in use.

    >>> likelihood(0.03), likelihood(0.5), likelihood(0.7)
    ('almost no chance', 'roughly even chance', 'likely')
    """
    if not -1e-9 <= probability <= 1.0 + 1e-9:
        raise ValueError(f"probability {probability} is not between 0 and 1")
    return yardstick().word(min(max(probability, 0.0), 1.0))


def reword(text: str, *probabilities: float | None) -> str:
    """A stored text with words of ICD 203 for these probabilities, in those of the yardstick in use.

    >>> with speaking("phia"):
    ...     reword("it falls from 87% (very likely) to 3% (almost no chance)", 0.87, 0.03)
    'it falls from 87% (highly likely) to 3% (remote chance)'
    """
    for p in probabilities:
        if p is not None:
            for mark in ("({})", "{} ("):
                text = text.replace(mark.format(YARDSTICKS[DEFAULT].word(p)), mark.format(likelihood(p)))
    return text


def chance(probability: float | None, low: float | None = None, high: float | None = None) -> str:
    """Write a probability as words with the number, and its interval where there is one.

    >>> chance(0.7, 0.6, 0.8)
    'likely (70%, between 60% and 80%)'
    """
    if probability is None:
        return "not computed"
    numbers = estimate(probability)
    if low is not None and high is not None:
        ends = (estimate(low), estimate(high))
        numbers += f", between {ends[0]} and {ends[1]}" if ends[0] != ends[1] else ""
    return f"{likelihood(probability)} ({numbers})"


def listing(names: Sequence[str], joint: str = "and") -> str:
    """Join names as a sentence does.

    >>> listing(["a", "b", "c"]), listing(["a"])
    ('a, b and c', 'a')
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


LETTER_F = ("F says that the source cannot be judged. It is no step below E: the mean reliability that it stands for lies between those "
            "of C and D, with more doubt around it.")

FEW = 2  # things that a sentence names before it counts the rest


def first_few(items: Sequence[str], joint: str = "and") -> str:
    """The first few items, and how many more there are.

    >>> first_few(["a", "b", "c", "d"])
    'a, b and 2 more'
    """
    if len(items) <= FEW + 1:
        return listing(list(items), joint)
    return listing([*items[:FEW], f"{len(items) - FEW} more"])


def sentence(text: str, capital: bool = True) -> str:
    """Make a text a sentence: a capital first, if wanted, and a full stop last."""
    text = text.strip()
    if not text:
        return ""
    return (text[0].upper() if capital else text[0]) + text[1:] + ("" if text[-1] in ".!?" else ".")


def readable(identifier: str) -> str:
    """Turn an identifier into words: hyphens and underscores become spaces.

    >>> readable("sustained-raids")
    'sustained raids'
    """
    return identifier.replace("-", " ").replace("_", " ")


FLAGS = {"no-unit-window-or-counted": "number without its definition"}  # flags whose rule is no name that a reader understands


def flag_name(rule: str) -> str:
    """The name of a flag as a reader sees it.

    >>> flag_name("no-unit-window-or-counted"), flag_name("loaded-label")
    ('number without its definition', 'loaded label')
    """
    return FLAGS.get(rule, readable(rule))


def tell_counts(dossier: DossierResult) -> str:
    """Count claims and roots of a dossier in a sentence, the same wherever they are counted.

    Parameters
    ----------
    dossier : DossierResult
        A dossier with its counts.

    Returns
    -------
    str
        Such as "6 claims, 4 of them weighed, rest on 2 roots; 1 more root stands behind official series alone."
    """
    counts = dossier.counts
    figures: dict[str, int] = {}
    for series in dossier.series:
        figures[series.root or series.id] = figures.get(series.root or series.id, 0) + series.values
    claimed = {root.id for root in dossier.roots if root.claims}
    rest = len({root.id for root in dossier.roots} | set(figures)) - counts.roots
    empty = sum(not n for name, n in figures.items() if name not in claimed)
    behind = min(rest, sum(name not in claimed for name in figures))
    also = "more " if counts.roots else ""
    more = f"; {plural(behind, f'{also}root stands', f'{also}roots stand')} behind official series alone" if behind > 0 else ""
    more += f", {empty} of them without a figure known yet" if more and empty else ""
    more += f"; {plural(rest - behind, 'root stands', 'roots stand')} behind nothing that is known yet" if rest > behind else ""
    verb = "rests" if counts.claims == 1 else "rest"
    claims = f"{plural(counts.claims, 'claim')}, {counts.with_likelihood} of them weighed"
    silent = f", and {plural(counts.silences, 'silence')}" if counts.silences else ""
    were = "was" if len(dossier.later) == 1 else "were"
    later = f" {tell_later(dossier.later, bool(counts.claims))} {were} not known yet on this day." if dossier.later else ""
    roots = plural(counts.roots, "root") if counts.roots else "no root"
    stated = f"{claims}{silent}, {verb} on {roots}" if counts.claims else f"No claim is known{silent}"
    return f"{stated}{more}.{later}"


def tell_later(names: Sequence[str], beside: bool = True) -> str:
    """Count claims that became known after the day of knowledge, the first of them by name; `beside` others, which are known.

    >>> tell_later(["T1", "T2"])
    '2 more claims (T1 and T2)'
    """
    first = list(names[:6]) + ([f"{len(names) - 6} more"] if len(names) > 6 else [])
    return f"{plural(len(names), 'more claim' if beside else 'claim')} ({listing(first)})"


STATES = {"restraint_transit": "restraint of {transit}", "restraint_destination": "restraint of {destination}"}


def series_name(name: str) -> str:
    """Return a recorded series as a reader sees it: a series of one state is named after the case's own state.

    >>> with using({"transit": "Northland"}):
    ...     series_name("restraint_transit"), series_name("attempts")
    ('restraint of Northland', 'attempts')
    """
    return worded(STATES.get(name, name))


OUTCOMES = {
    "deaths": "deaths of {people} in all",
    "client_deaths": "deaths of {people} here",
    "client_injuries": "injuries of {people}",
    "client_violence": "acts of violence against {people}",
    "diverted_deaths": "deaths on other routes",
    "personnel_injured": "injured {personnel}",
    "personnel_killed": "killed {personnel}",
    "group_deaths": "deaths of {group_members}",
    "attempts": "attempts to cross",
    "successes": "people getting through",
    "price_mean": "price of the {leg}",
    "share_command": "share of {crossings} under {command}",
    "sectors_uncontrolled": "sectors out of the state's control",
    "revenue": "takings of {sellers}",
    "diverted": "people pushed to another route",
    "readmitted": "people returned under an agreement",
    "cost": "cost of the option",
}


def in_words(function: Callable[Concatenate[StudyRecord, P], R]) -> Callable[Concatenate[StudyRecord, P], R]:
    """A function of a study, with the words of the study's case in place."""

    @wraps(function)
    def worded_function(study: StudyRecord, *args: P.args, **options: P.kwargs) -> R:
        with using(study.case.words):
            return function(study, *args, **options)

    return worded_function


def worded(text: str) -> str:
    """A text with the case's words in place; see `interlope.wording`.

    >>> worded("attacks on {personnel}")
    'attacks on personnel'
    """
    return fill(text)


def label(outcome: str) -> str:
    """Return plain words for an outcome; one without its own words is shown as its name, made readable."""
    return worded(OUTCOMES.get(outcome, readable(outcome)))


def with_unit(text: str, unit: str) -> str:
    """A heading with its unit; a share or an index has none to name.

    >>> with_unit("change", "persons/day"), with_unit("change", "1")
    ('change, persons/day', 'change')
    """
    return text if unit == "1" else f"{text}, {unit}"


RECORDED = {
    "readmitted_again": "people returned who try again",
    "hhi": "concentration (HHI)",
    "belief_real": "belief that shown names are genuine",
    "share_symbol": "{crossings} with {groups} that show {shown_name}",
    "share_symbol_untied": "names shown without a tie",
    "share_command_familiar": "command among {groups} that know the name",
    "share_kin": "{crossings} with {groups} that have kin ties",
    "symbol_groups": "{groups} that show {shown_name}",
    "organisations": "{organisations}",
    "largest_share": "largest share of the market",
    "tribute": "tribute paid",
    "truces": "sectors in truce",
    "groups": "{groups}",
    "groups_new": "new {groups}",
    "members_arrested": "arrested {group_members}",
    "lethal_expected": "lethal clashes to be expected",
    "self_guided_share": "attempts without a guide, as a share",
    **STATES,
    "extorted": "money paid under demands",
    "refusals": "refused demands for money",
    "punishments": "refused demands punished with violence",
    "readiness": "readiness to use lethal force",
}


def series_label(series: str) -> str:
    """Return plain words for a recorded series; one that is an outcome too has the same words."""
    return worded(RECORDED.get(series) or label(series))
