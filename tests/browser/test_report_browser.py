"""The report in a browser: no request leaves it, nothing scrolls sideways, both widths and both schemes work."""
from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from interlope.reporting import html
from interlope.results.study import StudyRecord

SAMPLES = Path(__file__).parents[1] / "unit" / "samples"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-component-update", "--disable-background-networking", "--disable-sync", "--hide-scrollbars")

pytestmark = pytest.mark.browser


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

    def open(self, page: Path) -> None:
        self.call("POST", f"/session/{self.session}/url", {"url": page.as_uri()})

    def log(self, kind: str) -> list[dict]:
        return self.call("POST", f"/session/{self.session}/se/log", {"type": kind})

    def close(self) -> None:
        try:
            self.call("DELETE", f"/session/{self.session}")
        finally:
            self.process.terminate()
            self.process.wait(10)


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    driver = shutil.which("chromedriver")
    if driver is None or not (shutil.which("chromium") or shutil.which("google-chrome")):
        if os.environ.get("INTERLOPE_BROWSER") == "required":
            pytest.fail("Chromium and its driver are required here and were not found")
        pytest.skip("needs Chromium and chromedriver")
    found = Browser(driver, tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Path:
    read = {n: json.loads((SAMPLES / f"{n}.json").read_text(encoding="utf-8")) for n in ("dossier", "weigh", "compare")}
    case = {"name": "sample", "question": "Who holds the market, and would force help?", "as_of": "2023-11-14",
            "sha256": "ab" * 32}
    study = StudyRecord.model_validate({"case": case, **read, "run_id": "1a2b3c4d", "version": "0"})
    return html.write(study, tmp_path_factory.mktemp("page"))


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_the_page_never_scrolls_sideways(browser, page, width):
    browser.tell("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
    browser.open(page)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    wide, narrow = browser.run("return ['wide','narrow'].map(n => [...document.querySelectorAll('svg.' + n)]"
                               ".filter(e => getComputedStyle(e).display !== 'none').length)")
    assert (wide > 0, narrow > 0) == ((True, False) if width > 720 else (False, True))


def test_no_request_leaves_the_page_and_nothing_is_complained_about(browser, page):
    browser.log("performance")
    browser.log("browser")
    browser.open(page)
    sent = [json.loads(entry["message"])["message"] for entry in browser.log("performance")]
    asked = [m["params"]["request"]["url"] for m in sent if m["method"] == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith("file://")] == []
    assert [entry["message"] for entry in browser.log("browser")] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_in_both_schemes(browser, page, scheme):
    browser.tell("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    browser.open(page)
    ratio = browser.run("""
      const light = c => { const v = c.match(/[\\d.]+/g).slice(0, 3).map(x => x / 255)
        .map(x => x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4); return .2126*v[0] + .7152*v[1] + .0722*v[2] };
      const paper = light(getComputedStyle(document.body).backgroundColor);
      return ['p', '.under', 'thead th', 'summary', '.kind', 'nav a', 'dd'].map(s => {
        const ink = light(getComputedStyle(document.querySelector('main ' + s) || document.querySelector(s)).color);
        return [s, (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05)] })""")
    assert [(name, value) for name, value in ratio if value < 4.5] == []


def test_headings_do_not_skip_a_level_and_ids_are_unique(browser, page):
    browser.open(page)
    levels = browser.run("return [...document.querySelectorAll('h1,h2,h3')].map(e => +e.tagName[1])")
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:]))
    ids = browser.run("return [...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


def test_folded_tables_open_for_print_and_by_keyboard(browser, page):
    browser.open(page)
    assert browser.run("return document.querySelectorAll('details[open]').length") == 0
    browser.run("dispatchEvent(new Event('beforeprint'))")
    assert browser.run("return document.querySelectorAll('details:not([open])').length") == 0


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> Path:
    """A page with as many roots as a large dossier has."""
    read = {n: json.loads((SAMPLES / f"{n}.json").read_text(encoding="utf-8")) for n in ("dossier", "weigh", "compare")}
    first = read["weigh"]["roots"]
    read["weigh"]["roots"] = [{**first[i % len(first)], "id": f"border-agency-count-{i}"} for i in range(15)]
    case = {"name": "sample", "question": "Who holds the market?", "as_of": "2023-11-14", "sha256": "ab" * 32}
    study = StudyRecord.model_validate({"case": case, **read, "run_id": "1a2b3c4d", "version": "0"})
    return html.write(study, tmp_path_factory.mktemp("many"))


@pytest.mark.parametrize("width", [1280, 390])
def test_wide_tables_fit_the_page_or_say_that_they_go_on(browser, many, width):
    browser.tell("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
    browser.open(many)
    assert browser.run("return document.documentElement.scrollWidth") <= width
    seen = browser.run("""return [...document.querySelectorAll('.sheet')].filter(e => !e.closest('details:not([open])')).map(e => {
      const inner = e.querySelector('.scroll'), hint = e.querySelector('.hint');
      return [inner.scrollWidth > inner.clientWidth + 2, hint.offsetParent !== null] })""")
    assert [over for over, hint in seen if over != hint] == []
    assert any(over for over, _ in seen) == (width < 600)
    head = browser.run("""const s = document.querySelector('table.roots').closest('.scroll'); s.scrollLeft = 9999;
      return document.querySelector('table.roots tbody th').getBoundingClientRect().left - s.getBoundingClientRect().left""")
    assert abs(head) < 1
