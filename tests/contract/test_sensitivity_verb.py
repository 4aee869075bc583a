"""sensitivity: what is written, what is found again, and how a stopped run goes on."""
from __future__ import annotations

import json

import pytest

from interlope.policy.sensitivity import evaluate

WORDS = ["sensitivity", "toy", "--trajectories", "2", "--base", "2", "--replicates", "1", "--outcomes", "attempts,clashes",
         "--out", "driven"]


def test_results_are_written_and_found_again(line):
    first = line(*WORDS).output
    (folder,) = (line.folder / "driven").glob("toy-sensitivity-*")
    assert {"sensitivity.md", "screening.csv", "screening.svg", "shares.csv", "shares.svg"} <= {p.name for p in folder.iterdir()}
    assert folder.name in " ".join(first.split())
    assert "were run before" in line(*WORDS).output
    assert not list((line.folder / "driven").glob(".*"))


def test_the_envelope_says_the_same(line):
    found = json.loads(line(*WORDS, "--json").stdout)["result"]
    assert [o["name"] for o in found["outcomes"]] == ["attempts", "clashes"]
    assert found["settings"]["base"] == 2
    assert found["chosen"][0] == "random numbers"


@pytest.mark.parametrize(("words", "said"), [
    (["--outcomes", "atempts"], "nearest 'attempts'"),
    (["--base", "100"], "a power of two"),
])
def test_bad_input_is_refused(line, words, said):
    assert said in " ".join(line("sensitivity", "toy", *words, code=2).stderr.split())


def test_a_stopped_run_keeps_its_blocks_and_goes_on(line, monkeypatch):
    real, calls = evaluate._block, []

    def stopped(*words):
        calls.append(words)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*words)

    monkeypatch.setattr(evaluate, "_block", stopped)
    words = [*WORDS, "--seed", "9"]
    assert "kept: 1 finished block; the same command goes on" in " ".join(line(*words, code=130).stderr.split())
    calls.clear()
    monkeypatch.setattr(evaluate, "_block", lambda *w: calls.append(w) or real(*w))
    line(*words)
    assert len(calls) >= 1
    assert not list((line.folder / "driven").glob(".*"))
