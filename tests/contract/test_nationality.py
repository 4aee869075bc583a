"""Nationality never drives violence: held by signature and by permutation (ruling 31)."""
from __future__ import annotations

import inspect
import re
from dataclasses import replace

import numpy as np

from interlope.model import step
from interlope.model.simulate import advance, begin
from interlope.model.state import STATE
from interlope.model.workspace import WORKSPACE
from interlope.quantities import INDEX
from interlope.verification import effects
from interlope.verification.defaults import neutral

BY_CLASS = {c.name for c in (*STATE, *WORKSPACE) if "c" in c.axes} | {"familiar", "mix"}
ALLOWED = {  # who may know client classes at all, and what for
    "demand": "arrivals and departures", "choices": "who tries with whom", "crossings": "counts of who got through",
    "raids": "counts of people met and moved", "symbols": "which classes know a name", "takeover": "kin ties of groups by origin",
    "reports": "counts",
}


def seen_by(mechanism):
    """Names of the arguments of every kernel in a mechanism, and of the arrays that it takes out of the world."""
    for function in vars(mechanism).values():
        plain = getattr(function, "py_func", function)
        if inspect.isfunction(plain) and plain.__module__ == mechanism.__name__:
            yield from inspect.signature(plain).parameters
            yield from re.findall(r'take\(w, "(\w+)"\)', inspect.getsource(plain))


def test_only_counting_and_choosing_mechanisms_see_client_classes():
    seen = {m.__name__.rsplit(".", 1)[-1] for m in step.MECHANISMS if BY_CLASS & set(seen_by(m))}
    assert seen <= set(ALLOWED), seen - set(ALLOWED)
    for name in ("clashes", "radicalisation", "escalation", "control", "earnings", "growth", "truces", "guards", "copycats", "prices"):
        assert name not in seen


def test_nothing_else_that_a_mechanism_calls_on_sees_client_classes():
    """What is handed on through other files of the model counts as seen by the mechanism that begins it."""
    classes = {c.name for c in STATE if "c" in c.axes}
    mean_only = {("clashes", "belief")}  # the step hands it one number, the mean over classes that know a name: whether it deters
    for name, found in effects.derive().items():
        if name not in ALLOWED:
            assert {(name, x) for x in classes & (found.reads | found.writes)} <= mean_only
            assert not classes & found.writes, name


def test_origin_of_a_group_reaches_no_mechanism_of_violence():
    for mechanism in step.MECHANISMS:
        name = mechanism.__name__.rsplit(".", 1)[-1]
        if name not in ("takeover", "growth", "reports"):
            assert "origin" not in set(seen_by(mechanism)), name


def test_what_clashes_call_on_sees_neither_origin_nor_class():
    from interlope.model import contest, excitation, opponents

    for helper in (contest, excitation, opponents):
        assert not {"origin", *BY_CLASS} & set(seen_by(helper)), helper.__name__


def test_no_parameter_belongs_to_a_class():
    classes = ("afghan", "pakistani", "syrian", "turkish", "other_class", "origin")
    assert not [p.name for p in step.PARAMS if any(c in p.name for c in classes)]


def test_origin_changes_no_violence_under_takeover():
    """Whatever origins groups are given, every series but the share by familiar origin is the same, bit for bit."""
    values = {"takeover_absorption_rate": 0.02, "takeover_arrival_day": 20.0, "choices_symbol_weight": 0.6, "symbols_adopt_rate": 2.0}
    histories = []
    for shares in ([1.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0, 0.0], [0.2, 0.2, 0.2, 0.2, 0.2]):
        setting = replace(neutral(150, operation_from=100), origin_share=np.array(shares))
        _, recorded = advance(begin(setting, values, None, 7, np.arange(6)), 150)
        histories.append(np.delete(recorded.series, INDEX["share_command_familiar"], axis=2))
    assert histories[0][:, :, INDEX["clashes"]].sum() > 0
    assert np.array_equal(histories[0], histories[1]) and np.array_equal(histories[0], histories[2])


def test_without_a_known_name_the_class_mix_changes_no_violence():
    """Swapping two classes' shares of arrivals leaves every series of violence unchanged when no class knows the symbol."""
    base = replace(neutral(120), familiar=np.zeros(5))
    mixes = [[0.5, 0.5, 0.0, 0.0, 0.0], [0.5, 0.0, 0.5, 0.0, 0.0], [0.5, 0.0, 0.0, 0.5, 0.0]]
    histories = []
    for mix in mixes:
        setting = replace(base, mix=np.tile(mix, (base.months, 1)))
        _, recorded = advance(begin(setting, {"clashes_base": 1.0}, None, 7, np.arange(200)), 120)
        histories.append(recorded.series.astype(float))
    for name in ("clashes", "lethal_clashes", "armed_attacks", "client_violence", "group_deaths", "readiness"):
        means = [h[:, :, INDEX[name]].sum(1) for h in histories]
        spread = max(m.mean() for m in means) - min(m.mean() for m in means)
        error = np.sqrt(2 * np.mean([m.var(ddof=1) for m in means]) / 200)
        assert spread <= 4.5 * error, name  # three comparisons of six series; false-alarm budget 1e-4
