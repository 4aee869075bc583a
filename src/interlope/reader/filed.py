"""Filed: the tables of a `proposed.toml` read with every entry held to its type and range, as those of a dossier are."""

from __future__ import annotations

import math
import re
from typing import Any

from interlope.dossier.entry import LINEAGES, STATED
from interlope.dossier.facts import read_facts, read_number
from interlope.toml.table import Table

LONGEST_DOCUMENT = 10**9  # characters
FINGERPRINT = re.compile(r"[0-9a-f]{16}")
SENTENCE = re.compile(r"([0-9]{1,10})-([0-9]{1,10}):[0-9a-f]{16}")
DIGEST = re.compile(r"[0-9a-f]{64}")
TEXTS = ("cue", "hedge", "event", "per", "claim", "paraphrase", "root", "series", "than", "counted", "unit", "place", "reduce", "of",
         "no_likelihood", "why", "grade", "note", "attributed")
LISTS = ("about", "speakers", "marks", "loaded", "also", "could_be", "interpretations", "chain", "covers")
DAYS, WINDOWS = ("published", "scored_from"), ("window", "baseline")
OTHERS = ("flags", "channels", "view")  # read when the proposal becomes a claim


def read_document(part: Table) -> dict[str, Any]:
    """Read a [[document]] of the file, by the names of the fields of `ReadDocument`.

    Parameters
    ----------
    part : Table
        The table.

    Returns
    -------
    dict
    """
    values = {"id": part.name("id"), "title": part.text("title", ""), "date": part.day("date", None), "sha256": part.text("sha256"),
              "characters": part.integer("characters", low=1, high=LONGEST_DOCUMENT), "sentences": part.texts("sentences", ())}
    if values["sha256"] and not DIGEST.fullmatch(values["sha256"]):
        part.refuse("sha256", values["sha256"], "64 digits and letters a to f")
    before = 0
    for sentence in values["sentences"]:
        match = SENTENCE.fullmatch(sentence)
        start, end = (int(match[1]), int(match[2])) if match else (-1, -1)
        if not before <= start < end <= values["characters"]:
            expected = f"first-last:fingerprint of each sentence in turn, within {values['characters']:,} characters"
            part.refuse("sentences", sentence, expected)
            break
        before = end
    part.close()
    return values


def read_proposal(part: Table, characters: int) -> dict[str, Any]:
    """Read the entries of a [[proposal]] but its id, status and document; every wrong one is a fault.

    Parameters
    ----------
    part : Table
        The table.
    characters : int
        Length of its document; 0 where that is not known.

    Returns
    -------
    dict
        The entries as the file has them, with `span` as two whole numbers and `fingerprint` as a text.
    """
    span, mark = part.numbers("span", 2, 0), part.text("fingerprint")
    start, end = (int(place) if math.isfinite(place) else 0 for place in span)
    if not part.is_wrong("span") and (span != (start, end) or not start < end or 0 < characters < end):
        within = f", at most {characters:,}, the length of the document" if characters else ""
        part.refuse("span", list(part.data["span"]), f"two whole numbers, the first below the second{within}")
    if mark and not FINGERPRINT.fullmatch(mark):
        part.refuse("fingerprint", mark, "16 digits and letters a to f")
    part.text("kind", "", (*STATED, ""))
    part.text("lineage", "stated", LINEAGES)
    for key in TEXTS:
        part.text(key, "")
    for key in LISTS:
        part.texts(key, ())
    for key in DAYS:
        part.day(key, None)
    for key in WINDOWS:
        if part.has(key):
            part.window(key)
    read_facts(part)
    read_number(part, "distortion", 0.0, 1.0)
    part.flag("holdout", False)
    for key in OTHERS:
        part.take(key, None)
    part.known |= set(WINDOWS)
    part.close()
    return dict(part.data) | {"span": (start, end), "fingerprint": mark}
