"""What if in a browser: the page's numbers are Python's, a view is a link, and without scripts all else is there."""
from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import interlope as il
from interlope.inference import likelihood
from interlope.inference.evidence import odds
from interlope.inference.sampling.problem import Effort
from interlope.reporting import html, record

SMALL = Effort(waves=(96, 96), particles=60, populations=2, limit=2, candidates=400, residuals=6)
ROWS = """return Object.fromEntries([...document.querySelectorAll('#odds-now tbody tr')].map(r => [r.dataset.name,
  [+r.querySelector('.now').dataset.value, +r.querySelector('.points').dataset.value, +r.dataset.k, +r.dataset.logZ]]))"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def verdict():
    return il.weigh(il.fit("toy", seed=3, effort=SMALL))


@pytest.fixture(scope="module")
def page(verdict, tmp_path_factory) -> Path:
    return il.report("toy", verdict.fits, verdict, to=tmp_path_factory.mktemp("page"))


def several(verdict):
    """A relay and a source regraded, a claim left out, and the figures of one root, by the likelihood itself."""
    left = {}
    for name, p in verdict.fits.posteriors.items():
        plan, parts = likelihood.regraded(verdict.fits.plan, p.terms, p.statistics, "relay-paper", "E")
        plan, parts = likelihood.regraded(plan, parts, p.statistics, "watch-service", "A")
        plan, parts = likelihood.without_claim(*likelihood.without(plan, parts, p.statistics, "guard-count"), "T2")
        left[name] = p.log_prior + likelihood.total(plan, parts)
    return odds.model_probabilities(verdict.fits, left)


CHANGES = {
    "": lambda v: v.models,
    "letter.watch-service=E": lambda v: v.regrade("watch-service", "E"),
    "letter.court=F": lambda v: v.regrade("court", "F"),
    "without=watch-collection": lambda v: v.without(root="watch-collection"),
    "without=guard-count": lambda v: v.without(root="guard-count"),
    "claims=T1": lambda v: v.without(claim="T1"),
    "count=outlets": lambda v: v.naive,
    "letter.relay-paper=E&letter.watch-service=A&without=guard-count&claims=T2": several,
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_pages_numbers_are_pythons(browser, page, verdict, change):
    browser.open(page, f"#what-if&{change}" if change else "", ready=True)
    exact, here = CHANGES[change](verdict), browser.run(ROWS)
    for name, (probability, points, k, log_z) in here.items():
        assert abs(probability - exact.probability[name]) < 5e-4
        assert points == pytest.approx(exact.effective[name], rel=0.01)
        assert log_z == pytest.approx(exact.log_z[name], abs=0.002)
        if change:  # as weighed, Python's is the worst of all checkpoints
            assert k == pytest.approx(exact.pareto_k[name], abs=0.02)


def test_prior_odds_multiply_the_evidence(browser, page, verdict):
    browser.open(page, "#what-if&odds.takeover=-0.7", ready=True)
    ratio = 10**-0.7 * verdict.models.probability["takeover"] / verdict.models.probability["rivalry"]
    assert browser.run(ROWS)["takeover"][0] == pytest.approx(ratio / (1 + ratio), abs=5e-4)


def test_without_any_evidence_the_prior_stands_exactly(browser, page, verdict):
    browser.open(page, ready=True)
    roots = json.loads(browser.run("return document.getElementById('terms').textContent"))["terms"]["roots"]
    browser.open(page, f"#what-if&without={','.join(r['id'] for r in roots)}&odds.takeover=0.5", ready=True)
    share = 10**0.5 / (10**0.5 + 1)
    here = browser.run(ROWS)
    assert here["takeover"][0] == pytest.approx(share, abs=1e-12) and here["rivalry"][0] == pytest.approx(1 - share, abs=1e-12)
    told = browser.run("return [document.getElementById('told').textContent, document.querySelector('#odds-now .points').textContent]")
    assert "No evidence is left, so these are the prior probabilities: takeover" in told[0] and f"({100 * share:.0f}%)" in told[0]
    assert "effective points" not in told[0] and told[1] == "–"


def test_no_number_is_told_where_too_few_effective_points_are_left(browser, page):
    text, least = page.read_text(encoding="utf-8"), re.compile(r'("thin":\{"points":)[0-9.]+')
    for points, few in (("1e9", True), ("0", False)):
        page = page.with_name(f"thin-{few}.html")
        page.write_text(least.sub(rf"\g<1>{points}", text), encoding="utf-8")
        browser.open(page, "#what-if&letter.watch-service=A", ready=True)
        told, changed = browser.run("return [document.getElementById('told').textContent, document.getElementById('changed').innerText]")
        assert ("Too few effective points are left of rivalry and takeover for a probability to be given. "
                "The command weigh --refit fits the change anew." in told) == few
        assert bool(re.search("[0-9]%", told)) != few and "`" not in told
        assert ("no number, for too few effective points are left; with nothing changed," in changed) == few
        browser.open(page, ready=True)
        assert re.search("[0-9]%", browser.run("return document.getElementById('told').textContent"))


def test_the_curve_is_the_verdicts(browser, page, verdict):
    browser.open(page, ready=True)
    browser.run("return new Promise(requestAnimationFrame)")
    rows = browser.run("return [...document.querySelectorAll('#curve-table tbody tr')].map(r => [...r.cells].map(c => c.textContent))")
    names = list(verdict.models.probability)
    assert [row[0] for row in rows] == list("ABCDEF")
    for letter, *shares in rows:
        assert all(abs(int(s.strip("%<>")) / 100 - verdict.curve[letter].probability[n]) < 0.011 for n, s in zip(names, shares))
    assert browser.run("return document.querySelectorAll('#curve path').length") == 2 * 7


SET = """const box = document.getElementById('what-if'), put = (selector, act) => {
  const control = box.querySelector(selector); act(control); control.dispatchEvent(new Event('input', {bubbles: true})); };
put('[data-kind=letter][data-id=watch-service]', c => { c.value = 'E'; });
put('[data-kind=root][data-id=guard-count]', c => { c.checked = false; });
put('[data-kind=claim][data-id=T2]', c => { c.checked = false; });
put('[data-kind=odds][data-id=takeover]', c => { c.value = 0.5; });
put('[data-kind=count][value=outlets]', c => { c.checked = true; }); put('[data-kind=words]', c => { c.value = 'ipcc'; });
return [location.hash, document.getElementById('told').textContent, document.getElementById('changed').innerText]"""


def test_a_view_is_a_link_the_answer_is_rewritten_and_reset_puts_it_back(browser, page):
    browser.open(page, ready=True)
    before = browser.run(ROWS)
    fragment, told, changed = browser.run(SET)
    here = browser.run(ROWS)
    assert fragment == "#what-if&letter.watch-service=E&without=guard-count&claims=T2&odds.takeover=0.5&count=outlets&words=ipcc"
    assert "letter E for watch-service" in told and "Too few effective points are left of takeover" in told and here != before
    assert "One organisation:" in changed and "with nothing changed," in changed
    browser.open(page, fragment, ready=True)
    assert browser.run(ROWS) == here
    assert browser.run("return document.getElementById('told').textContent") == told
    assert browser.run("""const on = s => document.querySelector('#what-if ' + s); return [on('[data-kind=letter]').value,
      on('[data-kind=root][data-id=guard-count]').checked, on('[data-kind=claim][data-id=T2]').checked,
      on('[value=outlets]').checked]""") == ["E", False, False, True]
    browser.run("document.querySelector('[data-act=reset]').click()")
    after = browser.run("return [location.hash, document.getElementById('changed').hidden]")
    assert after == ["#what-if", True] and browser.run(ROWS) == before


def test_a_headline_is_refused_where_the_report_refuses_one_and_with_its_words(browser, page, verdict):
    text = re.sub(r'("headline":\{"likely":[0-9.]+,"points":)[0-9.]+', r"\g<1>1", page.read_text(encoding="utf-8"))  # few points are enough
    page = page.with_name("resolved.html")
    page.write_text(text.replace('"resolved":false', '"resolved":true'), encoding="utf-8")
    told = "return [document.getElementById('told').textContent, document.getElementById('changed').innerText]"
    browser.open(page, ready=True)
    assert verdict.withheld is not None, "the made-up case rests on one root"
    root, reason = verdict.withheld
    reason = reason.partition(", roughly")[0]
    assert f"No headline is given, because one root drives the answer ({root}): {reason}." in browser.run(told)[0]
    browser.open(page, "#what-if&odds.takeover=-0.05", ready=True)
    sentence, changed = browser.run(told)
    assert f"one root drives the answer ({root})" in sentence and changed.startswith("No headline: one root drives the answer. Changed:")
    assert "One organisation: no headline, because one root drives it: " in changed and f"with {root}, " in changed
    browser.open(page, f"#what-if&without={root}", ready=True)
    sentence, changed = browser.run(told)
    assert "No headline" not in sentence and "with nothing changed, no headline, because one root drives it" in changed


def test_a_link_with_strange_parts_is_read_as_far_as_it_can_be(browser, page):
    browser.open(page, "#what-if&letter.nobody=A&letter.court=Z&odds.takeover=9&without=guard-count&%E0%A4%A=1&x", ready=True)
    told = browser.run("return document.getElementById('told').textContent")
    assert "5 parts of the link name nothing in this report" in told and "without the root guard-count" in told


def test_nothing_is_requested_or_complained_about_while_it_is_used(browser, page):
    browser.log("performance")
    browser.log("browser")
    browser.open(page, ready=True)
    browser.run(SET)
    sent = [json.loads(entry["message"])["message"] for entry in browser.log("performance")]
    asked = [m["params"]["request"]["url"] for m in sent if m["method"] == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith(("file://", "about:"))] == []
    assert [entry["message"] for entry in browser.log("browser")] == []


def test_it_is_used_by_keyboard_and_every_control_has_a_name(browser, page):
    browser.open(page, ready=True)
    before = browser.run(ROWS)["takeover"][0]
    browser.run("document.querySelector('[data-kind=odds][data-id=takeover]').focus()")
    for kind in ("rawKeyDown", "keyUp"):
        browser.tell("Input.dispatchKeyEvent", type=kind, key="ArrowRight", code="ArrowRight", windowsVirtualKeyCode=39)
    assert browser.run(ROWS)["takeover"][0] > before
    assert browser.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"
    nameless = """return [...document.querySelectorAll('#what-if :is(input, select)')].filter(c => !c.labels.length).length
      + [...document.querySelectorAll('button')].filter(b => !(b.textContent.trim() || b.ariaLabel)).length"""
    assert browser.run(nameless) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_stands_out(browser, page, scheme):
    browser.tell("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    for width in (390, 1280, 1920):
        browser.screen(width)
        browser.open(page, "#what-if&count=outlets", ready=True)
        assert browser.run("return document.documentElement.scrollWidth") <= width
        assert browser.run("return document.querySelector('#odds-now .now').getBoundingClientRect().right") <= width
    low = browser.run("""const light = c => { const v = c.match(/[\\d.]+/g).slice(0, 3).map(x => x / 255)
        .map(x => x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4); return .2126*v[0] + .7152*v[1] + .0722*v[2] };
      const paper = e => getComputedStyle(e).backgroundColor;
      const behind = e => /, 0\\)$/.test(paper(e)) ? behind(e.parentElement) : paper(e);
      const inks = '#what-if :is(p, label, legend, td, th, summary, button, select, output), #changed p';
      return [...document.querySelectorAll(inks)].map(e => {
        const [a, b] = [light(getComputedStyle(e).color), light(behind(e))];
        return [e.tagName, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)] }).filter(([, ratio]) => ratio < 4.5)""")
    assert low == []


def test_without_scripts_the_panel_is_absent_and_all_else_is_there(browser, page):
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(page)
        text = browser.call("GET", f"/session/{browser.session}/source")
        tree = browser.tell("Accessibility.getFullAXTree")["nodes"]
    finally:
        browser.tell("Emulation.setScriptExecutionDisabled", value=False)
    heads = {n["name"]["value"] for n in tree if n["role"]["value"] == "heading"}
    study = record.load(page.parent)
    assert {s.title for s in html.arrange(study)} <= {h.lstrip("0123456789 ") for h in heads}
    assert "What if" not in heads and "data-ready" not in text
    captions = {n["name"]["value"] for n in tree if n["role"]["value"] == "table"}
    assert any(c.startswith("The explanations, most probable first") for c in captions)
