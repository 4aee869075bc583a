"""explore: its numbers are those of compare and simulate, its pages are the report's parts, and what it writes a case can read."""
from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import tomllib
import urllib.request
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fastapi.testclient import TestClient

import interlope as il
from interlope.ensemble import streams
from interlope.ensemble.weighted import quantiles
from interlope.errors import BadInput
from interlope.explorer import pages, saving, summary
from interlope.explorer.app import Explorer, make_app
from interlope.explorer.differences import quantiles_by_day, summarise_all
from interlope.explorer.letters import LetterSearch
from interlope.explorer.live import LiveOptions
from interlope.explorer.market import REPLICATES, Market
from interlope.explorer.opening import open_study
from interlope.explorer.security import Door
from interlope.explorer.turns import Superseded, Turn
from interlope.inference.evidence.reweigh import Change, probabilities, unpack
from interlope.levers.option import ALWAYS, Option, ScheduledLever
from interlope.model import simulate
from interlope.policy import compare
from interlope.policy.lever_numbers import draw_numbers
from interlope.policy.weighted import chance, summarise
from interlope.reporting.words import speaking
from interlope.results.envelope import Reason
from interlope.results.explorer import MOST_TURNS, LeverChoice, LiveRequest, SaveRequest
from interlope.results.market import MarketRequest
from interlope.scenario.folder import find

TOKEN, PORT = "a-token-of-a-launch", 4711
BAD = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def study(studied):
    return open_study(str(studied))


@pytest.fixture(scope="module")
def live(study):
    return LiveOptions(study.case, study.draws, study.record.seed)


@pytest.fixture(scope="module")
def market(study):
    return Market(study.case, study.draws, study.record.seed)


@pytest.fixture
def client(study, tmp_path):
    door = Door(make_app(Explorer(study, tmp_path / "explored")), TOKEN, PORT, clock=lambda: 0.0)
    return TestClient(door, base_url=f"http://127.0.0.1:{PORT}/{TOKEN}/", raise_server_exceptions=False)


@pytest.mark.parametrize(("name", "here", "others"), [("phia", "remote chance", "almost no chance"),
                                                      ("icd203", "almost no chance", "remote chance")])
def test_pages_speak_with_the_yardstick_that_was_chosen(study, tmp_path, name, here, others):
    record = study.record
    first, *rest = record.weigh.explanations
    sure = record.weigh.model_copy(update={"explanations": [first.model_copy(update={"probability": 0.98, "low": 0.97, "high": 0.99}),
                                                            *(e.model_copy(update={"probability": 0.02, "low": 0.01, "high": 0.03})
                                                              for e in rest)]})
    with speaking(name):
        app = make_app(Explorer(replace(study, record=record.model_copy(update={"weigh": sure})), tmp_path))
    page = re.sub(r"<script.*?</script>", "", TestClient(app).get("/explanations").text, flags=re.S)
    assert here in page and others not in page


def test_a_live_option_is_the_comparison_itself(study, live):
    """The same draws in the same order and the same seed: every outcome of compare, bit for bit."""
    stage, name = 1, "joint-patrols"
    rows, draws = live.chosen(stage), study.draws
    mine = replace(draws, hypothesis=draws.hypothesis[rows], values={k: np.asarray(v)[rows] for k, v in draws.values.items()},
                   innovations=draws.innovations[rows], streams=draws.streams.take(rows), point=draws.point[rows])
    whole = compare.run(study.case, mine, [name], seed=study.record.seed)
    for i, option in enumerate(("status-quo", name)):
        np.testing.assert_array_equal(live.run(study.case.options[option], stage).levels, whole.levels[i])
    np.testing.assert_array_equal(live.before(stage).levels, whole.before)
    answer = summary.answer(live, LiveRequest(option=name, stage=stage))
    wanted = ("status_quo", "pooled")
    pooled = {r.outcome: r.mean for r in whole.to_record().differences if (r.over, r.explanation) == wanted and r.option == name}
    here = {o.name: d.mean for o in answer.outcomes for d in o.differences if (d.over, d.explanation) == wanted}
    assert here == pytest.approx(pooled)


def test_stages_add_draws_of_every_explanation_and_no_draw_twice(live):
    for stage, count in enumerate(live.stages):
        rows = live.chosen(stage)
        assert len(rows) == len(set(rows.tolist())) == count
        names, counts = np.unique(live.draws.hypothesis[rows], return_counts=True)
        assert set(names) == set(live.case.hypotheses) and np.ptp(counts) == 0


def test_levers_at_zero_are_the_status_quo_and_harm_comes_first(live):
    answer = summary.answer(live, LiveRequest(levers=[LeverChoice(name="raids", setting=0.0)], stage=1))
    assert all(d.mean == 0.0 for o in answer.outcomes for d in o.differences if d.over == "status_quo" and d.mean is not None)
    harm = [o.harm for o in answer.outcomes]
    assert harm == sorted(harm, reverse=True) and sum(harm) == 8 and answer.outcomes[0].name == "deaths"
    whole, *parts = (next(o for o in answer.outcomes if o.name == name) for name in ("deaths", "client_deaths", "diverted_deaths"))
    assert whole.option == pytest.approx(sum(o.option for o in parts))
    assert any("are the sum of" in note for note in answer.notes)
    today, = (note for note in answer.notes if note.startswith("Today is the simulated 10 days"))
    assert "season" not in today  # the toy's demand has none
    assert any(note.startswith("The case has no official table of") for note in answer.notes)
    assert {d.over for d in answer.outcomes[0].differences} == {"status_quo", "today"}
    assert {r.outcome for r in answer.regret} >= {o.name for o in answer.outcomes if o.harm}


def test_regret_is_counted_among_options_that_were_run(live):
    summary.answer(live, LiveRequest(option="joint-patrols", stage=0))
    answer = summary.answer(live, LiveRequest(levers=[LeverChoice(name="legal_pathways", setting=0.4)], stage=0))
    assert answer.compared == ["status-quo", "joint-patrols", "yours"]
    assert all(r.expected is None or r.expected >= 0.0 for r in answer.regret)


def test_what_runs_for_an_earlier_turn_is_given_up(study):
    fresh = LiveOptions(study.case, study.draws, 3)
    fresh.turns.begin(Turn("mine", 10))
    levers = [LeverChoice(name="raids", setting=1.0)]
    with pytest.raises(Superseded):
        summary.answer(fresh, LiveRequest(levers=levers, page="mine", turn=9))
    assert summary.answer(fresh, LiveRequest(levers=levers, page="mine", turn=11)).draws > 0


def test_the_highest_turn_of_one_page_blocks_no_other(study):
    fresh, levers = LiveOptions(study.case, study.draws, 3), [LeverChoice(name="raids", setting=1.0)]
    assert summary.answer(fresh, LiveRequest(levers=levers, page="greedy", turn=MOST_TURNS)).draws > 0
    for page in ("", "mine", "another"):
        assert summary.answer(fresh, LiveRequest(levers=levers, page=page, turn=1)).draws > 0
    for i in range(1000):
        fresh.turns.begin(Turn(f"page-{i}", i))
    assert not fresh.turns.superseded(Turn("mine", 1)) and fresh.turns.superseded(Turn("page-999", 998))
    assert len(fresh.turns._latest) <= 64


def test_a_later_turn_is_known_before_it_has_its_turn(study):
    """What runs for an earlier one is to give way, so the later one says that it came before it waits."""
    fresh = LiveOptions(study.case, study.draws, 3)
    fresh._lock.acquire()  # as what runs for an earlier turn does
    later = threading.Thread(target=summary.answer, args=(fresh, LiveRequest(option="joint-patrols", page="mine", turn=5)))
    later.start()
    try:
        for _ in range(2400):
            if fresh.turns.superseded(Turn("mine", 4)):
                break
            time.sleep(0.05)
        assert fresh.turns.superseded(Turn("mine", 4))
    finally:
        fresh._lock.release()
        later.join()


@pytest.fixture(scope="module")
def scheduled(study):
    """The study with an option of which a lever ends, and of which another stands twice."""
    patrols = ScheduledLever("joint_patrols", 1.0, 0, 4), ScheduledLever("joint_patrols", 0.5, 4, ALWAYS)
    levers = (*patrols, ScheduledLever("raids", 1.0, 1, 3))
    option = Option("phased", "More patrols at first, fewer later.", levers)
    return replace(study, case=replace(study.case, options={**study.case.options, option.name: option}))


def test_an_option_is_run_by_its_name_as_the_case_has_it(scheduled):
    live, option = LiveOptions(scheduled.case, scheduled.draws, 7), scheduled.case.options["phased"]
    answer = summary.answer(live, LiveRequest(option="phased"))
    assert answer.compared == ["status-quo", "phased"] and live.find(option, 0) is not None
    presets = {o["name"]: o["levers"] for o in pages.describe(scheduled, "options", live)["options"]}
    assert [(lever["name"], lever["end"]) for lever in presets["phased"]] == [("joint_patrols", 4), ("joint_patrols", None), ("raids", 3)]
    assert "status-quo" not in presets and presets["joint-patrols"][0]["end"] is None
    assert summary.answer(live, LiveRequest(option="status-quo")).compared == ["status-quo", "phased"]


def test_an_option_is_saved_as_the_case_has_it(scheduled, tmp_path):
    answer = saving.save(scheduled, SaveRequest(kind="option", name="mine", option="phased", write=True), tmp_path / "explored")
    copy = tmp_path / "toy"
    shutil.copytree(find("toy"), copy)
    shutil.copy(answer.file, copy / "options")
    assert il.load(copy).options["mine"].levers == scheduled.case.options["phased"].levers
    assert answer.commands[-1] == "interlope compare COPY --seed 7 --as-of 2030-02-19"
    with pytest.raises(BadInput, match="option 'none' unknown"):
        saving.save(scheduled, SaveRequest(kind="option", name="mine", option="none"), tmp_path)


def test_a_lever_set_by_hand_ends_where_it_is_said_to(live):
    option = summary.read_option([LeverChoice(name="raids", setting=1.0, start=2, end=5)], live.days)
    assert option.levers == (ScheduledLever("raids", 1.0, 2, 5),)


def test_live_options_are_read_with_the_caution_of_the_report(study):
    def cautions(**changes):
        return pages.describe(replace(study, record=study.record.model_copy(update=changes)), "options", None)["cautions"]

    reason = Reason(code="draws", text="few points are left", remedy="spend more")
    ok = {"status": "ok", "reasons": (), "compare_reasons": ()}
    assert cautions(**ok) == cautions(**ok | {"compare": None, "compare_reasons": (reason,)}) == []
    for changes in ({"status": "not_resolved", "reasons": (reason,)}, {"compare_reasons": (reason,)}):
        first, second = cautions(**ok | changes)
        assert "failed their checks" in first and second == "Few points are left. What helps: spend more."


def test_the_command_of_the_market_is_quoted(study):
    commands = pages.describe(replace(study, asked="my case"), "market", None)["commands"]
    assert commands["takeover"] == f"interlope simulate 'my case' takeover --draws {REPLICATES} --seed 7"


@pytest.mark.parametrize(("levers", "what"), [
    ([("raid", 1.0, 0)], "nearest 'raids'"), ([("raids", 99.0, 0)], "expected 0 to 4"), ([("raids", 1.0, 3999)], "begins on day"),
    ([("raids", 1.0, 0), ("raids", 1.0, 0)], "given twice"), ([("raids", 1.0, 5, 5)], "expected a later end"),
])
def test_settings_that_cannot_be_are_refused(live, levers, what):
    choices = [LeverChoice(**dict(zip(("name", "setting", "start", "end"), lever))) for lever in levers]
    with pytest.raises(BadInput, match=what):
        summary.answer(live, LiveRequest(levers=choices))


def test_quantiles_by_day_are_those_of_the_package():
    rng = np.random.default_rng(5)
    daily, weights = rng.integers(0, 6, (9, 4)).astype(float), rng.random(9)
    daily[2, 1] = np.nan
    daily[:, 3] = np.nan
    expected = np.array([quantiles(daily[:, d], weights, summary.LEVELS) for d in range(4)]).T
    np.testing.assert_array_equal(quantiles_by_day(daily, weights, summary.LEVELS), expected)


def test_summaries_of_all_outcomes_are_those_of_the_comparison_one_by_one():
    rng = np.random.default_rng(7)
    x, w, origins = np.round(rng.normal(size=(30, 6)), 1), rng.random(30), rng.integers(0, 9, 30)
    origins = np.unique(origins, return_inverse=True)[1].ravel()
    w[4:11] = 0.0
    x[:, 1], x[3:20, 2], x[5, 3] = np.nan, np.nan, np.inf
    x[:, 4], x[1:, 5] = 0.0, np.nan
    found = summarise_all(x, w, origins)
    for k in range(6):
        one = summarise(x[:, k], w, origins)
        chances = [chance(np.where(np.isfinite(x[:, k]), side, np.nan), w) for side in (x[:, k] > 0, x[:, k] < 0)]
        expected = [np.nan if v is None else v for v in (*one, *chances)]
        np.testing.assert_allclose([column[k] for column in found], expected, rtol=1e-9, atol=1e-15)


def test_the_market_from_priors_is_simulate_with_common_random_numbers(study, market):
    for name in study.case.hypotheses:
        runs = il.simulate(study.case, name, REPLICATES, seed=study.record.seed)
        answer = market.fan(MarketRequest(explanation=name, series="clashes", replicate=3))
        np.testing.assert_allclose(answer.path, runs["clashes"].values[3], atol=1e-5)
        np.testing.assert_allclose(answer.fan.values[2], np.quantile(runs["clashes"].values, 0.5, axis=0, method="inverted_cdf"), atol=1e-5)
    one, other = (market._inputs(name, "priors") for name in study.case.hypotheses)
    np.testing.assert_array_equal(one.along.ids, other.along.ids)
    np.testing.assert_array_equal(one.innovations, other.innovations)
    np.testing.assert_array_equal(one.values["demand_level"], other.values["demand_level"])


@pytest.mark.parametrize("basis", ["priors", "fitted"])
def test_a_strip_is_the_replicate_by_sector(market, basis):
    import base64

    request = MarketRequest(explanation="takeover", basis=basis, replicate=2)
    strip = market.strip(request)
    members = np.frombuffer(base64.b64decode(strip.members), "<u2").reshape(strip.days, strip.groups, strip.sectors)
    inputs, rows = market._inputs("takeover", basis), slice(2, 3)
    states, _ = streams.advance(simulate, market._begin(inputs, rows), inputs.along.take(rows), 31)
    np.testing.assert_array_equal(members[30], states.array("members")[0])
    clashes = np.frombuffer(base64.b64decode(strip.clashes), "u1").reshape(strip.days, strip.sectors)
    np.testing.assert_allclose(clashes.sum(axis=1), market.fan(request.model_copy(update={"series": "clashes"})).path)
    truces = np.frombuffer(base64.b64decode(strip.truces), "u1").reshape(strip.days, strip.sectors)
    np.testing.assert_allclose(truces.sum(axis=1), market.fan(request.model_copy(update={"series": "truces"})).path)
    assert strip.broke_off is None and len(strip.operation) == strip.days


def test_the_last_replicate_is_named_where_the_one_that_is_asked_for_is_not_there(market):
    request = MarketRequest(explanation="takeover", replicate=31)
    assert market.fan(request).replicate == market.strip(request).replicate == REPLICATES - 1


def test_every_page_and_file_is_there_and_nothing_else(client):
    for name in pages.PAGES:
        answer = client.get(name)
        assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
        assert "http://" not in answer.text.replace("http://www.w3.org/", "") and "https://" not in answer.text
        assert not re.search(r"<[^>]+\son\w+=|<style|style=\"", answer.text)
        assert all(re.search(r"src=|application/json|text/plain", s) for s in re.findall(r"<script([^>]*)>", answer.text))
    for name in ("explorer.js", "explorer.css", "report.js", "report.css"):
        assert client.get(name).status_code == 200
    assert client.get("", follow_redirects=False).headers["location"] == "evidence"
    for name in ("docs", "openapi.json", "static/explorer.js", "built.json", "case.toml", "api/live"):
        assert client.get(name).status_code in (404, 405)


def test_links_between_pages_lead_somewhere(study):
    written = {name: pages.render(study, name) for name in pages.PAGES}
    ids = {name: set(re.findall(r'\bid="([^"]+)"', text)) for name, text in written.items()}
    for name, text in written.items():
        for page, anchor in re.findall(r'href="([a-z]*)#([^"]+)"', text):
            assert anchor in ids[page or name], f"{name}: {page}#{anchor}"


def test_trust_shows_the_checks_and_how_often_such_odds_are_right(study):
    page = pages.render(study, "trust")
    assert "Checks on the calculation, by explanation" in page and "How often odds like these are right" in page
    assert "with known truth" in page  # the toy's trial comes with the package


def test_trust_shows_forecasts_from_earlier_days(study):
    assert "interlope backtest toy" in pages.render(study, "trust")
    shipped = open_study("serbia-hungary")
    page = pages.render(shipped, "trust")
    assert f"Run {shipped.record.backtest.about.run_id} of" in page and "By months ahead against random walk" in page
    assert "interlope backtest" not in page


def test_a_script_in_the_case_stays_a_text(study):
    record = study.record
    dossier = record.dossier.model_copy(update={"claims": [c.model_copy(update={"paraphrase": BAD}) for c in record.dossier.claims]})
    weigh = record.weigh.model_copy(update={"explanations": [e.model_copy(update={"gloss": BAD}) for e in record.weigh.explanations]})
    case = record.case.model_copy(update={"question": BAD})
    marked = replace(study, record=record.model_copy(update={"dossier": dossier, "weigh": weigh, "case": case}))
    for name in pages.PAGES:
        text = pages.render(marked, name)
        assert BAD not in text and "alert(1)" in text


def test_requests_that_cannot_be_read_are_refused_without_an_echo(client):
    marker = "zebra-4711"
    for name, body in (("live", {"series": marker * 9}), ("live", {"unknown": marker}), ("fan", {"explanation": marker}),
                       ("strip", {"explanation": f"{marker}/.."}), ("live", {"levers": [{"name": "raids", "setting": 1e308}] * 41}),
                       ("save", {"kind": marker, "name": "x"}), *(("live", {"turn": turn}) for turn in (2**53, -1, 1e300)),
                       ("live", {"page": marker * 9}), ("live", {"page": "../x"})):
        answer = client.post(f"api/{name}", json=body)
        assert answer.status_code == 422 and answer.json()["faults"], body
        assert "Traceback" not in answer.text and "/src/" not in answer.text
    assert client.post("api/live", content=b"{" * 5000, headers={"content-type": "application/json"}).status_code == 422


def test_caps_hold_on_replicates_and_days(live, market):
    with pytest.raises(ValueError, match="less than or equal to 3"):
        LiveRequest(stage=4)
    with pytest.raises(ValueError, match="less than or equal to 31"):
        MarketRequest(explanation="takeover", replicate=400)
    assert max(live.stages) <= 24 * len(live.case.hypotheses)
    assert market.days <= 4000


def test_a_request_that_takes_too_long_is_given_up(study, monkeypatch):
    monkeypatch.setattr("interlope.explorer.live.MOST_SECONDS", -1.0)
    slow, request = Market(study.case, study.draws, 1), MarketRequest(explanation="takeover")
    for ask in (slow.fan, slow.strip, slow.mean):
        with pytest.raises(BadInput, match="run as long as it takes"):
            ask(request)
    with pytest.raises(BadInput, match="run as long as it takes"):
        summary.answer(LiveOptions(study.case, study.draws, 1), LiveRequest())


def test_a_saved_option_is_read_by_a_case(study, tmp_path):
    folder = tmp_path / "explored"
    request = SaveRequest(kind="option", name="my-mix", levers=[LeverChoice(name="legal_pathways", setting=0.3, start=2, ramp=5),
                                                                LeverChoice(name="raids", setting=0.0)])
    shown = saving.save(study, request, folder)
    assert not folder.exists() and not shown.written
    answer = saving.save(study, request.model_copy(update={"write": True}), folder)
    assert Path(answer.file).read_text() == answer.text == shown.text
    with pytest.raises(BadInput, match="never overwritten"):
        saving.save(study, request.model_copy(update={"write": True}), folder)
    copy = tmp_path / "toy"
    shutil.copytree(find("toy"), copy)
    shutil.copy(answer.file, copy / "options")
    (lever,) = il.load(copy).options["my-mix"].levers
    assert (lever.lever, lever.setting, lever.start, lever.ramp) == ("legal_pathways", 0.3, 2, 5)


def test_an_option_of_the_case_is_saved_whole(study, tmp_path):
    option = replace(study.case.options["joint-patrols"], cost_per_day=12500.0, cost_source="a budget, \"page 3\"")
    costly = replace(study, case=replace(study.case, options={**study.case.options, option.name: option}))
    copy = tmp_path / "toy"
    shutil.copytree(find("toy"), copy)
    answer = saving.save(costly, SaveRequest(kind="option", name="again", option=option.name, write=True), copy)
    assert Path(answer.file) == copy / "options" / "again.toml"
    assert replace(il.load(copy).options["again"], name=option.name) == option


def test_nothing_is_saved_into_finished_results(study, studied):
    request = SaveRequest(kind="option", name="my-mix", levers=[LeverChoice(name="legal_pathways", setting=0.3)], write=True)
    with pytest.raises(BadInput, match="this lies in a folder of finished results .* start the explorer again with --saved"):
        saving.save(study, request, studied / "explored")
    assert not (studied / "explored").exists()


def test_a_saved_analyst_is_read_by_a_case(study, tmp_path):
    request = SaveRequest(kind="analyst", name="my-view", letters={"watch-service": "E"}, odds={"takeover": 0.1},
                          without=["court-files"], write=True)
    answer = saving.save(study, request, tmp_path / "explored")
    assert tomllib.loads(answer.text)["letters"]["watch-service"]["letter"] == "E"
    assert answer.notes and answer.commands[2:] == [
        "interlope weigh toy --seed 7 --as-of 2030-02-19 --without court-files --regrade watch-service=E"]
    assert answer.commands[0].startswith("# odds are in the file alone: put ") and "my-view.toml" in answer.commands[0]
    assert answer.commands[1].startswith("# each change is weighed by itself; letters and odds together: put ")
    copy = tmp_path / "toy"
    shutil.copytree(find("toy"), copy)
    (copy / "analysts").mkdir(exist_ok=True)
    shutil.copy(answer.file, copy / "analysts")
    analyst = next(a for a in il.load(copy).analysts if a.name == "my-view")
    assert analyst.letters["watch-service"].letter == "E" and analyst.prior_odds["takeover"].odds == pytest.approx(0.1)


def renamed(study, names):
    """The study with sources and explanations of other names."""
    text = study.record.model_dump_json()
    for old, new in names.items():
        text = text.replace(f'"{old}"', f'"{new}"')
    return replace(study, record=type(study.record).model_validate_json(text))


def test_ids_with_dots_and_capitals_are_saved_as_they_are(study, tmp_path):
    other = renamed(study, {"takeover": "Rivalry.A", "watch-service": "watch.service"})
    request = SaveRequest(kind="analyst", name="my-view", letters={"watch.service": "E"}, odds={"Rivalry.A": 0.1}, write=True)
    read = tomllib.loads(Path(saving.save(other, request, tmp_path).file).read_text())
    assert read["letters"] == {"watch.service": {"letter": "E", "reason": saving.REASON}}
    assert read["prior_odds"]["Rivalry.A"]["odds"] == pytest.approx(0.1)


@pytest.mark.parametrize("name", ["Rivalry.A", "a" * 64, "naïve_1"])
def test_an_id_that_a_case_can_have_is_no_fault_of_the_form(client, name):
    for verb, body in (("fan", {"explanation": name}), ("letters", {"explanation": name}), ("live", {"option": name})):
        answer = client.post(f"api/{verb}", json=body)
        assert answer.status_code == 422 and "unknown" in answer.text and "pattern" not in answer.text


def test_an_analyst_who_judges_nothing_is_not_written(study, tmp_path):
    for request in (SaveRequest(kind="analyst", name="my-view"),
                    SaveRequest(kind="analyst", name="my-view", without=["court-files"], write=True)):
        with pytest.raises(BadInput, match="judges nothing"):
            saving.save(study, request, tmp_path)
    assert not list(tmp_path.iterdir())
    shown = saving.save(study, SaveRequest(kind="analyst", name="my-view", without=["court-files"]), tmp_path)
    assert "--without court-files" in shown.commands[-1]


def test_a_setting_is_saved_exactly(study, tmp_path):
    request = SaveRequest(kind="option", name="tiny", levers=[LeverChoice(name="legal_pathways", setting=1e-12)])
    answer = saving.save(study, request, tmp_path)
    assert tomllib.loads(answer.text)["lever"][0]["setting"] == 1e-12


def test_letters_that_turn_the_odds_are_those_of_weighing_again(study):
    changes = {c.change: c for c in study.record.changes}
    answer = LetterSearch(study.record).find("rivalry")
    assert answer.leader == "takeover" and answer.tried == 3 * 4 + 3 * 16
    for row in answer.one:
        ((source, letter),) = row.letters.items()
        if f"{source}={letter}" in changes:
            assert row.probability == pytest.approx(changes[f"{source}={letter}"].probabilities["rivalry"], abs=5e-4)
    best = [row.probability for row in (*answer.two[:1], *answer.one)]
    assert best == sorted(best, reverse=True)
    with pytest.raises(BadInput, match="expected one of"):
        LetterSearch(study.record).find("nobody")


def test_every_pair_of_letters_is_weighed_as_what_if_weighs_it(study):
    search, terms = LetterSearch(study.record), study.record.terms
    search.warm()
    columns = {e.name: unpack(terms, e) for e in terms.explanations}
    pairs = [row for row in search._tried if len(row[0]) == 2]
    assert len(pairs) == 48
    for change, found in pairs:
        assert found == pytest.approx(probabilities(terms, columns, Change(change)), rel=1e-9)


def test_the_smallest_change_with_which_an_explanation_leads(study):
    search = LetterSearch(study.record)
    assert search.find("takeover").least.letters == {}  # it leads already
    least, leading = search.find("rivalry").least, [change for change, p in search._tried if p["rivalry"] > p["takeover"]]
    if leading:
        assert least.leads and len(least.letters) == min(map(len, leading)) and least.letters in leading
    else:
        assert least is None


@pytest.mark.parametrize("name", ["../up", "a/b", ".hidden", "", "A", "x" * 99, "a\n"])
def test_a_name_leads_nowhere_else(name):
    with pytest.raises(ValueError, match="name"):
        SaveRequest(kind="option", name=name, levers=[])


def test_a_changed_case_is_looked_at_but_not_run(studied, tmp_path):
    copy = tmp_path / "toy"
    shutil.copytree(find("toy"), copy)
    with (copy / "case.toml").open("a") as file:
        file.write("# changed\n")
    changed = open_study(str(studied), str(copy))
    assert changed.case is None and "not those of these results" in changed.absent
    assert "not those of these results" in pages.render(changed, "options")


def test_ctrl_c_ends_it_without_a_trace(studied, tmp_path):
    words = [sys.executable, "-m", "interlope", "explore", str(studied), "--no-browser", "--json", "--saved", str(tmp_path / "explored")]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        address = json.loads(process.stdout.readline())["result"]["address"]
        with urllib.request.urlopen(f"{address}next", timeout=120) as page:
            assert b"<title>Next" in page.read()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=120)
    assert (process.returncode, out, err) == (0, "", "")


def test_the_verb_checks_its_pages_and_refuses_what_is_no_study(line, studied):
    assert json.loads(line("explore", str(studied), "--check", "--json").stdout)["result"]["address"] == ""
    assert "Every page can be written" in line("explore", str(studied), "--check").stdout
    assert "no such folder" in line("explore", "nowhere", code=2).stderr


def test_what_would_overwrite_a_file_of_the_case_or_names_nothing_of_it_is_refused(study, tmp_path):
    for request, words in ((SaveRequest(kind="option", name="joint-patrols", levers=[LeverChoice(name="raids", setting=1.0)]), "already"),
                           (SaveRequest(kind="option", name="status-quo", levers=[LeverChoice(name="raids", setting=1.0)]), "already"),
                           (SaveRequest(kind="analyst", name="mine", without=["nonsense"]), "no claim, root")):
        with pytest.raises(BadInput, match=words):
            saving.save(study, request, tmp_path)


def test_live_draws_have_the_numbers_of_levers_that_a_comparison_draws(live):
    rows = live.rows[0]
    drawn = draw_numbers(live.case, np.asarray(live.draws.hypothesis)[rows], rows, live.seed)
    params = live._past(0).states.params
    assert set(drawn) >= {"closures_danger", "returns_again"}
    for name, values in drawn.items():
        np.testing.assert_array_equal(params[name], values)


def test_levels_of_one_explanation_are_its_draws_alone(live):
    answer = summary.answer(live, LiveRequest(option="joint-patrols", stage=1, explanation="rivalry"))
    pooled = summary.answer(live, LiveRequest(option="joint-patrols", stage=1))
    inside = np.asarray(live.draws.hypothesis)[live.chosen(1)] == "rivalry"
    branch, k = live.run(live.case.options["joint-patrols"], 1), [o.name for o in answer.outcomes].index("client_injuries")
    levels = {row.explanation: row for row in answer.outcomes[k].levels}
    assert levels["rivalry"].option == pytest.approx(branch.levels[inside, k].mean())
    assert answer.outcomes[k].option == pytest.approx(sum(levels[name].option * share for name, share in answer.explanations.items()))
    assert answer.pairs["rivalry"] == inside.sum() and answer.explanation == "rivalry"
    assert answer.option_fan.values != pooled.option_fan.values and all(row.regret >= 0.0 for row in levels.values())
    with pytest.raises(BadInput, match="expected one of"):
        summary.answer(live, LiveRequest(explanation="nobody"))


def test_an_address_of_no_page_gets_a_page_that_leads_on(client):
    for path, up in (("evidnce", ""), ("evidence/more/of", "../../")):
        answer = client.get(path)
        assert answer.status_code == 404 and answer.headers["content-type"].startswith("text/html")
        assert "No such page" in answer.text and f'href="{up}evidence"' in answer.text and f'href="{up}report.css"' in answer.text
        assert "content-security-policy" in answer.headers and path not in answer.text
    assert client.get("api/nothing").headers["content-type"] == "application/json"
    assert client.post("nothing", json={}).headers["content-type"] == "application/json"


def test_a_name_that_is_taken_is_said_for_the_page(client):
    body = {"kind": "option", "name": "mine", "levers": [{"name": "raids", "setting": 1.0}], "write": True}
    assert client.post("api/save", json=body).json()["written"]
    (fault,) = client.post("api/save", json=body).json()["faults"]
    assert fault.endswith("is there already and is never overwritten; choose another name")


def test_pages_speak_of_the_explorer(study):
    written = {name: pages.render(study, name) for name in pages.PAGES}
    assert "manifest.json in the folder of the results" in written["next"] and "beside this file" not in written["next"]
    assert "works on this machine as long as the explorer runs" in written["evidence"]
    assert "so that it can be sent" not in written["evidence"]
    for e in study.record.weigh.explanations:
        assert f"<b>{e.name}</b>: " in written["evidence"]
    titles = {s["name"]: s["title"] for s in pages.describe(study, "options", None)["series"]}
    assert titles["hhi"] == "concentration (HHI)" and titles["share_symbol_untied"] == "names shown without a tie"
    assert not any("_" in title for title in titles.values()) and len(set(titles.values())) == len(titles)
