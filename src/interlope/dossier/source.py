"""Sources and roots: who speaks, and which observation was really made.

A source is a role with an Admiralty letter. The letter sets how likely an observation of that source is faithful,
slanted toward the source's interest, or uninformative; a relay's letter sets how likely it distorts what it passes on.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

LETTERS = "ABCDEF"
STATES = ("faithful", "slanted", "uninformative")
SLANTS = {"up": 1, "down": -1, "none": 0}
# Dirichlet weights of (faithful, slanted, uninformative) by letter; elicited defaults, not measurements.
WEIGHTS: dict[str, tuple[float, float, float]] = {
    "A": (18.0, 1.0, 1.0), "B": (8.0, 1.5, 0.5), "C": (6.0, 2.7, 1.3),
    "D": (4.0, 4.0, 2.0), "E": (2.0, 4.0, 4.0), "F": (1.0, 0.5, 0.5),
}
DISTORTION = {"A": 0.02, "B": 0.05, "C": 0.10, "D": 0.20, "E": 0.40, "F": 0.20}


class Beta(NamedTuple):
    """The two numbers of a beta distribution."""

    a: float
    b: float


@dataclass(frozen=True)
class Source:
    """Somebody who observes, states or passes on, named by role.

    Attributes
    ----------
    letter : str
        A (completely reliable) to E (unreliable), F (cannot be judged).
    reason : str
        Why that letter.
    published : date or None
        When its words became known.
    institution : str
        Roots of one institution share one reliability.
    """

    id: str
    role: str
    country: str
    letter: str
    reason: str
    published: date | None
    institution: str


@dataclass(frozen=True)
class Root:
    """An observation that was really made; claims hang on it through relays.

    Attributes
    ----------
    completed : date
        The day it was complete; of a count that goes on, the day from which there is something to tell.
    slant : str
        Where its source's interest pulls (up, down, none).
    slant_share : float or None
        Part of the unfaithful that is slanted, None for the letter's own.
    slant_factor : float
        By how much.
    """

    id: str
    source: str
    completed: date
    what: str
    slant: str
    slant_share: float | None
    slant_factor: float

    @property
    def direction(self) -> int:
        """+1, -1 or 0."""
        return SLANTS[self.slant]


def reliability(letter: str) -> Beta:
    """The beta distribution of the chance of being faithful that a letter stands for.

    Parameters
    ----------
    letter : str
        A to F.

    Returns
    -------
    Beta

    Examples
    --------
    >>> reliability("C")
    Beta(a=6.0, b=4.0)
    """
    faithful, slanted, uninformative = WEIGHTS[letter]
    return Beta(faithful, slanted + uninformative)


def split(letter: str, slant_share: float | None = None) -> float:
    """Part of the unfaithful that is slanted: the stated one, or else the letter's.

    Parameters
    ----------
    letter : str
        A to F.
    slant_share : float or None, optional
        Part of the unfaithful that is slanted; the letter's own when None.

    Returns
    -------
    float
    """
    if slant_share is not None:
        return slant_share
    _, slanted, uninformative = WEIGHTS[letter]
    return slanted / (slanted + uninformative)


def weights(letter: str, slant_share: float | None = None) -> tuple[float, float, float]:
    """Expected chances of (faithful, slanted, uninformative) for a letter; they sum to 1.

    Parameters
    ----------
    letter : str
        A to F.
    slant_share : float or None, optional
        Part of the unfaithful that is slanted, None for the letter's own.

    Examples
    --------
    >>> weights("C")
    (0.6, 0.27, 0.13)
    """
    a, b = reliability(letter)
    faithful, part = a / (a + b), split(letter, slant_share)
    return round(faithful, 12), round((1 - faithful) * part, 12), round((1 - faithful) * (1 - part), 12)


def distortion(letters: str) -> float:
    """Chance that a chain of relays, given by their letters, changes what it passes on.

    Parameters
    ----------
    letters : str
        One letter for each relay.

    Returns
    -------
    float

    Examples
    --------
    >>> round(distortion("CD"), 3)
    0.28
    """
    unchanged = 1.0
    for letter in letters:
        unchanged *= 1.0 - DISTORTION[letter]
    return 1.0 - unchanged
