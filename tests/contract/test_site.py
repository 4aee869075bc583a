"""The documentation's site: every page is in it, generated pages are written whole, and links lead to files that are there."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(p for p in DOCS.rglob("*.md") if not {"generated", "_build"} & set(p.relative_to(DOCS).parts))


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "generated"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(DOCS))
        runpy.run_path(str(DOCS / "generated_pages.py"))["write"](folder)
    return folder


def test_links_between_pages_lead_to_files(generated):
    missing = []
    for page in PAGES:
        text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
        for link in re.findall(r"\]\(([^)#\s]+)", text):
            path = (page.parent / link).resolve()
            if "://" not in link and not path.exists() and not (generated / path.name).exists():
                missing.append(f"{page.relative_to(DOCS)}: {link}")
    assert missing == []
    assert len(PAGES) > 40


def test_pages_from_the_package_are_written(generated):
    from interlope.dossier.kinds import REGISTRY

    kinds = (generated / "kinds.md").read_text(encoding="utf-8")
    assert [name for name in REGISTRY if f"## {name}\n" not in kinds] == []
    weighed = [name for name, kind in REGISTRY.items() if kind.CARRIES]
    drawn = [name for name in weighed if (generated / f"{name}.svg").exists()]
    assert len(drawn) == len(weighed) - kinds.count("No shipped case has a claim of this kind.") and len(drawn) > 10
    assert all("NaN" not in (generated / f"{name}.svg").read_text(encoding="utf-8") for name in drawn)
    assert (generated / "extra" / "gallery" / "serbia-hungary" / "report.html").stat().st_size > 100_000
    assert "## interlope study" in (generated / "commands.md").read_text(encoding="utf-8")


def test_every_folder_of_pages_is_in_a_table_of_contents():
    contents = ("learn.md", "howto/index.md", "reference/index.md", "evidence.md")
    listed = "\n".join((DOCS / name).read_text(encoding="utf-8") for name in contents)
    assert all(f"{folder}/" in listed for folder in ("tutorial", "explanation", "results", "decisions", "generated"))
    tutorials = [p.relative_to(DOCS).with_suffix("").as_posix() for p in PAGES if p.parent.name in ("tutorial", "explanation")]
    assert [name for name in tutorials if name not in listed] == []
