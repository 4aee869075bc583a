"""Nationality cannot drive violence in any case: held by the source, by the bits of runs of case files, and within one run by origin.

That it holds for any parameters, levers and classes is `tests/property/test_nationality.py`; SAFETY.md says what is guaranteed.
"""
from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

import interlope as il
from interlope.errors import BadInput
from interlope.model import step
from interlope.model.simulate import advance, begin
from interlope.model.state import STATE
from interlope.model.workspace import WORKSPACE
from interlope.scenario import folder
from interlope.verification import effects
from interlope.verification.defaults import neutral

BY_CLASS = {cell.name for cell in (*STATE, *WORKSPACE) if "c" in cell.axes}
INPUTS = {"mix", "familiar", "origin_share"}
MODEL = Path(step.__file__).parent
VIOLENCE = ("client_violence", "client_injuries", "client_deaths", "diverted_deaths", "clashes", "lethal_clashes", "group_deaths",
            "readiness", "attacks", "armed_attacks", "personnel_injured", "personnel_killed", "organised_response", "punishments",
            "extorted", "recruits", "operation_days")


def test_one_mechanism_alone_knows_classes_and_nobody_reads_what_it_writes():
    found = effects.derive()
    own = found.pop("classes")
    assert {"class_waiting", "class_transit", "class_sheltered", "class_awaiting_return", "origin"} == own.writes
    assert own.inputs == INPUTS | {"month"}
    for name, other in found.items():
        assert not BY_CLASS & (other.reads | other.writes | other.takes | other.gives), name
        assert not INPUTS & other.inputs, name
        assert "share_command_familiar" not in other.recorded | other.seen, name
    assert {"share_command_familiar"} == own.recorded - set().union(*(f.recorded for f in found.values()))


def test_no_other_file_of_the_days_work_names_a_class_or_asks_for_an_origin():
    """Word for word: apart from `classes`, an origin is written to a group that begins and handed to one that splits off."""
    allowed = {"slots.py": {"origin"}, "step.py": {"by_class", *INPUTS}, "mechanisms/classes.py": BY_CLASS | {"origin"} | INPUTS}
    for file in [MODEL / f"{name}.py" for name in ("step", "slots", "occupancy", "opponents", "violence", "contest", "ground", "logit",
                                                   "excitation", "opening")] + sorted((MODEL / "mechanisms").glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        words = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} | {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
        words |= {n.args[1].value for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
                  and n.func.id == "take" and isinstance(n.args[1], ast.Constant)}
        short = file.relative_to(MODEL).as_posix()
        assert words & (BY_CLASS | INPUTS | {"origin"}) <= allowed.get(short, set()), short
    uses = re.findall(r"origin\[\w\]\)?", (MODEL / "slots.py").read_text(encoding="utf-8"))
    assert uses == ["origin[g]", "origin[g])"]  # written when a group begins; handed on to what splits off


def test_no_parameter_belongs_to_a_class():
    classes = ("afghan", "pakistani", "syrian", "turkish", "other_class", "origin", "nation")
    assert not [p.name for p in step.PARAMS if any(c in p.name for c in classes)]


# The case of the attack: ties harden at once and lend fifty times the force; only the classes of clients and origins of groups differ.
ATTACK = """
takeover_arrival_day = { value = 1, unit = "day", source = "assumption" }
radicalisation_contact = { value = 1.0, unit = "1/day", source = "assumption" }
takeover_kin_strength = { value = 50, unit = "x", source = "assumption" }
clashes_readiness_effect = { value = 1, unit = "1", source = "assumption" }
crossings_violence = { value = 0.05, unit = "incidents/attempt", source = "assumption" }
clashes_base = { value = 2.0, unit = "1/day", source = "assumption" }
choices_symbol_weight = { value = 3.0, unit = "1", source = "assumption" }
symbols_adopt_rate = { value = 20.0, unit = "1/group/year", source = "assumption" }
"""
CLASSES = {
    "none of a familiar origin": ([1.0, 0.0], [0.0, 1.0], [0.5, 0.5]), "all of a familiar origin": ([1.0, 0.0], [1.0, 0.0], [0.5, 0.5]),
    "nobody knows the name": ([0.0, 0.0], [0.5, 0.5], [0.5, 0.5]), "the other class knows it": ([0.0, 1.0], [0.0, 1.0], [0.9, 0.1]),
    "three classes": ([1.0, 0.3, 0.0], [0.2, 0.3, 0.5], [0.05, 0.15, 0.8]), "one class": ([1.0], [1.0], [1.0]),
}


def write_case(where, familiar, origin_share, mix, *, swap_names=False):
    """The toy with other classes and the attack's numbers; its explanation `rivalry` gives every group it can a tie."""
    case = where / "toy"
    for path in sorted(folder.find("toy").rglob("*")):
        if path.is_file():
            copy = case / path.relative_to(folder.find("toy"))
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    names = [f"class-{i}" for i in range(len(mix))]
    clients = "".join(f'[[clients]]\nname = "{n}"\nfamiliar = {f}\norigin_share = {o}\nsource = "assumption"\n\n'
                      for n, f, o in zip(reversed(names) if swap_names else names, familiar, origin_share))
    text = (case / "case.toml").read_text(encoding="utf-8")
    text = re.sub(r"\[\[clients\]\].*(?=\[demand\])", clients, text, flags=re.S)
    text = re.sub(r"^bound = .*$", f"bound = {[1] * len(mix)}", text, flags=re.M)
    text = re.sub(r"^share = .*$", f"share = {mix}", text, flags=re.M)
    text = re.sub(r"^takeover_arrival_day = .*\n", "", text, flags=re.M)
    (case / "case.toml").write_text(text.rstrip("\n") + ATTACK, encoding="utf-8")
    rivalry = case / "hypotheses" / "rivalry.toml"
    text = rivalry.read_text(encoding="utf-8").replace("kin_share = { value = 0.0", "kin_share = { value = 1.0")
    rivalry.write_text(text.replace("adopt_rate = { value = 0.0", "adopt_rate = { value = 20.0"), encoding="utf-8")
    return il.load(str(case))


def histories(case):
    """Every recorded series of both explanations, but the one by origin: name -> values."""
    found = {}
    for explanation in case.hypotheses:
        data = il.simulate(case, explanation, 12, 7)
        found |= {(explanation, str(name)): data[name].values for name in data.data_vars if name != "share_command_familiar"}
    return found


def test_case_files_that_differ_in_classes_alone_give_the_same_bits(tmp_path):
    first = None
    for i, (words, classes) in enumerate(CLASSES.items()):
        found = histories(write_case(tmp_path / str(i), *classes, swap_names=i % 2 == 1))
        first = first or found
        for (explanation, name), values in found.items():
            assert np.array_equal(values, first[explanation, name], equal_nan=True), (words, explanation, name)
    for name in VIOLENCE:
        assert ("rivalry", name) in first
    assert first["rivalry", "readiness"][:, -20:].mean() > 0.8  # the attack's readiness, with whatever origins
    assert first["rivalry", "client_violence"].sum() > 0 and first["rivalry", "lethal_clashes"].sum() > 0


def test_groups_of_every_origin_are_alike_in_law():
    """Within one run: ties, readiness and size of groups by origin. Three tests at 1e-6 each: false-alarm budget 3e-6, seed fixed."""
    values = {"takeover_kin_share": 0.5, "takeover_arrival_day": 5.0, "radicalisation_contact": 1.0, "takeover_kin_strength": 50.0,
              "clashes_base": 0.5, "choices_symbol_weight": 1.0, "symbols_adopt_rate": 2.0}
    setting = replace(neutral(120, group_slots=12, initial_groups=8), familiar=np.array([1.0, 1.0, 0.0, 0.0, 0.0]))
    states, _ = advance(begin(setting, values, None, 7, np.arange(600)), 120, record=False)
    alive = states.array("members").sum(axis=2) > 0
    familiar = setting.familiar[states.array("origin")] > 0
    both = (alive & familiar).any(axis=1) & (alive & ~familiar).any(axis=1)
    assert both.sum() > 500
    for name, found in (("tie", states.array("tie") > 0), ("readiness", states.array("readiness")),
                        ("size", states.array("members").sum(axis=2))):
        mean = [np.average(found[both], axis=1, weights=(alive & of)[both]) for of in (familiar, ~familiar)]
        assert stats.ttest_1samp(mean[0] - mean[1], 0.0).pvalue > 1e-6, (name, mean[0].mean(), mean[1].mean())
    assert 0.2 < (states.array("tie")[alive] > 0).mean() < 0.8 and states.array("readiness")[alive].std() > 0.2


def test_a_network_names_no_group_by_a_class(tmp_path):
    case = tmp_path / "cartels"
    case.mkdir()
    for path in folder.find("cartels").rglob("*"):
        if path.is_file():
            copy = case / path.relative_to(folder.find("cartels"))
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    text = (case / "case.toml").read_text(encoding="utf-8")
    extra = ('\n[[clients]]\nname = "First"\nfamiliar = true\norigin_share = 1.0\nsource = "assumption"\n\n[demand]\nseason = '
             f'{[1] * 12}\nseason_source = "assumption"\n\n[[demand.mix]]\nyear = 2000\nshare = [1.0]\nsource = "assumption"\n')
    (case / "case.toml").write_text(text + extra, encoding="utf-8")
    with pytest.raises(BadInput, match="group 'first' bears the name of a class of clients"):
        il.load(str(case))
