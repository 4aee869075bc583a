"""What every kernel reads, writes and uses is read off its source; nothing declared lies idle."""
from __future__ import annotations

import ast
from pathlib import Path

import pytest

from interlope.model import step
from interlope.model.params import CONTROLS
from interlope.model.state import NAMES
from interlope.model.workspace import WORKSPACE_NAMES
from interlope.model.world import LAYOUT
from interlope.quantities import SERIES
from interlope.verification import effects
from interlope.verification.source import Source, Thing, list_constants

MECHANISMS = {m.__name__.rpartition(".")[2]: m for m in step.MECHANISMS}
SOURCES = [ast.parse(file.read_text(encoding="utf-8")) for file in Path(step.__file__).parent.rglob("*.py")]
CALLS = [node for tree in SOURCES for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
TAKEN = {call.args[1].value for call in CALLS if call.func.id == "take" and isinstance(call.args[1], ast.Constant)}
UNREAD = {"innovation"}  # drawn once a month and kept for whoever looks at a state or restarts from it


@pytest.fixture(scope="module")
def found():
    return effects.derive()


@pytest.fixture(scope="module")
def first():
    return effects.surroundings()


def test_every_mechanism_is_called_in_the_night(found):
    assert set(found) == set(MECHANISMS)


# By hand, from the equations: what each of these mechanisms has to read and write, and nothing else.
EXPECTED = {
    "guards": ({"guard", "caught"}, {"guard", "caught"}),
    "governance": ({"members", "owner", "patrol", "clash_memory", "cash", "governance", "ruler"}, {"cash", "governance", "ruler"}),
    "prices": ({"owner", "price", "shadow", "margin", "risk", "price_level"}, {"price", "margin"}),
    "truces": ({"members", "owner", "truce", "grudge"}, {"truce", "grudge"}),
    "copycats": ({"tie", "organisations"}, {"organisations", "fear"}),
    "demand": ({"waiting", "transit", "sheltered", "demand_x", "upstream", "price_level"},
               {"waiting", "transit", "sheltered", "demand_x", "upstream", "innovation"}),
    "crossings": ({"waiting", "sheltered", "reputation", "readiness", "skill", "risk", "guard", "caught", "clash_memory", "restraint"},
                  {"waiting", "sheltered", "reputation", "risk", "caught"}),
}


@pytest.mark.parametrize("name", list(EXPECTED))
def test_what_a_mechanism_reads_and_writes_is_seen(name, found):
    assert (found[name].reads, found[name].writes) == EXPECTED[name]


@pytest.mark.parametrize("name", list(MECHANISMS))
def test_every_mechanism_does_something(name, found):
    assert found[name].reads and (found[name].writes or found[name].recorded)


def test_a_clash_is_seen_wherever_it_happens(found):
    for name in ("clashes", "takeover", "extortion"):
        assert {"members", "readiness", "clash_memory"} <= found[name].writes
        assert {"clashes", "lethal_clashes", "group_deaths", "lethal_expected"} <= found[name].recorded


def test_controls_are_seen_where_they_are_read(found):
    assert found["crossings"].controls == {"fence_factor", "inside_factor", "harm_factor", "patrol_extra"}
    assert found["raids"].controls == {"operation_floor", "raid_factor", "leader_factor", "tip_factor", "patrol_extra"}
    assert found["truces"].controls == set()


@pytest.mark.parametrize("name", list(MECHANISMS))
def test_a_mechanism_states_its_reads_and_writes_nowhere(name):
    assert not {"READS", "WRITES"} & set(vars(MECHANISMS[name]))


@pytest.mark.parametrize("name", list(MECHANISMS))
def test_every_parameter_of_a_mechanism_is_used(name, found, first):
    used = first.parameters.union(*(e.parameters for e in found.values()))
    assert {p.name for p in getattr(MECHANISMS[name], "PARAMS", ())} <= used


def test_every_parameter_used_exists(found, first):
    used = first.parameters.union(*(e.parameters for e in found.values()))
    assert used <= {p.name for p in step.PARAMS}


@pytest.mark.parametrize("name", list(MECHANISMS))
def test_every_stream_declared_is_used(name, found):
    assert effects.declared_streams(name) == found[name].streams


def test_every_array_is_read_and_written_by_somebody(found, first):
    read = set().union(*(e.reads for e in found.values()))
    written = first.writes.union(*(e.writes for e in found.values()))
    assert set(NAMES) - read == UNREAD
    assert set(NAMES) <= written


def test_every_series_and_every_control_has_somebody(found):
    recorded = set().union(*(e.recorded for e in found.values()))
    assert set(SERIES) == recorded
    assert {c.name for c in CONTROLS} == set().union(*(e.controls for e in found.values()))


ALIASES = {  # arrays of the night that a kernel calls by what it does with them
    ("today", "out"), ("lift", "feuding"), ("words", "draws"), ("opponent_weights", "weights"),
}


def test_an_array_is_called_by_the_name_it_is_taken_by():
    named = {(node.value.args[1].value, node.targets[0].id) for tree in SOURCES for node in ast.walk(tree)
             if isinstance(node, ast.Assign) and node.value in CALLS and node.value.func.id == "take"
             and isinstance(node.value.args[1], ast.Constant)}
    assert {pair for pair in named if pair[0] != pair[1]} == ALIASES


def test_every_array_taken_is_one_the_world_holds_and_every_room_is_used():
    assert set(LAYOUT) == TAKEN == set(NAMES) | set(WORKSPACE_NAMES)


def follow(text, **bound):
    """Effects of a made-up kernel `made` with its arguments bound to things of these kinds."""
    tree = ast.parse(text)
    functions = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}
    source = Source("made", tree, functions, {}, dict(list_constants(tree)))
    things = {name: Thing(kind, name) for name, kind in bound.items()}
    call = ast.parse(f"made({', '.join(bound)})").body[0].value
    made = effects.Effects("made")
    effects._enter(call, source, things, made, source, "made", ())
    return made


def test_reads_and_writes_are_told_apart():
    made = follow("def made(a, b, c):\n    a[0] = b[0]\n    c[1] += 1\n    n = a.shape[0]\n", a="state", b="state", c="state")
    assert (made.reads, made.writes) == ({"b", "c"}, {"a", "c"})


def test_writing_through_a_view_and_through_another_kernel_counts():
    made = follow("def made(a, b):\n    row = a[0]\n    row[1] = 2\n    inner(b)\n\ndef inner(x):\n    x[0] = 1\n", a="state", b="state")
    assert {"a", "b"} == made.writes
    assert "b" not in made.reads


def test_parameters_streams_series_are_seen():
    text = ('S, T = stream("m.s"), stream("m.t")\nONE = INDEX["attempts"]\n'
            "def made(p, key, out):\n    out[ONE] += draw(key, S) * p.rate\n    return out[ONE]\n")
    made = follow(text, p="parameters", key="day", out="record")
    assert (made.parameters, made.streams) == ({"rate"}, {"m.s"})
    assert made.recorded == made.seen == {"attempts"}


def test_arrays_taken_out_of_the_world_are_known_by_the_name_they_are_taken_by():
    made = follow('def made(w):\n    mine = take(w, "members")\n    now = take(w, "today")\n    mine[0] += 1\n    inner(w)\n\n'
                  'def inner(w):\n    purse = take(w, "cash")\n    purse[0] = 1.0\n    take(w, "luck_of_nobody")\n', w="world")
    assert (made.reads, made.writes) == ({"members"}, {"members", "cash"})


def test_a_kernel_that_calls_itself_ends():
    assert follow("def made(a):\n    a[0] = 1\n    made(a)\n", a="state").writes == {"a"}
