"""A headless Chromium, spoken to through its driver."""
from __future__ import annotations

import base64
import json
import re
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-component-update", "--disable-background-networking", "--disable-sync", "--hide-scrollbars")


class Browser:
    """A headless Chromium, spoken to through its driver."""

    def __init__(self, driver: str, profile: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen([driver, f"--port={self.port}"], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        flags = [*FLAGS, f"--user-data-dir={profile}"]
        wanted = {"goog:chromeOptions": {"args": flags}, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        for _ in range(50):
            try:
                self.session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
                return
            except OSError:
                time.sleep(0.2)
        raise RuntimeError("the driver did not answer")

    def call(self, method: str, path: str, body: dict | None = None):
        data = None if body is None else json.dumps(body).encode()
        address, head = f"http://127.0.0.1:{self.port}{path}", {"Content-Type": "application/json"}
        request = urllib.request.Request(address, data, head, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def tell(self, command: str, **parameters):
        return self.call("POST", f"/session/{self.session}/goog/cdp/execute", {"cmd": command, "params": parameters})

    def run(self, script: str):
        return self.call("POST", f"/session/{self.session}/execute/sync", {"script": script, "args": []})

    def open(self, page: Path, fragment: str = "", ready: bool = False) -> None:
        """Open a page anew; `ready` waits until its script has done what it does at first."""
        for address in ("about:blank", page.as_uri() + fragment):
            self.call("POST", f"/session/{self.session}/url", {"url": address})
        for _ in range(200):
            if not ready or self.run("return document.body.dataset.ready === '1'"):
                return
            time.sleep(0.05)
        raise RuntimeError("the page did not become ready")

    def visit(self, address: str, mark: str = "ready", value: str = "1") -> None:
        """Open an address and wait until the page's script has set a mark on its body."""
        self.call("POST", f"/session/{self.session}/url", {"url": address})
        self.wait(mark, value)

    def wait(self, mark: str, value: str = "1") -> None:
        """Wait until the page's script has set a mark on its body."""
        for _ in range(1200):
            if self.run(f"return document.body?.dataset.{mark} === '{value}'"):
                return
            time.sleep(0.05)
        raise RuntimeError(f"the page did not set {mark}")

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
            self.process.wait(10)
