"""Designs, runs, keys and the store."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from scipy.special import ndtr

from interlope.ensemble import design, keys, run, streams
from interlope.errors import BadInput
from interlope.model import simulate as engine
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case, load
from interlope.storage import store


@pytest.fixture(scope="module")
def toy() -> Case:
    return load("toy")


def test_keys_tell_labels_apart_and_repeat_themselves():
    assert keys.integer(7, "a", "bc") != keys.integer(7, "ab", "c")
    assert keys.integer(7, "a") == keys.integer(7, "a") < 2**63
    assert np.array_equal(keys.stream(1, "x", 2).random(4), keys.stream(1, "x", 2).random(4))
    assert not np.array_equal(keys.stream(1, "x", 2).random(4), keys.stream(2, "x", 2).random(4))


def test_design_is_standard_normal_through_the_priors(toy: Case):
    made = design.draw(toy, "takeover", 4000, 3)
    assert made.unit.shape == (4000, len(made.names)) and len(made) == 4000
    assert np.all(np.abs(made.unit.mean(axis=0)) < 0.08)
    known = toy.parameters("takeover")
    for j, name in enumerate(made.names):
        assert np.array_equal(made.values[name], known[name].prior.quantile(ndtr(made.unit[:, j])))
    assert made.innovations.shape == (4000, toy.setting().months)
    assert set(made.values) == set(known)


def test_explanations_share_draws_of_what_they_share(toy: Case):
    one, two = (design.draw(toy, h, 50, 3) for h in ("rivalry", "takeover"))
    for name in set(one.names) & set(two.names):
        assert np.array_equal(one.unit[:, one.names.index(name)], two.unit[:, two.names.index(name)])
    assert np.array_equal(one.innovations, two.innovations)


def test_rows_of_a_design_do_not_depend_on_what_else_is_drawn(toy: Case, monkeypatch):
    monkeypatch.setattr(design, "BLOCK", 16)
    whole = design.draw(toy, "takeover", 50, 3)
    for low, high in ((0, 16), (5, 7), (14, 35), (48, 50)):
        part = design.rows(toy, "takeover", low, high, 3)
        assert np.array_equal(part.unit, whole.unit[low:high]) and np.array_equal(part.innovations, whole.innovations[low:high])
        assert all(np.array_equal(part.values[name], whole.values[name][low:high]) for name in whole.values)
    assert len(np.unique(whole.unit[:, 0])) == 50


def test_a_design_may_be_deep_and_a_row_of_it_costs_no_more(toy: Case):
    far = design.rows(toy, "takeover", 10**8, 10**8 + 3, 3)
    assert far.unit.shape[0] == 3 and np.isfinite(far.unit).all()


def test_fixed_parameters_stay_at_their_median(toy: Case):
    made = design.draw(toy, "rivalry", 10, 1)
    known = toy.parameters("rivalry")
    for name in set(known) - set(made.names):
        assert np.all(made.values[name] == known[name].prior.median)


def test_simulate_gives_series_with_units(toy: Case):
    told: list[tuple[int, int]] = []
    runs = run.simulate(toy, "rivalry", 6, 4, days=20, by="sector", progress=lambda a, b: told.append((a, b)))
    assert dict(runs.sizes) == {"replicate": 6, "day": 20, "sector": toy.setting().sectors}
    assert runs["detained"].dims == ("replicate", "day", "sector")
    assert runs["price_quoted"].dims == ("replicate", "day")
    assert runs["attempts"].attrs["unit"] == "attempts/day" and runs["attempts"].dtype == np.float32
    assert told[-1] == (6, 6)
    assert str(runs["date"].values[0])[:10] == toy.start.isoformat()


def test_sectors_and_classes_add_up_to_totals(toy: Case):
    plain, sectors, classes = (run.simulate(toy, "takeover", 4, 4, days=15, by=b) for b in ("", "sector", "class"))
    assert np.allclose(sectors["attempts"].sum("sector"), plain["attempts"])
    assert np.allclose(classes["attempts"].sum("class"), plain["attempts"])


def test_simulate_refuses_an_unknown_detail(toy: Case):
    with pytest.raises(BadInput, match="by = 'village'; expected one of '', 'sector', 'class'"):
        run.simulate(toy, "rivalry", 2, 4, by="village")


def test_statistics_equal_those_of_full_series_in_any_number_of_threads_and_chunks(toy: Case, monkeypatch):
    binding, setting = Binding(toy), toy.setting()
    made = design.draw(toy, "takeover", 9, 5)
    full = run.simulate(toy, "takeover", made, 6)
    key = keys.integer(6, "simulate")
    lanes = np.arange(9)
    one, status = run.summarise(setting, made.values, made.innovations, binding, streams.single(key, lanes), threads=1)
    monkeypatch.setattr(run, "CHUNK", 4)
    two, _ = run.summarise(setting, made.values, made.innovations, binding, streams.single(key, lanes), threads=2)
    assert one.tobytes() == two.tobytes() and not status.any()
    column = binding.series_columns["guard-detained"][0]
    window = full["detained"].sel(day=slice(10, 15))
    assert np.allclose(one[:, column], window.isel(day=slice(0, 5)).sum("day"))


def test_streams_change_on_their_days_and_copies_share_the_past_only(toy: Case):
    binding, setting = Binding(toy), toy.setting()
    made = design.draw(toy, "takeover", 4, 5)
    ids = np.stack([np.arange(4), np.arange(4), [2, 7, 2, 3]], axis=1)
    kept, _ = run.summarise(setting, made.values, made.innovations, binding, streams.single(6, np.arange(4)))
    moved, _ = run.summarise(setting, made.values, made.innovations, binding, streams.Streams(6, ids, (5, 20)))
    early = [c for c, r in enumerate(binding.reductions) if toy.day(r.end) < 20]
    late = [c for c, r in enumerate(binding.reductions) if toy.day(r.end) >= 30]
    assert early and late and np.array_equal(kept[:, early], moved[:, early])
    assert not np.array_equal(kept[1, late], moved[1, late])
    again, _ = run.summarise(setting, made.values, made.innovations, binding, streams.Streams(6, ids, (5, 20)), threads=3)
    assert moved.tobytes() == again.tobytes()


def test_recorded_days_are_whole_where_streams_change(toy: Case):
    made = design.draw(toy, "takeover", 3, 5)
    along = streams.Streams(6, np.array([[0, 3], [1, 4], [2, 5]]), (8,))
    states = engine.begin(toy.setting(), made.values, made.innovations, 6, along.at(0))
    states, first = streams.advance(engine, states, along, 5)
    states, second = streams.advance(engine, states, along, 12)
    assert first.shape[1] == 5 and second.shape[1] == 7 and states.day == 12
    assert np.array_equal(states.stream_ids, along.at(12)) and along.take(np.array([2])).ids.tolist() == [[2, 5]]


def test_store_writes_whole_or_not_at_all(tmp_path: Path):
    first = xr.Dataset({"x": ("n", np.arange(5.0))}, attrs={"case": "toy"})
    target = tmp_path / "store.zarr"
    sum_one = store.write(target, {"a": first, "b": first * 2})
    assert np.array_equal(store.read(target, "b")["x"], np.arange(5.0) * 2)
    assert store.read(target, "a").attrs["case"] == "toy"
    assert store.checksum(target) == sum_one
    with pytest.raises(RuntimeError), store.whole(target) as folder:
        (folder / "half").write_text("half")
        raise RuntimeError
    assert store.checksum(target) == sum_one
    assert [p.name for p in tmp_path.iterdir()] == ["store.zarr"]
    assert store.write(target, {"a": first, "b": first * 2}) == sum_one
    with pytest.raises(FileNotFoundError, match="no group 'c'"):
        store.read(target, "c")
