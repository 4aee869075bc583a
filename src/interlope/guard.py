"""Guard: a case holds no persons, no contacts, no precise places and no hours; text that seems to is refused.

Findings come with the way out: name a role instead, or declare a body or a region in [space] of the case.
"""
from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from interlope.errors import Fault
from interlope.toml.located import Located

COUNTRIES = (
    "Afghanistan", "Albania", "Algeria", "Austria", "Bangladesh", "Belgium", "Bosnia and Herzegovina", "Bosnia",
    "Bulgaria", "Burundi", "China", "Colombia", "Croatia", "Cuba", "Czechia", "Egypt", "Eritrea", "Ethiopia", "Europe",
    "European Union", "France", "Germany", "Greece", "Hungary", "India", "Iran", "Iraq", "Italy", "Kosovo", "Lebanon",
    "Libya", "Mexico", "Moldova", "Montenegro", "Morocco", "Nepal", "Netherlands", "North Macedonia", "Norway",
    "Pakistan", "Poland", "Portugal", "Romania", "Russia", "Serbia", "Slovakia", "Slovenia", "Somalia", "Spain",
    "Sudan", "Sweden", "Switzerland", "Syria", "Tunisia", "Turkey", "Ukraine", "United Kingdom", "United States",
    "Western Balkans", "Balkans", "Balkan", "Western Balkan", "Asia", "Africa")
PEOPLES = (
    "Afghan", "Afghans", "Albanian", "Albanians", "Algerian", "Algerians", "Austrian", "Bosnian", "British",
    "Bulgarian", "Croatian", "Czech", "Dutch", "Egyptian", "English", "European", "French", "German", "Greek",
    "Hungarian", "Hungarians", "Indian", "Indians", "Iranian", "Iranians", "Iraqi", "Iraqis", "Italian", "Moroccan",
    "Moroccans", "Pakistani", "Pakistanis", "Polish", "Romanian", "Russian", "Serbian", "Serbians", "Slovak", "Slovene",
    "Spanish", "Swedish", "Swiss", "Syrian", "Syrians", "Tunisian", "Tunisians", "Turkish", "Turks", "Ukrainian")
TIMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Easter", "Christmas")
AGENCIES = (
    "Frontex", "Europol", "Interpol", "Eurostat", "Taliban", "United Nations", "European Commission",
    "Missing Migrants Project", "Refugee Data Finder", "Creative Commons", "Western Balkan route", "Admiralty")
OPENERS = frozenset(
    "A About After All Also An And Any As At Because Before Between Both But By During Each Eight Every Five For Four "
    "From He Her His How However I If In Into It Its Many Most Nine No Nor Not Of On One Only Or Other Our Out Over "
    "Same Seven She Since Six So Some Such Ten That The Their There These They This Those Three Through To Two Under "
    "Until Up We What When Where Which While Who Whose Why With Within Without You Your".split())

LETTER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽ"
NAMED = rf"[{LETTER}][\w’'-]*[^\W\d_{LETTER}][\w’'-]*"
SHOUTED = rf"[{LETTER}]{{3,}}"

ROLE = "name the role, or declare a body or a region in [space] of case.toml"
PLACE = "declare the region under [space].places in case.toml, or leave the place out"
RULES: tuple[tuple[str, str, str], ...] = (
    ("name", rf"\b(?:{NAMED}|{SHOUTED})(?:[ \u00a0]+(?:{NAMED}|{SHOUTED}))+", ROLE),
    ("clock-time", r"(?<![\d.:])(?:[01]?\d|2[0-3]):[0-5]\d(?!\d|\.\d)", "give the day, without the hour"),
    ("coordinates", r"-?\b\d{1,3}\.\d{3,}\s*[,;/ ]\s*-?\d{1,3}\.\d{3,}\b|\b\d{1,3}(?:\.\d+)?\s*°|"
                    r"\b\d{1,3}\.\d{2,}\s*[NSEW]\b|\b\d{1,2}[C-HJ-NP-X]\s?[A-HJ-NP-Z]{2}\s?(?:\d{2}\s?\d{2}|\d{3}\s?\d{3}|"
                    r"\d{4}\s?\d{4}|\d{5}\s?\d{5})\b|\b[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}\b",
     "name an abstract sector instead"),
    ("phone", r"(?<![\w.])(?:\+|00)\d[\d\s()/.-]{6,}\d\b|(?<![\w./-])0\d{1,3}[ /-]\d{3}[ -]?\d{3,4}\b", "leave it out"),
    ("handle", r"(?<![\w/])@\w{2,}|\b[\w.+-]+@[\w-]+\.\w+", "leave it out"),
    ("user-address", r"(?i)\b(?:https?://|www\.)\S*?(?:/@|/~|/u/|/users?/|/profile|/people/|/in/)\S*|"
                     r"\b(?:https?://)?(?:t\.me|wa\.me|(?:www\.|m\.)?facebook\.com|fb\.com|instagram\.com|tiktok\.com|"
                     r"twitter\.com|x\.com|vk\.com)/\S+", "leave it out; a page of an institution may be named"),
    ("postal-address", rf"\b\d{{1,4}}[a-z]?,?\s+[{LETTER}]\w+\s+(?:[Ss]treet|[Rr]oad|[Aa]venue|[Ll]ane|[Ss]quare|utca|"
                       rf"ulica|út)\b|\b[{LETTER}]\w+\s+(?:[Ss]treet|utca|ulica|út|utcája)\s+\d+", "leave it out"),
    ("road", r"\b(?:[Hh]ighway|[Mm]otorway|[Rr]oad|[Rr]oute)\s+(?:no\.?\s*|number\s+)?[A-Z]?-?\d+\b|"
             r"\b(?:on|via|along|off|by)\s+(?:the\s+)?[AEM]-?\d{1,3}\b", "leave the road out"),
    ("route", rf"\b(?:[Vv]ia|[Tt]hrough|[Aa]long|[Aa]cross)\s+(?:the\s+)?{NAMED}", PLACE),
    ("settlement", rf"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Aa]round|[Tt]owards?|[Ff]rom|[Tt]own of|[Vv]illage of|"
                   rf"[Cc]ity of)\s+{NAMED}", PLACE),
)
COMPILED = tuple((rule, re.compile(pattern), remedy) for rule, pattern, remedy in RULES)


class Finding(NamedTuple):
    """A text that may not stand in a case, the rule that it breaks, and what to do instead."""

    rule: str
    text: str
    remedy: str


def inspect(text: str, declared: Iterable[str] = ()) -> list[Finding]:
    """Say what in a text may not stand in a case.

    Parameters
    ----------
    text : str
        Any text of a case.
    declared : Iterable[str], optional
        Places and bodies that the case declares.

    Returns
    -------
    list of Finding
        Empty when the text may stay.

    Examples
    --------
    >>> [finding.rule for finding in inspect("met at 23:15")]
    ['clock-time']
    >>> inspect("people waited in north Serbia")
    []
    """
    known = _known(frozenset(declared)).sub("x", text)
    findings = []
    for rule, pattern, remedy in COMPILED:
        for match in pattern.finditer(known):
            words = _open(match[0]) if rule == "name" else match[0]
            if words:
                findings.append(Finding(rule, words.strip(), remedy))
    return findings


def faults(located: Located, declared: Iterable[str] = ()) -> list[Fault]:
    """Inspect every text and key of a TOML file; clock times that TOML itself knows are refused too.

    Parameters
    ----------
    located : Located
        The file.
    declared : Iterable[str], optional
        Places and bodies that the case declares.
    """
    names = frozenset(declared)
    refused: list[Fault] = []
    for keys, text in located.strings():
        for finding in inspect(text, names):
            refused.append(Fault(located.file, _line(located, keys), f"'{finding.text}' ({finding.rule})",
                                 "no person, contact, hour or precise place", finding.remedy))
    for keys in _hours(located.data, ()):
        refused.append(Fault(located.file, _line(located, keys), "a time of day", "a date alone",
                             "give the day, without the hour"))
    return refused


def _line(located: Located, keys: tuple[str | int, ...]) -> int | None:
    """Line of a key path or of the nearest table around it."""
    while keys:
        line = located.line(*keys)
        if line is not None:
            return line
        keys = keys[:-1]
    return None


def _hours(value: Any, keys: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    if isinstance(value, (dt.datetime, dt.time)):
        return [keys]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for key, item in items for path in _hours(item, (*keys, key))]


def _open(words: str) -> str:
    """A run of capitalised words without ordinary openers of a sentence; empty when fewer than two are left."""
    parts = words.split()
    while parts and parts[0] in OPENERS:
        parts = parts[1:]
    return " ".join(parts) if len(parts) > 1 else ""


@lru_cache(maxsize=64)
def _known(declared: frozenset[str]) -> re.Pattern[str]:
    words = sorted({*declared, *COUNTRIES, *PEOPLES, *TIMES, *AGENCIES}, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)(?:['’]s)?")
