"""The drawn map: every package and every arrow of the picture is one of the code, and none is missing."""
from __future__ import annotations

import importlib.util
import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def load_map():
    spec = importlib.util.spec_from_file_location("interlope_map", DOCS / "map.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_picture_shows_the_packages_and_imports_of_the_code():
    drawn = load_map()
    picture = (DOCS / "map.svg").read_text(encoding="utf-8")
    message = "run 'python docs/map.py'"
    assert set(re.findall(r'data-package="(\w+)"', picture)) == set(drawn.read_packages()), message
    arrows = set(re.findall(r'data-from="(\w+)" data-to="(\w+)"', picture))
    assert arrows == set(drawn.reduce_imports(drawn.read_imports())), message


def test_every_arrow_points_down():
    drawn = load_map()
    arrows = drawn.reduce_imports(drawn.read_imports())
    level = {name: i for i, row in enumerate(drawn.arrange_rows(arrows)) for name in row}
    assert all(level[a] < level[b] for a, b in arrows)


def test_drawing_twice_gives_the_same_bytes():
    drawn = load_map()
    assert drawn.draw() == drawn.draw()


def test_the_table_of_packages_is_in_step():
    drawn = load_map()
    assert drawn.tabulate() in (DOCS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8"), "run 'python docs/map.py'"
