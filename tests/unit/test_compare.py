"""Comparisons: pairing, pooling, harm columns and regret, on a small engine whose answers are known."""
from __future__ import annotations

import json
from dataclasses import dataclass, replace
from types import SimpleNamespace

import numpy as np
import pytest

from interlope.ensemble import streams
from interlope.errors import BadInput, RunFailed
from interlope.levers.catalogue import levers
from interlope.levers.option import Option, ScheduledLever
from interlope.model.params import CONTROL_INDEX
from interlope.policy import compare, robust
from interlope.policy.escalation import trace
from interlope.policy.outcome import OUTCOMES, measure
from interlope.policy.weighted import summarise, tail_mean
from interlope.quantities import INDEX, SERIES
from interlope.results.comparison import CompareResult
from interlope.scenario.case import load

NAMES = [outcome.name for outcome in OUTCOMES]


@dataclass(frozen=True)
class Worlds:
    """Replicates of the small engine: one number of memory each."""

    setting: object
    level: np.ndarray
    seed: int
    lanes: np.ndarray
    buffer: np.ndarray
    status: np.ndarray
    day: int


class Engine:
    """Deaths are proportional to level, luck and fence; an operation runs while the floor is above zero."""

    def __init__(self, fail: tuple[int, ...] = ()):
        self.fail, self.settings, self.innovations = fail, [], []

    def begin(self, setting, values, innovations, seed, lanes):
        self.settings.append(setting)
        self.innovations.append(innovations)
        status = np.isin(lanes, self.fail).astype(np.int64) if seed == 11 else np.zeros(len(lanes), dtype=np.int64)
        level, lanes = np.asarray(values["level"]), np.asarray(lanes)
        return Worlds(setting, level, seed, lanes, np.zeros((len(lanes), 1)), status, 0)

    def clone(self, states, index=None, lanes=None):
        own = states.lanes if lanes is None else np.asarray(lanes)
        return replace(states, buffer=states.buffer.copy(), status=states.status.copy(), lanes=own)

    def advance(self, states, to_day, *, controls=None):
        days = np.arange(states.day, to_day)
        series = np.zeros((len(states.lanes), len(days), len(SERIES)), dtype=np.float32)
        luck = np.stack([1 + 0.5 * np.sin(states.seed + 7 * lane + days) for lane in states.lanes])
        fence = np.ones(len(days)) if controls is None else controls[days, CONTROL_INDEX["fence_factor"]]
        floor = np.zeros(len(days)) if controls is None else controls[days, CONTROL_INDEX["operation_floor"]]
        series[:, :, INDEX["client_deaths"]] = states.level[:, None] * luck * fence
        series[:, :, INDEX["attempts"]] = 100.0 / fence
        series[:, :, INDEX["operation_days"]] = floor
        series[:, :, INDEX["armed_attacks"]] = (floor > 0) & (days == 45) & (states.level[:, None] > 1)
        states.buffer[:, 0] += len(days)
        return replace(states, day=to_day), SimpleNamespace(series=series)


def draws(count: int = 8):
    names = np.array(["rivalry", "takeover"] * (count // 2))
    return SimpleNamespace(hypothesis=names, chance={"rivalry": 0.5, "takeover": 0.5}, weak={"takeover": "too few"},
                           values={"level": np.where(names == "takeover", 2.0, 1.0)},
                           innovations=np.zeros((count, 3)), streams=streams.single(11, np.arange(count)), point=np.arange(count),
                           origin=None)


@pytest.fixture
def case(small_case):
    loaded = load(small_case)
    options = {
        "status-quo": Option("status-quo", "nothing"),
        "fence": Option("fence", "more fence", (ScheduledLever("border_hardening", 1.0, 0, 20),), 10.0),
        "zero": Option("zero", "a lever at zero", (ScheduledLever("border_hardening", 0.0, 0, 20),)),
        "operation": Option("operation", "an operation", (ScheduledLever("sustained_operation", 1.0, 2, 20),)),
    }
    return replace(loaded, options=options)


def column(comparison, option, outcome, over="status_quo"):
    return comparison.difference(comparison.option_index(option), over)[:, NAMES.index(outcome)]


def test_zero_option_equals_the_status_quo_exactly(case):
    result = compare.run(case, draws(), engine=Engine())
    assert (result.levels[result.option_index("zero")] == result.levels[0])[:, [0, 7]].all()
    assert (column(result, "zero", "client_deaths") == 0).all()


def test_differences_are_paired(case):
    result = compare.run(case, draws(), engine=Engine(), seed=3)
    assert np.allclose(column(result, "fence", "client_deaths"), result.levels[0][:, 0], rtol=1e-5)
    assert np.allclose(column(result, "fence", "attempts"), -50.0)
    today = result.levels[result.option_index("fence")][:, 0] - result.before[:, 0]
    assert (column(result, "fence", "client_deaths", "today") == today).all()


def test_luck_after_the_decision_follows_the_seed_and_differs_between_copies(case):
    same = draws()
    same.streams = streams.single(11, np.zeros(8, dtype=int))
    one, two = (compare.run(case, same, engine=Engine(), seed=s) for s in (1, 2))
    again = compare.run(case, same, engine=Engine(), seed=1)
    assert (one.levels == again.levels)[np.isfinite(one.levels)].all()
    assert not np.allclose(one.levels[0][:, 0], two.levels[0][:, 0])
    assert len(np.unique(one.levels[0][one.names == "rivalry", 0])) == 4
    assert len(np.unique(one.before[one.names == "rivalry", 0])) == 1


def test_chunks_do_not_matter(case, monkeypatch):
    whole = compare.run(case, draws(), engine=Engine())
    monkeypatch.setattr(compare, "CHUNK", 3)
    parts = compare.run(case, draws(), engine=Engine())
    assert np.array_equal(whole.levels, parts.levels, equal_nan=True)
    assert np.array_equal(whole.before, parts.before, equal_nan=True)


def test_operations_after_the_decision_are_not_imposed_and_later_demand_is_open(case):
    engine = Engine()
    compare.run(case, draws(), engine=engine, days=60)
    setting = engine.settings[0]
    decided = case.day(case.decision.start)
    assert setting.days == decided + 60
    assert setting.hazard_from == decided
    assert setting.operation[decided:].sum() == 0.0
    assert np.isfinite(engine.innovations[0][:, :2]).all()
    assert np.isnan(engine.innovations[0][:, 2:]).all()


def test_pairs_are_shared_between_explanations(case):
    uneven = draws(8)
    uneven.hypothesis = np.array(["rivalry"] * 6 + ["takeover"] * 2)
    result = compare.run(case, uneven, engine=Engine(), pairs=4)
    assert result.pairs == 4
    assert (result.names == "takeover").sum() == 2
    assert result.origins.tolist() == [0, 1, 2, 3]


def test_pooling_uses_the_probabilities(case):
    result = compare.run(case, draws(), engine=Engine(), probability={"rivalry": 0.9, "takeover": 0.1})
    weights = result.weights_of("pooled")
    assert weights[result.names == "rivalry"].sum() == pytest.approx(0.9)
    assert result.weights_of("takeover").sum() == pytest.approx(1.0)
    with pytest.raises(BadInput, match="above zero"):
        compare.weigh_draws(result.names, {"rivalry": 0.0})
    rounded = compare.run(case, draws(), engine=Engine(), probability={"rivalry": 0.66, "takeover": 0.33})
    assert rounded.weights_of("pooled").sum() == pytest.approx(1.0)


@pytest.mark.parametrize("value", [{"takeover": 0.3}, {"takeover": 0.3, "rivalry": 0.1}, {"takeover": 1.0},
                                   {"takeover": "1", "rivalry": 0.0},
                                   {"takeover": True, "rivalry": False}, {"takeover": 0.5, "rivalry": 0.5, "other": 0.0}])
def test_probabilities_are_numbers_for_every_explanation_drawn_that_sum_to_one(case, value):
    with pytest.raises(BadInput, match="probability = .*; expected a number from 0 to 1 for each of rivalry, takeover, which sum to 1"):
        compare.run(case, draws(), engine=Engine(), probability=value)


def test_failed_draws_are_dropped_and_counted(case):
    result = compare.run(case, draws(), engine=Engine(fail=(0, 5)))
    assert (result.pairs, result.dropped) == (6, 2)
    with pytest.raises(RunFailed):
        compare.run(case, draws(), engine=Engine(fail=tuple(range(8))))


def test_unknown_option_and_empty_draws_are_refused(case):
    with pytest.raises(BadInput, match="nearest 'fence'"):
        compare.run(case, draws(), options=["fenc"], engine=Engine())
    with pytest.raises(BadInput, match="days = 0; expected a whole number from 1"):
        compare.run(case, draws(), days=0, engine=Engine())
    with pytest.raises(BadInput, match="pairs = 0; expected a whole number from 1 to"):
        compare.run(case, draws(), pairs=0, engine=Engine())


def test_one_draw_of_an_explanation_is_refused(case):
    uneven = draws(8)
    uneven.hypothesis = np.array(["rivalry"] * 7 + ["takeover"])
    with pytest.raises(BadInput, match="draws = too few of takeover; expected at least 2 of each explanation"):
        compare.run(case, uneven, engine=Engine())


def test_progress_reaches_the_end(case):
    told: list[tuple[int, int]] = []
    compare.run(case, draws(), engine=Engine(), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (40, 40)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_regret_and_undominated(case):
    result = compare.run(case, draws(), engine=Engine(), probability={"rivalry": 0.75, "takeover": 0.25})
    by = {(r.option, r.outcome): r for r in robust.regrets(result)}
    assert by["status-quo", "client_deaths"].expected == pytest.approx(0.0)
    fence = by["fence", "client_deaths"]
    level = robust.means(result)[0, :, 0]
    assert fence.maximum == pytest.approx(level.max(), rel=1e-5)
    assert fence.worst_explanation == "takeover"
    assert fence.expected == pytest.approx(level @ [0.75, 0.25], rel=1e-5)
    assert ("fence", "attempts") not in by
    kept = robust.undominated(result)
    assert "fence" not in kept
    assert "status-quo" in kept
    safe = {s.option: s for s in robust.safety(result)}
    assert safe["fence"].no_more_harm == 0.0
    assert safe["zero"].no_more_harm == 1.0


def test_escalation_counts_what_follows_the_first_operation():
    future = np.zeros((4, 100, len(SERIES)), dtype=np.float32)
    future[:3, 5, INDEX["operation_days"]] = 1.0
    future[0, 20, INDEX["armed_attacks"]] = 1.0
    future[1, 60, INDEX["armed_attacks"]] = 2.0
    future[2, 2, INDEX["armed_attacks"]] = 1.0
    future[3, 50, INDEX["armed_attacks"]] = 1.0
    seen = trace(future)
    assert seen.start.tolist() == [5, 5, 5, -1]
    armed = seen.followed[:, 1]
    assert armed[:3, 0].tolist() == [1, 0, 0]
    assert armed[:3, 1].tolist() == [1, 1, 0]
    assert np.isnan(armed[3]).all()
    found = seen.chance(np.full(4, 0.25), np.arange(4), 1, 1)
    assert found.chance == pytest.approx(2 / 3)
    assert found.operations == 3
    assert 0 <= found.low < 2 / 3 < found.high <= 1
    copies = seen.chance(np.full(4, 0.25), np.zeros(4), 1, 1)
    assert copies.low < found.low < found.high < copies.high
    assert trace(future[:, :80]).chance(np.full(4, 0.25), np.arange(4), 1, 1).chance is None
    assert seen.chance(np.array([0, 0, 0, 1.0]), np.arange(4), 0, 0) == (None, None, None, 0)


def test_json_is_plain_complete_and_harm_comes_first(case):
    record = compare.run(case, draws(), engine=Engine(), days=40).to_record()
    result = record.model_dump(mode="json")
    assert json.loads(json.dumps(result, allow_nan=False)) == result and CompareResult.model_validate(result) == record
    assert record.seasonal is case.seasonal
    harms = [o["harm"] for o in result["outcomes"]]
    assert harms == sorted(harms, reverse=True)
    assert [o["name"] for o in result["outcomes"]][:4] == ["deaths", "client_deaths", "diverted_deaths", "client_injuries"]
    assert result["outcomes"][0]["parts"] == ["client_deaths", "diverted_deaths"] and not any(o["parts"] for o in result["outcomes"][1:])
    rows = {(d["option"], d["explanation"], d["outcome"], d["over"]) for d in result["differences"]}
    for option in ("fence", "zero", "operation"):
        for explanation in ("rivalry", "takeover", "pooled"):
            for outcome in NAMES:
                assert (option, explanation, outcome, "status_quo") in rows
                assert (option, explanation, outcome, "today") in rows
    assert ("status-quo", "pooled", "client_deaths", "today") in rows
    fence = next(d for d in result["differences"] if (d["option"], d["explanation"], d["outcome"], d["over"]) == (
        "fence", "pooled", "client_deaths", "status_quo"))
    assert fence["chance_worse"] == 1.0
    assert fence["q05"] <= fence["mean"] <= fence["q95"]
    assert fence["mc_error"] > 0
    assert (fence["chance_more"], fence["chance_less"]) == (1.0, 0.0)
    assert result["weak"] == [{"explanation": "takeover", "reason": "too few"}]
    still = next(d for d in result["differences"] if (d["option"], d["outcome"]) == ("zero", "client_deaths"))
    assert (still["chance_worse"], still["chance_more"], still["chance_less"]) == (0.5, 0.0, 0.0)
    assert next(d for d in result["differences"] if d["outcome"] == "attempts")["chance_worse"] is None
    assert all(d["mean"] is None for d in result["levels"] if d["outcome"] == "price_mean")
    assert {o["name"]: o["cost"] for o in result["options"]}["fence"] == 200.0
    chances = {(c["option"], c["response"], c["days"]): c["chance"] for c in result["escalation"]["chances"]
               if c["explanation"] == "takeover"}
    assert chances["operation", "armed_attacks", 30] == 1.0
    assert chances["status-quo", "armed_attacks", 30] is None
    assert result["escalation"]["assumptions"]


@pytest.mark.slow
def test_zero_settings_change_nothing_in_the_model(small_case):
    loaded = load(small_case)
    zero = Option("zero", "all levers at zero", tuple(ScheduledLever(name, 0.0, 0, 20, 5) for name in levers()))
    patrols = Option("patrols", "more of them", (ScheduledLever("joint_patrols", 1.0, 0, 20),))
    loaded = replace(loaded, options={"status-quo": Option("status-quo", ""), "zero": zero, "patrols": patrols})
    names = np.array(["rivalry", "takeover"] * 3)
    values = {name: np.where(names == "rivalry", loaded.parameters("rivalry")[name].prior.median,
                             loaded.parameters("takeover")[name].prior.median) for name in loaded.params}
    given = SimpleNamespace(origin=None, hypothesis=names, values=values, innovations=np.zeros((6, 2)),
                            streams=streams.single(5, np.arange(6)), point=np.arange(6),
                            chance={"rivalry": 0.5, "takeover": 0.5}, weak={})
    result = compare.run(loaded, given, seed=2)
    assert result.dropped == 0
    assert result.levels[1].tobytes() == result.levels[0].tobytes()
    assert (result.levels[2] != result.levels[0]).any()
    again = compare.run(loaded, given, seed=2)
    assert again.levels.tobytes() == result.levels.tobytes()
    alone = compare.run(loaded, given, ["patrols"], seed=2)
    assert [option.name for option in alone.options] == ["status-quo", "patrols"]
    assert alone.levels.tobytes() == result.levels[[0, 2]].tobytes()  # an option more, or one that does nothing, moves no draw


def test_outcomes_scale_to_years_and_prices_skip_empty_days():
    future = np.zeros((1, 10, len(SERIES)), dtype=np.float32)
    future[0, :5, INDEX["client_deaths"]] = 1.0
    future[0, :, INDEX["diverted_deaths"]] = 2.0
    future[0, :2, INDEX["price_mean"]] = 800.0
    row = dict(zip(NAMES, measure(future)[0], strict=True))
    assert row["client_deaths"] == pytest.approx(182.5) and row["deaths"] == pytest.approx(182.5 + 730)
    assert row["price_mean"] == pytest.approx(800.0)
    assert np.isnan(dict(zip(NAMES, measure(future[:, 5:])[0], strict=True))["price_mean"])


def test_deaths_in_all_are_the_parts_added_in_every_draw(case):
    class Diverting(Engine):
        """Whom the fence kills here was not pushed to another route, where three times as many die."""

        def advance(self, states, to_day, *, controls=None):
            states, recorded = super().advance(states, to_day, controls=controls)
            here = recorded.series[:, :, INDEX["client_deaths"]]
            recorded.series[:, :, INDEX["diverted_deaths"]] = 3.0 * (states.level[:, None] * 2.0 - here)
            return states, recorded

    result = compare.run(case, draws(), engine=Diverting(), days=40)
    whole, *parts = (NAMES.index(name) for name in ("deaths", "client_deaths", "diverted_deaths"))
    assert np.allclose(result.levels[:, :, whole], sum(result.levels[:, :, k] for k in parts))
    assert (column(result, "fence", "client_deaths") > 0).all() and (column(result, "fence", "deaths") < 0).all()
    rows = {(d.outcome, d.option): d for d in result.to_record().differences if d.over == "status_quo" and d.explanation == "pooled"}
    assert rows["deaths", "fence"].chance_less == 1.0 and rows["client_deaths", "fence"].chance_more == 1.0


def test_weighted_summaries():
    x, w = np.arange(100.0), np.ones(100)
    assert summarise(x, w, x).mean == pytest.approx(49.5)
    assert summarise(x, w, x).mc_error == pytest.approx(x.std(ddof=1) / 10)
    twice = summarise(np.repeat(x, 2), np.ones(200), np.repeat(x, 2))
    assert twice.mc_error == pytest.approx(x.std(ddof=1) / 10)
    assert tail_mean(x, w, 0.1) == pytest.approx(94.5)
    assert summarise(np.array([np.nan, 2.0]), np.ones(2), np.arange(2)) == (2.0, 2.0, 2.0, None)
    assert summarise(np.array([np.nan]), np.ones(1), np.zeros(1)) == (None, None, None, None)
