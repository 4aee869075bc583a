"""The toy with changes: what several files of tests make of it and ask of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import interlope as il
from interlope.errors import BadInput
from interlope.scenario.case import find
from interlope.scenario.oddities import list_oddities

DOSSIER, TABLE = "dossier.toml", "series/guard-detained.csv"
TAKEOVER, RIVALRY = "hypotheses/takeover.toml", "hypotheses/rivalry.toml"
LISTENED = """
[[listened]]
id = "L1"
root = "guard-count"
would_say = "people are charged with commanding guides (invented)"
series = "share_command"
window = [2030-01-27, 2030-02-05]
reduce = "mean"
threshold = 0.3
speaks_if_true = 0.5
speaks_if_false = 0.02
until = 2030-02-19
"""


def edit(folder: Path, *changes: tuple[str, str, str]) -> Path:
    """The toy with the first occurrence of a text replaced in a file, or with a text added where none is to be replaced."""
    case = folder / "toy"
    shutil.copytree(find("toy"), case)
    for file, old, new in changes:
        path = case / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
    return case


def refused(case: Path) -> list[str]:
    with pytest.raises(BadInput) as caught:
        il.load(case)
    return [str(fault).removeprefix(f"{case}/") for fault in caught.value.faults]


def odd(case: Path) -> list[str]:
    return list_oddities(il.load(case))


def line(case: Path, file: str, start: str) -> int:
    rows = (case / file).read_text(encoding="utf-8").splitlines()
    return 1 + next(i for i, row in enumerate(rows) if row.startswith(start))


def judge(case: Path, text: str = "") -> Path:
    """Give a case the analyst of the page about analysts, or one with this text; returns the file."""
    (case / "analysts").mkdir(exist_ok=True)
    page = Path(__file__).parents[2] / "docs" / "howto" / "analysts.md"
    stated = re.findall(r"^```toml\n# file: analysts/doubter.toml\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)[0]
    (case / "analysts" / "doubter.toml").write_text(text or stated, encoding="utf-8")
    return case / "analysts" / "doubter.toml"
