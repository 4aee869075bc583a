"""Compile: the only door to Numba.

Numba's own cache does not notice edits in imported files, so the cache folder is named after the hash of everything
that is compiled: `digest()`. The same hash identifies the model in every report and manifest. With NUMBA_DISABLE_JIT=1
all kernels run as plain Python, bit for bit equal: the oracle. The same kernels are compiled for graphics cards by numba-cuda,
where the extra `cuda` is installed: a kernel for a card that calls them is all it takes.
"""
from __future__ import annotations

import contextlib
import functools
import gc
import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numba
import numba.core.caching
import numba.core.config
import numba.extending
import numpy as np
from numba.core import cgutils

from interlope.errors import BadInput

from . import folder
from .linking import find_compiler, inner

_config: Any = numba.core.config


@cache
def digest() -> str:
    """Hash of every file the model is compiled from, with the compiler's version: sixteen hexadecimal digits."""
    root = Path(__file__).parents[1]
    state = hashlib.sha256(f"numba {numba.__version__} numpy {np.__version__} python {sys.version_info[:2]}".encode())
    for file in [*sorted((root / "jit").glob("*.py")), root / "quantities.py", *sorted((root / "model").rglob("*.py"))]:
        state.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n"))
    return state.hexdigest()[:16]


def cache_folder() -> Path | None:
    """Where compiled kernels of this very model are kept; None where they are not.

    Raises
    ------
    BadInput
        When the folder is not to be trusted; see `folder`.
    """
    return folder.find(digest())


def is_warm(entry: str) -> bool:
    """Whether a compiled kernel, named as `module.function`, is already on disk."""
    return interpreted() or (CACHE is not None and any(CACHE.rglob(f"{entry}-*.nbc")))


def find_folder() -> tuple[Path | None, BadInput | None]:
    """The folder for compiled kernels, or why it is refused: verbs that call no kernel work all the same."""
    try:
        return cache_folder(), None
    except BadInput as refused:
        return None, refused


@contextmanager
def unswept() -> Iterator[None]:
    """While this lasts nobody looks for garbage: compiling makes millions of small objects that stay, and looking takes a tenth of it."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def interpreted() -> bool:
    """Whether kernels run as plain Python (NUMBA_DISABLE_JIT=1)."""
    return bool(_config.DISABLE_JIT)


CACHE, REFUSED = find_folder()
_config.CACHE_DIR = str(CACHE or "")

bits: Any
real: Any
if interpreted():

    def _bits(x: float) -> int:
        """The 64 bits of a real number as a whole number."""
        return int(np.float64(x).view(np.int64))

    def _real(n: int) -> float:
        """The real number with these 64 bits."""
        return float(np.int64(n).view(np.float64))

    bits, real = _bits, _real
else:

    def _cast(argument, result):
        """An intrinsic that reads the same 64 bits as another type."""

        def typed(typing_context, x):
            if x != argument:
                return None

            def generate(context, builder, signature, values):
                return builder.bitcast(values[0], context.get_value_type(signature.return_type))

            return result(argument), generate

        return numba.extending.intrinsic(typed)

    bits = _cast(numba.types.float64, numba.types.int64)
    real = _cast(numba.types.int64, numba.types.float64)


def views(layout: Mapping[str, tuple[int, int, type, int]], layout_part: int) -> Any:
    """The kernel take(parts, name): an array that lies in one of several flat buffers of 64-bit cells.

    Parameters
    ----------
    layout : Mapping[str, tuple[int, int, type, int]]
        By name: the row that says where the array is, the part that holds it, the kind of its numbers, how many axes it has.
    layout_part : int
        The part, int64 [arrays, 3], whose rows hold the first cell and the shape.

    Returns
    -------
    kernel
    """

    def plain(parts, name):
        row, part, kind, axes = layout[name]
        first, *shape = parts[layout_part][row][: 1 + axes]
        return parts[part][first:].view(kind)[: np.prod(shape)].reshape(shape)

    def typed(typing_context, parts, name):
        if not isinstance(name, numba.types.StringLiteral):
            return None
        row, part, kind, axes = layout[name.literal_value]
        array = numba.types.Array(numba.from_dtype(np.dtype(kind)), axes, "C")

        def generate(context, builder, signature, values):
            def opened(i):
                return context.make_array(tuple(signature.args[0])[i])(context, builder, builder.extract_value(values[0], i))

            word = context.get_value_type(numba.types.intp)
            where = opened(layout_part).data
            first, *shape = (builder.load(builder.gep(where, [word(3 * row + k)])) for k in range(1 + axes))
            view = context.make_array(array)(context, builder)
            view.data = builder.bitcast(builder.gep(opened(part).data, [first]), view.data.type)
            strides = [word(np.dtype(kind).itemsize)]
            for n in reversed(shape[1:]):
                strides.insert(0, builder.mul(n, strides[0]))
            view.itemsize = word(np.dtype(kind).itemsize)
            view.nitems = functools.reduce(builder.mul, shape)
            view.shape = cgutils.pack_array(builder, shape, word)
            view.strides = cgutils.pack_array(builder, strides, word)
            return view._getvalue()

        return array(parts, name), generate

    return plain if interpreted() else numba.extending.intrinsic(typed)


# Kernels own no memory: arrays are lent to them for a call, so nothing is counted in or out (that took a tenth of a day).
_njit: Any = numba.njit
_shared: Any = {"nogil": True, "error_model": "numpy", "_nrt": False}
_inner: Any = {**_shared, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
if find_compiler() is not None:
    _inner["pipeline_class"] = find_compiler()


def kernel(function: Any) -> Any:
    """A kernel that other kernels call; it has no entry from Python: called from there, it raises TypeError."""
    return inner(_njit(**_inner)(function))


def inlined(function: Any) -> Any:
    """A kernel of which there is a copy wherever it is called, so that loops around it can be vectorised."""
    return inner(_njit(**_inner, forceinline=True)(function))


def entry(function: Any) -> Any:
    """A kernel that is called from Python; its machine code is kept from run to run where there is a folder for that."""
    if REFUSED is not None and not interpreted():
        return _refuse(function)
    compiled = _njit(**_shared)(function)
    if CACHE is not None and not interpreted():
        compiled._cache = KernelCache(function)
    return compiled


def _refuse(function: Any) -> Any:
    """A kernel in whose place stands the refusal of the folder for compiled kernels."""

    @functools.wraps(function)
    def refuse(*arguments: Any, **named: Any) -> Any:
        raise cast(BadInput, REFUSED)

    return refuse


class KernelCache(numba.core.caching.FunctionCache):
    """Numba's cache, to which a damaged file is one that is not there, and a disk that takes nothing more no reason to stop."""

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """A kept kernel; None where there is none or it cannot be read."""
        try:
            return super().load_overload(sig, target_context)
        except Exception:  # whatever a damaged pickle raises
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep a kernel, in the place of damaged files; where the disk refuses, it is not kept."""
        with contextlib.suppress(OSError):
            try:
                super().save_overload(sig, data)
            except OSError:
                raise
            except Exception:  # a damaged index
                self.flush()
                super().save_overload(sig, data)


@cache
def find_cards() -> Any:
    """The module `numba.cuda` of the extra `cuda`, or None where that is not installed."""
    if importlib.util.find_spec("numba_cuda") is None:
        return None
    if CACHE is not None:
        _cuda("core.config").CACHE_DIR = str(CACHE / "cuda")
    return importlib.import_module("numba.cuda")


def _cuda(name: str) -> Any:
    """An inner module of numba.cuda."""
    return importlib.import_module(f"numba.cuda.{name}")


def simulated() -> bool:
    """Whether graphics cards are simulated by plain Python (NUMBA_ENABLE_CUDASIM=1)."""
    return bool(_cuda("core.config").ENABLE_CUDASIM)


def can_translate() -> bool:
    """Whether NVIDIA's compiler NVVM was found."""
    return bool(_cuda("cudadrv.nvvm").is_available())


def for_cards(function: Any) -> Any:
    """A kernel that runs on a graphics card, one thread for each call; every kernel it calls is compiled for the card with it.

    Without optimisation across link steps: those steps would fuse products with sums, whatever `unfused` says.
    """
    cuda = find_cards()
    if cuda is None:
        return function
    return cuda.jit(function) if simulated() else cuda.jit(function, cache=CACHE is not None, lto=False)


@contextmanager
def unfused() -> Iterator[None]:
    """What is compiled for graphics cards meanwhile rounds after each product and each sum, as processors do.

    Cards fuse a product and a sum into one rounding unless NVVM is told `-fma=0`, for which numba-cuda has no option of its own.
    """
    if simulated():
        yield
        return
    nvvm = _cuda("cudadrv.nvvm")
    plain = nvvm.compile_ir
    nvvm.compile_ir = lambda code, **options: plain(code, **{**options, "fma": False})
    try:
        yield
    finally:
        nvvm.compile_ir = plain


def translate(function: Any, arguments: tuple[Any, ...], capability: tuple[int, int]) -> str:
    """The PTX of a kernel for a card of this compute capability, for arguments like these; needs no card, only NVVM."""
    dispatcher = _cuda("dispatcher")
    types = tuple(numba.typeof(a) for a in arguments)
    present = dispatcher.get_current_device
    dispatcher.get_current_device = lambda: SimpleNamespace(compute_capability=capability)
    try:
        with unfused():
            return find_cards().compile(function.py_func, types, device=False, abi="numba", cc=capability)[0]
    finally:
        dispatcher.get_current_device = present
