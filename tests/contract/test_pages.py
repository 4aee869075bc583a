"""Pages for people: the files and names that they point at are there."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "interlope"
PAGES = ["CONTRIBUTING.md", "README.md", "SAFETY.md", "docs/reference/glossary.md", "docs/howto/cluster.md", "docs/howto/cuda.md",
         "docs/odd.md"]
FILE = re.compile(r"`((?:[\w.-]+/)*[\w.-]+\.(?:py|toml)|(?:[\w-]+/)+)`(?: \(`(\w+)`\))?")
OF_A_CASE = {"hypotheses/", "options/", "dossier.toml", "case.toml"}  # files of a case: every case has its own


def pointers(page):
    """Every file or folder that a page names, with the name inside it where one is given."""
    return [(file, name) for file, name in FILE.findall((ROOT / page).read_text(encoding="utf-8")) if file not in OF_A_CASE]


@pytest.mark.parametrize("page", PAGES)
def test_files_and_names_are_there(page):
    missing = []
    for file, name in pointers(page):
        path = next((folder / file for folder in (SOURCE, ROOT) if (folder / file).exists()), None)
        if path is None:
            missing.append(file)
        elif name and not re.search(rf"\b{name}\b", path.read_text(encoding="utf-8")):
            missing.append(f"{name} in {file}")
    assert missing == []


def test_there_are_pointers_to_follow():
    assert len(pointers("CONTRIBUTING.md")) > 40
    assert len(pointers("docs/reference/glossary.md")) > 25


@pytest.mark.parametrize("page", PAGES)
def test_links_point_at_files(page):
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not ((ROOT / page).parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_words_are_the_fields(page):
    prose = re.sub(r"`[^`\n]*`|\]\([^)]*\)|^```.*?^```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.M | re.S)
    own = re.findall(r"\b(?:luck|histor(?:y|ies)|nights?|tall(?:y|ies)|scratch|roster|campaigns?|quarantines?|folded)\b", prose, re.I)
    assert own == [], "say: random numbers, replicate, day, statistics, workspace, index, job, failed replicates, accumulated"
