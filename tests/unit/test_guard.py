"""Guard: what each rule refuses, what declarations excuse, every channel of a case, and work that grows as the text does."""

from __future__ import annotations

import re
import shutil
import time
from importlib import resources
from pathlib import Path

import pytest

import interlope
from interlope import guard
from interlope.errors import BadInput
from interlope.guard import Permission, Reviewed, forms, inspection
from interlope.scenario import texts

REFUSED = [
    ("person", "said Jane Example of the service"),
    ("person", "a word by JOHN EXAMPLE"),
    ("person", "J. R. Example"),
    ("person", "mr example"),
    ("person", "known as the Muster"),
    ("person", "J\u0430ne Ex\u200bample"),
    ("person", "Jane\nExample"),
    ("name", "the Primerovtsi of the north"),
    ("place", "a camp near Exampletown"),
    ("place", "exampletown-crossing"),
    ("place", "the Sample petrol station"),
    ("script", "راننده نمونه بود"),
    ("hour", "they met at 23:15"),
    ("hour", "2030-02-01T04:10"),
    ("coordinates", "at 46.18021, 19.97453"),
    ("coordinates", "46° 10' 48''"),
    ("coordinates", "cell 34T DS 1234 5678"),
    ("phone", "call +36 1 555 0100"),
    ("phone", "063 555 0100"),
    ("phone", "o63 555 o1oo"),
    ("phone", "٠٦٣ ٥٥٥ ٠١٠٠"),
    ("handle", "write to a.b@example.org"),
    ("handle", "t[.]me/example"),
    ("address", "12 Example Street"),
    ("road", "seen on the M5"),
    ("document", "passport AB1234567"),
    ("document", "IBAN HU42 1177 3016 1111 1018 0000 0000"),
    ("length", "a" * 10_001),
]


@pytest.mark.parametrize("rule, text", REFUSED)
def test_each_rule_refuses_with_a_way_out(rule, text):
    found = guard.inspect(text)
    assert rule in {finding.rule for finding in found}, found
    assert all(finding.remedy for finding in found)


def test_every_rule_is_tried():
    assert {rule for rule, _ in REFUSED} | {"declared"} == set(guard.RULES)


def test_what_a_case_declares_passes():
    text = "seen by the Primerov Institute in Northland, near Southland and through Southland"
    assert guard.inspect(text)
    assert guard.inspect(text, {"Primerov Institute", "Northland", "Southland"}) == []
    assert guard.inspect("the Serbian–Hungarian border", {"Serbian-Hungarian border"}) == []


@pytest.mark.parametrize(
    "number", ["+36 30 123 4567", "46.18021, 19.97453", "23:15", "@example", "12 Example Street", "passport AB1234567"]
)
def test_no_declaration_and_no_review_excuses_a_number(number):
    permission = Permission([number], [number], [Reviewed(number, "it is needed")])
    assert guard.inspect(f"see {number}", permission)


def test_a_reviewed_text_passes_as_it_stands_and_nothing_else_of_it():
    permission = Permission(reviewed=[Reviewed("Primerov rule", "a rule that is named after its author")])
    assert guard.inspect("by the Primerov rule", permission) == []
    assert guard.inspect("by Primerov", permission)


def test_a_person_among_the_bodies_is_refused_and_an_organisation_is_not():
    bodies = ["Jane Example", "Ahmed", "Jane Example Foundation", "Frontex", "Example Institute"]
    assert [finding.text for finding in Permission(bodies=bodies).find_persons()] == ["Jane Example", "Ahmed"]
    reviewed = [Reviewed("Jane Example", "a ship")]
    assert [finding.text for finding in Permission(bodies=bodies, reviewed=reviewed).find_persons()] == ["Ahmed"]


# channels ---------------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def case(tmp_path):
    folder = tmp_path / "toy"
    shutil.copytree(Path(str(resources.files("interlope"))) / "cases" / "toy", folder)
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(BadInput) as error:
        interlope.load(folder)
    return [str(fault).replace(str(folder) + "/", "") for fault in error.value.faults]


CHANNELS = [
    ("case.toml", "slots = 3", "slots = 3  # ask Ahmed", "case.toml:{line}: 'Ahmed' (person)"),
    ("case.toml", "format = 1", "# call +36 1\n# 555 0100\nformat = 1", "'+36 1 555 0100' (phone)"),
    ("case.toml", 'name = "coastal"', 'name = "exampletown crossing"', "'exampletown' (place)"),
    ("case.toml", "bodies = []", 'bodies = ["+36 30 123 4567"]', "case.toml:{line}: '+36 30 123 4567' (phone)"),
    ("case.toml", "bodies = []", 'bodies = ["Jane Example"]', "'Jane Example' (declared)"),
    ("case.toml", "[overrides]", "[overrides.Ahmed]\nvalue = 1\n[overrides]", "'Ahmed' (person)"),
    ("case.toml", "slots = 3", "slots = 3\nphone = 36301234567", "(phone)"),
    ("case.toml", "slots = 3", "slots = 3\nwhere = [46.18021, 19.97453]", "(coordinates)"),
    ("case.toml", "slots = 3", "slots = 3\nwhen = 04:10:00", "(hour)"),
    ("dossier.toml", 'id = "T1"', 'id = "ahmed-said"', "'ahmed' (person)"),
    ("dossier.toml", "one organisation", "one organisation of \\u0041hmed", "'Ahmed' (person)"),
    ("hypotheses/takeover.toml", "gloss = ", 'gloss = """\nof\nAhmed"""\ngloss2 = ', "hypotheses/takeover.toml:5: 'Ahmed' (person)"),
    ("options/joint-patrols.toml", "gloss = ", "# Ahmed\ngloss = ", "'Ahmed' (person)"),
    ("series/guard-detained.csv", "# licence: invented", "# licence: t.me/example", "series/guard-detained.csv:4: 't.me/example' (handle)"),
    ("series/guard-detained.csv", "# id: guard", "# 063 555 0100: guard", "'063 555 0100' (phone)"),
    ("series/guard-detained.csv", "2030", "at 23h15,2030", "'23h15' (hour)"),
    ("series/guard-detained.csv", "2030", "36301234567,2030", "36301234567' (phone)"),
]


@pytest.mark.parametrize("file, old, new, message", CHANNELS, ids=lambda value: str(value)[:24])
def test_every_channel_is_inspected(case, file, old, new, message):
    change(case / file, old, new)
    rows = (case / file).read_text(encoding="utf-8").split("\n")
    message = message.replace("{line}", str(1 + next(i for i, row in enumerate(rows) if new in row)) if "{line}" in message else "")
    assert any(message in fault for fault in faults_of(case)), faults_of(case)


def test_names_of_files_and_the_network_are_inspected(case):
    (case / "options" / "joint-patrols.toml").rename(case / "options" / "ahmed-patrols.toml")
    assert any("options/ahmed-patrols.toml: 'ahmed' (person)" in fault for fault in faults_of(case))
    network = case / "network.csv"
    network.write_text("# seen by Ahmed\ngroup,members,rivals,allies\nprimerovci,10,@example:2,\n", encoding="utf-8")
    found = [place.finding.rule for place in guard.inspect_file(network, "network.csv", Permission())]
    assert found == ["person", "handle"]


def test_declared_names_hold_for_tables_too(case):
    change(case / "series" / "guard-detained.csv", "# licence: invented", "# licence: Primerov Licence")
    assert any("'Primerov" in fault for fault in faults_of(case))
    change(case / "case.toml", "bodies = []", 'bodies = ["Primerov Licence"]')
    assert interlope.load(case).bodies == ("Primerov Licence",)


def test_bounds_of_a_table_are_no_coordinates(tmp_path):
    table = tmp_path / "s.csv"
    table.write_text("period,low,high\n2030-01-01,12.34567,15.67812\n2030-01-02,122239,2022\n", encoding="utf-8")
    assert guard.inspect_file(table, "series/s.csv", Permission()) == []


def test_a_reviewed_text_needs_a_reason_and_a_place(case):
    path = case / "case.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[[reviewed]]\ntext = "Primerov rule"\nreason = "named after its author"\n')
    assert any("'Primerov rule' stands nowhere in the case" in fault for fault in faults_of(case))
    change(case / "dossier.toml", "counts its own work", "counts by the Primerov rule")
    assert interlope.load(case).name == "toy"
    once = path.read_text(encoding="utf-8")
    path.write_text(once + '\n[[reviewed]]\ntext = "Primerov rule"\nreason = "something else"\n', encoding="utf-8")
    assert any("'Primerov rule' given twice in [[reviewed]]" in fault for fault in faults_of(case))
    path.write_text(once, encoding="utf-8")
    change(path, 'reason = "named after its author"\n', "")
    assert any("'reason' missing" in fault for fault in faults_of(case))


def test_explain_says_what_by_which_rule_where_and_how_to_declare(case):
    change(case / "dossier.toml", "counts its own work", "counts as Primerov counts")
    told = "\n".join(texts.explain(case))
    assert re.search(r"dossier\.toml:\d+: 'Primerov'", told) and "rule name: a capitalised word" in told
    assert "invented: counts as Primerov counts" in told and 'bodies = ["Primerov"]' in told and "[[reviewed]]" in told


def test_explain_of_a_case_without_findings_says_what_was_read_and_declared():
    told = texts.explain(Path(str(resources.files("interlope"))) / "cases" / "toy")
    assert told == [
        "The guard read 10 files: names of files, texts, keys, comments and cells.",
        "Declared places: Northland, Southland. Declared bodies: none.",
    ]


# work -------------------------------------------------------------------------------------------------------------------------------------

UNITS = [
    "a.",
    "a",
    "A",
    "0",
    "1 ",
    "1-",
    "A-",
    "al-",
    "12:",
    "a@",
    "a_",
    "Aa ",
    "J. ",
    "(",
    "1,",
    "http://a/",
    "a/",
    "O0",
    "4° ",
    "one ",
    "名",
    "م",
    "П",
    "12.12, ",
    "9A",
    "A1 ",
    "von ",
    "Ab & ",
    "Ab, ",
    "et al ",
    "5 Ab ",
    "a dot ",
    "tel ",
    "\u200b",
    "a'",
    "+",
    "2+",
    "1/",
    "1:",
    "\n",
    "in sampleton ",
]


def seconds(text: str) -> float:
    began = time.thread_time()
    guard.inspect(text)
    return time.thread_time() - began


@pytest.mark.parametrize("unit", UNITS, ids=ascii)
def test_work_grows_as_the_text_does(monkeypatch, unit):
    monkeypatch.setattr(inspection, "LONGEST", 10**6)
    guard.inspect("Jane")  # lists are read once
    short, long = unit * (3_000 // len(unit)), unit * (24_000 // len(unit))
    before, after = min(seconds(short) for _ in range(2)), seconds(long)
    assert after < 24 * before + 0.5, "quadratic work would be 64 times as much"


def test_no_form_is_empty_or_matches_nothing():
    for name in ("accounts", "grids", "roads", "addresses", "hours", "documents"):
        for pattern in forms.read(name):
            assert pattern.search("") is None and pattern.search("people waited near the border for two days") is None


@pytest.mark.parametrize("text", ["about 12,000 persons in 2023/24", "In 2023/24 fewer came", "the season of 2022/23"])
def test_a_season_of_two_years_is_no_document(text):
    assert not list(guard.inspect(text))


@pytest.mark.parametrize(("text", "rule"), [
    ("46.12, 19.56", "coordinates"), ("46.12,19.56", "coordinates"), ("46.12 19.56", "coordinates"), ("-33.45, 70.66", "coordinates"),
    ("in sampleton", "place"), ("near sampleton and on", "place"), ("from sampleton", "place"), ("held at sampleton.", "place"),
    ("whatsapp.com/channel/abc", "handle"), ("invite.viber.com/abc", "handle"), ("google.com/maps/abc", "handle"),
    ("zoom.us/j/123", "handle"),
    ("call 0640 123 456 2023-10-01", "phone"), ("window 0640 1234567 2023-10-01", "phone"), ("meet in Calais", "place"),
    ("from Herat to Kandahar", "place"), ("Sofia Example", "person"), ("Rafah at Sampleton", "place"),
])
def test_what_is_bare_or_in_small_letters_is_no_way_past(text, rule):
    assert rule in {finding.rule for finding in guard.inspect(text)}


@pytest.mark.parametrize("text", [
    "the Danube froze", "the Taliban took Kabul", "Dublin III regulation", "Lampedusa arrivals", "Calais camp", "Lesbos arrivals",
    "talks in Vienna",
    "Brussels decided", "along the Evros", "Tapachula registrations", "the Minsk agreements", "the Palermo Protocol", "Herat province",
    "window 1 2023-10-01 to 2023-12-31", "2023-10-01 2023-12-31", "2023-10-01/2023-12-31", "Mon, 06 Nov 2023", "45.2, 47.1", "0.25, 0.75",
    "46.12, 19.56 and 12.01", "fitted to quantiles", "in subsamples, by week",
])
def test_the_vocabulary_of_analysts_passes(text):
    assert not list(guard.inspect(text))


def test_a_digest_is_passed_over_under_its_own_key_only(tmp_path):
    """Random digests hold letters and digits that a name or a number is told by: one in two thousand, so that long reports were refused."""
    file = tmp_path / "dossier.toml"
    digits, named = "0631084812861679", "abad3d9705f2a075"
    file.write_text(f'fingerprint = "{digits}"\nsentences = ["0-10:{named}"]\n', encoding="utf-8")
    assert guard.inspect_file(file, file.name, Permission()) == []
    file.write_text(f'note = "{digits}"\nfingerprint = "call {digits}"\nsentences = ["seen by {named}"]\n', encoding="utf-8")
    assert len({place.line for place in guard.inspect_file(file, file.name, Permission())}) == 3


@pytest.mark.parametrize("text", ["grid square CR 98 12", "seen in grid square CR9812", "Grid square 98 12", "map sheet CR 98",
                                  "grid-square DR 45 01 in the north"])
def test_a_square_of_a_grid_is_a_place(text):
    assert "coordinates" in {finding.rule for finding in guard.inspect(text)}


@pytest.mark.parametrize("text", ["St. Nicholas Day", "before St George's Day", "on Saint Stephen's Day", "St. Sylvester Eve",
                                  "a grid cell of 2 km", "the map sheet is from 1998", "grid squares of equal size"])
def test_days_of_saints_and_grids_of_a_model_pass(text):
    assert not guard.inspect(text)


@pytest.mark.parametrize("text", ["St. Nicholas Petrovic", "Nicholas, on the day", "St. Nicholas Day with Dragan Petrovic"])
def test_a_saint_before_a_name_hides_no_person(text):
    assert guard.inspect(text)
