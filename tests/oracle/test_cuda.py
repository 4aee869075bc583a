"""Graphics cards: the same histories, bit for bit, on a simulated card and from the code that a real one would run."""
from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from interlope.errors import BadInput
from interlope.jit.compile import find_cards
from interlope.model import cuda

ENGINE = Path(__file__).parents[2] / "benchmarks" / "engine"
PROGRAM = """
import sys
from dataclasses import replace
from unittest import mock
import numpy as np
import interlope
from interlope.model import cuda, online_statistics
from interlope.model.simulate import advance, begin, neutral_controls
from interlope.quantities import OPERATIONS
from interlope.verification.defaults import neutral

out, device, world = sys.argv[1:]
values = {"takeover_absorption_rate": 0.05, "takeover_arrival_day": 3.0, "choices_symbol_weight": 0.6, "symbols_adopt_rate": 4.0,
          "clashes_base": 2.0, "raids_leader_chance": 0.5, "escalation_armed_base": 200.0,
          "supply_capacity": 150.0, "supply_price": 20.0, "supply_control": 0.5, "supply_cut_day": 3.0, "supply_cut_share": 0.5,
          "tribute_reach": 0.5, "tribute_passage_price": 20.0, "tribute_passage_share": 0.1, "tribute_tied_share": 0.1,
          "takeover_kin_share": 0.2, "franchise_rate": 40.0,
          "demand_level": np.array([120.0, 60.0, 900.0])}
if world == "toy":
    case = interlope.load("toy")
    frame, values = case.setting(), {}
else:
    frame = neutral(12, sectors=12, group_slots=24, initial_groups=24, operation_from=4, operation_days=3)
controls = np.tile(neutral_controls(frame.days), (3, 1, 1))
controls[1, :, 0] *= 1.5
asked = [online_statistics.SummaryStatistic(o, first, 8, ((1.0, "attempts"), (0.3, "encounters"))) for o in OPERATIONS for first in (0, 6)]
states = begin(frame, values, None, 11, np.arange(3), online_statistics.lay_out(asked, frame.days))
states.status[1] = 2 if world == "stopped" else 0
with mock.patch.object(cuda, "room_for", lambda given, replicates: 2):   # the third waits until the card is free again
    first, _ = advance(states, 4, controls=controls, device=device)
    states, recorded = advance(first, 9, controls=controls, detail="c" if world == "toy" else "s", device=device)
np.savez(out, series=recorded.series.view(np.int32), detail=recorded.detail.view(np.int32), buffer=states.buffer.view(np.int64),
         status=states.status, statistics=states.accumulators.view(np.int64))
"""
SIMULATED = {"NUMBA_ENABLE_CUDASIM": "1", "NUMBA_DISABLE_JIT": "1"}


def need(package: str) -> None:
    """Skip without this package, or fail where the extra must be installed; NVIDIA's own compiler, large and not free, need not be."""
    if importlib.util.find_spec(package) is None:
        if os.environ.get("INTERLOPE_CUDA") == "required" and package != "nvidia":
            pytest.fail(f"{package} is required here and was not found")
        pytest.skip(f"needs {package}: python -m pip install '.[cuda]' 'numba-cuda[cu13]'")


def histories(tmp_path, device, world, **environment):
    out = tmp_path / f"{device}.npz"
    subprocess.run([sys.executable, "-c", PROGRAM, str(out), device, world], check=True, env={**os.environ, **environment})
    return np.load(out)


@pytest.mark.parametrize("world", ["toy", "base", "stopped"])
def test_a_simulated_card_gives_the_bits_of_the_processor(tmp_path, world):
    need("numba_cuda")
    compiled, card = histories(tmp_path, "cpu", world), histories(tmp_path, "cuda", world, **SIMULATED)
    assert list(compiled["status"]) == ([0, 2, 0] if world == "stopped" else [0, 0, 0])
    ran = compiled["status"] == 0
    assert compiled["series"][ran].any() and compiled["detail"][ran].any()
    assert np.array_equal(compiled["status"], card["status"])
    assert np.array_equal(compiled["buffer"], card["buffer"])
    assert compiled["statistics"][ran].any() and np.array_equal(compiled["statistics"], card["statistics"])
    assert np.array_equal(compiled["series"], card["series"])
    assert np.array_equal(compiled["detail"][ran], card["detail"][ran])


def test_every_argument_of_the_night_is_placed_on_the_card():
    assert cuda.NAMES[:5] == ("parameters", "keys", "state", "innovations", "controls")
    assert cuda.BY_REPLICATE | {"controls", "cells"} <= set(cuda.NAMES) and len(set(cuda.NAMES)) == len(cuda.NAMES)


def test_without_the_extra_the_error_names_it(monkeypatch):
    monkeypatch.setattr(cuda, "cuda", None)
    with pytest.raises(BadInput, match=re.escape("pip install '.[cuda]'")):
        cuda.check()


def test_without_a_card_the_error_says_so():
    need("numba_cuda")
    words = "from interlope.model import cuda\ncuda.cuda.is_available = lambda: False\ncuda.check()"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True)
    assert done.returncode != 0
    assert "no NVIDIA graphics card with a driver was found" in done.stderr


FUSING = """
import math
import sys
import numpy as np
from interlope.jit.compile import find_cards, kernel, translate, unfused
from interlope.model.special import exp, log
cuda = find_cards()

@kernel
def plus(x, y):
    return x * y + exp(x) * log(y)

@cuda.jit(lto=False)
def each(numbers):
    i = cuda.grid(1)
    numbers[i] = plus(numbers[i], numbers[i] + 1.0)

print(translate(each, (np.zeros(4),), (8, 0)))
"""


def test_products_and_sums_are_rounded_one_by_one():
    need("numba_cuda")
    need("nvidia")
    text = subprocess.run([sys.executable, "-c", FUSING], check=True, capture_output=True, text=True).stdout
    assert ".target sm_80" in text
    assert "mul.rn.f64" in text and "add.rn.f64" in text
    assert "fma" not in text


NIGHTS = """
import sys
from pathlib import Path
from unittest import mock
import numpy as np
import ptx
from interlope.jit.compile import translate
from interlope.model import cuda
from interlope.model.simulate import advance, begin
from interlope.verification.defaults import neutral

folder = Path(sys.argv[1])
values = {"takeover_absorption_rate": 0.05, "takeover_arrival_day": 3.0, "choices_symbol_weight": 0.6, "symbols_adopt_rate": 4.0,
          "clashes_base": 2.0, "raids_leader_chance": 0.5, "escalation_armed_base": 200.0}
frames = {"flagship": neutral(120, operation_from=12, operation_days=30),
          "base": neutral(120, sectors=12, group_slots=24, initial_groups=24)}


def card(given, status):
    given = cuda.take(given, slice(None), len(status))
    if not (folder / "days.ptx").exists():
        (folder / "days.ptx").write_text(translate(cuda.run_days, (status, given), (8, 0)))
    given = cuda.each_field(lambda name, value: np.zeros((len(status), value.shape[1])) if name == "cells" else value, given)
    ptx.run((folder / "days.ptx").read_text(), (status, given), len(status), folder)


for name, frame in frames.items():
    for device in ("cpu", "cuda"):
        with mock.patch.object(cuda, "advance_many", card):
            states, recorded = advance(begin(frame, values, None, 11, np.arange(4)), 120, detail="s", device=device)
        np.savez(folder / f"{name}-{device}.npz", series=recorded.series.view(np.int32), detail=recorded.detail.view(np.int32),
                 buffer=states.buffer.view(np.int64), status=states.status)
"""


@pytest.mark.slow
def test_the_code_for_a_real_card_gives_the_bits_of_the_processor(tmp_path):
    need("numba_cuda")
    need("nvidia")
    if shutil.which("cc") is None:
        pytest.skip("needs a C compiler, by which the card's code is run on the processor")
    subprocess.run([sys.executable, "-c", NIGHTS, str(tmp_path)], check=True, env={**os.environ, "PYTHONPATH": str(ENGINE)})
    text = (tmp_path / "days.ptx").read_text()
    assert ".target sm_80" in text and ".entry" in text
    assert "fma.rn.f64" not in text and text.count("mul.rn.f64") > 1000
    assert set(re.findall(r"^\.extern \.func.*?(\w+)\s*$", text, re.M)) <= {"numba_attempt_nocopy_reshape"}
    for world in ("flagship", "base"):
        there, here = np.load(tmp_path / f"{world}-cuda.npz"), np.load(tmp_path / f"{world}-cpu.npz")
        assert not here["status"].any() and here["series"].any()
        for part in ("status", "series", "detail", "buffer"):
            assert np.array_equal(there[part], here[part]), (world, part)


def test_without_the_extra_nothing_of_it_is_loaded():
    words = "import sys, interlope.model.simulate; print('numba.cuda' in sys.modules or 'numba_cuda' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout.strip() == "False"
    assert find_cards() is None or cuda.cuda is find_cards()
