"""The panel What if, the brief and the annexes: what is written into the page, and what is said where there is nothing to write."""
from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from interlope import manifest
from interlope.cli.app import app
from interlope.dossier.source import WEIGHTS
from interlope.reporting import html, printing, record, whatif
from interlope.reporting.words import speaking
from interlope.results.study import StudyRecord
from interlope.results.terms import StoredTerms

SAMPLES = Path(__file__).parent / "samples"
TERMS = StoredTerms.model_validate({
    "sources": [{"id": "service", "letter": "C"}, {"id": "</script>", "letter": "B"}],
    "roots": [{"id": "r1", "source": "service", "institution": "i", "slant_share": None},
              {"id": "r2", "source": "</script>", "institution": "i", "slant_share": 0.5}],
    "claims": [{"id": "A1", "root": "r1", "relays": [], "distortion": 0.0, "by_letters": True}],
    "groups": [], "explanations": [], "gap": 0.0001})


@pytest.fixture(scope="module")
def study() -> StudyRecord:
    parts = {name: json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8")) for name in ("dossier", "weigh", "compare")}
    case = {"name": "sample", "question": "Who holds the market?", "as_of": "2023-11-14", "sha256": "ab" * 32}
    return StudyRecord.model_validate({"case": case, **parts, "run_id": "1a2b3c4d", "version": "0"})


def test_the_one_script_is_allowed_by_its_hash_and_nothing_else_is(study):
    page = html.render(study.model_copy(update={"terms": TERMS}))
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    assert len(scripts) == 1 and scripts[0].startswith('"use strict";')
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy and policy[1] == (f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'; "
                                    "form-action 'none'")


def test_the_data_of_the_panel_cannot_end_its_element_and_hold_what_the_page_computes_from(study):
    page = html.render(study.model_copy(update={"terms": TERMS}))
    text = re.search(r'<script type="application/json" id="terms">(.*?)</script>', page, re.S)
    assert text and "<" not in text[1] and text[1].isascii()
    data = json.loads(text[1])
    assert StoredTerms.model_validate(data["terms"]) == TERMS
    assert set(data["letters"]) == set(WEIGHTS) and {len(x["nodes"]) for x in data["letters"].values()} == {2}  # two roots share one
    for letter, row in data["letters"].items():
        at, weight = row["nodes"][1]
        assert sum(weight) == pytest.approx(1.0) and sum(a * w for a, w in zip(at, weight)) == pytest.approx(row["mean"]), letter
    assert data["words"] == "icd203"
    with speaking("phia"):
        assert json.loads(whatif.build(study.model_copy(update={"terms": TERMS})).data)["words"] == "phia"


def test_every_table_travels_with_the_page_as_csv(study):
    page = html.render(study)
    packed = re.search(r'<script type="text/plain" id="csv">(.*?)</script>', page)
    assert packed
    files = json.loads(zlib.decompress(base64.b64decode(packed[1])))
    assert files == {t.name: t.csv() for t in html.tabulate(study)}


def test_a_report_without_terms_says_why_it_has_no_panel(study):
    assert "its results hold no terms of the replicates" in html.render(study)
    alone = study.model_copy(update={"weigh": study.weigh.model_copy(update={"explanations": study.weigh.explanations[:1]})})
    assert whatif.build(alone).absent.startswith("There is no What if in this report, for")


def test_annexes_are_named_and_headings_with_nothing_left_are_not_printed(study):
    sections = html.arrange(study)
    left_out = printing.list_annexes(sections)
    for section in sections:
        named = printing.name_annexes(left_out[section.name])
        folds = [b.summary for b in section.blocks if getattr(b, "kind", "") == "fold"]
        assert all(fold in named for fold in folds)
        ids = {id(b) for b in left_out[section.name]}
        for block, after in zip(section.blocks, section.blocks[1:]):
            assert not (block.kind == "heading" and id(block) not in ids and id(after) in ids and after is section.blocks[-1])
    harm = [b for s in sections for b in s.blocks if getattr(getattr(b, "table", None), "name", "") == "harm-status-quo"]
    assert [id(b) in {id(x) for x in left_out["options"]} for b in harm] == [False, True]  # printed once, with the answer


def test_annexes_are_open_and_printed_where_they_are_asked_for(study):
    page, plain = html.render(study, html.Form(annexes=True)), html.render(study)
    assert '<body class="annexes">' in page and '<details class="fold">' not in page and "Not printed here" not in page
    assert '<div class="annex">' in plain and '<details class="fold">' in plain and "Not printed here" in plain


def test_the_brief_holds_answer_probabilities_harms_and_curve(study):
    page = html.render(study, html.Form(brief=True))
    names = re.findall(r'data-name="([\w-]+)"', page)
    assert names == ["answer", "harm-status-quo", "letters"]
    assert "script-src" not in page and "<script" not in page and 'class="brief"' in page


def test_the_verb_writes_a_brief_beside_the_report(tmp_path):
    run = CliRunner().invoke
    done = run(app, ["report", "serbia-hungary", "--out", str(tmp_path), "--to", str(tmp_path / "b"), "--brief", "--json"])
    assert done.exit_code == 0 and json.loads(done.output)["result"]["report"].endswith("b/brief.html")
    assert (tmp_path / "b" / "brief.html").is_file() and not (tmp_path / "b" / "report.html").exists()
    folder = next(tmp_path.glob("serbia-hungary-shipped-*"))
    assert (folder / "report.html").stat().st_size <= 4_000_000
    assert run(app, ["report", str(folder), "--brief"]).exit_code == 0  # beside the report, and the manifest names both
    assert record.load(folder).names and "brief.html" in manifest.read(folder).files
    both = run(app, ["report", "serbia-hungary", "--brief", "--annexes"])
    assert both.exit_code == 2 and "expected one of them" in " ".join(both.output.split())
