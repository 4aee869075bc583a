"""Every number of the model has a unit, a prior that parses, a source that resolves and a meaning."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

from interlope.model import step
from interlope.odd.simplifications import list_simplifications
from interlope.scenario import prior

KEYS = set(re.findall(r"^@\w+\{(\w+),", (Path(__file__).parents[2] / "docs/references.bib").read_text(encoding="utf-8"), re.M))


@pytest.mark.parametrize("param", step.PARAMS, ids=lambda p: p.name)
def test_parameter_is_described(param):
    parsed = prior.parse(param.prior)
    assert param.unit and len(param.meaning) > 10
    assert param.source in KEYS | {"assumption", "definition"}
    assert param.role in "IFSML" and len(param.role) == 1
    assert param.name == param.name.lower() and "_" in param.name
    low, high = parsed.quantile(0.001), parsed.quantile(0.999)
    assert low <= param.value <= high, "the default lies outside its own prior"


def test_names_are_unique():
    names = [p.name for p in step.PARAMS]
    assert len(names) == len(set(names))


def test_every_mechanism_says_what_it_leaves_out_and_the_report_repeats_it():
    told = {row.where: row.text for row in list_simplifications()}
    for mechanism in step.MECHANISMS:
        text = mechanism.__doc__ or ""
        assert ":" in text.splitlines()[0] and len(text) > 200, mechanism.__name__
        assert len(told[mechanism.__name__.rsplit(".", 1)[-1]]) > 30, mechanism.__name__
