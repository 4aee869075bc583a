"""Reading and confirming on the command line: what is written, what is refused, and what stays as it was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from interlope.cli.confirm import _setting as setting
from interlope.dossier.entry import STATED
from interlope.dossier.kinds import REGISTRY
from interlope.reader.proposed import OF_A_CLAIM
from interlope.scenario.fields import list_fields

REPORT = Path(__file__).parents[2] / "docs" / "howto" / "coast-report.txt"
COMPLETE = ["--root", "guard-count", "--set", "series=stopped", "--set", "reduce=mean", "--set", "window=[2030-01-11, 2030-02-05]"]


@pytest.fixture
def border(line, request):
    """A case with the report read into it, and the report beside it."""
    name = "border-" + request.node.name.partition("[")[0].removeprefix("test_").replace("_", "-")[:40].strip("-")
    shutil.copy(REPORT, line.folder / "coast-report.txt")
    if not (line.folder / name).exists():
        line("new", name)
        line("read", "coast-report.txt", "--into", name)
    return line.folder / name


def test_reading_again_changes_no_byte_even_of_what_a_person_edited(line, border):
    path = border / "proposed.toml"
    edited = path.read_text(encoding="utf-8").replace('kind = "interval"', 'kind = "total"  # mine', 1)
    path.write_text(edited, encoding="utf-8")
    result = json.loads(line("read", "coast-report.txt", "--into", border.name, "--json").stdout)["result"]
    assert result["added"] == [] and result["acquainted"][0]["relation"] == "same"
    assert path.read_text(encoding="utf-8") == edited


def test_a_reading_that_was_stopped_half_way_is_completed(line, border):
    path = border / "proposed.toml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[: whole.index("[[proposal]]", len(whole) // 2)], encoding="utf-8")
    assert json.loads(line("read", "coast-report.txt", "--into", border.name, "--json").stdout)["result"]["added"]
    assert path.read_text(encoding="utf-8").split() == whole.split()


def test_nothing_of_the_text_is_stored(line, border):
    words = REPORT.read_text(encoding="utf-8").split()
    stored = " ".join((border / "proposed.toml").read_text(encoding="utf-8").split())
    assert not [i for i in range(len(words) - 3) if " ".join(words[i : i + 4]) in stored]


def test_what_is_missing_is_named_and_nothing_is_written(line, border):
    before = (border / "dossier.toml").read_bytes(), (border / "proposed.toml").read_bytes()
    told = line("confirm", border.name, "coast-report-003", code=2).stderr
    for word in (
        "root missing",
        "series missing",
        "could be stopped, prevented",
        "window missing",
        "reduce missing",
        "no date",
        "proposed.toml:",
    ):
        assert word in told
    told = line("confirm", border.name, "coast-report-003", *COMPLETE[2:], "--root", "gard-count", "--date", "2030-02-08", code=2).stderr
    assert "root 'gard-count' is not in the dossier" in told and "guard-count" in told and "--letter" in told
    misspelt = [word.replace("=stopped", "=stoped") for word in COMPLETE]
    told = line("confirm", border.name, "coast-report-003", *misspelt, "--date", "2030-02-08", code=2).stderr
    assert "stoped" in told and "nearest 'stopped'" in told and border.name in told
    assert before == ((border / "dossier.toml").read_bytes(), (border / "proposed.toml").read_bytes())


def test_a_proposal_can_be_confirmed_as_a_change_between_two_windows(line, border):
    words = [*COMPLETE, "--kind", "change", "--set", "unit=percent", "--set", "low=60", "--set", "high=60", "--date", "2030-02-07",
             "--paraphrase", "fewer were stopped than in the weeks before"]
    words[words.index("window=[2030-01-11, 2030-02-05]")] = "window=[2030-01-27, 2030-02-05]"
    lacking = line("confirm", border.name, "coast-report-003", *words, code=2).stderr
    assert "baseline missing" in lacking and 'baseline=[2029-01-01, 2029-01-31]' in lacking
    line("confirm", border.name, "coast-report-003", *words, "--set", "baseline=[2030-01-11, 2030-01-20]")
    written = (border / "dossier.toml").read_text(encoding="utf-8").split("[[claim]]")[-1]
    assert 'kind = "change"' in written and "baseline = [2030-01-11, 2030-01-20]" in written
    line("check", border.name)


@pytest.mark.parametrize("unit, told", [("persons/week", " a week"), ("persons / day", " a day")])
def test_the_sentence_of_a_number_follows_the_unit_that_a_person_states(line, border, unit, told):
    before = {path: path.read_text(encoding="utf-8") for path in (border / "proposed.toml", border / "dossier.toml")}
    made = line("confirm", border.name, "coast-report-003", *COMPLETE, "--set", f"unit={unit}", "--date", "2030-02-08", "--no-likelihood",
                "a trial of the unit", "--json")
    (claim,) = json.loads(made.stdout)["result"]["confirmed"]
    assert claim["paraphrase"] == f"between 20 and 60 persons stopped{told}"
    for path, text in before.items():
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("kind", STATED)
def test_every_key_that_a_kind_takes_can_be_set(kind):
    for key in {*REGISTRY[kind].NEEDS, *getattr(REGISTRY[kind], "MAY", ())}:
        assert setting(f"{key}=1") == (key, 1)


def test_every_key_of_a_claim_can_be_set_but_those_of_its_place_in_a_document():
    fields = {field.key for field in list_fields() if (field.file, field.table) == ("dossier.toml", "claim[]")}
    assert fields == {*OF_A_CLAIM, "id", "document", "span", "fingerprint", "status"}


def test_a_proposal_can_be_confirmed_as_the_effect_of_an_event(line, border):
    path = border / "case.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('kind = "operation"', 'kind = "operation"\nid = "patrol-wave"', 1),
                    encoding="utf-8")
    words = [*COMPLETE, "--kind", "effect", "--set", "unit=percent", "--set", "low=60", "--set", "high=60", "--date", "2030-02-17",
             "--paraphrase", "fewer were stopped than without the operation"]
    words[words.index("window=[2030-01-11, 2030-02-05]")] = "window=[2030-02-01, 2030-02-10]"
    lacking = line("confirm", border.name, "coast-report-003", *words, code=2).stderr
    assert "event missing" in lacking and "--set event=..." in lacking
    line("confirm", border.name, "coast-report-003", *words, "--set", "event=patrol-wave", "--set", "published=2030-02-17")
    written = (border / "dossier.toml").read_text(encoding="utf-8").split("[[claim]]")[-1]
    assert 'kind = "effect"' in written and 'event = "patrol-wave"' in written
    line("check", border.name)


@pytest.mark.parametrize("name, text, refused, decided, bounds", [
    ("weekly", "Guards counted 1.200 crossings per week in the spring.", "number is 1.2 or 1,200", ["--set", "value=1200"], (1200, 1200)),
    ("least", "Guards counted at least 1.200 crossings per week.", "at least 1,200", ["--set", "low=1200"], (1200, None)),
    ("cut", "Guards said crossings were cut to 40 %.", "a share of 40 % (kind interval)", ["--kind", "interval"], (0.4, 0.4)),
])
def test_a_number_of_two_readings_is_decided_by_a_person(line, border, name, text, refused, decided, bounds):
    (line.folder / "two.txt").write_text(text, encoding="utf-8")
    added = json.loads(line("read", "two.txt", "--into", border.name, "--id", name, "--json").stdout)["result"]
    (proposal,) = [p["id"] for p in added["proposals"] if p["interpretations"]]
    words = ["confirm", border.name, proposal, "--root", "guard-count", "--date", "2030-02-08", "--no-likelihood", "a trial of the reader",
             "--paraphrase", "what the guards counted"]
    before = (border / "dossier.toml").read_bytes()
    said = " ".join(line(*words, code=2).stderr.split())
    assert refused in said and "--set value=" in said and (border / "dossier.toml").read_bytes() == before
    line(*words, *decided)
    (claim,) = [c for c in json.loads(line("dossier", border.name, "--json").stdout)["result"]["claims"] if c["id"] == proposal]
    assert (claim["low"], claim["high"]) == bounds


@pytest.mark.parametrize("name, decided, said", [("comma", [], True), ("decimal", ["--set", "value=1.2"], False)])
def test_a_comma_read_as_thousands_is_said_again_where_it_is_confirmed(line, border, name, decided, said):
    (line.folder / f"{name}.txt").write_text(f"By the {name} guards counted 1,200 crossings per week.", encoding="utf-8")
    added = json.loads(line("read", f"{name}.txt", "--into", border.name, "--json").stdout)["result"]
    (proposal,) = added["proposals"]
    assert proposal["marks"] == ["comma-as-thousands"]
    done = line("confirm", border.name, proposal["id"], "--root", "guard-count", "--date", "2030-02-08", "--no-likelihood", "a trial",
                "--json", *decided)
    (claim,) = json.loads(done.stdout)["result"]["confirmed"]
    assert ("mark of thousands" in " ".join(claim["assumed"])) == said


def test_a_new_root_and_source_are_written_with_the_claim(line, border):
    new = [
        "--root",
        "harbour-count",
        "--source",
        "harbour",
        "--letter",
        "B",
        "--role",
        "harbour office (invented)",
        "--reason",
        "counts (invented)",
        "--made",
        "2030-02-01",
        "--what",
        "count of the office (invented)",
    ]
    line(
        "confirm",
        border.name,
        "coast-report-003",
        *COMPLETE[2:],
        *new,
        "--date",
        "2030-02-08",
        "--title",
        "Coast report (invented)",
        "--as",
        "K1",
    )
    told = json.loads(line("dossier", border.name, "--json").stdout)["result"]
    (claim,) = [c for c in told["claims"] if c["id"] == "K1"]
    assert (claim["root"], claim["low"], claim["high"], claim["likelihood"]) == ("harbour-count", 20, 60, True)
    assert [r["source"] for r in told["roots"] if r["id"] == "harbour-count"] == ["harbour"]
    assert "is confirmed already" in line("confirm", border.name, "coast-report-003", code=2).stderr


def test_all_confirms_what_is_complete_and_lists_the_rest(line, border):
    path = border / "proposed.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("\nsha256", "\ndate = 2030-02-08\nsha256", 1), encoding="utf-8")
    result = json.loads(line("confirm", border.name, "--all", *COMPLETE, "--json").stdout)["result"]
    assert [c["proposal"] for c in result["confirmed"]] == ["coast-report-003"]
    assert len(result["refused"]) == result["waiting"] == 12 and all(result["refused"].values())


def test_a_copy_saved_again_is_recognised_and_verified(line, border):
    line("confirm", border.name, "coast-report-003", *COMPLETE, "--date", "2030-02-08")
    folder = line.folder / "copies"
    folder.mkdir(exist_ok=True)
    text = REPORT.read_text(encoding="utf-8").replace("\n", "\r\n").replace('"', "\u201c").replace(" a ", "  a ")
    (folder / "again.txt").write_bytes(("\ufeff" + text).encode())
    told = " ".join(line("check", border.name, "--documents", str(folder)).output.split())
    assert "was saved again as again.txt: 8 of 8 sentences by their fingerprints; 1 of 1 spans" in told
    result = json.loads(line("read", str(folder / "again.txt"), "--into", border.name, "--json").stdout)["result"]
    assert (result["acquainted"][0]["relation"], result["added"]) == ("saved again", [])
    (folder / "again.txt").write_text("Nothing of it is here.", encoding="utf-8")
    assert "no copy of document 'coast-report'" in line("check", border.name, "--documents", str(folder), code=2).stderr


def test_a_text_that_repeats_another_is_named(line, border):
    sentence = REPORT.read_text(encoding="utf-8").split(". ")[0]
    (line.folder / "relay.txt").write_text(f"{sentence}. Nobody was hurt at the border, police said.", encoding="utf-8")
    told = line("read", "relay.txt", "--into", border.name).output
    assert "shares 1 of 8 sentences with 'coast-report'" in " ".join(told.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["read", "coast-report.txt", "--into", "toy"], "comes with the package"),
        (["read", "nowhere.txt"], "no such file"),
        (["read", ".", "--into", "toy"], "a folder"),
        (["read", "coast-report.txt", "--date", "2030-02-08"], "without --into"),
        (["read", "coast-report.txt", "--into", "nocase"], "no such case"),
        (["confirm", "toy", "x"], "comes with the package"),
        (["confirm", "{case}"], "expected ids of proposals, or --all"),
        (["confirm", "{case}", "coast-report-03"], "such as coast-report-003"),
        (["confirm", "{case}", "coast-report-003", "--all"], "one of them"),
        (["confirm", "{case}", "coast-report-003", "--set", "seriess=stopped"], "nearest 'series'"),
        (["confirm", "{case}", "coast-report-003", "--made", "tomorrow"], "expected a day"),
        (["confirm", "{case}", "coast-report-002", "coast-report-003", "--as", "K"], "one proposal"),
        (["confirm", "{case}", "coast-report-003", "--reject", "--set", "low=2", "--kind", "total"], "with --kind, --set"),
        (["confirm", "{case}", "coast-report-003", "--reject", "--root", "guard-count"], "--reject together with --root"),
        (["confirm", "{case}", "coast-report-003", "--reject", "--no-likelihood", "x"], "--reject together with --no-likelihood"),
        (["confirm", "{case}", "coast-report-003", "--set", "low=2", "--set", "low=3"], "--set low=... is given twice"),
        (["confirm", "{case}", "coast-report-003", "--root", "a", "--set", "root=b"], "--set root=... beside --root"),
        (["confirm", "{case}", "coast-report-003", "--no-likelihood", "a", "--set", "no_likelihood=b"], "beside --no-likelihood"),
        (["confirm", "{case}", "coast-report-003", "--set", "value=2", "--set", "low=3", "--set", "high=4"], "nothing to say"),
        (["confirm", "{case}", "coast-report-003", "--root", "guard-count", "--source", "x", "--made", "2030-02-01", "--what", "y"],
         "--source, --made, --what beside root 'guard-count', which the dossier has already"),
        (["confirm", "{case}", "coast-report-003", "--root", "new", "--source", "border-guard", "--letter", "A", "--role", "x"],
         "--letter, --role beside source 'border-guard', which the dossier has already"),
    ],
)
def test_what_cannot_be_done_is_said(line, border, words, told):
    assert told in line(*(word.format(case=border.name) for word in words), code=2).stderr


@pytest.mark.parametrize("before, after, told", [
    ("lineage = ", 'lineage = "hearsay"  # ', "lineage 'hearsay' unknown"),
    ("span = [", "span = [9999999, ", "expected 2 numbers"),
    ('fingerprint = "', 'fingerprint = "z', "16 digits and letters a to f"),
    ("[[proposal]]", "[[proposal]]\nsd = -4\nholdout = 3", "sd = -4"),
    ("[[proposal]]", "[[proposal]]\nbanana = 1", "'banana' unknown"),
    ("[[proposal]]", '[[proposal]]\nwindow = "May"', "two dates"),
    ("characters = ", "characters = 5  # ", "span"),
])
def test_every_entry_of_a_proposal_is_held_to_its_type_and_range(line, border, before, after, told):
    path = border / "proposed.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    said = line("check", border.name, code=2).stderr
    path.write_text(text, encoding="utf-8")
    assert told in said and "proposed.toml:" in said


@pytest.mark.parametrize("option, value", [("--title", "by John Smith of Paris"), ("--id", "John.Smith"), ("--title", "a\x1b[31mb")])
def test_one_wrong_name_of_a_document_is_one_fault(line, border, option, value):
    text = "Police said at least 40 people were arrested last week. Guards counted 12 boats in May."
    (line.folder / "other.txt").write_text(text, encoding="utf-8")
    before = (border / "proposed.toml").read_bytes()
    said = line("read", "other.txt", "--into", border.name, option, value, code=2).stderr
    assert said.startswith("1 fault") and option in said and (border / "proposed.toml").read_bytes() == before


def test_a_fault_in_the_file_of_proposals_has_its_line(line, border):
    path = border / "proposed.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('status = "proposed"', 'status = "perhaps"', 1), encoding="utf-8")
    told = line("check", border.name, code=2).stderr
    assert "proposed.toml:" in told and "status 'perhaps' unknown" in told
    path.write_text("format = 1\n# by Mr. Xylander\n", encoding="utf-8")
    assert "(person)" in line("check", border.name, code=2).stderr
