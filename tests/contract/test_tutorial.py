"""The tutorial: its files, written as it says, are a case without a fault, and its commands run."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "hour.md"


def write_files(case: Path, text: str) -> list[str]:
    """Write every block of the page that is a file into the case, in place of what `new` left there."""
    for name in ("hypotheses", "options", "series"):
        shutil.rmtree(case / name)
        (case / name).mkdir()
    (case / "evidence.toml").unlink()
    blocks = re.findall(r"^```toml\n# file: (\S+)\n(.*?)^```", text, re.M | re.S)
    blocks += [("series/landings.csv", body) for body in re.findall(r"^```text\n(# id: landings\n.*?)^```", text, re.M | re.S)]
    for name, body in blocks:
        (case / name).write_text(body, encoding="utf-8")
    return [name for name, _ in blocks]


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
