"""Origins: groups may come from elsewhere than the classes of people on the move, and nothing but one figure depends on it."""

from __future__ import annotations

import numpy as np
import pytest
from edited_toy import edit, odd, refused

import interlope as il
from interlope.odd import document

OF_CLIENTS = (("case.toml", "familiar = true\norigin_share = 0.5\n", ""), ("case.toml", "familiar = false\norigin_share = 0.5\n", ""))


def origins(*rows):
    text = '\n[[origins]]\nname = "{}"\nfamiliar = {}\nshare = {}\nsource = "assumption"\n'
    return ("case.toml", "", "".join(text.format(*row) for row in rows))


def test_the_classes_as_origins_give_the_same_bits_and_others_move_one_figure_alone(tmp_path):
    same = edit(tmp_path / "a", *OF_CLIENTS, origins(("coastal", "true", 0.5), ("inland", "false", 0.5)))
    local = edit(tmp_path / "b", *OF_CLIENTS, origins(("local guides", 0, 0.7), ("from elsewhere", 0.6, 0.2), ("of nobody's", "true", 0.1)))
    first, again, other = (il.simulate(il.load(case), "takeover", 8, seed=7, days=40, by="class") for case in ("toy", same, local))
    assert il.load(local).setting().origin_share.tolist() == [0.7, 0.2, 0.1]
    moved = {run: [n for n in first.data_vars if not np.array_equal(first[n].values, data[n].values, equal_nan=True)]
             for run, data in (("again", again), ("other", other))}
    assert moved == {"again": [], "other": ["share_command_familiar"]}


def test_the_description_lists_where_groups_come_from(tmp_path):
    text = document.describe(il.load(edit(tmp_path, *OF_CLIENTS, origins(("local guides", 0, 1)))))
    assert "Groups come from origins of their own." in text and "| local guides | 0 | 1 |" in text
    assert "Groups come from the same classes." in document.describe(il.load("toy"))


@pytest.mark.parametrize(("rows", "faults"), [
    ([("local", 0, 0.5)], ["shares of origins sum to 0.5; expected a sum of 1"]),
    ([("local", 0, 0.5), ("local", 0, 0.5)], ["name 'local' given twice in [[origins]]"]),
    ([("local", 0, 0.5), ("Local", 0, 0.5)], ["origin 'Local', spelled like 'local'; expected names that differ in more than capitals"]),
    ([("local", 2, 1)], ["familiar = 2; expected a number from 0 to 1"]),
    ([("call +44 7700 900123", 0, 1)], ["+44 7700 900123"]),
])
def test_faulty_origins_are_refused_with_their_line(tmp_path, rows, faults):
    found = refused(edit(tmp_path, *OF_CLIENTS, origins(*rows)))
    assert len(found) == len(faults) and all(text in line and line.startswith("case.toml:") for text, line in zip(faults, found))


def test_a_class_says_nothing_of_groups_where_origins_do(tmp_path):
    found = refused(edit(tmp_path, origins(("local", 0, 1))))
    assert [f.split(": ")[1] for f in found] == ["'familiar' of a class beside [[origins]]; expected one of them; leave it out",
                                                 "'origin_share' of a class beside [[origins]]; expected one of them; leave it out"] * 2


def test_origins_are_no_oddity(tmp_path):
    assert odd(edit(tmp_path / "a", *OF_CLIENTS, origins(("local", 0, 1)))) == odd(edit(tmp_path / "b"))
