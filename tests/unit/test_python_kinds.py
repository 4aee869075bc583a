"""Every parameter of every public name, given a dozen and more wrong kinds of values: taken, or refused as bad input by its name."""
from __future__ import annotations

import datetime as dt
import inspect
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import interlope as il
from interlope.ensemble import design, memory
from interlope.inference.fitting import calibrate
from interlope.inference.sampling.problem import Effort
from interlope.information import seek as seeking
from interlope.pipeline import Plan, stages
from interlope.reporting import record

SMALL = Effort(waves=(96, 96), particles=60, populations=2, limit=2, candidates=400, residuals=6)


class Opaque:
    """Something that cannot even be shown."""

    def __repr__(self) -> str:
        raise RuntimeError("no")


KINDS: dict[str, Any] = {
    "none": None, "three": 3, "below": -1, "half": 2.5, "nan": float("nan"), "word": "x", "empty": "", "bytes": b"x", "true": True,
    "list": [], "names": ["x"], "numbers": [1, 2], "mapping": {"x": 1}, "huge": 10**5000, "large": 10**12, "infinite": float("inf"),
    "array": np.array([1, 2]), "whole": np.int64(2), "real": np.float64(2), "nothing": np.array(None), "class": dict, "opaque": Opaque(),
    "day": dt.date(2030, 1, 20), "nat": pd.NaT, "function": lambda: None, "path": Path("nowhere") / "here", "nul": "a\0b",
    "long": "x" * 5000, "surrogate": "\ud800",
}


NO_VALUE = ("opaque", "class", "function", "nothing", "array")  # what no argument of a plan, a case or a verdict can be


class Reached(Exception):
    """All arguments were taken; what follows needs time and is tried elsewhere."""


def reach(*_: Any, **__: Any) -> Any:
    """Stand in for the work."""
    raise Reached


class Engine:
    """A simulator that is only reached."""

    begin = advance = clone = staticmethod(reach)


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """One of each object that is handed from function to function."""
    case = il.load("toy")
    fits = il.fit(case, seed=3, effort=SMALL)
    return {"case": case, "fits": fits, "verdict": il.weigh(fits), "draws": il.draws(fits, 2, seed=3)}


SOUND: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "load": lambda made: {"name_or_folder": "toy"},
    "simulate": lambda made: {"case": made["case"], "hypothesis": "takeover", "draws": 2, "seed": 7, "days": 2},
    "fit": lambda made: {"case": made["case"]},
    "weigh": lambda made: {"fits": made["fits"]},
    "draws": lambda made: {"fits": made["fits"], "n": 2, "seed": 7},
    "compare": lambda made: {"case": made["case"], "draws": made["draws"], "engine": Engine()},
    "report": lambda made: {"case": made["case"], "fits": made["fits"], "verdict": made["verdict"], "to": "here"},
    "seek": lambda made: {"case": made["case"], "fits": made["fits"]},
    "study": lambda made: {"case": made["case"]},
}
PARAMETERS = [(name, parameter) for name in SOUND for parameter in inspect.signature(getattr(il, name)).parameters]
OWN = {  # what is no function of the package, with the parameter that is tried
    "Plan": [(Plan, name) for name in inspect.signature(Plan).parameters],
    "Effort": [(Effort, name) for name in inspect.signature(Effort).parameters],
}


def test_every_public_function_is_tried():
    assert set(SOUND) == {name for name in il.__all__ if not inspect.isclass(getattr(il, name))}


@pytest.fixture(autouse=True)
def without_work(monkeypatch, tmp_path, made):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(calibrate, "define", reach)
    monkeypatch.setattr(stages, "_run", reach)
    monkeypatch.setattr(record, "build", reach)
    monkeypatch.setattr(seeking, "draw", reach)


def refused(call: Callable[[], Any]) -> bool:
    """Whether a call is refused as bad input in one line that says what was expected; anything else that is raised is no answer."""
    try:
        call()
    except (Reached, il.DiagnosticsFailed):
        return False
    except il.BadInput as error:
        assert error.args[0].strip() and (error.faults or "\n" not in str(error)) and len(str(error)) < 6000
        assert any(word in str(error) for word in ("expected", "; see", "belongs to"))
        return True
    return False


@pytest.mark.parametrize("parameter", PARAMETERS, ids=".".join)
def test_a_wrong_kind_is_taken_or_refused_and_nothing_else(parameter, made):
    name, changed = parameter
    sound = SOUND[name](made)
    answers = {kind: refused(lambda value=value: getattr(il, name)(**{**sound, changed: value})) for kind, value in KINDS.items()}
    assert sum(answers.values()) >= len(KINDS) // 2, answers
    assert answers["opaque"] and answers["class"]


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_plan_and_an_effort_are_what_they_say_or_refused(kind):
    answers = {name: refused(lambda make=make, name=name: make(**{name: KINDS[kind]})) for pairs in OWN.values() for make, name in pairs}
    assert all(answers.values()) or kind not in NO_VALUE, answers


@pytest.mark.parametrize("kind", list(KINDS))
def test_what_is_asked_of_a_case_and_a_verdict_is_known_or_refused(kind, made):
    case, verdict, value = made["case"], made["verdict"], KINDS[kind]
    asks = (case.at, case.parameters, lambda v: verdict.regrade(v, "A"), lambda v: verdict.regrade("court", v),
            lambda v: verdict.without(root=v), lambda v: verdict.without(source=v), lambda v: verdict.without(claim=v),
            verdict.to_dataframe, verdict.to_record)
    answers = [refused(lambda ask=ask: ask(value)) for ask in asks]
    assert all(answers) or kind not in NO_VALUE, answers


@pytest.mark.parametrize("verb", ["simulate", "fit", "compare", "report", "study"])
@pytest.mark.parametrize("case", ["toy", Path("here") / "toy"])
def test_a_case_is_taken_by_name_and_by_folder(verb, case, made, tmp_path):
    if isinstance(case, Path):
        shutil.copytree(made["case"].folder, tmp_path / case)
    assert not refused(lambda: getattr(il, verb)(**{**SOUND[verb](made), "case": case}))


def test_nobody_is_told_of_progress_where_it_is_none(made):
    one, other = (il.simulate(made["case"], "takeover", 2, 7, days=2, progress=p) for p in (None, lambda done, total: None))
    assert one.equals(other)


WORDS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "case = 3; expected a case (see interlope.load), or the name or folder of one": lambda made: il.simulate(3, "takeover", 2, 7),
    "case = None; expected a case": lambda made: il.fit(None),
    "nocase: no such case; expected a folder with a case.toml": lambda made: il.study("nocase"),
    "expected a fit (see interlope.fit)": lambda made: il.weigh(made["case"]),
    "fits = None; expected a fit": lambda made: il.weigh(None),
    "effort = 'slow'; expected 'quick', 'thorough', or an Effort": lambda made: il.fit(made["case"], effort="slow"),
    "device = None; expected one of 'cpu', 'cuda'": lambda made: il.simulate(made["case"], "takeover", 2, 7, device=None),
    "progress = 3; expected a function of (done, total), or None": lambda made: il.fit(made["case"], progress=3),
    "expected a function of (stage, done, total), or None": lambda made: il.study(made["case"], progress=lambda done, total: None),
    "to = None; expected a folder": lambda made: il.report(**{**SOUND["report"](made), "to": None}),
    "expected a folder that is there or can be made": lambda made: il.report(**{**SOUND["report"](made), "to": __file__}),
    "expected a whole number from 1 to 1,000,000": lambda made: il.simulate(made["case"], "takeover", 10**12, 7),
    "options = [3]; expected some of": lambda made: il.compare(made["case"], made["draws"], [3]),
    "blocks = 3; expected a store of finished parts; it has no 'find'": lambda made: il.fit(made["case"], blocks=3),
    "expected one of root, source and claim": lambda made: made["verdict"].without(root="x", claim="y"),
    "days = 99999; expected a whole number from 1 to 3,660": lambda made: Plan(days=99999),
}


@pytest.mark.parametrize("words", list(WORDS))
def test_a_refusal_says_what_was_given_and_what_is_expected(words, made):
    with pytest.raises(il.BadInput) as error:
        WORDS[words](made)
    assert words in str(error.value)


def test_series_beyond_the_memory_are_refused_before_anything_runs(made, monkeypatch):
    monkeypatch.setattr(memory, "installed", lambda: 10**6)
    with pytest.raises(il.BadInput, match="GB of series, and this machine has 0 GB of memory; expected fewer draws or days"):
        il.simulate(made["case"], "takeover", 1000, 7)


def test_a_design_of_other_parameters_is_refused(made):
    whole = design.draw(made["case"], "takeover", 2, 7)
    for wrong in (replace(whole, values={}), replace(whole, innovations=whole.innovations[:1]), replace(whole, values={"x": np.ones(2)})):
        with pytest.raises(il.BadInput, match="does not hold every parameter"):
            il.simulate(made["case"], "takeover", wrong, 7)
