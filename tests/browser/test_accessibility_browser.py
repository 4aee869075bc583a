"""The report for everyone: axe-core finds nothing, in either theme and width; a keyboard reaches all, and focus is seen."""
from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

import interlope as il
from interlope.inference.sampling.problem import Effort
from interlope.pipeline import shipped
from interlope.reporting import html, record

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
SMALL = Effort(waves=(96, 96), particles=60, populations=2, limit=2, candidates=400, residuals=6)
OPEN = "for (const fold of document.querySelectorAll('details')) fold.open = true"
SETTINGS = "resultTypes: ['violations'], preload: false, iframes: false"
TELL = """.then(found => found.violations.flatMap(rule => rule.nodes.slice(0, 4).map(node => [rule.id, node.target.join(' '),
  node.failureSummary])))"""
OF_THE_PAGE = ["landmark-unique", "region", "heading-order", "page-has-heading-one", "bypass", "document-title", "html-has-lang",
               "landmark-one-main", "landmark-no-duplicate-banner", "landmark-no-duplicate-main", "duplicate-id-aria", "skip-link"]
PARTS = "window.parts = [...document.querySelectorAll('header, nav, main > section, footer')]; return parts.length"
# The element with focus: its name, whether an outline or a border shows the focus, and whether it is within the window
FOCUSED = """const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
return [e.tagName, (e.ariaLabel || e.labels?.[0]?.innerText || e.innerText || '').trim().slice(0, 40),
  style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1, box.width > 0 && box.bottom > 0 && box.top < innerHeight,
  e.dataset.walk ?? (e.dataset.walk = '1', null)]"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        if os.environ.get("INTERLOPE_BROWSER") == "required":
            pytest.fail("axe-core is required here: cd web && npm ci")
        pytest.skip("needs axe-core: cd web && npm ci")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    """The report of a small fit of the made-up case with its comparison, and that of the flagship's shipped answer."""
    fits = il.fit("toy", seed=3, effort=SMALL)
    compared = il.compare("toy", il.draws(fits, 4, seed=3), days=5, seed=3)
    toy = il.report("toy", fits, il.weigh(fits), compared, to=tmp_path_factory.mktemp("toy"))
    flagship = html.write(record.rate(record.load(shipped.find("serbia-hungary"))), tmp_path_factory.mktemp("flagship"))
    return {"toy": toy, "flagship": flagship}


def emulate(browser, scheme: str = "light", motion: str = "no-preference") -> None:
    browser.tell("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme},
                                                         {"name": "prefers-reduced-motion", "value": motion}])


def audit(browser, axe: str) -> list[list[str]]:
    """Violations of the page as a whole, then of its parts one by one: of a long report at once a browser takes minutes."""
    browser.run(axe)
    found = browser.run(f"return axe.run(document, {{{SETTINGS}, runOnly: {json.dumps(OF_THE_PAGE)}}}){TELL}")
    for i in range(browser.run(PARTS)):
        found += browser.run(f"return axe.run(parts[{i}], {{{SETTINGS}}}){TELL}")
    return found


LONG = pytest.mark.skipif(os.environ.get("INTERLOPE_AXE") != "all", reason="takes ten minutes in all: INTERLOPE_AXE=all runs it")


@pytest.mark.slow
@pytest.mark.parametrize(("name", "scheme", "width"), [
    ("toy", "light", 390), ("toy", "dark", 1280),
    *(pytest.param(*each, marks=LONG) for each in (("toy", "dark", 390), ("toy", "light", 1280), ("flagship", "light", 390),
                                                   ("flagship", "dark", 1280))),
])
def test_axe_finds_no_violation(browser, pages, axe, name, scheme, width):
    emulate(browser, scheme)
    browser.screen(width)
    browser.open(pages[name], "#what-if&count=outlets", ready=True)
    if name == "toy":  # what is folded is the same in both, and far more in the other
        browser.run(OPEN)
    assert audit(browser, axe) == []


def press(browser, key: str, code: int, shift: bool = False) -> None:
    for kind in ("rawKeyDown", "keyUp"):
        browser.tell("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, modifiers=8 if shift else 0)


def test_a_keyboard_reaches_every_control_once_and_focus_is_seen(browser, pages):
    emulate(browser, motion="reduce")
    browser.screen(1280)
    browser.open(pages["toy"], ready=True)
    walked = []
    for _ in range(600):
        press(browser, "Tab", 9)
        tag, name, outlined, seen, before = browser.run(FOCUSED)
        if tag == "BODY" or before:
            break
        walked.append((tag, name, outlined, seen))
    assert walked[0][1] == "Skip to the answer" and len(walked) > 40
    assert [w for w in walked if not w[1]] == [], "without a name"
    assert [w for w in walked if not w[2]] == [], "focus is not seen"
    assert [w for w in walked if not w[3]] == [], "outside the window"
    left = browser.run("""return [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
      .filter(e => e.checkVisibility() && !e.dataset.walk && !(e.type === 'radio' && !e.checked)).map(e => e.outerHTML.slice(0, 90))""")
    assert left == []


def test_motion_is_reduced_where_that_is_wanted(browser, pages):
    emulate(browser, motion="reduce")
    browser.open(pages["toy"], ready=True)
    moving = """return [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
      return s.scrollBehavior === 'smooth' || parseFloat(s.transitionDuration) > 0 || s.animationName !== 'none'; }).length"""
    assert browser.run(moving) == 0


def test_every_figure_has_a_name_and_a_table_behind_it(browser, pages):
    for page in pages.values():
        browser.open(page, ready=True)
        bare = browser.run("""return [...document.querySelectorAll('main figure')].filter(f =>
          !f.querySelector('figcaption b')?.textContent || !f.querySelector('details table')
          || ![...f.querySelectorAll('svg')].every(s => s.getAttribute('role') === 'img' && s.ariaLabel))
          .map(f => f.id)""")
        assert bare == []
