"""The command line: help with examples, faults as a list with exit code 2, plain text when piped."""
from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from interlope.cli.app import VERBS

WAYS = (sys.executable, "-m", "interlope")


def test_help_of_every_verb_has_an_example(line):
    for verb in VERBS:
        words = " ".join(line(verb, "--help").output.split())
        assert f"Example: interlope {verb}" in words
        assert "--json" in words


def test_examples_in_help_can_be_parsed(line):
    from typer.main import get_command

    from interlope.cli.app import app

    for verb, (_, words, _) in VERBS.items():
        example = re.search(r"Example: interlope (.*)", words).group(1).split()
        command = get_command(app).commands[verb]
        context = command.make_context(verb, example[1:], resilient_parsing=True)
        assert context.params


def test_faults_are_listed_with_file_and_nearest_name_and_exit_code_2(line):
    line("new", "broken")
    path = line.folder / "broken" / "case.toml"
    path.write_text(path.read_text().replace("format = 1", "format = 1\nbanana = 2", 1))
    options = next((line.folder / "broken" / "options").glob("joint*.toml"))
    options.write_text(options.read_text().replace("joint_patrols", "joint_patrol"))
    done = line("check", "broken", code=2)
    assert re.search(r"case\.toml:\d+: .*banana", done.stderr)
    assert "nearest 'joint_patrols'" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(("words", "said"), [
    (["check", "tyo"], "nearest 'toy'"),
    (["simulate", "toy", "takover"], "nearest 'takeover'"),
    (["weigh", "toy", "--regrade", "watch-service"], "SOURCE=LETTER"),
    (["weigh", "toy", "--without", "watch-colection"], "nearest 'watch-collection'"),
    (["report", "nowhere"], "no such folder"),
    (["report", "."], "no results.json"),
    (["new", "Bad Name"], "small letters"),
    (["simulate", "toy", "takeover", "--by", "country"], "'sector' or 'class'"),
    (["weigh", "toy", "--seed", str(2**63)], "9223372036854775807"),
    (["simulate", "toy", "takeover", "--seed", str(2**64)], "9223372036854775807"),
])
def test_bad_input_says_what_was_expected(line, words, said):
    done = line(*words, code=2)
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.output


def test_no_folder_is_overwritten(line):
    line("new", "once")
    assert "already there" in line("new", "once", code=2).stderr
    (line.folder / "note").write_text("a file", encoding="utf-8")
    assert "note is a file; expected a folder that is writable or can be made" in " ".join(line("new", "note/once", code=2).stderr.split())


def test_a_new_case_checks_and_is_named_after_its_folder(line):
    line("new", "north-gate")
    assert "'north-gate'" in line("check", "north-gate").output
    text = (line.folder / "north-gate" / "case.toml").read_text()
    assert "# What the question is about" in text
    assert text.count("[[asks]]") == 2


def test_a_pipe_gets_plain_text_and_no_colour():
    done = subprocess.run([*WAYS, "params", "toy"], capture_output=True, text=True, check=True,
                          env={**os.environ, "FORCE_COLOR": ""})
    assert "\x1b[" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 120


def test_no_color_is_obeyed():
    done = subprocess.run([*WAYS, "check", "tyo"], capture_output=True, text=True, check=False,
                          env={**os.environ, "NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "xterm-256color"})
    assert done.returncode == 2
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", done.stderr)


def test_the_version_is_said():
    done = subprocess.run([*WAYS, "--version"], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"\d+[.+]\S+", done.stdout.strip())


def test_a_run_is_cited_by_its_id(line, studied):
    assert studied.name.removeprefix("toy-") in line("cite", str(studied)).output


def test_the_report_can_be_written_elsewhere(line, studied):
    line("report", str(studied), "--to", "briefing")
    assert (line.folder / "briefing" / "report.html").read_text() == (studied / "report.html").read_text()


def test_the_answer_is_printed_with_both_comparators(line):
    said = line("study", "toy", "--pairs", "20").output
    assert "compared with the same future without it" in said
    assert "compared with today" in said
    assert "report.html" in said
