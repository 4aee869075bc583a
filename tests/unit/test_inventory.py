"""Inventory: every file that a case is read from has a digest; what looks like one and is not read is refused; the rest is listed."""
from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import interlope
from interlope.cli.app import app
from interlope.errors import BadInput
from interlope.scenario import case as cases
from interlope.scenario.description import describe_files

CASES = Path(interlope.__file__).parent / "cases"


def refusal(folder: Path) -> str:
    with pytest.raises(BadInput) as caught:
        cases.load(folder)
    return str(caught.value)


def test_a_network_is_a_file_of_its_case(tmp_path):
    folder = tmp_path / "cartels"
    shutil.copytree(CASES / "cartels", folder)
    before = cases.load(folder)
    assert "network.csv" in before.files() and list(before.files()) == sorted(before.files())
    table = folder / "network.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("allies\n", "allies\n# a remark\n"), encoding="utf-8")
    after = cases.load(folder)
    changed = [name for name, digest in after.files().items() if digest != before.files()[name]]
    assert changed == ["network.csv"] and after.sha256 != before.sha256


@pytest.mark.parametrize("source, target", [
    ("hypotheses/takeover.toml", "hypotheses/takeover.TOML"),
    ("hypotheses/takeover.toml", "hypotheses/old/takeover.toml"),
    ("hypotheses/takeover.toml", "Hypotheses/takeover.toml"),
    ("options/joint-patrols.toml", "options/joint-patrols.Toml"),
    ("options/joint-patrols.toml", "option/joint-patrols.toml"),
    ("series/stops.csv", "series/stops.CSV"),
    ("series/stops.csv", "series/stops.csv.txt"),
    ("series/stops.csv", "series/stops.tsv"),
    ("series/stops.csv", "series/2030/stops.csv"),
    ("series/stops.csv", "Series/stops.csv"),
])
def test_a_file_that_was_meant_to_be_read_is_never_passed_over(small_case, source, target):
    (small_case / target).parent.mkdir(exist_ok=True)
    (small_case / source).rename(small_case / target)
    told = refusal(small_case)
    part = target if target.count("/") == 1 and target.split("/")[0] in ("hypotheses", "options", "series") else target.rsplit("/", 1)[0]
    assert str(small_case / part) in told and "not read" in told and "rename" in told


def test_hidden_files_are_passed_over_and_others_are_listed(small_case):
    for name in ("series/._stops.csv", "hypotheses/.#rivalry.toml", ".git/config.toml", "series/notes.xlsx", "hypotheses/rivalry.toml~",
                 "out/manifest.json", "notes.md"):
        (small_case / name).parent.mkdir(exist_ok=True)
        (small_case / name).write_bytes(b"\xff\x00")
    case = cases.load(small_case)
    assert len(case.files()) == 8
    assert list(case.inventory.unread) == ["notes.md", "out/", "hypotheses/rivalry.toml~", "series/notes.xlsx"]


def test_check_says_what_is_read_what_is_not_and_the_limits(small_case):
    (small_case / "notes.md").write_text("x", encoding="utf-8")
    said = describe_files(cases.load(small_case))
    assert said[0] == "Read: case.toml, dossier.toml, 2 in hypotheses/, 3 in options/, 1 in series/."
    assert said[1] == "Not read: notes.md (no part of a case). Names that begin with a dot are passed over."
    assert "2 MiB in all, 512 KiB a TOML file, 512 KiB a table" in said[2] and "36,525 days" in said[2] and "1900 to 2200" in said[2]


def test_the_lock_file_of_an_open_table_is_no_table(small_case):
    before = cases.load(small_case)
    table = next(iter(sorted((small_case / "series").glob("*.csv"))))
    (table.parent / f"~${table.name}").write_bytes(b"\x05owner" + b" " * 150)
    assert cases.load(small_case).sha256 == before.sha256
    said = cases.load(small_case).inventory.unread
    assert said == {f"series/~${table.name}": "a lock file: a program has the file open, or left it behind"}


def test_the_two_states_are_named_by_key(small_case):
    case = cases.load(small_case)
    assert case.states.every == ("Northland", "Southland") == case.regions
    path = small_case / "case.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Southland"\n', '"Northland"\n'), encoding="utf-8")
    assert "transit and destination are both 'Northland'" in refusal(small_case)
    path.write_text(text.replace('destination = "Southland"\n', 'states = ["Eastland"]\n'), encoding="utf-8")
    assert "further states beside fewer than two" in refusal(small_case)
    path.write_text(text.replace('transit = "Northland"\ndestination = "Southland"\nplaces = []', 'places = ["Southland", "Northland"]'),
                    encoding="utf-8")
    assert cases.load(small_case).states.every == () and len(cases.load(small_case).regions) == 2


def test_what_is_no_file_of_the_case_is_refused(small_case, tmp_path):
    (small_case / "hypotheses" / "other.toml").mkdir()
    os.mkfifo(small_case / "series" / "pipe.csv")
    shutil.move(small_case / "options" / "joint-patrols.toml", tmp_path / "joint-patrols.toml")
    (small_case / "options" / "joint-patrols.toml").symlink_to(tmp_path / "joint-patrols.toml")
    (small_case / "series" / "large.csv").write_bytes(b"#" * (2**19 + 1))
    told = refusal(small_case).splitlines()
    for file, what in (("other.toml", "a folder; expected a file"), ("pipe.csv", "no ordinary file"),
                       ("joint-patrols.toml", "a link that leads out of the case's folder"), ("large.csv", "at most 524,288 bytes")):
        assert sum(file in line and what in line for line in told) == 1, (file, told)


def test_a_link_within_the_case_is_read(small_case):
    (small_case / "options" / "joint-patrols.toml").rename(small_case / "options" / "parked.txt")
    (small_case / "options" / "joint-patrols.toml").symlink_to("parked.txt")
    assert "options/joint-patrols.toml" in cases.load(small_case).files()


def test_a_header_of_an_earlier_version_is_read_over_and_said(small_case):
    table = next((small_case / "series").glob("*.csv"))
    text = table.read_text(encoding="utf-8")
    at = text.index("# missing:")
    table.write_text(text[:at] + "# holdout_from: 2030-02-05\n" + text[at:], encoding="utf-8")
    done = CliRunner().invoke(app, ["check", str(small_case)])
    line = text[:at].count("\n") + 1
    assert done.exit_code == 0 and f"{table.name}:{line}: 'holdout_from' has no effect" in " ".join(done.output.split())


@pytest.mark.parametrize("when, file", [
    ("read", "case.toml"), ("read_evidence", "dossier.toml"), ("read_evidence", "case.toml"),
    ("read_hypotheses", "hypotheses/rivalry.toml"),
    ("read_options", "series/guard-detained.csv"), ("inspect_texts", "options/joint-patrols.toml")])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path, monkeypatch, when, file):
    folder = tmp_path / "toy"
    shutil.copytree(CASES / "toy", folder)
    plain = getattr(cases, when)

    def meanwhile(*args, **kwargs):
        result = plain(*args, **kwargs)
        with (folder / file).open("a", encoding="utf-8") as text:
            text.write("\n" if file.endswith(".csv") else "# a remark\n")
        return result

    monkeypatch.setattr(cases, when, meanwhile)
    assert f"{folder / file}: a file that changed while it was read" in refusal(folder)
    monkeypatch.undo()
    assert cases.load(folder).files()[file]


def test_a_file_that_goes_away_while_it_is_read_is_refused(tmp_path, monkeypatch):
    folder = tmp_path / "toy"
    shutil.copytree(CASES / "toy", folder)
    plain = cases.read_options
    monkeypatch.setattr(cases, "read_options", lambda *args: [plain(*args), (folder / "dossier.toml").unlink()][0])
    assert "dossier.toml: a file that went away while it was read" in refusal(folder)
