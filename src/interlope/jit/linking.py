"""Linking: which way inner kernels are compiled, and that they are called by kernels only.

Deferred: an inner kernel is optimised once, with the entry that calls it (see `deferred`). It leans on private classes of Numba, so it
is used under the versions on which it was tried. Plain: by Numba's usual way, under any other version. Both give the same bits
(tests/unit/test_linking.py); the plain way takes nearly twice as long to compile. $INTERLOPE_LINKING, `deferred` or `plain`, asks for
one of them whatever the version.
"""
from __future__ import annotations

import os
from functools import cache
from typing import Any

import numba

TRIED = {(0, 68)}  # versions of Numba on which tests found the deferred way equal to the plain one
WAYS = ("deferred", "plain")


@cache
def find_compiler() -> Any:
    """Numba's compiler as changed for inner kernels, or None where they are compiled the plain way.

    Returns
    -------
    type or None
        A subclass of `numba.core.compiler.CompilerBase`.

    Raises
    ------
    ValueError
        When $INTERLOPE_LINKING is neither `deferred` nor `plain`.
    """
    way = os.environ.get("INTERLOPE_LINKING") or ("deferred" if numba.version_info.short in TRIED else "plain")
    if way not in WAYS:
        raise ValueError(f"INTERLOPE_LINKING is '{way}'; expected {' or '.join(WAYS)}")
    if way == "plain":
        return None
    try:
        from . import deferred
    except (ImportError, AttributeError):  # a Numba without these classes
        return None
    return deferred.DeferredCompiler if deferred.is_as_expected() else None


@cache
def _inner(dispatcher: Any) -> Any:
    """The class of inner kernels, on top of the class of what `numba.njit` returns."""

    class InnerKernel(dispatcher):
        """A compiled kernel that only other kernels may call."""

        def __call__(self, *args: Any, **named: Any) -> Any:
            """Refuse: there is no machine code that Python could call."""
            raise TypeError(f"{self.py_func.__module__}.{self.py_func.__qualname__} is an inner kernel, which only other kernels can "
                            "call; from Python call a kernel made by interlope.jit.compile.entry, or set NUMBA_DISABLE_JIT=1")

        def get_call_template(self, args: Any, kws: Any) -> Any:
            """A constant argument counts as any other number, so that the kernel is not compiled anew for each."""
            wide = numba.types.unliteral
            return super().get_call_template(tuple(map(wide, args)), {name: wide(kind) for name, kind in kws.items()})

    return InnerKernel


def inner(kernel: Any) -> Any:
    """Turn what `numba.njit` returned into an inner kernel; plain functions, where nothing is compiled, stay as they are."""
    if hasattr(kernel, "get_call_template"):
        kernel.__class__ = _inner(type(kernel))
    return kernel
