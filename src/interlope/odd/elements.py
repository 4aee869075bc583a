"""Elements: what the description takes from the model's own files: state, order of a day, opening state, submodels."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import TYPE_CHECKING

from interlope.model import state, step
from interlope.model.params import CONTROLS, Param
from interlope.odd.concepts import CONCEPTS
from interlope.odd.markdown import block, grid, heading, names, paragraph, points
from interlope.quantities import QUANTITIES
from interlope.verification import effects
from interlope.verification.effects import Effects
from interlope.verification.source import MECHANISMS, read_source

if TYPE_CHECKING:
    from interlope.scenario.case import Case

ENTITIES: dict[str, tuple[str, str]] = {
    "g": ("Group", "a smuggling gang; it decides"),
    "gs": ("Group in a sector", "what a group has or asks in one sector"),
    "gg": ("Pair of groups", "what the first bears the second"),
    "s": ("Sector", "a stretch of the border, abstract"),
    "c": ("Class of people on the move", "counted, not told apart"),
    "two": ("State", "the transit and the destination state"),
    "n": ("The border as a whole", "organisations, police operations and beliefs that are one number"),
    "m": ("Month", "what is drawn once a month"),
}
DRAWN = "drawn"
AXES = {"s": "by sector", "c": "by class", "cs": "by class, by sector", "": "total"}
SHARED = ("contest", "excitation", "ground", "logit", "violence", "slots", "payments", "opening", "samplers", "rng")


def short(mechanism: ModuleType) -> str:
    """The name of a mechanism: its file's."""
    return mechanism.__name__.rpartition(".")[2]


def describe_entities() -> str:
    """State variables by entity, from the state's own table."""
    parts = []
    for axes in dict.fromkeys([*ENTITIES, *(cell.axes for cell in state.STATE)]):
        cells = [cell for cell in state.STATE if cell.axes == axes]
        title, what = ENTITIES.get(axes, (f"Axes {axes}", "see the state's own file"))
        if cells:
            kinds = {"i": "whole number", "f": "real number"}
            rows = [(f"`{c.name}`", kinds[c.kind], c.unit, c.meaning) for c in cells]
            parts += [heading(4, title), paragraph(f"{what[0].upper()}{what[1:]}."), grid(("variable", "kind", "unit", "meaning"), rows)]
    return "\n".join(parts)


def describe_schedule(effects_of: Mapping[str, Effects]) -> str:
    """The order of a day as the day loop has it: every call, its rule, what it changes."""
    rows = []
    for i, call in enumerate(effects.order()):
        kernel = read_source(MECHANISMS + call.mechanism).functions[call.function]
        rows.append((i + 1, f"`{call.mechanism}.{call.function}`", first_line(ast.get_docstring(kernel) or "")))
    changed = [
        (f"`{name}`", names(effects.in_order(e.reads)), names(effects.in_order(e.writes)), names(sorted(_passed(name, effects_of))))
        for name, e in _ordered(effects_of)
    ]
    return "\n".join(
        [
            grid(("step", "call", "what it does"), rows, (0,)),
            paragraph(
                "Updating is in place and in this order: what a step writes, the steps after it read on the same day. What each "
                "mechanism reads and writes, read off the source:"
            ),
            grid(("mechanism", "reads", "writes", "hands on within the day"), changed),
        ]
    )


def _passed(name: str, effects_of: Mapping[str, Effects]) -> set[str]:
    """Arrays of the day that a mechanism gives and another one takes."""
    others: set[str] = set().union(*(e.takes for other, e in effects_of.items() if other != name))
    return effects_of[name].gives & others


def _ordered(effects_of: Mapping[str, Effects]) -> Iterator[tuple[str, Effects]]:
    for mechanism in step.MECHANISMS:
        name = short(mechanism)
        if name in effects_of:
            yield name, effects_of[name]


def describe_concepts(effects_of: Mapping[str, Effects]) -> str:
    """The design concepts; what can be read off the source stands under the words."""
    below = {"Interaction": _interaction(effects_of), "Stochasticity": _streams(effects_of), "Observation": _series(effects_of)}
    return "\n".join(part for title, words in CONCEPTS for part in (heading(3, title), paragraph(words), below.get(title)) if part)


def _interaction(effects_of: Mapping[str, Effects]) -> str:
    rows = []
    for cell in state.STATE:
        writers = [name for name, e in _ordered(effects_of) if cell.name in e.writes]
        readers = [name for name, e in _ordered(effects_of) if cell.name in e.reads]
        rows.append((f"`{cell.name}`", ", ".join(writers) or "the opening state", ", ".join(readers) or "nobody during the day"))
    return grid(("array", "written by", "read by"), rows)


def _streams(effects_of: Mapping[str, Effects]) -> str:
    rows = [(name, names(sorted(s.partition(".")[2] for s in e.streams))) for name, e in _ordered(effects_of) if e.streams]
    first = effects.surroundings().streams
    rows.append(("the opening state", names(sorted(s.partition(".")[2] for s in first))))
    return grid(("mechanism", "streams of draws"), rows)


def _series(effects_of: Mapping[str, Effects]) -> str:
    rows = [
        (f"`{q.name}`", q.unit, AXES.get(q.axes, q.axes), q.definition,
         ", ".join(name for name, e in _ordered(effects_of) if q.name in e.recorded) or "the day itself")
        for q in QUANTITIES.values()
    ]
    return grid(("series", "unit", "detail", "definition", "recorded by"), rows)


def describe_opening() -> str:
    """What the opening state sets, as the source writes it."""
    source, opening = read_source("simulate"), read_source("opening")
    words = [opening.tree, *opening.functions.values()]
    parts = [block("\n".join(text for node in words if (text := ast.get_docstring(node))))]
    function = next((f for f in source.functions.values() if _sets(f)), None)
    if function is not None:
        rows = _sets(function)
        cells = [(f"`{name}`", f"`{value}`" if value != DRAWN else value) for name, value in rows]
        where = _locals(function, [*read_source("state").tree.body, *source.tree.body], " ".join(value for _, value in rows))
        parts.append(paragraph("First values, in the order of the source; every other array begins at zero:"))
        parts.append(grid(("array", "first value"), cells))
        parts += [paragraph("There, `p` holds the parameters, and:"), points(f"`{name} = {value}`" for name, value in where)]
    return "\n".join(parts)


def _locals(function: ast.FunctionDef, file: list[ast.stmt], used: str) -> list[tuple[str, str]]:
    """(name, expression) of the names of a function and its file that expressions use, those that they rest on included."""
    values = dict(pair for node in [*file, *function.body] for pair in _assigned(node) if pair[0] != "p")
    wanted = {name for name in values if _mentions(used, name)}
    while more := {name for name in values if name not in wanted and any(_mentions(values[w], name) for w in wanted)}:
        wanted |= more
    return [(name, value) for name, value in values.items() if name in wanted]


def _assigned(node: ast.stmt) -> Iterator[tuple[str, str]]:
    """Yield (name, expression) of an assignment, of each where several names are assigned at once."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target, value = node.targets[0], node.value
        pairs = zip(target.elts, value.elts) if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) else [(target, value)]
        yield from ((name.id, ast.unparse(expression)) for name, expression in pairs if isinstance(name, ast.Name))


def _mentions(expression: str, name: str) -> bool:
    return re.search(rf"(?<![\w.]){name}\b", expression) is not None


def _sets(function: ast.FunctionDef) -> list[tuple[str, str]]:
    """(array, expression) of every `states.array("name")[...] = expression` of a function; loops over pairs are written out."""
    values = []
    for node in function.body:
        pairs = _pairs(node)
        for inner in ast.walk(node):
            if isinstance(inner, ast.Assign) and isinstance(inner.targets[0], ast.Subscript):
                name = _array(inner.targets[0].value)
                if isinstance(name, ast.Constant):
                    values.append((str(name.value), ast.unparse(inner.value)))
                elif isinstance(name, ast.Name) and pairs:
                    values += pairs
    return values


def _pairs(node: ast.stmt) -> list[tuple[str, str]]:
    """The (name, value) pairs that a loop goes through, where they are written out."""
    if not (isinstance(node, ast.For) and isinstance(node.iter, ast.Tuple)):
        return []
    return [
        (str(e.elts[0].value), DRAWN if isinstance(e.elts[1], ast.Name) and e.elts[1].id.islower() else ast.unparse(e.elts[1]))
        for e in node.iter.elts
        if isinstance(e, ast.Tuple) and len(e.elts) == 2 and isinstance(e.elts[0], ast.Constant)
    ]


def _array(node: ast.expr) -> ast.expr | None:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "array" and node.args:
        return node.args[0]
    return None


def describe_submodels(effects_of: Mapping[str, Effects], case: Case) -> str:
    """Every mechanism in the order of a day: its own words, its parameters, what else it uses."""
    parts = []
    for mechanism in step.MECHANISMS:
        name = short(mechanism)
        parts += [heading(3, name.capitalize()), block(inspect.cleandoc(mechanism.__doc__ or ""))]
        rows = list(parameter_rows(getattr(mechanism, "PARAMS", ()), case))
        if rows:
            parts.append(grid(("parameter", "explanation", "value", "unit", "prior", "role", "source", "meaning"), rows, (2,)))
        if name in effects_of:
            e = effects_of[name]
            own = {p.name for p in getattr(mechanism, "PARAMS", ())}
            uses = [
                ("Parameters of others", e.parameters - own), ("Controls", e.controls), ("Parts of the setting", e.inputs),
                ("Series recorded", e.recorded), ("Series read again", e.seen),
            ]
            lines = [f"{title}: {names(sorted(used))}." for title, used in uses if used]
            parts += [points(lines)] if lines else []
    parts += [heading(3, "Shared formulas"), paragraph("Used by several mechanisms.")]
    for file in SHARED:
        words = importlib.import_module(f"interlope.model.{file}").__doc__ or ""
        parts += [heading(4, file.capitalize()), block(words)]
    controls = [(f"`{c.name}`", f"{c.neutral:g}", c.unit, c.meaning, c.combine) for c in CONTROLS]
    parts += [
        heading(3, "Controls"),
        paragraph("What a policy option may move day by day. At the neutral value nothing changes, bit for bit."),
        grid(("control", "neutral", "unit", "meaning", "of several levers"), controls, (1,)),
    ]
    return "\n".join(parts)


def parameter_rows(params: tuple[Param, ...], case: Case) -> Iterator[tuple[str, ...]]:
    """Yield each parameter as the case has it; once where its explanations agree, else once for each."""
    by_explanation = {name: case.parameters(name) for name in case.hypotheses}
    for p in params:
        variants = {h: k[p.name] for h, k in by_explanation.items()}
        alike = len({(k.prior.text, k.source, k.role) for k in variants.values()}) == 1
        for h, k in list(variants.items())[: 1 if alike else None]:
            prior = "—" if k.prior.constant else k.prior.text
            yield f"`{p.name}`", "all" if alike else h, f"{k.prior.median:.4g}", p.unit, prior, k.role, k.source, p.meaning


def first_line(words: str) -> str:
    """The first sentence of a description."""
    line = " ".join(words.split("\n\n")[0].split())
    end = line.find(". ")
    return line if end < 0 else line[: end + 1]
