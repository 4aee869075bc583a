"""Cited: what each sentence of the short answer rests on, in the shipped answers and in the toy's (ICD 206)."""
from __future__ import annotations

import re

import pytest

from interlope.pipeline import calibrated, shipped
from interlope.reporting import html, record
from interlope.reporting.answer import question, roots
from interlope.reporting.answer.calibration import tell_calibration
from interlope.reporting.answer.harms import BASES
from interlope.reporting.answer.overview import tell_narrow
from interlope.reporting.answer.sure import tell_confidence

CASES = ("serbia-hungary", "channel-boats", "toy")


@pytest.fixture(scope="module", params=CASES)
def study(request, tmp_path_factory):
    """A shipped answer, or the toy's; without trials that lie elsewhere."""
    folder = shipped.find(request.param) or request.getfixturevalue("studied")
    return calibrated.attach(record.load(folder), tmp_path_factory.mktemp("nothing"))


def find_named(study, text: str) -> set[str]:
    """Roots behind the claims, series and roots that a text names by their ids."""
    ids = [*(c.id for c in study.dossier.claims), *(s.id for s in study.dossier.series)]
    named = [i for i in ids if re.search(rf"(?<![\w-]){re.escape(i)}(?![\w-])", text)]
    own = {r for r in roots.list_roots(study) if re.search(rf"(?<![\w-]){re.escape(r)}(?![\w-])", text)}
    return own | set(roots.behind(study, named))


def test_a_sentence_cites_the_roots_of_what_it_names_and_each_resolves(study):
    known = set(roots.list_roots(study))
    for s in question.cite(study):
        assert find_named(study, s.text) <= set(s.roots), s.text
        assert set(s.roots) <= known and len(set(s.roots)) == len(s.roots), s.text
    for asked in question.list_asked(study):
        assert set(asked.roots) <= known and asked.roots


def test_sentences_on_calculation_and_method_cite_none(study):
    texts = {BASES, *tell_calibration(study), *tell_confidence(study), *tell_narrow(study)}
    said = {s.text: s.roots for s in question.cite(study) if s.text in texts}
    assert set(said) >= {*tell_calibration(study), *tell_confidence(study)} and set(said.values()) == {()}


def test_only_what_rests_on_the_whole_fit_cites_everything(study):
    every = set(roots.weighed(study))
    whole = [s for s in question.cite(study) if set(s.roots) >= every]
    others = [s for s in question.cite(study) if set(s.roots) < every]
    assert whole and len(others) >= 5
    for s in others:
        assert not re.match(r"(Given the evidence|Most probable|No explanation is likely)", s.text), s.text
    for asked in (a.label for a in study.asks if a.explanation):
        assert any(s.text.startswith(f"{asked}: ") for s in whole)


def test_the_page_leads_from_each_sentence_to_its_roots(study):
    page = html.render(study)
    places = re.findall(r'\bid="([^"]+)"', page)
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert links <= set(places) and len(places) == len(set(places))
    cited = {root for s in question.cite(study) for root in s.roots}
    assert {roots.anchor(root) for root in cited} <= links


def test_the_flagship_cites_what_it_names_and_no_more(tmp_path):
    study = calibrated.attach(record.load(shipped.find("serbia-hungary")), tmp_path)
    starts = ("The options start on ", "A count of what the explanations predict", "The lead rests on", "Force, in no number",
              "Takeover, by trust in", "Waiting ")
    said = {start: s for start in starts for s in question.cite(study) if s.text.startswith(start)}
    assert said["The options start on "].roots == ("ministry-count",)
    assert said["Force, in no number"].roots == ("deaths-archive",)
    for start in ("A count of what the explanations predict", "The lead rests on"):
        assert start not in said or set(said[start].roots) == find_named(study, said[start].text) != set()
    contested = find_named(study, said["Takeover, by trust in"].text) | set(roots.source(study, study.weigh.curve.source))
    assert set(said["Takeover, by trust in"].roots) == contested
    waiting = said["Waiting "].text
    assert "spares" not in waiting and "of the 365 days from 26 Oct 2023 without the operation on record from 27 Oct 2023" in waiting
    assert " waited from 14 Nov 2023 on and of deaths alone" in waiting
