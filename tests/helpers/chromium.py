"""A headless Chromium, spoken to through its driver."""
from __future__ import annotations

import base64
import json
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-component-update", "--disable-background-networking", "--disable-sync", "--hide-scrollbars")
LONGEST = 120.0  # s that a page may take to come to what is waited for; far more than it needs, for a machine that is busy


class Browser:
    """A headless Chromium, spoken to through its driver."""

    def __init__(self, driver: str, profile: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen([driver, f"--port={self.port}"], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        flags = [*FLAGS, f"--user-data-dir={profile}"]
        wanted = {"goog:chromeOptions": {"args": flags}, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
                  "timeouts": {"script": 600_000, "pageLoad": 600_000}}  # ms: axe is one promise, and minutes of work on a slow machine
        end = time.monotonic() + LONGEST
        while True:
            try:
                self.session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
                return
            except OSError:  # it does not listen yet, or the browser did not come up
                if self.process.poll() is not None or time.monotonic() > end:
                    self.process.terminate()
                    raise
                time.sleep(0.2)

    def call(self, method: str, path: str, body: dict | None = None):
        data = None if body is None else json.dumps(body).encode()
        address, head = f"http://127.0.0.1:{self.port}{path}", {"Content-Type": "application/json"}
        request = urllib.request.Request(address, data, head, method=method)
        with urllib.request.urlopen(request, timeout=660) as answer:
            return json.load(answer)["value"]

    def tell(self, command: str, **parameters):
        return self.call("POST", f"/session/{self.session}/goog/cdp/execute", {"cmd": command, "params": parameters})

    def run(self, script: str):
        return self.call("POST", f"/session/{self.session}/execute/sync", {"script": script, "args": []})

    def open(self, page: Path, fragment: str = "", ready: bool = False) -> None:
        """Open a page anew; `ready` waits until its script has done what it does at first."""
        for address in ("about:blank", page.as_uri() + fragment):
            self.call("POST", f"/session/{self.session}/url", {"url": address})
        if ready:
            self.wait("ready")

    def visit(self, address: str, mark: str = "ready", value: str = "1") -> None:
        """Open an address anew, not as a place on the page that is open, and wait until the page's script has set a mark on its body."""
        for each in ("about:blank", address):
            self.call("POST", f"/session/{self.session}/url", {"url": each})
        self.wait(mark, value)

    def wait(self, mark: str, value: str = "1") -> None:
        """Wait until the page's script has set a mark on its body."""
        self.until(f"return document.body?.dataset.{mark}", value)

    def until(self, script: str, wanted: object = True) -> None:
        """Run a script again and again until it returns what is wanted; where it does not, say what it returned last."""
        self.until_it(script, lambda found: found == wanted, repr(wanted))

    def until_it(self, script: str, passes: Callable[[Any], object], what: str) -> Any:
        """Run a script again and again until what it returns passes, and return that; else say `what` was wanted and what came last."""
        end = time.monotonic() + LONGEST
        while True:
            try:
                found = self.run(script)
            except urllib.error.HTTPError as error:  # between two documents there is none to run it in
                found = error
            else:
                if passes(found):
                    return found
            assert time.monotonic() < end, f"{found!r}, not {what}: {script}"
            time.sleep(0.05)

    def leave(self, script: str, page: str) -> None:
        """Run a script that leaves this page of the explorer, and wait until another document, of that page, is there."""
        self.run(f"document.body.dataset.left = '1'; {script}")
        self.until("return document.body?.dataset.left !== '1' && document.body?.dataset.page", page)

    def frame(self) -> None:
        """Wait until observers of sizes and of what is in sight know the page as it stands: they are told once a frame."""
        self.run("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))")

    def screen(self, width: int, height: int = 900) -> None:
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)

    def count_pages(self) -> int:
        """Pages of A4 that the page prints on."""
        pdf = base64.b64decode(self.tell("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
        return len(re.findall(rb"/Type\s*/Page\b", pdf))

    def log(self, kind: str) -> list[dict]:
        return self.call("POST", f"/session/{self.session}/se/log", {"type": kind})

    def close(self) -> None:
        try:
            self.call("DELETE", f"/session/{self.session}")
        finally:
            self.process.terminate()
            self.process.wait(LONGEST)
