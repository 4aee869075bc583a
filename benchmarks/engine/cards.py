"""How fast a graphics card is beside the processor: python benchmarks/engine/cards.py > docs/results/cuda.md.

Bits first, then time, on the card and on all cores in the same run. Where there is no card it says so, and shows what can be shown
without one: the memory a replicate takes, what the compiler and the assembler make of the kernels, and the bits of the code that
a card would run, run on the processor (needs numba-cuda[cu13] and a C compiler; takes several minutes).
"""
from __future__ import annotations

import importlib.util
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import ptx

from interlope.jit.compile import digest, find_cards, simulated, translate
from interlope.model import cuda
from interlope.model.setting import Setting
from interlope.model.simulate import advance, begin
from interlope.verification.defaults import neutral

SEED, CAPABILITY = 20231025, (8, 0)
MANY = (256, 1024, 4096, 16384)  # replicates at once on a card
FRAMES = {"flagship (6 sectors, 16 slots)": (912, {}),
          "base (12 sectors, 24 slots)": (1000, dict(sectors=12, group_slots=24, initial_groups=24))}
BUSY = {"takeover_absorption_rate": 0.05, "takeover_arrival_day": 3.0, "choices_symbol_weight": 0.6, "symbols_adopt_rate": 4.0,
        "clashes_base": 2.0, "raids_leader_chance": 0.5, "escalation_armed_base": 200.0}


def arguments(frame: Setting, replicates: int = 2) -> tuple[np.ndarray, tuple[Any, ...]]:
    """Status and arguments as they would go to a card."""
    held: list[Any] = []
    with mock.patch.object(cuda, "advance_many", lambda given, status: held.append((status, given))):
        advance(begin(frame, {}, None, SEED, np.arange(replicates)), frame.days, device="cuda")
    status, given = held[0]
    return status, cuda.take(given, slice(None), replicates)


def memory() -> None:
    """Print what a replicate takes of a card's memory."""
    print("| frame | days | workspace | state, parameters | recorded series | in all | replicates in a GiB |\n"
          "| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, (days, more) in FRAMES.items():
        _, given = arguments(neutral(days, **more))
        _, workspace, _, _, recorder = given
        whole, cells, recorded = cuda.bytes_each(given, 2), 8 * workspace.cells.shape[1], recorder.series[:1].nbytes
        print(f"| {name} | {days} | {cells:,} B | {whole - cells - recorded:,} B | {recorded:,} B | {whole:,} B | {2**30 // whole:,} |")


def same_bits(frame: Setting, replicates: int) -> tuple[float, float, float]:
    """Parts of recorded numbers and of state that are the same bits on card and processor; greatest distance of means in errors."""
    found = {}
    for device in ("cpu", "cuda"):
        states, recorded = advance(begin(frame, BUSY, None, SEED, np.arange(replicates)), frame.days, device=device)
        found[device] = recorded.series, states.buffer
    (a, b), (c, d) = found["cpu"], found["cuda"]
    x, y = a.mean(axis=1, dtype=np.float64), c.mean(axis=1, dtype=np.float64)
    error = np.maximum(np.sqrt((x.var(axis=0) + y.var(axis=0)) / replicates), 1e-12)
    return (float((a.view(np.int32) == c.view(np.int32)).mean()), float((b.view(np.int64) == d.view(np.int64)).mean()),
            float(np.max(np.abs(x.mean(axis=0) - y.mean(axis=0)) / error)))


def rate(frame: Setting, replicates: int, device: str) -> float:
    """Replicates a second, copies included."""
    states = begin(frame, {}, None, SEED, np.arange(replicates))
    start = time.perf_counter()
    advance(states, frame.days, device=device)
    return replicates / (time.perf_counter() - start)


def measure() -> None:
    """Print bits, law and speed on the card that is there."""
    print(f"Card: {cuda.cuda.get_current_device().name.decode()}.\n")
    print("| frame | recorded numbers of the same bits | state of the same bits | greatest distance of means, in errors |\n"
          "| --- | ---: | ---: | ---: |")
    for name, (_, more) in FRAMES.items():
        start = time.perf_counter()
        series, state, far = same_bits(neutral(200, **more), 64)
        print(f"| {name}, 64 replicates, 200 days, {time.perf_counter() - start:.0f} s | {series:.6%} | {state:.6%} | {far:.2f} |")
        if far > 5.0:
            print("\nThe law differs: no time is given.")
            return
    print("\n| frame | processor, all cores | " + " | ".join(f"card, {n:,} at once" for n in MANY) + " |")
    print("| --- |" + " ---: |" * (1 + len(MANY)))
    for name, (days, more) in FRAMES.items():
        frame = neutral(days, **more)
        rates = [rate(frame, 32, "cpu"), *(max(rate(frame, n, "cuda") for _ in range(2)) for n in MANY)]
        print(f"| {name} | " + " | ".join(f"{r:,.0f}/s" for r in rates) + " |")


def assemble(text: str) -> str:
    """What NVIDIA's assembler says of the machine code: registers, stack, spills."""
    from cuda.bindings import nvjitlink

    code = text.encode()
    outside = b"""//
.version 8.0
.target sm_80
.address_size 64
.visible .func (.param .b32 r) numba_attempt_nocopy_reshape(.param .b64 a, .param .b64 b, .param .b64 c, .param .b64 d, .param .b64 e,
.param .b64 f, .param .b64 g, .param .b32 h) { st.param.b32 [r], 1; ret; }
"""
    link = nvjitlink.create(2, [f"-arch=sm_{CAPABILITY[0]}{CAPABILITY[1]}", "-verbose"])
    for part, label in ((code, "nights"), (outside, "reshape")):
        nvjitlink.add_data(link, nvjitlink.InputType.PTX, part, len(part), label)
    nvjitlink.complete(link)
    log = bytearray(nvjitlink.get_info_log_size(link))
    nvjitlink.get_info_log(link, log)
    said = log.decode()
    registers = max(map(int, re.findall(r"Used (\d+) registers", said)))
    spilt = r"(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes spill loads"
    stack, stores, loads = max(tuple(map(int, m)) for m in re.findall(spilt, said))
    size = nvjitlink.get_linked_cubin_size(link)
    return (f"{size:,} bytes of machine code, {registers} registers, {stack:,} bytes of stack for a thread, "
            f"{stores:,} and {loads:,} bytes of registers stored and loaded for want of room")


def without() -> None:
    """Print what the compilers make of the kernels, and the bits of that code."""
    print("**No graphics card is at hand: no time on a card was measured here.** What follows needs none.\n")
    if find_cards() is None or importlib.util.find_spec("nvidia") is None:
        print("Not compiled for a card: numba-cuda[cu13] is not installed.")
        return
    status, given = arguments(neutral(2))
    start = time.perf_counter()
    text = translate(cuda.run_days, (status, given), CAPABILITY)
    took = time.perf_counter() - start
    print(f"- Compiled for compute capability {CAPABILITY[0]}.{CAPABILITY[1]}: {len(text):,} bytes of PTX in {took:.0f} s; "
          f"{text.count('fma.rn.f64')} products fused with sums, {text.count('mul.rn.f64'):,} rounded by themselves.")
    start = time.perf_counter()
    print(f"- Assembled: {assemble(text)}; {time.perf_counter() - start:.0f} s.")
    if shutil.which("cc") is None:
        print("- Not run on the processor: no C compiler.")
        return

    def card(given: tuple[Any, ...], status: np.ndarray) -> None:
        given = cuda.take(given, slice(None), len(status))
        given = cuda.each_field(lambda name, value: np.zeros((len(status), value.shape[1])) if name == "cells" else value, given)
        with tempfile.TemporaryDirectory() as folder:
            ptx.run(text, (status, given), len(status), Path(folder))

    if ".func" in text:
        print("- Not run on the processor: NVVM made functions of their own of some kernels, which `ptx.py` does not translate. The last "
              "model whose code was one function (03318333c6c6d515) gave 100 % of the same bits, flagship and base.")
    for name, (_, more) in FRAMES.items() if ".func" not in text else ():
        with mock.patch.object(cuda, "advance_many", card):
            series, state, _ = same_bits(neutral(365, **more), 32)
        print(f"- That code run on the processor, {name}, 32 replicates, 365 days: {series:.6%} of recorded numbers and {state:.6%} "
              "of the state are the same bits as the processor's own kernels give.")
    print("- On Numba's simulated card every recorded number and the whole state are the processor's bits, in turns too: "
          "`tests/oracle/test_cuda.py`.\n\n"
          "Not shown: NVIDIA's assembler and the card's own arithmetic, and above all speed. The registers say what to expect: few\n"
          "threads at a time for each core of the card.")


def main() -> int:
    """Print the page."""
    print("# Graphics cards\n")
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, model {digest()}, "
          f"seed {SEED}. `python benchmarks/engine/cards.py`.\n")
    memory()
    print()
    there = find_cards() is not None and not simulated() and find_cards().is_available()
    measure() if there else without()
    return 0


if __name__ == "__main__":
    sys.exit(main())
