"""The report in a browser: no request leaves it, nothing scrolls sideways, both widths and both schemes work."""
from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from interlope.pipeline import calibrated, shipped
from interlope.reporting import html, record
from interlope.results.study import StudyRecord

SAMPLES = Path(__file__).parents[1] / "unit" / "samples"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def study() -> StudyRecord:
    read = {n: json.loads((SAMPLES / f"{n}.json").read_text(encoding="utf-8")) for n in ("dossier", "weigh", "compare")}
    case = {"name": "sample", "question": "Who holds the market, and would force help?", "as_of": "2023-11-14",
            "sha256": "ab" * 32}
    return StudyRecord.model_validate({"case": case, **read, "run_id": "1a2b3c4d", "version": "0"})


@pytest.fixture(scope="module")
def page(study, tmp_path_factory) -> Path:
    return html.write(study, tmp_path_factory.mktemp("page"))


@pytest.mark.parametrize("width", [1280, 768, 390])
def test_the_page_never_scrolls_sideways(browser, page, width):
    browser.screen(width)
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


@pytest.mark.parametrize("name", ["serbia-hungary", "channel-boats"])
def test_shipped_answers_print_on_fourteen_pages_and_their_briefs_on_two(browser, tmp_path, name):
    study = calibrated.attach(record.load(shipped.find(name)), tmp_path)
    for form, most in ((html.REPORT, 14), (html.Form(brief=True), 2)):
        browser.open(html.write(study, tmp_path, form))
        assert browser.count_pages() <= most


def test_print_is_a_report_and_leaves_annexes_to_who_asks(browser, study, page, tmp_path):
    browser.open(page)
    pages = browser.count_pages()
    assert pages <= 14
    browser.open(html.write(study, tmp_path, html.Form(brief=True)))
    assert browser.count_pages() <= 2
    assert browser.run("return document.querySelectorAll('script, #what-if, nav').length") == 0
    browser.open(html.write(study, tmp_path, html.Form(annexes=True)))
    assert browser.run("return document.querySelectorAll('details.fold:not([open])').length") == 0
    assert browser.count_pages() > pages


def test_what_a_reader_opens_is_printed_and_the_address_asks_for_all(browser, page):
    shown = "return [...document.querySelectorAll('details.fold')].map(d => d.checkVisibility())"
    browser.open(page)
    browser.run("document.querySelector('details.fold').open = true")
    browser.tell("Emulation.setEmulatedMedia", media="print")
    try:
        assert browser.run(shown)[0]
        assert not any(browser.run(shown)[1:])
    finally:
        browser.tell("Emulation.setEmulatedMedia", media="")
    browser.open(page, "?annexes")
    browser.run("dispatchEvent(new Event('beforeprint'))")
    assert browser.run("return document.querySelectorAll('details:not([open])').length") == 0


def test_tables_sort_by_a_column_and_filter_by_a_text(browser, page):
    browser.open(page, ready=True)
    column = "[...document.querySelector('[data-name=answer] tbody').rows].map(r => r.cells[1].textContent)"
    before = browser.run(f"return {column}")
    after = browser.run("document.querySelector('[data-name=answer] thead th:nth-child(2) button').click();"
                        f"return [{column}, document.querySelector('[data-name=answer] thead th:nth-child(2)').ariaSort]")
    assert before == sorted(before, key=lambda text: -int(text.strip("%<>")))
    assert after == [before[::-1], "ascending"]
    rows = browser.run("""const sheet = [...document.querySelectorAll('.sheet')].find(s => s.querySelector('input[type=search]'));
      const field = sheet.querySelector('input'), body = sheet.querySelector('tbody'), wanted = body.rows[3].cells[0].textContent;
      field.value = wanted; field.dispatchEvent(new Event('input', {bubbles: true}));
      return [wanted, body.rows.length, [...body.rows].filter(r => r.checkVisibility() || !r.hidden).map(r => r.textContent)]""")
    wanted, count, left = rows
    assert 0 < len(left) < count and all(wanted in text for text in left)


def test_figures_and_tables_offer_their_files_with_full_figures(browser, page):
    browser.open(page, ready=True)
    browser.run("""window.offered = []; URL.createObjectURL = blob => { offered.push(blob.text().then(t => [blob.type, t])); return '#'; };
      HTMLAnchorElement.prototype.click = function () {}; const figure = document.querySelector('#f-explanations');
      for (const button of figure.querySelectorAll('.files button')) button.click();
      window.bare = [...document.querySelectorAll('figure')].filter(f => f.querySelectorAll('.files button').length < 2).length""")
    offered = dict(browser.run("return Promise.all(offered)"))
    assert browser.run("return bare") == 0
    assert offered["text/csv"] == (page.parent / "tables" / "explanations.csv").read_text(encoding="utf-8")
    drawing = ElementTree.fromstring(offered["image/svg+xml"])
    fills = {e.get("fill") for e in drawing.iter()}
    assert drawing.tag.endswith("svg") and len(fills) > 3 and not any(e.get("class") for e in drawing.iter())


def test_the_probability_is_in_sight_on_a_telephone(browser, page):
    browser.screen(390)
    browser.open(page, ready=True)
    cell = browser.run("const r = document.querySelector('table.answer tbody td').getBoundingClientRect(); return [r.left, r.right]")
    assert 0 <= cell[0] < cell[1] <= 390


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
    browser.screen(width)
    browser.open(many)
    browser.frame()
    assert browser.run("return document.documentElement.scrollWidth") <= width
    seen = browser.run("""return [...document.querySelectorAll('.sheet')].filter(e => !e.closest('details:not([open])')).map(e => {
      const inner = e.querySelector('.scroll'), hint = e.querySelector('.hint');
      return [inner.scrollWidth > inner.clientWidth + 2, hint.offsetParent !== null] })""")
    assert [over for over, hint in seen if over != hint] == []
    assert any(over for over, _ in seen) == (width < 600)
    head = browser.run("""const s = document.querySelector('table.roots').closest('.scroll'); s.scrollLeft = 9999;
      return document.querySelector('table.roots tbody th').getBoundingClientRect().left - s.getBoundingClientRect().left""")
    assert abs(head) < 1
