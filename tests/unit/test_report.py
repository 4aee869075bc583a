"""The report: what it must say, in which order, and what it must never do, from hand-made results of a made-up case."""
from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from interlope.errors import BadInput
from interlope.reporting import html, record
from interlope.reporting.answer import overview, question
from interlope.reporting.blocks import tables_of
from interlope.reporting.sections.options import lean
from interlope.results.study import StudyRecord

SAMPLES = Path(__file__).parent / "samples"


def sample(**changes) -> StudyRecord:
    """Results of a made-up case; a change is a whole part, as a record or as plain values."""
    parts = {name: json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8")) for name in ("dossier", "weigh", "compare")}
    parts |= {
        "case": {"name": "sample", "question": "Who holds the market?", "as_of": "2023-11-14", "sha256": "ab" * 32},
        "seed": 7, "version": "0.1.0", "run_id": "1a2b3c4d", "model_digest": "cd" * 8, "settings": {"pairs": 300},
        "parameters": [{"name": "clash_base", "explanation": "", "prior": "lognormal(0.1, x1.5)", "unit": "1/day",
                        "source": "assumption", "role": "I", "meaning": "clashes"}],
        "simplifications": [{"where": "growth", "text": "Not modelled: cash limits."}],
        "command": "interlope study sample --seed 7",
    }
    return StudyRecord.model_validate({**parts, **changes})


def change(study: StudyRecord, part: str, **values) -> StudyRecord:
    """The same results with values of one part changed, checked again."""
    plain = study.model_dump()
    return StudyRecord.model_validate({**plain, part: {**plain[part], **values}})


class Reader(HTMLParser):
    """Collects what a browser would fetch, and whether the document is well formed."""

    VOID = frozenset({"meta", "br", "line", "rect", "circle", "path", "polygon", "input", "link", "img", "hr"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID or tag in ("line", "rect", "circle", "polygon"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.fixture(scope="module")
def page() -> str:
    return html.render(sample())


@pytest.fixture(scope="module")
def read(page) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def test_page_is_well_formed_and_asks_for_nothing(page, read):
    assert read.wrong == []
    assert set(read.open) <= {"html", "body"}
    fetched = [(t, a) for t, a in read.tags if t in ("link", "img", "iframe", "object", "embed") or "src" in a]
    assert fetched == []
    assert all(a["href"].startswith("#") for t, a in read.tags if t == "a")
    assert not re.search(r"https?://|@import|url\(", page)
    policy = next(a["content"] for t, a in read.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")


def test_sections_come_in_the_order_a_reader_needs(read):
    order = [a["id"] for t, a in read.tags if t == "section"]
    assert order == ["answer", "what-if", "claims", "explanations", "fit", "options", "escalation", "assumptions", "limits",
                     "replay"]


def test_every_figure_is_named_drawn_twice_and_has_its_table(page, read):
    figures = page.count("<figure")
    drawn = [a for t, a in read.tags if t == "svg"]
    assert figures > 10
    assert len(drawn) == 2 * figures
    assert all(a["role"] == "img" and a["aria-label"] for a in drawn)
    assert page.count("Table behind this figure") == figures
    assert page.count("<caption>") == page.count("<table")


def test_the_curve_against_the_letter_is_the_first_figure_of_the_explanations(page):
    part = page[page.index('<section id="explanations"') : page.index('<section id="fit"')]
    assert re.findall(r'<figure id="f-([\w-]+)"', part)[0] == "letters"


def test_explanations_stand_in_rows_and_evidence_in_columns():
    table = next(t for t in html.tabulate(sample()) if t.name == "matrix")
    assert [row[0] for row in table.rows] == ["mimicry", "kinship", "takeover"]
    assert [c.key for c in table.columns[1:]] == [r.id for r in sample().weigh.roots]


def test_harm_comes_first_and_both_comparators_are_shown(page):
    part = page[page.index('<section id="options"') : page.index('<section id="escalation"')]
    shown = re.findall(r'<figure id="f-difference-([\w-]+)"', part)
    harm = [o.name for o in sample().compare.outcomes if o.harm]
    assert shown[: len(harm)] == harm
    assert "compared with the same future without the option" in part
    assert "compared with today" in part


def test_a_headline_that_rests_on_one_root_is_withheld(page):
    assert "No headline is given, because one root drives the answer (service-collection)" in page


def test_not_resolved_is_said_with_reason_and_remedy():
    found = sample(status="not_resolved", reasons=(
        {"code": "pareto-k", "text": "Pareto k of 'takeover' is 0.9", "remedy": "run with --thorough"},))
    said = " ".join(question.tell(found))
    assert said.startswith("Not resolved")
    assert "Pareto k of 'takeover' is 0.9" in said
    assert "What helps: run with --thorough" in said
    assert "For checking only" in said
    assert "Not resolved" in html.render(found)


def test_a_headline_is_said_when_there_is_one():
    study = change(sample(), "weigh", headline="mimicry is likely (70%)", headline_withheld=None)
    assert question.tell(study)[0] == "Mimicry is likely (70%)."


def test_probabilities_carry_words_and_numbers():
    said = overview.tell_ranked(sample())
    assert "mimicry: unlikely (41%, between 29% and 53%)" in said


def test_claims_that_nothing_produces_are_said_first_in_the_fit(page):
    part = page[page.index('<section id="fit"') :]
    assert "No explanation produces C21" in part[: part.index("<figure")]


def test_a_report_without_a_comparison_says_why():
    reason = {"code": "draws", "text": "3 effective histories, 50 needed", "remedy": "run with --thorough"}
    found = sample(compare=None, compare_reasons=(reason,))
    page = html.render(found)
    assert "The options were not compared" in page
    assert "3 effective histories, 50 needed" in page
    assert "escalation" not in [s.name for s in html.arrange(found)]


def test_text_of_a_case_cannot_become_markup():
    page = html.render(change(sample(), "case", question="<script>alert(1)</script> & more"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page


def test_intended_use_limits_and_replay_stand_in_every_report(page):
    assert "Not for assessing, profiling or prosecuting anyone" in page
    assert "interlope study sample --seed 7" in page


def test_tables_are_written_as_csv_with_full_figures(tmp_path):
    html.write(sample(), tmp_path)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "tables" / "harm-status-quo.csv").read_text())))
    assert rows[1]["option"] == "sustained-raids"
    wanted = next(d for d in sample().compare.differences if d.option == "sustained-raids"
                  and d.over == "status_quo" and d.outcome == "client_deaths" and d.explanation == "pooled")
    assert float(rows[1]["client_deaths.mean"]) == wanted.mean
    names = [t.name for s in html.arrange(sample()) for t in tables_of(s.blocks)]
    assert {p.stem for p in (tmp_path / "tables").glob("*.csv")} == set(names)


def test_the_same_results_give_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        html.write(sample(), tmp_path / name)
    assert (tmp_path / "a" / html.FILE).read_bytes() == (tmp_path / "b" / html.FILE).read_bytes()


def test_results_are_saved_and_read_again(tmp_path, add_manifest):
    record.save(sample(), tmp_path)
    add_manifest(tmp_path, sample())
    assert record.load(tmp_path) == sample()
    with pytest.raises(BadInput, match="nowhere: no such folder"):
        record.load(tmp_path / "nowhere")
    (tmp_path / "bare").mkdir()
    with pytest.raises(BadInput, match=r"no results\.json"):
        record.load(tmp_path / "bare")


def test_packed_results_are_the_same_bytes_and_the_same_results(tmp_path, add_manifest):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    first, second = (record.pack(sample(), tmp_path / name) for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()
    add_manifest(tmp_path / "a", sample())
    assert record.load(tmp_path / "a") == sample()


@pytest.mark.parametrize(("text", "words"), [
    ("{", "unreadable: Invalid JSON"),
    ('{"case": 1}', "case: Input should be"),
    ('{"surprise": 1}', "and"),
])
def test_results_that_cannot_be_read_say_where(tmp_path, text, words, add_manifest):
    (tmp_path / record.FILE).write_text(text)
    add_manifest(tmp_path, sample())
    with pytest.raises(BadInput, match=words):
        record.load(tmp_path)


def test_results_that_are_not_those_of_their_manifest_are_refused(tmp_path, add_manifest):
    path = record.save(sample(), tmp_path)
    with pytest.raises(BadInput, match=r"no manifest\.json"):
        record.load(tmp_path)
    add_manifest(tmp_path, sample())
    path.write_text(path.read_text().replace('"probability":0.', '"probability":0.9', 1))
    with pytest.raises(BadInput, match=r"results\.json: changed since it was written"):
        record.load(tmp_path)
    add_manifest(tmp_path, sample().model_copy(update={"seed": 8}))
    with pytest.raises(BadInput, match="results of run .*; expected run"):
        record.load(tmp_path)


@pytest.mark.parametrize(("more", "less", "words"), [
    (None, None, "not known"), (0.5, 0.5, "no clear direction"), (0.1, 0.5, "less or no change"), (0.7, 0.3, "more: likely"),
    (0.02, 0.98, "less: almost certain"), (0.1, 0.05, "no change: very likely")])
def test_direction_is_said_in_words(more, less, words):
    assert lean(more, less) == words


def test_the_harm_side_of_levers_is_shown_and_its_absence_flagged():
    harm = {"lever": "raids", "harms": ["diverted_deaths"], "direction": "raises", "control": "raid_factor", "through": "more people leave",
            "source": "assumption", "size": "clash_base"}
    study = sample()
    options = [o.model_dump() for o in study.compare.options]
    options[1] |= {"harms": [harm], "not_modelled": ["harm in transport"], "undeclared": ["joint_patrols"]}
    page = html.render(change(study, "compare", options=options))
    for text in ("can raise deaths on other routes", "Clash base: lognormal(0.1, x1.5) 1/day (assumption)",
                 "Not modelled: harm in transport", "Levers that do not declare their harm side", "harm side not declared"):
        assert text.lower() in page.lower(), text
    assert "Levers that do not declare" not in html.render(study)
