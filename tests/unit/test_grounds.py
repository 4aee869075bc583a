"""Which harms rest on assumed numbers: every harm is there, each number acts on it, and a sourced number is not called assumed."""
from __future__ import annotations

import pytest
from tests.helpers.edited_toy import edit

import interlope as il
from interlope.dossier.formula import terms
from interlope.model.step import PARAMS
from interlope.policy.grounds import GROUNDS, list_grounds
from interlope.policy.outcome import OUTCOMES
from interlope.verification import effects


def test_every_harm_and_no_other_outcome_has_its_grounds():
    assert list(GROUNDS) == [o.name for o in OUTCOMES if o.harm]
    assert [g.outcome for g in list_grounds(il.load("toy"))] == list(GROUNDS)


@pytest.mark.parametrize("harm", GROUNDS)
def test_the_numbers_named_are_read_where_the_harm_is_recorded(harm):
    """Each parameter is used by a mechanism that records the harm's series, or by one that brings about the clashes that do."""
    series = {name for _, name in terms(next(o.series for o in OUTCOMES if o.name == harm))}
    derived = effects.derive()
    recording = {name for name, e in derived.items() if series & set(e.recorded)}
    assert recording
    for name in GROUNDS[harm].parameters:
        assert name in {p.name for p in PARAMS}
        assert any(name in derived[m].parameters for m in recording), (name, recording)


def test_a_number_with_a_source_is_not_called_assumed(tmp_path):
    assumed = {p.name for g in list_grounds(il.load("toy")) for p in g.assumed}
    assert "crossings_death" in assumed
    number = 'crossings_death = { prior = "lognormal(0.00002, x2)", unit = "1", source = "guard-count" }\n'
    case = edit(tmp_path, ("case.toml", "[overrides]\n", "[overrides]\n" + number))
    sourced = {g.outcome: g for g in list_grounds(il.load(case))}["client_deaths"]
    assert sourced.assumed == [] and sourced.figures


def test_tables_on_a_harm_are_named():
    flagship = {g.outcome: g for g in list_grounds(il.load("serbia-hungary"))}
    assert "deaths-recorded" in [*flagship["client_deaths"].weighed, *flagship["client_deaths"].displayed]
