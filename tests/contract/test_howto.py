"""The how-to pages: their Python runs on an ensemble made as they say; what needs a graphics card ends in a helpful sentence."""
from __future__ import annotations

import json
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import edited_toy
import pytest

import interlope
from interlope.errors import BadInput
from interlope.model import cuda
from interlope.scenario.case import load

PAGES = Path(__file__).parents[2] / "docs" / "howto"


def python_of(page):
    return re.findall(r"^```python\n(.*?)^```", (PAGES / page).read_text(encoding="utf-8"), re.M | re.S)


def test_a_finished_ensemble_is_opened_as_the_page_says(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    line("simulate", "toy", "takeover", "--draws", "12", "--days", "20", "--out", str(tmp_path / "runs"))
    blocks = python_of("cluster.md")
    assert blocks
    for body in blocks:
        names: dict[str, object] = {}
        exec(compile(body, "cluster.md", "exec"), names)
        assert names["complete"].sizes["replicate"] == 12


def test_the_candidates_on_the_page_are_read(tmp_path):
    """The entries shown, in a copy of the made-up case; each is one that the case ships, word for word where it matters."""
    shutil.copytree(Path(interlope.__file__).parent / "cases" / "toy", tmp_path / "toy")
    blocks = re.findall(r"^```toml\n(.*?)^```", (PAGES / "seek.md").read_text(encoding="utf-8"), re.M | re.S)
    (tmp_path / "toy" / "evidence.toml").write_text("".join(blocks), encoding="utf-8")
    candidates = {c.id: c for c in load(tmp_path / "toy").candidates}
    assert set(candidates) == {"second-observer", "guard-next"}
    for name, candidate in candidates.items():
        shipped = next(c for c in load("toy").candidates if c.id == name)
        assert [p.covers for p in candidate.periods] == [p.covers for p in shipped.periods]
        assert (candidate.letter, candidate.days) == (shipped.letter, shipped.days)


def test_the_page_on_cards_runs_or_says_what_is_missing(monkeypatch):
    (body,) = python_of("cuda.md")
    assert 'device="cuda"' in body
    if cuda.cuda is None or not cuda.cuda.is_available():
        with pytest.raises(BadInput, match="device 'cuda'"):
            exec(compile(body.replace("4096", "4"), "cuda.md", "exec"), {})
    else:
        exec(compile(body.replace("4096", "4"), "cuda.md", "exec"), {})


def test_a_forecast_is_written_and_scored_as_the_page_says(line):
    commands = re.findall(r"^```console\n(.*?)^```", (PAGES / "forecast.md").read_text(encoding="utf-8"), re.M | re.S)
    (line.folder / "came.csv").write_text("series,period,value\nguard-detained,2030-02-20/2030-02-24,205\n", encoding="utf-8")
    outputs = [line(*words.split()[1:]).output for words in "".join(commands).splitlines()]
    assert len(outputs) == 2 and (line.folder / "toy-spring.csv").is_file()
    assert "Assumed: nobody acts on it" in outputs[0]
    assert "of 1 figure inside the 50% interval" in " ".join(outputs[1].split())
    with pytest.raises(BadInput, match="is there already"):
        line(*commands[0].split()[1:])


def test_a_published_table_is_imported_and_forcing_is_read_as_the_page_says(line):
    text = (PAGES / "series.md").read_text(encoding="utf-8")
    blocks = {kind: re.findall(rf"^```{kind}\n(.*?)^```", text, re.M | re.S) for kind in ("csv", "toml", "console")}
    (line.folder / "stops.csv").write_text(blocks["csv"][0], encoding="utf-8")
    (line.folder / "stops.toml").write_text(blocks["toml"][0], encoding="utf-8")
    refused = line("import", "stops.csv", "--dry-run", "--map", "columns.period=Week ending", code=2).output
    assert "file.skip" in refused
    outputs = [line(*words.split()[1:]).output for words in "".join(blocks["console"]).splitlines()]
    assert "Nothing was written." in outputs[1] and "stops-weekly (3 figures)" in " ".join(outputs[3].split())
    case = line.folder / "my-crossing"
    rows = (case / "series" / "stops-weekly.csv").read_text(encoding="utf-8").splitlines()[-3:]
    assert rows == ["2030-W02,1250", "2030-W03,980", "2030-W05,1105"]
    (case / "crossing-days.csv").write_text(blocks["csv"][1], encoding="utf-8")
    path = case / "case.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[overrides]\n", f"{blocks['toml'][1]}\n[overrides]\n", 1), encoding="utf-8")
    forcing = load(case).setting().forcing
    assert "Known forcing of tries: crossing-days (crossing-days.csv, 2 rows, source assumption)." in line("check", "my-crossing").output
    assert forcing is not None and (forcing[19], forcing[27], forcing[0]) == (0.0, 1.5, 1.0)


def test_bundles_are_searched_as_the_page_says_and_found_again(line):
    words = re.findall(r"^```console\n(.*?)^```", (PAGES / "policy.md").read_text(encoding="utf-8"), re.M | re.S)[0].split()[1:]
    first = line(*words, "--pairs", "20", "--write", "proposals").output
    assert "24 bundles of at most 3 levers tried on 20 pairs" in " ".join(first.split())
    again = json.loads(line(*words, "--pairs", "20", "--json").stdout)
    assert again["schema"] == "interlope/compare/1" and again["result"]["search"]["tried"] == 24
    proposed = {b["proposal"] for b in again["result"]["search"]["bundles"]} - {""}
    assert {p.stem for p in (line.folder / "proposals").glob("*.toml")} == proposed == {o["name"] for o in again["result"]["options"][1:]}
    assert "--write without --search" in line("compare", "toy", "--write", "elsewhere", code=2).output


def test_where_an_option_fails_is_told_as_the_page_says(line):
    words = re.findall(r"^```console\n(.*?)^```", (PAGES / "policy.md").read_text(encoding="utf-8"), re.M | re.S)[1].split()[1:]
    text = " ".join(line(*words, "--pairs", "20").output.split())
    assert "Injuries of people on the move above the same future without it in" in text and "at most 5%" in text
    found = json.loads(line(*words, "--pairs", "20", "--above", "client_injuries=10", "--json").stdout)["result"]["discovery"]
    assert [(b["outcome"], b["threshold"]) for b in found["boxes"]] == [("client_injuries", 10.0)]
    assert "nearest 'joint-patrols'" in line("compare", "toy", "--discover", "joint-patrol", code=2).output
    assert "--above without --discover" in line("compare", "toy", "--above", "client_deaths=1", code=2).output


def test_analysts_are_heard_as_the_page_says(line):
    begin, command = re.findall(r"^```console\n(.*?)^```", (PAGES / "analysts.md").read_text(encoding="utf-8"), re.M | re.S)
    line(*begin.split()[1:])
    edited_toy.judge(line.folder / "toy-judged")
    text = " ".join(line(*command.split()[1:]).output.split())
    assert "Probabilities of the explanations by who judges" in text and "The one judgement that moves the odds most" in text
    assert "Analysts who judge otherwise: doubter." in line("check", "toy-judged").output


def test_a_text_is_read_and_confirmed_as_the_page_says(line):
    shutil.copy(PAGES / "coast-report.txt", line.folder / "coast-report.txt")
    commands = re.findall(r"^```console\n(.*?)^```", (PAGES / "read.md").read_text(encoding="utf-8"), re.M | re.S)
    outputs = [" ".join(line(*shlex.split(words)[1:]).output.split()) for words in "".join(commands).splitlines()]
    assert "13 new proposals in my-coast/proposed.toml." in outputs[1]
    assert "coast-report-003 is now claim coast-report-003 (interval, weighed)" in outputs[2]
    assert "(attribution, stored, not weighed)" in outputs[3] and "is rejected" in outputs[4]
    assert "8 claims, 5 of them weighed" in outputs[5] and "10 of the reader's proposals wait" in outputs[5]
    (block,) = re.findall(r"^```toml\n(.*?)^```", (PAGES / "read.md").read_text(encoding="utf-8"), re.M | re.S)
    proposed = tomllib.loads((line.folder / "my-coast" / "proposed.toml").read_text(encoding="utf-8"))["proposal"][2]
    (told,) = tomllib.loads(block)["proposal"]
    assert proposed.pop("claim") == told["id"] and proposed == told | {"status": "confirmed"}
