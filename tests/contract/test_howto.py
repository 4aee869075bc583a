"""The how-to pages: their Python runs on an ensemble made as they say; what needs a graphics card ends in a helpful sentence."""
from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import interlope
from interlope.errors import BadInput
from interlope.model import cuda
from interlope.scenario.case import load

PAGES = Path(__file__).parents[2] / "docs" / "howto"


def python_of(page):
    return re.findall(r"^```python\n(.*?)^```", (PAGES / page).read_text(encoding="utf-8"), re.M | re.S)


def test_a_finished_ensemble_is_opened_as_the_page_says(line, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    line("simulate", "toy", "takeover", "--draws", "12", "--days", "20", "--out", str(tmp_path / "runs"))
    blocks = python_of("cluster.md")
    assert blocks
    for body in blocks:
        names: dict[str, object] = {}
        exec(compile(body, "cluster.md", "exec"), names)
        assert names["complete"].sizes["replicate"] == 12


def test_the_candidates_on_the_page_are_read(tmp_path):
    """The entries shown, in a copy of the made-up case; each is one that the case ships, word for word where it matters."""
    shutil.copytree(Path(interlope.__file__).parent / "cases" / "toy", tmp_path / "toy")
    blocks = re.findall(r"^```toml\n(.*?)^```", (PAGES / "seek.md").read_text(encoding="utf-8"), re.M | re.S)
    (tmp_path / "toy" / "evidence.toml").write_text("".join(blocks), encoding="utf-8")
    candidates = {c.id: c for c in load(tmp_path / "toy").candidates}
    assert set(candidates) == {"second-observer", "guard-next"}
    for name, candidate in candidates.items():
        shipped = next(c for c in load("toy").candidates if c.id == name)
        assert [p.covers for p in candidate.periods] == [p.covers for p in shipped.periods]
        assert (candidate.letter, candidate.days) == (shipped.letter, shipped.days)


def test_the_page_on_cards_runs_or_says_what_is_missing(monkeypatch):
    (body,) = python_of("cuda.md")
    assert 'device="cuda"' in body
    if cuda.cuda is None or not cuda.cuda.is_available():
        with pytest.raises(BadInput, match="device 'cuda'"):
            exec(compile(body.replace("4096", "4"), "cuda.md", "exec"), {})
    else:
        exec(compile(body.replace("4096", "4"), "cuda.md", "exec"), {})
