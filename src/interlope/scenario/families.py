"""Families of priors: the written form, quantile and distribution function of each, and what its numbers must keep to."""
from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import special

Shape = Callable[[np.ndarray, tuple[float, ...]], np.ndarray]


class Family(NamedTuple):
    """One family of priors: its written form, its quantile and distribution functions and its support."""

    form: str
    quantile: Shape
    cdf: Shape
    support: Callable[[tuple[float, ...]], tuple[float, float]]
    fault: Callable[[tuple[float, ...]], str]


def _normal_cut(u: np.ndarray, a: tuple[float, ...]) -> np.ndarray:
    """Quantiles of a normal cut off below zero, exact in both tails."""
    below = special.ndtr(-a[0] / a[1])
    # 1 - p = (1 - u) (1 - below) keeps the upper tail; ndtri of it is the negative of the quantile
    return np.maximum(a[0] - a[1] * special.ndtri((1.0 - u) * (1.0 - below)), 0.0)


def _normal_cut_cdf(x: np.ndarray, a: tuple[float, ...]) -> np.ndarray:
    below = special.ndtr(-a[0] / a[1])
    return np.where(x < 0, 0.0, (special.ndtr((x - a[0]) / a[1]) - below) / (1.0 - below))


def _gamma_shape(a: tuple[float, ...]) -> tuple[float, float]:
    """(shape, scale) of a gamma with mean a[0] and coefficient of variation a[1]."""
    shape = 1.0 / a[1] ** 2
    return shape, a[0] / shape


def _positive(*indices: int) -> Callable[[tuple[float, ...]], str]:
    def fault(a: tuple[float, ...]) -> str:
        return "" if all(a[i] > 0 for i in indices) else "numbers above zero"

    return fault


FAMILIES: dict[str, Family] = {
    "normal": Family(
        "normal(m, sd)",
        lambda u, a: a[0] + a[1] * special.ndtri(u),
        lambda x, a: special.ndtr((x - a[0]) / a[1]),
        lambda a: (-math.inf, math.inf),
        _positive(1),
    ),
    "normal+": Family("normal+(m, sd)", _normal_cut, _normal_cut_cdf, lambda a: (0.0, math.inf), _positive(1)),
    "lognormal": Family(
        "lognormal(median, xF)",
        lambda u, a: a[0] * np.exp(math.log(a[1]) * special.ndtri(u)),
        lambda x, a: special.ndtr((np.log(np.maximum(x, 1e-300)) - math.log(a[0])) / math.log(a[1])),
        lambda a: (0.0, math.inf),
        lambda a: "" if a[0] > 0 and a[1] > 1 else "a median above zero and a factor xF above x1",
    ),
    "halfnormal": Family(
        "halfnormal(sd)",
        lambda u, a: -a[0] * special.ndtri((1.0 - u) / 2.0),
        lambda x, a: np.where(x < 0, 0.0, 2.0 * special.ndtr(x / a[0]) - 1.0),
        lambda a: (0.0, math.inf),
        _positive(0),
    ),
    "beta": Family(
        "beta(a, b)",
        lambda u, a: special.betaincinv(a[0], a[1], u),
        lambda x, a: special.betainc(a[0], a[1], np.clip(x, 0.0, 1.0)),
        lambda a: (0.0, 1.0),
        _positive(0, 1),
    ),
    "uniform": Family(
        "uniform(a, b)",
        lambda u, a: a[0] + (a[1] - a[0]) * u,
        lambda x, a: np.clip((x - a[0]) / (a[1] - a[0]), 0.0, 1.0),
        lambda a: (a[0], a[1]),
        lambda a: "" if a[0] < a[1] else "a below b",
    ),
    "gamma": Family(
        "gamma(mean, cv)",
        lambda u, a: special.gammaincinv(_gamma_shape(a)[0], u) * _gamma_shape(a)[1],
        lambda x, a: special.gammainc(_gamma_shape(a)[0], np.maximum(x, 0.0) / _gamma_shape(a)[1]),
        lambda a: (0.0, math.inf),
        lambda a: "" if a[0] > 0 and 1e-3 <= a[1] <= 1e3 else "a mean above zero and a coefficient of variation from 0.001 to 1000",
    ),
}
