"""Errors: what went wrong, where, what was expected, and what to do about it.

A command ends with exit code 0 (fine), 1 (fault in the run), 2 (bad input) or 3 (diagnostics failed).
"""
from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from interlope.text import LONGEST, printable, shorten

MOST_BEGUN = 8  # names that begin with an unknown one and are all offered

FINE, FAULT_IN_RUN, BAD_INPUT, DIAGNOSTICS_FAILED = 0, 1, 2, 3


class InterlopeError(Exception):
    """Base of every error this package raises on purpose; `exit_code` is what a command ends with.

    Examples
    --------
    >>> import interlope as il
    >>> il.InterlopeError("stopped").exit_code
    1
    """

    exit_code = FAULT_IN_RUN
    kind = "run_failed"


@dataclass(frozen=True)
class Fault:
    """One thing wrong in one place of a user's files; what it repeats of them is cut and made printable.

    Attributes
    ----------
    file : str
        As the user named it.
    line : int or None
        Counted from 1; None where the fault has no line.
    actual, expected : str
        What is there, and what should be.
    remedy : str
        What to do, where that is known.
    cause : str
        Faults with the same cause are one mistake seen from several places.
    """

    file: str
    line: int | None
    actual: str
    expected: str
    remedy: str = ""
    cause: str = ""

    def __post_init__(self) -> None:
        for name in ("file", "actual", "expected", "remedy"):
            object.__setattr__(self, name, shorten(printable(getattr(self, name))))

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        text = f"{place}: {self.actual}; expected {self.expected}"
        return f"{text}; {self.remedy}" if self.remedy else text


def group_by_cause(faults: Iterable[Fault]) -> list[tuple[Fault, list[Fault]]]:
    """Put the faults of one cause together: the first that says how to mend it, and those that follow from it.

    Parameters
    ----------
    faults : Iterable[Fault]
        Faults in the order in which they were noted.

    Returns
    -------
    list[tuple[Fault, list[Fault]]]

    Examples
    --------
    >>> one, two = (Fault("a.toml", n, "root 'x' unknown", "one of y", cause="x") for n in (3, 9))
    >>> [(str(first), len(more)) for first, more in group_by_cause([one, two])]
    [("a.toml:3: root 'x' unknown; expected one of y", 1)]
    """
    groups: dict[tuple[str, ...], list[Fault]] = {}
    for i, fault in enumerate(faults):
        groups.setdefault((fault.cause,) if fault.cause else ("", str(i)), []).append(fault)
    grouped = []
    for group in groups.values():
        first = next((f for f in group if f.remedy), group[0])
        grouped.append((first, [f for f in group if f is not first]))
    return grouped


class BadInput(InterlopeError):
    """The user's input cannot be used; every fault is listed, not only the first.

    Parameters
    ----------
    faults : iterable of Fault, or str
        What is wrong, fault by fault, or in one sentence where there is no file to point at.

    Examples
    --------
    >>> import interlope as il
    >>> try:
    ...     il.load("toys")
    ... except il.BadInput as error:
    ...     print(str(error).replace("; ", "\\n"))
    toys: no such case
    expected a folder with a case.toml or one of cartels, cartels-aggregate, channel-boats, serbia-hungary, toy
    nearest 'toy'
    """

    exit_code = BAD_INPUT
    kind = "bad_input"

    def __init__(self, faults: Iterable[Fault] | str):
        self.faults: tuple[Fault, ...] = () if isinstance(faults, str) else tuple(faults)
        super().__init__(printable(faults) if isinstance(faults, str) else "\n".join(map(str, self.faults)))


class RunFailed(InterlopeError):
    """A simulation or an inference could not be completed.

    Examples
    --------
    >>> import interlope as il
    >>> il.RunFailed("every replicate failed").exit_code
    1
    """


class DiagnosticsFailed(InterlopeError):
    """A result exists but the checks on it did not pass, and the user asked to be told by exit code.

    Examples
    --------
    >>> import interlope as il
    >>> il.DiagnosticsFailed("12 effective points, at least 50 needed").exit_code
    3
    """

    exit_code = DIAGNOSTICS_FAILED
    kind = "checks_failed"


class OurFault(InterlopeError):
    """Something that neither the user's input nor the machine explains: a fault of this package.

    Parameters
    ----------
    error : BaseException
        What was raised.
    version : str
        Version of this package.
    trace : Path, optional
        Where the trace was saved.

    Examples
    --------
    >>> print(OurFault(IndexError("3"), "0.1.0"))
    this is our fault, not yours: IndexError: 3 (interlope 0.1.0); please report it with the command that you ran
    """

    kind = "our_fault"

    def __init__(self, error: BaseException, version: str, trace: Path | None = None):
        what = shorten(printable(f"{type(error).__name__}: {error}"))[:300]
        wanted = "the command that you ran" + (f" and the file {trace}, which says where it happened" if trace else "")
        super().__init__(f"this is our fault, not yours: {what} (interlope {version}); please report it with {wanted}")


def nearest(word: str, names: Iterable[str]) -> str:
    """Say which known name a misspelt one is closest to, as `nearest 'attempts'`, or all that it is the beginning of; empty when none is.

    Parameters
    ----------
    word : str
        The word as written.
    names : Iterable[str]
        The names that are known.

    Returns
    -------
    str

    Examples
    --------
    >>> nearest("atempts", ["attempts", "arrivals"])
    "nearest 'attempts'"
    >>> nearest("price", ["price_mean", "price_p95", "members"])
    "nearest 'price_mean' or 'price_p95'"
    """
    known = list(names)
    begun = [name for name in known if word and name.startswith(f"{word}_")]
    close = begun if 0 < len(begun) <= MOST_BEGUN else difflib.get_close_matches(word[:LONGEST], known, n=1, cutoff=0.6)
    if not close:
        return ""
    *others, last = (f"'{name}'" for name in close)
    return "nearest " + (f"{', '.join(others)} or {last}" if others else last)


def list_nearest(word: str, names: Iterable[str], most: int = 8) -> str:
    """List the names that are known, nearest first: all of them where they are few, else how many there are.

    Parameters
    ----------
    word : str
        The word as written; names are in their own order where it is empty.
    names : Iterable[str]
        The names that are known.
    most : int
        How many are listed.

    Returns
    -------
    str

    Examples
    --------
    >>> list_nearest("dai", ["week", "day"])
    'one of day, week'
    >>> list_nearest("attack", ["attempts", "arrivals", "attacks", "returns"], most=2)
    'one of 4, such as attacks, attempts'
    """
    known = list(dict.fromkeys(names))
    if not known:
        return "none, as there is none to name"
    if word:
        known.sort(key=lambda name: -difflib.SequenceMatcher(None, word[:LONGEST], name).ratio())
    return f"one of {', '.join(known)}" if len(known) <= most else f"one of {len(known)}, such as {', '.join(known[:most])}"
