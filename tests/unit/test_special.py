"""Own exp, log, log-factorial and omega against the system's, within stated bounds."""
from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
from scipy.special import gammaln, wrightomega

from interlope.jit.compile import entry
from interlope.model import special


@entry
def apply(which, x, y):
    for i in range(len(x)):
        if which == 0:
            y[i] = special.exp(x[i])
        elif which == 1:
            y[i] = special.log(x[i])
        elif which == 2:
            y[i] = special.log_factorial(int(x[i]))
        elif which == 3:
            y[i] = special.omega(x[i])
        else:
            y[i] = special.whole_power(0.997, int(x[i]))


def values(which, x):
    y = np.empty_like(x)
    apply(which, x, y)
    return y


def test_exp_is_right_to_four_parts_in_ten_to_the_sixteen():
    x = np.concatenate([np.linspace(-700, 700, 40001), np.linspace(-1e-6, 1e-6, 101)])
    assert np.max(np.abs(values(0, x) / np.exp(x) - 1)) < 4e-16
    assert values(0, np.array([-800.0, 800.0]))[0] == 0.0 and math.isfinite(values(0, np.array([800.0]))[0])


def test_log_is_right_near_one_and_far_away():
    x = np.exp(np.linspace(-700, 700, 40001))
    expected = np.log(x)
    assert np.max(np.abs(values(1, x) - expected) / np.maximum(np.abs(expected), 1.0)) < 4e-16
    near = np.linspace(0.95, 1.05, 20001)
    assert np.max(np.abs(values(1, near) - np.log(near))) < 4e-16
    assert values(1, np.array([0.0]))[0] == -745.0


def test_log_factorial_from_table_to_series():
    n = np.array([0, 1, 5, 127, 128, 129, 1000, 10**6], dtype=float)
    assert np.allclose(values(2, n), gammaln(n + 1), rtol=1e-14, atol=1e-11)


def test_omega_solves_its_equation():
    a = np.linspace(-60, 500, 20001)
    assert np.allclose(values(3, a), wrightomega(a).real, rtol=1e-13)


def test_whole_powers_are_right_to_n_times_two_parts_in_ten_to_the_sixteen():
    n = np.array([0.0, 1.0, 2.0, 3.0, 7.0, 64.0, 1000.0, 4001.0])
    truth = [Decimal(0.997) ** int(k) for k in n]
    wrong = [abs(Decimal(y) - t) / t for y, t in zip(values(4, n), truth)]
    assert all(w <= Decimal(2e-16) * max(int(k), 1) for w, k in zip(wrong, n))
