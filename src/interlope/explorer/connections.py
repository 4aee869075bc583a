"""Connections: so many at once, and always one more for who comes: the oldest of those that ask for nothing is closed for it.

A connection that says nothing in its first seconds is closed, and so is one that stays silent after an answer. Where more are open than
may be, first those go that were never answered, then those that were, the oldest first; what is being answered is never cut.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_AT_ONCE = 64
SECONDS_TO_ASK = 10.0  # from the connection to the first whole head of a request
SECONDS_BETWEEN = 5  # from an answer to the next request


class Connection(H11Protocol):
    """A connection of the server that gives way to others while nothing is asked on it."""

    opened = 0.0  # seconds of the loop's clock

    @property
    def busy(self) -> bool:
        """Whether a request is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, and close another where there are too many."""
        super().connection_made(transport)
        self.opened = self.loop.time()
        self.loop.call_later(SECONDS_TO_ASK, self._close_unasked)
        unclosed = [each for each in self.connections if isinstance(each, Connection) and not each.transport.is_closing()]
        if len(unclosed) > MOST_AT_ONCE:
            _choose(unclosed, self).transport.abort()

    def _close_unasked(self) -> None:
        """Close a connection on which nothing was ever asked."""
        if self.cycle is None and not self.transport.is_closing():
            self.transport.abort()


def _choose(connections: Iterable[Connection], latest: Connection) -> Connection:
    """The connection that goes: one on which nothing runs; the latest itself where all are busy."""
    idle = [each for each in connections if each is not latest and not each.busy]
    return min(idle, key=lambda each: (each.cycle is not None, each.opened), default=latest)
