"""Effects: what every mechanism really reads, writes and uses, read off its source.

The order of the day in `model/step.py` is followed call by call, through every kernel that a call reaches: arrays by the names
under which kernels take them out of the world, all else by name and position of the arguments. Nothing is run and nothing is
compiled.
"""
from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from .source import MECHANISMS, Source, Thing, read_source

STEP, KERNEL = "step", "advance_one"
RECORDS = ("today", "by_sector", "by_class")
TAKE = "take"  # see model/world.py
FIELDS = {"group": "input", "controls": "control"}  # what the fields of a group of arguments stand for


@dataclass
class Effects:
    """What one mechanism does in a day.

    Attributes
    ----------
    calls : its functions in the order of the day. reads, writes : arrays of the state.
    takes, gives : arrays and numbers of this day only. recorded, seen : series it writes and series it reads again.
    parameters, controls, streams, inputs : what else it uses; inputs are parts of the setting.
    """

    mechanism: str
    calls: list[str] = field(default_factory=list)
    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)
    takes: set[str] = field(default_factory=set)
    gives: set[str] = field(default_factory=set)
    recorded: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)
    controls: set[str] = field(default_factory=set)
    streams: set[str] = field(default_factory=set)
    inputs: set[str] = field(default_factory=set)

    def read(self, thing: Thing) -> None:
        """Note that a thing was read."""
        place = {"state": self.reads, "day": self.takes, "control": self.controls, "stream": self.streams,
                 "input": self.inputs}.get(thing.kind)
        if place is not None:
            place.add(thing.name)

    def write(self, thing: Thing) -> None:
        """Note that a thing was written."""
        place = {"state": self.writes, "day": self.gives}.get(thing.kind)
        if place is not None:
            place.add(thing.name)


class Call(NamedTuple):
    """One call of the day's order: which function of which mechanism, and how the source writes it."""

    mechanism: str
    function: str
    node: ast.Call
    target: ast.expr | None


def order() -> list[Call]:
    """Every call of a mechanism in the day loop, in the order of the source."""
    calls = []
    for node in _statements():
        for inner in ast.walk(node):
            call = _called(inner)
            if call is not None and isinstance(inner, ast.Call):
                target = next((n.targets[0] for n in ast.walk(node) if isinstance(n, ast.Assign) and n.value is inner), None)
                calls.append(Call(*call, inner, target))
    return calls


def _loop() -> ast.For:
    kernel = read_source(STEP).functions[KERNEL]
    return next(node for node in kernel.body if isinstance(node, ast.For) and isinstance(node.target, ast.Name) and node.target.id == "day")


def _statements() -> list[ast.stmt]:
    """What the day loop does, with the kernels of the same file that it calls by themselves in their place; they name things as it does."""
    functions = read_source(STEP).functions
    names = [getattr(getattr(getattr(node, "value", None), "func", None), "id", "") for node in _loop().body]
    return [s for node, name in zip(_loop().body, names, strict=True) for s in (functions[name].body if name in functions else [node])]


def _called(node: ast.AST) -> tuple[str, str] | None:
    """(mechanism, function) of a call such as `raids.intensity(...)`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name)):
        return None
    file, _ = read_source(STEP).imports.get(node.func.value.id, ("", ""))
    return (file.removeprefix(MECHANISMS), node.func.attr) if file.startswith(MECHANISMS) else None


def bindings() -> dict[str, Thing]:
    """What the names of the day's kernel stand for: arrays of the state and of the day, records, controls, numbers and inputs."""
    day = read_source(STEP).functions[KERNEL]
    bound = {argument.arg: Thing("group", argument.arg) for argument in day.args.args}
    for node in ast.walk(day):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            bound[name] = _taken(node.value) or _resolve(node.value, bound) or bound.get(name) or Thing("day", name)
    bound |= {"p": Thing("parameters", "p"), "controls": Thing("controls", "controls")}
    for name in ("r", "thread", "key", "w", "control_path", "replicates", "workspace", "recorder"):
        bound.pop(name, None)
    return bound


def _taken(value: ast.expr) -> Thing | None:
    """The array of state or day that `take(w, "name")` takes out of the world."""
    from interlope.model.state import NAMES

    match value:
        case ast.Call(func=ast.Name(id=function), args=[_, ast.Constant(value=str(name))]) if function == TAKE:
            return Thing("state" if name in NAMES else "record" if name in RECORDS else "day", name)
    return None


def _resolve(node: ast.expr, bound: Mapping[str, Thing]) -> Thing | None:
    """What `a`, `a[i]`, `a.reshape(...)`, `inputs.a` or `controls.a` stands for."""
    while True:
        match node:
            case ast.Subscript(value=inner) | ast.Call(func=ast.Attribute(value=inner, attr="reshape" | "view")):
                node = inner
            case ast.Attribute(value=ast.Name(id=name), attr=field) if name in bound and bound[name].kind in FIELDS:
                return Thing(FIELDS[bound[name].kind], field)
            case ast.Name(id=name):
                return bound.get(name)
            case _:
                return None


def derive() -> dict[str, Effects]:
    """Effects of every mechanism, in the order in which the day first calls them."""
    source, bound = read_source(STEP), bindings()
    by_mechanism: dict[str, Effects] = {}
    for call in order():
        effects = by_mechanism.setdefault(call.mechanism, Effects(call.mechanism))
        effects.calls.append(call.function)
        _enter(call.node, source, bound, effects, read_source(MECHANISMS + call.mechanism), call.function, ())
        if call.target is not None and (thing := _resolve(call.target, bound)) is not None:
            effects.write(thing)
    return by_mechanism


def surroundings() -> Effects:
    """What the day itself uses outside its mechanisms, and what the first morning uses: parameters and streams."""
    effects = Effects("the day and the first morning")
    kernel = read_source(STEP).functions[KERNEL]
    names = {node.attr for node in ast.walk(kernel)
             if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "p"}
    for node in ast.walk(read_source("simulate").tree):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and isinstance(node.slice, ast.Constant):
            names |= {node.slice.value} if node.value.id == "p" else set()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "array":
            effects.writes |= {str(a.value) for a in node.args if isinstance(a, ast.Constant)}
        if isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[0], ast.Constant):
            effects.writes.add(str(node.elts[0].value))
    opening = read_source("opening")
    used = {node.id for node in ast.walk(opening.tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    effects.streams = {thing.name for own, thing in opening.constants.items() if thing.kind == "stream" and own in used}
    effects.parameters = {str(name) for name in names}
    return effects


def declared_streams(mechanism: str) -> set[str]:
    """Names of the streams that a mechanism's file declares."""
    return {thing.name for thing in read_source(MECHANISMS + mechanism).constants.values() if thing.kind == "stream"}


def in_order(names: set[str]) -> tuple[str, ...]:
    """Names of state arrays in the order of the state."""
    from interlope.model.state import NAMES

    return tuple(n for n in NAMES if n in names)


def _enter(call: ast.Call, source: Source, bound: Mapping[str, Thing], effects: Effects, into: Source, function: str,
           above: tuple[str, ...]) -> None:
    """Follow one call into a kernel: bind its parameters to what the arguments stand for, then walk its body."""
    kernel = into.functions[function]
    names = [a.arg for a in kernel.args.args]
    given = [*zip(names, call.args), *((k.arg, k.value) for k in call.keywords if k.arg)]
    inner: dict[str, Thing] = dict(into.constants)
    for name, argument in given:
        thing = _resolve(argument, bound)
        if thing is not None:
            inner[name] = thing
        else:
            inner.pop(name, None)
        if not isinstance(argument, ast.Name):
            _Walk(source, bound, effects, above).visit(argument)
    here = f"{into.name}.{function}"
    if here in above:
        return
    _alias(kernel, inner)
    walk = _Walk(into, inner, effects, (*above, here))
    for statement in kernel.body:
        walk.visit(statement)


def _alias(kernel: ast.FunctionDef, bound: dict[str, Thing]) -> None:
    """Bind names to the arrays they take, and to those of which they are a part, so that writing through them counts."""
    for node in ast.walk(kernel):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            taken = _taken(node.value)
            if taken is not None:
                bound[node.targets[0].id] = taken
                continue
            thing = _resolve(node.value, bound)
            if thing is not None and thing.kind in ("state", "day", "record"):
                bound.setdefault(node.targets[0].id, thing)


class _Walk(ast.NodeVisitor):
    """Walks one kernel and notes what it reads and writes; calls of other kernels of the model are entered."""

    def __init__(self, source: Source, bound: Mapping[str, Thing], effects: Effects, above: tuple[str, ...]):
        self.source, self.bound, self.effects, self.above = source, bound, effects, above

    def visit_Name(self, node: ast.Name) -> None:
        thing = self.bound.get(node.id)
        if thing is not None and isinstance(node.ctx, ast.Load):
            self.effects.read(thing)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        thing = self.bound.get(node.value.id) if isinstance(node.value, ast.Name) else None
        if thing is not None and thing.kind == "parameters":
            self.effects.parameters.add(node.attr)
        elif thing is not None and thing.kind in FIELDS:
            self.effects.read(Thing(FIELDS[thing.kind], node.attr))
        elif thing is None or node.attr != "shape":
            self.visit(node.value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        thing = _resolve(node, self.bound)
        self._indices(node)
        if thing is None:
            return
        stored = isinstance(node.ctx, ast.Store)
        if thing.kind == "record":
            place = self.effects.recorded if stored else self.effects.seen
            place |= self._series(node)
        elif stored:
            self.effects.write(thing)
        else:
            self.effects.read(thing)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        thing = _resolve(node.target, self.bound) if isinstance(node.target, ast.Subscript) else None
        if thing is not None and thing.kind != "record":
            self.effects.read(thing)
        self.visit(node.target)
        self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        match node.func:
            case ast.Name(id=name) if name in self.source.functions:
                into, function = self.source, name
            case ast.Name(id=name) if name in self.source.imports:
                file, function = self.source.imports[name]
                into = read_source(file)
            case ast.Attribute(value=ast.Name(id=name), attr=function) if self.source.imports.get(name, ("", "x"))[1] == "":
                into = read_source(self.source.imports[name][0])
            case _:
                self.generic_visit(node)
                return
        if function not in into.functions:
            self.generic_visit(node)
            return
        for argument in [*node.args, *(k.value for k in node.keywords)]:
            if isinstance(argument, ast.Name) and (thing := self.bound.get(argument.id)) and thing.kind == "stream":
                self.effects.read(thing)
        _enter(node, self.source, self.bound, self.effects, into, function, self.above)

    def _indices(self, node: ast.expr) -> None:
        while isinstance(node, ast.Subscript):
            self.visit(node.slice)
            node = node.value

    def _series(self, node: ast.expr) -> set[str]:
        names = set()
        while isinstance(node, ast.Subscript):
            for inner in ast.walk(node.slice):
                thing = self.bound.get(inner.id) if isinstance(inner, ast.Name) else None
                if thing is not None and thing.kind == "series":
                    names.add(thing.name)
            node = node.value
        return names
