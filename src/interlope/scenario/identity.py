"""Identity: which case, from which files and as known on which day, an object was made from, so that objects of two are not combined."""
from __future__ import annotations

from datetime import date
from typing import NamedTuple

from interlope.errors import BadInput


class CaseIdentity(NamedTuple):
    """A case by name, digest of its files, and day of knowledge."""

    name: str
    sha256: str
    as_of: date

    def __str__(self) -> str:
        return f"'{self.name}' (files {self.sha256[:8]}, as known on {self.as_of})"


class Origin(NamedTuple):
    """The case that a fit was made from, and the fit's own id."""

    case: CaseIdentity
    fit: str


def require_case(case: CaseIdentity, what: str, origin: Origin | None) -> None:
    """Refuse an object that was made from another case, or from this one as known on another day; None is not known and passes.

    Raises
    ------
    BadInput
        With both cases by name, digest and day.
    """
    if origin is not None and origin.case != case:
        raise BadInput(f"the {what} belongs to case {origin.case}, and is used with case {case}; expected both of one case, with the same "
                       "files, as known on the same day")


def require_fit(origin: Origin, what: str, other: Origin | None) -> None:
    """Refuse an object that follows from another fit of a case.

    Raises
    ------
    BadInput
        With the ids of both fits.
    """
    if other is not None and other.fit != origin.fit:
        raise BadInput(f"the {what} follows from another fit (id {other.fit}) than the one it is used with (id {origin.fit}); expected "
                       "both from one fit")
