"""Measure how long the explorer's options take from a slider's move to painted numbers, in headless Chromium, by stage and number of pairs.

    PYTHONPATH=tests/helpers python benchmarks/explorer.py serbia-hungary

A slider is set to a new value each time, so nothing is remembered from an earlier move. Measured is from the event to the first message
after the next animation frame: of the first stage by the page itself, and of the later ones from the same event to the painted answer.
Needs Chromium and chromedriver.
"""
from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import threading
from pathlib import Path

import uvicorn
from chromium import Browser

from interlope.explorer.app import Explorer, make_app
from interlope.explorer.opening import open_study
from interlope.explorer.security import Door
from interlope.explorer.serve import listen

TIMES = 20
MOVE = """const [lever, value, wanted] = arguments[0], done = arguments[1], slider = document.querySelector(`[data-lever=${lever}]`);
const status = document.getElementById('live-status'), seen = {}, start = performance.now();
const look = () => { const n = parseInt(status.textContent); if (n in seen) return; seen[n] = -1;
  requestAnimationFrame(() => { const channel = new MessageChannel();
    channel.port1.onmessage = () => { seen[n] = performance.now() - start; if (n >= wanted) { watch.disconnect(); done(seen); } };
    channel.port2.postMessage(0); }); };
const watch = new MutationObserver(look);
watch.observe(status, {childList: true, characterData: true, subtree: true});
slider.value = value; slider.dispatchEvent(new Event('input', {bubbles: true}));"""


def main() -> None:
    """Serve a study, move a slider of its page of options, and print median and 95 % point of every stage."""
    explorer = Explorer(open_study(sys.argv[1] if len(sys.argv) > 1 else "serbia-hungary"), Path("explored"))
    place = listen()
    door = Door(make_app(explorer), place.token, place.port)
    server = uvicorn.Server(uvicorn.Config(door, ws="none", lifespan="off", log_level="critical"))
    threading.Thread(target=lambda: server.run(sockets=[place.socket]), daemon=True).start()
    assert explorer.live is not None
    explorer.live.warm()
    stages, times = explorer.live.stages[:2], {}
    browser = Browser(shutil.which("chromedriver") or "", Path(tempfile.mkdtemp()))
    try:
        browser.screen(1280)
        browser.visit(place.address + "options", "live")
        browser.call("POST", f"/session/{browser.session}/timeouts", {"script": 120000})
        for i in range(TIMES):
            body = {"script": MOVE, "args": [["legal_pathways", 12 + i, stages[-1]]]}
            for n, ms in browser.call("POST", f"/session/{browser.session}/execute/async", body).items():
                times.setdefault(int(n), []).append(ms)
            browser.wait("live")
    finally:
        browser.close()
        server.should_exit = True
    load = os.getloadavg()[0]
    print(f"{explorer.study.record.case.name}, {explorer.live.days} days, {os.cpu_count()} processors, load {load:.1f}")
    for n, all_of in sorted(times.items()):
        ranked = sorted(all_of)
        middle, late = statistics.median(ranked), ranked[int(0.95 * len(ranked))]
        print(f"{n:>4} pairs: least {ranked[0]:6.0f} ms, median {middle:6.0f} ms, 95% {late:6.0f} ms")


if __name__ == "__main__":
    main()
