"""Source: the model's files as syntax trees: their functions, what they import, their names for streams and series."""
from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

MECHANISMS = "mechanisms."


class Thing(NamedTuple):
    """What a name stands for: `kind` is state, day, record, group, input, controls, control, parameters, stream or series."""

    kind: str
    name: str


@dataclass(frozen=True)
class Source:
    """One file of the model: its functions, what it imports, and its names for streams and series."""

    name: str
    tree: ast.Module
    functions: Mapping[str, ast.FunctionDef]
    imports: Mapping[str, tuple[str, str]]
    constants: Mapping[str, Thing]


@cache
def read_source(name: str) -> Source:
    """Read a file of the model by its dotted name, such as `step` or `mechanisms.clashes`."""
    parts = name.split(".")
    text = resources.files("interlope.model").joinpath(*parts[:-1], f"{parts[-1]}.py").read_text(encoding="utf-8")
    tree = ast.parse(text)
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    imports = {own: there for node in tree.body if isinstance(node, ast.ImportFrom) for own, there in _imported(name, node)}
    return Source(name, tree, functions, imports, dict(list_constants(tree)))


def _imported(name: str, node: ast.ImportFrom) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield (own name, (file of the model, name there)) of an import from inside the model."""
    depth = len(name.split("."))
    if not 1 <= node.level <= depth:
        return
    base = [*name.split(".")[: depth - node.level], *(node.module or "").split(".")]
    for alias in node.names:
        whole = ".".join([*filter(None, base), alias.name])
        own = alias.asname or alias.name
        yield own, (whole, "") if _is_file(whole) else (".".join(filter(None, base)), alias.name)


def _is_file(name: str) -> bool:
    parts = name.split(".")
    return resources.files("interlope.model").joinpath(*parts[:-1], f"{parts[-1]}.py").is_file()


def list_constants(tree: ast.Module) -> Iterator[tuple[str, Thing]]:
    """Yield module names that stand for streams of draws and for recorded series."""
    for node in tree.body:
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            continue
        target, value = node.targets[0], node.value
        pairs = zip(target.elts, value.elts) if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) else [(target, value)]
        for left, right in pairs:
            thing = _constant(right)
            if isinstance(left, ast.Name) and thing is not None:
                yield left.id, thing


def _constant(value: ast.expr) -> Thing | None:
    if isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name) and value.value.id == "INDEX":
        return Thing("series", str(ast.literal_eval(value.slice)))
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "stream":
        return Thing("stream", str(ast.literal_eval(value.args[0])))
    return None
