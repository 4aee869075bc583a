"""Special: exp, log and log-factorial of our own, so that every machine computes the same bits.

System libraries differ in the last bit from one version to the next. These use only +, -, *, / and exact scaling by
powers of two. Relative errors are below 4e-16 (exp, log) and absolute ones below 1e-11 (log_factorial); tests hold it.
"""
from __future__ import annotations

import itertools
import math
from decimal import Decimal

import numpy as np

from ..jit.compile import bits, inlined, kernel, real

_LN2 = Decimal(2).ln()
_LN2_HIGH = math.floor(float(_LN2) * 2.0**40) / 2.0**40  # so few bits that k * high is exact
_LN2_LOW = float(_LN2 - Decimal(_LN2_HIGH))
_PER_LN2 = float(1 / _LN2)
_ROUND = 1.5 * 2.0**52  # added, it pushes a number's fraction out: what is left is the nearest whole number
_E3, _E4, _E5, _E6, _E7, _E8, _E9, _E10, _E11, _E12, _E13 = (1.0 / math.factorial(n) for n in range(3, 14))
_CENTRES = [1.0 + (j + 0.5) / 128 for j in range(128)]
_INVERSES = np.array([1.0 / c for c in _CENTRES])
_LOGS = np.array([float(-Decimal(1.0 / c).ln()) for c in _CENTRES])
_TABLED = 1024
_LOG_FACTORIALS = np.array([float(x) for x in itertools.accumulate(Decimal(max(n, 1)).ln() for n in range(_TABLED))])
_HALF_LOG_TAU = 0.91893853320467274178


def _exp(x):
    """e to the power x; 0 below -708, held at e^709 above 709. No branch and no table, so that loops can be vectorised."""
    y = min(max(x, -708.0), 709.0)
    shifted = y * _PER_LN2 + _ROUND
    k = shifted - _ROUND
    r = (y - k * _LN2_HIGH) - k * _LN2_LOW
    q = r * r
    low = (0.5 + r * _E3) + q * (_E4 + r * _E5)
    high = (_E6 + r * _E7) + q * ((_E8 + r * _E9) + q * ((_E10 + r * _E11) + q * (_E12 + r * _E13)))
    scale = real(((bits(shifted) + 1023) & 0x7FF) << 52)
    e = scale + scale * (r + q * (low + q * q * high))
    return e if x >= -708.0 else 0.0


exp = kernel(_exp)
exp_within = inlined(_exp)  # a copy where it is called: for loops that are to be vectorised


@kernel
def exp_each(x, n):
    """Replace the first n numbers of x by e to their power."""
    for i in range(n):
        x[i] = exp_within(x[i])


@kernel
def log(x):
    """Natural logarithm of a positive number; -745 for zero or less. Below 2.3e-308 it is held at its value there."""
    if x <= 0.0:
        return -745.0
    x = max(x, 2.2250738585072014e-308)
    pattern = bits(x)
    e = (pattern >> 52) - 1023
    j = (pattern >> 45) & 127
    m = real((pattern & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000)
    f = m * _INVERSES[j] - 1.0
    q = f * f
    s = (1.0 / 3.0 - f * 0.25) + q * ((0.2 - f * (1.0 / 6.0)) + q * (1.0 / 7.0))
    return e * _LN2_HIGH + (_LOGS[j] + (f + (q * (f * s - 0.5) + e * _LN2_LOW)))


@kernel
def log_factorial(n):
    """log n! for a whole number n >= 0."""
    if n < _TABLED:
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
    if a == 0.0:
        return 1.0
    if a == 1.0:
        return x
    if a == 0.5:
        return math.sqrt(x)
    return exp(a * log(x))


@kernel
def whole_power(x, n):
    """x^n for a whole number n >= 0, by squaring: twice as fast as through logarithms, relative error below n times 2e-16."""
    y = 1.0
    while n > 0:
        y *= x if n & 1 else 1.0
        x *= x
        n >>= 1
    return y


@kernel
def omega(a):
    """Wright omega: the w > 0 with w + log w = a, so that Lambert's W(e^a) = w (Fritsch, Shafer & Crowley 1973)."""
    if a < -1.5:
        w = exp(a)
        if a < -40.0:
            return w
        w = w / (1.0 + w)
    elif a <= 2.0:
        w = 0.567143290409784 * exp(0.64 * a)
    else:
        w = a - log(a)
    return refine_omega(a, w)


@kernel
def refine_omega(a, w):
    """Wright omega of a, from a guess w > 0 near it."""
    for _ in range(4):
        miss = a - w - log(w)
        q = (1.0 + w) * (1.0 + w + 2.0 / 3.0 * miss)
        w *= 1.0 + miss / (1.0 + w) * (q - 0.5 * miss) / (q - miss)
        if abs(miss) < 1e-4:  # the error falls to order miss^4
            break
    return w
