"""The README: its code blocks run, its links point at files, its verbs exist."""
from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from interlope.cli.app import VERBS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", TEXT, re.M | re.S)
LINES = [words for kind, body in BLOCKS if kind == "console" for words in body.splitlines()]


def test_there_are_blocks_to_run():
    assert sum(kind == "python" for kind, _ in BLOCKS) >= 1
    assert len(LINES) >= 4


@pytest.mark.parametrize("words", LINES)
def test_commands_run(words, line):
    name, *rest = shlex.split(words)
    assert name == "interlope"
    assert line(*rest).output


@pytest.mark.parametrize("body", [body for kind, body in BLOCKS if kind == "python"])
def test_python_runs(body, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(compile(body, "README.md", "exec"), names)
    assert (tmp_path / "out" / "from-python" / "report.html").is_file()


def test_every_verb_is_described_and_no_other():
    assert set(re.findall(r"`interlope ([a-z]+)", TEXT)) == set(VERBS)


def test_links_point_at_files():
    links = re.findall(r"\]\(([^)#]+)\)", TEXT)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_two_first_commands_are_as_promised():
    blocks = [body.strip() for kind, body in BLOCKS if kind == ""]
    assert blocks == ["python -m pip install . && interlope study serbia-hungary",
                      "python -m pip install '.[test]' && python -m pytest"]
