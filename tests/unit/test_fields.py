"""Fields: the list of entries is what the code asks for, each with a meaning; kinds, levers and cases are listed from what is there."""

from __future__ import annotations

import json
import re

import pytest
from asked_fields import ask
from typer.testing import CliRunner

from interlope.cli.app import app
from interlope.dossier import series_header
from interlope.dossier.catalogue import list_kinds, list_letters
from interlope.dossier.kinds import REGISTRY
from interlope.levers.catalogue import levers, list_levers
from interlope.pipeline.shipped import list_cases
from interlope.quantities import QUANTITIES
from interlope.scenario.fields import list_fields, list_headers

RANGE = re.compile(r"from (-?[\d.e+-]+) to (-?[\d.e+-]+)")


@pytest.fixture(scope="module")
def asked():
    return ask()


def test_every_entry_that_is_read_is_listed_and_no_other(asked):
    listed = {(row.file, row.table, row.key) for row in list_fields()}
    assert set(asked) - listed == set()
    assert listed - set(asked) == set()
    assert len(listed) > 200


def test_what_may_be_absent_is_not_called_required(asked):
    optional = {at for at, ways in asked.items() if not any(must for _, must, _ in ways)}
    assert [row for row in list_fields() if row.required == "yes" and row.value != "tables"
            and (row.file, row.table, row.key) in optional] == []


def test_ranges_are_those_of_the_code(asked):
    wrong = []
    for row in list_fields():
        ranges = {RANGE.search(expected).groups() for expected, _, _ in asked[row.file, row.table, row.key] if RANGE.search(expected)}
        stated = RANGE.search(row.value)
        if len(ranges) == 1 and stated and "with" not in row.value:
            wrong += [row] if tuple(map(float, stated.groups())) not in {tuple(map(float, r)) for r in ranges} else []
    assert wrong == []


def test_every_entry_says_what_it_means():
    rows = list_fields()
    assert [row for row in rows if not row.meaning or not row.value or not row.required] == []
    assert [row for row in rows if row.meaning.endswith(".")] == []


def test_the_header_of_a_table_and_its_densities_are_those_that_are_read():
    rows = list_headers()
    assert {row.key for row in rows if row.table == "header"} == {*series_header.NEEDED, *series_header.OPTIONAL}
    assert {row.key for row in rows if row.required == "yes"} == set(series_header.NEEDED)
    assert [row.key for row in rows if row.table == "density"] == sorted(series_header.DENSITIES, key=[r.key for r in rows].index)
    value = {row.key: row.value.replace(" or ", ", ").split(", ") for row in rows if row.table == "header"}
    assert set(value["density"]) == set(series_header.DENSITIES) and set(value["period"]) == set(series_header.PERIODS)
    assert set(value["reduce"]) == set(series_header.REDUCES) and set(value["missing"]) == set(series_header.MISSING)
    assert [row for row in rows if not row.meaning or not row.value or row.meaning.endswith(".")] == []


def test_fields_lists_a_topic_alone():
    def told(*words: str) -> str:
        return " ".join(CliRunner().invoke(app, ["fields", *words]).output.split())

    names = told("series")
    assert all(name in names for name in QUANTITIES) and "Letters as numbers" not in names and "in coarse steps" in names
    assert "by about 1/sqrt(k)" in told("header") and "Letters as numbers" in told("letters")
    assert "interlope fields series" in told("--file", "case.toml")
    assert "topic 'serie'" in told("serie") and "nearest 'series'" in told("serie")
    result = json.loads(CliRunner().invoke(app, ["fields", "series", "--json"]).output)["result"]
    assert [row["series"] for row in result["series"]] == list(QUANTITIES) and result["fields"] == result["letters"] == []


def test_kinds_letters_levers_and_cases_are_those_that_are_there():
    assert [k.kind for k in list_kinds()] == list(REGISTRY)
    assert all(k.meaning and (k.weighed or k.why) for k in list_kinds())
    assert [r.letter for r in list_letters()] == list("ABCDEF")
    assert all(r.faithful + r.slanted + r.uninformative == pytest.approx(1) for r in list_letters())
    assert [r.lever for r in list_levers()] == list(levers())
    shipped = {row.name: row for row in list_cases()}
    assert shipped["serbia-hungary"].shipped_answer and not shipped["toy"].shipped_answer
    assert shipped["toy"].explanations == ["rivalry", "takeover"]
