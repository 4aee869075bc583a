"""Measures that were in force: every replicate has them, options add to them, and claims of an effect may name them."""
from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from edited_toy import DOSSIER, edit, refused

from interlope.dossier.kinds import REGISTRY
from interlope.ensemble import design, run, streams
from interlope.model import simulate as engine
from interlope.model.params import CONTROL_INDEX
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case, load

AGREEMENT = """
[[measure]]
id = "agreement"
start = 2030-01-25
source = "assumption"
[[measure.lever]]
name = "joint_patrols"
setting = 1.5
ramp = 4
"""
TOLD = """
[[claim]]
id = "E1"
paraphrase = "since the agreement half as many get through"
kind = "effect"
event = "agreement"
root = "guard-count"
series = "successes"
counted = "crossings"
window = [2030-02-06, 2030-02-15]
reduce = "mean"
published = 2030-02-16
said = "down"
threshold = 0.1
noise = 0.2
"""
ROWS = 10


@pytest.fixture(scope="module")
def case(tmp_path_factory) -> Case:
    return load(edit(tmp_path_factory.mktemp("measure"), ("case.toml", "", AGREEMENT), (DOSSIER, "", TOLD)))


def paths(case: Case, setting, controls: np.ndarray | None = None) -> np.ndarray:
    drawn = design.draw(case, "rivalry", ROWS, 5)
    states = engine.begin(setting, drawn.values, drawn.innovations, 9, np.arange(ROWS))
    return engine.advance(states, setting.days, controls=controls)[1].series


def test_a_measure_is_in_force_from_its_first_day_and_makes_what_its_levers_make(case):
    setting, toy = case.setting(), load("toy")
    assert toy.setting().controls is None and case.setting(imposed_until=date(2030, 1, 24)).controls is None
    plain, given = toy.setting(), setting.controls
    neutral = engine.neutral_controls(len(given))
    assert np.array_equal(given[:24], neutral[:24]) and (given[24:] != neutral[24:]).any(axis=1).all()
    assert paths(case, setting).tobytes() == paths(toy, plain, given).tobytes()
    assert paths(case, setting.without["agreement"]).tobytes() == paths(toy, plain).tobytes()


def test_an_option_combines_with_what_is_in_force_as_each_control_declares(case):
    setting, plain = case.setting(), load("toy").setting()
    option = np.array(engine.neutral_controls(setting.days))
    option[30:, CONTROL_INDEX["fence_factor"]], option[30:, CONTROL_INDEX["patrol_extra"]] = 2.0, 0.5
    both = setting.controls.copy()
    both[:, CONTROL_INDEX["fence_factor"]] *= option[:, CONTROL_INDEX["fence_factor"]]
    both[:, CONTROL_INDEX["patrol_extra"]] += option[:, CONTROL_INDEX["patrol_extra"]]
    assert paths(case, setting, option).tobytes() == paths(case, plain, both).tobytes()
    each = np.repeat(option[None], ROWS, axis=0)
    assert paths(case, setting, each).tobytes() == paths(case, plain, both).tobytes()


def test_its_effect_is_that_of_a_run_without_it_bit_for_bit(case):
    setting, binding = case.setting(end=case.as_of), Binding(case)
    drawn, along = design.draw(case, "rivalry", ROWS, 5), streams.single(9, np.arange(ROWS))
    values, _ = run.summarise(setting, drawn.values, drawn.innovations, binding, along, threads=1)
    plain = Binding.only(case.start, [r if not r.without else replace(r, without="") for r in binding.reductions])
    without, _ = run.summarise(setting.without["agreement"], drawn.values, drawn.innovations, plain, along, threads=1)
    one, other = binding.claim_columns["E1"]
    assert values[:, other].tobytes() == without[:, plain.reductions.index(binding.reductions[one])].tobytes()
    effect = REGISTRY["effect"].statistics(values[:, [one, other]], case.book.claims["E1"])[:, 0]
    assert np.isfinite(effect).all() and np.median(effect) < 1.0


def test_a_measure_that_is_not_known_yet_is_not_in_force_and_one_that_ended_is_over(tmp_path):
    ended = AGREEMENT.replace("start = 2030-01-25\n", "start = 2030-01-25\nend = 2030-02-03\npublished = 2030-02-05\n")
    known = load(edit(tmp_path, ("case.toml", "", ended)))
    controls = known.setting().controls
    assert np.array_equal(controls[34:], engine.neutral_controls(len(controls) - 34)) and (controls[33] != controls[34]).any()
    assert known.at(date(2030, 2, 4)).setting().controls is None


@pytest.mark.parametrize(("change", "actual", "expected"), [
    (('name = "joint_patrols"', 'name = "joint_patrol"'), "lever 'joint_patrol' unknown", "joint_patrols"),
    (("setting = 1.5", "setting = 0"), "setting = 0: never acts", "above 0"),
    (("setting = 1.5", "setting = 1e6"), "setting = 1000000.0", "a number from 0 to"),
    (("start = 2030-01-25", "start = 2031-01-25"), "a measure from 2031-01-25", "those of the case"),
    (("ramp = 4", "ramp = 4\n[[measure]]\nid = \"agreement\"\nstart = 2030-01-25\nsource = \"assumption\"\n[[measure.lever]]\n"
      'name = "raids"\nsetting = 1.0'), "given twice in [[measure]]", "each id once"),
    (("source = ", "end = 2030-01-24\nsource = "), "end = 2030-01-24, before the measure begins", "a day from then on"),
    (("source = ", "ending = 2030-01-24\nsource = "), "'ending' unknown", "one of"),
    (("source = \"assumption\"", "source = \"nobody\""), "nobody", "assumption"),
    (('name = "joint_patrols"\nsetting = 1.5', 'name = "close_way"\nsetting = 0.5'), "lever 'close_way' in a measure", "is weighed with"),
    (("source = ", "published = 2030-02-12\nsource = "), "was published on 2030-02-12: options are decided on 2030-02-10",
     "before the first day of [decision]"),
    (("ramp = 4", "ramp = 4\n[[measure]]\nid = \"second\"\nstart = 2030-01-28\nsource = \"assumption\"\n[[measure.lever]]\n"
      'name = "joint_patrols"\nsetting = 1.5'), "several measures that add up to 3", "at most 2 on any day"),
    (("ramp = 4", "ramp = 100000"), "ramp = 100000", "from 0 to 60"),
    (('id = "agreement"', 'id = "../agreement"'), "id '../agreement'", "letters, digits"),
])
def test_what_cannot_be_meant_is_refused(tmp_path, change, actual, expected):
    faults = refused(edit(tmp_path, ("case.toml", "", AGREEMENT.replace(*change))))
    assert len(faults) == 1 and actual in faults[0] and expected in faults[0] and faults[0].startswith("case.toml:")


def test_the_measure_of_the_page_is_read(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "reference" / "case.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```toml\n(\[\[measure\]\].*?)^```", page, re.M | re.S)
    (one,) = load(edit(tmp_path, ("case.toml", "", f"\n{block}"))).specification.measures
    assert one.id == "agreement" and one.end is None and one.levers[0].setting == 1.5
