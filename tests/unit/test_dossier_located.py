"""Located files and units: lines of keys, and factors between units."""

from __future__ import annotations

import pytest

from interlope import units
from interlope.errors import BadInput
from interlope.toml import located

TEXT = '''# a comment = 1
format = 1
"quoted key" = "a = b # no comment"
[time]
start = 2021-01-01   # note
a.b = 3
[[claim]]
id = "C01"
words = [
  "one",   # first ] bracket
  "two, three",
]
[[claim]]
id = "C02"
text = """
several = lines
"""
channels = [
  { kind = "x", chance = 0.5 },
  { kind = "y", chance = 0.25 },

]
[[claim.note]]
says = 'literal \\'
[claim.deep]
er = { in = 1, line = [1, 2] }
'''


def test_lines_of_tables_keys_lists_and_inline_tables():
    tree = located.parse(TEXT, "x.toml")
    wanted = {
        ("format",): 2,
        ("quoted key",): 3,
        ("time",): 4,
        ("time", "start"): 5,
        ("time", "a", "b"): 6,
        ("claim", 0): 7,
        ("claim", 0, "id"): 8,
        ("claim", 0, "words"): 9,
        ("claim", 0, "words", 1): 11,
        ("claim", 1, "id"): 14,
        ("claim", 1, "text"): 15,
        ("claim", 1, "channels", 0, "chance"): 19,
        ("claim", 1, "channels", 1): 20,
        ("claim", 1, "channels", 1, "chance"): 20,
        ("claim", 1, "note", 0, "says"): 24,
        ("claim", 1, "deep"): 25,
        ("claim", 1, "deep", "er", "line", 1): 26,
    }
    assert {keys: tree.line(*keys) for keys in wanted} == wanted
    assert tree.line("claim", 2) is None


def test_every_value_has_a_line():
    tree = located.parse(TEXT)
    assert all(tree.line(*keys) for keys, _ in tree.strings())
    assert ("claim", 0, "words", 1) in dict(tree.strings())


def test_windows_line_ends_and_other_encodings(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"a = 1\r\nb = 2\r\n")
    assert located.load(path).line("b") == 2
    path.write_bytes(b"a = '\xff'\n")
    with pytest.raises(BadInput, match="UTF-8"):
        located.load(path)


def test_a_file_that_is_not_toml_names_the_line(tmp_path):
    with pytest.raises(BadInput) as caught:
        located.parse("a = 1\nb = \n", "x.toml")
    assert str(caught.value).startswith("x.toml:2: ")
    with pytest.raises(BadInput, match="no such file"):
        located.load(tmp_path / "none.toml")


@pytest.mark.parametrize(
    "recorded, operation, stated, wanted",
    [
        ("persons/day", "mean", "persons/week", 7),
        ("persons/day", "sum", "persons", 1),
        ("EUR/person", "mean", "EUR/person", 1),
        ("1", "mean", "percent", 100),
        ("persons", "last", "persons", 1),
        ("clashes/day", "any", "1", 1),
        ("clashes/day", "alternations", "alternations", 1),
        ("EUR/day", "mean", "EUR/year", 365.25),
    ],
)
def test_factors_between_units(recorded, operation, stated, wanted):
    assert units.factor(recorded, operation, stated) == pytest.approx(wanted)


@pytest.mark.parametrize(
    "recorded, operation, stated",
    [
        ("persons/day", "sum", "persons/day"),
        ("persons", "last", "EUR"),
        ("EUR/day", "mean", "EUR/person"),
        ("1", "mean", "persons"),
    ],
)
def test_units_that_do_not_fit_are_refused(recorded, operation, stated):
    with pytest.raises(ValueError, match="does not fit"):
        units.factor(recorded, operation, stated)


def test_unknown_units_say_what_is_known():
    with pytest.raises(ValueError, match="'furlongs' unknown; expected"):
        units.parse("furlongs")
