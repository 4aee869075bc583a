"""The bibliography: every entry is whole and used, and every key that is named resolves."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

import interlope as il
from interlope.scenario.folder import names

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "docs" / "references.bib").read_text(encoding="utf-8").splitlines()
ENTRY = re.compile(r"@(article|book|inproceedings|incollection|techreport|misc|software|phdthesis)\{([a-z]+(?:\d{4}[a-z]?)?), (.+)\}")
FIELD = re.compile(r"(\w+)=\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
WHERE = {"article": "journal", "book": "publisher", "inproceedings": "booktitle", "incollection": "booktitle", "techreport": "institution"}
KEY = re.compile(r"\b[a-z]{4,}(?:19|20)\d\d[a-z]?\b")
KEYS = [ENTRY.fullmatch(line)[2] for line in LINES if ENTRY.fullmatch(line)]


def everything() -> str:
    """All text that may cite: source, cases and documents."""
    files = [p for d in ("src/interlope", "docs", "benchmarks") for p in (ROOT / d).rglob("*") if p.name != "odd.md"]
    return "\n".join(p.read_text(encoding="utf-8") for p in files if p.suffix in (".py", ".toml", ".csv", ".md"))


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[:40])
def test_an_entry_is_whole(line):
    entry = ENTRY.fullmatch(line)
    assert entry, "one entry a line: @kind{key2020, field={...}, ...}"
    fields = dict(FIELD.findall(entry[3]))
    assert line.count("{") == line.count("}")
    assert fields.get("title") and (fields.get("author") or fields.get("organization"))
    dated = re.fullmatch(r"(19|20)\d\d", fields.get("year", "")) and fields["year"] in entry[2]
    assert dated or (entry[1] == "misc" and fields.get("note") and not entry[2][-1].isdigit()), "a year, in the key too"
    assert entry[1] not in WHERE or fields.get(WHERE[entry[1]])
    assert re.sub(r", ?|=\{.*?\}(?=,|$)", "", FIELD.sub("", entry[3])).strip() == "", "text between fields"


def test_keys_are_sorted_and_used_once():
    assert sorted(set(KEYS)) == KEYS
    assert len(KEYS) == len(LINES)


def test_every_entry_is_cited():
    text = everything()
    for line in LINES:
        key = ENTRY.fullmatch(line)[2]
        first = re.sub(r"[{}\\'\"^`]", "", dict(FIELD.findall(line))["author"].split(",")[0])
        assert key in text or first in text, f"{key} is cited nowhere"


def test_every_key_that_is_named_in_the_source_resolves():
    named = {k for p in (ROOT / "src").rglob("*.py") for k in re.findall(rf"[\"`]({KEY.pattern})[\"`]", p.read_text(encoding="utf-8"))}
    assert named <= set(KEYS)
    assert named


@pytest.mark.parametrize("case", names())
def test_every_source_of_a_case_resolves(case):
    found = il.load(case)
    ids = {*found.book.documents, *found.book.sources, *found.book.roots, *found.book.claims, *found.series}
    for explanation in found.hypotheses:
        for known in found.parameters(explanation).values():
            assert known.source in {*KEYS, *ids, "assumption", "definition"}, known.name
    for hypothesis in found.hypotheses.values():
        assert all(variant.source in {*KEYS, *ids, "assumption", "definition"} for variant in hypothesis.variants)
        for prediction in (*hypothesis.predictions, *(p for variant in hypothesis.variants for p in variant.predictions)):
            assert prediction.source in {*KEYS, *ids, "assumption", "definition"}
