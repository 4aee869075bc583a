"""Effects: the same replicate with and without an event, what claims of it weigh, and what of them cannot be meant, each with its line."""
from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from edited_toy import DOSSIER, RIVALRY, edit, line, odd, refused

from interlope.dossier.book import to_record
from interlope.dossier.kinds import REGISTRY
from interlope.ensemble import design, paired, run, streams
from interlope.inference import likelihood
from interlope.inference.checks import predictive
from interlope.inference.fitting import calibrate
from interlope.inference.sampling.problem import Effort
from interlope.information.answers import list_answers
from interlope.model import simulate as engine
from interlope.model.setting import Setting
from interlope.quantities import OPERATIONS, Reduction
from interlope.recovery import truth
from interlope.reporting.sections import effects
from interlope.results.fitted import FitRow
from interlope.scenario.binding import Binding, table
from interlope.scenario.case import Case, load

SMALL = Effort(waves=(160, 160, 160), particles=200, populations=2, limit=2, candidates=1500, residuals=8)
NAMED = ("case.toml", 'kind = "operation"\n', 'kind = "operation"\nid = "patrol-wave"\n')
TOLD = """
[[claim]]
id = "E1"
paraphrase = "the operation cut crossings by 40 %"
kind = "effect"
event = "patrol-wave"
root = "guard-count"
series = "successes"
counted = "crossings"
window = [2030-02-01, 2030-02-10]
reduce = "mean"
published = 2030-02-16
unit = "percent"
low = 60
high = 60
"""
IN_WORDS = ('unit = "percent"\nlow = 60\nhigh = 60\n', 'said = "down"\nthreshold = 0.1\nnoise = 0.2\n')
EVENT, WINDOW = 'event = "patrol-wave"', "window = [2030-02-01, 2030-02-10]"
WIND = '''
[[forcing]]
name = "wind"
file = "wind.csv"
source = "assumption"
'''
ROWS, SEED, FIRST = 12, 5, 31


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Case:
    return load(edit(tmp_path_factory.mktemp("effect"), NAMED, (DOSSIER, "", TOLD)))


@pytest.fixture(scope="module")
def fits(told):
    return calibrate.fit(told, seed=3, effort=SMALL, threads=1)


def summarise(setting: Setting, case: Case, binding: Binding, along: streams.Streams | None = None) -> np.ndarray:
    drawn = design.draw(case, "rivalry", ROWS, SEED)
    return run.summarise(setting, drawn.values, drawn.innovations, binding, along or streams.single(9, np.arange(ROWS)), threads=1)[0]


def every_operation(without: str = "") -> list[Reduction]:
    """Every operation of some series over windows before, across and after the event."""
    windows = ((date(2030, 1, 12), date(2030, 1, 30)), (date(2030, 1, 20), date(2030, 2, 9)), (date(2030, 2, 1), date(2030, 2, 19)))
    return [Reduction(series, operation, *window, without) for series in ("successes", "attempts", "prevented", "profit")
            for operation in OPERATIONS for window in windows]


def same(one: np.ndarray, other: np.ndarray) -> bool:
    """Equal in every bit, NaN included."""
    return np.array_equal(one.view(np.int64), other.view(np.int64))


def test_a_second_run_equals_a_run_of_the_world_without_the_event_bit_for_bit(told):
    """Begun where the event begins, it gives what a run from the first day gives; the first run gives what it gives alone."""
    setting, plain, without = told.setting(end=told.as_of), every_operation(), every_operation("patrol-wave")
    changing = streams.then(streams.single(9, np.arange(ROWS)), 20, np.arange(ROWS) + 100)
    changing = streams.then(changing, 35, np.arange(ROWS) + 200)
    for along in (None, changing):
        both = summarise(setting, told, Binding.only(told.start, [*plain, *without]), along)
        alone, other = (summarise(s, told, Binding.only(told.start, plain), along) for s in (setting, setting.without["patrol-wave"]))
        assert same(both[:, : len(plain)], alone) and same(both[:, len(plain) :], other)
        early = np.array([r.end < date(2030, 2, 1) for r in plain])
        assert same(alone[:, early], other[:, early]) and not np.array_equal(alone[:, ~early], other[:, ~early], equal_nan=True)


@pytest.mark.parametrize("first", [0, FIRST, 49])
def test_an_event_that_does_nothing_has_an_effect_of_exactly_one_in_every_replicate(told, first):
    """The second run is made, from whatever day on, copied like the first one, and gives the same bits."""
    setting, wanted = told.setting(end=told.as_of), every_operation()
    drawn, asked = design.draw(told, "takeover", ROWS, SEED), table(wanted, told.start, setting.days)
    columns = np.arange(0, len(wanted), 2)
    replicates = paired.begin(setting, drawn.values, drawn.innovations, 9, np.arange(ROWS), asked, {})
    replicates = replace(replicates, others=(paired.Counterfactual(setting, columns, first),))
    once = engine.begin(setting, drawn.values, drawn.innovations, 9, np.arange(ROWS), asked)
    for day, ids in ((40, np.arange(ROWS) + 50), (setting.days, None)):
        replicates, once = paired.advance(replicates, day, record=False)[0], engine.advance(once, day, record=False)[0]
        assert (replicates.others[0].states is not None) is (first < day)
        if ids is not None:
            index = np.array([0, 0, *range(2, ROWS)])
            replicates, once = paired.clone(replicates, index, ids), engine.clone(once, index, ids)
    assert same(replicates.statistics, once.statistics)
    second = replicates.others[0].states.statistics
    known = np.isfinite(second) & (second != 0)
    assert known.sum() > 300 and (replicates.states.statistics[known] / second[known] == 1.0).all()


def test_a_forcing_of_one_has_no_effect_and_one_that_forbids_tries_has_one(tmp_path):
    for name, factor in (("a", "1"), ("b", "0.5")):
        folder = edit(tmp_path / name, ("case.toml", "", WIND), (DOSSIER, "", TOLD.replace("patrol-wave", "wind")))
        (folder / "wind.csv").write_text(f"period,factor\n2030-02-01/2030-02-10,{factor}\n", encoding="utf-8")
        case = load(folder)
        values = summarise(case.setting(end=case.as_of), case, binding := Binding(case))[:, binding.claim_columns["E1"]]
        effect = REGISTRY["effect"].statistics(values, case.book.claims["E1"])[:, 0]
        assert (effect == 100.0).all() if factor == "1" else 30 < np.median(effect) < 90


def test_what_a_fit_stores_is_given_again_by_its_parameters_and_streams(told, fits):
    for p in fits.posteriors.values():
        rows = np.flatnonzero(p.weight > 0)[:6]
        again, _ = run.summarise(told.setting(end=told.as_of), {k: v[rows] for k, v in p.design.values.items()},
                                 p.design.innovations[rows], fits.binding, p.streams.take(rows), threads=1)
        assert same(again, p.statistics[rows])
        with_it, without = p.statistics[:, fits.binding.claim_columns["E1"]].T
        assert np.isfinite(with_it).all() and 0.5 < np.median(with_it / without) < 0.95


def test_rows_of_a_fit_show_the_effect(fits):
    for posterior in fits.posteriors.values():
        row = next(r for r in predictive.claim_rows(fits, posterior) if r.id == "E1")
        assert 50 < row.q50 < 95 and row.observed == pytest.approx(60) and row.undefined == 0.0 and 0 < row.agreed < 1


def test_an_explanation_without_the_effect_loses_to_the_one_with_it(tmp_path):
    """Two explanations that differ in what a full operation does to tries alone: the claim, and nothing else, tells them apart."""
    one = 'choices_suspension = { value = %s, unit = "log", source = "assumption" }\n'
    idle = one % "0" + "".join(f'{name} = {{ value = 0, unit = "{unit}", source = "assumption" }}\n' for name, unit in (
        ("demand_leave_operation", "log"), ("raids_found_rate", "1/day"), ("raids_patrol_rise", "1")))
    folder = edit(tmp_path, NAMED, (DOSSIER, "", TOLD.replace('root = "guard-count"', 'root = "guard-count"\nsd = 0.05')),
                  (RIVALRY, "[parameters]\n", "[parameters]\n" + one % "1.8"), ("case.toml", "intensity = 0.5", "intensity = 1.0"))
    text = (folder / RIVALRY).read_text(encoding="utf-8").replace(one % "1.8", idle).replace('name = "rivalry"', 'name = "idle"')
    (folder / "hypotheses" / "idle.toml").write_text(text, encoding="utf-8")
    (folder / "hypotheses" / "takeover.toml").unlink()
    case = (folder / "case.toml").read_text(encoding="utf-8").replace('explanation = "takeover"', 'explanation = "rivalry"')
    (folder / "case.toml").write_text(case, encoding="utf-8")
    fits = calibrate.fit(load(folder), seed=3, effort=SMALL, threads=1)
    agreed = {name: next(r.agreed for r in predictive.claim_rows(fits, p) if r.id == "E1") for name, p in fits.posteriors.items()}
    evidence = {name: p.evidence().log_z for name, p in fits.posteriors.items()}
    rest = {}
    for name, p in fits.posteriors.items():
        without = likelihood.total(*likelihood.without_claim(fits.plan, p.terms, "E1"))
        rest[name] = p.evidence(p.log_prior + without).log_z
    gained = (evidence["rivalry"] - evidence["idle"]) - (rest["rivalry"] - rest["idle"])
    assert gained > 0.5 and agreed["rivalry"] > agreed["idle"] + 0.2


def test_a_data_set_of_a_case_with_an_effect_is_drawn_and_restated(told):
    drawn = truth.draw(told, seed=2, index=0)
    effect = drawn.case.book.claims["E1"]
    assert effect.low != 60.0 and 0.1 < effect.low < 1e5 and effect.interpretations == told.book.claims["E1"].interpretations
    with_it, without = drawn.statistics[0, drawn.binding.claim_columns["E1"]]
    assert 0 < with_it != without > 0


def test_a_case_without_such_claims_has_no_second_run(tmp_path):
    case = load(edit(tmp_path, NAMED))
    assert Binding(case).counterfactual == {} and set(case.setting().without) == {"patrol-wave"}
    assert Binding(load("toy")).counterfactual == {} and load("toy").setting().without == {}


REFUSED = [
    ("event", (EVENT, 'event = "patrol-wav"'), "event 'patrol-wav' unknown", "patrol-wave"),
    ("[[claim]]", (f"{EVENT}\n", ""), "'event' missing", "event = ..."),
    ("window", (WINDOW, "window = [2030-01-12, 2030-01-31]"), "before event 'patrol-wave' begins, on 2030-02-01", "days from 2030-02-01"),
    ("baseline", (WINDOW, f"{WINDOW}\nbaseline = [2030-01-12, 2030-01-21]"), "'baseline' in claim 'E1'", "event"),
    ("low", ("low = 60", "low = 0"), "low = 0 of an effect", "0.1 to 100000, a multiple of the level without the event in percent"),
    ("unit", ('unit = "percent"', 'unit = "persons/day"'), "unit 'persons/day' of an effect", "how many times the level without the event"),
    ("kind", ("high = 60\n", "high = 60\nthreshold = 0.1\n"), "a number (low) and a direction (threshold)", "either unit, low and high"),
    ("reduce", ('reduce = "mean"', 'reduce = "any"'), "reduce 'any'", "one of sum, mean"),
    ("said", (IN_WORDS[0], IN_WORDS[1].replace("down", "fell")), "said 'fell' unknown", "one of down, flat, up"),
]


@pytest.mark.parametrize(("key", "change", "actual", "expected"), REFUSED)
def test_what_cannot_be_meant_is_refused_with_its_line(tmp_path, key, change, actual, expected):
    assert change[0] in TOLD
    case = edit(tmp_path, NAMED, (DOSSIER, "", TOLD.replace(*change)))
    (fault,) = refused(case)
    assert actual in fault and expected in fault
    at = int(fault.split(":")[1])
    assert (case / DOSSIER).read_text(encoding="utf-8").splitlines()[at - 1].startswith(key) and at >= line(case, DOSSIER, 'id = "E1"') - 1


def test_nobody_speaks_of_an_event_before_it_became_known(tmp_path):
    late = (NAMED[0], NAMED[1], NAMED[2] + "published = 2030-02-18\n")
    (fault,) = refused(edit(tmp_path, late, (DOSSIER, "", TOLD)))
    assert "published 2030-02-16, before event 'patrol-wave' became known (2030-02-18)" in fault


def test_ids_of_events_are_given_once_and_events_without_one_cannot_be_named(tmp_path):
    (fault,) = refused(edit(tmp_path / "a", (DOSSIER, "", TOLD)))
    assert "event 'patrol-wave' unknown" in fault and "id of a [[event]]" in fault
    folder = edit(tmp_path / "b", NAMED, ("case.toml", "", WIND.replace('"wind"', '"patrol-wave"')), (DOSSIER, "", TOLD))
    (folder / "wind.csv").write_text("period,factor\n2030-02-01/2030-02-10,1\n", encoding="utf-8")
    assert any("id 'patrol-wave' of an event given twice" in fault for fault in refused(folder))


def test_days_before_the_event_and_a_change_beside_it_are_flagged(tmp_path):
    change = TOLD.replace('"E1"', '"C1"').replace('"effect"', '"change"').replace(EVENT, "baseline = [2030-01-20, 2030-01-29]")
    early = TOLD.replace(WINDOW, "window = [2030-01-25, 2030-02-10]")
    for name, text, rule in (("a", TOLD + change, "change-beside-an-effect"), ("b", early, "days-before-the-event")):
        case = load(edit(tmp_path / name, NAMED, (DOSSIER, "", text)))
        assert [f.rule for f in case.book.claims["E1"].flags if f.origin == "rule"] == [rule]
        assert next(c for c in to_record(case.book).claims if c.id == "E1").event == "patrol-wave"
    great = TOLD.replace('unit = "percent"', 'unit = "1"')
    assert any("E1 states 60 times its level without the event" in text for text in odd(edit(tmp_path / "c", NAMED, (DOSSIER, "", great))))


@pytest.mark.parametrize("text", [TOLD, TOLD.replace(*IN_WORDS)])
def test_answers_to_the_question_have_chances_that_sum_to_one(tmp_path, text):
    case = load(edit(tmp_path, NAMED, (DOSSIER, "", text)))
    one = case.book.claims["E1"]
    values = np.random.default_rng(2).gamma(4.0, 10.0, (40, 2))
    answers = list_answers(one, case.book.roots[one.root], values, np.random.default_rng(1))
    assert np.exp(answers.log_chance).sum(axis=2) == pytest.approx(np.ones((40, 3)), abs=2e-3)


def test_a_question_of_an_effect_is_read(tmp_path):
    asked = TOLD.replace("[[claim]]", "[[evidence]]").replace('paraphrase = "', 'what = "')
    for old, new in (('root = "guard-count"', 'by = "an observer"'), ("published = 2030-02-16\n", 'letter = "B"\ndays = 30\n'),
                     ("low = 60\nhigh = 60\n", "")):
        asked = asked.replace(old, new)
    case = load(edit(tmp_path, NAMED, ("evidence.toml", "", asked)))
    question = next(c.question for c in case.candidates if c.id == "E1")
    assert question.event == "patrol-wave" and question.interpretations[0].compared.without == "patrol-wave"


def test_the_effect_of_the_page_is_weighed(tmp_path):
    page = Path(__file__).parents[2] / "docs" / "reference" / "case.md"
    (block,) = re.findall(r"^```toml\n# with id[^\n]*\n(\[\[claim\]\].*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    assert load(edit(tmp_path, NAMED, (DOSSIER, "", f"\n{block}"))).book.claims["E1"].likelihood


def test_the_report_shows_what_of_a_change_the_event_explains():
    claims = [SimpleNamespace(id=name, kind=kind, likelihood=True, event="patrol-wave", unit="percent", series="successes", reduce="mean",
                              window=["2030-02-01", "2030-02-10"]) for name, kind in (("E1", "effect"), ("C1", "change"))]
    rows = [FitRow(kind="claim", id=name, explanation=explanation, observed=60.0, q05=q50 - 5, q50=q50, q95=q50 + 5, met=True, agreed=0.5,
                   undefined=0.0) for name, explanation, q50 in (("E1", "rivalry", 50.0), ("C1", "rivalry", 25.0), ("E1", "takeover", 80.0),
                                                                ("C1", "takeover", 120.0))]
    study = SimpleNamespace(dossier=SimpleNamespace(claims=claims), weigh=SimpleNamespace(fit=rows),
                            case=(case := SimpleNamespace(measures=None)))
    heading, grid, prose = effects.show_effects(study)
    parts = {row[2]: (row[3], row[6], row[7]) for row in grid.table.rows}
    assert parts["rivalry"][2] == pytest.approx(0.5) and parts["takeover"][2] is None and "takeover" in prose.text
    assert "50 %" in parts["rivalry"][0] and "25 %" in parts["rivalry"][1] and heading.text == "Effects of events"
    alone = SimpleNamespace(dossier=SimpleNamespace(claims=claims[:1]), weigh=SimpleNamespace(fit=rows), case=case)
    assert len(effects.show_effects(alone)) == 2
    assert effects.show_effects(SimpleNamespace(dossier=SimpleNamespace(claims=[]), case=case)) == []
