"""The same bits on every processor with AVX2, and a manifest that says what was used."""
from __future__ import annotations

import os
import subprocess
import sys

import pytest

from interlope import arithmetic, manifest

SHOW = "import interlope, numpy, os; from interlope import arithmetic as a; print(a.describe(), os.environ.get(a.NUMPY), sep='|')"
needs_avx2 = pytest.mark.skipif(not arithmetic._has_avx2(), reason="this processor has no AVX2")


def show(code: str = SHOW, **variables: str) -> list[str]:
    environment = {k: v for k, v in os.environ.items() if k not in (arithmetic.NUMPY, arithmetic.OPENBLAS[0])} | variables
    return subprocess.run([sys.executable, "-W", "error", "-c", code], env=environment, check=True, text=True,
                          capture_output=True).stdout.strip().split("|")


@needs_avx2
def test_importing_the_package_asks_for_avx2_and_for_nothing_wider():
    described, disabled = show()
    assert described.endswith("OpenBLAS Haswell") and "V4" not in described and "AVX512" not in described
    assert disabled in arithmetic.WIDER.values()


def test_what_a_user_has_set_stays():
    assert show(NPY_DISABLE_CPU_FEATURES="")[1] == ""


def test_a_numpy_that_is_loaded_already_is_left_alone():
    assert show(SHOW.replace("interlope, numpy", "numpy, interlope"))[1] == "None"


def test_manifests_say_what_was_used():
    assert manifest.environment()["arithmetic"] == arithmetic.describe()
