"""Every run of the tests sees the same examples; HYPOTHESIS_PROFILE=explore looks for new ones."""
from __future__ import annotations

import os

from hypothesis import settings

import interlope  # noqa: F401  (before NumPy, so that arithmetic is settled: see interlope.arithmetic)

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))
