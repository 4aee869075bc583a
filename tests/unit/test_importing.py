"""Import: tables of other shapes become tables of a case; what a file leaves open is refused until the map states it."""
from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import interlope as il
from interlope.cli.app import app
from interlope.errors import BadInput
from interlope.importing.convert import Converted, convert
from interlope.importing.dates import Form, read_plain
from interlope.importing.mapping import read_map
from interlope.importing.numerals import Numerals
from interlope.importing.sheet import read_sheet
from interlope.scenario.case import find

HEADER = ["header.id=weeks", "header.source=border-guard", "header.root=guard-count",
          "header.licence=invented", "header.definition=people stopped (invented)", "header.counted=stopped people",
          "header.unit=interceptions", "header.period=range",
          "header.series=stopped", "header.missing=sparse", "header.density=none", "header.why=shown only"]
BASE = ["columns.period=date", "columns.value=n"]


def read(folder: Path, text: str | bytes, *words: str) -> Converted:
    path = folder / "table.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    mapping = read_map([*BASE, *words])
    return convert(read_sheet(path, mapping), mapping)


def rows(converted: Converted) -> list[str]:
    return converted.text.splitlines()[converted.header_lines:]


SHAPES = [
    ("date,n\n2030-01-05,1\n2030-01-06,1250\n", [], ["2030-01-05,1", "2030-01-06,1250"]),
    ("\ufeffdate;n\r\n06.01.2030;1.234,5\r\n05.01.2030;7\r\n", ["period.date=DD.MM.YYYY", "numbers.decimal=,", "numbers.thousands=."],
     ["2030-01-05,7", "2030-01-06,1234.5"]),
    ("A title, of a page\n\ndate\tn\n2030Q1\t1 250\nSource: the guard\n",
     ["file.skip=1", "file.footer=1", "numbers.thousands=space"], ["2030-Q1,1250"]),
    ("date|n\n3 Feb. 2030|-\n4 Feb. 2030|12 %\n", ["period.date=DD MON YYYY", "numbers.missing=-", "numbers.strip=%"], ["2030-02-04,12"]),
    ("date,n\n2030-01-05,* 7 %\n2030-01-06,-EUR 9*\n2030-01-07,ca. 8p.\n", ["numbers.strip=%;*;EUR;ca.;p."],
     ["2030-01-05,7", "2030-01-06,-9", "2030-01-07,8"]),
    ("date,n\n2030-01-13,5\n2030-01-20,6\n2030-01-27,7\n", ["period.covers=week-to"], ["2030-W02,5", "2030-W03,6", "2030-W04,7"]),
    ("date,n\n2030-01-05,5\n2030-01-12,6\n2030-01-19,7\n", ["period.covers=week-to"],
     ["2029-12-30/2030-01-05,5", "2030-01-06/2030-01-12,6", "2030-01-13/2030-01-19,7"]),
    ("date,n\n2030-01-01,5\n2030-02-01,6\n2030-03-01,7\n", ["period.covers=month"], ["2030-01,5", "2030-02,6", "2030-03,7"]),
    ("date,n\n1.1.30,5\n2.1.30,6\n", ["period.date=DD.MM.YY", "numbers.times=1000"], ["2030-01-01,5000", "2030-01-02,6000"]),
    ("x,date,who,n\n,2030,a,1\n,2030,b,2\n,2031,a,4\n", ["rows.where.who=a"], ["2030,1", "2031,4"]),
    ("x,date,who,n\n,2030,a,1\n,2030,b,2\n,2031,a,4\n", ["rows.repeated=sum"], ["2030,3", "2031,4"]),
    ("date,n\n2030-01-05,3\n2030-01-05,4\n2030-01-06,\n2030-01-06,\nnobody,\n", ["rows.repeated=sum"], ["2030-01-05,7"]),
    ("2030-01-05,9\n2030-01-06,8\n", ["file.names=false", "columns.period=#1", "columns.value=#2"], ["2030-01-05,9", "2030-01-06,8"]),
    ("date,n\n2030-01-05,9,\n2030-01-06,8,\n", [], ["2030-01-05,9", "2030-01-06,8"]),
    ("date,n,note\n2030-01-05,9\n2030-01-06,8,x\n", [], ["2030-01-05,9", "2030-01-06,8"]),
    ('date,n,"a, b"\n2030-01-05,"1,250","x ""y"""\n', ["numbers.thousands=,", "columns.note=a, b"], ['2030-01-05,1250,"x ""y"""']),
]


@pytest.mark.parametrize("text, words, expected", SHAPES)
def test_a_table_of_another_shape_is_read_as_its_map_says(tmp_path: Path, text, words, expected):
    assert rows(read(tmp_path, text, *words)) == expected


def test_a_rate_by_the_month_goes_by_the_days_of_that_month(tmp_path: Path):
    def by_day(unit: str, text: str) -> Converted:
        return read(tmp_path, text, f"numbers.unit=persons/{unit}", "header.unit=persons/day")

    converted = by_day("month", "date,n\n2030-01,31\n2030-02,56\n2032-02,29\n")
    assert rows(converted) == ["2030-01,1", "2030-02,2", "2032-02,1"]
    assert any("its own month or year" in line for line in converted.interpretations)
    assert rows(by_day("year", "date,n\n2031,730\n2032,366\n")) == ["2031,2", "2032,1"]


def test_a_wide_table_has_a_figure_for_each_column(tmp_path: Path):
    path = tmp_path / "wide.csv"
    path.write_text("border,2029,2030,note\nsea,5,0,x\nland,7,9,y\n", encoding="utf-8")
    mapping = read_map(["wide.columns=2029;2030", "rows.where.border=sea;land", "rows.repeated=sum"])
    assert rows(convert(read_sheet(path, mapping), mapping)) == ["2029,12", "2030,9"]
    with pytest.raises(BadInput, match="wide.columns beside columns.period"):
        convert(read_sheet(path, read_map([])), read_map(["wide.columns=2029", "columns.period=border"]))


def test_a_wide_table_is_added_up_only_where_every_cell_has_a_number(tmp_path: Path):
    path, mapping = tmp_path / "wide.csv", read_map(["wide.columns=2029;2030", "rows.repeated=sum"])
    path.write_text("border,2029,2030\nsea,,3\nland,7,\n", encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        convert(read_sheet(path, mapping), mapping)
    assert [(fault.line, "some without a number" in fault.actual) for fault in caught.value.faults] == [(2, True), (3, True)]


def test_other_encodings_are_read_where_they_are_stated(tmp_path: Path):
    text = "date,n\nf\u00e9vr. 2030,5\n"
    months = "period.months=" + ";".join(("janvier", "f\u00e9vrier", "mars", "avril", "mai", "juin", "juillet", "ao\u00fbt", "septembre",
                                          "octobre", "novembre", "d\u00e9cembre"))
    for encoding in ("cp1252", "utf-16"):
        with pytest.raises(BadInput, match=r"file\.encoding"):
            read(tmp_path, text.encode(encoding))
        assert rows(read(tmp_path, text.encode(encoding), f"file.encoding={encoding}", "period.date=MON YYYY", months)) == ["2030-02,5"]


OPEN = [
    ("date,n\n03/04/2030,5\n", [], 2, "either order", "DD/MM/YYYY or MM/DD/YYYY"),
    ("date,n\n13/04/2030,5\n", [], 2, "either order", "period.date"),
    ("date,n,p\n2030-01-05,5,03/04/2030\n", ["columns.published=p"], 2, "published '03/04/2030'", "published.date in the map: DD/MM/YYYY"),
    ("date,n,p\n2030-01-05,5,April\n", ["columns.published=p"], 2, "published 'April'", "published.date in the map, such as"),
    ("date,n\n2030-01-05,1.234\n", [], 2, "decimals or thousands", "numbers.decimal"),
    ('date,n\n2030-01-05,"1,234"\n', [], 2, "mark of decimals or thousands", "numbers.thousands"),
    ('date,n\n2030-01-05,"12,5"\n', [], 2, "mark of decimals or thousands", "numbers.decimal"),
    ("date,n\n2030-01-05,1 234\n", [], 2, "mark of decimals or thousands", "numbers.thousands"),
    ("date,n\n2030-01-05,5\n2030-01-06,n/a\n", [], 3, "'n/a'", "numbers.missing"),
    ('date,n\n2030-01-05,"12,34"\n', ["numbers.thousands=,"], 2, "'12,34'", "as the map states"),
    ("date,n\n2030-01-05,1.234\n", ["numbers.thousands=."], None, "decimal mark '.'", "two marks"),
    ("date,n\n2030-01-05,12\n", ["numbers.strip=%;1"], None, "numbers.strip = '1', which would change", "without a digit"),
    ("date,n\n2030-01-05,-5\n", ["numbers.strip=-"], None, "numbers.strip = '-'", "a minus"),
    ("date,n\n2030-01-05,12.5\n", ["numbers.strip=."], None, "numbers.strip = '.'", "the decimal mark"),
    *(("date,n\n2030-01-05,12\n", [f"numbers.strip={mark}"], None, f"numbers.strip = '{mark}', which would change numbers",
       "numbers.decimal")
      for mark in (",", "'", "\u2019", "(", ")", "e", "E", "+", " ", "\u2212", ".,", "", "(x)", "\u00b2")),
    ('date,n\n2030-01-05,"1%5"\n', ["numbers.strip=%"], 2, "'1%5'", "a number"),
    ('date,n\n2030-01-05,1EUR5\n', ["numbers.strip=EUR"], 2, "'1EUR5'", "a number"),
    ("date,n\n2030-01-05,5\n", ["numbers.times=0"], None, "numbers.times = 0.0", "above 0"),
    ("date,n\n2030-01-05,5\n2030-01-05,6\n", [], 3, "in 2 rows (lines 2, 3)", "rows.repeated"),
    ("date,n\n2030-01-13,5\n2030-01-20,6\n2030-02-03,7\n", [], None, "weeks apart", "period.covers"),
    ("date,n\n2030-01-31,5\n2030-02-28,6\n2030-03-31,7\n", [], None, "months apart", "period.covers"),
    ("date;n,x\n2030-01-05;5,1\n", [], 1, "',' or by ';'", "file.delimiter"),
    ("date,n,n\n2030-01-05,5,6\n", [], None, "column 'n' stands there several times", "#2 or #3"),
    ("date,m\n2030-01-05,5\n", [], None, "column 'n' unknown", "one of date, m"),
    ("date,n,who\n2030-01-05,5,guard\n", ["rows.where.who=gard"], None, "which no row has", "nearest 'guard'"),
    ("date,n\n30.02.2030,5\n", ["period.date=DD.MM.YYYY"], 2, "30.02.2030", "a day that there is"),
    ("date,n\n2030-01-05,5\n", ["period.date=DD.MM"], None, "'DD.MM'", "a form of"),
    ("date,n\n2030-01,5\n", ["period.date=YYYY-MM", "period.covers=week-to"], None, "of dates that are a month", "no such entry"),
    ("date,n\n2030-01-05,5\n", ["numbers.unit=weapons", "header.unit=persons"], None, "unit 'weapons'", "units that convert"),
    ('date,n\n2030-01-05,"5\n', [], 2, "quotation marks", "closed"),
    ("date,n\n", [], 1, "no row below", "rows with figures"),
    ("date,n\n2030-01-05,100\n2030-01-05,\n", ["rows.repeated=sum"], 3, "some without a number where they are added up",
     "a number in each"),
    ("date,n,p\n2030-01-05,..,\n2030-01-05,7,2030-02-01\n", ["rows.repeated=sum", "numbers.missing=..", "columns.published=p"], 2,
     "some without a number", "a number in each"),
    ("date,n\n2030-01-05,1,180\n", [], 2, "3 cells under 2 columns", "one cell for each column; put a number"),
    ("date,n\n2030-01-05,118\n2030-01-06,118,5\n", [], 3, "3 cells under 2 columns", "in quotation marks"),
    ("date;n;m\n2030-01-05;118;x\n2030-01-06;11;8;\n", [], 3, "4 cells under 3 columns", "one cell"),
    ("2030-01-05,118\n2030-01-06,1,180\n2030-01-07,9\n", ["file.names=false", "columns.period=#1", "columns.value=#2"], 2,
     "3 cells under 2 columns", "one cell"),
    ("", [], None, "no row", "a table"),
]


@pytest.mark.parametrize("text, words, line, actual, expected", OPEN)
def test_what_a_file_leaves_open_is_refused_with_its_line_until_the_map_states_it(tmp_path: Path, text, words, line, actual, expected):
    with pytest.raises(BadInput) as caught:
        read(tmp_path, text, *words)
    fault = caught.value.faults[0]
    assert (fault.line, actual in fault.actual) == (line, True), fault
    assert expected in f"{fault.expected}; {fault.remedy}", fault


def test_units_convert_and_currencies_do_not(tmp_path: Path):
    weekly = read(tmp_path, "date,n\n2030-W02,70\n", "numbers.unit=persons/week", "header.unit=persons/day")
    assert rows(weekly) == ["2030-W02,10"] and any("multiplied by 0.142857" in text for text in weekly.interpretations)
    assert rows(read(tmp_path, "date,n\n2030,35\n", "numbers.unit=percent", "header.unit=1")) == ["2030,0.35"]
    with pytest.raises(BadInput, match="unit 'GBP' in another currency"):
        read(tmp_path, "date,n\n2030,35\n", "numbers.unit=GBP", "header.unit=EUR")


@pytest.mark.parametrize("cell, number", [("1234567", 1234567), ("-3", -3), ("\u22123", -3), ("0.125", 0.125), ("12.5", 12.5),
                                          ("189.0", 189), ("0.123", 0.123), ("1234.567", 1234.567)])
def test_numbers_that_can_mean_one_thing_only_need_no_statement(cell, number):
    assert Numerals(None, None, (), (), 1.0).read(cell) == number


def test_dates_that_can_mean_one_thing_only_need_no_statement():
    assert [d.isoformat() for d in read_plain("2030Q2")] == ["2030-04-01", "2030-06-30"]
    assert [d.isoformat() for d in Form("YYYY-MM-DD*").read("2030-01-05T00:00:00Z")] == ["2030-01-05", "2030-01-05"]
    with pytest.raises(ValueError, match="a day that there is"):
        Form("DD MON YYYY").read("1 Ju 2030")


@pytest.mark.parametrize("form, word", [
    ("D/M/YYYY", "D"), ("YYYY-mm-dd", "mm"), ("dd.MM.YYYY", "dd"), ("DD MMM YYYY", "M"), ("DD Mon YYYY", "Mon"), ("MONTH YYYY", "MONTH"),
    ("YYYY-WW", "WW"), ("YYYY-Qq", "Qq"), ("YYYY-MM-DD hh:mm", "hh"), ("yyyy", "yyyy")])
def test_letters_that_are_no_token_are_refused_when_the_map_is_read(tmp_path: Path, form, word):
    with pytest.raises(BadInput, match=f"'{form}' with '{word}', which stands for nothing in a form; expected YYYY, YY, MM, DD"):
        read(tmp_path, "date,n\n2030-01-05,5\n", f"period.date={form}")


def test_words_beside_tokens_stand_for_themselves():
    for form, cell in (("YYYY-Www", "2030-W02"), ("KW ww/YYYY", "KW 2/2030"),
                       ("YYYY. MON DD.", "2030. Jan 7."), ("Week ww, YYYY", "week 2, 2030"),
                       ("DD. MONYYYY", "7. Jan2030"), ("YYYY-MM-DDT*", "2030-01-07T00:00"), ("DD.MM.YYYYr.", "7.1.2030r.")):
        assert Form(form).read(cell)[0].isoformat() == "2030-01-07"


@pytest.mark.parametrize("form, fine, refused", [
    ("DDMMYYYY", {"01022030": "2030-02-01"}, ["1022030", "112030", "0122030"]),
    ("YYYYMMDD", {"20300111": "2030-01-11"}, ["2030111", "203011", "2030011"]),
    ("DDMMYY", {"010230": "2030-02-01"}, ["10230", "1230"]), ("YYYYMM", {"203001": "2030-01-01"}, ["20301"]),
    ("YYYYww", {"203005": "2030-01-28"}, ["20305"]), ("YYYYWww", {"2030W5": "2030-01-28", "2030W05": "2030-01-28"}, ["2030W005"]),
    ("DD.MM.YYYY", {"1.2.2030": "2030-02-01", "01.02.2030": "2030-02-01"}, ["001.2.2030"]),
    ("DDMONYYYY", {"1Feb2030": "2030-02-01"}, ["1Feb230"]),
    ("YYYY-MM-DD*", {"2030-01-05T00:00": "2030-01-05", "2030-01-5 x": "2030-01-05"}, ["2030-01-111"]),
    ("YYYY*", {"2030p": "2030-01-01"}, ["203001"]),
    ("YYYYMMDD*", {"20300111120000": "2030-01-11"}, ["2030111"])])
def test_digits_that_nothing_separates_are_two_for_a_day_a_month_or_a_week(form, fine, refused):
    assert {cell: Form(form).read(cell)[0].isoformat() for cell in fine} == fine
    for cell in refused:
        with pytest.raises(ValueError, match=r"; expected (the form|a day that there is)"):
            Form(form).read(cell)


DAYS = "date,n\n2030-01-05,5\n2030-01-06,6\n2030-01-07,7\n2030-01-08,8\n"
NUMBERED = ["columns.period=#1", "columns.value=#2"]


@pytest.mark.parametrize("text, words, line, key", [
    (DAYS + "Source: guard,\n", ["file.footer=2"], 5, "file.footer"), (DAYS, ["file.footer=1"], 5, "file.footer"),
    ("title,\n" + DAYS, [*NUMBERED, "file.skip=2"], 3, "file.names"), ("title,\n" + DAYS, [*NUMBERED, "file.skip=3"], 3, "file.skip"),
    (DAYS.removeprefix("date,n\n"), NUMBERED, 1, "file.names"), (DAYS, ["file.comment=2030-01-06"], 3, "file.comment"),
    (DAYS + "2030-01-08,9\n", ["file.footer=1"], 6, "file.footer")])
def test_a_row_with_a_figure_is_not_left_out_as_one_without(tmp_path: Path, text, words, line, key):
    with pytest.raises(BadInput) as caught:
        read(tmp_path, text, *words)
    fault = caught.value.faults[0]
    day = text.splitlines()[line - 1].partition(",")[0]
    assert (fault.line, f"a figure of {day} in a row that {key} leaves out" in fault.actual) == (line, True)
    assert "a row without a figure" in fault.expected and fault.remedy


def test_a_total_below_the_table_is_left_out_and_counted(tmp_path: Path):
    for words in ([], ["rows.where.who=a"]):
        converted = read(tmp_path, "date,n,who\n2030-01-05,5,a\n2030-01-06,6,a\n2030-01,11,a\nSource: guard,,\n", "file.footer=2", *words)
        assert rows(converted) == ["2030-01-05,5", "2030-01-06,6"] and converted.left_out["a total in file.footer"] == 1
    wide = ["wide.columns=2029;2030", "rows.repeated=sum", "file.footer=1"]
    (tmp_path / "wide.csv").write_text("border,2029,2030\nsea,5,6\nland,7,9\nTotal,12,15\n", encoding="utf-8")
    mapping = read_map(wide)
    assert rows(convert(read_sheet(tmp_path / "wide.csv", mapping), mapping)) == ["2029,12", "2030,15"]
    (tmp_path / "wide.csv").write_text("border,2029,2030\nsea,5,6\nland,7,9\nrail,1,2\n", encoding="utf-8")
    with pytest.raises(BadInput, match="wide.csv:4: a figure of 2029 in a row that file.footer leaves out"):
        convert(read_sheet(tmp_path / "wide.csv", mapping), mapping)


def by_sex(third: str, days: int = 3, odd: int = 9) -> str:
    return "date,who,n\n" + "".join(f"2030-01-{d + 5:02},M,{90 + d}\n2030-01-{d + 5:02},F,{10 + d}\n"
                                    f"2030-01-{d + 5:02},{third},{100 + 2 * d + (d == odd)}\n" for d in range(days))


@pytest.mark.parametrize("text, line, actual", [
    (by_sex("Total", 1), 4, "a row of 'Total', added to them"), (by_sex("ALL", 1), 4, "a row of 'ALL'"),
    (by_sex("sum:", 1, odd=0), 4, "a row of 'sum:'"), (by_sex("grand total", 1), 4, "a row of 'grand total'"),
    (by_sex("T"), 4, "a row of 'T', the sum of the others, added to them"), (by_sex("T", 20), 4, "a row of 'T'"),
    (by_sex("T", 20, odd=5), 4, "a row of 'T', the sum"),
    ("date,n\n" + "".join(f"2030-01-{d:02},{d}\n2030-01-{d:02},7\n2030-01-{d:02},{d + 7}\n" for d in (5, 6, 7)), 4, "row 3 of its period")])
def test_a_total_is_not_added_to_its_parts(tmp_path: Path, text, line, actual):
    with pytest.raises(BadInput) as caught:
        read(tmp_path, text, "rows.repeated=sum")
    fault = caught.value.faults[0]
    assert (fault.line, actual in fault.actual) == (line, True) and "rows.where" in fault.remedy, fault


@pytest.mark.parametrize("text, words, first", [
    (by_sex("Total"), ["rows.where.who=M;F"], "100"), (by_sex("Total"), ["rows.where.who=M;F;Total"], "200"), (by_sex("T", 2), [], "200"),
    (by_sex("T", 4, odd=2), [], "200"), (by_sex("T"), ["rows.where.who=M;F;T"], "200"), (by_sex("all day", 2), [], "200"),
    ("date,who,n\n" + "".join(f"2030-01-0{d},{who}\n" for d in (5, 6, 7) for who in ("a,1", "b,1", "c,2")), [], "4")])
def test_rows_that_are_no_total_or_chosen_by_name_are_added_up(tmp_path: Path, text, words, first):
    assert rows(read(tmp_path, text, "rows.repeated=sum", *words))[0] == f"2030-01-05,{first}"


def test_a_total_row_of_a_wide_table_is_not_added_to_its_parts(tmp_path: Path):
    path, mapping = tmp_path / "wide.csv", read_map(["wide.columns=2028;2029;2030", "rows.repeated=sum"])
    for name in ("Total", "T"):
        path.write_text(f"border,2028,2029,2030\nsea,5,6,7\nland,7,9,2\n{name},12,15,9\n", encoding="utf-8")
        with pytest.raises(BadInput, match=f"wide.csv:4: a row of '{name}'"):
            convert(read_sheet(path, mapping), mapping)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copytree(find("toy"), tmp_path / "toy"))


def run(*words: str) -> dict:
    result = CliRunner().invoke(app, ["import", *words, "--json"])
    envelope = json.loads(result.stdout)
    assert (result.exit_code == 0) == (envelope["status"] == "ok")
    return envelope


def options(*words: str) -> list[str]:
    return [part for word in words for part in ("--map", word)]


TABLE = "date,n\n2030-01-13,5\n2030-01-20,6\n2030-01-27,7\n"


def test_a_table_is_written_with_its_header_once_and_its_map_can_be_used_again(case: Path, tmp_path: Path):
    file, saved = tmp_path / "raw.csv", tmp_path / "weeks.toml"
    file.write_text(TABLE, encoding="utf-8")
    words = options(*BASE, *HEADER, "period.covers=week-to")
    dry = run(str(file), *words, "--into", str(case), "--dry-run")["result"]
    assert dry["first"][0] == {"period": "2030-W02", "value": "5"} and dry["table"] == ""
    assert not (case / "series" / "weeks.csv").exists()
    answer = run(str(file), *words, "--into", str(case), "--save-map", str(saved))["result"]
    assert (answer["figures"], answer["table"]) == (3, (case / "series" / "weeks.csv").as_posix())
    assert [(v.start.isoformat(), v.days, v.value) for v in il.load(case).evidence.series["weeks"].values] == [
        ("2030-01-07", 7, 5.0), ("2030-01-14", 7, 6.0), ("2030-01-21", 7, 7.0)]
    before = (case / "series" / "weeks.csv").read_bytes()
    again = run(str(file), "--map", str(saved), "--into", str(case))
    assert "nothing is written over" in again["error"]["text"] and (case / "series" / "weeks.csv").read_bytes() == before
    other = run(str(file), *options(str(saved), "header.id=other"), "--into", str(case))["result"]
    assert Path(other["table"]).read_text(encoding="utf-8") == before.decode().replace("id: weeks", "id: other")
    assert run(str(file), *options(str(saved)), "--save-map", str(saved), "--dry-run")["status"] == "error"


@pytest.mark.parametrize("words, actual", [
    (["header.source=nobody"], "source 'nobody' unknown"), (["header.series=stoped"], "series 'stoped' unknown"),
    (["header.period=month"], "period '2030-W02'"), (["header.definition=write to someone@example.org"], "someone@example.org"),
    (["header.id=../weeks"], "header.id"), (["header.id=guard-detained"], "there already"), (["header.colour=red"], "unknown"),
    (["file.delimiter=:"], "file.delimiter"), (["columns.period"], "KEY=VALUE"), (["missing.toml"], "no such file")])
def test_a_table_that_would_break_the_case_is_not_written(case: Path, tmp_path: Path, words, actual):
    file, there = tmp_path / "raw.csv", sorted(p.as_posix() for p in tmp_path.rglob("*"))
    file.write_text(TABLE, encoding="utf-8")
    envelope = run(str(file), *options(*BASE, *HEADER, "period.covers=week-to", *words), "--into", str(case))
    assert envelope["error"]["exit_code"] == 2 and actual in json.dumps(envelope["error"]), envelope["error"]
    assert sorted(p.as_posix() for p in tmp_path.rglob("*")) == sorted([*there, file.as_posix()])


def test_nothing_is_written_into_shipped_cases_or_out_of_the_case(case: Path, tmp_path: Path):
    file = tmp_path / "raw.csv"
    file.write_text(TABLE, encoding="utf-8")
    words = options(*BASE, *HEADER, "period.covers=week-to")
    assert "comes with the package" in run(str(file), *words, "--into", "serbia-hungary")["error"]["text"]
    assert "nowhere to write" in run(str(file), *words)["error"]["text"]
    (tmp_path / "elsewhere").mkdir()
    shutil.rmtree(case / "series")
    (case / "series").symlink_to(tmp_path / "elsewhere")
    assert run(str(file), *words, "--into", str(case))["status"] == "error"
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_fault_of_a_figure_names_the_line_of_the_file(case: Path, tmp_path: Path):
    file = tmp_path / "raw.csv"
    file.write_text("date,n\n2030-01-13,5\n2030-01-20,-6\n2030-01-27,7\n", encoding="utf-8")
    fault = run(str(file), *options(*BASE, *HEADER, "period.covers=week-to"), "--into", str(case))["error"]["faults"][0]
    assert (fault["file"], fault["line"]) == (str(file), 3) and "-6" in fault["actual"]


@pytest.mark.parametrize("key, value, told", [
    ("header.published_lag_days", "3", "header.published_lag_days = 3; expected a text; put it in quotation marks: "
     'header.published_lag_days = "3"'),
    ("header.note", "true", "header.note = true; expected a text; put it in"),
    ("header.note", "[1, 2]", r"= \[1, 2\]; expected a text$"), ("header.note", "2030-01-05", "= 2030-01-05; expected a text; put"),
    ("numbers.missing", '"-"', "numbers.missing = '-'; expected a list of texts"),
    ("numbers.decimal", "1", "numbers.decimal = 1; expected one of"), ("file.skip", '"1"', "file.skip = '1'; expected a whole number"),
    ("header.note", "{a = 1}", r"header.note = {a = 1}; expected a text$")])
def test_a_value_of_another_type_is_quoted_as_it_is_written(tmp_path: Path, key, value, told):
    (tmp_path / "map.toml").write_text(f"format = 1\n{key} = {value}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=rf"map.toml:2: .*{told}"):
        read_map([str(tmp_path / "map.toml")])


def test_a_map_as_toml_says_the_same_as_its_parts():
    mapping = read_map([*BASE, *HEADER, "numbers.missing=-;n/a", "file.skip=2", "file.names=true", 'rows.where.a "b"=x',
                        "numbers.times=1000"])
    path = Path("unused.toml")
    from interlope.toml import located

    tree = located.parse(mapping.to_toml(), str(path)).data
    assert tree["numbers"] == {"missing": ["-", "n/a"], "times": 1000.0} and tree["rows"]["where"] == {'a "b"': "x"}
    assert tree["file"] == {"skip": 2, "names": True} and tree["header"]["id"] == "weeks" and tree["format"] == 1
