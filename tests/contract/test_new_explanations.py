"""Every explanation that `new` can write checks, simulates and says what its name says; the page on them is in step."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

import interlope as il
from interlope.cli.new import EXPLANATIONS, TEMPLATES
from interlope.levers.catalogue import levers
from interlope.model.step import PARAMS
from interlope.quantities import SERIES

NAMES = sorted(path.stem for path in TEMPLATES.glob("*.toml"))
PAGE = (Path(__file__).parents[2] / "docs/explanation/explanations.md").read_text(encoding="utf-8")
SHOWS = {"rivalry": None, "takeover": "share_command", "tribute": "passage_payments", "franchise": "franchise_fees",
         "supply": "supply_cost", "kinship": "share_kin", "mimicry": "share_symbol_untied"}


@pytest.fixture(scope="module")
def every(tmp_path_factory):
    """A case with every explanation that can be written."""
    from typer.testing import CliRunner

    from interlope.cli.app import app

    folder = tmp_path_factory.mktemp("new") / "every-kind"
    done = CliRunner().invoke(app, ["new", str(folder), "--explanations", ",".join(NAMES)])
    assert done.exit_code == 0, done.output
    return folder


def test_the_catalogue_is_what_the_test_knows():
    assert NAMES == sorted(SHOWS)


@pytest.mark.parametrize("name", NAMES)
def test_each_alone_makes_a_case_that_checks(line, name):
    folder = str(line.folder / f"only-{name}")
    line("new", folder, "--explanations", name)
    assert "No fault" in line("check", folder).output
    case = il.load(folder)
    assert list(case.hypotheses) == [name]


@pytest.mark.parametrize("name", NAMES)
def test_each_simulates_and_shows_what_it_says(every, name):
    runs = il.simulate(il.load(every), name, 16, seed=7)
    untied = 0.5  # of `share_symbol_untied`, where nobody shows a name
    for other, series in SHOWS.items():
        if series is None or other == name:
            continue
        values = runs[series].values
        assert (values == untied).all() if series == "share_symbol_untied" and name in ("rivalry", "tribute", "supply") else (
            other == "mimicry" or not values.any()), (name, series)
    if SHOWS[name] is not None:
        assert (runs[SHOWS[name]].values != 0.0).any()


def test_the_question_is_about_the_first_that_is_disputed(every, line):
    line("new", str(line.folder / "two"), "--explanations", "rivalry,tribute")
    text = (line.folder / "two" / "case.toml").read_text(encoding="utf-8")
    assert 'explanation = "tribute"' in text and "takeover" not in re.search(r"(?s)\[\[asks\]\].*?\[time\]", text)[0]
    assert sorted(il.load(line.folder / "two").hypotheses) == ["rivalry", "tribute"]


def test_an_unknown_name_is_refused_with_those_there_are(line):
    refused = line("new", str(line.folder / "none"), "--explanations", "rivalry,tributes", code=2).stderr
    assert "explanation 'tributes' unknown" in refused and not (line.folder / "none").exists()


def test_without_the_option_the_case_is_the_made_up_one(line):
    line("new", str(line.folder / "plain"))
    assert sorted(il.load(line.folder / "plain").hypotheses) == ["rivalry", "takeover"]


def test_the_page_and_the_help_name_every_one_and_nothing_that_is_not_there():
    known = {p.name for p in PARAMS} | set(SERIES) | set(NAMES) | set(levers())
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)*)`", PAGE)) - {"new"}
    assert named <= known
    assert {cell for row in PAGE.splitlines() for cell in re.findall(r"^\| [^|]+ \| `(\w+)` \|", row)} == set(NAMES)
    assert all(name in EXPLANATIONS.__metadata__[0].help for name in NAMES)


def test_every_number_of_the_three_mechanisms_stands_on_the_page():
    mine = [p.name for p in PARAMS if p.name.startswith(("supply_", "tribute_", "franchise_"))]
    assert len(mine) == 16 and [name for name in mine if f"`{name}`" not in PAGE] == []
