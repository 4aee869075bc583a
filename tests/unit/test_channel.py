"""The case of boats across the Channel: sound, whole, and what its claims and figures say is so."""
from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import interlope as il
from interlope.scenario.case import Case

NAME = "channel-boats"
BEFORE, AFTER = date(2022, 10, 31), date(2022, 11, 5)


@pytest.fixture(scope="module")
def case() -> Case:
    return il.load(NAME)


def rows(case: Case, table: str) -> dict[str, float]:
    """The values of one table of figures by period."""
    lines = [line for line in (Path(case.folder) / "series" / f"{table}.csv").read_text("utf-8").splitlines() if not line.startswith("#")]
    return {row["period"]: float(row["value"]) for row in csv.DictReader(lines) if row["value"]}


def test_it_inherits_no_number_of_another_border(case):
    from interlope.scenario.description import list_parameters

    assert [row.name for row in list_parameters(case) if row.inherited] == []


def test_every_collected_claim_is_there(case):
    ids = {name.rstrip("ab") for name in case.evidence.book.claims}
    assert {f"K{i:02d}" for i in range(1, 79)} | {"S1", "S2"} == ids


def test_what_was_published_later_is_not_fitted(case):
    fitted = {"K01", "K07", "K12", "K14", "K15", "K16a", "K16b", "K22", "K23", "K33", "K50", "S1", "S2"}
    known = {c.id for c in case.book.claims.values() if c.scored and c.published <= case.as_of}
    assert known == fitted
    later = [c for c in case.evidence.book.claims.values() if c.scored and c.published > case.as_of]
    assert {"K18", "K27", "K32", "K39", "K43", "K45", "K48"} <= {c.id for c in later}


def test_crossing_days_are_known_up_to_the_day_of_knowledge_and_recur_after_it(case):
    forcing = case.setting().forcing
    start = date(2021, 1, 1)
    february = forcing[(date(2022, 2, 1) - start).days : (date(2022, 2, 28) - start).days]
    assert february.mean() < 0.35                                # two days on which anybody came, in 28
    assert np.ptp(forcing[(AFTER - start).days : (date(2022, 11, 30) - start).days]) == 0
    known = case.at("summer-2023").setting().forcing
    assert np.ptp(known[(AFTER - start).days : (date(2022, 11, 30) - start).days]) > 0


def test_official_figures_carry_what_claims_say(case):
    arrivals, boats = rows(case, "arrivals-months"), rows(case, "boats-months")
    year = {y: sum(v for p, v in arrivals.items() if p.startswith(str(y))) for y in range(2018, 2024)}
    assert year == {2018: 299, 2019: 1843, 2020: 8462, 2021: 28526, 2022: 45755, 2023: 29437}
    albanian = rows(case, "arrivals-albanian")
    assert [albanian[f"2022-Q{q}"] for q in (1, 2, 3, 4)] == [235, 2194, 9044, 1185]
    assert albanian["2022-Q4"] / albanian["2022-Q3"] < 0.14       # K51: the fall came before the agreement of mid-December
    parts = [sum(rows(case, f"arrivals-{n}").values()) for n in ("albanian", "afghan", "iranian", "iraqi", "syrian", "other")]
    assert sum(parts) == pytest.approx(sum(year.values()), rel=0.001)  # quarterly and daily tables differ by a few people
    assert 33788 / (33788 + year[2022]) == pytest.approx(0.424, abs=0.002)  # K76
    assert sum(boats[f"2022-{m:02d}"] for m in range(1, 11)) == pytest.approx(976)
    assert arrivals["2022-08"] / arrivals["2022-06"] > 2          # K24: a fall was forecast in July


@pytest.mark.parametrize("explanation", ["rivalry", "broker", "kin", "command"])
def test_priors_cover_the_year_that_was(case, explanation):
    days = (BEFORE - date(2021, 1, 1)).days + 1
    runs = il.simulate(case, explanation, 24, seed=5, days=days)
    came = runs["successes"].values[:, 365:].sum(axis=1)
    stopped = runs["prevented"].values[:, 365:].sum(axis=1)
    assert np.quantile(came, 0.1) < 38_500 < np.quantile(came, 0.95)
    assert np.quantile(stopped, 0.05) < 28_300 < np.quantile(stopped, 0.95)
