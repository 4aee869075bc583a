"""Hours: times of day in figures and in words, in the languages in which sources are quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interlope.guard import forms
from interlope.guard.finding import Finding
from interlope.guard.span import find_all, make

H, M = r"(?:[01]?\d|2[0-4])", r"[0-5]\d"
CLOCK = re.compile(rf"(?<![\d.:])(?<!\w:){H}\s?:\s?{M}(?::{M}(?:\.\d+)?)?(?:Z\b)?(?!\d|\.\d|:\d)")
RATIO = re.compile(r"(?i)(?:ratio|odds|scale|proportion|mix|share|against|\d\.|clients?,|versus|verse)[^.;]{0,12}$")
AGAINST = re.compile(r"(?i)\s*(?:against|odds|ratio|scale|in favour)")
POINT = re.compile(
    rf"(?i)\b(?:at|until|till|by|around|about|towards|after|before|from|since|leaves?|left|arrives?|arrived|meet|met|um|gegen|u|у|в|"
    rf"saat|ώρα|στις|a las|ore|departs?|departure)\s+((?:0\d|1\d|2[0-4])\.{M})(?!\d|\s?%|\s?[€$£]|\.\d|,\d)"
)
QUANTITY = re.compile(r"(?i)(?:estimat|set|fix|pric|valu|st[oa]nd|stood|put|cap|peak|rose|fell|ris|fall|grew|mean|median|rate|from)\w*\s*$")
MEASURED = re.compile(
    r"(?i)\s*(?:per|a|an|EUR|USD|euros?|dollars?|km|m|kg|percent|persons?|people|days?|times|members|million|thousand|\(|to\b|and\b)\b|\s*\("
)


def find(text: str) -> Iterator[Finding]:
    """Yield times of day in a text in one spelling.

    Parameters
    ----------
    text : str
        In one spelling.
    """
    for match in CLOCK.finditer(text):
        if not RATIO.search(text[max(0, match.start() - 30) : match.start()]) and not AGAINST.match(text[match.end() : match.end() + 12]):
            yield make("hour", text, *match.span())
    for match in POINT.finditer(text):
        before, after = text[max(0, match.start() - 20) : match.start()], text[match.end() : match.end() + 15]
        if not QUANTITY.search(before) and not MEASURED.match(after):
            yield make("hour", text, *match.span())
    yield from find_all("hour", forms.read("hours"), text)
