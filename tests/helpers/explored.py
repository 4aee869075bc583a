"""A served explorer, and what tests do with its pages in a browser."""
from __future__ import annotations

import threading
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from interlope.explorer.app import Explorer, make_app
from interlope.explorer.opening import open_study
from interlope.explorer.security import Door
from interlope.explorer.serve import configure, listen


@contextmanager
def served(name: str, saved: Path):
    """A served explorer; its door lets through as many requests as tests send."""
    place = listen()
    door = Door(make_app(Explorer(open_study(name), saved)), place.token, place.port, clock=_free())
    server = uvicorn.Server(configure(door))
    thread = threading.Thread(target=lambda: server.run(sockets=[place.socket]), daemon=True)
    thread.start()
    yield place.address
    server.should_exit = True
    thread.join(10)
    place.socket.close()


def _free():
    """A clock on which every request comes a second after the one before."""
    steps = iter(range(10**9))
    return lambda: float(next(steps))


ALL_THERE = """return (!document.querySelector('script[src$="report.js"]') || document.body.dataset.ready === '1')
  && (!document.getElementById('letters') || !!document.querySelector('#letters table'))"""


def show(browser, address: str, page: str) -> None:
    """Open a page and wait until it has everything that it comes to by itself."""
    browser.visit(address + page, "live" if page in ("market", "options") else "scripted")
    browser.until(ALL_THERE)


def press(browser, key: str) -> None:
    for kind in ("rawKeyDown", "keyUp"):
        browser.tell("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode={"Tab": 9, "ArrowRight": 39}[key])


def await_rows(browser, selector: str, count: int) -> None:
    browser.until_it(f"return document.querySelectorAll('{selector}').length", lambda rows: rows >= count, f"{count} or more")
