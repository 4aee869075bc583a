"""Workspace: memory for a day's arithmetic, in one flat buffer, so that no day asks for more.

Each thread, or each replicate on a graphics card, has a buffer of its own. Nothing in it outlives a day. Axes: g group slot,
s sector, S sectors and one more, c client class, i alternative (a group in a sector, then going alone by sector), o occupied
cell, f fight of a day, p flow of people, w random word, k recorded series, t entry of the guide table; digits are fixed sizes.
"""
from __future__ import annotations

from typing import NamedTuple

from ..quantities import SERIES
from .people import FLOWS
from .setting import Setting

MOST_WORDS = 8000  # persons whose choices and fates are drawn word by word; more are drawn as counts
GUIDE = 512  # entries of the table that says where to look for a word among cumulative weights
MOST_FIGHTS = 400  # in a day; the highest rates that priors allow are below one
CHAIN_PRICE, CHAIN_HARM = 0, 1  # places of `chain`: what its seller asks today in EUR an attempt, factor on harm to people
LINE = 8  # cells of 64 bits in a line of the processor's cache


class WorkspaceArray(NamedTuple):
    """One workspace array. `kind`: "f" real numbers, "i" whole numbers, "w" and "u" whole numbers of 64 and 32 bits without sign."""

    name: str
    kind: str
    axes: str


WORKSPACE: tuple[WorkspaceArray, ...] = tuple(WorkspaceArray(name, kind, axes) for kind, axes, names in (
    ("f", "g", "trust worth offered cost markup_weight target wanted capacity revenue profit strength recruit_rate survival move_rate"),
    ("f", "g", "ready opponent_weights part charge levy"),
    ("i", "g", "size where"),
    ("f", "s", "calm lift reach harm hurt wronged sector_value felt stake rates chances here paid"),
    ("i", "s", "armed"),
    ("f", "i", "asked cumulative free inner lethal"),
    ("i", "i", "manned guided succeeded prevented detained died bound going"),
    ("w", "i", "cell edges"),
    ("u", "i", "stop hold grave present changing"),
    ("u", "i2", "occupied"),
    ("f", "o", "attractiveness choice_weight touch tops weights"),
    ("i", "p", "flows"),
    ("i", "pc", "class_flows"),
    ("i", "gs", "sales"),
    ("w", "S", "begins"),
    ("u", "f3", "pairs"),
    ("f", "2", "outside chain"),
    ("u", "t", "guide"),
    ("u", "w", "words"),
    ("f", "k", "today"),
    ("f", "ks", "by_sector"),
    ("f", "kc", "by_class"),
) for name in names.split())
WORKSPACE_NAMES: tuple[str, ...] = tuple(array.name for array in WORKSPACE)


def axis_lengths(setting: Setting) -> dict[str, int]:
    """The length of every axis that workspace arrays have."""
    g, s, c = setting.group_slots, setting.sectors, len(setting.classes)
    return {"g": g, "s": s, "S": s + 1, "c": c, "i": (g + 1) * s, "o": g * s, "f": MOST_FIGHTS,
            "p": FLOWS, "w": max(MOST_WORDS, 4 * g * s) + 4, "k": len(SERIES), "t": GUIDE + 1, **{digit: int(digit) for digit in "23"}}
