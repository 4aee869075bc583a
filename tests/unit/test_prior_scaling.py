"""What a scaled prior does to harm: the mean of a known function of one normal score, against its closed form."""
from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from interlope.policy import prior_scaling
from interlope.policy.outcome import OUTCOMES
from interlope.results.prior_sensitivity import PriorSensitivity, Scaling
from interlope.scenario.prior import parse

N = 4000


def scaling_of(name: str, power: float) -> Scaling:
    """A scaled prior under which the odds stay."""
    return Scaling(kind="prior", name=name, explanations=["one"], power=power, width=power**-0.5, log_z={}, error={},
                   probability={"one": 1.0}, log_odds=0.0, log_odds_error=0.0, effective=1.0, pareto_k=0.0, thin=False)


@pytest.mark.parametrize("power", [0.5, 2.0])
def test_a_harm_that_is_a_square_follows_the_width_of_its_prior_and_of_no_other(power):
    rng = np.random.default_rng(5)
    z, other = rng.standard_normal((2, N))
    column = next(k for k, o in enumerate(OUTCOMES) if o.harm)
    levels = np.full((1, N, len(OUTCOMES)), np.nan)
    levels[0, :, column] = z**2
    comparison = SimpleNamespace(explanations=("one",), names=np.full(N, "one"), weights=np.full(N, 1.0 / N), origins=np.arange(N),
                                 levels=levels)
    prior = parse("lognormal(3, x2)")
    case = SimpleNamespace(parameters=lambda h: {n: SimpleNamespace(prior=prior, variants=()) for n in ("moves", "idle")})
    values = {"moves": 3.0 * 2.0**z, "idle": 3.0 * 2.0**other}
    both = PriorSensitivity(leader="one", rival="two", rows=[scaling_of("idle", power), scaling_of("moves", power)], break_even=[])
    row, = prior_scaling.scale(case, values, comparison, both)
    assert (row.outcome, row.prior) == (OUTCOMES[column].name, "moves")
    assert row.mean == pytest.approx(float(np.mean(z**2)))
    assert abs((row.scaled - row.mean) - (1.0 / power - 1.0)) < 4.0 * row.error
    assert row.error < 0.4 * abs(1.0 / power - 1.0)
    assert prior_scaling.scale(case, values, comparison, None) == []
