"""Packages: each says what it is for, what comes in, what goes out; the files that it names are there, and none is left unnamed."""
from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "src" / "interlope"
PACKAGES = sorted(p.parent for p in ROOT.rglob("__init__.py") if p.parent != ROOT)
ONE_FILE_EACH = re.compile(r"one file each|one file per|each file|every other file|one rule .* in each file")


def described(package: Path) -> str:
    return ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8"))) or ""


def named(text: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+(?:\.py|/))`", text))


@pytest.mark.parametrize("package", PACKAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_package_says_what_it_is_for(package):
    text = described(package)
    first = text.partition("\n")[0]
    assert re.match(r"[A-Z][A-Za-z ]+[:,] .{20,}[.]$", first), "first line: 'Name: what it is for in one sentence.'"
    assert "Comes in: " in text and "Goes out: " in text


@pytest.mark.parametrize("package", PACKAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_files_that_a_package_names_are_there(package):
    missing = {name for name in named(described(package)) if not (package / name).exists() and not (package.parent / name).exists()}
    assert not missing, f"{package.relative_to(ROOT)}/__init__.py names what is not there"


@pytest.mark.parametrize("package", PACKAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_file_of_a_package_is_named(package):
    text = described(package)
    if ONE_FILE_EACH.search(text):
        return
    files = {p.name for p in package.glob("*.py")} - {"__init__.py"}
    folders = {f"{p.parent.name}/" for p in package.glob("*/__init__.py")}
    assert not (files | folders) - named(text), f"{package.relative_to(ROOT)}/__init__.py leaves these out"
