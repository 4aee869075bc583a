"""The file of candidates: every fault with its line, and nothing of it in what a fit is made from."""
from __future__ import annotations

import pytest

from interlope.errors import BadInput
from interlope.pipeline import Plan, prepare
from interlope.scenario.case import load

GOOD = """format = 1
[[evidence]]
id = "E1"
what = "how many try, by another observer"
kind = "interval"
by = "another observer"
letter = "B"
series = "attempts"
unit = "attempts/day"
window = [2030-01-11, 2030-01-20]
reduce = "mean"
days = 30
cost = 2
cost_unit = "working days"
[[evidence]]
id = "E2"
what = "the next day's count"
table = "stops"
periods = ["2030-02-26"]
days = 10
[[evidence]]
id = "E3"
what = "whether anybody commands"
kind = "occurrence"
root = "count"
series = "share_command"
unit = "1"
window = [2030-01-11, 2030-01-20]
reduce = "mean"
threshold = 0.3
chance_if_true = 0.9
chance_if_false = 0.1
days = 0
"""


def with_text(folder, text):
    (folder / "evidence.toml").write_text(text, encoding="utf-8")
    return folder


def test_candidates_are_read(small_case):
    first, second, third = load(with_text(small_case, GOOD)).candidates
    assert (first.letter, first.fresh, first.cost, first.cost_unit) == ("B", True, 2.0, "working days")
    assert second.table == "stops" and second.periods[0].days == 1 and second.cost is None
    assert not third.fresh and third.root.id == "count" and third.source.id == "observer"


def test_they_are_no_part_of_what_a_fit_is_made_from(small_case):
    without = load(small_case)
    having = load(with_text(small_case, GOOD))
    assert without.sha256 == having.sha256 and without.files() == having.files() and without.identity == having.identity
    assert set(having.inventory.every) - set(without.inventory.every) == {"evidence.toml"}
    assert prepare(without, Plan()).run_id != prepare(having, Plan()).run_id  # a study says what to seek, and is another one


@pytest.mark.parametrize(("old", "new", "says"), [
    ('kind = "interval"', 'kind = "intervall"', "kind 'intervall' unknown"),
    ('kind = "interval"', 'kind = "normative"', "kind 'normative' unknown"),
    ('by = "another observer"', 'by = "another observer"\nroot = "count"', "root and by given as who is asked"),
    ('by = "another observer"\nletter = "B"\n', "", "nobody given as who is asked"),
    ('letter = "B"', 'letter = "G"', "letter 'G' unknown"),
    ('letter = "B"\n', "", "'letter' missing"),
    ('root = "count"', 'root = "cuont"', "root 'cuont' unknown"),
    ('root = "count"', 'root = "count"\nslant = "up"', "'slant' of a root that the dossier knows"),
    ('series = "attempts"', 'series = "tries"', "series 'tries' unknown"),
    ('unit = "attempts/day"', 'unit = "EUR"', "unit"),
    ('unit = "attempts/day"', 'unit = "attempts/day"\nlow = 5', "'low' in claim 'E1' of kind 'interval', which does not read it"),
    ("window = [2030-01-11, 2030-01-20]\nreduce = \"mean\"\ndays", "window = [2031-01-11, 2031-01-20]\nreduce = \"mean\"\ndays",
     "outside the horizon"),
    ("days = 30", "days = -1", "days = -1"),
    ("days = 30", "", "'days' missing"),
    ("cost = 2\n", "", "'cost' missing"),
    ("cost = 2\n", "cost = 1e12\n", "cost = 1000000000000"),
    ('cost_unit = "working days"', f'cost_unit = "{"days " * 20}"', "a unit of"),
    ('table = "stops"', 'table = "stop"', "table 'stop' unknown"),
    ('periods = ["2030-02-26"]', 'periods = ["soon"]', "period 'soon'"),
    ('periods = ["2030-02-26"]', 'periods = ["2030-02-25/2030-02-27", "2030-02-26"]', "periods that overlap"),
    ('periods = ["2030-02-26"]', "periods = []", "0 periods"),
    ('periods = ["2030-02-26"]\ndays = 10', 'periods = ["2030-02-26"]\ndays = 1', "days = 1, while its last day is 2030-02-26"),
    ("threshold = 0.3\n", "", "'threshold' missing"),
    ("chance_if_true = 0.9", "chance_if_true = 1.0", "chance_if_true"),
    ("threshold = 0.3", "threshold = 0.3\nsaid = true", "'said' in claim 'E3'"),
    ('id = "E2"', 'id = "E1"', "given twice"),
    ("format = 1", "format = 2", "format"),
    ("days = 0", 'days = 0\ntalk = "x"', "'talk' unknown"),
])
def test_faults_are_told_with_their_line(small_case, old, new, says):
    assert old in GOOD
    with pytest.raises(BadInput) as caught:
        load(with_text(small_case, GOOD.replace(old, new, 1)))
    faults = [f for f in caught.value.faults if f.file.endswith("evidence.toml")]
    assert any(says in f.actual for f in faults), [f.actual for f in faults]
    assert all(f.line for f in faults)


def test_the_guard_reads_it(small_case):
    with pytest.raises(BadInput) as caught:
        load(with_text(small_case, GOOD.replace("another observer", "call +36 30 123 4567")))
    assert any(f.file.endswith("evidence.toml") for f in caught.value.faults)


def test_there_are_at_most_sixty(small_case):
    entry = GOOD.partition("[[evidence]]")[2].partition("[[evidence]]")[0]
    many = "format = 1\n" + "".join(f"[[evidence]]{entry.replace('E1', f'X{i}')}" for i in range(61))
    with pytest.raises(BadInput) as caught:
        load(with_text(small_case, many))
    assert any("61 tables" in f.actual for f in caught.value.faults)
