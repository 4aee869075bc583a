"""Names in the source are the field's words: none of the house's own words of earlier versions, none that only says "this one"."""
from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "src" / "interlope"

# a word, in any part of a name: what to say instead
PARTS = {
    "luck": "random stream, common random numbers", "lane": "stream id", "lanes": "stream ids",
    "night": "day", "nights": "days",
    "history": "replicate, series", "histories": "replicates, series",
    "reading": "interpretation (of a claim), summary statistic", "readings": "interpretations, statistics",
    "tally": "statistics, moments", "tallies": "statistics, moments",
    "fold": "reduce, accumulate, summarise", "folded": "reduced, accumulated, summarised",
    "summit": "mode", "climb": "mode search", "mended": "shrunken update",
    "joins": "recruit rate", "quits": "survival", "stir": "move rate",
    "scratch": "workspace", "roster": "occupancy index", "arena": "minimal world",
    "campaign": "job", "quarantine": "failed replicates", "voice": "console text",
    "found": "name the thing", "held": "name the thing", "kept": "name the thing", "made": "name the thing",
    "said": "name the thing", "told": "name the thing",
}
# a whole name, with capitals as they stand: what to say instead
WHOLE = {
    "Law": "Proposal", "Picked": "ProposalSample", "Frozen": "scored candidates", "pull": "influence",
    "slots": "particles, group places", "Standing": "ModelProbabilities", "standing": "probabilities", "contrast": "separation",
    "offers": "alternatives", "good": "attractiveness, or what is good", "room": "workspace", "places": "memory layout",
    "rivals": "opponents", "frame": "defaults, case specification", "shown": "name the thing", "Shown": "name the thing",
    "material": "study results", "Material": "StudyResults", "Placed": "ScheduledLever", "Known": "ResolvedParameter",
}
# names that may stay, with the reason
ALLOWED = {
    "__slots__": "Python's own word", "connection_made": "asyncio's own word",
}
# terms of the field that hold such a word, with what they mean
STANDARD = {
    "held_out": "data that a fit does not see",
}


def names_of(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield every name that a file gives to a value, an argument, a function, a class or a field, with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.alias) and node.asname:
            yield node.asname, node.lineno
        elif isinstance(node, ast.ExceptHandler) and node.name:
            yield node.name, node.lineno


def advise(name: str) -> str:
    """What to say instead of a name, or nothing where it may stay."""
    if name in ALLOWED:
        return ""
    if name.strip("_") in WHOLE:
        return WHOLE[name.strip("_")]
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    parts = re.sub("|".join(STANDARD), "", words).split("_")
    return next((PARTS[part] for part in parts if part in PARTS), "")


def list_names(package: Path) -> list[str]:
    """Every name to be replaced, with its place and what to say instead."""
    files = sorted(package.rglob("*.py")) if package.is_dir() else [package]
    found = []
    for file in files:
        for name, line in names_of(ast.parse(file.read_text(encoding="utf-8"))):
            if advice := advise(name):
                found.append(f"{file.relative_to(ROOT)}:{line} {name} (say: {advice})")
    return found


PACKAGES = sorted(p for p in ROOT.iterdir() if p.suffix == ".py" or (p / "__init__.py").is_file())


@pytest.mark.parametrize("package", PACKAGES, ids=lambda p: p.stem)
def test_names_are_the_fields_words(package):
    names = list_names(package)
    assert names == []


@pytest.mark.parametrize("name, is_free", [
    ("luck", False), ("stream_luck", False), ("LuckOfDay", False), ("found", False), ("weapons_foundry", True), ("held_out", True),
    ("HeldOutRow", True), ("held_back", False),
    ("Placed", False), ("replaced", True), ("readiness", True), ("_kept", False),
])
def test_a_name_is_judged_by_its_words(name, is_free):
    assert (advise(name) == "") is is_free
