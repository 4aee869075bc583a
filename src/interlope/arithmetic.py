"""Arithmetic: linear algebra and NumPy's functions give the same bits on every x86-64 processor with AVX2.

OpenBLAS and NumPy choose the widest instructions of the processor they meet, and the last digit of a sum or an exponential depends on
that choice; a fit, which branches on such digits, then gives another (equally valid) answer on another machine. Both are told to use
AVX2, before they are loaded. Whoever sets these variables keeps what was set; whoever imports NumPy before this package gets what the
processor offers, and manifests say so.
"""
from __future__ import annotations

import importlib
import importlib.util
import os
import platform
import re
import sys
from pathlib import Path
from typing import Any

OPENBLAS = "OPENBLAS_CORETYPE", "Haswell"
NUMPY = "NPY_DISABLE_CPU_FEATURES"
WIDER = {  # what NumPy calls instructions beyond AVX2, from a version on; it warns of names that it does not know
    (2, 4): "X86_V4 AVX512_ICL AVX512_SPR",
    (1, 26): "AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL",
}


def settle() -> None:
    """Ask for AVX2 where the processor has it and NumPy is not loaded yet; variables that are set stay."""
    if "numpy" in sys.modules or not _has_avx2():
        return
    os.environ.setdefault(*OPENBLAS)
    names = next((names for first, names in WIDER.items() if _find_numpy() >= first), "")
    if names:
        os.environ.setdefault(NUMPY, names)


def _find_numpy() -> tuple[int, ...]:
    """NumPy's version, without loading it; (0,) where that is not to be seen."""
    spec = importlib.util.find_spec("numpy")
    try:
        text = Path(str(spec and spec.origin)).with_name("version.py").read_text(encoding="utf-8")
    except OSError:
        return (0,)
    stated = re.search(r'^version = "(\d+)\.(\d+)', text, re.MULTILINE)
    return tuple(map(int, stated.groups())) if stated else (0,)


def _has_avx2() -> bool:
    """Whether the processor is known to have AVX2; where the system does not say, no."""
    if platform.machine().lower() not in ("x86_64", "amd64"):
        return False
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.IsProcessorFeaturePresent(40))  # PF_AVX2_INSTRUCTIONS_AVAILABLE
    try:
        return " avx2 " in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").replace("\n", " ")
    except OSError:
        return False


def describe() -> str:
    """The instructions that NumPy uses and the kernels of linear algebra, as they are loaded: part of every manifest.

    Returns
    -------
    str
        For example `NumPy X86_V3; OpenBLAS Haswell`.
    """
    import scipy.linalg  # noqa: F401  (loads its linear algebra)
    import threadpoolctl

    inner = "numpy._core" if importlib.util.find_spec("numpy._core") else "numpy.core"  # its name before NumPy 2
    umath: Any = importlib.import_module(f"{inner}._multiarray_umath")
    wide = [name for name in umath.__cpu_dispatch__ if umath.__cpu_features__.get(name)]
    kernels = sorted({str(library.get("architecture")) for library in threadpoolctl.threadpool_info() if library["user_api"] == "blas"})
    return f"NumPy {' '.join(wide) or 'baseline'}; OpenBLAS {' '.join(kernels) or 'none'}"
