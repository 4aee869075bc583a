"""Measure how long a report's What if takes from a change of a control to the painted numbers, in headless Chromium.

    PYTHONPATH=tests/helpers python benchmarks/report/paint.py out/serbia-hungary-1a2b3c4d/report.html

A change is measured from the event to the first message after the next animation frame, so painting is in it; the curve, which is drawn in
that frame, too. Needs Chromium and chromedriver.
"""
from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from chromium import Browser

TIMES = 40
MEASURE = """const [selector, change, times] = arguments[0], done = arguments[1], control = document.querySelector(selector), all = [];
const act = {odds: i => { control.value = (i % 2 ? -1 : 1) * (0.05 + 0.05 * (i % 30)); }, root: i => { control.checked = i % 2 === 1; },
             letter: i => { control.value = 'ABCDE'[i % 5]; }}[change];
const next = i => { if (i === times) return done(all); act(i); const start = performance.now();
  control.dispatchEvent(new Event('input', {bubbles: true}));
  requestAnimationFrame(() => { const channel = new MessageChannel();
    channel.port1.onmessage = () => { all.push(performance.now() - start); next(i + 1); }; channel.port2.postMessage(0); }); };
next(0);"""


def measure(browser: Browser, selector: str, change: str) -> list[float]:
    """Milliseconds of each of some changes."""
    body = {"script": MEASURE, "args": [[selector, change, TIMES]]}
    return sorted(browser.call("POST", f"/session/{browser.session}/execute/async", body))


def main() -> None:
    """Open the page and print median and 95 % point of each control, on a first visit of every value and then on all of them again."""
    page = Path(sys.argv[1]).resolve()
    browser = Browser(shutil.which("chromedriver") or "", Path(tempfile.mkdtemp()))
    try:
        browser.screen(1280)
        browser.open(page, "#what-if", ready=True)
        ready = browser.run("return performance.now()")
        rows = browser.run("return JSON.parse(document.getElementById('terms').textContent).terms.explanations.map(e => e.rows)")
        print(f"{page.stat().st_size / 1e6:.2f} MB, {sum(rows):,} replicates; ready {ready:.0f} ms after it was opened")
        for change in ("odds", "letter", "root"):
            for again in ("first", "again"):
                all_of = measure(browser, f"[data-kind={change}]", change)
                print(f"{change:<7}{again:<6}median {statistics.median(all_of):5.1f} ms, 95% {all_of[int(0.95 * TIMES)]:5.1f} ms")
    finally:
        browser.close()


if __name__ == "__main__":
    main()
