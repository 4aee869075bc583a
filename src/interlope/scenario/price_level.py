"""Price level: whether the numbers that set prices lead anywhere near the price that a case takes as its reference."""
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from interlope.scenario.sections import CURRENCY

if TYPE_CHECKING:
    from interlope.scenario.case import Case

COST, WEIGHT, REFERENCE = "prices_unit_cost", "prices_weight", "choices_price_reference"
FAR = 1.6  # ratio to the reference, either way, from which it is said: more than the spread of one prior


def list_far_prices(case: Case) -> Iterator[str]:
    """Say under which explanations sellers' cost and markup are far from the reference price of a passage.

    Where many sell, clients who weigh prices by w per EUR leave a markup of 1/w over the cost (logit demand: Anderson, de Palma & Thisse
    1992, anderson1992); where few do it is more. At the medians of their priors.
    """
    groups: dict[tuple[float, float, float], list[str]] = {}
    for name in case.hypotheses:
        known = case.parameters(name)
        cost, weight, reference = (float(known[n].prior.median) for n in (COST, WEIGHT, REFERENCE))
        if weight > 0.0 and reference > 0.0 and not 1.0 / FAR <= (cost + 1.0 / weight) / reference <= FAR:
            groups.setdefault((cost, weight, reference), []).append(name)
    for (cost, weight, reference), names in groups.items():
        where = "" if len(names) == len(case.hypotheses) else f" under {', '.join(names)}"
        advice = (f"for a price near {reference:g} {WEIGHT} would be about {1.0 / (reference - cost):.2g} per {CURRENCY}"
                  if reference > cost else f"{COST} alone is above that price")
        yield (f"Prices{where} would lie near {cost + 1.0 / weight:.3g} {CURRENCY} a passage or above: {COST} is {cost:g} and sellers add "
               f"about one over {WEIGHT}, {1.0 / weight:.3g}; {REFERENCE} is {reference:g}. Claims and figures on prices are weighed "
               f"against the first; {advice}.")
