"""Compiled kernels equal the same code run as plain Python, bit for bit."""
from __future__ import annotations

import os
import subprocess
import sys

import numpy as np

PROGRAM = """
import sys
import numpy as np
from interlope.model import online_statistics
from interlope.model.simulate import advance, begin
from interlope.quantities import OPERATIONS
from interlope.verification.defaults import neutral
values = {"takeover_absorption_rate": 0.05, "takeover_arrival_day": 3.0, "choices_symbol_weight": 0.6, "symbols_adopt_rate": 4.0,
          "clashes_base": 2.0, "raids_leader_chance": 0.5, "escalation_armed_base": 200.0,
          "supply_capacity": 150.0, "supply_price": 20.0, "supply_control": 0.5, "supply_cut_day": 3.0, "supply_cut_share": 0.5,
          "tribute_reach": 0.5, "tribute_passage_price": 20.0, "tribute_passage_share": 0.1, "tribute_tied_share": 0.1,
          "takeover_kin_share": 0.2, "franchise_rate": 40.0}
readings = [online_statistics.SummaryStatistic(o, first, 39, ((1.0, n), (0.3, "encounters")))
            for o in OPERATIONS for n in ("attempts", "clashes") for first in (0, 37)]
world = begin(neutral(40, operation_from=12, operation_days=9), values, None, 11, np.arange(2), online_statistics.lay_out(readings, 40))
states, recorded = advance(world, 40, detail="s")
np.savez(sys.argv[1], series=recorded.series, detail=recorded.detail, buffer=states.buffer.view(np.int64), statistics=states.statistics)
"""


def histories(tmp_path, interpreted):
    out = tmp_path / f"{interpreted}.npz"
    env = {**os.environ, "NUMBA_DISABLE_JIT": "1" if interpreted else "0"}
    subprocess.run([sys.executable, "-c", PROGRAM, str(out)], check=True, env=env)
    return np.load(out)


def test_compiled_equals_interpreted(tmp_path):
    compiled, plain = histories(tmp_path, False), histories(tmp_path, True)
    for name in ("series", "detail", "buffer", "statistics"):
        assert np.array_equal(compiled[name], plain[name], equal_nan=name != "buffer"), name


def test_one_stream_more_moves_no_draw(tmp_path):
    more = ("import numpy as np\nfrom interlope.model import rng\nnew = rng.stream('a.stream.more')\n"
            "rng.uniform(np.array([11, 0, 0], np.uint64), 3, new, 0)\n")
    found = []
    for name, program in (("without", PROGRAM), ("with", more + PROGRAM)):
        out = tmp_path / f"{name}.npz"
        short = program.replace("neutral(40,", "neutral(20,").replace(", 40, detail", ", 20, detail")
        short = short.replace("(readings, 40)", "(readings, 20)")
        subprocess.run([sys.executable, "-W", "ignore", "-c", short, str(out)], check=True, env={**os.environ, "NUMBA_DISABLE_JIT": "1"})
        found.append(np.load(out))
    for name in ("series", "detail", "buffer"):
        assert np.array_equal(found[0][name], found[1][name], equal_nan=name != "buffer"), name


SIZES = """
import inspect
import sys
import numpy as np
from interlope.model import step
from interlope.model.simulate import advance, begin
from interlope.model.world import take
from interlope.verification.defaults import neutral

calls = 0

def checked(plain):
    def call(*arguments):
        global calls
        result = plain(*arguments)
        for world in (a for a in arguments if isinstance(a, tuple)):
            calls += 1
            assert np.array_equal(take(world, "size"), take(world, "members").sum(axis=1)), plain
        return result
    return call

for mechanism in step.MECHANISMS:
    for name, value in list(vars(mechanism).items()):
        if inspect.isfunction(value) and value.__module__ == mechanism.__name__:
            setattr(mechanism, name, checked(value))
values = {"takeover_absorption_rate": 0.05, "takeover_arrival_day": 3.0, "symbols_adopt_rate": 40.0, "clashes_base": 4.0,
          "clashes_lethal": 0.5, "clashes_cede_chance": 0.6, "clashes_withdraw": 0.3, "clashes_absorb": 0.3, "extortion_rate": 0.3,
          "raids_leader_chance": 0.5, "raids_leader_split": 0.9, "raids_everyday": 0.5, "raids_resentment": 0.2,
          "growth_entry_rate": 0.05, "growth_end_size": 30.0, "growth_move_rate": 0.2}
states, _ = advance(begin(neutral(25, operation_from=5), values, None, 11, np.arange(2)), 25)
assert not states.status.any()
print(calls)
"""


def test_group_sizes_are_current_after_every_mechanism():
    env = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", SIZES], capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 25 * 2 * 20
