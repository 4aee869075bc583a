"""Claims are shown with who says them: in What if, in the tables, in the sentences, and in the explorer."""
from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.test_report import sample
from tests.unit.test_whatif import TERMS

from interlope.explorer import pages
from interlope.explorer.opening import ExploredStudy
from interlope.reporting import whatif
from interlope.reporting.answer import overview
from interlope.reporting.attribution import attribute, name_speakers
from interlope.reporting.blocks import Prose, tables_of
from interlope.reporting.sections import claims
from interlope.results.dossier import Flag, SeriesAbout


def speaker_of(study, name):
    claim = next(c for c in study.dossier.claims if c.id == name)
    root = next(r for r in study.dossier.roots if r.id == claim.root)
    return next(s.role for s in study.dossier.sources if s.id == root.source), claim


@pytest.fixture(scope="module")
def study():
    return sample()


def test_every_claim_is_attributed_to_the_source_of_its_root(study):
    says = attribute(study.dossier)
    assert set(says) == {c.id for c in study.dossier.claims}
    for name in name_speakers(study.dossier):
        role, claim = speaker_of(study, name)
        assert says[name] == f"{role}: {claim.paraphrase}"


def test_a_claim_without_a_listed_root_is_said_to_have_no_named_source(study):
    dossier = study.dossier.model_copy(update={"roots": []})
    assert set(name_speakers(dossier)) == set()
    assert all(text.startswith("source not named: ") for text in attribute(dossier).values())


def test_what_if_and_sentences_name_the_speaker(study):
    first = study.dossier.claims[0]
    role, claim = speaker_of(study, first.id)
    terms = TERMS.model_copy(update={
        "roots": [TERMS.roots[0].model_copy(update={"id": claim.root})],
        "claims": [TERMS.claims[0].model_copy(update={"id": claim.id, "root": claim.root})]})
    row, = whatif.build(study.model_copy(update={"terms": terms})).roots
    assert row.claims == ((claim.id, f"{role}: {claim.paraphrase}"),)
    assert overview._name_claims(study, [claim.id]) == f"{claim.id} ({role}: {claim.paraphrase})"


def test_the_tables_of_claims_have_a_column_for_the_speaker(study):
    tables = {t.name: t for t in tables_of(claims.build(study).blocks)}
    for name in ("claims", "claims-without-likelihood"):
        assert tables[name].columns[1].head == "said by"
        for row in tables[name].rows:
            assert row[1].startswith(speaker_of(study, row[0])[0])


def test_the_explorers_evidence_names_the_speaker(study):
    explored = ExploredStudy(asked="sample", folder=Path("."), record=study, case=None, draws=None, absent="")
    walked = pages.describe(explored, "evidence", None)["dossier"]
    assert {c["id"]: c["paraphrase"] for c in walked["claims"]} == attribute(study.dossier)


def test_flags_series_and_counts_that_go_on_are_told_in_words(study):
    """Series by their label, flags each by a name, and how far the figures of a root reach beside the day that its count began."""
    first = study.dossier.claims[0]
    flags = [Flag(rule="loaded-label", text="loaded words", origin="rule"),
             Flag(rule="no-unit-window-or-counted", text="states a number", origin="rule")]
    bare = first.model_copy(update={"series": "client_violence", "counted": None, "likelihood": True, "flags": flags})
    others = [c.model_copy(update={"flags": []}) for c in study.dossier.claims[1:]]
    table = SeriesAbout(id="frontex-western-balkan", source="agency", root="border-counts", definition="", counted="", unit="persons",
                        period="month", licence="", weighed=True, why=None, values=12)
    dossier = study.dossier.model_copy(update={"claims": [bare, *others], "series": [table]})
    section = claims.build(study.model_copy(update={"dossier": dossier}))
    assert [b.text for b in section.blocks if isinstance(b, Prose)][1] == "2 flags: loaded label and number without its definition."
    tables = {t.name: t for t in tables_of(section.blocks)}
    counted = [c.head for c in tables["claims"].columns].index("what is counted")
    assert "acts of violence against people on the move" in [row[counted] for row in tables["claims"].rows]
    heads = [c.key for c in tables["roots"].columns]
    last = max(row.id for row in study.weigh.fit if row.id.startswith("frontex-western-balkan:")).partition(":")[2]
    fitted = {row[0]: row[heads.index("until")] for row in tables["roots"].rows}
    assert fitted.pop("border-counts")[:7] == last and set(fitted.values()) == {None}
