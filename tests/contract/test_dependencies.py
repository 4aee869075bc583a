"""Dependencies: what is declared is imported, and what is imported is declared; extras too."""
from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
OF_THE_PACKAGE = ("sensitivity", "dask", "cuda", "read", "export")  # extras that the package itself imports
IMPORTED_AS = {"import-linter": "importlinter", "griffelib": "griffe", "numba-cuda": "numba.cuda", "salib": "SALib",
               "mesa-frames": "mesa_frames", "pytest-xdist": "xdist", "python-docx": "docx"}  # where it isn't the name itself
PLUGINS = {"xdist": "--dist "}  # of pytest, which loads them by itself: the option that says that one is used


def modules_of(requirements: Iterable[str]) -> set[str]:
    """The modules that requirements bring, the package's own extras left out; 'dask[distributed]' brings both."""
    modules = set()
    for requirement in requirements:
        name, extras = re.fullmatch(r"([A-Za-z0-9_.-]+)(?:\[([^\]]+)\])?.*", requirement).groups()
        if name != PROJECT["name"]:
            names = [name, *(extras.split(",") if extras else [])]
            modules |= {IMPORTED_AS.get(n.lower(), n.lower().replace("-", "_")) for n in names}
    return modules


def imports_of(folder: str) -> set[str]:
    """Modules that the files of a folder import from elsewhere, by full name; `import_module("x.y")` counts."""
    modules = set()
    beside = () if folder == "src/interlope" else (ROOT / folder).rglob("*.py")  # the package names its own files in full
    own = {"interlope", "tests", *(p.stem for p in beside)}
    for file in (ROOT / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                modules.add(node.module)
            elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module") and node.args:
                if isinstance(node.args[0], ast.Constant):
                    modules.add(node.args[0].value)
    return {m for m in modules if m.partition(".")[0] not in sys.stdlib_module_names | own}


def covers(declared: set[str], module: str) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in declared)


def test_what_the_package_imports_is_declared():
    declared = modules_of(PROJECT["dependencies"]) | modules_of(r for name in OF_THE_PACKAGE for r in EXTRAS[name])
    assert {m for m in imports_of("src/interlope") if not covers(declared, m)} == set()


@pytest.mark.parametrize("group", ["", *OF_THE_PACKAGE])
def test_what_is_declared_is_imported(group):
    imported = imports_of("src/interlope")
    declared = modules_of(EXTRAS[group] if group else PROJECT["dependencies"])
    assert declared
    assert {name for name in declared if not any(covers({name}, m) for m in imported)} == set()


def test_what_the_tests_import_is_declared():
    declared = modules_of([*PROJECT["dependencies"], *EXTRAS["test"], *(r for name in OF_THE_PACKAGE for r in EXTRAS[name])])
    assert {m for m in imports_of("tests") if not covers(declared, m)} == set()


def test_what_is_declared_for_tests_is_imported_by_them():
    options = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]["addopts"]
    imported = imports_of("tests") | {name for name, option in PLUGINS.items() if option in options}
    assert {name for name in modules_of(EXTRAS["test"]) if not any(covers({name}, m) for m in imported)} == set()


def test_peers_are_imported_by_their_benchmarks():
    imported = imports_of("benchmarks")
    assert {name for name in modules_of(EXTRAS["peers"]) if not any(covers({name}, m) for m in imported)} == set()


def test_lower_bounds_are_the_versions_that_were_tried():
    lines = (ROOT / "constraints-lowest.txt").read_text(encoding="utf-8").splitlines()
    tried = [line.replace("==", ">=") for line in lines if not line.startswith("#")]
    assert sorted(PROJECT["dependencies"]) == tried


def test_constraints_lie_above_the_lower_bounds():
    def numbers(version: str) -> list[int]:
        return [int(part) for part in version.split(".") if part.isdigit()]

    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    fixed = {name.lower(): version for name, _, version in (line.partition("==") for line in lines)}
    for requirement in PROJECT["dependencies"]:
        name, _, lowest = requirement.partition(">=")
        assert numbers(fixed[name]) >= numbers(lowest), name


def test_constraints_name_every_dependency():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    fixed = {line.partition("==")[0].lower().replace("_", "-") for line in lines}
    for requirement in [*PROJECT["dependencies"], *EXTRAS["test"], *(r for name in OF_THE_PACKAGE for r in EXTRAS[name])]:
        name = re.match(r"[A-Za-z0-9_.-]+", requirement)[0].lower()
        assert name in fixed | {PROJECT["name"]}, name
