"""Logit: the price a seller sets when buyers choose by logit and may stay away.

Owner k sells products j with quality v_j and unit cost c_j; everything else, waiting and going alone included, weighs
B = sum of e^V. First-order conditions give one markup for all of k's products,
    markup = [1 + W(sum_j e^(v_j - alpha c_j - 1) / B)] / alpha,
with W Lambert's function, and then markup = 1 / (alpha (1 - share)). (Anderson, de Palma & Thisse 1992.)
"""
from __future__ import annotations

from ..jit.compile import inlined, kernel
from .special import exp_within, log, omega


@kernel
def set_markups(weight, price_weight, margin, n):
    """Replace yesterday's markups of n owners by today's, in EUR.

    weight  # [n] sum_j e^(v_j - alpha c_j - 1) over B. From yesterday's markup, two of Halley's steps towards w e^w = weight;
    where they end far apart, or the guess is useless, w is sought from the beginning.
    """
    for k in range(n):
        z = weight[k]
        guess = min(max(price_weight * margin[k] - 1.0, 1e-6), 600.0)
        near = halley(guess, z)
        w = halley(near, z)
        margin[k] = w if abs(w - near) <= 1e-5 * w and z < 1e300 else -1.0
    for k in range(n):
        w = margin[k]
        if not w >= 0.0:
            w = omega(log(weight[k])) if weight[k] > 0.0 else 0.0
        margin[k] = (1.0 + w) / price_weight


@inlined
def halley(w, z):
    """One of Halley's steps from w > 0 towards the root of w e^w = z: the error is cubed."""
    e = exp_within(w)
    miss = w * e - z
    return max(w - miss / (e * (w + 1.0) - (w + 2.0) * miss / (2.0 * w + 2.0)), 1e-300)
