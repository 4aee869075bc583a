"""Provenance and flags: roots are counted once, and a dossier notices what is odd."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import interlope
from interlope.dossier import book, flags, provenance
from interlope.dossier.claim import Flag

PLACES = ["Serbia", "Hungary", "north Serbia", "Serbian-Hungarian border"]


@pytest.fixture(scope="module")
def flagship() -> book.Book:
    path = Path(interlope.__file__).parent / "cases" / "serbia-hungary" / "dossier.toml"
    return book.load(path, horizon=(date(2021, 1, 1), date(2024, 4, 30)), regions=PLACES)


def rules(dossier: book.Book, claim: str) -> set[str]:
    return {flag.rule for flag in dossier.claims[claim].flags if flag.origin == "rule"}


def test_eight_outlets_on_one_root_are_worth_one():
    naive, roots = provenance.odds(0.8, 0.3, 8)
    assert roots == pytest.approx(2.67, abs=0.005)
    assert naive == pytest.approx(2557, abs=1)


def test_counting_outlets_multiplies_and_counting_roots_adds(flagship):
    assert provenance.outlets(flagship, "service-collection") == 4
    counted = provenance.count(flagship, {"service-collection": 0.5, "prosecutor-files": -0.25, "unheard-of": 9.0})
    assert counted == pytest.approx({"naive": 4 * 0.5 - 0.25, "roots": 0.25})


def test_chains_run_from_the_source_to_the_reader(flagship):
    assert provenance.chain(flagship, flagship.claims["C10"]) == [
        "intelligence-service",
        "relay-regional",
        "relay-outlet",
    ]
    assert provenance.chain(flagship, flagship.claims["P1"]) == ["prosecutors"]


def test_both_sides_reach_the_reader_through_one_outlet(flagship):
    assert {"service-collection", "researcher-view", "party-view"} <= set(provenance.shared(flagship)["relay-regional"])
    assert "ministry-count" in provenance.institutions(flagship)["interior-ministry"]


def test_events_after_the_report_that_is_said_to_tell_of_them_are_flagged(flagship):
    for name in ("C28", "C29", "C30", "C31", "C32"):
        assert "event-after-source" in rules(flagship, name)
    assert not any(
        "event-after-source" in rules(flagship, name)
        for name in flagship.claims
        if name not in {"C28", "C29", "C30", "C31", "C32"}
    )


@pytest.mark.parametrize(
    "claim, rule",
    [
        ("C49", "restatement"),
        ("C47", "no-probability"),
        ("C20", "unattributed"),
        ("C40", "unattributed"),
        ("C18", "one-number-two-definitions"),
        ("C28", "one-number-two-definitions"),
        ("C19", "one-root-two-numbers"),
        ("W1", "one-root-two-numbers"),
        ("C10", "several-relays-one-root"),
        ("C19", "loaded-label"),
    ],
)
def test_rules_find_what_they_look_for(flagship, claim, rule):
    assert rule in rules(flagship, claim)


def test_a_quantity_without_unit_window_or_counted_thing_is_flagged(flagship):
    bare = dict(flagship.claims)
    bare["C19"] = replace(bare["C19"], unit="", counted="", flags=())
    found = flags.find(replace(flagship, claims=bare))["C19"]
    text, = [f.text for f in found if f.rule == "no-unit-window-or-counted"]
    assert text == "states a number and does not say in which unit (unit), nor in words what is counted (counted)"


def test_a_rule_that_an_analyst_named_is_not_added_again(flagship):
    noted = replace(flagship.claims["C49"], flags=(Flag("restatement", "", "analyst"),))
    found = flags.find(replace(flagship, claims={"C49": noted}))
    assert all(flag.rule != "restatement" for flag in found.get("C49", ()))
