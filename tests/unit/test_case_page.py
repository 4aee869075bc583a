"""What the page on a case's files shows of case.toml is read as it says."""
from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import interlope as il
from interlope.scenario.case import find

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "case.md"


@pytest.fixture
def written(tmp_path) -> Path:
    """The toy with the page's example in the place of its own report and questions."""
    (example,) = re.findall(r"```toml\n(report = .*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    report, entries = example.split("\n", 1)
    folder = tmp_path / "toy"
    shutil.copytree(find("toy"), folder)
    case = folder / "case.toml"
    text = re.sub(r"\[\[asks\]\]\n(?:[^\n]+\n)+", "", case.read_text(encoding="utf-8"))
    text = re.sub(r"(?m)^report = .*$", report, text)
    case.write_text(f"{text}\n# counted by the Sampleton method\n{entries}", encoding="utf-8")
    return folder


def test_the_example_of_the_page_is_read(written):
    case = il.load(written)
    assert case.report == "watch-service" and [(ask.label, ask.explanation) for ask in case.asks] == [("One organisation", "takeover")]


def test_a_review_holds_for_what_stands_there_only(written):
    path = written / "case.toml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.partition("[[reviewed]]")[0], encoding="utf-8")
    with pytest.raises(il.BadInput, match="Sampleton"):
        il.load(written)
    path.write_text(whole.replace("# counted by the Sampleton method\n", ""), encoding="utf-8")
    with pytest.raises(il.BadInput, match="reviewed"):
        il.load(written)
