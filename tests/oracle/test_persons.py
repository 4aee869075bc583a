"""Cohorts equal persons in law: the kernel's counts against a reference that carries everybody one by one.

For every count: its mean (Welch), its variance (Brown & Forsythe) and its whole law (Kolmogorov-Smirnov, conservative for counts).
False-alarm budget: 1e-3 for the whole file, by Holm over all comparisons; seeds are fixed, so a pass stays a pass.
"""
from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from interlope.model.params import CONTROL_INDEX, neutral_controls
from interlope.model.simulate import PARAMS, advance, begin
from interlope.quantities import INDEX
from interlope.verification import minimal

_spec = importlib.util.spec_from_file_location("persons", Path(__file__).with_name("persons.py"))
assert _spec is not None and _spec.loader is not None
persons = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(persons)

DAYS, PERSONS, COHORTS, SEED, BUDGET = 35, 500, 4000, 20231027, 1e-3
MEMBERS = np.array([[6, 3], [4, 0], [0, 9]])
PRICE = np.array([[700.0, 900.0], [800.0, 800.0], [800.0, 650.0]])
SYMBOL = np.array([1, 0, 0])
OPERATION = {10: 0.6, 11: 0.6, 12: 0.6, 20: 1.0}
CLOSURE, RETURNED = np.zeros(DAYS), np.zeros(DAYS)  # levers are set from the day on which half of the time is over
CLOSURE[18:30], RETURNED[18:] = 0.4, 0.6
OWN = {
    "demand_level": 14.0, "demand_north_rate": 0.4, "demand_leave_rate": 0.02, "choices_attempt_rate": 0.25, "choices_tempo": 1.0,
    "choices_symbol_weight": 2.0, "choices_familiarity": 0.5, "choices_guide_capacity": 0.9, "choices_weather_sd": 0.18,
    "crossings_swamping": 15.0, "crossings_reference": 10.0, "crossings_death": 0.01, "crossings_line_risk": 0.4,
    "crossings_shelter_chance": 0.2, "crossings_belief_days": 10.0, "demand_diverted_death": 0.05, "closures_danger": 1.2,
    "closures_detour": 0.3, "closures_elsewhere": 0.4, "closures_cost": 0.0, "returns_delay_days": 4.0, "returns_again": 0.7,
    "returns_anticipation": 0.5, "symbols_deterrence": 1e9, "symbols_dilution": 0.0, "prices_adjust_days": 1e12, "earnings_wage": 0.0,
}
VALUES = {**{p.name: p.value for p in PARAMS}, **minimal.QUIET, **OWN}


def setting():
    frame = minimal.setting(DAYS, MEMBERS, operation=OPERATION)
    return replace(frame, classes=("one", "two"), familiar=np.array([1.0, 0.0]), origin_share=np.array([0.5, 0.5]),
                   mix=np.tile([0.6, 0.4], (frame.months, 1)))


def opened(replicates):
    """Worlds on the first morning: prices and names are set, people as the model puts them."""
    states = begin(setting(), VALUES, None, SEED, np.arange(replicates))
    states.array("price")[...] = PRICE
    states.array("symbol")[...] = SYMBOL
    return states


@pytest.fixture(scope="module")
def cohorts():
    """Counts of the kernel by name [r, n]."""
    controls = neutral_controls(DAYS)
    controls[:, CONTROL_INDEX["closure"]], controls[:, CONTROL_INDEX["return_share"]] = CLOSURE, RETURNED
    states, by_class = advance(opened(COHORTS), DAYS, detail="c", controls=controls)
    again, by_sector = advance(opened(COHORTS), DAYS, detail="s", controls=controls)
    assert not states.status.any() and np.array_equal(states.buffer.view(np.int64), again.buffer.view(np.int64))
    c, s = by_class.detail.sum(axis=1), by_sector.detail.sum(axis=1)
    alone = (by_sector.detail[:, :, INDEX["attempts"]] * by_sector.detail[:, :, INDEX["self_guided_share"]]).sum(axis=(1, 2))
    day = by_class.series.sum(axis=1)
    found = {"alone": np.rint(alone)[:, None]}
    found |= {name: day[:, [INDEX[name]]] for name in ("arrivals", "diverted", "diverted_deaths", "readmitted", "readmitted_again")}
    found |= {f"{name}_c": c[:, INDEX[name]] for name in ("attempts", "successes")}
    found |= {f"{name}_s": s[:, INDEX[name]] for name in ("attempts", "prevented", "detained", "successes")}
    found["deaths_s"] = s[:, INDEX["client_deaths"]]
    found |= {f"{name}_c": states.array(f"class_{name}").astype(float) for name in ("waiting", "transit", "sheltered", "awaiting_return")}
    return found


def people(values, replicates, seed):
    """Counts of the reference by name [r, n]."""
    states, rng = opened(1), np.random.default_rng(seed)
    frame = states.setting
    first = np.isin(np.arange(DAYS), (0, 31))
    world = persons.World(frame.mix[0], MEMBERS, PRICE, SYMBOL, frame.operation, first, CLOSURE, RETURNED)
    start = states.array("class_waiting")[0], states.array("class_transit")[0], float(states.array("price_level")[0, 0])
    found = [persons.live(values, world, *start, rng) for _ in range(replicates)]
    return {name: np.stack([x[name] for x in found]) for name in found[0]}


def alarms(ours, theirs):
    """Comparisons that fail by Holm at the budget: name, number, p."""
    tests = []
    for name in theirs:
        for i in range(theirs[name].shape[1]):
            a, b = ours[name][:, i].astype(float), theirs[name][:, i]
            tests.append((stats.ttest_ind(a, b, equal_var=False).pvalue, f"mean of {name}[{i}]: {a.mean():.3f} {b.mean():.3f}"))
            tests.append((stats.levene(a, b, center="median").pvalue, f"variance of {name}[{i}]: {a.var():.3f} {b.var():.3f}"))
            tests.append((stats.ks_2samp(a, b).pvalue, f"law of {name}[{i}]"))
    tests.sort()
    failed = []
    for k, (p, what) in enumerate(tests):
        if not p <= BUDGET / (len(tests) - k):
            break
        failed.append(f"{what} (p {p:.1g})")
    return failed, len(tests)


def test_persons_and_cohorts_have_the_same_law(cohorts):
    failed, count = alarms(cohorts, people(VALUES, PERSONS, 1))
    assert count >= 60
    assert failed == []


@pytest.mark.parametrize(("name", "value", "shows"), [
    ("crossings_detained", 0.58, "detained"), ("choices_guide_capacity", 0.7, "attempts"),
    ("demand_innovation_sd", 0.8, "variance"),
    ("choices_symbol_weight", 0.0, "attempts"),
    ("closures_danger", 0.0, "deaths"), ("closures_detour", 0.6, "attempts"), ("closures_elsewhere", 0.8, "diverted"),
    ("returns_again", 0.3, "readmitted_again"), ("returns_delay_days", 7.0, "readmitted"),
])
def test_another_law_is_noticed(cohorts, name, value, shows):
    failed, _ = alarms(cohorts, people({**VALUES, name: value}, 150, 2))
    assert any(shows in what for what in failed), failed
