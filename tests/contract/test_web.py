"""The explorer's script as it is shipped: built from these sources, small, without an address of anywhere, with types of these records."""
from __future__ import annotations

import gzip
import hashlib
import importlib.util
import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
WEB, STATIC = ROOT / "web", ROOT / "src" / "interlope" / "explorer" / "static"
BESIDE = ("package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "../src/interlope/explorer/strings.json")
BUILD = "build it again with: cd web && npm ci && npm run build"


def test_the_bundle_is_built_from_these_sources():
    names = sorted([*BESIDE, *(f"src/{p.name}" for p in (WEB / "src").iterdir())])
    digest = hashlib.sha256()
    for name in names:
        digest.update(f"{name}\n".encode() + (WEB / name).read_bytes() + b"\n")
    assert json.loads((STATIC / "built.json").read_text())["sources"] == digest.hexdigest(), BUILD


def test_the_bundle_is_two_files_of_less_than_200_kb_packed():
    assert {p.name for p in STATIC.iterdir()} == {"built.json", "explorer.css", "explorer.js"}
    assert sum(len(gzip.compress((STATIC / name).read_bytes())) for name in ("explorer.js", "explorer.css")) <= 200_000


def test_the_bundle_asks_nobody():
    text = (STATIC / "explorer.js").read_text(encoding="utf-8") + (STATIC / "explorer.css").read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[\w./-]+", text)) <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\beval\(|new Function\(|innerHTML|@import|url\((?!#)", text)


def test_types_are_those_of_the_records():
    spec = importlib.util.spec_from_file_location("write_types", WEB / "types.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (WEB / "src" / "types.ts").read_text(encoding="utf-8") == module.write(), "write them again with: python web/types.py"


def test_the_lock_names_no_place():
    text = (WEB / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in text and "http" not in re.sub(r'"(?:url|funding)": "[^"]*"', "", text)


def test_every_text_of_the_script_stands_in_the_one_file():
    """No sentence of its own in the sources, and no text that nothing uses."""
    strings = json.loads((ROOT / "src" / "interlope" / "explorer" / "strings.json").read_text(encoding="utf-8"))
    code = "\n".join(p.read_text(encoding="utf-8") for p in (WEB / "src").glob("*.ts") if p.name != "types.ts")
    template = (ROOT / "src" / "interlope" / "explorer" / "templates" / "page.html.j2").read_text(encoding="utf-8")
    used = code + template
    looked_up = {"pages", "leads", "walk.source", "walk.root", "walk.claim"}  # by a name that is a variable
    unused = [f"{group}.{key}" for group, texts in strings.items() for key in texts
              if not {group, f"{group}.{key}"} & looked_up and not re.search(rf"\.{key}\b", used)]
    assert unused == []
    literals = re.findall(r'"((?:[A-Z][a-z]+ )(?:[a-z]+ )+[a-z]+[.]?)"', re.sub(r"//.*|/\*.*?\*/", "", code, flags=re.S))
    assert literals == []


def test_files_of_the_script_are_short():
    lines = {p.name: len(p.read_text(encoding="utf-8").splitlines()) for p in (WEB / "src").glob("*.ts") if p.name != "types.ts"}
    assert max(lines.values()) <= 300 and len(lines) > 8
