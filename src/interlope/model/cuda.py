"""Cuda: many replicates on a graphics card, one on each thread.

The kernels are the very ones that run on processors, compiled for the card; numbers go there before the first day and come
back after the last. Needs the extra: python -m pip install '.[cuda]'.
"""
from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from ..errors import BadInput
from ..jit.compile import can_translate, find_cards, for_cards, interpreted, simulated, unfused
from .arguments import Calendar, Inputs, Recorder, Replicates, Workspace
from .online_statistics import StatisticsTable
from .step import OK, advance_one

cuda: Any = find_cards()

Given = tuple[Replicates, Workspace, Calendar, Inputs, Recorder]  # the arguments of advance_one after the thread
NAMES: tuple[str, ...] = tuple(field for group in (Replicates, Workspace, Calendar, Inputs, Recorder) for field in group._fields)
RECORDED = frozenset({"series", "by_sector", "by_class"})
BROUGHT_BACK = RECORDED | {"state", "statistics"}
BY_REPLICATE = BROUGHT_BACK | {"parameters", "keys", "innovations"}
THREADS = 32  # in a block: threads that go different ways wait for each other, so no more than the card runs in step
SPARE = 0.9  # share of the card's free memory that may be used


@for_cards
def run_days(status, given):
    """The days of replicate r on thread r, with a workspace of its own; `given` are the arguments of advance_one after the thread."""
    r = cuda.grid(1)
    if r < status.shape[0]:
        if status[r] == OK:
            status[r] = advance_one(r, r, *given)


def check() -> None:
    """Refuse when there is nothing to run on.

    Raises
    ------
    BadInput
        When the extra, NVIDIA's compiler or a graphics card is missing, or only one of card and kernels is simulated.
    """
    if cuda is None:
        raise BadInput("device 'cuda': numba-cuda is not installed; expected it beside this package: python -m pip install "
                       "'.[cuda]'")
    if simulated() != interpreted():
        raise BadInput("device 'cuda': expected both NUMBA_ENABLE_CUDASIM=1 and NUMBA_DISABLE_JIT=1 for a simulated card, or neither")
    if not cuda.is_available():
        raise BadInput("device 'cuda': no NVIDIA graphics card with a driver was found on this machine; expected one; without one "
                       "use device 'cpu'")
    if not simulated() and not can_translate():
        raise BadInput("device 'cuda': NVIDIA's compiler was not found; expected a CUDA toolkit, or: python -m pip install "
                       "'numba-cuda[cu13]' ([cu12] for a driver before 580)")


def advance_many(given: Given, status: np.ndarray) -> None:
    """Run replicates whose status is OK; what they write, and their status, is written to the arrays that were given.

    Parameters
    ----------
    given : tuple
        The arguments of advance_one after the thread; cells of the workspace are ignored: the card has its own.
    status : ndarray
        int64 [r].

    Raises
    ------
    BadInput
        When there is no card to run on.
    """
    check()
    most = room_for(given, len(status))
    for low in range(0, len(status), most):
        rows = slice(low, low + most)
        launch(take(given, rows, len(status)), status[rows])


def each_field(function: Callable[..., Any], given: Given, *more: Given) -> Given:
    """The same groups with function(name, value, ...) in the place of every field."""
    return tuple(type(group)(*map(function, group._fields, *groups)) for group, *groups in zip(given, given, *more))


def launch(given: Given, status: np.ndarray) -> None:
    """Run replicates that fit on the card together; its memory is free again afterwards."""
    sent = each_field(lambda name, value: send(name, value, len(status)), given)
    outcome = cuda.to_device(status)
    with unfused(), warnings.catch_warnings():
        if simulated():
            warnings.simplefilter("ignore", RuntimeWarning)  # keyed draws overflow on purpose
        run_days[-(-len(status) // THREADS), THREADS](outcome, sent)
    outcome.copy_to_host(status)
    each_field(lambda name, here, there: there.copy_to_host(here) if name in BROUGHT_BACK else None, given, sent)


def take(given: Given, rows: slice, replicates: int) -> Given:
    """The arguments of some replicates; arrays that hold all replicates are cut, the rest is shared."""
    def cut(name: str, value: Any) -> Any:
        if not by_replicate(name, value, replicates):
            return value
        return aligned(value[rows]) if name == "parameters" else value[rows]

    return each_field(lambda name, value: aligned(cut(name, value)) if name == "controls" else cut(name, value), given)


def by_replicate(name: str, value: Any, replicates: int) -> bool:
    """Whether an array has a row for each of so many replicates."""
    return name in BY_REPLICATE or (name == "controls" and len(value) == replicates)


def send(name: str, value: Any, replicates: int) -> Any:
    """Copy an argument to the card; what is only written is only made there, and numbers go with the call."""
    if name == "cells" and isinstance(value, np.ndarray):
        return cuda.device_array((replicates, value.shape[1]), dtype=np.float64)
    if name in RECORDED:
        return cuda.device_array(value.shape, dtype=value.dtype)
    if isinstance(value, StatisticsTable):
        return StatisticsTable(*(send("table", part, replicates) for part in value))
    return cuda.to_device(value) if isinstance(value, np.ndarray) else value


def aligned(records: np.ndarray) -> np.ndarray:
    """The same records, known to begin at whole numbers of 64 bits: a card reads anything else byte by byte."""
    fields = np.dtype([(name, np.float64) for name in records.dtype.names or ()], align=True)
    return records.view(np.dtype((np.record, fields)))


def bytes_each(given: Given, replicates: int) -> int:
    """Memory of the card that one of so many replicates takes."""
    fields: dict[str, Any] = {name: value for group in given for name, value in zip(group._fields, group)}
    own = [value for name, value in fields.items() if by_replicate(name, value, replicates)]
    return 8 * fields["cells"].shape[1] + sum(value[:1].nbytes for value in own)


def room_for(given: Given, replicates: int) -> int:
    """How many replicates the card's free memory holds, at least one and at most all."""
    free = cuda.current_context().get_memory_info().free
    return int(max(1, min(replicates, SPARE * free / bytes_each(given, replicates))))
