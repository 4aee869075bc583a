"""Scratch: the room a night's arithmetic needs, in one flat buffer, so that no night asks for memory.

Each thread, or each replicate on a graphics card, has a buffer of its own. Nothing in it outlives a night. Axes: g group slot,
G slots and those who go alone, s sector, S sectors and one more, c client class, i cell on offer (group and sector, then those who
go alone by sector), o occupied cell, f fight of a night, w word of luck, k recorded series, t place of the guide
table; digits are fixed sizes.
"""
from __future__ import annotations

from typing import NamedTuple

from ..quantities import SERIES
from .setting import Setting

MOST_WORDS = 8000  # persons whose luck is drawn word by word; more are drawn as counts
GUIDE = 512
MOST_FIGHTS = 400  # in a night
LINE = 8  # cells of 64 bits in a line of the processor's cache


class Room(NamedTuple):
    """One scratch array. `kind`: "f" real numbers, "i" whole numbers, "w" and "u" whole numbers of 64 and 32 bits without sign."""

    name: str
    kind: str
    axes: str


SCRATCH: tuple[Room, ...] = (
    Room("occupied", "u", "i2"), Room("cell", "w", "i"), Room("manned", "i", "i"), Room("asked", "f", "i"), Room("good", "f", "o"), Room("trust", "f", "g"), Room("calm", "f", "s"),
    Room("outside", "f", "2"), Room("worth", "f", "g"), Room("target", "f", "g"), Room("wanted", "f", "g"), Room("room", "f", "g"), Room("offered", "f", "g"), Room("cost", "f", "g"), Room("pull", "f", "g"),
    Room("lift", "f", "s"), Room("offer", "f", "o"), Room("cumulative", "f", "i"), Room("edges", "w", "i"), Room("guide", "u", "t"),
    Room("factor", "f", "c"), Room("kind", "i", "c"), Room("tries", "i", "c"), Room("fates", "i", "c4"), Room("reach", "f", "s"),
    Room("harm", "f", "s"), Room("hurt", "f", "s"), Room("wronged", "f", "s"), Room("free", "f", "i"), Room("inner", "f", "i"),
    Room("words", "u", "w"), Room("attempts", "i", "ci"),
    Room("guided", "i", "i"), Room("succeeded", "i", "i"), Room("sales", "i", "gs"), Room("prevented", "i", "i"),
    Room("detained", "i", "i"), Room("died", "i", "i"), Room("stop", "u", "i"), Room("hold", "u", "i"), Room("grave", "u", "i"), Room("lethal", "f", "i"),
    Room("revenue", "f", "g"), Room("profit", "f", "g"),
    Room("strength", "f", "g"), Room("sector_value", "f", "s"), Room("felt", "f", "s"), Room("came_over", "i", "s"),
    Room("standing", "u", "i"), Room("begins", "i", "S"), Room("where", "i", "g"), Room("touch", "f", "o"), Room("ready", "f", "g"),
    Room("stake", "f", "s"), Room("rates", "f", "s"), Room("chances", "f", "s"), Room("rivals", "f", "g"), Room("pairs", "u", "f3"),
    Room("armed", "i", "s"), Room("top", "i", "s"), Room("here", "f", "s"), Room("paid", "f", "s"), Room("part", "f", "g"),
    Room("tops", "f", "o"), Room("weights", "f", "o"), Room("today", "f", "k"), Room("by_sector", "f", "ks"),
    Room("by_class", "f", "kc"),
)
SCRATCH_NAMES: tuple[str, ...] = tuple(room.name for room in SCRATCH)


def room_sizes(setting: Setting) -> dict[str, int]:
    """The length of every axis that scratch arrays have."""
    g, s, c = setting.slots, setting.sectors, len(setting.classes)
    return {"g": g, "G": g + 1, "s": s, "S": s + 1, "c": c, "i": (g + 1) * s, "o": g * s, "f": MOST_FIGHTS,
            "w": max(MOST_WORDS, 4 * g * s) + 4, "k": len(SERIES), "t": GUIDE + 1, "2": 2, "3": 3, "4": 4}
