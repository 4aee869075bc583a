"""Spelling: one spelling for characters that look alike, so that no rule is escaped by a disguise.

Compatibility forms are unified (NFKC), invisible characters dropped, digits of every script become 0 to 9, dashes, colons and degree
signs of every kind become one, and letters of another alphabet inside a Latin word become the Latin letters that they look like.
"""

from __future__ import annotations

import re
import unicodedata

LOOKALIKES = str.maketrans(
    "аАеЕоОрРсСуУхХіІјЈѕЅԁһНКМТВвкмтЗԛԝҺӏαΑΒβΕεΖΗΙιΚκΜΝνΟοΡρΤτΥυΧχ", "aAeEoOpPcCyYxXiIjJsSdhHKMTBBkMT3qwhlaABbEeZHIiKkMNvOoPpTtYuXx"
)
BEFORE = str.maketrans({"º": "°", "⁰": "°", "˚": "°", "’": "'", "‘": "'", "ʼ": "'", "′": "'", "″": '"', "＠": "@", "〇": "0"})
AFTER = str.maketrans(
    {
        "٫": ".",
        "٬": ",",
        "،": ",",
        "·": ".",
        "∶": ":",
        "ː": ":",
        "꞉": ":",
        "։": ":",
        "−": "-",
        "﹣": "-",
        "⁄": "/",
        "؛": ";",
        "、": ",",
        "。": ".",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "–": "-",
        "—": "-",
        "―": "-",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u0085": "\n",
        "\r": "\n",
        "\t": " ",
        "ـ": "",
    }
)
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0962-\u0963\u0981-\u0983"
    "\u09bc-\u09cd\u0a3c-\u0a4d\u0b3c-\u0b4d\u0bbe-\u0bcd\u0c3e-\u0c4d\u0cbc-\u0ccd\u0d3e-\u0d4d\u0e31-\u0e3a\u0e47-\u0e4e"
)
LETTER = rf"(?:[^\W\d_]|[{MARKS}])"
WORD = re.compile(rf"{LETTER}+(?:'{LETTER}+)*")
LATIN_WITH_OTHER = re.compile(r"[^\W\d_]+")
LATIN = {"đ": "dj", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "ħ": "h", "ə": "a"}


def unify(text: str) -> str:
    """One spelling of a text, for rules to be tried on.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str

    Examples
    --------
    >>> unify("J\u0430ne at ٢٣\u200b:١٥")
    'Jane at 23:15'
    """
    if text.isascii():
        return text.translate(AFTER)
    plain = unicodedata.normalize("NFKC", text.translate(BEFORE)).translate(BEFORE).translate(AFTER)
    characters = []
    for c in plain:
        if c.isascii():
            characters.append(c)
        elif c.isdecimal():
            characters.append(str(unicodedata.decimal(c)))
        elif unicodedata.category(c) == "Zs":
            characters.append(" ")
        elif unicodedata.category(c) != "Cf":
            characters.append(c)
    return LATIN_WITH_OTHER.sub(_latinise, "".join(characters))


def strip(word: str) -> str:
    """A word in lower case and without diacritics, as the lists hold it.

    >>> strip("Đorđe’s"), strip("Türkiye")
    ("djordje's", 'turkiye')
    """
    word = word.casefold().replace("’", "'")
    if word.isascii():
        return word
    word = "".join(LATIN.get(c, c) for c in word)
    return "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")


def _latinise(match: re.Match[str]) -> str:
    """A word of mixed alphabets in Latin letters; a word of one alphabet as it is."""
    word = match[0]
    if word.isascii() or len(word) == 1:
        return word
    latin = sum("LATIN" in unicodedata.name(c, "") for c in word)
    return word.translate(LOOKALIKES) if 0 < latin < len(word) else word
