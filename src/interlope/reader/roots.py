"""Roots: the observation that a claim rests on, and its source, where the dossier has neither or has them already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from interlope.dossier.book import Book
from interlope.dossier.source import LETTERS
from interlope.errors import list_nearest
from interlope.toml.writing import write_entry


@dataclass(frozen=True)
class NewRoot:
    """A root, and the source it belongs to, where the dossier has neither: what a person states of them."""

    source: str = ""
    letter: str = ""
    role: str = ""
    reason: str = ""
    completed: date | None = None
    what: str = ""


def list_unknown(values: Mapping[str, Any], book: Book, new: NewRoot) -> Iterator[str]:
    """Roots and relays that the dossier does not have, unless they are stated now."""
    root = values.get("root")
    if root and root not in book.roots:
        stated = {"--source": new.source, "--made": new.completed, "--what": new.what}
        if new.source not in book.sources:
            stated |= {"--letter": new.letter, "--role": new.role, "--reason": new.reason}
        lacking = [option for option, value in stated.items() if not value]
        if lacking:
            among = list_nearest(str(root), book.roots) if book.roots else "a [[root]]"
            yield f"root '{root}' is not in the dossier; expected {among}, or a new one with {', '.join(lacking)}"
        if new.letter and new.letter not in LETTERS:
            yield f"letter '{new.letter}'; expected one of {', '.join(LETTERS)}"
    for relay in values.get("chain", ()):
        if relay not in book.sources and relay != new.source:
            among = list_nearest(str(relay), book.sources) if book.sources else "a [[source]]"
            yield f"relay '{relay}' in the chain is no source of the dossier; expected {among}"


def tell_unused(root: str, document: str, changes: Mapping[str, Any], book: Book, new: NewRoot) -> str:
    """What is stated of a root, a source or a document that the dossier has already, and what was expected; empty where all of it counts.

    Parameters
    ----------
    root : str
        Of a claim.
    document : str
        That it stands in.
    changes : Mapping[str, Any]
        Keys that a person states, `date` and `title` of the document among them.
    book : Book
        The dossier.
    new : NewRoot
        What is stated.
    """
    there = book.documents.get(document)
    for key in ("date", "title") if there is not None else ():
        if key in changes and changes[key] != getattr(there, key):
            return f"--{key} beside document '{document}', which the dossier has already; expected it left out, or dossier.toml corrected"
    of_source = {"--letter": new.letter, "--role": new.role, "--reason": new.reason}
    stated, what = of_source, f"source '{new.source}'"
    if root in book.roots:
        stated, what = {"--source": new.source, "--made": new.completed, "--what": new.what} | of_source, f"root '{root}'"
    elif new.source not in book.sources:
        return ""
    given = ", ".join(option for option, value in stated.items() if value)
    return f"{given} beside {what}, which the dossier has already; expected it without them, or a new name" if given else ""


def write_root(values: Mapping[str, Any], book: Book, new: NewRoot) -> Iterator[str]:
    """A source and a root that the dossier does not have."""
    root = values.get("root")
    if not root or root in book.roots:
        return
    if new.source not in book.sources:
        yield write_entry("source", [("id", new.source), ("role", new.role), ("letter", new.letter), ("reason", new.reason)])
    if new.completed is not None:
        yield write_entry("root", [("id", str(root)), ("source", new.source), ("made", new.completed), ("what", new.what)])
