"""Places told by numbers: coordinates and grid references, roads, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from interlope.guard import forms
from interlope.guard.finding import Finding
from interlope.guard.span import find_all, make

PAIR = re.compile(
    r"(?<![\w.,])([-+]?\d{1,3})([.,])(\d{2,9})°?(?:\s{0,2}[NSns]?[,;/&]\s{0,3}|\s{1,3})(?:[a-z]{1,4}=)?([-+]?\d{1,3})\2(\d{2,9})(?![\w%]|\2\d)"
)
LIST = re.compile(r"[-+]?\d{1,3}[.,]\d+\s*(?:[,;]|and|to)\s*$")
AFTER_LIST = re.compile(r"\s*(?:[,;]|and|to)\s*[-+]?\d{1,3}[.,]\d")
HERE = re.compile(
    r"(?i)\b(?:at|near|position|location|located|point|spot|coordinates?|coords?|lat(?:itude)?|gps|map|house|camp|tent|place|geo|"
    r"q|широта|координат\w*|πλάτος|عند)\b\W{0,3}$|[(]$|^$"
)
ESTIMATE = re.compile(
    r"(?i)(?:estimat|interval|\bCI\b|mean|median|between|value|prior|rate|share|ratio|factor|range|bound|weight|quantile|"
    r"probabilit|sd\b|lognormal|normal|beta|gamma|uniform|\bset|\w\()[^.;]{0,25}$"
)
HOUSE = re.compile(r"(?i)^\W{0,2}(?:is|was) the (?:house|camp|place|spot|point)")


def find(text: str) -> Iterator[Finding]:
    """Yield coordinates, roads and addresses in a text in one spelling.

    Parameters
    ----------
    text : str
        In one spelling.
    """
    for match in PAIR.finditer(text):
        before, after = text[max(0, match.start() - 50) : match.start()], text[match.end() : match.end() + 20]
        if _is_position(match, before, after) or not (before + after).strip(" .") and _is_alone(match):
            yield make("coordinates", text, *match.span())
    for rule, name in (("coordinates", "grids"), ("road", "roads"), ("address", "addresses")):
        yield from find_all(rule, forms.read(name), text)


def _is_alone(match: re.Match[str]) -> bool:
    """Whether two numbers that are the whole of a text may be a position on land: two decimals or more each, and no numbers of the day."""
    north, point, fine, east, finer = match.groups()
    return min(len(fine), len(finer)) >= 2 and (point == "." or len(fine) != 3) and 10 <= abs(int(north)) <= 72 and abs(int(east)) <= 180


def _is_position(match: re.Match[str], before: str, after: str) -> bool:
    """Judge a pair of decimal numbers by their decimals, their size and the words before."""
    north, point, fine, east, finer = match.groups()
    if (
        point == ","
        and (len(fine) == 3 or len(finer) == 3)
        or abs(int(north)) > 90
        or abs(int(east)) > 180
        or (int(north) == 0 and int(east) == 0)
    ):
        return False
    least = min(len(fine), len(finer))
    if LIST.search(before) or AFTER_LIST.match(after):
        return False
    if least >= 4:
        return True
    return bool(HOUSE.match(after)) or bool(HERE.search(before)) and before != "" and not ESTIMATE.search(before)
