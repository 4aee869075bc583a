"""The benchmark beside peers: the subset is closed, an equal program passes the law check and a planted fault does not."""
from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

PEERS = Path(__file__).parents[2] / "benchmarks" / "peers"


@pytest.fixture
def parts(monkeypatch):
    """The modules of the benchmark, by name."""
    monkeypatch.syspath_prepend(str(PEERS))
    return {name: importlib.import_module(name) for name in ("world", "law", "ours", "numpy_day")}


def test_numpy_by_day_follows_the_law_of_the_kernel_and_a_fault_is_refused(parts):
    world, law, ours = parts["world"].SMALL, parts["law"], parts["ours"]
    mine = ours.run_many(world, 21, 300)
    theirs = np.stack([parts["numpy_day"].run(world, 100 + r) for r in range(300)])
    assert law.agrees(law.compare(mine, theirs), peers=1), law.worst(law.compare(mine, theirs))
    faulty = ours.run_many(replace(world, attempt_rate=1.1 * world.attempt_rate), 22, 300)
    assert not law.agrees(law.compare(mine, faulty), peers=1)


def test_people_are_accounted_for_and_numbers_are_of_the_stated_size(parts):
    world = replace(parts["world"].BASE, days=40)
    for found in (parts["ours"].run(world, 1), parts["numpy_day"].run(world, 1)):
        attempts, stopped, successes, waiting = found.T
        assert np.array_equal(attempts, stopped + successes)
        assert 800 < attempts.mean() < 1300
        assert (waiting > 0).all()
    assert len(world.cells) == 192


def test_something_left_on_is_noticed(parts, monkeypatch):
    monkeypatch.setitem(parts["ours"].OFF, "growth_recruit_rate", 0.05)
    with pytest.raises(RuntimeError, match="not closed"):
        parts["ours"].run(parts["world"].SMALL, 3)
