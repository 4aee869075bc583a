"""backtest: nothing later is seen, what is written, and how a stopped run goes on."""
from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from interlope.inference.checks import rolling
from interlope.inference.fitting import calibrate
from interlope.inference.sampling.problem import Effort
from interlope.scenario.case import find, load

SMALL = Effort(waves=(80, 80), particles=50, populations=1, limit=1, candidates=300)
WORDS = ["backtest", "toy", "--origin", "2030-01-25", "--origin", "2030-02-05", "--out", "back"]


@pytest.fixture(autouse=True)
def brief(monkeypatch):
    """Fits of a moment: what is tried here is not how exact they are."""
    monkeypatch.setattr(calibrate, "QUICK", SMALL)


def test_results_are_written_and_used_again(line):
    first = line(*WORDS).output
    (folder,) = (line.folder / "back").glob("toy-backtest-*")
    assert {"backtest.md", "forecasts.csv", "skill.csv", "coverage.csv", "manifest.json"} <= {p.name for p in folder.iterdir()}
    assert folder.name in " ".join(first.split())
    again = json.loads(line(*WORDS, "--json").stdout)["result"]
    assert again["reused"] and [o["origin"] for o in again["origins"]] == ["2030-01-25", "2030-02-05"]
    assert {r["lead"] for r in again["rows"]} == {1} and all(r["period"] > r["origin"] for r in again["rows"])
    assert not list((line.folder / "back").glob(".*"))
    page = folder / "skill.csv"
    page.write_text(page.read_text().replace("last value", "first value"))
    assert "skill.csv" in line(*WORDS, code=2).stderr


def test_figures_published_later_change_scores_and_no_forecast(tmp_path: Path):
    folder = tmp_path / "toy"
    shutil.copytree(find("toy"), folder)
    table = folder / "series" / "guard-detained.csv"
    text = table.read_text()
    assert "2030-02-20/2030-02-24,205" in text
    table.write_text(text.replace("2030-02-20/2030-02-24,205", "2030-02-20/2030-02-24,4000"))
    rows = {}
    for name in ("toy", str(folder)):
        fits = calibrate.fit(load(name).at("2030-02-05"), seed=3, effort=SMALL)
        rows[name], _ = rolling.score(fits, draws=40)
    (mine, theirs) = rows.values()
    forecast = [r.model_dump(exclude={"observed", "crps", "baselines"}) for r in mine]
    assert forecast == [r.model_dump(exclude={"observed", "crps", "baselines"}) for r in theirs]
    assert {a.period for a, b in zip(mine, theirs, strict=True) if a.observed != b.observed} == {"2030-02-20/2030-02-24"}


def test_a_stopped_run_keeps_its_origins_and_ends_with_the_same_numbers(line, monkeypatch):
    real, calls, words_of = rolling.score, [], [*WORDS, "--seed", "9"]

    def stopped(*words):
        calls.append(words)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*words)

    monkeypatch.setattr(rolling, "score", stopped)
    assert "kept: 1 finished origin; the same command goes on" in " ".join(line(*words_of, code=130).stderr.split())
    monkeypatch.setattr(rolling, "score", lambda *words: calls.append(words) or real(*words))
    resumed = json.loads(line(*words_of, "--json").stdout)["result"]
    assert len(calls) == 3
    whole = json.loads(line(*words_of, "--fresh", "--json").stdout)["result"]
    assert [r["crps"] for r in resumed["rows"]] == [r["crps"] for r in whole["rows"]]


@pytest.mark.parametrize(("words", "phrase"), [
    (["backtest", "toy"], "has no end of a quarter"),
    (["backtest", "toy", "--origin", "2031-01-01"], "no figure published later begins after it"),
    (["backtest", "toy", "--origin", "erly"], "expected a date such as 2030-02-19"),
    (["backtest", "toy", "--origin", "2032-02-01"], "expected a date from"),
    (["backtest", "toy", "--ahead", "0"], "greater than or equal to 1"),
    (["backtest", "cartels", "--origin", "2012-12-31"], "no figure published later"),
])
def test_bad_input_is_refused(line, words, phrase):
    assert phrase in " ".join(line(*words, code=2).stderr.split())
