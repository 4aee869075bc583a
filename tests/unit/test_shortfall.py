"""A figure that no explanation comes near is named in the record, in the text and among the reasons."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

import interlope as il
from interlope.inference import official
from interlope.inference.checks import shortfall
from interlope.inference.likelihood import make_plan
from interlope.inference.sampling.problem import Effort
from interlope.reporting import record
from interlope.reporting.answer import question
from interlope.reporting.answer.shortfall import list_shortfalls, tell_shortfalls
from interlope.reporting.answer.statement import fit
from interlope.results.study import StudyRecord
from interlope.scenario.binding import Binding
from interlope.scenario.case import find, load

SMALL = Effort(waves=(96, 96), particles=60, populations=2, limit=2, candidates=400, residuals=6)
FIRST = "guard-detained:2030-01-11/2030-01-15"


def answered(folder: Path, *changes: tuple[str, str]) -> StudyRecord:
    """A small study of the toy with changes in its table."""
    shutil.copytree(find("toy"), folder / "toy")
    path = folder / "toy" / "series" / "guard-detained.csv"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    case = load(folder / "toy")
    verdict = il.weigh(il.fit(case, seed=3, effort=SMALL))
    return record.build(case, verdict.to_record(), None, status=verdict.status, reasons=verdict.reasons)


@pytest.fixture(scope="module")
def impossible(tmp_path_factory) -> StudyRecord:
    """The toy with a figure that is fifteen times too high and has 10 % noise."""
    return answered(tmp_path_factory.mktemp("impossible"), ("density: negative-binomial", "density: lognormal\n# sd: 0.1"),
                    ("# dispersion: lognormal(8, x1.6)\n", ""), ("-01-15,134", "-01-15,2000"))


def test_the_figure_is_named_with_how_far_every_explanation_misses_it(impossible):
    worst = impossible.weigh.shortfalls[0]
    assert worst.id == FIRST and set(worst.nats) == {"rivalry", "takeover"}
    assert min(worst.nats.values()) > shortfall.FAR and all(worst.whole[name] > nats for name, nats in worst.nats.items())


def test_text_and_reasons_say_which(impossible):
    (told,) = tell_shortfalls(impossible.weigh)
    assert told.startswith(f"No explanation comes near {FIRST} (2,000 published; ") and "ruled out least" in told
    assert told in question.tell(impossible)
    first, _ = fit(question.tell_first(impossible), lines_left=11)
    assert told in first and ("Cause:" not in first[0] or impossible.status == "ok")
    (reason,) = list_shortfalls(impossible)
    assert (reason.code, reason.text) == ("no-explanation-fits", told)


def test_a_case_that_fits_names_none(tmp_path):
    study = answered(tmp_path)
    assert study.weigh.shortfalls == [] and list_shortfalls(study) == []


def test_the_reference_is_the_density_around_the_figure_itself():
    case = load("toy")
    ((table,),) = (group.series for group in make_plan(case, Binding(case)).groups)
    k, m = table.dispersion.median, table.months[:, None]
    means = table.figures[:, None] * [0.97, 1.0, 1.03]
    near = official.log_density(table, table.figures[:, None], m, means, np.log(means), k)
    assert np.allclose(near[:, 1], official.saturated(table)) and (near.argmax(axis=1) == 1).all()
