"""The explorer in a browser: nothing leaves it, everyone can use it, and what is moved is run again."""
from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from explored import await_rows, press, served, show

import interlope as il
from interlope.explorer.pages import PAGES

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PART = "{resultTypes: ['violations'], preload: false, rules: {region: {enabled: false}}}"
PLAN = {"seed": 7, "pairs": 48}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    from interlope.pipeline import Plan

    return il.study("toy", Plan(**PLAN), out=tmp_path_factory.mktemp("out")).folder


@pytest.fixture(scope="module")
def address(folder, tmp_path_factory):
    with served(str(folder), tmp_path_factory.mktemp("explored")) as place:
        yield place


@pytest.fixture(scope="module")
def flagship(tmp_path_factory):
    with served("serbia-hungary", tmp_path_factory.mktemp("explored")) as place:
        yield place


@pytest.mark.parametrize("page", PAGES)
def test_a_page_asks_nobody_else_and_complains_of_nothing(browser, address, page):
    browser.log("performance"), browser.log("browser")
    show(browser, address, page)
    asked = [json.loads(entry["message"])["message"] for entry in browser.log("performance")]
    urls = {m["params"]["request"]["url"] for m in asked if m["method"] == "Network.requestWillBeSent"}
    assert urls and all(url.startswith((address, "data:,")) for url in urls), urls
    assert [entry["message"] for entry in browser.log("browser")] == []


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        if os.environ.get("INTERLOPE_BROWSER") == "required":
            pytest.fail("axe-core is required here and was not found: cd web && npm ci")
        pytest.skip("needs axe-core: cd web && npm ci")
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_violation(browser, axe, address, page, theme):
    browser.screen(1280)
    browser.tell("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
    try:
        show(browser, address, page)
        browser.run(axe)
        passed, found = browser.run("return axe.run(document).then(r => [r.passes.length, r.violations.map("
                                    "v => [v.id, v.impact, v.nodes.slice(0, 4).map(n => `${n.html.slice(0, 200)} ${n.failureSummary}`)])])")
    finally:
        browser.tell("Emulation.setEmulatedMedia", features=[])
    assert found == [] and passed > 20


@pytest.mark.slow
@pytest.mark.skipif(os.environ.get("INTERLOPE_AXE") != "all", reason="takes three minutes for all pages: INTERLOPE_AXE=all runs it")
@pytest.mark.parametrize(("theme", "width"), [("light", 390), ("dark", 1280)])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_no_violation_in_the_flagship(browser, axe, flagship, page, theme, width):
    """Part by part: of a long page at once a browser takes minutes. That every part is in a landmark is a rule for a whole page."""
    browser.screen(width)
    browser.tell("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
    try:
        show(browser, flagship, page)
        browser.run(axe)
        found, count = [], browser.run("parts = [...document.querySelectorAll('header, nav, main > *, footer')]; return parts.length")
        for i in range(count):
            found += browser.run(f"return axe.run(parts[{i}], {PART}).then(r => r.violations.map(v => [v.id, v.nodes[0].html]))")
    finally:
        browser.tell("Emulation.setEmulatedMedia", features=[])
    assert found == [] and count >= 5


@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_wider_than_its_window(browser, address, page, width):
    browser.screen(width)
    show(browser, address, page)
    assert browser.run("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("page", PAGES)
def test_the_keyboard_reaches_everything_and_focus_is_seen(browser, address, page):
    browser.screen(1280)
    show(browser, address, page)
    seen, unseen = set(), []
    for _ in range(900):
        press(browser, "Tab")
        name, outline, before = browser.run("""const e = document.activeElement, s = getComputedStyle(e), before = e.dataset.walked;
          e.dataset.walked = '1';
          return [e === document.body ? '' : `${e.tagName} ${e.id || e.textContent.slice(0, 30) || e.getAttribute('aria-label')}`,
                  s.outlineStyle !== 'none' || e.className === 'skip', before === '1']""")
        if not name or before:
            break
        seen.add(name)
        unseen += [] if outline else [name]
    assert unseen == [] and len(seen) >= 8
    passed_over = browser.run("""return [...document.querySelectorAll('button, select, input, summary, a[href], [tabindex="0"]')]
      .filter(e => e.checkVisibility() && !e.disabled && !e.dataset.walked && !(e.type === 'radio' && !e.checked))
      .map(e => e.outerHTML.slice(0, 80))""")
    assert passed_over == []


def test_a_slider_runs_the_simulator_again(browser, address):
    browser.screen(1280)
    show(browser, address, "options")
    browser.run("document.getElementById('clear').click()")
    browser.wait("live")
    first = "return document.querySelector('table.live tbody tr td').textContent"
    assert browser.run(first).startswith("0 ")
    browser.run("document.querySelector('[data-lever=joint_patrols]').focus()")
    for _ in range(40):
        press(browser, "ArrowRight")
    browser.wait("live")
    injuries = browser.run("""return [...document.querySelectorAll('table.live tbody tr')]
      .find(r => r.cells[0].textContent.startsWith('injuries')).cells[1].textContent""")
    assert injuries.startswith("+")
    heads = browser.run("return [...document.querySelectorAll('.desk ~ div caption')].map(c => c.textContent)")
    assert heads[:2] == ["Harm to people, all explanations together", "Other outcomes, all explanations together"]
    assert "joint patrols" in browser.run("return document.querySelector('#live').textContent")
    browser.until("return performance.getEntriesByName('slider-to-paint').length >= 1")


def test_the_market_is_scrubbed_and_played(browser, address):
    browser.screen(1280)
    show(browser, address, "market")
    before = browser.run("return [document.getElementById('now').textContent, document.querySelector('.strip').innerHTML]")
    browser.run("const d = document.getElementById('day'); d.value = 40; d.dispatchEvent(new Event('input'))")
    after = browser.run("return [document.getElementById('now').textContent, document.querySelector('.strip').innerHTML]")
    assert after[0] == "10 Feb 2030, day 41" and after != before
    browser.run("document.getElementById('play').click()")
    browser.until("return Number(document.getElementById('day').value) > 40")
    browser.run("if (document.getElementById('play').textContent === 'Pause') document.getElementById('play').click()")
    day = "return document.getElementById('day').value"
    stopped = browser.run(day)
    browser.frame()
    assert browser.run("return document.getElementById('play').textContent") == "Play" and browser.run(day) == stopped


def test_two_explanations_stand_side_by_side_with_common_random_numbers(browser, address):
    browser.screen(1280)
    show(browser, address, "market")
    browser.run("const s = document.querySelectorAll('.choices select')[1]; s.value = 'rivalry'; s.dispatchEvent(new Event('change'))")
    browser.wait("live")
    assert browser.run("return document.querySelectorAll('.side svg.strip').length") == 2
    assert "same random numbers" in browser.run("return document.querySelector('#live').textContent")
    browser.run("document.querySelector('.side details').open = true")
    await_rows(browser, ".side details table tbody tr", 2)
    assert browser.run("return document.querySelectorAll('.side details table tbody tr').length") == 2
    browser.run("const s = document.querySelectorAll('.choices select')[3]; s.value = 'all'; s.dispatchEvent(new Event('change'))")
    browser.wait("live")
    assert "mean of 24 replicates" in browser.run("return document.querySelector('.side figcaption').textContent")


def test_provenance_is_walked_from_root_to_claim_and_back(browser, address):
    show(browser, address, "evidence")
    browser.run("[...document.querySelectorAll('#walk button')].find(b => b.textContent === 'T1').click()")
    assert "claim T1" in browser.run("return document.querySelector('.walk-place h3').textContent")
    assert browser.run("return document.activeElement.className") == "walk-place"
    browser.run("[...document.querySelectorAll('#walk button')].find(b => b.textContent === 'Back').click()")
    assert "root watch-collection" in browser.run("return document.querySelector('.walk-place h3').textContent")


def test_a_view_goes_from_page_to_page_and_is_saved_as_a_file(browser, address, folder):
    browser.visit(f"{address}evidence#what-if&letter.watch-service=E&without=court-files")
    browser.run("document.querySelector('.save button').click()")
    browser.until("return document.querySelectorAll('.save pre').length", 2)
    text, commands = browser.run("return [...document.querySelectorAll('.save pre')].map(p => p.textContent)")
    assert 'watch-service = { letter = "E"' in text
    note, command = commands.split("\n")
    assert note.startswith("# each change is weighed by itself; ")
    assert command == "interlope weigh toy --seed 7 --as-of 2030-02-19 --without court-files --regrade watch-service=E"
    browser.leave("[...document.querySelectorAll('nav a')][1].click()", "explanations")
    browser.wait("scripted")
    browser.wait("ready")
    assert browser.run("return location.hash").startswith("#what-if&letter.watch-service=E")
    browser.until("return document.getElementById('changed').hidden", False)


@pytest.mark.parametrize("page", ["evidence", "explanations"])
def test_what_it_would_take_is_said_without_a_search_and_a_link_sets_what_if(browser, address, page):
    browser.screen(1280)
    show(browser, address, page)
    await_rows(browser, "#letters tbody tr", 2)
    rows = browser.run("return [...document.querySelectorAll('#letters tbody tr')].map(r => [...r.cells].map(c => c.textContent))")
    assert {row[0] for row in rows} == {"takeover", "rivalry"}
    assert next(row for row in rows if row[0] == "takeover")[2] == "leads as it is"
    letters = browser.run("const a = [...document.querySelectorAll('#letters tbody a')].at(-1); a.click(); return a.textContent")
    assert browser.run("return location.hash").startswith("#what-if&letter.")
    for part in letters.split(", "):
        source, letter = part.split(" ")[0], part[-1]
        browser.until(f"return document.querySelector('[data-kind=letter][data-id={source}]').value", letter)
    browser.until("return document.getElementById('changed').hidden", False)


def test_an_option_is_named_until_one_of_its_levers_is_moved(browser, address):
    browser.screen(1280)
    show(browser, address, "options")
    browser.run("const s = document.querySelector('.levers select'); s.value = 'joint-patrols'; s.dispatchEvent(new Event('change'))")
    browser.wait("live")
    title = "return document.querySelector('.view figcaption b').textContent"
    assert browser.run(title) == "Harm a year with joint patrols, all explanations together"
    browser.run("document.querySelector('[data-lever=legal_pathways]').focus()")
    press(browser, "ArrowRight")
    browser.wait("live")
    assert browser.run("return document.querySelector('.levers select').value") == ""
    assert browser.run(title) == "Harm a year with my own levers, all explanations together"


def test_two_pages_of_one_launch_do_not_stop_each_other(browser, address):
    """A page that asks with the highest turn there is leaves the options of another as they are."""
    from interlope.results.explorer import MOST_TURNS

    show(browser, address, "next")
    script = """const [request, done] = arguments, headers = {'content-type': 'application/json'};
      fetch('api/live', {method: 'POST', headers, body: JSON.stringify(request)}).then(answer => done(answer.status))"""
    body = {"script": script, "args": [{"page": "other", "turn": MOST_TURNS}]}
    status = browser.call("POST", f"/session/{browser.session}/execute/async", body)
    assert status == 200
    show(browser, address, "options")
    assert browser.run("return document.getElementById('live-status').textContent").endswith("all are run")
