"""Examples in the help of verbs name what is there: options, cases, figures, cuts, sources, explanations."""
from __future__ import annotations

import json
import pkgutil
import re
import shlex
from importlib import import_module

import pytest
from typer.main import get_command

import interlope as il
from interlope import cli
from interlope.cli.app import app
from interlope.scenario import folder
from interlope.verification import measuring

TEXTS = {m.name: getattr(import_module(f"interlope.cli.{m.name}"), "HELP", "") for m in pkgutil.iter_modules(cli.__path__)}
EXAMPLES = [(name, shlex.split(words)) for name, text in TEXTS.items() for words in re.findall(r"^Example: interlope (.+)$", text, re.M)]
NAMED = ("serbia-hungary", "toy")  # cases that examples speak of


def values(words: list[str], option: str) -> list[str]:
    return [part for i, word in enumerate(words) if word == option for part in words[i + 1].split(",")]


@pytest.mark.parametrize(("name", "words"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_an_example_names_options_and_cases_that_are_there(name, words):
    verbs = get_command(app).commands
    assert words[0] in verbs
    options = {o for p in verbs[words[0]].params for o in p.opts}
    assert {w for w in words if w.startswith("--")} <= options
    case = next((c for c in NAMED if any(w == c or w.startswith(f"out/{c}-") for w in words)), None)
    assert set(NAMED) <= set(folder.names())
    if case is None:
        return
    loaded = il.load(case)
    assert set(values(words, "--as-of")) <= set(loaded.cuts)
    assert set(values(words, "--without")) <= {*loaded.book.roots, *loaded.book.claims, *loaded.series}
    assert {text.partition("=")[0] for text in values(words, "--regrade")} <= set(loaded.book.sources)
    assert words[0] not in ("simulate",) or words[2] in loaded.hypotheses


def test_examples_name_figures_formats_explanations_and_results_that_are_there(line):
    by = {words[0]: words for _, words in EXAMPLES}
    drawn = json.loads(line("figures", "serbia-hungary", "--list", "--json").stdout)["result"]["figures"]
    assert set(values(by["figures"], "--only")) <= {f["name"] for f in drawn} and values(by["figures"], "--only")
    forms = {m.name.replace("_", "-") for m in pkgutil.iter_modules(import_module("interlope.export.formats").__path__)}
    assert set(values(by["export"], "--as")) <= forms
    packaged = {p.name.removesuffix(".toml") for p in (folder._shipped().parent / "scenario" / "explanations").iterdir()}
    assert set(values(by["new"], "--explanations")) <= packaged
    rows = [row.name for row in measuring.choose(True, [])]
    assert all(any(row.startswith(only) for row in rows) for only in values(by["verify"], "--only"))
