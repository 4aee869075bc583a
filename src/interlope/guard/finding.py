"""Findings: what in a text may not stand, by which rule, and what to write instead."""

from __future__ import annotations

from typing import NamedTuple

DECLARE = "declare it under bodies or places in [space] of case.toml, or add [[reviewed]] with its text and a reason there"
LEAVE_OUT = "leave it out; numbers and contacts cannot be declared or reviewed"


class Rule(NamedTuple):
    """What a rule looks for, whether a declaration may excuse it, and the way out."""

    looks_for: str
    excusable: bool
    remedy: str


RULES: dict[str, Rule] = {
    "person": Rule(
        "a title, initial, given name or alias beside a name, or two names",
        True,
        "name the role instead; what is no person needs [[reviewed]] with its text and a reason in case.toml",
    ),
    "name": Rule(
        "a capitalised word that is no English word, state, people, agency or technical term",
        True,
        f"name the role or the region instead; else {DECLARE}",
    ),
    "place": Rule(
        "a name after a word of place or movement (in, near, to, via), or a known town",
        True,
        f"name an abstract sector or a region instead; else {DECLARE}",
    ),
    "script": Rule(
        "a word in a script without capital letters that no list knows, where a name cannot be told from a word",
        True,
        f"write it in English; else {DECLARE}",
    ),
    "phone": Rule(
        "digits grouped like a phone number, in any script or spelled out", False, f"{LEAVE_OUT}; write large numbers with commas"
    ),
    "handle": Rule(
        "an e-mail address, an account, a channel or a page of a person", False, "leave it out; a page of an institution may be named"
    ),
    "coordinates": Rule("latitude and longitude, grid references, plus codes and the like", False, "name an abstract sector instead"),
    "address": Rule("a street, a house, a hotel or a kilometre of a road", False, "leave it out"),
    "road": Rule("a road by its number or name", False, "leave the road out"),
    "hour": Rule("a time of day", False, "give the day, without the hour; write decimal numbers with their unit"),
    "document": Rule("a number of a document, case, vehicle, account or device, or a date of birth", False, LEAVE_OUT),
    "declared": Rule(
        "a person among the bodies that the case declares",
        True,
        "bodies are organisations; one that is called like a person needs [[reviewed]] with its text and a reason",
    ),
    "length": Rule("a text that is too long to be inspected", False, "split it, or shorten it"),
}


class Finding(NamedTuple):
    """A text that may not stand in a case: the rule that it breaks, its words, and what stands around them."""

    rule: str
    text: str
    around: str
    row: int = 0  # line ends before it

    @property
    def remedy(self) -> str:
        """What to write instead."""
        return RULES[self.rule].remedy
