"""World: all numbers of one replicate and the night's room, as one thing that kernels hand on.

A kernel takes out what it needs by name: `members = take(world, "members")` is a view of that array, in its own kind and shape.
So a call carries three arrays instead of fifty, and says of the rest what it is about.
"""
from __future__ import annotations

import numpy as np

from ..jit.compile import views
from .scratch import LINE, SCRATCH, room_sizes
from .setting import Setting
from .state import STATE, offsets, shapes

NUMBERS, ROOM, PLACES = range(3)  # a world: float64 [cells] of state, float64 [cells] of scratch, int64 [arrays, 3] as below
KINDS: dict[str, type] = {"f": np.float64, "i": np.int64, "w": np.uint64, "u": np.uint32}
LAYOUT: dict[str, tuple[int, int, type, int]] = {
    name: (row, part, KINDS[kind], axes)
    for row, (name, part, kind, axes) in enumerate(
        [(cell.name, NUMBERS, cell.kind, len(cell.axes) if cell.axes != "two" else 1) for cell in STATE]
        + [(room.name, ROOM, room.kind, len(room.axes)) for room in SCRATCH])}

take = views(LAYOUT, PLACES)


def places(setting: Setting) -> np.ndarray:
    """For every array of LAYOUT: the cell of 64 bits where it begins, and its shape. int64 [arrays, 3].

    Scratch arrays begin at whole lines of the processor's cache.
    """
    found = [(int(first), *shape, 1)[:3] for (first, _), shape in zip(offsets(setting), shapes(setting).values(), strict=True)]
    size = room_sizes(setting)
    first = 0
    for room in SCRATCH:
        shape = tuple(size[axis] for axis in room.axes)
        found.append((first, *shape, 1)[:3])
        entries = int(np.prod(shape))
        first = -(-(first + (entries if room.kind != "u" else -(-entries // 2))) // LINE) * LINE
    return np.array([*found, (first, 0, 0)], dtype=np.int64)


def rooms(places: np.ndarray, count: int) -> np.ndarray:
    """Scratch buffers float64 [count, cells] that begin at whole lines of the processor's cache."""
    width = int(places[-1, 0])
    flat = np.zeros(count * width + LINE)
    first = -(flat.ctypes.data // flat.itemsize) % LINE
    return flat[first : first + count * width].reshape(count, width)
