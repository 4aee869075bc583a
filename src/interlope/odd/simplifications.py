"""Simplifications: what each part of the model says of itself that it leaves out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import resources

from interlope.results.study import Simplification

MARK = "Not modelled:"


def list_simplifications() -> list[Simplification]:
    """List what each part of the model leaves out, read from its description without running it."""
    return [
        Simplification(where=name, text=" ".join(text.split()))
        for name, description in _descriptions()
        for text in _passages(description)
    ]


def _passages(description: str) -> Iterator[str]:
    """Yield each passage that begins with the marker, up to the next blank line."""
    for paragraph in description.split("\n\n"):
        _, mark, rest = paragraph.partition(MARK)
        if mark:
            yield f"{mark} {rest.strip()}"


def _descriptions() -> Iterator[tuple[str, str]]:
    """Yield (part, description) of every file of the model, by name."""
    root = resources.files("interlope.model")
    folders = (root, root.joinpath("mechanisms"))
    files = [f for folder in folders for f in folder.iterdir() if f.name.endswith(".py") and f.name != "__init__.py"]
    for file in sorted(files, key=lambda f: f.name):
        description = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
        if description:
            yield file.name.removesuffix(".py"), description
