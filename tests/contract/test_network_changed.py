"""A network that was changed after a run is another case: replay and resume refuse by the file's name, and say what helps."""
from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from interlope.cli.door import enter
from interlope.scenario.case import load
from interlope.scenario.folder import find


@pytest.fixture
def ran(tmp_path, monkeypatch, capsys) -> Path:
    """A case with a network of its own, of which an ensemble was simulated; and one of its numbers changed since."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "own"
    shutil.copytree(find("cartels-aggregate"), folder)
    case = folder / "case.toml"
    case.write_text(case.read_text(encoding="utf-8").replace('name = "cartels-aggregate"', 'name = "own"'), encoding="utf-8")
    explanation = next(iter(load(folder).hypotheses))
    assert enter(["simulate", str(folder), explanation, "--draws", "2", "--days", "2", "--out", "runs"]) == 0
    assert enter(["replay", "runs", "--case", str(folder)]) == 0
    table = folder / "network.csv"
    lines = table.read_text(encoding="utf-8").split("\n")
    group, members, *rest = lines[1].split(",")
    table.write_text("\n".join([lines[0], ",".join([group, str(int(members) + 1), *rest]), *lines[2:]]), encoding="utf-8")
    capsys.readouterr()
    return folder


def test_replay_refuses_by_the_name_of_the_file(ran, capsys):
    assert enter(["replay", "runs", "--case", str(ran), "--json"]) == 2
    (fault,) = json.loads(capsys.readouterr().out)["error"]["faults"]
    assert "network.csv" in fault["actual"] and fault["remedy"]
    assert enter(["replay", "runs", "--case", str(ran), "--anyway"]) == 1
    assert "network.csv" in capsys.readouterr().out


def test_resume_refuses_by_the_name_of_the_file(ran, capsys):
    assert enter(["simulate", "--resume", "--out", "runs"]) == 2
    assert "network.csv" in capsys.readouterr().err
