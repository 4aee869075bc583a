"""The description by the ODD protocol is in step with the code, whole, and names nothing that is not there."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

import interlope as il
from interlope.model import step
from interlope.model.params import CONTROLS
from interlope.model.state import STATE
from interlope.odd import document
from interlope.odd.concepts import CONCEPTS
from interlope.quantities import SERIES

HELD = Path(__file__).parents[2] / "docs" / "odd.md"
AGAIN = "write it again with: interlope odd serbia-hungary --out docs/odd.md"


@pytest.fixture(scope="module")
def text():
    return document.describe(il.load("serbia-hungary"))


def test_the_held_description_is_in_step_with_the_code(text):
    assert document.compare(HELD.read_text(encoding="utf-8"), text, "docs/odd.md") == [], AGAIN


def test_the_seven_elements_stand_in_order(text):
    assert re.findall(r"^## \d\. (.*)$", text, re.M) == list(document.ELEMENTS)


def test_every_name_of_the_code_is_described(text):
    names = [*(c.name for c in STATE), *(p.name for p in step.PARAMS), *(c.name for c in CONTROLS), *SERIES]
    assert [n for n in names if f"`{n}`" not in text] == []
    assert [m.__name__ for m in step.MECHANISMS if f"### {m.__name__.rpartition('.')[2].capitalize()}\n" not in text] == []


def test_the_concepts_name_only_what_is_there():
    known = {c.name for c in STATE} | {p.name for p in step.PARAMS} | {m.__name__.rpartition(".")[2] for m in step.MECHANISMS}
    named = {n for _, words in CONCEPTS for n in re.findall(r"`(\w+)`", words)}
    assert named <= known
    assert len(CONCEPTS) == 11


def test_it_depends_on_no_date_and_no_path(text):
    assert str(Path.cwd()) not in text
    assert "/home/" not in text
    assert text == document.describe(il.load("serbia-hungary"))


def test_check_tells_a_description_that_is_out_of_step(line):
    path = line.folder / "odd.md"
    line("odd", "toy", "--out", str(path))
    assert "in step" in line("odd", "toy", "--check", str(path)).output
    path.write_text(path.read_text().replace("Arrivals", "Departures"))
    done = line("odd", "toy", "--check", str(path), code=1)
    assert "Departures" in done.output
    assert "interlope odd toy --out" in " ".join(done.output.split())


def test_a_missing_file_is_a_fault(line):
    assert "no such file" in line("odd", "toy", "--check", "nowhere.md", code=2).stderr


@pytest.mark.parametrize("case", ["toy", "serbia-hungary"])
def test_every_case_is_described(case):
    found = document.describe(il.load(case))
    assert f"'{case}'" in found.splitlines()[0]
