"""Inner kernels are compiled with the kernel that calls them, or by Numba's plain way: the same bits; from Python they cannot be called."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from interlope.jit.compile import CACHE, entry, inlined, interpreted, kernel
from interlope.jit.linking import find_compiler
from interlope.model.world import LAYOUT, take

pytestmark = pytest.mark.skipif(interpreted(), reason="nothing is compiled")
deferring = pytest.mark.skipif(find_compiler() is None, reason="this Numba compiles the plain way")


for file in CACHE.rglob("test_linking.*") if CACHE else ():  # of an earlier run: read from there, nothing inside would be compiled
    file.unlink()


@kernel
def inner(x, n):
    """A sum that an inner kernel makes."""
    total = 0.0
    for i in range(n):
        total += x[i]
    return total


@kernel
def middle(x, n):
    """One kernel between."""
    return inner(x, n) + inner(x, 2) + inner(x, 1)


@inlined
def twice(x):
    """A kernel that is copied into its caller."""
    return 2.0 * x


@entry
def outer(x):
    """Calls inner kernels straight and through another."""
    return twice(middle(x, x.shape[0]) + inner(x, 3))


def test_constants_do_not_multiply_kernels():
    assert outer(np.arange(5.0)) == 2.0 * (10.0 + 1.0 + 0.0 + 3.0)
    for compiled in (inner, middle):
        assert len(compiled.overloads) == 1  # once, whatever constants it is given


@deferring
def test_inner_kernels_are_deferred_and_entries_are_not():
    from interlope.jit.deferred import DeferredLibrary

    outer(np.arange(5.0))
    for compiled in (inner, middle, twice):
        assert isinstance(next(iter(compiled.overloads.values())).library, DeferredLibrary)
    assert not isinstance(next(iter(outer.overloads.values())).library, DeferredLibrary)


@deferring
def test_flags_are_told_apart_by_what_was_set():
    from interlope.jit.deferred import Flags

    plain, other = Flags(), Flags()
    assert plain == other and hash(plain) == hash(other)
    other.nrt = True
    assert plain != other


FROM_PYTHON = """
import numpy as np
from interlope.jit.compile import entry
from interlope.model.samplers import poisson
from interlope.model.special import exp_within

@entry
def draw(key):
    return poisson(key, 0, 1, 0, 3.0) + exp_within(0.0)

key = np.array([1, 2, 3], np.uint64)
for _ in range(2):  # before it is compiled, and after
    for call in (lambda: poisson(key, 0, 1, 0, 3.0), lambda: exp_within(0.0)):
        try:
            call()
        except TypeError as refusal:
            print(refusal)
    draw(key)
"""


@pytest.mark.parametrize("way", ["", "plain"])
def test_an_inner_kernel_called_from_python_raises(tmp_path, way):
    done = run(FROM_PYTHON, tmp_path, way)
    assert done.returncode == 0, done.stderr
    refusals = done.stdout.splitlines()
    assert len(refusals) == 4 and all("is an inner kernel, which only other kernels can call" in line for line in refusals)
    assert refusals[0].startswith("interlope.model.samplers.poisson")


BITS = """
import sys
import numpy as np
from interlope.jit.compile import entry
from interlope.jit.linking import find_compiler
from interlope.model import logit, opponents, samplers, special
from interlope.model.rng import stream, uniform, words
from interlope.model.state import offsets
from interlope.model.world import allocate, memory_layout, take
from interlope.verification.defaults import neutral

NAME = stream("test.linking")

@entry
def draw(key, numbers, room, places, reals, counts):
    world = (numbers, room, places)
    cash, members = take(world, "cash"), take(world, "members")
    for i in range(reals.shape[0]):
        u = uniform(key, i, NAME, 0)
        mean = 300.0 * u * u
        counts[i, 0] = samplers.poisson(key, i, NAME, 1, mean)
        counts[i, 1] = samplers.binomial(key, i, NAME, 2, 1 + int(2000.0 * u), u)
        counts[i, 2] = samplers.hypergeometric(key, i, NAME, 3, 40, 60, int(100.0 * u))
        counts[i, 3] = samplers.heavy_count(u, 2.5, 10)
        counts[i, 4] = words(key, i, NAME, 4)[0]
        reals[i, 0] = samplers.normal(key, i, NAME, 5)
        reals[i, 1] = samplers.gamma(key, i, NAME, 6, 1.0 + u)
        reals[i, 2] = special.power(u, 0.3) + special.log_factorial(counts[i, 1])
        reals[i, 3] = special.omega(20.0 * u - 10.0)
        cash[i % cash.shape[0]] += reals[i, 1]
        members[i % members.shape[0], 0] += counts[i, 0]
    special.exp_each(reals[:, 0], reals.shape[0])
    logit.set_markups(reals[:, 1], 0.002, reals[:, 3], reals.shape[0])
    counts[0, 5] = opponents.race(key, 0, NAME, 7, reals[:, 0])

setting = neutral(5)
where = memory_layout(setting)
numbers, room = np.zeros(int(offsets(setting)[-1, 1])), allocate(where, 1)[0]
reals, counts = np.zeros((500, 4)), np.zeros((500, 6), np.int64)
draw(np.array([5, 6, 7], np.uint64), numbers, room, where, reals, counts)
np.savez(sys.argv[1], reals=reals.view(np.int64), counts=counts, numbers=numbers.view(np.int64))
print("plain" if find_compiler() is None else "deferred")
"""


def run(program: str, folder: Path, way: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A process that compiles anew, by one of the two ways or, where `way` is empty, by the one that fits this Numba."""
    environment = {**os.environ, "INTERLOPE_CACHE": str(folder / f"kernels-{way}"), "INTERLOPE_LINKING": way}
    file = folder / "program.py"  # not an argument of the interpreter: compiled kernels are kept beside the name of a file
    file.write_text(program, encoding="utf-8")
    return subprocess.run([sys.executable, str(file), *arguments], capture_output=True, text=True, env=environment)


def test_both_ways_give_the_same_bits(tmp_path):
    arrays = {}
    for way in ("", "plain"):
        out = tmp_path / f"way-{way}.npz"
        done = run(BITS, tmp_path, way, str(out))
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == ("plain" if way or find_compiler() is None else "deferred")
        arrays[way] = np.load(out)
    for name in ("reals", "counts", "numbers"):
        assert arrays[""][name].any() and np.array_equal(arrays[""][name], arrays["plain"][name]), name


def test_a_way_that_there_is_not_is_refused(tmp_path):
    done = run("import interlope.jit.compile", tmp_path, "fast")
    assert done.returncode != 0 and "INTERLOPE_LINKING is 'fast'; expected deferred or plain" in done.stderr


UNKNOWN = """
import sys
import numba
if sys.argv[1] == "version":
    numba.version_info = numba.version_info._replace(short=(9, 9))
elif sys.argv[1] == "class":
    import numba.core.compiler
    del numba.core.compiler._LowerResult
else:
    from numba.core import codegen
    codegen.CPUCodegen._function_pass_manager = lambda self, llvm_module: None  # as it was in Numba 0.60
from interlope.jit.linking import find_compiler
print(find_compiler())
"""


@pytest.mark.parametrize("other", ["version", "class", "arguments"])
def test_another_numba_compiles_the_plain_way(tmp_path, other):
    done = run(UNKNOWN, tmp_path, "", other)
    assert done.stdout.strip() == "None", done.stderr


@entry
def write_members(numbers, room, places):
    """Writes through views of whole numbers, real numbers and words."""
    world = (numbers, room, places)
    members, cash, words = take(world, "members"), take(world, "cash"), take(world, "words")
    members[1, 0] = 7
    cash[0] = 2.5
    words[3] = 9
    return members.shape[0] * 1000 + members.shape[1]


def test_compiled_views_are_those_of_plain_python():
    from interlope.model.state import offsets, view
    from interlope.model.world import allocate, memory_layout
    from interlope.verification.defaults import neutral

    setting = neutral(5)
    where = memory_layout(setting)
    buffer, room = np.zeros((1, int(offsets(setting)[-1, 1]))), allocate(where, 1)
    assert write_members(buffer[0], room[0], where) == setting.group_slots * 1000 + setting.sectors
    assert view(buffer, setting, "members")[0, 1, 0] == 7 and view(buffer, setting, "members").sum() == 7
    assert view(buffer, setting, "cash")[0, 0] == 2.5
    row, part, kind, axes = LAYOUT["words"]
    plain = room[0, where[row, 0] :].view(kind)[: where[row, 1]]
    assert axes == 1 and part == 1 and plain[3] == 9 and plain.sum() == 9
    assert (where[:-1, 0] <= where[1:, 0]).sum() >= len(where) - 2  # they follow each other, state and room
