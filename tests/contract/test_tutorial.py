"""The tutorial: its files, written as it says, are a case without a fault, and its commands run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import interlope as il
from interlope.scenario.description import list_inherited
from interlope.scenario.oddities import list_oddities
from interlope.wording import fill

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "hour.md"


def write_files(case: Path, text: str) -> list[str]:
    """Write every block of the page that is a file into the case, in place of what `new` left there."""
    for name in ("hypotheses", "options", "series"):
        shutil.rmtree(case / name)
        (case / name).mkdir()
    (case / "evidence.toml").unlink()
    numbers = (case / "case.toml").read_text(encoding="utf-8")
    numbers = numbers[numbers.index("# Numbers that belong to a border."):]
    for stated in re.search(r"^```toml\n# lines of the list, in case.toml\n(.*?)^```", text, re.M | re.S)[1].splitlines():
        numbers, lines = re.subn(rf"(?m)^# {stated.partition(' ')[0]} = .*$", lambda _, line=stated: line, numbers)
        assert lines == 1, stated
    blocks = re.findall(r"^```toml\n# file: (\S+)\n(.*?)^```", text, re.M | re.S)
    blocks += [("series/landings.csv", body) for body in re.findall(r"^```text\n(# id: landings\n.*?)^```", text, re.M | re.S)]
    for name, body in blocks:
        (case / name).write_text(body + ("\n" + numbers if name == "case.toml" else ""), encoding="utf-8")
    return [name for name, _ in blocks]


@pytest.fixture
def made(line, tmp_path):
    """The case of the page, as its first command and its files make it."""
    folder = tmp_path / "lake-crossing"
    assert line("new", str(folder)).exit_code == 0
    write_files(folder, PAGE.read_text(encoding="utf-8"))
    return folder


def test_nothing_in_the_case_of_the_page_is_odd_and_what_is_left_is_what_the_page_says(line, made):
    text, case = " ".join(PAGE.read_text(encoding="utf-8").split()), il.load(made)
    assert list_oddities(case) == []
    left = list_inherited(case)
    assert f"`{len(left)} numbers that belong to a border`" in text
    assert not {"crossings_death", "crossings_injury", "crossings_violence", "demand_diverted_death", "prices_unit_cost"} & set(left)
    kept = (made / "case.toml").read_text(encoding="utf-8")
    assert all(re.search(rf"(?m)^# {name} = ", kept) for name in left)  # the list that `new` wrote is still there
    checked = " ".join(line("check", str(made)).output.split())
    assert "No fault in" in checked and "Heard in one claim only" in checked and f"{len(left)} numbers that belong to a border" in checked


def test_the_words_of_the_page_reach_the_texts(made):
    words = il.load(made).words
    told = fill("attempts with {groups} under {command}, deaths of {group_members}, {personnel} injured {at_barrier}", words)
    assert told == "attempts with crews under criminal command, deaths of crew members, guards injured on the lake"


def test_the_tutorial_ends_with_a_report(line):
    text = PAGE.read_text(encoding="utf-8")
    commands = [c for block in re.findall(r"^```console\n(.*?)^```", text, re.M | re.S) for c in block.splitlines()]
    assert [c.split()[1] for c in commands] == ["new", "check", "dossier", "study", "weigh"]
    assert "Made lake-crossing" in line(*commands[0].split()[1:]).output
    assert len(write_files(line.folder / "lake-crossing", text)) == 8
    assert "No fault in" in line(*commands[1].split()[1:]).output
    assert "say again" not in line(*commands[2].split()[1:]).output.splitlines()[0]
    answer = " ".join(line(*commands[3].split()[1:], "--budget", "600", "--pairs", "10").output.split())
    assert "One organisation" in answer and "Lawful places" in answer
    assert list(line.folder.glob("out/lake-crossing-*/report.html"))
    assert "command" in line(*commands[4].split()[1:], "--budget", "600").output
