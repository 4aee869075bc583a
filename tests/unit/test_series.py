"""Series: official tables, their faults by line, and what was known when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import interlope
from interlope.dossier import series, series_table
from interlope.errors import BadInput

CASES = Path(interlope.__file__).parent / "cases"
TABLE = """# id: stops
# source: guard
# root: count
# licence: invented
# definition: people stopped (invented)
# counted: interceptions
# unit: interceptions/month
# period: month
# series: stopped
# density: negative-binomial
# dispersion: 15
# missing: none allowed
# published_lag_days: 20
# scored_from: 2030-02
# scored_to: 2030-03
# note: from April on people are counted elsewhere
period,value,published,note
2030-01,100,,
2030-02,110,2030-03-05,early
2030-03,120,,
2030-04,130,,
"""


def write(folder: Path, text: str = TABLE, name: str = "stops.csv") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def flagship() -> dict[str, series.Series]:
    return series_table.load(CASES / "serbia-hungary" / "series")


def test_a_table_is_read_with_its_header(tmp_path):
    stops = series_table.load(write(tmp_path / "s"), {"guard"}, {"count"})["stops"]
    assert (stops.reduce, stops.density, stops.dispersion, len(stops.values)) == ("sum", "negative-binomial", "15", 4)
    assert [v.start for v in stops.fitted()] == [date(2030, 2, 1), date(2030, 3, 1)]
    assert stops.held_out(date(2030, 4, 20)) == ()
    assert stops.values[0].days == 31 and stops.values[1].line == 19


def test_a_value_is_known_from_its_own_day_or_after_the_usual_delay(tmp_path):
    stops = series_table.load(write(tmp_path / "s"))["stops"]
    assert [v.published for v in stops.values[:3]] == [date(2030, 2, 20), date(2030, 3, 5), date(2030, 4, 20)]
    assert [v.value for v in stops.at(date(2030, 3, 5)).values] == [100, 110]
    assert [v.value for v in stops.at(date(2030, 4, 19)).fitted()] == [110]
    assert [v.value for v in stops.held_out(date(2030, 4, 19))] == [120]


FAULTS = [
    ("2030-02,110,2030-03-05", "2030-05,110,2030-06-05", 20, "earlier than the one above", "oldest first"),
    ("2030-02,110,2030-03-05,early\n", "", 19, "gap before 2030-03-01", "2030-02"),
    ("2030-03,120", "2030-03,-120", 20, "value -120", "not negative"),
    ("2030-03,120", "2030-03,many", 20, "value 'many'", "a number"),
    ("2030-03,120", "2030-13,120", 20, "period '2030-13'", "YYYY-MM"),
    ("2030-03,120", "2030-03-04,120", 20, "period '2030-03-04'", "one month"),
    ("2030-03,120", "2030-03,", 20, "no value", "a value"),
    ("2030-03-05", "March", 19, "published 'March'", "a date"),
    ("# series: stopped", "# series: stoped", 9, "series 'stoped' unknown", "nearest 'stopped'"),
    ("# source: guard", "# source: gard", 2, "source 'gard' unknown", "nearest 'guard'"),
    ("# root: count", "# root: cuont", 3, "root 'cuont' unknown", "nearest 'count'"),
    ("# period: month", "# period: mouth", 8, "period 'mouth' unknown", "nearest 'month'"),
    ("# density: negative-binomial", "# density: none", 10, "none without a reason", "why"),
    ("# density: negative-binomial", "# density: lognormal", 10, "without a spread", "sd"),
    ("# dispersion: 15\n", "", 10, "without a dispersion", "dispersion"),
    ("# root: count\n", "", 9, "without a root", "root"),
    ("# series: stopped", "# series: none", 10, "without a recorded series", "density: none"),
    ("# unit: interceptions/month", "# unit: furlongs", 7, "unit 'furlongs' unknown", "persons"),
    ("# licence: invented", "# lisence: invented", 4, "header 'lisence' unknown", "nearest 'licence'"),
    ("published_lag_days: 20", "published_lag_days: soon", 13, "'soon'", "a whole number"),
    ("scored_to: 2030-03", "scored_to: spring", 15, "'spring'", "a period"),
    ("# note: from April on people are counted elsewhere\n", "", 15, "scored_to without a reason", "note"),
    ("period,value,published,note", "period,valeu,published,note", 17, "column 'valeu' unknown", "nearest 'value'"),
]


@pytest.mark.parametrize("old, new, line, found, expected", FAULTS)
def test_each_fault_is_told_with_file_and_line(tmp_path, old, new, line, found, expected):
    assert old in TABLE
    folder = write(tmp_path / "s", TABLE.replace(old, new, 1))
    with pytest.raises(BadInput) as caught:
        series_table.load(folder, {"guard"}, {"count"})
    messages = [str(fault) for fault in caught.value.faults]
    assert any(m.startswith(f"{folder / 'stops.csv'}:{line}: ") and found in m and expected in m for m in messages), (
        messages
    )


def test_faults_of_all_tables_come_together_and_an_id_serves_once(tmp_path):
    folder = write(write(tmp_path / "s", TABLE.replace("2030-03,120", "2030-03,-1")), TABLE, "t.csv")
    write(folder, TABLE, "u.csv")
    with pytest.raises(BadInput) as caught:
        series_table.load(folder)
    assert {Path(fault.file).name for fault in caught.value.faults} == {"stops.csv", "t.csv", "u.csv"}


def test_ranges_with_low_and_high_take_their_middle_and_must_not_be_crossed(tmp_path):
    head = TABLE.split("period,")[0].replace("none allowed", "sparse")
    wide = series_table.load(write(tmp_path / "s", head + "period,low,high\n2030-01,10,30\n2030-02,40,40\n"))["stops"]
    assert [(v.value, v.low, v.high) for v in wide.values] == [(20, 10, 30), (40, 40, 40)]
    with pytest.raises(BadInput, match="low 30 above high 10"):
        series_table.load(write(tmp_path / "s", head + "period,low,high\n2030-01,30,10\n"))


def test_a_folder_without_tables_is_no_fault(tmp_path):
    assert series_table.load(tmp_path / "nothing") == {}


def test_what_a_fit_on_the_report_s_day_sees_of_the_flagship(flagship):
    known = {name: table.at(date(2023, 10, 25)) for name, table in flagship.items()}
    route = known["frontex-western-balkan"]
    assert route.values[-1].start == date(2023, 9, 1)
    assert len(route.fitted()) == 21 and route.fitted()[0].start == date(2022, 1, 1)
    assert max(v.end for v in known["hungary-detained-weeks"].values) <= date(2023, 10, 22)
    assert known["operation-found"].values == ()
    for table in known.values():
        assert all(v.published <= date(2023, 10, 25) for v in table.values)


def test_the_flagship_s_figures_add_up(flagship):
    route = {f"{v.start:%Y-%m}": v.value for v in flagship["frontex-western-balkan"].values}
    assert [sum(v for m, v in route.items() if m.startswith(y)) for y in ("2019", "2022", "2023")] == [
        15127,
        144118,
        99002,
    ]
    assert (route["2023-10"], route["2023-11"]) == (17125, 1206)
    classes = ("afghan", "syrian", "pakistani", "turkish", "other")
    for i, value in enumerate(flagship["frontex-western-balkan"].values):
        assert sum(flagship[f"frontex-{name}"].values[i].value for name in classes) == value.value
    stops = [v.value for v in flagship["hungary-interceptions"].values]
    assert stops[0] == 122239 and stops[1] + stops[2] == 269254
    assert [v.value for v in flagship["operation-found"].values] == [3400, 1100, 2467]


def test_a_value_is_fitted_or_held_out_by_the_day_it_was_published_and_every_shown_table_says_why(flagship):
    for table in flagship.values():
        for day in (date(2023, 10, 25), date(2023, 11, 14), date(2024, 5, 25)):
            fitted, held_out = table.at(day).fitted(), table.held_out(day)
            assert not set(fitted) & set(held_out)
            assert table.density == "none" or {*fitted, *held_out} == set(table.fitted())
        assert table.density != "none" or table.why
        assert table.density == "none" or table.root
    assert {name for name, t in flagship.items() if t.fitted()} == {
        "frontex-western-balkan",
        "hungary-interceptions",
        "centres-presence",
        "deaths-recorded",
        "hungary-detained-days",
    }
    assert flagship["operation-found"].held_out(date(2023, 10, 25)) == ()


SCORED = {"frontex-western-balkan": (21, 21, 28), "hungary-interceptions": (3, 3, 4), "centres-presence": (6, 6, 7),
          "deaths-recorded": (1, 1, 2)}


@pytest.mark.parametrize("name", SCORED)
def test_the_date_of_knowledge_alone_says_what_of_the_flagship_is_fitted(flagship, name):
    table = flagship[name]
    days = (date(2023, 10, 25), date(2023, 11, 14), date(2024, 5, 25))
    assert tuple(len(table.at(day).fitted()) for day in days) == SCORED[name]
    assert tuple(len(table.held_out(day)) for day in days) == tuple(SCORED[name][2] - n for n in SCORED[name])
    assert table.scored_to is None


def test_changing_what_is_not_yet_published_changes_nothing(flagship):
    day = date(2023, 11, 14)
    for table in flagship.values():
        spoiled = tuple(v if v.published <= day else replace(v, value=-1.0) for v in table.values)
        assert replace(table, values=spoiled).at(day) == table.at(day)
