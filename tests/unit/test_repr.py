"""What fits, verdicts, comparisons and studies show of themselves at the prompt: a line, not their arrays."""
from __future__ import annotations

import pytest

import interlope as il
from interlope.inference.fitting import calibrate
from interlope.inference.sampling.problem import Effort
from interlope.pipeline import Plan

SMALL = Effort(waves=(96, 96), particles=60, populations=2, limit=2, candidates=400, residuals=6)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calibrate, "QUICK", SMALL)
        case = il.load("toy")
        fits = il.fit(case, seed=3)
        compared = il.compare(case, il.draws(fits, 2, 3), days=5, seed=3)
        return fits, il.weigh(fits), compared, il.study(case, Plan(seed=3, pairs=4, days=5), out=tmp_path_factory.mktemp("out"))


def test_a_case_shows_itself_in_a_line():
    text = repr(il.load("toy"))
    assert text.startswith("<Case 'toy' as known on 2030-") and "takeover" in text and len(text) < 200


@pytest.mark.parametrize("place, words", [
    (0, ("Fits", "toy", "takeover", "seed 3")), (1, ("Verdict", "toy", "probabilities", "takeover")),
    (2, ("Comparison", "status-quo", "5 days", "pairs")), (3, ("Study", "toy", "seed 3", "mode quick")),
])
def test_a_result_shows_itself_in_a_few_lines(results, place, words):
    text = repr(results[place])
    assert all(word in text for word in words), text
    assert len(text.splitlines()) <= 3 and len(text) < 400 and "array(" not in text
