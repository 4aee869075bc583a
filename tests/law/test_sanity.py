"""Every mechanism's rate at zero and at double moves the series its source says (fixed seed, three standard errors)."""
from __future__ import annotations

import pytest

from interlope.verification import sanity


@pytest.mark.parametrize("row", sanity.ROWS, ids=lambda r: f"{r.parameter}-{r.series}")
def test_direction(row):
    low, high, difference, error = sanity.measure(row)
    assert difference * row.direction > 3.0 * error, (low, high, row.why)


def test_every_mechanism_has_a_row():
    from interlope.model import step

    named = {row.mechanism for row in sanity.ROWS}
    assert {m.__name__.rsplit(".", 1)[-1] for m in step.MECHANISMS} <= named
