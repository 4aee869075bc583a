"""Where a night's time goes: python benchmarks/engine/shares.py > docs/results/shares.md.

The package is copied to a temporary folder, a clock is read before and after every mechanism in the copy's `step.py`, and both
configurations are run. The clock itself costs some tens of nanoseconds a reading. Then the night is run as plain Python with
every draw, exponential and logarithm counted, and set against what this machine needs for as many: the roofline.
"""
from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

CLOCK = '''
import ctypes as _ctypes
_read = _ctypes.CDLL(None).clock_gettime
_read.restype, _read.argtypes = _ctypes.c_int, [_ctypes.c_int, _ctypes.c_size_t]

@kernel
def tick(clock, when):
    _read(1, when)
    return clock[0] * 1000000000 + clock[1]

'''
RUN = """
import json, sys
import numpy as np
from interlope.model import running, simulate as S
from interlope.verification.defaults import neutral
frame = json.loads(sys.argv[1])
days = 900
for replicates in (2, 16):
    running.SPENT[:] = 0
    S.advance(S.begin(neutral(days, **frame), {}, None, 20231025, np.arange(replicates)), days, threads=1)
print(json.dumps({n: float(t) / 16 / days / 1000 for n, t in zip(running.WATCHED, running.SPENT)}))
"""
COUNT = """
import json, sys
import numpy as np
import interlope.model.simulate as S
from interlope.verification.defaults import neutral
frame, counted = json.loads(sys.argv[1]), {"exp": 0, "exps": 0, "log": 0, "words": 0, "fill": 0}
one = lambda a: 1
KINDS = {"exp": ("exp", one), "exp_each": ("exps", lambda a: a[1]), "exp_within": ("exps", one), "log": ("log", one),
         "words": ("words", one), "fill": ("fill", lambda a: a[3] * 4), "fill_named": ("fill", lambda a: a[4] * 4)}
within = 0
def watch(name, plain):
    kind, many = KINDS[name]
    def call(*a):
        global within
        if not within:
            counted[kind] += many(a)
        within += name == "exp_each"
        try:
            return plain(*a)
        finally:
            within -= name == "exp_each"
    return call
made = {}
for module in [m for n, m in sys.modules.items() if n.startswith("interlope.model")]:
    for name in KINDS:
        plain = vars(module).get(name)
        if callable(plain):
            made.setdefault((name, id(plain)), watch(name, plain))
            setattr(module, name, made[name, id(plain)])
states = S.begin(neutral(160, **frame), {}, None, 20231025, np.arange(1))
states, _ = S.advance(states, 100, threads=1)
counted.update(dict.fromkeys(counted, 0))
S.advance(states, 160, threads=1)
print(json.dumps({**{k: v / 60 for k, v in counted.items()}, "bytes": int(states.buffer.nbytes)}))
"""
COST = """
import json, time
import numpy as np
from interlope.jit.compile import entry
from interlope.model import rng, special
@entry
def powers(n, out):
    for i in range(n): out[0] += special.exp(-1e-3 * i)
@entry
def rows(n, out):
    for i in range(n // 100): special.exp_each(out[:100], 100)
@entry
def logs(n, out):
    for i in range(n): out[0] += special.log(1.0 + 1e-3 * i)
@entry
def draws(n, key, out):
    for i in range(n): out[0] += rng.words(key, i, 7, 1)[0]
@entry
def fills(n, key, words):
    rng.fill(key, 0, 7, n // 4, words)
key, out, words = np.array([1, 2, 3], np.uint64), np.zeros(100), np.zeros(8000, np.uint32)
cost = {}
for name, run, n in (("exp", lambda n: powers(n, out), 200000), ("exps", lambda n: rows(n, out), 200000),
                     ("log", lambda n: logs(n, out), 200000),
                     ("words", lambda n: draws(n, key, out), 200000),
                     ("fill", lambda n: [fills(8000, key, words) for _ in range(25)], 200000)):
    run(100)
    best = 1.0
    for _ in range(7):
        start = time.perf_counter(); run(n); best = min(best, time.perf_counter() - start)
    cost[name] = best / n * 1e9
print(json.dumps(cost))
"""
FRAMES = {"flagship's size": {}, "base": {"sectors": 12, "slots": 24, "initial_groups": 24}}


def watched_copy(folder: Path) -> None:
    """Copy the package and put a clock around every mechanism's call."""
    package = Path(importlib.import_module("interlope").__file__ or "").parent
    shutil.copytree(package, folder / "interlope", ignore=shutil.ignore_patterns("__pycache__"))
    step = folder / "interlope/model/step.py"
    text = step.read_text(encoding="utf-8")
    first = text.index("    for day in range(calendar.begin, calendar.end):")
    last = text.index("    return OK\n", first)
    names: list[str] = []
    lines: list[str] = []
    depth = 0
    for line in text[first:last].split("\n"):
        call = re.match(r"        (?:\w+ = )?([a-z]+)\.([a-z_]+)\(", line)
        if call and depth == 0 and (folder / f"interlope/model/mechanisms/{call[1]}.py").exists():
            names.append(f"{call[1]}.{call[2]}")
            lines.append("        began = tick(clock, when)")
            depth = 1
        lines.append(line)
        if depth:
            depth += line.count("(") - line.count(")")
            if depth == 1:
                lines.append(f"        spent[{len(names) - 1}] += tick(clock, when) - began")
                depth = 0
    body = "    opened = tick(clock, when)\n" + "\n".join(lines) + f"\n    spent[{len(names)}] += tick(clock, when) - opened\n"
    text = text[:first] + body + text[last:]
    text = text.replace("MECHANISMS = (", CLOCK + "MECHANISMS = (", 1)
    text = text.replace("inputs, recorder):", "inputs, recorder, spent, clock, when):", 1)
    step.write_text(text, encoding="utf-8")
    running = folder / "interlope/model/running.py"
    text = running.read_text(encoding="utf-8")
    text = text.replace("run_days, inputs, recorder)", "run_days, inputs, recorder, SPENT, PLACE, PLACE.ctypes.data)", 1)
    head = f"SPENT, PLACE = np.zeros(64, np.int64), np.zeros(2, np.int64)\nWATCHED = {names + ['the night']!r}\n\n\n"
    mark = "@dataclass(frozen=True, eq=False)\nclass States"
    running.write_text(text.replace(mark, head + mark, 1), encoding="utf-8")


def ask(program: str, *words: str, **environment: str) -> dict[str, float]:
    """Run a program in its own process and read the JSON it prints."""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program, *words], check=True, capture_output=True, text=True,
                          env={**os.environ, **environment})
    return json.loads(done.stdout)


def main() -> int:
    """Print both tables as Markdown."""
    from interlope.jit.compile import digest

    print("# Where a night's time goes\n")
    print(f"{date.today()}, one thread, model {digest()}, seed 20231025; `python benchmarks/engine/shares.py`. Microseconds a night.\n")
    with tempfile.TemporaryDirectory() as name:
        watched_copy(Path(name))
        found = {f: ask(RUN, json.dumps(x), PYTHONPATH=name, INTERLOPE_CACHE=name + "/cache") for f, x in FRAMES.items()}
    print("| part | " + " | ".join(found) + " |\n| --- |" + " ---: |" * len(found))
    for part in sorted(found["base"], key=lambda n: -found["base"][n]):
        print(f"| {part} | " + " | ".join(f"{f[part]:.2f}" for f in found.values()) + " |")
    with tempfile.TemporaryDirectory() as name:  # the snippets compile in memory; nothing is cached
        plain = COST.replace("@entry", "@numba.njit(nogil=True, error_model='numpy')").replace("import numpy", "import numba, numpy", 1)
        cost = ask(plain.replace("numba, numpy as np", "numba\nimport numpy as np"), INTERLOPE_CACHE=name)
    counts = {f: ask(COUNT, json.dumps(frame), NUMBA_DISABLE_JIT="1") for f, frame in FRAMES.items()}
    print("\n## The roofline: what the night's arithmetic must cost at least\n")
    print("| operation | ns each | " + " | ".join(f"{f}, a night" for f in counts) + " |\n| --- | ---: |" + " ---: |" * len(counts))
    words = {"exp": "exponentials", "exps": "exponentials in rows", "log": "logarithms",
             "words": "draws by name (blocks of four words)", "fill": "words drawn in rows"}
    for key, meaning in words.items():
        print(f"| {meaning} | {cost[key]:.2f} | " + " | ".join(f"{c[key]:,.0f}" for c in counts.values()) + " |")
    floor = [sum(c[k] * cost[k] for k in words) / 1000.0 for c in counts.values()]
    print("| together, microseconds | | " + " | ".join(f"{f:.2f}" for f in floor) + " |")
    print("| part of the night | | " + " | ".join(f"{100 * f / found[k]['the night']:.0f} %" for f, k in zip(floor, found)) + " |")
    print("| bytes of state, read and written in cache | | " + " | ".join(f"{c['bytes']:,.0f}" for c in counts.values()) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
