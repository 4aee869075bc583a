"""Known forcing: factors on tries by day, as known on a day; their table's faults; and what the model does with them."""
from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from edited_toy import edit, odd, refused

import interlope as il
from interlope.manifest import digest
from interlope.model.setting import Setting
from interlope.quantities import INDEX
from interlope.verification import minimal
from interlope.verification.row import Trial

ENTRY = """
[[forcing]]
name = "crossing-days"
file = "crossing-days.csv"
otherwise = 0.5
published_lag_days = 1
source = "assumption"
"""
ROWS = """# days on which the strait can be crossed (invented)
period,factor,published,note
2030-01-20,0,,a storm (invented)
2030-W05,1.5,,
2030-02-10/2030-02-12,2,2030-02-20,
"""


def toy_with(folder: Path, rows: str = ROWS, entry: str = ENTRY) -> Path:
    case = edit(folder, ("case.toml", "[overrides]", f"{entry.lstrip()}\n[overrides]"))
    (case / "crossing-days.csv").write_text(rows, encoding="utf-8")
    return case


def test_each_day_has_the_factor_of_its_row_as_far_as_it_is_known(tmp_path: Path):
    case = il.load(toy_with(tmp_path))
    start, days = case.start, 60

    def factors(known: str) -> np.ndarray:
        path = case.setting(imposed_until=date.fromisoformat(known)).forcing
        assert path is not None and len(path) == days
        return path

    expected = np.full(days, 0.5)
    expected[(date(2030, 1, 20) - start).days] = 0.0
    assert np.array_equal(factors("2030-01-21"), expected)
    assert np.array_equal(factors("2030-01-20"), np.full(days, 0.5))  # the storm is known on the day after
    expected[(date(2030, 1, 28) - start).days : (date(2030, 2, 3) - start).days + 1] = 1.5
    assert np.array_equal(factors("2030-02-19"), expected)
    expected[40:43] = 2.0
    assert np.array_equal(factors("2030-02-20"), expected)


def test_rows_of_the_year_recur_and_tables_multiply(tmp_path: Path):
    second = ENTRY.replace("crossing-days", "tides").replace("otherwise = 0.5", "otherwise = 1")
    case = toy_with(tmp_path, "period,factor\n" + "".join(f"01-{day},0.5\n" for day in range(15, 32)) + "02,0.5\n03,3\n", ENTRY + second)
    (case / "tides.csv").write_text("period,factor\n2030-01-01/2030-12-31,2\n2030-12-31/2031-01-02,7\n".replace("12-31,2", "12-30,2"))
    path = il.load(case).setting(end=date(2031, 1, 20), imposed_until=date(2032, 1, 1)).forcing
    assert path is not None
    by_day = {day: path[(date.fromisoformat(day) - date(2030, 1, 1)).days]
              for day in ("2030-01-14", "2030-01-15", "2030-02-28", "2030-03-31", "2030-12-31", "2031-01-15")}
    assert by_day == {"2030-01-14": 1.0, "2030-01-15": 1.0, "2030-02-28": 1.0, "2030-03-31": 6.0, "2030-12-31": 3.5, "2031-01-15": 0.5}


FAULTS = [
    ("2030-01-20,0,", "2030-01-20,-1,", 3, "factor '-1'", "0 to 20"),
    ("2030-01-20,0,", "2030-01-20,\"1,5\",", 3, "factor '1,5'", "a number"),
    ("2030-01-20,0,", "20.01.2030,0,", 3, "period '20.01.2030'", "every year, MM"),
    ("2030-01-20,0,", "2030-W05,0,", 4, "line 3", "each day once"),
    ("2030-01-20,0,", "02-30,0,", 3, "period '02-30'", "MM-DD"),
    ("2030-01-20,0,", "01-20,0,2030-01-01", 3, "recurs every year", "no day"),
    (",2030-02-20,", ",spring,", 5, "published 'spring'", "a date"),
    ("period,factor", "period,factr", 2, "column 'factr' unknown", "nearest 'factor'"),
    ("period,factor,published,note", "period,note", 2, "no column factor", "period, factor"),
    (ROWS, "period,factor\n", 1, "no factor", "a row below"),
    (ROWS, "factor,period\n1\n,,\n", 2, "period ''", "every year, MM"),
]


@pytest.mark.parametrize("old, new, line, found, expected", FAULTS)
def test_each_fault_of_a_table_is_told_with_its_line(tmp_path: Path, old, new, line, found, expected):
    assert old in ROWS
    messages = refused(toy_with(tmp_path, ROWS.replace(old, new, 1)))
    assert any(m.startswith(f"crossing-days.csv:{line}: ") and found in m and expected in m for m in messages), messages


@pytest.mark.parametrize("old, new, found", [
    ('"crossing-days.csv"', '"../secret.csv"', "beside case.toml"), ('"crossing-days.csv"', '"tides.csv"', "no such file"),
    ('source = "assumption"', 'source = "nobody"', "nobody"), ("otherwise = 0.5", "otherwise = -1", "otherwise"),
    ("otherwise = 0.5", "otherwize = 0.5", "otherwize")])
def test_faults_of_the_entry_name_the_case_file(tmp_path: Path, old, new, found):
    messages = refused(toy_with(tmp_path, entry=ENTRY.replace(old, new)))
    assert any(found in m and m.split(":")[0] in ("case.toml", "tides.csv") for m in messages), messages


def test_a_table_that_reaches_no_day_of_the_case_is_refused_and_a_mean_far_from_one_is_said(tmp_path: Path):
    assert any("no row of 'crossing-days.csv' on a day of the case" in m
               for m in refused(toy_with(tmp_path / "a", "period,factor\n2031-01,2\n")))
    assert any("crossing-days" in text and "mean" in text for text in odd(toy_with(tmp_path / "b")))


def test_digests_and_guard_cover_the_table(tmp_path: Path):
    case = toy_with(tmp_path / "a")
    loaded = il.load(case)
    assert loaded.files()["crossing-days.csv"] == digest((case / "crossing-days.csv").read_bytes())
    changed = il.load(toy_with(tmp_path / "b", ROWS.replace("-W05,1.5", "-W05,1.6")))
    assert changed.sha256 != loaded.sha256
    messages = refused(toy_with(tmp_path / "c", ROWS.replace("a storm (invented)", "write to someone@example.org")))
    assert any(m.startswith("crossing-days.csv:3: ") and "someone@example.org" in m for m in messages)


PEOPLE, REPLICATES = 2000, 400


def tries(setting: Setting, seed: int = 7) -> np.ndarray:
    """Attempts by replicate and day of a closed world in which so many people wait and all may be guided."""
    states = minimal.open_world(setting, minimal.CLOSED, Trial(seed, False), REPLICATES, people=PEOPLE)
    return minimal.follow(states, setting.days, ["attempts"])[1][:, :, 0]


def test_without_forcing_every_bit_is_as_with_a_factor_of_one():
    setting = minimal.setting(20, [40, 30])
    assert np.array_equal(tries(setting), tries(replace(setting, forcing=np.ones(20))))
    assert setting.forcing is None and tries(setting).any()


def test_tries_are_proportional_to_the_factor_in_expectation():
    """Mean tries over the factor are those of factor 1, within 4.5 standard errors: a false alarm in 50,000 over these three."""
    setting = minimal.setting(1, [40, 30])
    base = tries(setting)[:, 0]
    for factor in (0.25, 0.5, 3.0):
        scaled = tries(replace(setting, forcing=np.full(1, factor)), seed=8)[:, 0] / factor
        error = np.sqrt((base.var(ddof=1) + scaled.var(ddof=1)) / REPLICATES)
        assert abs(scaled.mean() - base.mean()) < 4.5 * error < 0.05 * base.mean()


def test_nobody_tries_on_a_day_of_factor_zero_and_no_factor_makes_more_try_than_wait():
    forcing = np.array([0.0, 1.0, 20.0])
    attempts = tries(replace(minimal.setting(3, [40, 30]), forcing=forcing))
    assert not attempts[:, 0].any() and attempts[:, 1].all()
    assert INDEX["attempts"] >= 0 and attempts.max() <= PEOPLE
