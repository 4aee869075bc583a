"""One door: whatever happens in a verb or is typed before it, no trace on the screen, an envelope where one is owed, an exit code."""
from __future__ import annotations

import errno
import io
import json
import os
import stat
import subprocess
import sys
import tempfile

import pytest
from rich.console import Console

from interlope.cli import console, job
from interlope.cli.app import VERBS
from interlope.cli.door import enter
from interlope.scenario import case as cases

WAY = (sys.executable, "-m", "interlope")


@pytest.fixture
def traces(tmp_path, monkeypatch):
    """Traces of this test are saved in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def fail_with(monkeypatch, error):
    def load(name):
        raise error

    monkeypatch.setattr(cases, "load", load)
    monkeypatch.setattr(job, "load", load)


def endless(depth=0):
    return endless(depth + 1)


SURPRISES = [KeyError("members"), RecursionError("too deep"), ValueError("a\x1b[31mb"), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"),
             AssertionError(), RuntimeError("Could not determine home directory."), SystemError("x" * 10_000)]


@pytest.mark.parametrize("error", SURPRISES, ids=lambda e: type(e).__name__)
def test_a_surprise_is_our_fault_and_its_trace_is_saved(monkeypatch, capsys, traces, error):
    fail_with(monkeypatch, error)
    assert enter(["check", "toy"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "this is our fault, not yours" in said.err
    assert "Traceback" not in said.err
    assert "\x1b" not in said.err
    assert len(said.err) < 800
    (trace,) = traces.glob("interlope-fault-*.txt")
    assert str(trace) in said.err.replace("\n", "")
    assert stat.S_IMODE(trace.stat().st_mode) == 0o600
    text = trace.read_text(encoding="utf-8")
    assert f"{type(error).__name__}" in text
    assert "interlope/cli/check.py:" in text
    assert str(os.path.expanduser("~")) + os.sep not in text


@pytest.mark.parametrize("verb", sorted(set(VERBS) - {"cite", "schema", "import", "new", "verify", "report", "simulate", "read", "confirm",
                                                      "kinds", "fields", "levers", "cases", "explore", "export", "figures"}))
def test_a_surprise_in_any_verb_with_json_is_one_envelope(monkeypatch, capsys, traces, verb):
    fail_with(monkeypatch, KeyError("members"))
    words = {"cluster": ["slurm", "toy", "takeover"], "replay": ["serbia-hungary"]}.get(verb, ["toy"])
    assert enter([verb, *words, "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["schema"], found["status"], found["result"]) == (f"interlope/{verb}/1", "error", None)
    assert (found["error"]["kind"], found["error"]["exit_code"]) == ("our_fault", 1)


def test_a_trace_of_endless_depth_is_short(monkeypatch, capsys, traces):
    monkeypatch.setattr(cases, "load", endless)
    assert enter(["params", "toy"]) == 1
    (trace,) = traces.glob("*.txt")
    assert len(trace.read_text(encoding="utf-8").splitlines()) < 50


@pytest.mark.parametrize(("error", "words"), [
    (OSError(errno.ENOSPC, "full", "out/x"), "out/x: no space is left on the disk; make room"),
    (PermissionError(errno.EACCES, "no", "out/x"), "out/x: permission denied; make it writable, or name another place"),
    (MemoryError(), "memory ran out; expected less at once"),
])
def test_what_the_machine_explains_is_not_our_fault(monkeypatch, capsys, traces, error, words):
    fail_with(monkeypatch, error)
    assert enter(["check", "toy"]) == 1
    said = capsys.readouterr().err
    assert words in said
    assert "our fault" not in said
    assert list(traces.glob("*.txt")) == []


def test_a_stop_is_exit_code_130_with_and_without_an_envelope(monkeypatch, capsys):
    fail_with(monkeypatch, KeyboardInterrupt())
    assert enter(["check", "toy"]) == 130
    assert "Stopped" in capsys.readouterr().err
    assert enter(["check", "toy", "--json"]) == 130
    assert json.loads(capsys.readouterr().out)["status"] == "interrupted"


@pytest.mark.parametrize("words", [[], ["wiegh", "toy"], ["--banana"], ["weigh"], ["weigh", "toy", "x"], ["weigh", "toy", "--seed", "x"],
                                   ["weigh", "toy", "--seed", "9" * 5000], ["odd", "toy", "--out"], ["weigh", "\x1b[31m", "--banan\u202e"]])
def test_a_command_line_that_cannot_be_read_is_bad_input(capsys, words):
    assert enter(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert all(line.isprintable() for line in said.err.splitlines())
    assert enter([*words, "--json"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert (found["status"], found["error"]["kind"], found["error"]["exit_code"]) == ("error", "bad_input", 2)
    assert found["error"]["text"]


ENCODINGS = ["cp1252", "cp1250", "latin-1", "iso8859-2", "ascii", "cp437"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("words", [["dossier", "toy"], ["odd", "toy"], ["params", "serbia-hungary"], ["odd", "toy", "--json"]])
def test_text_leaves_in_any_encoding(monkeypatch, encoding, words):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding=encoding))
    assert enter(words) == 0
    text = written.getvalue().decode(encoding)
    assert text.isascii() or encoding != "ascii"
    if "--json" in words:
        assert json.loads(text)["status"] == "ok"
    else:
        assert "\\u2212" not in text
        assert len(text) > 500


def test_a_minus_that_an_encoding_lacks_is_a_hyphen(monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="cp1252"))
    from interlope.cli import streams

    streams.prepare()
    console.print_lines(["−32.2 ± 0.03 → š ⁴"])
    sys.stdout.flush()
    assert written.getvalue().decode("cp1252").rstrip() == "-32.2 ± 0.03 -> š 4"


@pytest.mark.parametrize("width", [20, 40])
def test_a_narrow_terminal_gets_every_table(monkeypatch, capsys, width):
    shown = Console(width=width, force_terminal=True, file=io.StringIO())
    monkeypatch.setattr(console, "out", lambda: shown)
    for words in (["dossier", "toy"], ["params", "toy"], ["check", "toy"]):
        assert enter(words) == 0
    assert "watch" in shown.file.getvalue()


def test_words_of_a_case_are_no_markup_and_no_emoji(monkeypatch):
    shown = Console(width=120, file=io.StringIO())
    monkeypatch.setattr(console, "out", lambda: shown)
    monkeypatch.setattr(console, "err", lambda: shown)
    words = "dossier.toml:100: [red]not red[/] [/] :smile: [link=x]y[/link]"
    console.print_lines([words])
    console.print_table(words, [words], [[words]])
    console.tell(words)
    assert shown.file.getvalue().count(words) == 5  # a line, a title, a heading, a cell, a line


PLACES = [["weigh", "toy", "--out", "afile"], ["study", "toy", "--out", "afile/x"], ["fit", "toy", "--out", "afile"],
          ["compare", "toy", "--out", "afile"], ["sensitivity", "toy", "--out", "afile"], ["recover", "toy", "--out", "afile"],
          ["recover", "toy", "--page", "afile/x.md"], ["odd", "toy", "--out", "afile/x.md"],
          ["cluster", "slurm", "toy", "takeover", "--to", "afile"], ["verify", "--only", "contest", "--out", "afile/x"],
          ["schema", "weigh", "--out", "afile"], ["report", "serbia-hungary", "--to", "afile"],
          ["simulate", "toy", "takeover", "--draws", "1", "--days", "2", "--out", "afile"], ["odd", "toy", "--out", "."]]


@pytest.mark.parametrize("words", PLACES, ids=lambda words: " ".join(words[:1] + words[-2:]))
def test_a_place_that_cannot_be_written_is_told_before_anything_runs(monkeypatch, capsys, tmp_path, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "afile").write_text("x")
    assert enter([*words, "--json"]) == 2
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert "expected a fol" in found["error"]["text"] or "expected a file" in found["error"]["text"]
    assert said.err == ""
    assert [p.name for p in tmp_path.iterdir()] == ["afile"]


def test_an_option_is_no_value_of_another(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert enter(["odd", "toy", "--out", "--json"]) == 2
    assert "'--json' stands where a value belongs" in json.loads(capsys.readouterr().out)["error"]["text"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device on this system")
def test_a_full_or_closed_output_is_told_or_quiet():
    with open("/dev/full", "w") as full:
        done = subprocess.run([*WAY, "params", "toy"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "no space is left on the disk" in done.stderr
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([*WAY, "params", "toy"], stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")
