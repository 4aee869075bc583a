"""figures: listed, chosen, written once and never over another file; what is wrong is said before anything is written."""
from __future__ import annotations

import json

import pytest

from interlope.reporting import gallery


def test_figures_are_listed_and_written_once_with_their_data(line):
    listed = json.loads(line("figures", "serbia-hungary", "--list", "--json").stdout)["result"]["figures"]
    assert {"letters", "explanations"} <= {f["name"] for f in listed} and all(f["files"] == [] for f in listed)
    words = ("figures", "serbia-hungary", "--only", "letters", "--format", "svg,png,pdf", "--to", "paper")
    about, = json.loads(line(*words, "--json").stdout)["result"]["figures"]
    assert [p.rpartition(".")[2] for p in about["files"]] == ["svg", "png", "pdf", "csv"]
    assert all((line.folder / p).stat().st_size > 100 for p in about["files"])
    before = {p: (line.folder / p).read_bytes() for p in about["files"]}
    assert "never overwritten" in line(*words, code=2).stderr
    assert before == {p: (line.folder / p).read_bytes() for p in about["files"]}


@pytest.mark.parametrize("words, told", [
    (("serbia-hungary", "--only", "leters"), "nearest 'letters'"), (("serbia-hungary", "--format", "gif"), "one of svg, png, pdf"),
    (("serbia-hungary", "--format", "png", "--width", "999", "--dpi", "1200"), "at most 20,000"),
    (("toy",), "interlope study toy"), (("nowhere",), "nowhere"), (("serbia-hungary", "--width", "1"), "--width"),
])
def test_what_is_wrong_is_said(line, words, told):
    assert told in " ".join(line("figures", *words, code=2).stderr.split())


def test_every_kind_of_analysis_has_its_figures():
    from interlope.cli.figures import ANALYSES

    assert set(ANALYSES) == set(gallery.ANALYSES) and set(gallery.BEHIND) == set(gallery.TITLES)


@pytest.mark.parametrize("below", ["", "paper"])
@pytest.mark.parametrize("words", [("figures", "serbia-hungary", "--only", "letters", "--to"), ("compare", "toy", "--search", "--write")])
def test_nothing_is_written_into_a_folder_of_finished_results(line, studied, words, below):
    before = sorted(studied.rglob("*"))
    told = " ".join(line(*words, str(studied / below), code=2).stderr.replace("│", " ").split())
    assert "a folder of finished results" in told and "expected another folder" in told
    assert sorted(studied.rglob("*")) == before
