"""Every mechanism's rate at zero and at double moves the series its source says (fixed seed, three standard errors)."""
from __future__ import annotations

import pytest

from interlope.verification import sanity


@pytest.mark.parametrize("expectation", sanity.EXPECTATIONS, ids=lambda r: f"{r.parameter}-{r.series}")
def test_direction(expectation):
    low, high, difference, error = sanity.measure(expectation)
    assert difference * expectation.direction > 3.0 * error, (low, high, expectation.why)


def test_every_mechanism_has_an_expectation():
    """Classes alone have no parameter, and move nothing that could be expected to move."""
    from interlope.model import step

    named = {e.mechanism for e in sanity.EXPECTATIONS}
    assert {m.__name__.rsplit(".", 1)[-1] for m in step.MECHANISMS} - named == {"classes"}
    assert not hasattr(step.classes, "PARAMS")
