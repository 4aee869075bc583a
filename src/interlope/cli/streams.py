"""Streams: standard output and error as they are found, in any encoding, closed early, or on a full disk."""

from __future__ import annotations

import codecs
import io
import os
import sys
import unicodedata

NEAR = {"−": "-", "–": "-", "—": "-", "‑": "-", "…": "...", "×": "x", "±": "+/-", "→": "->", "←": "<-", "≤": "<=", "≥": ">=", "·": "-",
        "‘": "'", "’": "'", "“": '"', "”": '"', "⁻": "-", "•": "-", "━": "-", "╸": "-", "╺": "-"}
HANDLER = "interlope-near"


def spell(character: str) -> str:
    """Write a character that an encoding lacks with ASCII: the sign nearest to it, its letter without marks, or its escape.

    >>> spell("−"), spell("š"), spell("⁴"), spell("ш")
    ('-', 's', '4', '\\\\u0448')
    """
    plain = NEAR.get(character) or unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return plain or character.encode("unicode_escape", "surrogatepass").decode("ascii")


def _replace(error: UnicodeError) -> tuple[str, int]:
    """What a stream writes in place of characters that its encoding lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(spell, error.object[error.start : error.end])), error.end


def prepare() -> None:
    """Let both streams write any text in the encoding that they have; a stream that is closed swallows everything."""
    codecs.register_error(HANDLER, _replace)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=HANDLER)


def is_unicode() -> bool:
    """Whether standard output can write every character."""
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("_", "-").startswith("utf")


def silence() -> None:
    """Throw away what is still to be written to standard output: nobody reads it, or there is no room for it."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")
    try:
        os.dup2(sys.stdout.fileno(), 1)
    except OSError:
        pass
