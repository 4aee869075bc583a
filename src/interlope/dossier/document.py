"""Documents: texts a user holds; claims point into them by span and fingerprint, and no word of them is shipped."""
from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from interlope.errors import Fault


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
    """

    id: str
    title: str
    date: date
    sha256: str
    characters: int


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
    """What `verify` needs of a dossier."""

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


def find(document: Document, folder: Path) -> Path | None:
    """The file of a folder whose bytes are those of a document, or None.

    Parameters
    ----------
    document : Document
        The document.
    folder : Path
        The folder.

    Returns
    -------
    Path or None
    """
    for path in sorted(folder.rglob("*")):
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == document.sha256:
            return path
    return None


def verify(book: Dossier, folder: Path) -> list[Fault]:
    """Check every span and fingerprint of a dossier in the user's own copies of its documents.

    Parameters
    ----------
    book : Dossier
        The dossier.
    folder : Path
        Where the copies lie, at any depth; they are recognised by their hash.

    Returns
    -------
    list of Fault
        Empty when all hold. A document without a copy is one fault.
    """
    faults: list[Fault] = []
    texts: dict[str, str] = {}
    for document in book.documents.values():
        path = find(document, folder)
        if path is None:
            faults.append(Fault(book.file, None, f"no copy of document '{document.id}' in {folder}",
                                f"a file with SHA-256 {document.sha256}"))
            continue
        texts[document.id] = path.read_bytes().decode("utf-8")
        if len(texts[document.id]) != document.characters:
            faults.append(Fault(book.file, None, f"document '{document.id}' has {len(texts[document.id])} characters",
                                f"{document.characters} as declared"))
    for claim, line in book.pointers():
        text = texts.get(claim.document)
        if text is None or claim.span is None:
            continue
        start, end = claim.span
        if end > len(text):
            faults.append(Fault(book.file, line, f"span of claim '{claim.id}' ends at {end}",
                                f"at most {len(text)}, the length of '{claim.document}'"))
        elif fingerprint(text[start:end]) != claim.fingerprint:
            faults.append(Fault(book.file, line, f"fingerprint of claim '{claim.id}' does not match its span",
                                f"{fingerprint(text[start:end])}", "correct the span or the fingerprint"))
    return faults
