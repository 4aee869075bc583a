"""Every row of the short set agrees: what others published, through the kernel itself (fixed seed, ranges stated with the rows)."""
from __future__ import annotations

import dataclasses
import math
import re
from pathlib import Path

import pytest

from interlope.errors import BadInput
from interlope.verification import measuring, published, rendering
from interlope.verification.row import Measured, Row, Trial, judge

ROWS = published.rows()
TRIAL = Trial(measuring.SEED, False)
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("row", [row for row in ROWS if not row.long], ids=lambda row: row.name)
def test_row_agrees(row):
    measured = row.measure(TRIAL)
    agrees, why = judge(row, measured)
    assert agrees, f"{row.what}: ours {measured.value:g} +- {measured.error:g}, published {row.published}: {why}"


def test_every_result_of_the_design_has_a_row():
    wanted = ("cartels-three", "cartels-aggregate", "cartels-runs", "cartels-150", "contest", "oligopoly", "revenue", "gathmann",
              "hawkes-mean", "hawkes-fano", "coalescence", "severity", "raids", "leader", "force", "names", "turf")
    assert [name for name in wanted if not any(row.name.startswith(name) for row in ROWS if not row.long)] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_row_says_what_it_is(row):
    keys = set(re.findall(r"^@\w+\{(\w+),", (ROOT / "docs/references.bib").read_text(encoding="utf-8"), re.M))
    assert row.source in keys
    assert re.fullmatch(r"[a-z0-9.-]+", row.name)
    assert row.low <= row.high and row.finest > 0.0 and row.published and row.tolerance and row.unit and len(row.what) > 10
    assert math.isfinite(row.low) or math.isfinite(row.high)


def _row(low, high, finest=math.inf):
    return Row("a-row", "something measured", "a figure", low, high, "1", "x2000", "exact", lambda trial: Measured(1.0, 0.1), finest)


@pytest.mark.parametrize(("low", "high", "finest", "measured", "why"), [
    (1.0, 1.0, 1.0, Measured(1.29, 0.1), ""),
    (1.0, 1.0, 1.0, Measured(1.31, 0.1), "above the range"),
    (1.0, 2.0, 1.0, Measured(0.69, 0.1), "below the range"),
    (1.0, 1.0, 0.05, Measured(1.0, 0.1), "too noisy: error 0.1 above 0.05"),
    (-math.inf, 0.0, 1.0, Measured(-5.0, 0.1), ""),
    (-math.inf, 0.0, 1.0, Measured(-0.29, 0.1), "sign not shown: within three errors of the bound"),
    (-math.inf, 0.0, 1.0, Measured(0.01, 0.1), "above the range"),
    (0.0, math.inf, 1.0, Measured(0.31, 0.1), ""),
    (0.0, math.inf, 1.0, Measured(0.29, 0.1), "sign not shown: within three errors of the bound"),
    (0.0, math.inf, 1.0, Measured(0.0, 0.0), "sign not shown: within three errors of the bound"),
    (0.0, math.inf, 1.0, Measured(-0.01, 0.1), "below the range"),
    (0.0, 1.0, 1.0, Measured(math.nan, 0.1), "not a number"),
])
def test_a_row_is_judged_by_its_range_and_its_error(low, high, finest, measured, why):
    assert judge(_row(low, high, finest), measured) == (why == "", why)


def test_the_table_shows_ours_beside_theirs_and_names_what_fails():
    rows = (_row(1.0, 1.0), _row(2.0, math.inf))
    found = list(measuring.measure(rows))
    assert [x.holds for x in found] == [True, False]
    page = rendering.write_markdown(found, full=False, seed=1)
    assert "Not ended" not in page
    assert f"Not ended: {len(found)} of 90 rows so far." in rendering.write_markdown(found, full=False, seed=1, of=90)
    assert "| a-row | something measured | a figure | 1 | 0.1 | 1 |" in page and "NO: below the range" in page
    assert "1 of 2 rows that test something hold" in rendering.summarise(found)[0] and "below the range" in rendering.summarise(found)[1]
    assert rendering.to_record(found[1]).high is None


def test_a_row_whose_number_was_chosen_for_it_is_set_and_no_pass():
    chosen = dataclasses.replace(_row(1.0, 1.0), given="a_number")
    missed = dataclasses.replace(_row(2.0, 3.0), given="a_number")
    found = list(measuring.measure((chosen, missed, _row(1.0, 1.0))))
    assert [x.verdict for x in found] == ["set", "NO: below the range", "yes"]
    told = rendering.summarise(found)
    assert "1 of 1 rows that test something hold" in told[0] and "a-row (a_number)" in told[1] and "below the range" in told[2]
    assert "| set |" in rendering.write_markdown(found, full=False, seed=1) and rendering.cells(found[0])[-1] == "set"
    assert rendering.to_record(found[0]).given == "a_number"


def test_every_source_of_the_design_has_a_row_that_tests_something():
    sources = {row.source for row in ROWS}
    assert sources - {row.source for row in ROWS if not row.given} == set()
    assert all(row.given == "" or re.search(r"[a-z]+_[a-z]+", row.given) for row in ROWS)


def test_rows_are_chosen_by_the_beginning_of_their_name():
    assert {row.name for row in measuring.choose(False, ["contest-wins"])} == {"contest-wins-1", "contest-wins-2"}
    assert not any(row.long for row in measuring.choose(False)) and any(row.long for row in measuring.choose(True))
    with pytest.raises(BadInput, match="nearest 'hawkes'"):
        measuring.choose(False, ["haukes"])
    with pytest.raises(BadInput, match="no row begins so"):
        measuring.choose(False, [""])


def test_a_world_that_breaks_down_is_a_row_that_fails():
    def broken(trial):
        raise ArithmeticError("3 replicates did not run to their end")

    row = Row("b-row", "something broken", "a figure", 0.0, 1.0, "1", "x2000", "exact", broken)
    (found,) = measuring.measure((row,))
    assert not found.holds and "3 replicates" in found.why
