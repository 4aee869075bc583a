"""Guard: each rule refuses what it should and lets ordinary text pass."""

from __future__ import annotations

from pathlib import Path

import pytest

import interlope
from interlope import guard
from interlope.toml import located

REFUSED = [
    ("name", "said Jane Example of the service"),
    ("name", "a word by JOHN EXAMPLE"),
    ("name", "the Example Institute said so"),
    ("name", "seen by Zoë O’Example"),
    ("clock-time", "they met at 23:15"),
    ("clock-time", "from 7:05 on"),
    ("coordinates", "at 46.18021, 19.97453"),
    ("coordinates", "46° 10' 48''"),
    ("coordinates", "cell 34T DS 1234 5678"),
    ("coordinates", "code 8FVC9G8F+6X"),
    ("coordinates", "46.18 N"),
    ("phone", "call +36 1 555 0100"),
    ("phone", "call 063 555 0100"),
    ("handle", "write to @example"),
    ("handle", "write to a.b@example.org"),
    ("user-address", "https://example.org/users/someone"),
    ("user-address", "t.me/example"),
    ("postal-address", "12 Example Street"),
    ("postal-address", "lives in Example utca 5"),
    ("road", "seen on the M5"),
    ("road", "highway 75 was used"),
    ("route", "they go through Exampletown"),
    ("route", "along the Exampla"),
    ("settlement", "a camp near Exampletown"),
    ("settlement", "the village of Examplevar"),
]
ACCEPTED = [
    "said a researcher of an institute",
    "the Serbian police and Hungarian guards",
    "The Hungarian border in October",
    "Serbia and Hungary since January 2023",
    "a ratio of 2.67:1",
    "2023-10-25",
    "0.1666667 sectors_uncontrolled",
    "lognormal(1000, x1.5)",
    "1,000 to 1,200 a night",
    "claims M1 and M2",
    "https://example.org/reports/2023",
    "grade E5",
    "along the border",
    "through relays",
    "detections on the Western Balkan route by Frontex",
    "an EU agency and UNHCR",
    "service-collection",
    "9feb595df17ce9d7",
    "Between Serbia and Hungary",
    "the price was 1800 EUR",
    "in the north of Serbia",
]


@pytest.mark.parametrize("rule, text", REFUSED)
def test_what_points_at_a_person_place_or_hour_is_refused_with_a_way_out(rule, text):
    found = guard.inspect(text)
    assert rule in {finding.rule for finding in found}, found
    assert all(finding.remedy for finding in found)


@pytest.mark.parametrize("text", ACCEPTED)
def test_ordinary_text_passes(text):
    assert guard.inspect(text) == []


def test_what_a_case_declares_passes():
    text = "seen by the Example Institute in Northland, near Southland and through Southland"
    assert {finding.rule for finding in guard.inspect(text)} >= {"name", "settlement", "route"}
    assert guard.inspect(text, {"Example Institute", "Northland", "Southland"}) == []


def test_every_rule_is_tried_here():
    assert {rule for rule, _ in REFUSED} == {rule for rule, _, _ in guard.RULES}


def test_a_file_is_inspected_to_its_last_text_and_told_by_line():
    text = (
        'format = 1\n[[source]]\nrole = "a service"\n[[claim]]\nflags = [\n  "fine",\n  "said Jane Example",\n]\n'
        "when = 2023-10-25T04:10:00\nhour = 04:10:00\n"
    )
    found = guard.faults(located.parse(text, "x.toml"), set())
    assert [(fault.file, fault.line) for fault in found] == [("x.toml", 7), ("x.toml", 9), ("x.toml", 10)]
    assert "Jane Example" in found[0].actual and "[space]" in found[0].remedy


def test_declared_names_apply_to_files_too():
    tree = located.parse('text = "the Example Institute"\n')
    assert len(guard.faults(tree, set())) == 1
    assert guard.faults(tree, {"Example Institute"}) == []


def test_no_shipped_table_or_dossier_holds_what_the_guard_refuses():
    places = {"Serbia", "Hungary", "Northland", "Southland", "north Serbia", "Serbian-Hungarian border"}
    for path in (Path(interlope.__file__).parent / "cases").rglob("*.csv"):
        for row in path.read_text(encoding="utf-8").splitlines():
            assert guard.inspect(row.partition(":")[2] if row.startswith("#") else row, places) == [], path
    for path in (Path(interlope.__file__).parent / "cases").rglob("dossier.toml"):
        assert guard.faults(located.load(path), places) == []
