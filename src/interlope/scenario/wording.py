"""Wording: the words that a case states in [words], and the states that it names in [space]."""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import NamedTuple

from interlope.text import printable
from interlope.toml.table import Table
from interlope.wording import STATED, derive

LONGEST = 60  # letters of a word
NOUNS = ("adjective", "organisation", "organisations", "command", "shown_name", "group", "groups", "sellers", "people", "personnel", "ties")
SHORT = 4  # letters of a name from which on a word that begins with it names it
DISTINCT = (("people", "personnel"), ("people", "sellers"), ("group", "organisation"), ("groups", "people"))
MOST_STATES = 8  # beside the two sides of a border


class States(NamedTuple):
    """The states at a border by name.

    Attributes
    ----------
    transit, destination : str
        The state that people leave and the one that they enter; empty where the case does not name it. A case that names one of them has
        one state, which stands on either side.
    others : tuple[str, ...]
        Further states that are concerned. The model has two sides of one border: others are named and nothing of theirs is simulated.
    """

    transit: str = ""
    destination: str = ""
    others: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """All that are named, the two sides first."""
        return tuple(filter(None, (self.transit, self.destination, *self.others)))

    @property
    def single(self) -> str:
        """The only state of a case that names one side; empty where it names two or none."""
        return "" if self.transit and self.destination else self.transit or self.destination


def read_states(space: Table) -> States:
    """Read the states of [space]; faults go to the list of faults of the table."""
    states = States(space.text("transit", ""), space.text("destination", ""), space.texts("states", ()))
    if states.transit and states.transit == states.destination:
        space.fault(f"transit and destination are both '{states.transit}'", "two names, or one of the keys where there is one state",
                    "transit")
    if len(states.others) > MOST_STATES:
        space.fault(f"{len(states.others)} further states", f"at most {MOST_STATES}", "states")
    if states.others and not (states.transit and states.destination):
        space.fault("further states beside fewer than two", "transit and destination by name first", "states")
    elif repeated := next((name for name in states.others if name in states[:2]), ""):
        space.fault(f"'{repeated}' among the further states", "states that are neither transit nor destination", "states")
    return states


def read_words(table: Table, states: States, origins: Collection[str] = ()) -> dict[str, str]:
    """Read [words] of a case file; faults go to the list of faults of the table.

    Parameters
    ----------
    table : Table
        The case file.
    states : States
        Its states.
    origins : collection of str
        Names of its classes of people and of the origins of groups, which no word may hold: a text on violence is filled with words.

    Returns
    -------
    dict[str, str]
        Every word, by key of `interlope.wording.STATED`, and those that follow from them.
    """
    part = table.part("words", {})
    stated: dict[str, str] = {}
    if part is not None:
        for key in STATED:
            text = part.text(key, "")
            if why := _refuse(text):
                part.fault(f"{key} of {why}", f"at most {LONGEST} letters of one line, without braces or the end of a sentence", key)
            elif key in NOUNS and (named := _find_name(text, origins)):
                part.fault(f"{key} = '{text}', which names '{named}'", "a common noun in small letters: no origin and no nation, as the "
                           "word stands in sentences on violence", key)
            elif text:
                stated[key] = text.strip()
        for one, other in DISTINCT:
            if one in stated and stated[one] == stated.get(other):
                part.fault(f"{one} and {other} are both '{stated[one]}'", "two words, so that a reader can tell them apart", one)
        part.close()
    return derive(stated, {key: name for key, name in zip(states._fields, states[:2]) if name})


def list_gaps(states: States) -> list[str]:
    """What the two sides of the model leave out of a case's states, in sentences."""
    if states.single:
        return [f"{states.single} is the only state: the restraint of its personnel is kept apart for the two sides of the border."]
    if states.others:
        verb = "is" if len(states.others) == 1 else "are"
        return [f"The model has two sides of one border: {', '.join(states.others)} {verb} named, and no restraint, police or personnel of "
                "theirs is simulated."]
    return []


def _refuse(text: str) -> str:
    """What a word may not hold; empty where it is one line of plain text."""
    if len(text) > LONGEST:
        return f"{len(text)} letters"
    if printable(text) != text:
        return "signs that steer or hide"
    if any(sign in text for sign in ".:;!?"):
        return "more than a word"
    return "braces" if "{" in text or "}" in text else ""


def _find_name(text: str, origins: Collection[str]) -> str:
    """The first part of a word that is a name: written with a capital, or a class or origin of the case, alone or inside a word.

    >>> _find_name("coastal-born gang", ("coastal",)), _find_name("localguides", ("local guide",)), _find_name("brothers", ("other",))
    ('coastal', 'local guide', '')
    """
    if capital := next((part for part in text.split() if part != part.lower()), ""):
        return capital
    parts = _split(text)
    for name in origins:
        whole = "".join(_split(name))
        rest = ["".join(parts[i:]) for i in range(len(parts))]
        if whole and (whole in parts or len(whole) >= SHORT and any(each.startswith(whole) for each in rest)):
            return name
    return ""


def _split(text: str) -> list[str]:
    """Words of a text without capitals, hyphens and the s of a plural."""
    words = re.split(r"[\W_]+", unicodedata.normalize("NFKC", text).casefold())
    return [re.sub(r"ies$", "y", word) if word.endswith("ies") else re.sub(r"(?<=..[^s])s$", "", word) for word in words if word]
