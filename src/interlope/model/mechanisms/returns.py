"""Returns: under an agreement a part of those who get through are returned, and a part of the returned try again.

return_share is a control: part of those who get through today who are to be returned, all alike whatever their class. They are returned
after a mean of `delay_days`, also when the agreement ends before: Binomial(awaiting, 1 - e^(-1/delay_days)). Of the returned `again`
set out for the border from the south, and are counted when they try; the others leave the market. Anticipation: arrivals times
(1 - return_share)^anticipation, 0 by default (demand).
Not modelled: what becomes of people in the place to which they are returned; chances of return that differ between people.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ...quantities import INDEX
from ..params import Param
from ..people import AGAIN, COVERED, RETURNED, THROUGH
from ..rng import stream
from ..samplers import binomial
from ..special import exp
from ..world import take

PARAMS = (
    Param("returns_delay_days", 60.0, "days", "lognormal(60, x2)", "assumption", "mean time from getting through to return", "L"),
    Param("returns_again", 0.5, "1", "beta(2, 2)", "assumption", "part of those returned who set out for the border again", "L"),
    Param("returns_anticipation", 0.0, "1", "0", "assumption",
          "elasticity of arrivals to the part of those who get through who are not returned", "L"),
)
COVER, RETURN, RETRY = stream("returns.cover"), stream("returns.return"), stream("returns.retry")
READMITTED, READMITTED_AGAIN = INDEX["readmitted"], INDEX["readmitted_again"]


@kernel
def returns(p, key, day, w, controls):
    """Return some of those who got through on earlier days; note who of today is to be returned."""
    awaiting_return = take(w, "awaiting_return")
    transit = take(w, "transit")
    flows = take(w, "flows")
    out = take(w, "today")
    flows[COVERED], flows[RETURNED], flows[AGAIN] = 0, 0, 0
    if awaiting_return[0] > 0:
        flows[RETURNED] = binomial(key, day, RETURN, 0, awaiting_return[0], 1.0 - exp(-1.0 / p.returns_delay_days))
        flows[AGAIN] = binomial(key, day, RETRY, 0, flows[RETURNED], p.returns_again)
    if controls.return_share > 0.0:
        flows[COVERED] = binomial(key, day, COVER, 0, flows[THROUGH], controls.return_share)
    awaiting_return[0] += flows[COVERED] - flows[RETURNED]
    transit[0] += flows[AGAIN]
    out[READMITTED] = flows[RETURNED]
    out[READMITTED_AGAIN] = flows[AGAIN]
