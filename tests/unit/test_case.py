"""Cases: what loads, what is refused, and that every fault of every file is named at once."""
from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from interlope.errors import BadInput
from interlope.model.params import Param
from interlope.scenario import case as cases
from interlope.scenario.folder import names

RIVALRY = "hypotheses/rivalry.toml"


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, old
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(BadInput) as caught:
        cases.load(folder)
    return str(caught.value)


def line_of(folder: Path, file: str, text: str) -> int:
    rows = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(i + 1 for i, row in enumerate(rows) if text in row)


def test_small_case_loads(small_case):
    case = cases.load(small_case)
    assert case.name == "toy"
    assert list(case.options)[0] == "status-quo"
    assert set(case.hypotheses) == {"rivalry", "takeover"}
    assert case.as_of == date(2030, 2, 19)
    assert len(case.sha256) == 64


@pytest.mark.parametrize("name", ["serbia-hungary", "channel-boats", "toy"])
def test_shipped_cases_load(name):
    case = cases.load(name)
    assert case.name == name
    assert case.book.claims
    assert all(h.predictions for h in case.hypotheses.values())
    setting = case.setting()
    assert setting.days == (case.end - case.start).days + 1
    assert np.allclose(setting.mix.sum(axis=1), 1)
    assert setting.origin_share.sum() == pytest.approx(1)
    assert setting.season.mean() == pytest.approx(1, abs=1e-3)
    assert setting.months == len(setting.growth)


def test_flagship_is_as_designed():
    case = cases.load("serbia-hungary")
    setting = case.setting()
    assert (setting.sectors, setting.group_slots, setting.initial_groups) == (6, 16, 10)
    assert setting.classes == ("afghan", "pakistani", "syrian", "turkish", "other")
    assert setting.familiar.tolist() == [1.0, 0.4, 0.0, 0.0, 0.0]
    assert list(case.hypotheses) == ["rivalry", "mimicry", "kinship", "takeover"]
    assert set(case.options) == {"status-quo", "sustained-raids", "border-hardening", "joint-patrols", "legal-pathways",
                                 "financial-disruption", "safe-reception", "restraint-rule"}
    assert (setting.growth[12:] == 0).all()
    assert setting.growth[:12].mean() == pytest.approx(np.log(0.55), abs=1e-3)
    assert setting.mix[0].tolist() == setting.mix[23].tolist()
    assert setting.mix[24].tolist() == setting.mix[-1].tolist()


def test_explanations_differ_only_where_they_say_so():
    case = cases.load("serbia-hungary")
    off = {"rivalry": {"takeover_absorption_rate", "takeover_kin_share", "symbols_adopt_rate"},
           "mimicry": {"takeover_absorption_rate", "takeover_kin_share"},
           "kinship": {"takeover_absorption_rate", "takeover_command_chance", "symbols_adopt_rate"},
           "takeover": {"takeover_kin_share", "symbols_adopt_rate"}}
    shared = case.parameters("rivalry")
    for name, zeros in off.items():
        known = case.parameters(name)
        assert list(known) == list(shared)
        assert all(known[zero].prior.support == (0.0, 0.0) for zero in zeros)
        own = {*case.hypotheses[name].parameters, *(p for v in case.hypotheses[name].variants for p in v.parameters)}
        for parameter in set(known) - own - set(case.hypotheses["rivalry"].parameters):
            assert known[parameter] == shared[parameter]
    assert case.parameters("takeover")["takeover_command_chance"].prior.median == 1.0
    assert case.parameters("takeover")["takeover_absorption_rate"].role == "I"
    assert case.parameters("takeover")["takeover_tribute_share"].role == "F"
    assert case.parameters("mimicry")["symbols_adopt_rate"].prior.support[0] == 0.0


def test_operations_are_imposed_up_to_a_day_and_no_further():
    case = cases.load("serbia-hungary")
    late = case.setting()
    first = case.day(date(2023, 10, 27))
    assert late.operation[first : first + 19].tolist() == [1.0] * 19
    assert late.operation[first + 19 :].sum() == 0.0
    assert late.hazard_from == case.day(date(2023, 11, 15))
    early = case.at("before-operation").setting()
    assert early.operation[first:].sum() == 0.0
    assert early.hazard_from == first - 1
    assert (early.operation[: first - 1] == late.operation[: first - 1]).all()
    short = case.setting(end=date(2022, 12, 31))
    assert short.days == 730
    assert short.hazard_from == 730
    assert short.months == 24
    assert len(case.setting(end=date(2024, 10, 24)).mix) == 46


def test_event_before_the_start_is_refused_and_one_known_later_does_not_act(small_case):
    change(small_case, "case.toml", "start = 2030-02-01", "start = 2029-12-01")
    assert "expected days from 2030-01-01 to 2030-03-01, those of the case" in refusal(small_case)
    change(small_case, "case.toml", "start = 2029-12-01", "start = 2030-02-01\npublished = 2030-02-25")
    assert cases.load(small_case).setting().operation.sum() == 0.0


def test_as_of_hides_what_was_not_published(small_case):
    case = cases.load(small_case)
    assert set(case.book.claims) == {"A1", "A2", "A3"}
    assert len(case.series["stops"].values) == 2
    early = case.at(date(2030, 2, 1))
    assert set(early.book.claims) == {"A1", "A2"}
    assert case.at("early").as_of == date(2030, 1, 31)
    assert len(early.series["stops"].values) == 2 and len(case.at(case.end).series["stops"].values) == 3
    for wrong in (date(2032, 1, 1), "eary", date(2029, 1, 1)):
        with pytest.raises(BadInput, match="expected a date"):
            case.at(wrong)


def test_a_place_that_the_case_declares_may_be_named_in_its_series(small_case):
    change(small_case, "series/stops.csv", "people stopped, by day", "people stopped in Northland, by day")
    assert "Northland" in cases.load(small_case).series["stops"].definition
    change(small_case, "series/stops.csv", "Northland", "Westland")
    with pytest.raises(BadInput, match=r"'Westland' \(place\)"):
        cases.load(small_case)


def test_a_later_day_of_knowledge_extends_the_case_and_moves_its_decision(small_case):
    case = cases.load(small_case)
    assert case.decision.start == case.at("early").decision.start == date(2030, 2, 10)
    late = case.at(date(2030, 3, 20))
    assert late.end == date(2030, 3, 20) and late.setting().days == (late.end - late.start).days + 1
    assert late.decision == case.decision._replace(start=date(2030, 3, 21))
    assert late.at(case.as_of).decision == case.decision and late.at(case.as_of).end == case.end
    spring = cases.load("serbia-hungary").at("spring")
    assert spring.decision.start == date(2024, 5, 26) and spring.end == spring.as_of == date(2024, 5, 25)
    assert spring.setting().operation.sum() == 61


def test_case_opens_from_inside_its_folder(small_case, monkeypatch):
    monkeypatch.chdir(small_case)
    assert cases.load(".").name == "toy"


def test_every_byte_counts_for_the_digest(small_case):
    before = cases.load(small_case).sha256
    assert before == cases.load(small_case).sha256
    change(small_case, "case.toml", "# A small", "# a small")
    assert cases.load(small_case).sha256 != before


def test_overrides_and_roles(small_case):
    case = cases.load(small_case)
    known = case.parameters("rivalry")
    assert known["demand_level"].prior.text == "lognormal(40, x1.3)"
    assert known["demand_level"].role == "I"
    assert known["choices_tempo"].role == "F"
    assert known["takeover_force"].prior.constant
    with pytest.raises(BadInput, match="nearest 'rivalry'"):
        case.parameters("rivalri")


def test_own_parameter_list_can_be_given(small_case):
    for path in (small_case / "hypotheses").glob("*.toml"):
        rows = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join(row for row in rows if not row.startswith(("takeover_", "symbols_"))))
    text = (small_case / "case.toml").read_text(encoding="utf-8")
    (small_case / "case.toml").write_text(text[: text.index("[overrides]")] + "[overrides]\n")
    params = [Param("level", 1.0, "1/day", "normal(0, 1)", "assumption", "a number", "I")]
    case = cases.load(small_case, params=params)
    assert list(case.parameters("rivalry")) == ["level"]


def test_all_faults_of_all_files_come_at_once(small_case):
    change(small_case, "case.toml", "burn_in = 2030-01-11", "burn_in = 2031-01-11")
    change(small_case, "case.toml", "demand_level", "demand_levle")
    change(small_case, RIVALRY, "takeover_kin_share = { value = 0.0", "takeover_kin_share = { value = -0.1")
    change(small_case, RIVALRY, '"largest_share"', '"largest_shar"')
    change(small_case, "options/joint-patrols.toml", '"joint_patrols"', '"joint_patrol"')
    change(small_case, "dossier.toml", 'series = "attempts"', 'series = "atempts"')
    change(small_case, "series/stops.csv", "2030-01-16,35", "2030-01-16,many")
    text = refusal(small_case)
    for file, entry, words in [
        ("case.toml", "burn_in", "burn_in = 2031-01-11; expected a date from start"),
        ("case.toml", "demand_levle", "parameter 'demand_levle' unknown"),
        (RIVALRY, "takeover_kin_share", "expected a chance or share within 0 to 1"),
        (RIVALRY, "largest_shar", "series 'largest_shar' unknown; expected one of "),
        ("options/joint-patrols.toml", '"joint_patrol"', "lever 'joint_patrol' unknown"),
        ("dossier.toml", "atempts", "series 'atempts' unknown"),
        ("series/stops.csv", "many", "value 'many'; expected a number"),
    ]:
        assert f"{small_case / file}:{line_of(small_case, file, entry)}: " in text
        assert words in text
    assert "nearest 'demand_level'" in text
    assert "nearest 'joint_patrols'" in text


@pytest.mark.parametrize("file, old, new, words", [
    (RIVALRY, "takeover_absorption_rate = { value = 0.0", "takeover_absorption_rate = { value = -1",
     "no value below zero"),
    (RIVALRY, "takeover_absorption_rate = { value = 0.0", 'takeover_absorption_rate = { prior = "normal(1, 1)"',
     "no value below zero"),
    (RIVALRY, "{ value = 0.0, unit", '{ value = 0.0, prior = "0", unit', "either 'prior' or 'value'"),
    (RIVALRY, '"1/group/day"', '"1/day"', "expected '1/group/day'"),
    (RIVALRY, 'source = "definition"', 'source = "somebody"', "source 'somebody' unknown"),
    (RIVALRY, "{ value = 0.0", '{ prior = "betta(1, 2)"', "nearest 'beta'"),
    (RIVALRY, "2030-02-09]", "2030-05-09]", "expected days from 2030-01-01 to 2030-03-01"),
    (RIVALRY, "at_most = 0.9\n", "", "'at_least' or 'at_most'"),
    (RIVALRY, 'reduce = "mean"', 'reduce = "meen"', "nearest 'mean'"),
    (RIVALRY, 'name = "rivalry"', 'name = "rival"', "the file's name, 'rivalry'"),
    (RIVALRY, "format = 1", "format = 2", "format = 2; expected a whole number, 1"),
    (RIVALRY, "gloss", "prior_odds = 0\ngloss", "a number from 1e-06 to 1e+06"),
    ("case.toml", 'name = "toy"', 'explanations = ["rivalry"]\nname = "toy"',
     "expected each of rivalry, takeover once"),
    ("case.toml", 'name = "toy"', 'name = "toys"', "the folder's name, 'toy'"),
    ("case.toml", "season = [1, 1,", "season = [2, 1,", "expected a mean of 1"),
    ("case.toml", "season = [1, 1,", "season = [1,", "expected 12 numbers"),
    ("case.toml", "season_source", "season_years = [2030]\nseason_source", "years outside the likelihood"),
    ("case.toml", 'season_source = "assumption"\n', "", "'season_source' missing"),
    ("case.toml", "share = [0.5, 0.5]", "share = [0.5, 0.6]", "a sum of 1 over the 2 classes"),
    ("case.toml", "origin_share = 0.5", "origin_share = 0.6", "origin shares sum to 1.1"),
    ("case.toml", "familiar = true", "familiar = 3", "expected a number from 0 to 1"),
    ("case.toml", "initial = 3", "initial = 4", "at most slots, 3"),
    ("case.toml", "sectors = 2", "sectors = 0", "a whole number from 1 to 24"),
    ("case.toml", "as_of = 2030-02-19", "as_of = 2030-02-19T10:00:00", "without a time of day"),
    ("case.toml", "as_of = 2030-02-19", "as_of = 2032-02-19", "as_of = 2032-02-19"),
    ("case.toml", "today = 10", "today = 100", "at most the 40 days"),
    ("case.toml", "start = 2030-02-10", "start = 2031-02-10", "expected a day after 2030-01-01"),
    ("case.toml", "date = 2030-01-31", "date = 2033-01-31", "date = 2033-01-31"),
    ("case.toml", "intensity = 0.5", "intensity = 5", "intensity = 5; expected a number from 0.001 to 1"),
    ("case.toml", 'kind = "operation"', 'kind = "operations"', "nearest 'operation'"),
    ("case.toml", 'kind = "operation"', 'kind = "operation"\nend_known = 2030-02-19T10:00:00', "without a time of day"),
    ("case.toml", "bound = [1, 1]", "bound = [0, 0]", "a class with both share and bound above zero"),
    ("case.toml", "[decision]", "[decison]", "nearest 'decison'"),
    ("case.toml", "sectors = 2", "sector = 2", "'sector' unknown"),
    ("case.toml", 'question = "Is one', 'question = "Is Jon Doe', "Jon Doe"),
    ("case.toml", "format = 1", "format = = 1", "expected valid TOML"),
    ("options/status-quo.toml", "gloss", '[[lever]]\nname = "raids"\nsetting = 1\n[more]\ngloss', "'gloss' missing"),
])
def test_fault_is_named(small_case, file, old, new, words):
    change(small_case, file, old, new)
    text = refusal(small_case)
    assert words in text
    assert str(small_case / file) in text


def test_missing_files_are_named(small_case):
    (small_case / "options" / "status-quo.toml").unlink()
    (small_case / "dossier.toml").unlink()
    for path in (small_case / "hypotheses").glob("*.toml"):
        path.unlink()
    text = refusal(small_case)
    assert "no status-quo.toml" in text
    assert "dossier.toml: no such file" in text
    assert "at least one file in hypotheses/" in text
    (small_case / "case.toml").unlink()
    assert "no case.toml" in refusal(small_case)


def test_status_quo_must_not_set_anything(small_case):
    path = small_case / "options" / "status-quo.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[[lever]]\nname = "raids"\nsetting = 1.0\n', encoding="utf-8")
    assert "expected an option without levers" in refusal(small_case)


def test_unknown_case_names_the_nearest():
    with pytest.raises(BadInput, match="nearest 'serbia-hungary'"):
        cases.load("serbia-hungry")
    assert {"serbia-hungary", "toy"} <= set(names())


def test_class_labels_touch_demand_and_familiarity_only(small_case):
    case = cases.load(small_case)
    swapped = replace(case, specification=replace(case.specification, clients=case.specification.clients[::-1]))
    one, two = case.setting(), swapped.setting()
    differs = {name for name in vars(one) if not np.array_equal(np.asarray(getattr(one, name), dtype=object),
                                                                np.asarray(getattr(two, name), dtype=object))}
    assert differs == {"classes", "familiar"}
