"""Series tables as people save them: what is read as what it is, and what is refused, with file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from interlope.dossier import series_table
from interlope.dossier.series import Series
from interlope.errors import BadInput

HEADER = {
    "id": "stops", "source": "guard", "root": "count", "licence": "invented", "definition": "people stopped (invented)",
    "counted": "interceptions", "unit": "interceptions", "period": "range", "series": "stopped", "density": "negative-binomial",
    "dispersion": "15", "missing": "sparse", "published_lag_days": "2",
}
SHARE = {"series": "share_command", "unit": "1", "reduce": "mean", "density": "lognormal", "dispersion": None, "sd": "0.2"}
ROWS = "period,value,published,note\n2030-01-11/2030-01-15,118,,\n2030-01-16/2030-01-20,131,,\n"
FIRST = len(HEADER) + 2  # line of the first figure


def table(rows: str = ROWS, **changes: str | None) -> str:
    """A table with entries of its header changed, added or, where None, left out."""
    header = {**HEADER, **changes}
    return "".join(f"# {key}: {text}\n" for key, text in header.items() if text is not None) + rows


def save(folder: Path, content: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "stops.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def load(folder: Path, content: str | bytes) -> Series:
    return series_table.load(save(folder, content).parent, {"guard"}, {"count"})["stops"]


def faults(folder: Path, content: str | bytes) -> list[str]:
    path = save(folder, content)
    with pytest.raises(BadInput) as caught:
        series_table.load(folder, {"guard"}, {"count"})
    return [str(fault).removeprefix(f"{path}:") for fault in caught.value.faults]


def rows(*lines: str, columns: str = "period,value") -> str:
    return "\n".join([columns, *lines]) + "\n"


PERIOD = "2030-01-11/2030-01-15"
CELLS = [
    (rows(f"{PERIOD},1,180"), "3 cells under 2 columns"),
    (rows(f"{PERIOD},118,5"), "3 cells under 2 columns"),
    (rows(f"{PERIOD},38.962,extra"), "3 cells under 2 columns"),
    (rows(f"{PERIOD},1,180,late", columns="period,value,note"), "4 cells under 3 columns"),
    (rows(f'{PERIOD},"1,180"'), "value '1,180'"),
    (rows(f"{PERIOD},1 180"), "value '1 180'"),
    (rows(f"{PERIOD},1_18"), "value '1_18'"),
    (rows(f"{PERIOD},1.118"), "leave marks of thousands out"), (rows(f"{PERIOD},2.000"), "leave marks of thousands out"),
    (rows(f"{PERIOD},118.5"), "a whole number"),
    (rows(f"{PERIOD},nan"), "value 'nan'"),
    (rows(f"{PERIOD},inf"), "value 'inf'"),
    (rows(f"{PERIOD},1e999"), "finite"),
    (rows(f"{PERIOD},{'9' * 400}"), "expected a number"),
    (rows(f"{PERIOD},1e15"), "at most 1e+12"),
    (rows(f"{PERIOD},\u0661\u0662"), "expected a number"),
    (rows(f"{PERIOD},-1"), "not negative"),
    (rows(f"{PERIOD},500,10,20", columns="period,value,low,high"), "value 500 outside its range (low 10, high 20)"),
    (rows(f"{PERIOD},5,10,", columns="period,value,low,high"), "outside its range (low 10)"),
    (rows(f"{PERIOD},,90,", columns="period,value,low,high"), "low alone"),
    (rows(f"{PERIOD},,,90", columns="period,value,low,high"), "high alone"),
    (rows(f"{PERIOD},118,2030-01-12", columns="period,value,published"), "published 2030-01-12 before its period ends (2030-01-15)"),
    (rows(f"{PERIOD},118,2030", columns="period,value,published"), "a date such as"),
    (rows(f"{PERIOD},118,guards", columns="period,value,source"), "source 'guards' unknown"),
    (rows("9999-12-31,118"), "days from 1900-01-01 to 2200-12-31"),
    (rows("0000,118"), "period '0000'"),
    (rows("2030-02-30,118"), "period '2030-02-30'"),
    (rows("2030-01-15/2030-01-11,118"), "ends before it begins"),
    (rows(f'{PERIOD},"118'), "quotation marks"),
]


@pytest.mark.parametrize(("body", "told"), CELLS)
def test_a_cell_that_is_no_figure_is_refused_at_its_line(tmp_path, body, told):
    found = faults(tmp_path / "s", table(body))
    assert any(message.startswith(f"{FIRST}: ") and told in message for message in found), found


TWICE = [
    (rows(f"{PERIOD},118", f"{PERIOD},118"), "given twice"),
    (rows(f"{PERIOD},118", "2030-01-14/2030-01-20,120"), f"overlaps {PERIOD}"),
    (rows(f"{PERIOD},118", "2030-01-11/2030-02-04,600"), f"overlaps {PERIOD}"),
]


@pytest.mark.parametrize(("body", "told"), TWICE)
def test_no_day_is_counted_twice_in_a_table_that_is_weighed(tmp_path, body, told):
    found = faults(tmp_path / "s", table(body))
    assert any(message.startswith(f"{FIRST + 1}: ") and told in message for message in found), found
    shown = table(body, density="none", dispersion=None, why="shown only")
    assert len(load(tmp_path / "t", shown).values) == 2


@pytest.mark.parametrize("above", ["sep=,", "Detained people 2030", "\u200b# remark", "People stopped, by week"])
def test_a_line_above_the_header_is_named_and_not_what_stands_below_it(tmp_path, above):
    told, = faults(tmp_path / "s", f"{above}\n{table()}")
    assert told.startswith("1: ") and "above lines of the header" in told and "take this line out" in told


def test_a_line_of_the_header_below_the_columns_is_named(tmp_path):
    told, = faults(tmp_path / "s", table(ROWS + "# scored_to: 2030-01-20\n"))
    assert told.startswith(f"{FIRST + 2}: ") and "'# scored_to: 2030-01-20' below the names of the columns" in told
    assert "column 'Period' unknown" in " ".join(faults(tmp_path / "t", table(ROWS.replace("period", "Period"))))


HEADERS = [
    ({"unit": "interceptions/week"}, "a sum over 5 days in interceptions/week"),
    ({"unit": "percent"}, "unit 'percent' for the sum of 'stopped'"),
    ({"unit": "1"}, "unit '1' for the sum of 'stopped'"),
    ({"unit": "EUR"}, "unit 'EUR' for the sum of 'stopped'"),
    ({"unit": "interceptions", "reduce": "mean"}, "unit 'interceptions' for the mean of 'stopped'"),
    ({"series": "waiting"}, "the sum of 'waiting', a level"),
    ({"series": "detained + price_mean"}, "adds detained (persons/day) and price_mean (EUR/person)"),
    ({"series": "nan detained"}, "factor 'nan'"),
    ({"series": "-1 detained"}, "never above zero"),
    ({"series": "0 detained"}, "factor '0'"),
    ({**SHARE, "density": "poisson", "sd": None}, "density poisson for 'share_command' (1), which is no count"),
    ({"density": "lognormal", "sd": "nan"}, "sd 'nan'"),
    ({"density": "lognormal", "sd": "inf"}, "sd 'inf'"),
    ({"density": "lognormal", "sd": "8"}, "sd '8'"),
    ({"density": "lognormal", "sd": "0", "dispersion": None}, "sd '0'"),
    ({"density": "poisson"}, "'dispersion' under density poisson"),
    ({"sd": "0.1"}, "'sd' under density negative-binomial"),
    ({"density": "none", "why": "shown only"}, "'dispersion' under density none"),
    ({"scored_from": "2030-02-04", "scored_to": "2030-01-11", "note": "changed"}, "scored_from 2030-02-04 after scored_to 2030-01-11"),
    ({"published_lag_days": "-1"}, "published_lag_days '-1'"),
    ({"published_lag_days": "9" * 400}, "a whole number of days"),
    ({"id": "a/b"}, "id 'a/b'"),
    ({"id": ".."}, "id '..'"),
]


@pytest.mark.parametrize(("changes", "told"), HEADERS)
def test_a_header_that_does_not_fit_is_refused(tmp_path, changes, told):
    found = faults(tmp_path / "s", table(**changes))
    assert any(message.split(":")[0].isdigit() and told in message for message in found), found


@pytest.mark.parametrize(("value", "told"), [("31", "or unit: percent"), ("-0.1", "0 to 1"), ("1.01", "0 to 1"), ("0", "above zero")])
def test_a_share_lies_within_0_to_1(tmp_path, value, told):
    found = faults(tmp_path / "s", table(rows(f"{PERIOD},{value}"), **SHARE))
    assert any(told in message for message in found), found


def test_a_statement_in_another_unit_is_converted(tmp_path):
    assert load(tmp_path / "a", table(rows(f"{PERIOD},0.31"), **SHARE)).factor == 1.0
    assert load(tmp_path / "b", table(rows(f"{PERIOD},31"), **{**SHARE, "unit": "percent"})).factor == 100.0
    assert load(tmp_path / "c", table(unit="interceptions/week", reduce="mean")).factor == 7.0
    week = table(rows("2030-01-07/2030-01-13,118"), unit="interceptions/week")
    assert load(tmp_path / "d", week).factor == 1.0, "the total of a week, stated per week"
    month = table(rows("2030-02,118"), unit="interceptions/month", period="month")
    assert load(tmp_path / "e", month).factor == 1.0


def test_a_figure_of_zero_has_no_place_under_a_lognormal(tmp_path):
    found = faults(tmp_path / "s", table(rows(f"{PERIOD},0"), density="lognormal", sd="0.1"))
    assert found == [f"{FIRST + 1}: value 0 under density lognormal; expected a number above zero; a count that can be zero has "
                     "density: negative-binomial or poisson"]


def test_columns_without_rows_are_told(tmp_path):
    assert faults(tmp_path / "s", table("period,value\n"))[0].startswith(f"{FIRST - 1}: columns without figures")
    assert "columns missing" in faults(tmp_path / "t", table(""))[0]
    assert "column 'value' given twice" in faults(tmp_path / "u", table(rows(f"{PERIOD},118,999", columns="period,value,value")))[0]
    assert "separated by semicolons" in faults(tmp_path / "v", table(rows(f"{PERIOD};118", columns="period;value")))[0]


SAVED = [
    b"\xef\xbb\xbf" + table().encode(),
    table().replace("\n", "\r\n").encode(),
    table().replace("\n", "\r").encode(),
    "".join(f"{line},,\n" if line.startswith("#") else f"{line}\n" for line in table().splitlines()).encode(),
    table(ROWS + ",,,\n").encode(),
    table(definition="found, not counted").replace("# definition: found, not counted", '"# definition: found, not counted",,').encode(),
    table(ROWS.replace("131,,", '131,,"late, and\u2028again"')).encode(),
    table(ROWS.replace("131,,", "131,,late\v and again")).encode(),
]


@pytest.mark.parametrize("content", SAVED)
def test_a_table_is_read_as_a_spreadsheet_saves_it(tmp_path, content):
    stops = load(tmp_path / "s", content)
    assert [v.value for v in stops.values] == [118, 131]
    assert (stops.period, stops.density, stops.missing) == ("range", "negative-binomial", "sparse")


def test_what_is_no_text_is_told_with_its_line(tmp_path):
    assert faults(tmp_path / "a", table().encode("utf-16"))[0].startswith("1: text in UTF-16")
    odd = table().encode().replace(b"118", b"11\xff8")
    assert faults(tmp_path / "b", odd)[0].startswith(f"{FIRST}: byte 0xff")
    assert faults(tmp_path / "c", table().encode().replace(b"118", b"11\x008"))[0].startswith(f"{FIRST}: a character of code zero")
    long = faults(tmp_path / "d", table(ROWS.replace("131,,", "131,," + "x" * 140_000)))
    assert long[0].startswith(f"{FIRST + 1}: a line of 140,")
    many = rows(*(f"{2000 + i // 365}-01-01,1" for i in range(5001)))
    many = faults(tmp_path / "e", table(many, density="none", dispersion=None, why="shown only"))
    assert any("5,001 figures; expected at most 5,000" in message for message in many)


def test_the_edition_published_last_counts_and_earlier_ones_are_shown(tmp_path):
    editions = rows(f"{PERIOD},100,2030-01-16", f"{PERIOD},118,2030-02-01", "2030-01-16/2030-01-20,131,2030-01-21",
                    columns="period,value,published")
    stops = load(tmp_path / "s", table(editions))
    assert [v.value for v in stops.at(date(2030, 1, 31)).fitted()] == [100, 131]
    assert [v.value for v in stops.at(date(2030, 2, 1)).fitted()] == [118, 131]
    assert [v.value for v in stops.at(date(2030, 2, 1)).values] == [100, 118, 131]
    assert stops.held_out(date(2030, 1, 31)) == (), "a period that is known is no forecast"
    assert [v.value for v in stops.held_out(date(2030, 1, 15))] == [118, 131]
    assert [v.value for v in load(tmp_path / "t", table(editions, missing="none allowed")).fitted()] == [118, 131]
