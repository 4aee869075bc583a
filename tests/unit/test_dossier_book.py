"""Dossiers: what is read from a file, every fault with its line, and what was known when."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import interlope
from interlope.dossier import book, document
from interlope.dossier.source import distortion, reliability, weights
from interlope.errors import BadInput
from interlope.reader.copies import verify
from interlope.units import factor

CASES = Path(interlope.__file__).parent / "cases"
HORIZON = (date(2021, 1, 1), date(2024, 4, 30))
PLACES = ["Serbia", "Hungary", "north Serbia", "Serbian-Hungarian border", "Western Balkans"]
BEFORE, ARTICLE = date(2023, 10, 25), date(2023, 11, 14)
SCORED = {
    "C02": "attribution",
    "C10": "share",
    "C11": "trend",
    "C14": "alternation",
    "C15": "trend",
    "C17": "trend",
    "C18": "interval",
    "C21": "frequency",
    "C33": "share",
    "C43": "occurrence",
    "C46": "attribution",
    "P1": "occurrence",
    "Q1": "ceiling",
    "R1": "total",
    "R2": "total",
    "R3": "count",
    "R4": "total",
    "S4": "count",
    "S5": "count",
}
MADE_UP = """format = 1

[[document]]
id = "paper"
title = "Invented text"
date = 2030-01-20
sha256 = "{hash}"
characters = {length}

[[source]]
id = "service"
role = "security service (invented)"
letter = "C"
reason = "invented"

[[source]]
id = "relay"
role = "paper (invented)"
letter = "D"
reason = "invented"

[[root]]
id = "files"
source = "service"
made = 2030-01-10
what = "invented"
slant = "up"
slant_factor = 1.5

[[claim]]
id = "A1"
paraphrase = "a hundred people are stopped every day"
kind = "interval"
document = "paper"
span = [0, 12]
fingerprint = "{mark}"
root = "files"
chain = ["relay"]
series = "stopped"
counted = "interceptions"
unit = "interceptions/day"
place = "Northland"
window = [2030-01-01, 2030-01-09]
reduce = "mean"
low = 100
high = 100
"""
WORDS = "In Utopia, é people\n wait."


def write(folder: Path, text: str = MADE_UP, **changes: str) -> Path:
    """A made-up dossier with its document beside it; `changes` replace text."""
    (folder / "paper").mkdir(exist_ok=True)
    (folder / "paper" / "text.txt").write_bytes(WORDS.encode())
    text = text.format(
        hash=hashlib.sha256(WORDS.encode()).hexdigest(), length=len(WORDS), mark=document.fingerprint(WORDS[:12])
    )
    for old, new in changes.items():
        text = text.replace(*old.split(" -> ")) if " -> " in old else text.replace(old, new)
    path = folder / "dossier.toml"
    path.write_text(text, encoding="utf-8")
    return path


def load(path: Path) -> book.Book:
    return book.load(path, horizon=(date(2030, 1, 1), date(2030, 3, 1)), regions=["Northland"])


@pytest.fixture(scope="module")
def flagship() -> book.Book:
    return book.load(CASES / "serbia-hungary" / "dossier.toml", horizon=HORIZON, regions=PLACES)


def test_all_claims_of_the_article_are_there_with_a_span_and_a_fingerprint(flagship):
    ids = [f"C{n:02d}" for n in range(1, 59)]
    assert [name for name in flagship.claims if name.startswith("C")] == ids
    for name in ids:
        claim = flagship.claims[name]
        assert claim.document == "article" and claim.span is not None
        assert 0 <= claim.span[0] < claim.span[1] <= 2758
        assert len(claim.fingerprint) == 16
        assert set(claim.view) == {"rivalry", "mimicry", "kinship", "takeover"}
        assert claim.paraphrase and claim.grade


def test_claims_with_a_likelihood_are_those_of_the_table_and_all_others_say_why(flagship):
    assert {c.id: c.kind for c in flagship.claims.values() if c.likelihood} == SCORED
    assert {c.id for c in flagship.claims.values() if c.holdout} == {"C28", "C30", "C31", "M2", "Q2"}
    for claim in flagship.claims.values():
        assert claim.likelihood or claim.holdout or claim.why
        if claim.likelihood:
            assert claim.interpretations and claim.root in flagship.roots
            assert sum(interpretation.chance for interpretation in claim.interpretations) == pytest.approx(1)


def test_what_happened_after_the_report_is_not_visible_on_its_day(flagship):
    early, late = flagship.at(BEFORE), flagship.at(ARTICLE)
    hidden = {"C28", "C29", "C30", "C31", "C32", "P1", "M1", "M2", "Q2", "H3", "H4"}
    assert set(flagship.claims) - set(early.claims) == hidden
    assert set(flagship.claims) - set(late.claims) == {"H4"}
    assert "ministry-count" not in early.roots and "ministry-count" in late.roots
    for name, claim in early.claims.items():
        assert claim.published <= BEFORE, name
        assert claim.root == "" or claim.root in early.roots


def test_spans_and_fingerprints_hold_in_the_documents_at_hand(flagship, tmp_path):
    folder = os.environ.get("INTERLOPE_DOCUMENTS")
    path = Path(folder) if folder else write(tmp_path).parent / "paper"
    checked = flagship if folder else load(tmp_path / "dossier.toml")
    assert verify(checked, path).faults == []
    name = next(iter(checked.claims))
    span = checked.claims[name].span
    assert span is not None
    moved = replace(checked.claims[name], span=(span[0], span[1] + 1))
    faults = verify(replace(checked, claims={**checked.claims, name: moved}), path).faults
    assert len(faults) == 1 and name in faults[0].actual and faults[0].line == checked.lines[name]


def test_a_document_without_a_copy_or_of_another_length_is_a_fault(tmp_path):
    checked = load(write(tmp_path))
    (tmp_path / "empty").mkdir()
    assert "no copy" in verify(checked, tmp_path / "empty").faults[0].actual
    longer = {"paper": replace(checked.documents["paper"], characters=99)}
    assert "99" in verify(replace(checked, documents=longer), tmp_path).faults[0].expected


def test_fingerprints_ignore_line_ends_and_decomposition():
    assert document.fingerprint("é  a") == document.fingerprint("e\u0301\na")
    assert document.fingerprint("a") != document.fingerprint("b")


FAULTS = [
    ('series = "stopped"', 'series = "stoped"', "series 'stoped' unknown", "nearest 'stopped'", "series = "),
    ('kind = "interval"', 'kind = "interva"', "kind 'interva' unknown", "nearest 'interval'", "kind = "),
    ('chain = ["relay"]', 'chain = ["rellay"]', "source 'rellay' unknown", "nearest 'relay'", "chain = "),
    ('root = "files"', 'root = "flies"', "root 'flies' unknown", "nearest 'files'", "root = "),
    ('source = "service"', 'source = "servise"', "source 'servise' unknown", "nearest 'service'", "source = "),
    ('place = "Northland"', 'place = "Northlund"', "place 'Northlund' unknown", "nearest 'Northland'", "place = "),
    (
        "window = [2030-01-01, 2030-01-09]",
        "window = [2029-12-31, 2030-01-09]",
        "outside the horizon",
        "2030-01-01",
        "window = ",
    ),
    ("low = 100", "low = -100", "low = -100", "at least 0", "low = "),
    ('unit = "interceptions/day"', 'unit = "EUR/person"', "does not fit", "a unit", "unit = "),
    ("high = 100", "hihg = 100", "'hihg' unknown", "nearest 'high'", "hihg = "),
    ('letter = "D"', 'letter = "G"', "letter 'G' unknown", "one of A, B", 'letter = "G"'),
    ("span = [0, 12]", "span = [0, 1200]", "span ends at 1200", "the document's length", "span = "),
    ('reduce = "mean"', 'reduce = "meen"', "reduce 'meen' unknown", "nearest 'mean'", "reduce = "),
    ("made = 2030-01-10", "made = 2030-01-10T10:00:00", "made = ", "without a time of day", "made = "),
]


@pytest.mark.parametrize("old, new, found, expected, head", FAULTS)
def test_each_fault_is_told_with_file_line_and_what_was_expected(tmp_path, old, new, found, expected, head):
    path = write(tmp_path, **{old: new})
    text = path.read_text(encoding="utf-8")
    assert new in text
    line = 1 + next(i for i, row in enumerate(text.splitlines()) if row.startswith(head) and new in row)
    with pytest.raises(BadInput) as caught:
        load(path)
    messages = [str(fault) for fault in caught.value.faults]
    hit = [m for m in messages if found in m and expected in m]
    assert hit and any(m.startswith(f"{path}:{line}: ") for m in hit), messages


def test_faults_of_one_file_come_together_in_the_order_of_its_lines(tmp_path):
    path = write(
        tmp_path, **{'letter = "D"': 'letter = "Z"', 'series = "stopped"': 'series = "none"', "low = 100": "low = 300"}
    )
    with pytest.raises(BadInput) as caught:
        load(path)
    lines = [fault.line for fault in caught.value.faults]
    assert len(lines) >= 3 and lines == sorted(lines)


def test_missing_and_malformed_files_are_bad_input(tmp_path):
    with pytest.raises(BadInput, match="no such file"):
        load(tmp_path / "dossier.toml")
    path = tmp_path / "dossier.toml"
    path.write_text('format = 1\n[[claim]]\nid = "A\n', encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        load(path)
    assert caught.value.faults[0].line == 3 and "valid TOML" in caught.value.faults[0].expected


def test_a_scored_claim_must_say_what_its_kind_needs_or_why_it_is_not_scored(tmp_path):
    with pytest.raises(BadInput, match="'high' missing"):
        load(write(tmp_path, **{"high = 100\n": ""}))
    silent = load(write(tmp_path, **{"high = 100\n": 'no_likelihood = "for a test"\n'})).claims["A1"]
    assert not silent.likelihood and silent.why == "for a test"


@pytest.mark.parametrize("kind, needs, wrong, expected", [
    ("occurrence", "threshold = 2.0\nchance_if_true = 0.9\nchance_if_false = 0.1", '"no"', "true or false"),
    ("trend", "threshold = 0.1\nnoise = 0.1", '"upward"', "one of down, flat, up"),
    ("trend", "threshold = 0.1\nnoise = 0.1", "true", "one of down, flat, up"),
])
def test_what_is_said_is_a_word_of_the_kind(tmp_path, kind, needs, wrong, expected):
    more = f'kind = "{kind}"\nsaid = {wrong}\n{needs}'
    with pytest.raises(BadInput) as caught:
        load(write(tmp_path, **{'kind = "interval"': more}))
    assert any("said" in fault.actual and expected in fault.expected for fault in caught.value.faults), caught.value.faults


def test_proposed_claims_reach_no_likelihood(tmp_path):
    claim = load(write(tmp_path, **{'kind = "interval"': 'kind = "interval"\nstatus = "proposed"'})).claims["A1"]
    assert not claim.likelihood and "confirmed" in claim.why


def test_ids_may_be_used_once_and_references_must_exist(tmp_path):
    twice = MADE_UP + '\n[[claim]]\nid = "A1"\nparaphrase = "again"\nkind = "restatement"\nof = "B9"\nroot = "files"\n'
    with pytest.raises(BadInput) as caught:
        load(write(tmp_path, twice))
    assert any("given twice" in fault.actual for fault in caught.value.faults)
    assert any("'B9' unknown" in fault.actual for fault in caught.value.faults)


def test_nothing_may_be_known_before_it_was_observed(tmp_path):
    with pytest.raises(BadInput, match="before its root was made"):
        load(write(tmp_path, **{"reduce = ": "published = 2030-01-09\nreduce = "}))


def test_letters_stand_for_the_stated_chances():
    assert weights("C") == pytest.approx((0.6, 0.27, 0.13))
    assert weights("C", 0.5) == pytest.approx((0.6, 0.2, 0.2))
    assert (reliability("A"), reliability("F")) == ((18, 2), (1, 1))
    for letter in "ABCDEF":
        assert sum(weights(letter)) == pytest.approx(1)
    assert distortion("") == 0 and distortion("CD") == pytest.approx(1 - 0.9 * 0.8)


def test_relays_distort_with_a_channel_or_without_and_regrading_one_changes_that_alone(flagship):
    better = flagship.regrade("relay-outlet", "A")
    for name in ("C10", "C18"):  # C18 declares a channel, which is another thing than what relays lose
        assert flagship.claims[name].distortion == pytest.approx(0.28)
        assert better.claims[name].distortion == pytest.approx(1 - 0.9 * 0.98)
    assert better.claims["P1"] == flagship.claims["P1"]
    assert better.letter("service-collection") == flagship.letter("service-collection") == "C"


def test_a_stated_distortion_stays_when_a_relay_is_regraded(tmp_path):
    as_by_letter = load(write(tmp_path, **{"reduce = ": "distortion = 0.2\nreduce = "}))
    assert as_by_letter.claims["A1"].distortion == pytest.approx(distortion("D")) == pytest.approx(0.2)
    assert as_by_letter.regrade("relay", "A").claims["A1"].distortion == 0.2


def test_roots_of_one_ministry_share_its_institution(flagship):
    assert {flagship.institution(r) for r in ("ministry-count", "raid-counts", "raid-counts-august")} == {
        "interior-ministry"
    }
    assert set(flagship.fitted()) == {
        "service-collection",
        "party-view",
        "researcher-view",
        "prosecutor-files",
        "price-quotes",
        "raid-counts",
        "raid-counts-august",
        "raid-counts-september",
        "shootings-archive",
    }


def test_the_same_number_in_another_unit_is_compared_as_such(flagship):
    assert flagship.claims["W1"].interpretations[0].factor == 7
    assert factor("persons/day", "sum", "persons") == 1
    with pytest.raises(ValueError, match="does not fit"):
        factor("EUR/person", "mean", "persons/day")


def test_the_dossier_as_json_is_plain_and_complete(flagship):
    told = json.loads(json.dumps(book.to_record(flagship).model_dump(), allow_nan=False))
    assert set(told) == {"documents", "sources", "roots", "claims", "counts", "series", "later", "later_figures", "grounds"}
    assert told["series"] == []
    assert told["counts"] == {"claims": len(flagship.claims), "with_likelihood": len(SCORED), "roots": 12, "silences": 0}
    report = next(r for r in told["roots"] if r["id"] == "service-collection")
    assert "C10" in report["claims"] and report["relays"][:2] == ["relay-regional", "relay-outlet"]
    assert {
        "id",
        "paraphrase",
        "kind",
        "series",
        "unit",
        "counted",
        "window",
        "root",
        "chain",
        "lineage",
        "likelihood",
        "why",
        "status",
        "flags",
    } <= set(told["claims"][0])


def test_nothing_of_a_document_stands_in_the_case(flagship):
    folder = os.environ.get("INTERLOPE_DOCUMENTS")
    words = " ".join(WORDS.split())
    if folder:
        paths = [path for path in Path(folder).rglob("*") if path.is_file()]
        (held,) = [path for path in paths if hashlib.sha256(path.read_bytes()).hexdigest() == flagship.documents["article"].sha256]
        words = " ".join(held.read_text(encoding="utf-8").split())
    for path in (CASES / "serbia-hungary").rglob("*.*"):
        text = " ".join(path.read_text(encoding="utf-8").split())
        pieces = (words[i : i + 45] for i in range(max(len(words) - 45, 1)))
        assert not any(len(piece) >= 25 and piece in text for piece in pieces), path


def test_the_toy_case_is_marked_as_invented():
    toy = book.load(
        CASES / "toy" / "dossier.toml", horizon=(date(2030, 1, 1), date(2030, 3, 1)), regions=["Northland", "Southland"]
    )
    assert len(toy.claims) == 6
    assert all("invented" in source.role for source in toy.sources.values())
    assert [c.id for c in toy.claims.values() if c.likelihood] == ["T1", "T2", "T3", "T4"]
