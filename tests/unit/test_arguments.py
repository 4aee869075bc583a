"""What Python hands over is taken as what it is, or refused in one sentence; objects of two cases are not combined."""
from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

import interlope as il
from interlope.arguments import read_whole
from interlope.days import read_day
from interlope.errors import BadInput
from interlope.inference.sampling.problem import Effort
from interlope.pipeline import Plan
from interlope.scenario.case import Case, find

SMALL = Effort(waves=(96, 96), particles=60, populations=2, limit=2, candidates=400, residuals=6)


@pytest.fixture(scope="module")
def case() -> Case:
    return il.load("toy")


@pytest.fixture(scope="module")
def fits(case: Case):
    return il.fit(case, seed=3, effort=SMALL)


@pytest.mark.parametrize("value", [7, np.int64(7), np.uint8(7), np.array(7)])
def test_whole_numbers_of_every_kind_are_taken(value):
    assert read_whole("seed", value) == 7 and type(read_whole("seed", value)) is int


@pytest.mark.parametrize("value", [1.5, 2.0, -1, "3", None, True, np.bool_(True), float("nan"), Decimal(3), [3], 2**63, np.float64(3)])
def test_what_is_no_whole_number_is_refused_by_name(value):
    with pytest.raises(il.BadInput) as error:
        read_whole("seed", value)
    assert str(error.value).startswith("seed = ") and "expected a whole number of at least 0" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("value", [
    dt.date(2030, 1, 20), dt.datetime(2030, 1, 20, 13), np.datetime64("2030-01-20"), np.datetime64("2030-01-20T13:00"), "2030-01-20",
    pd.Timestamp("2030-01-20 13:00", tz="UTC")])
def test_timestamps_are_their_day(case: Case, value):
    assert read_day("as of", value) == dt.date(2030, 1, 20)
    known = case.at(value)
    assert type(known.as_of) is dt.date and known.identity == case.at("2030-01-20").identity


@pytest.mark.parametrize("value", [20300120, None, 3.5, pd.NaT, np.datetime64("NaT"), np.datetime64("2030-01"), np.datetime64("2030"),
                                   "2030-W05", "2030-W05-1", "20300131", "2030-01-32", ("2030-01-20",)])
def test_what_is_no_day_is_refused(case: Case, value):
    with pytest.raises(il.BadInput, match="expected a date"):
        case.at(value)


CALLS: dict[str, Callable[[Case, Any], Any]] = {
    "seed = 1.5": lambda case, fits: il.simulate(case, "takeover", 3, 1.5),  # type: ignore[arg-type]
    "seed = -1": lambda case, fits: il.simulate(case, "takeover", 3, -1),
    "seed = None": lambda case, fits: il.simulate(case, "takeover", 3, None),  # type: ignore[arg-type]
    "draws = 0": lambda case, fits: il.simulate(case, "takeover", 0, 7),
    "draws = -1": lambda case, fits: il.simulate(case, "takeover", -1, 7),
    "draws = 2.5": lambda case, fits: il.simulate(case, "takeover", 2.5, 7),  # type: ignore[arg-type]
    "draws = '3'": lambda case, fits: il.simulate(case, "takeover", "3", 7),  # type: ignore[arg-type]
    "days = 0": lambda case, fits: il.simulate(case, "takeover", 3, 7, days=0),
    "days = 3.5": lambda case, fits: il.simulate(case, "takeover", 3, 7, days=3.5),  # type: ignore[arg-type]
    "days = 9999; expected a whole number from 1 to 60": lambda case, fits: il.simulate(case, "takeover", 3, 7, days=9999),
    "by = 'town'": lambda case, fits: il.simulate(case, "takeover", 3, 7, by="town"),
    "threads = 0": lambda case, fits: il.simulate(case, "takeover", 3, 7, threads=0),
    "seed = '7'": lambda case, fits: il.fit(case, seed="7"),  # type: ignore[arg-type]
    "counts says nothing of rivalry": lambda case, fits: il.fit(case, counts={"takeover": 2}),
    "n = 0": lambda case, fits: il.draws(fits, 0, seed=1),
    "n = 2.0": lambda case, fits: il.draws(fits, 2.0, seed=1),  # type: ignore[arg-type]
    "seed = True": lambda case, fits: il.draws(fits, 2, seed=True),
    "days = -1": lambda case, fits: il.compare(case, il.draws(fits, 2, seed=1), days=-1),
    "days = 10000000": lambda case, fits: il.compare(case, il.draws(fits, 2, seed=1), days=10**7),
    "pairs = 0": lambda case, fits: il.compare(case, il.draws(fits, 2, seed=1), pairs=0),
    "seed = 0.5": lambda case, fits: Plan(seed=0.5),  # type: ignore[arg-type]
    "pairs = -2": lambda case, fits: Plan(pairs=-2),
    "mode = 'slow'": lambda case, fits: Plan(mode="slow"),
    "until = 'lunch'": lambda case, fits: il.study(case, until="lunch"),
    "letter = 'G'": lambda case, fits: il.weigh(fits).regrade("court", "G"),
    "source = 'cuort'": lambda case, fits: il.weigh(fits).regrade("cuort", "A"),
    "root = 'files'": lambda case, fits: il.weigh(fits).without(root="files"),
    "claim = 'T9'": lambda case, fits: il.weigh(fits).without(claim="T9"),
    "case = 7; expected": lambda case, fits: il.load(7),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("words", list(CALLS))
def test_every_door_refuses_in_one_sentence(case: Case, fits, words):
    with pytest.raises(il.BadInput) as error:
        CALLS[words](case, fits)
    assert words in str(error.value) and "\n" not in str(error.value)


def test_a_numpy_count_gives_what_a_count_gives(case: Case):
    one, other = il.simulate(case, "takeover", np.int64(3), np.int32(7), days=np.int16(5)), il.simulate(case, "takeover", 3, 7, days=5)
    assert one.equals(other)


@pytest.fixture(scope="module")
def neighbour(tmp_path_factory) -> Case:
    """The toy with one letter of one file changed: another case of the same name."""
    folder = tmp_path_factory.mktemp("other") / "toy"
    shutil.copytree(find("toy"), folder)
    path = folder / "options" / "joint-patrols.toml"
    path.write_text(path.read_text().replace("More patrols", "More patrol"))
    return il.load(folder)


def test_objects_of_two_cases_are_not_combined(case: Case, neighbour: Case, fits, tmp_path):
    drawn, verdict = il.draws(fits, 4, seed=3), il.weigh(fits)
    with pytest.raises(il.BadInput) as error:
        il.compare(neighbour, drawn, days=3, seed=3)
    assert all(f"files {c.sha256[:8]}" in str(error.value) for c in (case, neighbour))
    early = case.at("early")
    with pytest.raises(il.BadInput, match="as known on 2030-02-19.*as known on 2030-01-31"):
        il.compare(early, drawn, days=3, seed=3)
    comparison = il.compare(case, drawn, days=3, seed=3)
    for wrong in (neighbour, early):
        with pytest.raises(il.BadInput, match="the fit belongs to case 'toy'"):
            il.report(wrong, fits, verdict, comparison, to=tmp_path / "mixed")
    assert not (tmp_path / "mixed").exists()
    other = replace(comparison, origin=replace_case(comparison.origin, neighbour))
    with pytest.raises(il.BadInput, match="the comparison belongs"):
        il.report(case, fits, verdict, other, to=tmp_path / "mixed")
    assert il.report(case, fits, verdict, comparison, to=tmp_path / "own").is_file()


def replace_case(origin, case: Case):
    return origin._replace(case=case.identity)


def test_objects_of_two_fits_of_one_case_are_not_combined(case: Case, fits, tmp_path):
    other = replace(fits, seed=4)
    with pytest.raises(il.BadInput, match="the verdict follows from another fit"):
        il.report(case, fits, il.weigh(other), to=tmp_path / "mixed")
    with pytest.raises(il.BadInput, match="the comparison follows from another fit"):
        il.report(case, fits, il.weigh(fits), il.compare(case, il.draws(other, 4, seed=3), days=3, seed=3), to=tmp_path / "mixed")


@pytest.mark.parametrize("value", [{"takeover": 2.0}, {"takeover": 0.9, "rivalry": 0.9}, {"takeover": float("nan"), "rivalry": 1.0},
                                   {"other": 1.0}, {}, 3, {"takeover": "much"}, {"takeover": -0.1}])
def test_probabilities_that_are_none_are_refused_before_anything_runs(case, fits, value):
    with pytest.raises(BadInput, match="probability = .*expected a number from 0 to 1 for each of rivalry, takeover, which sum to 1"):
        il.compare(case, il.draws(fits, 2, 3), days=5, probability=value)


def test_one_option_by_name_is_that_option(case, fits):
    assert [o.name for o in il.compare(case, il.draws(fits, 2, 3), "joint-patrols", days=5).options] == ["status-quo", "joint-patrols"]
