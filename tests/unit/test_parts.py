"""Inner kernels are compiled as parts of the kernel that calls them; what is leaned on behind Numba's door is as expected."""
from __future__ import annotations

import numpy as np
import pytest

from interlope.jit.compile import entry, interpreted, kernel
from interlope.jit.linking import Flags, Part
from interlope.model.world import LAYOUT, take

pytestmark = pytest.mark.skipif(interpreted(), reason="nothing is compiled")


@kernel
def inner(x, n):
    """A sum that an inner kernel makes."""
    total = 0.0
    for i in range(n):
        total += x[i]
    return total


@kernel
def middle(x, n):
    """One kernel between."""
    return inner(x, n) + inner(x, 2) + inner(x, 1)


@entry
def outer(x):
    """Calls inner kernels straight and through another."""
    return middle(x, x.shape[0]) + inner(x, 3)


def test_inner_kernels_are_parts_and_their_code_counts():
    assert outer(np.arange(5.0)) == 10.0 + 1.0 + 0.0 + 3.0
    for made in (inner, middle):
        (compiled,) = made.overloads.values()  # once, whatever constants it is given
        assert isinstance(compiled.library, Part)
    assert not isinstance(next(iter(outer.overloads.values())).library, Part)


def test_flags_are_told_apart_by_what_was_set():
    plain, other = Flags(), Flags()
    assert plain == other and hash(plain) == hash(other)
    other.nrt = True
    assert plain != other


@entry
def write_members(numbers, room, places):
    """Writes through views of whole numbers, real numbers and words."""
    world = (numbers, room, places)
    members, cash, words = take(world, "members"), take(world, "cash"), take(world, "words")
    members[1, 0] = 7
    cash[0] = 2.5
    words[3] = 9
    return members.shape[0] * 1000 + members.shape[1]


def test_compiled_views_are_those_of_plain_python():
    from interlope.model.state import offsets, view
    from interlope.model.world import places, rooms
    from interlope.verification.frame import neutral

    setting = neutral(5)
    where = places(setting)
    buffer, room = np.zeros((1, int(offsets(setting)[-1, 1]))), rooms(where, 1)
    assert write_members(buffer[0], room[0], where) == setting.slots * 1000 + setting.sectors
    assert view(buffer, setting, "members")[0, 1, 0] == 7 and view(buffer, setting, "members").sum() == 7
    assert view(buffer, setting, "cash")[0, 0] == 2.5
    row, part, kind, axes = LAYOUT["words"]
    plain = room[0, where[row, 0] :].view(kind)[: where[row, 1]]
    assert axes == 1 and part == 1 and plain[3] == 9 and plain.sum() == 9
    assert (where[:-1, 0] <= where[1:, 0]).sum() >= len(where) - 2  # they follow each other, state and room
