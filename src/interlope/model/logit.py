"""Logit: the price a seller sets when buyers choose by logit and may stay away (equations E5).

Owner k sells products j with quality v_j and unit cost c_j; everything else, waiting and going alone included, weighs
B = sum of e^V. First-order conditions give one markup for all of k's products,
    markup = [1 + W(sum_j e^(v_j - alpha c_j - 1) / B)] / alpha,
with W Lambert's function, and then markup = 1 / (alpha (1 - share)). (Anderson, de Palma & Thisse 1992.)
"""
from __future__ import annotations

from ..compile import kernel
from .special import log, omega, refine_omega, step_omega


@kernel
def markup(own_weight, other_weight, price_weight, guess=0.0):
    """Markup of an owner in EUR. own_weight = sum_j e^(v_j - alpha c_j - 1); other_weight = B > 0; guess: yesterday's markup."""
    if own_weight <= 0.0:
        return 1.0 / price_weight
    a = log(own_weight / other_weight)
    w = price_weight * guess - 1.0
    if w > 1e-3:
        miss = a - w - log(w)
        if abs(miss) < 0.25 * min(w, 1.0):
            return (1.0 + (step_omega(w, miss) if abs(miss) < 1e-4 else refine_omega(a, step_omega(w, miss)))) / price_weight
    return (1.0 + omega(a)) / price_weight
