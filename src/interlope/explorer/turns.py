"""Turns: which change of a page is its latest. What runs for an earlier one of that page is given up; other pages are left alone."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

REMEMBERED = 64  # pages; the one that asked longest ago goes


class Superseded(Exception):
    """The same page asked for something else meanwhile."""


@dataclass(frozen=True)
class Turn:
    """A change of one page: the page's own name, and a number that rises with every change there."""

    page: str
    number: int


class Turns:
    """The latest turn of every page.

    Examples
    --------
    >>> turns = Turns()
    >>> turns.begin(Turn("one", 2))
    >>> turns.begin(Turn("other", 1))
    >>> turns.superseded(Turn("one", 1)), turns.superseded(Turn("other", 1))
    (True, False)
    """

    def __init__(self) -> None:
        self._latest: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, turn: Turn) -> None:
        """Take notice of a turn.

        Parameters
        ----------
        turn : Turn
            What is asked for now.
        """
        with self._lock:
            self._latest[turn.page] = max(turn.number, self._latest.get(turn.page, 0))
            self._latest.move_to_end(turn.page)
            while len(self._latest) > REMEMBERED:
                self._latest.popitem(last=False)

    def superseded(self, turn: Turn) -> bool:
        """Whether its page asked for something later.

        Parameters
        ----------
        turn : Turn
            What runs.

        Returns
        -------
        bool
        """
        with self._lock:
            return turn.number < self._latest.get(turn.page, 0)
