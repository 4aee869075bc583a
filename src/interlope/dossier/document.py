"""Documents: texts a user holds; claims point into them by span and fingerprint, and no word of them is shipped."""
from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

SENTENCE = re.compile(r"(\d{1,9})-(\d{1,9}):([0-9a-f]{16})")  # of a document: where it stands, and its fingerprint


@dataclass(frozen=True)
class Document:
    """A text that claims point into.

    Attributes
    ----------
    id : str
        Short name.
    title : str
        As published.
    date : date
        Day of publication.
    sha256 : str
        Digest of the bytes of the user's copy.
    characters : int
        Length in Unicode code points.
    sentences : tuple of str
        Each as `start-end:fingerprint`, by which a copy is known that an editor saved again; empty where they were not stored.
    """

    id: str
    title: str
    date: date
    sha256: str
    characters: int
    sentences: tuple[str, ...] = ()

    @property
    def marked(self) -> list[tuple[int, int, str]]:
        """Start, end and fingerprint of each sentence."""
        return [(int(m[1]), int(m[2]), m[3]) for m in map(SENTENCE.fullmatch, self.sentences) if m]


class Pointed(Protocol):
    """What points into a document."""

    @property
    def id(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def span(self) -> tuple[int, int] | None: ...
    @property
    def fingerprint(self) -> str: ...


class Dossier(Protocol):
    """What verifying a dossier needs of it."""

    @property
    def documents(self) -> dict[str, Document]: ...
    @property
    def file(self) -> str: ...
    def pointers(self) -> Iterable[tuple[Pointed, int | None]]: ...


def fingerprint(words: str) -> str:
    """First 16 hex digits of the SHA-256 of a passage, composed (NFC) and with every run of blanks as one space.

    Parameters
    ----------
    words : str
        The passage.

    Returns
    -------
    str

    Examples
    --------
    >>> fingerprint("two  words") == fingerprint("two\\nwords")
    True
    """
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFC", words))
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()[:16]
