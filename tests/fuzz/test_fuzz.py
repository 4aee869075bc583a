"""A minute of fuzzing: mutants of cases, results folders and command lines are all answered well (see fuzz.py for the hour)."""
from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
spec = importlib.util.spec_from_file_location("fuzz", HERE / "fuzz.py")
assert spec is not None and spec.loader is not None
fuzz = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fuzz)

SEED = 20261126
COUNTS = {"cases": 250, "results": 8, "words": 24, "texts": 10}


def test_every_mutant_is_answered_well(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    counts, bad = fuzz.run(SEED, COUNTS, 1, tmp_path, study_every=125)
    assert [(b["target"], b["index"], b["wrong"], b["unplaced"]) for b in bad] == []
    assert counts["cases: bad_input, exit code 2"] > 100 and counts["cases: ok, exit code 0"] > 10, counts


@pytest.mark.parametrize(("words", "out", "code", "wrong"), [
    (["check", "toy", "--json"], "", 0, "no envelope"),
    (["check", "toy", "--json"], json.dumps({"status": "ok", "error": None}), 2, "exit code 2 with status ok"),
    (["check", "toy"], "\x1b[31m", 0, "control characters"),
    (["check", "toy"], "Traceback (most recent call last)", 1, "traceback"),
    (["check", "toy", "--json"], json.dumps({"status": "error", "error": {"kind": "our_fault"}}), 1, "our fault"),
    (["check", "toy"], "fine", 7, "exit code 7"),
])
def test_what_is_answered_badly_is_seen(words, out, code, wrong):
    answer = fuzz.targets.Answer(words, code, out, "", 0.0)
    fuzz.targets._judge(answer, None, 5.0)
    assert answer.wrong == [wrong]


def test_a_mutant_is_the_same_every_time(tmp_path):
    trees = []
    for name in ("a", "b"):
        room = tmp_path / name
        for index in range(12):
            fuzz.targets.Cases(room).make(fuzz.random.Random(f"5/cases/{index}"), room / str(index))
        trees.append({str(p.relative_to(room)): p.read_bytes() for p in sorted(room.rglob("*")) if p.is_file() and not p.is_symlink()})
    assert trees[0] == trees[1] and len(trees[0]) > 12
