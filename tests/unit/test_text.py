"""Text that leaves: whatever a case's texts, keys and names hold, nothing steers a terminal, a page, a spreadsheet or a shell."""
from __future__ import annotations

import csv
import io
import json
import shlex
import unicodedata
from pathlib import Path

import pytest

from interlope.errors import BadInput, Fault, OurFault, list_nearest, nearest
from interlope.odd import markdown
from interlope.reporting.tables import Column, table
from interlope.text import HIDDEN, escape_json, escape_markdown, printable, shorten

STEERING = ("\x1b[31m", "\x9b31m", "\r", "\x00", "\x7f", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\U000e0041", "\udcff")


def test_every_control_and_bidirectional_character_is_hidden_from_no_one():
    steers = {"Cc", "Cs", "Zl", "Zp"}
    turns = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}
    missed = [hex(i) for i in range(0x110000) if (unicodedata.category(chr(i)) in steers or unicodedata.bidirectional(chr(i)) in turns)
              and not HIDDEN.match(chr(i))]
    assert missed == []


@pytest.mark.parametrize("character", STEERING)
def test_what_steers_is_shown_as_its_escape(character):
    shown = printable(f"a{character}b")
    assert shown.startswith("a\\")
    assert shown.isprintable()


def test_words_in_any_script_stay_as_they_are():
    for words in ("Röszke, Šid, Бачка Топола", "الحدود", "सीमा", "国境", "a − b ± 2×10⁻⁵ – c…"):
        assert printable(words) == words
    assert printable("می\u200cشود") == "میشود"


def test_a_fault_repeats_no_control_characters_and_no_endless_value():
    fault = Fault("a\x1b[2J.toml", 3, f"key '{'x' * 100_000}' unknown", "a key\u202e", "see \x07")
    assert str(fault).isprintable()
    assert len(str(fault)) < 250
    assert str(fault).startswith("a\\x1b[2J.toml:3: key 'xxx")


def test_long_words_are_cut_but_paths_are_not():
    path = "/".join(["folder"] * 50)
    assert shorten(f"{path}: no such file") == f"{path}: no such file"
    assert len(shorten("y" * 10_000)) == 401


def test_candidates_are_listed_nearest_first_and_counted_where_they_are_many():
    names = [f"series_{i:02}" for i in range(40)]
    assert list_nearest("serie_07", names, most=3).startswith("one of 40, such as series_07, ")
    assert list_nearest("x", ["day", "week"]) in ("one of day, week", "one of week, day")
    assert list_nearest("", ["week", "day"]) == "one of week, day"
    assert nearest("z" * 1_000_000, ["attempts"]) == ""


def test_our_fault_says_so_with_version_and_trace(tmp_path):
    words = str(OurFault(KeyError("\x1b[31mx"), "9.9", tmp_path / "trace.txt"))
    assert "this is our fault, not yours" in words
    assert "interlope 9.9" in words
    assert str(tmp_path / "trace.txt") in words
    assert words.isprintable()


FORMULAS = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1", "\t=1", "\r=1", "-", "- a remark")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_table_is_a_formula(text):
    written = table("t", "t", (Column("a", "a"), Column(text, "b")), [(text, [text, "b"])]).csv()
    cells = [cell for row in csv.reader(io.StringIO(written)) for cell in row]
    assert len(cells) == 4
    assert [cell for cell in cells if cell[0] in "=+-@＝\t\r"] == []


def test_negative_numbers_stay_numbers_in_a_table():
    written = table("t", "t", (Column("a", "a"),), [(-1.5,), (-3,), ("-2.25",), (float("inf"),), (None,)]).csv()
    assert [row for row in csv.reader(io.StringIO(written))] == [["a"], ["-1.5"], ["-3"], ["-2.25"], [""], [""]]


@pytest.mark.parametrize(("text", "live"), [
    ("<script>alert(1)</script>", "<"), ("![x](https://x.example/a.png)", "]("), ("[x](javascript:alert)", "]("), ("[x][y]", "]["),
    ("see https://x.example", "://"), ("see www.x.example", "www."), ("a\x1b[31mb", "\x1b"), ("<https://x.example>", "<"),
])
def test_generated_markdown_makes_nothing_of_a_users_text_live(text, live):
    assert live not in escape_markdown(text)
    for written in (markdown.paragraph(text), markdown.grid(["a"], [[text]]), markdown.points([text]), markdown.heading(2, text)):
        assert live not in written


def test_code_in_markdown_is_left_as_it_is():
    assert escape_markdown("`a[i](j) < b` and `c`") == "`a[i](j) < b` and `c`"


def test_commands_that_are_printed_can_be_pasted():
    from interlope.cli.job import Request, write_command
    from interlope.pipeline import Plan

    name = "toy; touch X #"
    words = shlex.split(write_command(Request("study", name, Plan(seed=7), Path("my out; rm"), "write")))
    assert words == ["interlope", "study", name, "--seed", "7", "--out", "my out; rm"]


def test_what_a_fault_in_the_input_is_called_is_an_exit_code():
    assert (BadInput("x").kind, BadInput("x").exit_code) == ("bad_input", 2)


def test_json_loses_nothing_and_hides_nothing():
    text = json.dumps({"a": "\x1b[31m\u202e\x9b\u200c\U000e0041 š"}, ensure_ascii=False)
    written = escape_json(text)
    assert json.loads(written) == json.loads(text)
    assert written.isprintable()


@pytest.mark.parametrize("text", [
    f"'a' unknown; expected {'word ' * 40}; nearest 'b'", f"the case's own {'word ' * 40} in 'b'",
    f"'the court's file' is {'word ' * 40} 'b'"])
def test_what_stands_between_two_quoted_values_is_kept_whole(text):
    assert shorten(text) == text


def test_of_several_quoted_values_each_long_one_is_cut():
    long = "it's long " * 20
    assert shorten(f"'{long}' beside 'short' and '{long}'") == f"'{long[:80]}…' beside 'short' and '{long[:80]}…'"
    assert len(shorten("'" * 5000)) < 5001 and len(shorten("'a" * 50_000)) <= 100_000  # at once
