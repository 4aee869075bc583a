"""What a case states keeps to limits: predictions that can fail and hold, levers that act, entries given once, names of files."""
from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import interlope
from interlope.errors import BadInput
from interlope.scenario import case as cases
from interlope.scenario.description import list_parameters
from interlope.scenario.prior import parse

CASES = Path(interlope.__file__).parent / "cases"
TAKEOVER, RIVALRY, PATROLS = "hypotheses/takeover.toml", "hypotheses/rivalry.toml", "options/joint-patrols.toml"


def refusals(folder: Path, file: str, old: str, new: str) -> list[str]:
    """Faults of a case in which one piece of text is another one."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        cases.load(folder)
    return str(caught.value).splitlines()


@pytest.mark.parametrize("new, told", [
    ("at_least = 50", "at_least = 50, which nothing could reach; expected the values that are possible, 0 to 1; a share is a number from"),
    ("at_least = 0", "at_least = 0, which nothing could fail; expected a bound between the values that are possible, 0 to 1"),
    ("at_least = -3", "at_least = -3, which nothing could fail"),
    ("at_most = 1", "at_most = 1, which nothing could fail"),
    ("at_most = -0.1", "at_most = -0.1, which nothing could keep to"),
    ("at_least = 0.6\nat_most = 0.5", "at_least = 0.6 above at_most = 0.5; expected at_least below at_most"),
    ("at_least = 0.5\nat_most = 0.5", "at_least = 0.5 and at_most = 0.5; expected at_least below at_most"),
    ("at_least = inf", "at_least = inf; expected a finite number"),
    ("at_least = 0.5\nat_most = nan", "at_most = nan; expected a finite number"),
    ("", "a prediction that nothing could fail; expected 'at_least' or 'at_most'"),
])
def test_a_prediction_can_fail_and_can_hold(small_case, new, told):
    faults = refusals(small_case, TAKEOVER, "at_least = 0.5", new)
    assert len(faults) == 1 and told in faults[0] and f"{TAKEOVER}:" in faults[0]


def test_a_prediction_stands_once(small_case):
    path = small_case / TAKEOVER
    text = path.read_text(encoding="utf-8")
    again = text[text.index("[[prediction]]"):].replace('says = "', 'says = "again: ')
    path.write_text(f"{text}\n{again}", encoding="utf-8")
    with pytest.raises(BadInput, match="says what one above it says; expected each once") as caught:
        cases.load(small_case)
    assert len(caught.value.faults) == 1
    path.write_text(f"{text}\n{again.replace('at_least = 0.5', 'at_least = 0.4')}", encoding="utf-8")
    assert len(cases.load(small_case).hypotheses["takeover"].predictions) == 2


@pytest.mark.parametrize("series", ["stopped +", "+", "nan stopped", "inf detained", "stopped + price_mean", "0 detained",
                                    "1e999 detained", "x"])
def test_a_prediction_is_about_recorded_series(small_case, series):
    faults = refusals(small_case, TAKEOVER, 'series = "share_command"', f'series = "{series}"')
    assert len(faults) == 1 and "; expected " in faults[0] and f"{TAKEOVER}:15" in faults[0]


@pytest.mark.parametrize("new, told", [
    ("from = 5\nto = 5", "from = 5, to = 5: never acts"), ("to = 0", "to = 0; expected a whole number from 1 to 20"),
    ("from = 20", "from = 20; expected a whole number from 0 to 19"), ("from = 9\nto = 3", "from = 9, to = 3: never acts"),
    ("ramp = 1" + "0" * 30, "ramp = a whole number of 31 digits"),
])
def test_a_lever_acts_on_some_day(small_case, new, told):
    assert any(told in fault and f"{PATROLS}:" in fault for fault in refusals(small_case, PATROLS, "ramp = 3", new))


def test_an_option_changes_something(small_case):
    assert "setting = 0: never acts" in refusals(small_case, PATROLS, "setting = 1.0", "setting = 0.0")[0]
    (small_case / PATROLS).write_text('format = 1\nname = "joint-patrols"\ngloss = "nothing"\n', encoding="utf-8")
    with pytest.raises(BadInput, match=r"joint-patrols.toml:2: no \[\[lever\]\] in option"):
        cases.load(small_case)


def test_a_lever_that_stands_twice_keeps_to_its_range(small_case):
    again = '\n[[lever]]\nname = "joint_patrols"\nsetting = 2.0\nfrom = 7\n'
    path = small_case / PATROLS
    faults = refusals(small_case, PATROLS, "ramp = 3", "ramp = 3\nto = 9" + again)
    assert len(faults) == 1
    assert f"{path}:12: joint_patrols stands in several entries that add up to 3 on day 7; expected at most 2" in faults[0]
    path.write_text(path.read_text(encoding="utf-8").replace("to = 9", "to = 7"), encoding="utf-8")
    assert len(cases.load(small_case).options["joint-patrols"].levers) == 2


@pytest.mark.parametrize("old, new, told", [
    ("[demand]", "[[demand.growth]]\nyear = 2030\nlevel = 1\nsource = 'assumption'\n[[demand.growth]]\nyear = 2030\nlevel = -1\n"
     "source = 'assumption'\n[demand]", "year 2030 given twice in [[growth]]; expected each year once"),
    ("[[event]]", "[[demand.mix]]\nyear = 2030\nshare = [1, 0]\nsource = 'assumption'\n[[event]]", "year 2030 given twice in [[mix]]"),
    ("[decision]", "[[time.cut]]\nname = 'early'\ndate = 2030-02-01\n[decision]", "name 'early' given twice in [[cut]]"),
    ('name = "inland"', 'name = "coastal"', "name 'coastal' given twice in [[clients]]"),
    ('bodies = []', 'bodies = ["One", "One"]', "'One' twice in bodies"),
])
def test_an_entry_is_given_once(small_case, old, new, told):
    faults = refusals(small_case, "case.toml", old, new)
    assert [told in fault and "case.toml:" in fault for fault in faults] == [True]


@pytest.mark.parametrize("old, new, told", [
    ("end = 2030-03-01", "end = 9999-12-31", "end = 9999-12-31; expected a date from 1900-01-01 to 2200-12-31"),
    ("end = 2030-03-01", "end = 2180-03-01", "54,847 days from start to end, 2180-03-01; expected at most 36,525"),
    ("share = [0.5, 0.5]", "share = [1, 0]", ""),
    ("format = 1", 'format = 1\ncurrency = "USD"', "currency 'USD'; expected 'EUR', in which the model's own amounts are stated"),
    ("bound = [1, 1]", "bound = [2, 1]", "bound = [2, 1]; expected 2 numbers from 0 to 1"),
    ("bound = [1, 1]", "bound = [nan, 1]", "bound = nan; expected a finite number"),
    ('name = "early"', 'name = "../early"', "name '../early'; expected at most 64 letters, digits"),
    ('name = "early"', 'name = "2030-02-01"', "name '2030-02-01'; expected a name that is no date"),
    ("season_source", "season_years = [inf]\nseason_source", "season_years = inf; expected a finite number"),
])
def test_a_case_file_keeps_to_its_limits(small_case, old, new, told):
    if told:
        assert any(told in fault for fault in refusals(small_case, "case.toml", old, new))
    else:  # nobody of the class that arrives is bound for the border
        text = (small_case / "case.toml").read_text(encoding="utf-8").replace("bound = [1, 1]", "bound = [0, 1]")
        (small_case / "case.toml").write_text(text, encoding="utf-8")
        assert "nobody of 2030 is bound for this border" in refusals(small_case, "case.toml", old, new)[0]


@pytest.mark.parametrize("file, old, new", [
    (TAKEOVER, 'name = "takeover"', 'name = "../takeover"'), (TAKEOVER, 'name = "takeover"', 'name = "take over"'),
    (PATROLS, 'name = "joint-patrols"', 'name = "nul"'), (PATROLS, 'name = "joint-patrols"', 'name = "a/b"'),
])
def test_an_id_can_name_a_file(small_case, file, old, new):
    assert "at most 64 letters, digits" in refusals(small_case, file, old, new)[0]


def test_every_prior_that_is_listed_can_be_stated_in_a_case(tmp_path):
    for name in ("toy", "serbia-hungary"):
        folder = tmp_path / name
        shutil.copytree(CASES / name, folder)
        text = (folder / "case.toml").read_text(encoding="utf-8").partition("[overrides]")[0] + "[overrides]\n"
        rows = {row.name: row for row in list_parameters(cases.load(folder)) if row.explanation in ("", "takeover")}
        for row in rows.values():
            text += f'{row.name} = {{ prior = "{row.prior}", unit = "{row.unit}", source = "assumption" }}\n'
        (folder / "case.toml").write_text(text, encoding="utf-8")
        stated = cases.load(folder).parameters("takeover")
        assert {n: p.prior.text for n, p in stated.items()} == {n: row.prior for n, row in rows.items()}


@pytest.mark.parametrize("text", [
    "gamma(40, 1e-200)", "gamma(40, 1e200)", "lognormal(1e300, x1e300)", "normal+(-1000, 1)", "uniform(-1e308, 1e308)", "1e13", "1_000",
    "nan", "inf", "normal(0, inf)", "mixture(1: " * 400 + "1" + ")" * 400, "mixture(1: " * 5 + "1" + ")" * 5, "٣",
    "choice(1: 0.5, inf: 0.5)", "x" * 2000,
])
def test_a_prior_draws_numbers_of_a_size_that_occurs(text):
    with pytest.raises(ValueError, match="; expected ") as caught:
        parse(text)
    assert len(str(caught.value)) < 1500


@pytest.mark.parametrize("network", ["/etc/passwd", "../network.csv", "series/stops.csv", "network", ".network.csv", "case.toml"])
def test_a_network_lies_beside_its_case(small_case, network):
    text = (small_case / "case.toml").read_text(encoding="utf-8")
    text = text.replace("sectors = 2", "sectors = 1").replace("[groups]", f'[groups]\nnetwork = "{network}"')
    (small_case / "case.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="expected the name of a CSV file beside case.toml"):
        cases.load(small_case)


def test_a_network_that_leads_out_of_its_case_is_not_read(small_case, tmp_path):
    (tmp_path / "secret.csv").write_text("root:x:0\n", encoding="utf-8")
    (small_case / "network.csv").symlink_to(tmp_path / "secret.csv")
    told = refusals(small_case, "case.toml", "[groups]", '[groups]\nnetwork = "network.csv"')
    assert any("a link that leads out of the case's folder" in fault for fault in told) and not any("root:x" in fault for fault in told)


HEAD = b"group,members,rivals,allies\n"


@pytest.mark.parametrize("content, told", [
    (HEAD + "A,12²,,0\n".encode(), "2: members '12²'; expected a whole number from 1 to 1,000,000"),
    (HEAD + "A,12,,3²\n".encode(), "2: allies '3²'; expected a whole number from 0 to 512"),
    (HEAD + "A,٣,,0\n".encode(), "2: members '٣'"),
    (HEAD + b"A\xe9,12,,0\n", "2: byte 29 is not UTF-8"),
    (HEAD + b"A,99999999999999999999,,0\n", "2: members '99999999999999999999'"),
    (HEAD + b"A,1,B:1e999,0\nB,1,,0\n", "2: weight '1e999' of rival 'B'"),
    (HEAD + b"A,1,B:nan,0\nB,1,,0\n", "2: weight 'nan' of rival 'B'"),
    (HEAD + b"A,1,B;B,0\nB,1,,0\n", "2: rival 'B' given twice"),
    (HEAD + b"A,1,,B;B\nB,1,,0\n", "2: ally 'B' given twice"),
    (HEAD + b"A,1,,0\nA,1,,0\n", "3: group 'A'; expected a name, and no name twice"),
    (HEAD + b'"A,1,,0\nB,1,,0\n', "2: a row that is no CSV"),
    (HEAD + b"A,1,,0,5\n", "2: 5 cells; expected 4 cells"),
    (HEAD + b"".join(b"g%d,1,,0\n" % i for i in range(600)), "600 groups; expected 1 to 512 groups"),
    (HEAD + b"a" * 200_000 + b",1,,0\n", "2: a row that is no CSV"),
    (b"", "0 groups"), (b"\x00\xff", "1: byte 1 is not UTF-8"), (b"group,members\n", "1: columns group, members"),
])
def test_a_network_table_is_refused_with_its_line(tmp_path, content, told):
    from interlope.scenario.network import read

    (tmp_path / "network.csv").write_bytes(content)
    with pytest.raises(BadInput) as caught:
        read(tmp_path / "network.csv", "network.csv")
    lines = str(caught.value).splitlines()
    assert any(line.startswith("network.csv:") and told in line for line in lines), lines
    assert max(map(len, lines)) < 400


def test_a_mark_without_a_letter_is_no_word(small_case):
    """An accent of another script in a cell is a fault of the cell, not of the program."""
    faults = refusals(small_case, "series/stops.csv", "2030-01-16,35", "2030-01-\u05ab&16,35")
    assert any("series/stops.csv:" in fault for fault in faults)


EVENT = '[[event]]\nkind = "operation"\nstart = {start}\ndays = {days}\nintensity = {intensity}\nsource = "court-files"\n\n[groups]'


@pytest.mark.parametrize("start, days, intensity, told", [
    ("2031-02-01", 3, 1.0, "an operation of 3 days from 2031-02-01; expected days from 2030-01-01 to"),
    ("2029-12-01", 10, 1.0, "an operation of 10 days from 2029-12-01; expected days from 2030-01-01 to"),
    ("2030-01-20", 3, 0, "intensity = 0"),
])
def test_an_event_acts_on_some_day(small_case, start, days, intensity, told):
    new = EVENT.format(start=start, days=days, intensity=intensity)
    assert any(told in line for line in refusals(small_case, "case.toml", "[groups]", new))


def test_an_event_is_given_once(small_case):
    once = EVENT.format(start="2030-01-20", days=3, intensity=1.0)
    twice = once.replace("[groups]", once)
    assert any("start 2030-01-20 given twice in [[event]]" in line for line in refusals(small_case, "case.toml", "[groups]", twice))


def test_a_folder_of_a_case_is_no_link_out_of_it(small_case, tmp_path):
    shutil.move(small_case / "options", tmp_path / "elsewhere")
    (small_case / "options").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadInput, match="a link that leads out of the case's folder"):
        cases.load(small_case)


def test_links_in_a_circle_are_refused(small_case):
    path = small_case / RIVALRY
    path.unlink()
    path.symlink_to(path.name)
    with pytest.raises(BadInput, match="links that lead round in a circle"):
        cases.load(small_case)


def test_what_is_missing_in_a_missing_table_is_told_with_a_line(small_case):
    path = small_case / "case.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("[time]", "[times]"), encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        cases.load(small_case)
    assert caught.value.faults and all(fault.line for fault in caught.value.faults if fault.file.endswith("case.toml"))
