"""Public names: each has a description that a parser of numpydoc can read, that matches its signature, and whose examples run."""
from __future__ import annotations

import doctest
import functools
import inspect

import griffe
import pytest

import interlope

NAMES = sorted(interlope.__all__)


def sections(name):
    """The sections of a public name's description by title: 'text', 'parameters', 'other parameters', 'returns', ..."""
    text = inspect.getdoc(getattr(interlope, name)) or ""
    parsed = griffe.Docstring(text, parser="numpy").parse(warnings=False)
    return {section.kind.value: section.value for section in parsed}


@pytest.mark.parametrize("name", NAMES)
def test_the_first_line_is_one_sentence(name):
    first, _, rest = (inspect.getdoc(getattr(interlope, name)) or "").partition("\n")
    assert first.endswith(".") and len(first) > 20
    assert not rest or rest.startswith("\n")


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_is_described_with_its_type(name):
    public = getattr(interlope, name)
    found = sections(name)
    described = [*found.get("parameters", []), *found.get("other parameters", [])]
    wanted = [] if inspect.isclass(public) and "__init__" not in vars(public) else [p for p in inspect.signature(public).parameters]
    assert [p.name for p in described] == wanted
    for parameter in described:
        assert parameter.annotation and len(parameter.description) > 5, parameter.name


@pytest.mark.parametrize("name", [n for n in NAMES if not inspect.isclass(getattr(interlope, n))])
def test_what_is_returned_is_described(name):
    (returned,) = sections(name)["returns"]
    assert returned.annotation and len(returned.description) > 5


@pytest.mark.parametrize("name", NAMES)
def test_errors_are_described(name):
    for error in sections(name).get("raises", []):
        assert str(error.annotation).isidentifier() and error.description.startswith(("When", "Listing", "With")), error.annotation


@pytest.fixture(scope="module")
def one_fit_for_all():
    """Fits of the same case and seed are computed once in the examples of this module."""
    known = {}
    fit = interlope.fit

    @functools.wraps(fit)
    def fit_once(case, *, seed=7):
        key = (case.sha256, case.as_of, seed)
        if key not in known:
            known[key] = fit(case, seed=seed)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(interlope, "fit", fit_once, raising=False)
        yield


@pytest.mark.parametrize("name", NAMES)
def test_its_examples_run(name, one_fit_for_all):
    text = inspect.getdoc(getattr(interlope, name)) or ""
    assert "\nExamples\n--------\n" in text
    example = doctest.DocTestParser().get_doctest(text, {}, name, None, None)
    assert example.examples
    result = doctest.DocTestRunner(verbose=False).run(example)
    assert result.failed == 0
