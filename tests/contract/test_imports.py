"""Imports: layers as declared; importing the package loads nothing; its examples run."""
from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import interlope

ROOT = Path(__file__).parents[2]
MODULES = sorted(m.name for m in pkgutil.walk_packages(interlope.__path__, "interlope.") if "__main__" not in m.name)


def test_layers_are_kept():
    from importlinter.cli import lint_imports

    if not (ROOT / ".importlinter").is_file():
        pytest.fail("the rules are missing: .importlinter")
    assert lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True) == 0


def test_importing_the_package_loads_nothing(record_property):
    words = (
        "import sys, time; t = time.perf_counter(); import interlope; print(time.perf_counter() - t); "
        "heavy = {'numpy', 'numba', 'pandas', 'xarray', 'typer', 'jinja2'}; "
        "print(sorted({m.split('.')[0] for m in sys.modules} & heavy))"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    first, loaded = done.stdout.splitlines()
    record_property("import_seconds", first.split()[0])
    assert loaded == "[]"


def test_help_loads_no_compiler():
    words = "import sys, interlope.cli.app; print(sorted({'numba', 'pandas', 'xarray', 'scipy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there():
    for name in interlope.__all__:
        assert callable(getattr(interlope, name)), name
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = interlope.nothing


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_descriptions_run(name):
    public = {f"{thing.__module__}.{thing.__qualname__}" for thing in (getattr(interlope, n) for n in interlope.__all__)}
    runner = doctest.DocTestRunner(verbose=False)
    for example in doctest.DocTestFinder().find(importlib.import_module(name)):
        if example.name not in public:  # those run in test_public.py, with one fit for all
            assert runner.run(example).failed == 0, example.name


RUN_BY_A_BENCHMARK = {"interlope.verification.dynamics", "interlope.verification.tieout"}


def test_no_module_is_imported_by_tests_alone():
    """Every module is imported by another one, found in a folder of kinds, levers, formats or results, public, or run by a benchmark."""
    import grimp

    graph = grimp.build_graph("interlope", cache_dir=None)
    folders = r"interlope\.(dossier\.kinds|levers\.catalogue|verification\.published|export\.formats)\.\w+"
    folders += r"|interlope\.export\.notebook"  # by name, when a result is first shown
    discovered = re.compile(rf"{folders}|interlope\.__main__|interlope")
    public = {module for module, _ in interlope._WHERE.values()}
    alone = {m for m in graph.modules if not discovered.fullmatch(m) and not graph.find_modules_that_directly_import(m)}
    assert {m for m in alone - public - RUN_BY_A_BENCHMARK if not graph.find_children(m)} == set()
    benchmarks = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "benchmarks").rglob("*.py"))
    assert all(module in benchmarks for module in RUN_BY_A_BENCHMARK)
