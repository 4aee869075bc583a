"""Copies: the claims of a dossier verified in a user's own copies of its documents, also in those that an editor saved again.

A copy is known by its bytes. Where no file has them, the file that holds at least 80 % of the document's sentences is the document saved
again, by the fingerprints that the reader stored; of a document without those, the file that holds 80 % of its claims' passages. Spans of
such a copy are looked for word by word, else its sentence is taken by its fingerprint, and the answer says so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from interlope.dossier.document import Document, Dossier, Pointed, fingerprint
from interlope.errors import BadInput, Fault
from interlope.reader import fingerprints, sentences
from interlope.reader.extraction import extract

LONGEST = 600  # characters of a passage that is looked for


@dataclass
class Verified:
    """What was verified: faults, spans by document, documents that were saved again (with a sentence on each), and new parts of claims."""

    faults: list[Fault] = field(default_factory=list)
    spans: dict[str, int] = field(default_factory=dict)
    resaved: dict[str, str] = field(default_factory=dict)
    moved: dict[str, tuple[int, int]] = field(default_factory=dict)


def verify(book: Dossier, folder: Path) -> Verified:
    """Check every span and fingerprint of a dossier in the user's own copies of its documents.

    Parameters
    ----------
    book : Dossier
        The dossier.
    folder : Path
        Where the copies lie, at any depth.

    Returns
    -------
    Verified
        Without faults when all hold. A document without a copy is one fault.
    """
    result = Verified()
    pointers = list(book.pointers())
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    digests = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    texts: dict[Path, str] = {}  # of files that were tried as a copy saved again
    for document in book.documents.values():
        claims = [(claim, line) for claim, line in pointers if claim.document == document.id]
        path = next((path for path in files if digests[path] == document.sha256), None)
        if path is None:
            _verify_resaved(document, claims, files, book.file, folder, texts, result)
        else:
            _verify_same(document, claims, extract(path), book.file, result)
    return result


def _verify_same(document: Document, claims: Sequence[tuple[Pointed, int | None]], text: str, file: str, result: Verified) -> None:
    """A copy with the bytes that the dossier names."""
    if len(text) != document.characters:
        result.faults.append(
            Fault(file, None, f"document '{document.id}' has {len(text)} characters", f"{document.characters} as declared")
        )
    for claim, line in claims:
        if claim.span is None:
            continue
        start, end = claim.span
        if end > len(text):
            result.faults.append(
                Fault(file, line, f"span of claim '{claim.id}' ends at {end}", f"at most {len(text)}, the length of '{document.id}'")
            )
        elif fingerprint(text[start:end]) != claim.fingerprint:
            result.faults.append(
                Fault(
                    file,
                    line,
                    f"fingerprint of claim '{claim.id}' does not match its span",
                    fingerprint(text[start:end]),
                    "correct the span or the fingerprint",
                )
            )
    result.spans[document.id] = len(claims)


def _verify_resaved(
    document: Document,
    claims: Sequence[tuple[Pointed, int | None]],
    files: Sequence[Path],
    file: str,
    folder: Path,
    texts: dict[Path, str],
    result: Verified,
) -> None:
    """A copy with other bytes: the file that holds most of the document's sentences, or of its claims' passages."""
    best: tuple[float, Path, dict[str, tuple[int, int]], int] | None = None
    for path in files:
        try:
            texts[path] = texts[path] if path in texts else extract(path)
        except BadInput:
            texts[path] = ""
        if not texts[path]:
            continue
        text = texts[path]
        parts = sentences.split(text)
        marks = [fingerprints.fingerprint(text[s.start : s.end]) for s in parts]
        share = fingerprints.overlap([mark for _, _, mark in document.marked], marks)
        if document.sentences and share < fingerprints.SAME:
            continue
        located = dict(_locate(document, claims, text, dict(zip(marks, parts, strict=True)), parts))
        share = share if document.sentences else len(located) / len(claims) if claims else 0.0
        if share >= fingerprints.SAME and (best is None or share > best[0]):
            best = share, path, located, sum(mark in marks for _, _, mark in document.marked)
    if best is None:
        result.faults.append(
            Fault(
                file,
                None,
                f"no copy of document '{document.id}' in {folder}",
                f"a file with SHA-256 {document.sha256}, or the same text saved again",
            )
        )
        return
    _, path, moved, shared = best
    how = (
        f"{shared} of {len(document.sentences)} sentences by their fingerprints"
        if document.sentences
        else f"{len(moved)} of {len(claims)} claims by the words that they point at"
    )
    result.resaved[document.id] = (
        f"'{document.id}' was saved again as {path.name}: {how}; {len(moved)} of {len(claims)} spans have a place in it"
    )
    result.moved |= moved
    result.spans[document.id] = len(moved)
    lost = [claim.id for claim, _ in claims if claim.id not in moved]
    if lost:
        result.resaved[document.id] += f", look by hand for {', '.join(lost[:8])}" + (f" and {len(lost) - 8} more" if len(lost) > 8 else "")


def _locate(
    document: Document,
    claims: Sequence[tuple[Pointed, int | None]],
    text: str,
    by_mark: dict[str, sentences.Sentence],
    parts: Sequence[sentences.Sentence],
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Where the claims' passages stand in a copy: word by word, or the whole sentence where only marks and blanks of it were changed."""
    lengths = {claim.span[1] - claim.span[0] for claim, _ in claims if claim.span is not None}
    windows = {mark: span for sentence in parts for mark, span in _windows(text, sentence, lengths)} if claims else {}
    for claim, _ in claims:
        if claim.fingerprint in windows:
            yield claim.id, windows[claim.fingerprint]
        elif claim.span is not None:
            start, end = claim.span
            mark = next((mark for a, b, mark in document.marked if a <= start and end <= b and mark in by_mark), None)
            if mark is not None:
                yield claim.id, (by_mark[mark].start, by_mark[mark].end)


def _windows(text: str, sentence: sentences.Sentence, lengths: set[int]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Fingerprints of the stretches of a sentence that are as long as a claim, blanks counted once."""
    tokens = sentences.tokenise(text, sentence.start, sentence.end)
    shortest = min(lengths, default=0)
    for i, first in enumerate(tokens):
        for last in tokens[i:]:
            length = last.end - first.start
            if length > LONGEST:
                break
            if length >= shortest and len(re.sub(r"\s+", " ", text[first.start : last.end])) in lengths:
                yield fingerprint(text[first.start : last.end]), (first.start, last.end)
