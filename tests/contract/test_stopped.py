"""A fit that is stopped in the middle keeps the waves and populations it has finished, and ends with the same bits."""
from __future__ import annotations

import numpy as np
import pytest

import interlope as il
from interlope.cli.replay import differences
from interlope.inference.fitting import calibrate
from interlope.inference.sampling import particles
from interlope.inference.sampling.problem import Effort
from interlope.manifest import stored
from interlope.pipeline import Interrupted, Plan, checkpoint, prepare, run
from interlope.storage.partial import Partial

SMALL = Effort(waves=(160, 160), particles=150, populations=2, limit=2, candidates=1500)
PLAN = Plan(seed=5, pairs=4)


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(calibrate, "QUICK", SMALL)


def stop_after(replicates):
    def progress(stage, done, total):
        if stage == "calibrate" and done >= replicates:
            raise KeyboardInterrupt

    return progress


def test_a_fit_stopped_in_the_middle_goes_on_and_gives_the_same_bits(small, tmp_path, monkeypatch):
    case, ran = il.load("toy"), []
    simulate = particles.simulate

    def counted(context, trained, h, index):
        ran.append((h, index))
        return simulate(context, trained, h, index)

    monkeypatch.setattr(particles, "simulate", counted)
    with pytest.raises(Interrupted, match="'calibrate' goes on after [0-9]+ replicates") as stopped:
        run(case, PLAN, out=tmp_path / "a", until="weigh", progress=stop_after(500))
    assert 320 <= stopped.value.replicates < SMALL.total(2)

    ran.clear()
    taken_up = run(case, PLAN, out=tmp_path / "a", until="weigh")
    assert len(ran) * SMALL.particles == SMALL.total(2) - stopped.value.replicates
    assert not (taken_up.partial / "blocks").exists()
    whole = run(case, PLAN, out=tmp_path / "b", until="weigh")
    assert differences(taken_up.record.weigh, whole.record.weigh) == []
    stores = [checkpoint.read_draws(Partial(found.partial, found.run_id, print)) for found in (taken_up, whole)]
    assert all(np.array_equal(stores[0].values[n], stores[1].values[n]) for n in stores[0].values)


def test_a_block_that_cannot_be_read_is_set_aside_and_made_again(tmp_path):
    told = []
    blocks = checkpoint.Blocks(Partial(tmp_path, "1a2b3c4d", told.append))
    assert blocks.find("one") is None
    blocks.put("one", {"statistics": np.arange(6.0).reshape(3, 2)})
    blocks.put("two", {"statistics": np.arange(8.0).reshape(4, 2)})
    assert np.array_equal(blocks.find("one")["statistics"], np.arange(6.0).reshape(3, 2))
    assert blocks.replicates == 7
    path = tmp_path / "blocks" / "one.npz"
    path.write_bytes((tmp_path / "blocks" / "two.npz").read_bytes())
    assert blocks.find("one") is None and "holds 'blocks/two.npz'; expected 'blocks/one.npz'" in told[-1]
    path.write_bytes(b"half a file")
    assert blocks.find("one") is None and told[-1].endswith("It is made again; what was there is now one.npz.damaged-2.")
    assert checkpoint.Blocks(Partial(tmp_path, "deadbeef", told.append)).find("two") is None
    assert "belongs to run 1a2b3c4d; expected run deadbeef" in told[-1]


def test_other_efforts_are_another_run(monkeypatch):
    case = il.load("toy")
    name = prepare(case, PLAN).run_id
    assert prepare(case, PLAN).run_id == name
    monkeypatch.setattr(calibrate, "QUICK", SMALL)
    assert prepare(case, PLAN).run_id != name
    assert prepare(case, Plan(seed=5, pairs=4, mode="thorough")).run_id != name


def test_a_finished_stage_that_cannot_be_read_is_run_again(tmp_path):
    told = []
    partial = Partial(tmp_path, "1a2b3c4d", told.append)
    for text in ("", '{"status": "ok", "reas', '{"status": "ok", "a field of another version": 1}', "\udc80", "[" * 100_000):
        (tmp_path / "weigh.json").write_bytes(text.encode("utf-8", "surrogateescape"))
        assert partial.read(checkpoint.Weighing, "weigh.json") is None
        (tmp_path / "weigh.json").write_bytes(stored.seal(text.encode("utf-8", "surrogateescape"), "weigh.json", "1a2b3c4d"))
        assert partial.read(checkpoint.Weighing, "weigh.json") is None
    assert len(told) == 10
    (tmp_path / "draws.npz").write_bytes(b"PK damaged")
    assert checkpoint.read_draws(partial) is None
