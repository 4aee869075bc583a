"""What the explorer shows is in its address: reload, Back and links bring it again, and controls never say other than the page."""
from __future__ import annotations

import re
from contextlib import contextmanager

import pytest
from explored import await_rows, press, served, show

import interlope as il

pytestmark = pytest.mark.browser
CONTROLS = "return [...document.querySelectorAll('#live select')].map(s => s.value)"
CHOOSE = """const [index, value] = {}; const s = document.querySelectorAll('#live select')[index]; s.value = value;
  s.dispatchEvent(new Event('change'));"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    from interlope.pipeline import Plan

    folder = il.study("toy", Plan(seed=7, pairs=48), out=tmp_path_factory.mktemp("out")).folder
    with served(str(folder), tmp_path_factory.mktemp("explored")) as place:
        yield place


@pytest.fixture(autouse=True)
def forgetful(browser, address):
    """Every test begins with nothing remembered."""
    browser.screen(1280)
    show(browser, address, "next")
    browser.run("sessionStorage.clear()")


def choose(browser, index: int, value: str) -> None:
    browser.run(CHOOSE.replace("{}", f"[{index}, {value!r}]"))
    browser.wait("live")


def await_hash(browser, pattern: str) -> str:
    """The address, which follows a control a moment later, once the whole of it matches a pattern."""
    return browser.until_it("return location.hash", lambda here: re.fullmatch(pattern, here), pattern)


def follow(browser, link: str) -> None:
    """Go to another page by its link."""
    browser.leave(f"[...document.querySelectorAll('nav a')].find(a => a.textContent === '{link}').click()", link.lower())


def go_back(browser, page: str) -> None:
    browser.call("POST", f"/session/{browser.session}/back", {})
    browser.until("return document.body?.dataset.page", page)
    browser.wait("live")


def test_options_come_back_as_they_were(browser, address):
    show(browser, address, "options")
    choose(browser, 0, "takeover")
    choose(browser, 1, "joint-patrols")
    assert await_hash(browser, "#options&option=joint-patrols&by=takeover")
    title = "return document.querySelector('.view figcaption b').textContent"
    shown, force = browser.run(title), browser.run("return document.getElementById('in-force').textContent")
    assert shown == "Harm a year with joint patrols, under takeover" and force.startswith("In force, as joint patrols: joint patrols ")
    for again in ("refresh", "back", "link"):
        if again == "refresh":
            browser.leave("location.reload()", "options")
            browser.wait("live")
        else:
            follow(browser, "Next")
            browser.wait("scripted")
            if again == "back":
                go_back(browser, "options")
            else:
                follow(browser, "Options")
                browser.wait("live")
        assert browser.run(CONTROLS)[:2] == ["takeover", "joint-patrols"], again
        assert browser.run(title) == shown and browser.run("return document.getElementById('in-force').textContent") == force, again


def test_levers_of_an_address_are_set_and_what_cannot_be_is_said(browser, address):
    browser.visit(f"{address}options#options&levers=legal_pathways:0.3:5:10,raids:99:0:0&by=nobody", "live")
    force = "return document.getElementById('in-force').textContent"
    assert browser.run(force) == "In force: legal pathways 0.3 from day 5, rising over 10 days."
    assert "2 parts of the link name nothing" in browser.run("return document.getElementById('lost').textContent")
    browser.run("document.getElementById('clear').click()")
    browser.wait("live")
    assert browser.run(force).startswith("No lever is set")
    assert await_hash(browser, "#options&levers=") and browser.run("return document.activeElement.id") == "in-force"


@pytest.mark.parametrize("page", ["options", "evidence", "next"])
def test_an_address_that_names_nothing_is_said(browser, address, page):
    browser.visit(f"{address}{page}#optoins&option=none", "scripted")
    assert "names nothing on this page" in browser.run("return document.getElementById('lost').textContent")
    browser.run("location.hash = '#main'")
    browser.until("return document.getElementById('lost').textContent", "")


def test_the_market_comes_back_as_it_was(browser, address):
    show(browser, address, "market")
    for index, value in ((0, "takeover"), (1, "rivalry"), (2, "fitted"), (3, "4")):
        choose(browser, index, value)
    await_hash(browser, ".*replicate=5.*")
    captions = "return [...document.querySelectorAll('.side figcaption b')].map(b => b.textContent)"
    before = browser.run(captions)
    follow(browser, "Next")
    browser.wait("scripted")
    go_back(browser, "market")
    assert browser.run(CONTROLS)[:4] == ["takeover", "rivalry", "fitted", "4"] and browser.run(captions) == before
    text = browser.run("return document.querySelector('#live').innerText")
    assert "share no random numbers" in text and "no command prints them" in text and "interlope simulate toy" not in text
    choose(browser, 1, "takeover")
    text = browser.run("return document.querySelector('#live').innerText")
    assert "Both sides were to be takeover" in text and "share no random numbers" not in text
    choose(browser, 2, "priors")
    assert "interlope simulate toy takeover --draws 24 --seed 7" in browser.run("return document.querySelector('#live').innerText")


def test_nothing_plays_on_while_something_else_is_run(browser, address):
    show(browser, address, "market")
    now = browser.run("""document.getElementById('play').click(); const s = document.querySelector('#live select');
      s.value = [...s.options].find(o => o.value !== s.value).value; s.dispatchEvent(new Event('change'));
      const play = document.getElementById('play'); return [play.textContent, play.disabled, !!document.querySelector('.sides.stale')]""")
    assert now == ["Play", True, True]
    browser.wait("live")
    assert browser.run("return [document.getElementById('play').disabled, !!document.querySelector('.stale')]") == [False, False]


def test_every_column_is_of_the_explanation_that_is_chosen(browser, address):
    show(browser, address, "options")
    rows = "return [...document.querySelectorAll('table.live')[0].tBodies[0].rows].map(r => [...r.cells].map(c => c.textContent))"
    pooled = browser.run(rows)
    columns = {}
    for name in ("takeover", "rivalry"):
        choose(browser, 0, name)
        columns[name] = browser.run(rows)
        assert all(name in text for text in browser.run("""return [document.querySelector('.view figcaption b').textContent,
          document.querySelector('table.live caption').textContent, document.querySelector('#live .plot').ariaLabel]"""))
    for column in (4, 5, 6):
        assert any(one[column] != all_of[column] for one, all_of in zip(columns["takeover"], pooled)), column
        assert any(one[column] != two[column] for one, two in zip(columns["takeover"], columns["rivalry"])), column
    heads = browser.run("return [...document.querySelectorAll('table.live')[0].tHead.rows[0].cells].map(c => c.textContent)")
    assert heads[-1] == "regret"


SIGHT = """return new Promise(done => new IntersectionObserver((seen, own) => {
  if (seen.at(-1).isIntersecting === WANTED) { own.disconnect(); done(true); } }).observe(document.querySelector('.desk + div')))"""


@pytest.mark.parametrize(("in_sight", "fewest", "most"), [(False, 1, 1), (True, 2, 3)])
def test_tables_out_of_sight_wait_for_the_last_stage_and_are_of_its_answer(browser, address, in_sight, fewest, most):
    show(browser, address, "options")
    browser.run("""const tables = document.querySelector('table.live').closest('.sheet').parentNode; window.renewed = 0;
      new MutationObserver(() => { window.renewed += 1; }).observe(tables, {childList: true});""")
    if in_sight:
        browser.run("document.querySelector('table.live').scrollIntoView({behavior: 'instant'})")
    browser.run(SIGHT.replace("WANTED", "true" if in_sight else "false"))
    browser.run("const s = document.querySelector('[data-lever=joint_patrols]'); s.value = 57; s.dispatchEvent(new Event('input'))")
    browser.wait("live")
    assert fewest <= browser.run("return window.renewed") <= most
    label = browser.run("return document.querySelector('.view svg[role=img]').ariaLabel")
    rows = browser.run("""return [...document.querySelectorAll('table.live')[0].tBodies[0].rows]
      .map(r => `${r.cells[0].querySelector('span').firstChild.textContent} ${r.cells[1].textContent.split(' (')[0]}`)""")
    assert len(rows) > 3 and [row for row in rows if row not in label] == []


def test_every_slider_reaches_the_end_of_its_range(browser, address):
    show(browser, address, "options")
    browser.run("document.getElementById('clear').click()")
    ends = browser.run("""const about = JSON.parse(document.getElementById('page-data').textContent).levers;
      const most = Object.fromEntries(about.map(l => [l.name, l.high]));
      return [...document.querySelectorAll('[data-lever]')].map(s => { s.value = s.max; s.dispatchEvent(new Event('input'));
        return [s.dataset.lever, most[s.dataset.lever], document.querySelector(`output[for=${s.id}]`).textContent]; })""")
    browser.wait("live")
    packed = await_hash(browser, ".*legal_pathways.*")
    for name, high, shown in ends:
        assert f"{name}:{high:g}:0:0" in packed and float(shown.replace(",", "")) == pytest.approx(high, rel=0.01), name


def test_a_link_to_what_if_takes_the_focus_along(browser, address):
    show(browser, address, "evidence")
    await_rows(browser, "#letters tbody a", 1)
    browser.run("const a = document.querySelector('#letters tbody a'); a.focus()")
    browser.tell("Input.dispatchKeyEvent", type="rawKeyDown", key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r")
    browser.tell("Input.dispatchKeyEvent", type="char", key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r")
    browser.until("return document.activeElement.id", "h-what-if")
    press(browser, "Tab")
    assert browser.run("return document.activeElement.closest('#what-if') !== null")


def test_on_a_telephone_the_chart_scrolls_away_and_tables_say_that_they_go_on(browser, address):
    browser.screen(390)
    show(browser, address, "options")
    await_rows(browser, ".desk ~ div .sheet.more", 1)
    view, brief, hint, by, key, right = browser.run("""const css = s => getComputedStyle(document.querySelector(s));
      const top = s => document.querySelector(s).getBoundingClientRect().top;
      return [[css('.view').position, css('.view').overflowY], [css('.brief').position, css('.brief').display],
        css('.desk ~ div .sheet.more .hint').display, top('.view .control') < top('.view figure'),
        ['.view .key', '.view'].map(s => document.querySelector(s).getBoundingClientRect().bottom).reduce((a, b) => a <= b),
        Math.max(...[...document.querySelectorAll('.view .key li')].map(e => e.getBoundingClientRect().right))]""")
    assert (view, brief, hint, by, key) == (["static", "visible"], ["sticky", "block"], "block", True, True) and right <= 390
    rule = browser.run("""const svg = document.querySelector('.view svg'), box = e => e.getBoundingClientRect();
      const lines = [...svg.querySelectorAll('.rule')].map(box);
      const through = t => lines.some(l => l.top < t.bottom - 2 && l.bottom > t.top + 2 && l.left < t.right && l.left > t.left);
      return [...svg.querySelectorAll('text:not(.small)')].map(box).filter(through).length""")
    assert rule == 0
    browser.screen(1280)


def test_no_change_is_drawn_at_zero(browser, address):
    """A mean beside an interval of 0 to 0 stood farthest out, for each row has a scale of its own."""
    show(browser, address, "options")
    browser.run("""const ask = window.fetch; window.fetch = async (...all) => { const body = await (await ask(...all)).json();
        for (const o of body.outcomes) for (const d of o.differences) Object.assign(d, {mean: -0.013, q05: 0, q95: 0, direction: ''});
        return new Response(JSON.stringify(body)); };
      document.getElementById('clear').click()""")
    browser.wait("live")
    places = browser.run("""const zero = document.querySelector('.view .rule').getBBox().x;
      const place = b => b.x + b.width / 2 - zero;
      return [...document.querySelectorAll('.view [data-way]')].map(p => [p.dataset.way, place(p.getBBox())])""")
    assert places and all(way == "same" and abs(x) < 1 for way, x in places)
    assert "(no change)" in browser.run("return document.querySelector('table.live tbody td').textContent")


def test_a_name_is_saved_by_enter_and_old_words_go(browser, address):
    show(browser, address, "options")
    say = "return document.querySelector('.save [role=status]').textContent"
    enter = """const n = document.querySelector('.save input'); n.value = '{}';
      n.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}));"""
    browser.run(enter.replace("{}", "by-enter"))
    await_text(browser, say, "Written to ")
    browser.run(enter.replace("{}", "by-enter"))
    await_text(browser, say, "is there already and is never overwritten; choose another name")
    assert "--to" not in browser.run(say)
    assert "1 to 60 small letters" in browser.run(enter.replace("{}", "x" * 61) + say)
    assert browser.run("return document.querySelector('.save input').value.length") == 61


def await_text(browser, script: str, part: str) -> None:
    browser.until_it(script, lambda text: part in text, part)


def test_lines_of_the_series_have_a_legend(browser, address):
    show(browser, address, "options")
    entries = browser.run("""return [...document.querySelectorAll('.desk ~ div figure .key li')].map(
      l => [l.textContent.trim(), l.querySelector('line')?.getAttribute('stroke-dasharray') ?? ''])""")
    assert entries[:2] == [["without it", "6 4"], ["with it", ""]] and "middle 50%" in entries[2][0]
    names = browser.run("return [...document.querySelectorAll('#live select')].at(-1).innerText")
    assert "concentration (HHI)" in names and "_" not in names


HOLD = """const ask = window.fetch; window.asked = []; window.fetch = async (url, options) => { const body = JSON.parse(options.body);
  window.asked.push(body); const answer = await ask(url, options); await new Promise(done => setTimeout(done, 400)); return answer; };"""
NAME = "document.querySelector('.view figcaption b').textContent"


@contextmanager
def beforehand(browser, script: str):
    """A script that every page runs before its own."""
    name = browser.tell("Page.addScriptToEvaluateOnNewDocument", source=script)["identifier"]
    try:
        yield
    finally:
        browser.tell("Page.removeScriptToEvaluateOnNewDocument", identifier=name)


def test_an_option_of_the_case_is_asked_for_by_its_name_until_a_lever_is_moved(browser, address):
    show(browser, address, "options")
    browser.run(HOLD.replace("400", "0"))
    choose(browser, 1, "joint-patrols")
    asked = browser.run("const all = window.asked; window.asked = []; return all")
    assert asked and all(body["option"] == "joint-patrols" and "levers" not in body for body in asked)
    browser.run("const s = document.querySelector('[data-lever=joint_patrols]'); s.value = 57; s.dispatchEvent(new Event('input'))")
    browser.wait("live")
    assert all([lever["name"] for lever in body["levers"]] == ["joint_patrols"] for body in browser.run("return window.asked"))


def test_numbers_stand_under_the_name_of_what_they_are_of(browser, address):
    show(browser, address, "options")
    browser.run(f"""{HOLD} window.names = [];
      new MutationObserver(() => window.names.push({NAME})).observe(document.querySelector('.view figure'), {{childList: true}});
      for (const value of ['joint-patrols', 'safe-reception']) {{ const s = document.querySelector('.levers select'); s.value = value;
        s.dispatchEvent(new Event('change')); }}""")
    browser.wait("live")
    names = [name.split(",")[0] for name in browser.run("return window.names")]
    assert names[0] == "Harm a year with joint patrols" and set(names[1:]) == {"Harm a year with safe reception"}


def test_something_newer_is_asked_for_while_a_later_stage_runs_and_once_only(browser, address):
    show(browser, address, "options")
    browser.run("""const ask = window.fetch, slider = document.querySelector('[data-lever=legal_pathways]');
      let moved = false; window.order = [];
      const move = () => { slider.value = Number(slider.value) + 7; slider.dispatchEvent(new Event('input')); };
      window.fetch = async (url, options) => { const {stage, turn} = JSON.parse(options.body), answer = ask(url, options);
        window.order.push(['ask', stage, turn]);
        if (stage === 1 && !moved) {
          moved = true; setTimeout(() => { move(); move(); }); await new Promise(done => setTimeout(done, 300)); }
        await answer; window.order.push(['answer', stage, turn]); return answer; };
      move();""")
    browser.wait("live")
    order = browser.run("return window.order")
    old = next(turn for what, stage, turn in order if stage == 1)
    between = order[order.index(["ask", 1, old]) + 1 : order.index(["answer", 1, old])]
    assert [step for step in between if step[0] == "ask"] == [["ask", 0, old + 1]]
    assert order[-1][2] == old + 2 and ["ask", 0, old + 2] in order


def test_a_refusal_without_a_word_is_said_and_nothing_is_said_to_run(browser, address):
    broken = """const ask = window.fetch; window.fetch = (url, options) => JSON.parse(options.body).option === 'safe-reception'
      ? Promise.resolve(new Response('', {status: 429})) : ask(url, options);
      const parse = JSON.parse; JSON.parse = text => { const data = parse(text); if (data.cautions) data.cautions = ['Few points.'];
        return data; };"""
    with beforehand(browser, broken):
        browser.visit(f"{address}options#options&option=joint-patrols", "live", "failed")
    text = browser.run("return document.querySelector('#live').innerText")
    assert "The explorer did not answer: 429." in text
    assert "are being run for the regret" not in text and "Regret is counted among" in text
    assert browser.run("return document.querySelector('.view .callout').innerText").split("\n\n") == ["Read with caution", "Few points."]


def test_what_lies_below_is_of_the_answer_that_is_printed(browser, address):
    show(browser, address, "options")
    browser.run(HOLD.replace("const answer", "if (body.stage) await new Promise(() => {}); const answer"))
    browser.run("const s = document.querySelector('[data-lever=legal_pathways]'); s.value = 31; s.dispatchEvent(new Event('input'))")
    busy = "return document.querySelector('table.live').closest('[aria-busy]').ariaBusy"
    await_text(browser, busy, "true")
    browser.run("dispatchEvent(new Event('beforeprint'))")
    assert browser.run(busy) == "false"


def test_the_figure_of_harms_is_drawn_for_its_width(browser, address):
    show(browser, address, "options")
    box = "return document.querySelector('.view svg').getAttribute('viewBox')"
    before = browser.run(box)
    browser.screen(900)
    after = browser.until_it(box, lambda now: now != before, f"another than {before}")
    assert after and after != before


def test_the_market_says_what_failed_and_draws_on_the_same_charts(browser, address):
    show(browser, address, "market")
    browser.run("window.chart = document.querySelector('.side .plot')")
    choose(browser, 0, "takeover")
    choose(browser, 1, "rivalry")
    same = "document.querySelector('.side .plot') === window.chart"
    assert browser.run(f"return {same} && document.querySelectorAll('.side canvas').length") == 2
    browser.run("window.fetch = async () => new Response('', {status: 500});" + CHOOSE.replace("{}", "[1, '']"))
    browser.wait("live", "failed")
    assert browser.run("return document.querySelector('.sides').ariaBusy") == "false"
    assert "did not answer: 500." in browser.run("return document.querySelector('#live [role=status]').textContent")


def test_a_file_that_is_shown_goes_when_a_lever_is_moved(browser, address):
    show(browser, address, "options")
    choose(browser, 1, "joint-patrols")
    browser.run(HOLD)
    buttons = "return [...document.querySelectorAll('.save button')].map(b => b.disabled)"
    assert browser.run("document.querySelector('.save button').click();" + buttons) == [True, True]
    await_rows(browser, ".save pre", 2)
    assert browser.run(buttons) == [False, False]
    browser.run("const s = document.querySelector('[data-lever=raids]'); s.value = 9; s.dispatchEvent(new Event('input', {bubbles: true}))")
    assert browser.run("return document.querySelectorAll('.save pre').length") == 0


def test_names_that_every_object_has_name_nothing(browser, address):
    browser.visit(f"{address}options#options&by=constructor", "live")
    assert "1 part of the link" in browser.run("return document.getElementById('lost').textContent")
    browser.visit(f"{address}evidence#what-if&letter.watch-service=constructor&words=toString", "scripted")
    await_text(browser, "return document.getElementById('told').textContent", "2 parts of the link name nothing")
