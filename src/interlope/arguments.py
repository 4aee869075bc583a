"""Arguments: what is handed over in Python is taken as what it is, or refused in one sentence that names the argument.

numpy whole numbers are whole numbers, timestamps are their day; a float, a text or a truth value is not a count.
"""
from __future__ import annotations

import inspect
import math
import operator
import os
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, TypeVar

from interlope.errors import BadInput

LARGEST = 2**63 - 1
THREADS = 4096  # most that anything may be asked to run on
MANY = 1_000_000  # most draws, or pairs of futures, that one call may be asked for: more than any machine holds
ROUNDED = 0.01 + 1e-9  # by which probabilities written in hundredths may miss 1
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError, OverflowError)  # what wrong kinds of values raise when they are read

K = TypeVar("K")


def read_whole(name: str, value: Any, low: int = 0, high: int = LARGEST) -> int:
    """Read a whole number from `low` to `high`.

    Parameters
    ----------
    name : str
        Of the argument.
    value : int, or numpy integer
        What was handed over.
    low, high : int
        Least and largest that is allowed.

    Returns
    -------
    int

    Raises
    ------
    BadInput
        When it is no whole number, or out of range.

    Examples
    --------
    >>> read_whole("seed", 7)
    7
    """
    range_ = f"from {low} to {high:,}" if high < LARGEST else f"of at least {low}"
    try:
        if type(value).__name__ in ("bool", "bool_"):
            raise TypeError
        whole = operator.index(value)
    except UNREADABLE:
        raise BadInput(f"{name} = {show(value)}; expected a whole number {range_}") from None
    if not low <= whole <= high:
        most = f" and at most {high:,}" if whole > high == LARGEST else ""
        raise BadInput(f"{name} = {show(value)}; expected a whole number {range_}{most}")
    return whole


def read_number(name: str, value: Any, above: float) -> float:
    """Read a finite number above a bound; a text or a truth value is none.

    Raises
    ------
    BadInput
        When it is no such number.

    Examples
    --------
    >>> read_number("error", 0.1, 0.0)
    0.1
    """
    try:
        number = _read_chance(value)
    except UNREADABLE:
        number = math.nan
    if not (math.isfinite(number) and number > above):
        raise BadInput(f"{name} = {show(value)}; expected a number above {above:g}")
    return number


def read_choice(name: str, value: Any, among: Sequence[str]) -> str:
    """Read one of several names.

    Raises
    ------
    BadInput
        When it is none of them.
    """
    if not isinstance(value, str) or value not in among:
        raise BadInput(f"{name} = {show(value)}; expected one of {', '.join(repr(x) for x in among)}")
    return value


def read_kind(name: str, value: Any, kind: type[K] | tuple[type[K], ...], expected: str) -> K:
    """Read an object of one kind; `expected` is that kind in words, and where to get one.

    Raises
    ------
    BadInput
        When it is of another kind.

    Examples
    --------
    >>> read_kind("fresh", True, bool, "True or False")
    True
    """
    if not isinstance(value, kind):
        raise BadInput(f"{name} = {show(value)}; expected {expected}")
    return value


def read_able(name: str, value: Any, methods: Sequence[str], expected: str) -> Any:
    """Read an object by what it can do: one that has every one of some methods or fields.

    Raises
    ------
    BadInput
        When it lacks one, with its name; a class in place of an object is refused too.
    """
    lacking = [method for method in methods if not hasattr(value, method)]
    if lacking or isinstance(value, type):
        raise BadInput(f"{name} = {show(value)}; expected {expected}" + (f"; it has no '{lacking[0]}'" if lacking else ""))
    return value


def read_truth(name: str, value: Any) -> bool:
    """Read True or False, of Python or numpy.

    Raises
    ------
    BadInput
        When it is neither.
    """
    if type(value).__name__ not in ("bool", "bool_"):
        raise BadInput(f"{name} = {show(value)}; expected True or False")
    return bool(value)


def read_threads(value: Any) -> int | None:
    """Read a number of threads; None, for all cores, is None.

    Raises
    ------
    BadInput
        When it is no whole number from 1 to 4,096.
    """
    return None if value is None else read_whole("threads", value, 1, THREADS)


def read_listener(name: str, value: Any, words: Sequence[str]) -> Callable[..., Any]:
    """Read what is called with news, such as progress; None tells nobody.

    Parameters
    ----------
    name : str
        Of the argument.
    value : callable or None
        What was handed over.
    words : sequence of str
        What it is called with, by name.

    Raises
    ------
    BadInput
        When it cannot be called, or not with that many values.

    Examples
    --------
    >>> read_listener("progress", None, ("done", "total"))(1, 2)
    """
    if value is None:
        return nothing
    if callable(value) and not isinstance(value, type) and _takes(value, words):
        return value
    raise BadInput(f"{name} = {show(value)}; expected a function of ({', '.join(words)}), or None")


def read_folder(name: str, value: Any) -> Path:
    """Read the path of a folder that is there or can be made.

    Raises
    ------
    BadInput
        When it is no path, or a file lies there.
    """
    expected = "a folder that is there or can be made, as text or Path"
    try:
        path = Path(value) if isinstance(value, (str, os.PathLike)) and os.fspath(value) else None
        if path is not None and "\0" not in str(path) and (path.is_dir() or not path.exists()):
            str(path).encode()
            return path
    except (OSError, *UNREADABLE):
        pass
    raise BadInput(f"{name} = {show(value)}; expected {expected}")


def read_names(name: str, value: Any, expected: str) -> list[str]:
    """Read one name, or several; what becomes of unknown ones is the caller's.

    Raises
    ------
    BadInput
        When it is neither a text nor made of texts.

    Examples
    --------
    >>> read_names("options", "fence", "names"), read_names("options", ("fence", "raids"), "names")
    (['fence'], ['fence', 'raids'])
    """
    try:
        names = [value] if isinstance(value, str) else [None] if isinstance(value, bytes) else list(value)
    except UNREADABLE:
        names = [None]
    if not all(isinstance(each, str) for each in names):
        raise BadInput(f"{name} = {show(value)}; expected {expected}")
    return [str(each) for each in names]


def _takes(function: Callable[..., Any], values: Sequence[str]) -> bool:
    """Whether a function can be called with that many values; one that does not say is taken at its word."""
    try:
        inspect.signature(function).bind(*values)
    except TypeError:
        return False
    except ValueError:
        pass
    return True


def nothing(*_: object) -> None:
    """Tell nobody, whatever there is to tell: of progress, or in a sentence."""


def show(value: Any) -> str:
    """Write a value as Python does, on one line and not endless."""
    try:
        text = " ".join(repr(value).split())
    except Exception:  # numbers of thousands of digits, objects that cannot be shown
        text = f"a value of type {type(value).__name__}"
    return text if len(text) <= 80 else f"{text[:77]}..."


def read_probabilities(name: str, value: Any, names: Collection[str], needed: Collection[str] = ()) -> dict[str, float]:
    """Read a probability for each of some names: numbers from 0 to 1 that sum to 1 as far as hundredths tell.

    Parameters
    ----------
    name : str
        Of the argument.
    value : mapping of str to float
        What was handed over; a text or a truth value is no number.
    names : collection of str
        What may be named.
    needed : collection of str
        Those of them that have to be.

    Raises
    ------
    BadInput
        When it is no such mapping.

    Examples
    --------
    >>> read_probabilities("probability", {"a": 0.25, "b": 0.75}, ["a", "b"], ["a", "b"])
    {'a': 0.25, 'b': 0.75}
    """
    try:
        chances = {str(key): _read_chance(number) for key, number in value.items()}
    except UNREADABLE:
        chances = {}
    right = chances and set(needed) <= set(chances) <= set(names) and all(0.0 <= number <= 1.0 for number in chances.values())
    if not right or abs(sum(chances.values()) - 1.0) > ROUNDED:
        every = [n for n in names if n in needed] or names
        raise BadInput(f"{name} = {show(value)}; expected a number from 0 to 1 for each of {', '.join(every)}, which sum to 1")
    return chances


def _read_chance(value: Any) -> float:
    if isinstance(value, (str, bytes)) or type(value).__name__ in ("bool", "bool_"):
        raise TypeError
    return float(value)
