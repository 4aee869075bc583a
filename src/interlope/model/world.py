"""World: all numbers of one replicate and the day's workspace, as one thing that kernels hand on.

A kernel takes out what it needs by name: `members = take(world, "members")` is a view of that array, in its own kind and shape.
So a call carries three arrays instead of fifty, and says of the rest what it is about.
"""
from __future__ import annotations

import numpy as np

from ..jit.compile import views
from .setting import Setting
from .state import STATE, offsets, shapes
from .workspace import LINE, WORKSPACE, axis_lengths

# A world: float64 [cells] of state, float64 [cells] of workspace, int64 [arrays, 3] as in memory_layout.
STATE_CELLS, WORKSPACE_CELLS, MEMORY_LAYOUT = range(3)
KINDS: dict[str, type] = {"f": np.float64, "i": np.int64, "w": np.uint64, "u": np.uint32}
LAYOUT: dict[str, tuple[int, int, type, int]] = {
    name: (row, part, KINDS[kind], axes)
    for row, (name, part, kind, axes) in enumerate(
        [(cell.name, STATE_CELLS, cell.kind, len(cell.axes) if cell.axes != "two" else 1) for cell in STATE]
        + [(array.name, WORKSPACE_CELLS, array.kind, len(array.axes)) for array in WORKSPACE])}

take = views(LAYOUT, MEMORY_LAYOUT)


def memory_layout(setting: Setting) -> np.ndarray:
    """For every array of LAYOUT: the cell of 64 bits where it begins, and its shape. int64 [arrays, 3].

    Workspace arrays begin at whole lines of the processor's cache.
    """
    rows = [(int(first), *shape, 1)[:3] for (first, _), shape in zip(offsets(setting), shapes(setting).values(), strict=True)]
    size = axis_lengths(setting)
    first = 0
    for array in WORKSPACE:
        shape = tuple(size[axis] for axis in array.axes)
        rows.append((first, *shape, 1)[:3])
        entries = int(np.prod(shape))
        first = -(-(first + (entries if array.kind != "u" else -(-entries // 2))) // LINE) * LINE
    return np.array([*rows, (first, 0, 0)], dtype=np.int64)


def allocate(layout: np.ndarray, count: int) -> np.ndarray:
    """Workspaces, float64 [count, cells], that begin at whole lines of the processor's cache."""
    width = int(layout[-1, 0])
    flat = np.zeros(count * width + LINE)
    first = -(flat.ctypes.data // flat.itemsize) % LINE
    return flat[first : first + count * width].reshape(count, width)
