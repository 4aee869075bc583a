"""Cuda: the nights of many replicates on a graphics card, one replicate on each thread.

The kernels are the very ones that run on processors, compiled for the card; numbers go there before the first night and come
back after the last. Needs the extra: python -m pip install '.[cuda]'.
"""
from __future__ import annotations

import inspect
import warnings
from typing import Any

import numpy as np

from ..errors import BadInput
from ..jit.compile import can_translate, find_cards, for_cards, interpreted, simulated, unfused
from .step import OK, advance_one
from .tally import Table

cuda: Any = find_cards()

NAMES: tuple[str, ...] = tuple(inspect.signature(getattr(advance_one, "py_func", advance_one)).parameters)[2:]
RECORDED = frozenset({"recorded", "recorded_sector", "recorded_class"})
BROUGHT_BACK = RECORDED | {"buffers", "tallies"}
BY_REPLICATE = BROUGHT_BACK | {"records", "keys", "innovations"}
THREADS = 32  # in a block: threads that go different ways wait for each other, so no more than the card runs in step
SPARE = 0.9  # share of the card's free memory that may be used


@for_cards
def nights(status, given):
    """The nights of replicate r on thread r, with scratch room of its own; `given` are the arguments of advance_one after the place."""
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


def advance_many(given: tuple[Any, ...], status: np.ndarray) -> None:
    """Run replicates whose status is OK; what they write, and their status, is written to the arrays that were given.

    Parameters
    ----------
    given : the arguments of advance_one after the place; rows of scratch are ignored: the card has its own.
    status : int64 [r].

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


def launch(given: tuple[Any, ...], status: np.ndarray) -> None:
    """Run replicates that fit on the card together; its memory is free again afterwards."""
    sent = tuple(send(name, value, len(status)) for name, value in zip(NAMES, given))
    outcome = cuda.to_device(status)
    with unfused(), warnings.catch_warnings():
        if simulated():
            warnings.simplefilter("ignore", RuntimeWarning)  # keyed draws overflow on purpose
        nights[-(-len(status) // THREADS), THREADS](outcome, sent)
    outcome.copy_to_host(status)
    for name, here, there in zip(NAMES, given, sent):
        if name in BROUGHT_BACK:
            there.copy_to_host(here)


def take(given: tuple[Any, ...], rows: slice, replicates: int) -> tuple[Any, ...]:
    """The arguments of some replicates; arrays that hold all replicates are cut, the rest is shared."""
    cut = BY_REPLICATE | ({"control_paths"} if len(given[NAMES.index("control_paths")]) == replicates else set())
    return tuple(aligned(value[rows]) if name == "records" else value[rows] if name in cut else value for name, value in zip(NAMES, given))


def send(name: str, value: Any, replicates: int) -> Any:
    """Copy an argument to the card; what is only written is only made there, and numbers go with the call."""
    if name == "scratch":
        return cuda.device_array((replicates, value.shape[1]), dtype=np.float64)
    if name in RECORDED:
        return cuda.device_array(value.shape, dtype=value.dtype)
    if isinstance(value, Table):
        return Table(*(send(name, part, replicates) for part in value))
    return cuda.to_device(value) if isinstance(value, np.ndarray) else value


def aligned(records: np.ndarray) -> np.ndarray:
    """The same records, known to begin at whole numbers of 64 bits: a card reads anything else byte by byte."""
    fields = np.dtype([(name, np.float64) for name in records.dtype.names or ()], align=True)
    return records.view(np.dtype((np.record, fields)))


def bytes_each(given: tuple[Any, ...]) -> int:
    """Memory of the card that one replicate takes."""
    held = dict(zip(NAMES, given))
    own = BY_REPLICATE | ({"control_paths"} if len(held["control_paths"]) > 1 else set())
    return 8 * held["scratch"].shape[1] + sum(held[name][:1].nbytes for name in own)


def room_for(given: tuple[Any, ...], replicates: int) -> int:
    """How many replicates the card's free memory holds, at least one and at most all."""
    free = cuda.current_context().get_memory_info().free
    return int(max(1, min(replicates, SPARE * free / bytes_each(given))))
