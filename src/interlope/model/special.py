"""Special: exp, log and log-factorial of our own, so that every machine computes the same bits.

System libraries differ in the last bit from one version to the next. These use only +, -, *, / and exact scaling by
powers of two. Relative errors are below 4e-16 (exp, log) and absolute ones below 1e-11 (log_factorial); tests hold it.
"""
from __future__ import annotations

import math
from decimal import Decimal

import numpy as np

from ..compile import kernel

_LN2_HIGH, _LN2_LOW, _LOG2_E = 6.93147180369123816490e-01, 1.90821492927058770002e-10, 1.44269504088896338700
_POWERS = np.array([2.0**k for k in range(-1022, 1024)])
_LOG_FACTORIALS = np.array([float(Decimal(math.factorial(n)).ln()) for n in range(128)])  # correctly rounded everywhere
_HALF_LOG_TAU = 0.91893853320467274178
_SQRT_HALF = 0.70710678118654752440


@kernel
def exp(x):
    """e to the power x; 0 below -708, held at e^709 above 709."""
    if x < -708.0:
        return 0.0
    if x > 709.0:
        x = 709.0
    k = math.floor(x * _LOG2_E + 0.5)
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    s = 1.0 + r * (1.0 / 13.0)
    s = 1.0 + r * (1.0 / 12.0) * s
    s = 1.0 + r * (1.0 / 11.0) * s
    s = 1.0 + r * (1.0 / 10.0) * s
    s = 1.0 + r * (1.0 / 9.0) * s
    s = 1.0 + r * (1.0 / 8.0) * s
    s = 1.0 + r * (1.0 / 7.0) * s
    s = 1.0 + r * (1.0 / 6.0) * s
    s = 1.0 + r * (1.0 / 5.0) * s
    s = 1.0 + r * (1.0 / 4.0) * s
    s = 1.0 + r * (1.0 / 3.0) * s
    s = 1.0 + r * 0.5 * s
    return (1.0 + r * s) * _POWERS[int(k) + 1022]


@kernel
def log(x):
    """Natural logarithm of a positive number; -745 for zero or less."""
    if x <= 0.0:
        return -745.0
    m, e = math.frexp(x)
    if m < _SQRT_HALF:
        m *= 2.0
        e -= 1
    f = (m - 1.0) / (m + 1.0)
    q = f * f
    s = 1.0 / 23.0
    s = 1.0 / 21.0 + q * s
    s = 1.0 / 19.0 + q * s
    s = 1.0 / 17.0 + q * s
    s = 1.0 / 15.0 + q * s
    s = 1.0 / 13.0 + q * s
    s = 1.0 / 11.0 + q * s
    s = 1.0 / 9.0 + q * s
    s = 1.0 / 7.0 + q * s
    s = 1.0 / 5.0 + q * s
    s = 1.0 / 3.0 + q * s
    return e * _LN2_HIGH + (2.0 * f + (2.0 * f * q * s + e * _LN2_LOW))


@kernel
def log_factorial(n):
    """log n! for a whole number n >= 0."""
    if n < 128:
        return _LOG_FACTORIALS[n]
    x = float(n)
    r = 1.0 / x
    return (x + 0.5) * log(x) - x + _HALF_LOG_TAU + r * (1.0 / 12.0 - r * r * (1.0 / 360.0 - r * r / 1260.0))


@kernel
def logistic(x):
    """1 / (1 + e^-x)."""
    return 1.0 / (1.0 + exp(-x))


@kernel
def power(x, a):
    """x^a for x >= 0; 0^a is 0."""
    if x <= 0.0:
        return 0.0
    return exp(a * log(x))


@kernel
def omega(a):
    """Wright omega: the w > 0 with w + log w = a, so that Lambert's W(e^a) = w. Newton's method."""
    if a < -30.0:
        return exp(a)
    w = a - log(a) if a > 2.0 else 0.5 * logistic(a) + 0.5 * exp(min(a, 0.0)) + 0.3 * max(a, 0.0)
    for _ in range(20):
        step = (w + log(w) - a) * w / (w + 1.0)
        new = w - step
        if new <= 0.0:
            new = 0.5 * w
        if abs(new - w) <= 1e-13 * w:
            return new
        w = new
    return w
