"""Inspection: every rule tried on one text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from interlope.guard import contacts, forms, hours, names, places
from interlope.guard.declaration import Permission
from interlope.guard.finding import Finding
from interlope.guard.span import find_all
from interlope.guard.spelling import unify

LONGEST = 10_000  # letters of one text
SHORT = 500  # letters of a text whose findings are remembered


def inspect(text: str, declared: Iterable[str] | Permission = ()) -> list[Finding]:
    """Say what in a text may not stand in a case.

    Parameters
    ----------
    text : str
        Any text of a case; one of more than 10,000 letters is not inspected but refused.
    declared : Iterable[str] or Permission, optional
        Places and bodies that the case declares, and texts that it marks as reviewed.

    Returns
    -------
    list of Finding
        Empty when the text may stay.

    Examples
    --------
    >>> [finding.rule for finding in inspect("met at 23:15")]
    ['hour']
    >>> inspect("people waited in north Serbia")
    []
    """
    if len(text) > LONGEST:
        return [Finding("length", f"{len(text):,} letters", text[:60])]
    permission = declared if isinstance(declared, Permission) else Permission(declared)
    return list(_find(text, permission) if len(text) <= SHORT else _find.__wrapped__(text, permission))


@lru_cache(maxsize=16_384)
def _find(text: str, permission: Permission) -> tuple[Finding, ...]:
    """What every rule finds; of short texts it is remembered, as a case is read again after each edit."""
    plain = unify(text)
    findings = [finding for rules in (contacts, places, hours) for finding in rules.find(plain)]
    return (*findings, *find_all("document", forms.read("documents"), plain), *names.find(plain, permission.phrases))
