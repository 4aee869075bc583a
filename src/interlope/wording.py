"""Wording: the words that a case has for what the model calls organisation, barrier or personnel, and texts that are filled with them.

A text names a word in braces: "stopped {at_barrier}". Words that a case does not state are neutral or follow from those it states by the
rules of `derive`; no other grammar is guessed, so that a form which the rules get wrong is stated.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

Words = Mapping[str, str]


class Word(NamedTuple):
    """A word that a case may state: the rule or word that holds where it does not, and what it stands for."""

    default: str
    meaning: str


STATED: dict[str, Word] = {
    "adjective": Word("", "what kind of organisation is contested, such as militant or criminal"),
    "organisation": Word("{adjective} organisation", "the contested organisation, without an article"),
    "organisations": Word("{organisation}s", "several of them"),
    "command": Word("{adjective} command", "command by such an organisation, with an article where it needs one"),
    "shown_name": Word("a {adjective} name", "the name of such an organisation, with its article"),
    "group": Word("group", "who sells crossings, such as gang or network"),
    "groups": Word("{group}s", "several of them"),
    "sellers": Word("smugglers", "people who sell crossings"),
    "people": Word("people on the move", "people who cross"),
    "barrier": Word("barrier", "what stands in the way of a crossing, such as fence, sea or jungle"),
    "at_barrier": Word("at the {barrier}", "where people are stopped, such as at sea"),
    "crossing": Word("crossing", "one passage, such as crossing or landing"),
    "crossings": Word("{crossing}s", "several of them"),
    "leg": Word("border leg", "the part of a journey whose price is meant"),
    "means": Word("vehicles or boats", "what a passage needs besides guides"),
    "sites": Word("reception sites", "where a state keeps or protects people, such as centres or camps"),
    "personnel": Word("personnel", "people in a state's service at the border, such as border guards"),
    "ties": Word("ties of kin or faction", "what groups may share that makes them believed without a command"),
    "weapons": Word("weapons", "what the police's counts of seized weapons count"),
    "region": Word("the region near the border", "the region that arrivals enter, with its article"),
}
WITHOUT_ADJECTIVE = {"organisation": "organisation", "command": "an organisation's command", "shown_name": "an organisation's name"}
STATES = ("transit", "destination")
FOLLOWING = {"group_members": ("{group} members", "members of {groups}")}  # of a word alone, and of several: "network of guides"
_MARK = re.compile(r"\{([a-z_]+)\}")


def derive(stated: Words, states: Words | None = None) -> dict[str, str]:
    """Every word of a case, from those that it states.

    A word that is not stated follows `STATED`: the plural is the singular with an s, "a" becomes "an" before a, e, i, o and u, and
    without an adjective the organisation has none.

    Parameters
    ----------
    stated : Mapping[str, str]
        What the case states, by key of `STATED`.
    states : Mapping[str, str], optional
        Names of the transit state and of the destination state, where the case names them. A case that names one of them has one state,
        which stands on either side.

    Returns
    -------
    dict[str, str]

    Examples
    --------
    >>> words = derive({"adjective": "armed", "barrier": "sea", "at_barrier": "at sea"})
    >>> words["organisations"], words["shown_name"], words["at_barrier"]
    ('armed organisations', 'an armed name', 'at sea')
    """
    words: dict[str, str] = {}
    for key, word in STATED.items():
        rule = word.default if stated.get("adjective") else WITHOUT_ADJECTIVE.get(key, word.default)
        words[key] = stated.get(key) or _with_article(fill(rule, words))
    named = dict(states or {})
    for key in STATES:
        words[key] = named.get(key, f"the {key} state")
    if len(named) == 1:
        words |= {key: f"{state} on the {key} side" for state in named.values() for key in STATES}
    words["of_states"] = "of the state" if len(named) == 1 else "of both states"
    words["an_organisation"] = _with_article(f"a {words['organisation']}")
    return words


def fill(text: str, words: Words | None = None) -> str:
    """A text with its words in place.

    Parameters
    ----------
    text : str
        With words in braces.
    words : Mapping[str, str], optional
        Words of a case, as `derive` gives them; those in use (`using`) where there are none.

    Returns
    -------
    str

    Examples
    --------
    >>> fill("stopped {at_barrier}"), fill("stopped {at_barrier}", derive({"barrier": "fence"}))
    ('stopped at the barrier', 'stopped at the fence')
    """
    known = _IN_USE.get() if words is None else words
    return _MARK.sub(lambda mark: known.get(mark[1]) or _follow(mark[1], known) or mark[0], text)


def _follow(key: str, known: Words) -> str:
    """What is said with other words of a case, so that it reads well where they are several; empty for any other key."""
    alone, several = FOLLOWING.get(key, ("", ""))
    return fill(several if " " in known.get("group", "") else alone, known)


@contextmanager
def using(words: Words) -> Iterator[None]:
    """Use the words of a case within a block, and neutral ones where it states none.

    >>> with using(derive({"group": "gang"})):
    ...     fill("deaths of {group_members}")
    'deaths of gang members'
    >>> with using(derive({"group": "network of guides", "groups": "networks of guides"})):
    ...     fill("deaths of {group_members}")
    'deaths of members of networks of guides'
    """
    token = _IN_USE.set({**NEUTRAL, **words})
    try:
        yield
    finally:
        _IN_USE.reset(token)


def use(words: Words) -> None:
    """Use the words of a case until the block of `using` that this stands in ends."""
    _IN_USE.set({**NEUTRAL, **words})


def _with_article(text: str) -> str:
    """The article as it is spoken before a vowel letter."""
    return re.sub(r"^a (?=[aeiou])", "an ", text)


NEUTRAL: Words = derive({})
_IN_USE: ContextVar[Words] = ContextVar("words", default=NEUTRAL)
