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
from interlope.reporting.blocks import tables_of
from interlope.reporting.sections import claims


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
