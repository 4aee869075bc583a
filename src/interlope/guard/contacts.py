"""Contacts: phone numbers in any grouping and script, e-mail addresses, accounts and channels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from interlope.guard import forms, vocabulary
from interlope.guard.finding import Finding
from interlope.guard.span import find_all, make
from interlope.guard.spelling import strip

CALLS = re.compile(
    r"(?i)\b(?:tele)?(?:phones?|tel|mobile|cell|call|dial|ring|sms|text|fax|whats\s?app|viber|signal|telegram|imo|contact|reach|msisdn|"
    r"number is|line is)\b|тел|номер|моб|τηλ|κιν|טל|נייד|اتصل|هاتف|رقم|جوال|تلفن|تلیفون|شماره|موبایل|फ़ोन|फोन|मोबाइल|电话|手机|電話|携帯"
)
DIGITS = re.compile(r"(?<![\w,])(?<!\d[.,])(?:\+ ?)?\(?\d(?:[ \n().\-/]{0,3}\d){5,18}(?![\w])(?!,\d{3}(?!\d))")
LETTERED = re.compile(r"(?<!\w)(?=[oOlI]*\d)[0-9oOlI]{2,20}(?!\w)")
GLUED = re.compile(r"(?i)\b(?:tel|phone|mob|mobile|cell|call|whatsapp|viber|sms)[.:]?\+?\d{6,}")
GROUPINGS = frozenset("2-4-4 3-3-4 3-4-4 1-4-4 2-3-4 2-3-2-2 3-3-2-2 3-2-2-2 2-2-2-2-2 1-3-3-4 4-3-3 2-4-6 4-6".split())
UNIT = re.compile(r"\s?(?:%|[€$£]|EUR\b|USD\b|[a-z]+)")
NO_UNIT = frozenset("for and or to if when at from is was ask then on by with until after before in the a an only".split())
DATES = re.compile(
    r"(?:(?:1[89]|2[01])\d\d(?:[-./](?:0?[1-9]|1[0-2])(?:[-./](?:0?[1-9]|[12]\d|3[01]))?)?|(?:0?[1-9]|[12]\d|3[01])[./]"
    r"(?:0?[1-9]|1[0-2])[./](?:1[89]|2[01])\d\d|(?:1[89]|2[01])\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
)
ISO_DATE = re.compile(r"(?<!\d)[12]\d\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)")
COUNTED = re.compile(
    r"(?i)(?:seed|sha\w*|digest|hash|isbn|issn|doi|zenodo|version|population|total|eur|usd|euros?|orcid|format)\W{0,3}\S{0,20}$"
)
NETWORK = r"(?:telegram|whatsapp|instagram|insta|snapchat|tiktok|facebook|twitter|youtube|viber|discord|skype|wechat|signal|tg|ig|fb|imo)"
TOKEN = re.compile(
    rf"(?i)\b{NETWORK}\s?(?:(?:user|account|channel|id|name|page|profile|username)\s?:?|:(?://)?|-)\s{{0,2}}@?(?P<after>[a-z][\w.]{{3,}})|"
    rf"\b(?:tiktok|insta|instagram|snapchat|ig|tg)\s@?(?P<after2>[a-z][\w.]{{3,}})|(?P<before>\b[a-z]\w{{5,}}) on {NETWORK}\b"
)
DEFANGED = re.compile(r"(?i)\s?[\[({]\s?(\.|dot|at|@)\s?[\])}]\s?|\bhxxp(?=s?:)| dot (?=(?:me|com|org|net|ru|ir|io)\b)| slash ")


def find(text: str) -> Iterator[Finding]:
    """Yield contacts in a text in one spelling.

    Parameters
    ----------
    text : str
        In one spelling.
    """
    armed = DEFANGED.sub(_arm, text)
    for version in {text, armed}:
        yield from find_all("handle", forms.read("accounts"), version)
    for match in TOKEN.finditer(armed):
        token = strip(match["after"] or match["after2"] or match["before"])
        if not vocabulary.is_english(token) and (token,) not in vocabulary.harmless().get(token, ()):
            yield make("handle", armed, *match.span())
    plain = LETTERED.sub(_digits, text)
    for match in DIGITS.finditer(plain):
        if _is_phone(match[0], plain[max(0, match.start() - 40) : match.start()], plain[match.end() : match.end() + 20]):
            yield make("phone", text, *match.span())
    yield from find_all("phone", (_spelled(), GLUED), text)


@lru_cache(maxsize=1)
def _spelled() -> re.Pattern[str]:
    """Six or more digits in words."""
    digits = "|".join(sorted(vocabulary.words("spoken digits")))
    return re.compile(rf"(?:\b(?:{digits})\b[ ,.\n-]{{0,3}}){{6}}", re.IGNORECASE)


def _arm(match: re.Match[str]) -> str:
    """An address that was written so that it is not one, as it is meant."""
    word = match[0].strip(" [](){}").lower()
    return {"dot": ".", ".": ".", "at": "@", "@": "@", "hxxp": "http", "slash": "/"}[word]


def _digits(match: re.Match[str]) -> str:
    """Letters among digits as the digits that they look like."""
    return match[0].translate(str.maketrans("oOlI", "0011"))


def _is_phone(run: str, before: str, after: str) -> bool:
    """Judge a run of digits by its groups and by the words around it."""
    groups = re.findall(r"\d+", run)
    digits, first = sum(map(len, groups)), groups[0]
    if ISO_DATE.search(run) and len(re.sub(r"\D", "", ISO_DATE.sub("", run))) < 6:
        return False
    called = bool(CALLS.search(before) or CALLS.search(after))
    if "+" in run and (len(first) <= 3 or digits >= 9) and digits >= 8 or first.startswith("00") and digits >= 9:
        return not re.fullmatch(r"\+ ?\d+\.\d+", run)
    if _are_dates(run) or _are_decimals(run) and not (called and first.startswith("0")):
        return False
    if COUNTED.search(before) and not called:
        return False
    if len(groups) == 1:
        if first.startswith("0") and digits >= 9:
            return True
        return digits >= 7 if called else 9 <= digits <= 15
    if re.fullmatch(r"[1-9]\d{0,2}(?:([ .])\d{3})(?:\1\d{3})*", run) and not called:
        return " " in run and digits == 9 and not _has_unit(after)
    if all(len(group) == 1 for group in groups):
        return digits >= 7
    if called or re.search(r"\(\d{1,5}\)", run):
        return digits >= 7
    if any(group.startswith("0") and len(group) > 1 for group in groups):
        return digits >= 7 and not re.fullmatch(r"(?:0\.\d+[ /-]*)+", run)
    tight = bool(re.fullmatch(r"\d+(?:[ -]\d+)*", run))
    grouping = "-".join(str(len(group)) for group in groups)
    return run.count("-") >= 2 and digits >= 9 or tight and grouping in GROUPINGS and not groups[-1].startswith(("19", "20"))


def _has_unit(after: str) -> bool:
    unit = UNIT.match(after)
    return bool(unit) and unit[0].strip() not in NO_UNIT


def _are_decimals(run: str) -> bool:
    """True for numbers of which at least one has one point and none has more."""
    points = [number.rstrip(".").count(".") for number in re.split(r"[^\d.]+", run)]
    return max(points) == 1


def _are_dates(run: str) -> bool:
    """True for dates, years and spans of them."""
    return (
        all(DATES.fullmatch(part) for part in re.split(r"\s*[/ ]\s*|\.\.|\s+-\s+|(?<=\d{4})-(?=\d{4})", run) if part)
        or bool(DATES.fullmatch(run.strip()))
        or bool(re.fullmatch(r"(?:19|20)\d\d[-/](?:19|20)?\d\d", run))
    )
