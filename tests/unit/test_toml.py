"""TOML: numbers are finite, dates lie within two centuries, names can name files, and no text is read in more than linear time."""
from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from interlope.errors import BadInput, Fault
from interlope.toml import located, table
from interlope.toml.scanner import Scanner
from interlope.toml.writing import write_table


def read(path: Path, text: str | bytes) -> tuple[table.Table | None, list[Fault]]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    faults: list[Fault] = []
    return table.read(path, "x.toml", faults), faults


@pytest.mark.parametrize("value, told", [
    ("inf", "a = inf; expected a finite number"),
    ("-inf", "a = -inf; expected a finite number"),
    ("nan", "a = nan; expected a finite number"),
    ("1e999", "a = inf; expected a finite number"),
    ("1" + "0" * 399, "a = a whole number of 400 digits; expected at most 18 digits"),
    ("0x" + "f" * 5000, "a whole number of 6,021 digits; expected at most 18 digits"),
    ("9223372036854775808", "a whole number of 19 digits"),
    ("[1, [2, inf]]", "a = inf; expected a finite number"),
    ("{ b = { c = nan } }", "c = nan; expected a finite number"),
])
def test_a_number_is_finite_wherever_it_stands(tmp_path, value, told):
    top, faults = read(tmp_path / "a.toml", f"format = 1\na = {value}\n")
    assert top is not None and [told in str(fault) and fault.line == 2 for fault in faults] == [True]
    top.number("a") if "[" not in value and "{" not in value else top.take("a")
    assert len(faults) == 1


def test_numbers_of_thousands_of_digits_are_a_fault_with_a_line(tmp_path):
    top, faults = read(tmp_path / "a.toml", "format = 1\n\na = " + "1" * 5000)
    assert top is None and [str(fault) for fault in faults] == ["x.toml:3: a number of more than 1,000 digits; expected valid TOML"]


@pytest.mark.parametrize("text", [
    "a = " + "[" * 900 + "]" * 900, "a = " + "{ b = " * 300 + "1" + " }" * 300, "a = [" * 300, ".".join("a" * 20_000) + " = 1",
    "[" + ".".join("a" * 20_000) + "]", '"' + "k" * 5_000 + '" = 1',
], ids=["arrays", "inline tables", "unclosed", "dotted key", "dotted head", "long key"])
def test_what_is_nested_too_deeply_is_a_fault_with_a_line(tmp_path, text):
    top, faults = read(tmp_path / "a.toml", "format = 1\n" + text + "\n")
    assert top is None and [fault.line for fault in faults] == [2]
    assert len(str(faults[0])) < 200


@pytest.mark.parametrize("text", ["a = '", 'a = "', "a = '''", 'a = """\\', "a = [}", "a = {]", "a = [1",
                                  "[", "[[a]", "a", "a =", "= 1", "\"a", "a = 'x' y"])
def test_what_is_no_toml_ends_in_one_fault(tmp_path, text):
    top, faults = read(tmp_path / "a.toml", text)
    assert top is None and len(faults) == 1 and faults[0].expected == "valid TOML"


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    top, faults = read(tmp_path / "a.toml", b"\xef\xbb\xbfformat = 1\n")
    assert top is not None and top.integer("format") == 1 and not faults


def test_what_is_not_utf8_names_its_line(tmp_path):
    top, faults = read(tmp_path / "a.toml", b"format = 1\na = '\xe9'\n")
    assert top is None and str(faults[0]) == "x.toml:2: byte 16 is not UTF-8; expected a TOML file in UTF-8; save it as UTF-8"


def test_files_texts_and_lists_end_somewhere(tmp_path):
    assert "at most 524,288 bytes" in str(read(tmp_path / "a.toml", "#" * (2**19 + 1))[1][0])
    for text, told in ((f"a = '{'x' * 4001}'", "a text of 4,001 letters"), (f"a = [{'1, ' * 1001}]", "1,001 entries"),
                       ("[[a]]\n" * 1001, "1,001 entries")):
        faults = read(tmp_path / "a.toml", text)[1]
        assert [told in str(fault) for fault in faults] == [True]


def test_lines_are_counted_in_linear_time():
    """The scanner looks at each line end once, however many tables follow."""
    scanner = Scanner("[[a]]\nb = 1\n" * 20_000)
    scanner.document()
    assert scanner.lines[("a", 19_999, "b")] == 40_000


@pytest.mark.parametrize("value", ["1899-12-31", "2201-01-01", "9999-12-31", "0001-01-01"])
def test_dates_lie_within_two_centuries(tmp_path, value):
    top, faults = read(tmp_path / "a.toml", f"a = {value}\nb = [2000-01-01, {value}]\n")
    assert top is not None and top.day("a") is None and top.window("b") is None
    assert len(faults) == 2 and all("1900-01-01 to 2200-12-31" in str(fault) or "not later" in str(fault) for fault in faults)


def test_an_entry_given_twice_names_both_lines(tmp_path):
    top, faults = read(tmp_path / "a.toml", "[[a]]\nyear = 1\n[[a]]\nyear = 2\n[[a]]\nyear = 1\n")
    assert top is not None and len(top.parts("a", each="year")) == 3
    assert [str(fault) for fault in faults] == ["x.toml:6: year 1 given twice in [[a]]; expected each year once; also on line 2"]
    top, faults = read(tmp_path / "a.toml", "a = ['x', 'y', 'x']\n")
    assert top is not None and top.texts("a") and "'x' twice in a" in str(faults[0])


def test_a_name_can_name_a_file():
    good = ("a", "joint-patrols", "2030.v2", "zone_1", "überfall", "x" * 64)
    bad = ("", "a/b", "../a", ".a", "-a", "a b", "a\n", "a\\b", "a:b", "nul", "COM1.x", "a.", "x" * 65, "a;b", "$a", "a\u202eb")
    assert all(map(table.is_name, good)) and not any(map(table.is_name, bad))


def test_reading_stops_after_a_thousand_faults(tmp_path):
    keys = "".join(f"[a{i}]\n" + "".join(f"b{j} = 1\n" for j in range(40)) for i in range(40))
    top, faults = read(tmp_path / "a.toml", keys)
    assert top is not None
    with pytest.raises(BadInput, match="reading stopped here"):
        for i in range(40):
            part = top.part(f"a{i}")
            assert part is not None
            part.close()
    assert len(faults) == 1000


def test_a_repeated_value_is_cut(tmp_path):
    top, faults = read(tmp_path / "a.toml", f"a = [{'12345, ' * 500}]\n")
    assert top is not None and top.text("a") == "" and len(str(faults[0])) < 150
    assert located.parse("a = 1").faults == ()


@pytest.mark.parametrize("key", ["takeover", "Rivalry.A", "a b", 'say "so"', "naïve", "", "a\nb", "x" * 64])
def test_a_key_and_a_number_are_read_as_they_were_written(key):
    values = {key: {"odds": 1e-12, key: 0.1}, "other": 123456.789012345}
    assert tomllib.loads(write_table("part.of", values.items())) == {"part.of": values}
