"""Serve: one address on this machine, on a port that is free, under a token made anew; until Ctrl-C."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import uvicorn

from interlope.errors import BadInput
from interlope.explorer.app import Explorer, make_app
from interlope.explorer.connections import SECONDS_BETWEEN, Connection
from interlope.explorer.security import Door

HOST = "127.0.0.1"
WAITING = 256  # connections that the system holds until they are taken


@dataclass(frozen=True, eq=False)
class Listening:
    """A port that is listened on, and the address of the first page."""

    socket: socket.socket
    token: str

    @property
    def port(self) -> int:
        """The port."""
        return int(self.socket.getsockname()[1])

    @property
    def address(self) -> str:
        """What a browser opens."""
        return f"http://{HOST}:{self.port}/{self.token}/"


def listen(port: int = 0) -> Listening:
    """Listen on a port of this machine, which no other machine can reach.

    Parameters
    ----------
    port : int
        0 for one that is free.

    Raises
    ------
    BadInput
        When something else listens there, or the port is not open to users.
    """
    place = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        place.bind((HOST, port))
        place.listen(WAITING)
    except OSError as error:
        place.close()
        raise BadInput(f"--port {port}: {error.strerror or error}; expected a free port from 1024 to 65535, or no --port for any") from None
    return Listening(place, secrets.token_urlsafe(24))


def configure(door: Door) -> uvicorn.Config:
    """What the server obeys: plain HTTP, nothing told of itself, connections that give way to others.

    Parameters
    ----------
    door : Door
        What is served.

    Returns
    -------
    uvicorn.Config
    """
    return uvicorn.Config(door, ws="none", lifespan="off", access_log=False, log_level="critical", server_header=False,
                          proxy_headers=False, timeout_keep_alive=SECONDS_BETWEEN, timeout_graceful_shutdown=1, backlog=WAITING,
                          h11_max_incomplete_event_size=16 * 1024, http=Connection, loop="asyncio")


def serve(explorer: Explorer, place: Listening, browser: bool, fail: Callable[[Exception], None]) -> None:
    """Serve until Ctrl-C.

    Parameters
    ----------
    explorer : Explorer
        What is served.
    place : Listening
        Where.
    browser : bool
        Whether a browser is opened.
    fail : callable
        Told of errors, of which no page says anything.
    """
    door = Door(make_app(explorer), place.token, place.port, fail)
    explorer.warm(fail)
    if browser:
        threading.Timer(0.4, _open, [place.address]).start()
    with suppress(KeyboardInterrupt):
        uvicorn.Server(configure(door)).run(sockets=[place.socket])
    explorer.end()
    place.socket.close()


def _open(address: str) -> None:
    """Open a browser; where there is none the address that was printed is left."""
    with suppress(webbrowser.Error, OSError):
        webbrowser.open(address)
