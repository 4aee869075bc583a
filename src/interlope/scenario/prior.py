"""Priors: a number's uncertainty written as one short line of text and read as a quantile function.

Grammar: number | normal(m, sd) | normal+(m, sd) | lognormal(median, xF) | halfnormal(sd) | beta(a, b) | uniform(a, b) |
gamma(mean, cv) | choice(v: p, ...) | mixture(p: prior, ...). `normal+` is the normal cut off below zero. `xF` is the
factor of one standard deviation on the log scale: lognormal(340, x1.3) has log-sd ln 1.3.
"""
from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import special

from interlope.errors import nearest

GRAMMAR = (
    "number, normal(m, sd), normal+(m, sd), lognormal(median, xF), halfnormal(sd), beta(a, b), uniform(a, b), "
    "gamma(mean, cv), choice(v: p, ...) or mixture(p: prior, ...)"
)
_CALL = re.compile(r"\s*([a-z]+\+?)\s*\((.*)\)\s*", re.DOTALL)
_TINY = 1e-12
_Shape = Callable[[np.ndarray, tuple[float, ...]], np.ndarray]


class _Family(NamedTuple):
    """One family of priors: its written form, its quantile and distribution functions and its support."""

    form: str
    quantile: _Shape
    cdf: _Shape
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


_FAMILIES: dict[str, _Family] = {
    "normal": _Family(
        "normal(m, sd)",
        lambda u, a: a[0] + a[1] * special.ndtri(u),
        lambda x, a: special.ndtr((x - a[0]) / a[1]),
        lambda a: (-math.inf, math.inf),
        _positive(1),
    ),
    "normal+": _Family("normal+(m, sd)", _normal_cut, _normal_cut_cdf, lambda a: (0.0, math.inf), _positive(1)),
    "lognormal": _Family(
        "lognormal(median, xF)",
        lambda u, a: a[0] * np.exp(math.log(a[1]) * special.ndtri(u)),
        lambda x, a: special.ndtr((np.log(np.maximum(x, 1e-300)) - math.log(a[0])) / math.log(a[1])),
        lambda a: (0.0, math.inf),
        lambda a: "" if a[0] > 0 and a[1] > 1 else "a median above zero and a factor xF above x1",
    ),
    "halfnormal": _Family(
        "halfnormal(sd)",
        lambda u, a: -a[0] * special.ndtri((1.0 - u) / 2.0),
        lambda x, a: np.where(x < 0, 0.0, 2.0 * special.ndtr(x / a[0]) - 1.0),
        lambda a: (0.0, math.inf),
        _positive(0),
    ),
    "beta": _Family(
        "beta(a, b)",
        lambda u, a: special.betaincinv(a[0], a[1], u),
        lambda x, a: special.betainc(a[0], a[1], np.clip(x, 0.0, 1.0)),
        lambda a: (0.0, 1.0),
        _positive(0, 1),
    ),
    "uniform": _Family(
        "uniform(a, b)",
        lambda u, a: a[0] + (a[1] - a[0]) * u,
        lambda x, a: np.clip((x - a[0]) / (a[1] - a[0]), 0.0, 1.0),
        lambda a: (a[0], a[1]),
        lambda a: "" if a[0] < a[1] else "a below b",
    ),
    "gamma": _Family(
        "gamma(mean, cv)",
        lambda u, a: special.gammaincinv(_gamma_shape(a)[0], u) * _gamma_shape(a)[1],
        lambda x, a: special.gammainc(_gamma_shape(a)[0], np.maximum(x, 0.0) / _gamma_shape(a)[1]),
        lambda a: (0.0, math.inf),
        _positive(0, 1),
    ),
}


@dataclass(frozen=True)
class Prior:
    """A prior as written; `quantile` turns uniform numbers into draws.

    Attributes
    ----------
    text : str
        The line as written.
    family : str
        "number", a family of the grammar, "choice" or "mixture".
    numbers : tuple[float, ...]
        Its numbers (values of a choice).
    weights : tuple[float, ...]
        Chances of a choice or a mixture, summing to 1.
    parts : tuple[Prior, ...]
        Priors of a mixture.
    """

    text: str
    family: str
    numbers: tuple[float, ...] = ()
    weights: tuple[float, ...] = ()
    parts: tuple[Prior, ...] = ()

    @property
    def constant(self) -> bool:
        """True when only one value is possible."""
        low, high = self.support
        return low == high

    @property
    def median(self) -> float:
        """The value at u = 1/2."""
        return float(self.quantile(np.array([0.5]))[0])

    @property
    def support(self) -> tuple[float, float]:
        """Least and greatest possible value."""
        match self.family:
            case "number":
                return self.numbers[0], self.numbers[0]
            case "choice":
                return min(self.numbers), max(self.numbers)
            case "mixture":
                ends = [part.support for part in self.parts]
                return min(low for low, _ in ends), max(high for _, high in ends)
        return _FAMILIES[self.family].support(self.numbers)

    def quantile(self, u: np.ndarray) -> np.ndarray:
        """Values below which parts `u` of the prior lie.

        Parameters
        ----------
        u : ndarray
            Numbers in [0, 1], any shape; the ends are moved inwards by 1e-12 so that every result is finite.

        Returns
        -------
        ndarray of float64
            Of the same shape, never decreasing in `u`.

        Examples
        --------
        >>> parse("uniform(2, 4)").quantile(np.array([0.0, 0.5])).round(6).tolist()
        [2.0, 3.0]
        """
        u = np.clip(np.asarray(u, dtype=np.float64), _TINY, 1.0 - _TINY)
        match self.family:
            case "number":
                return np.full(u.shape, self.numbers[0])
            case "choice":
                order = np.argsort(self.numbers, kind="stable")
                edges = np.cumsum(np.asarray(self.weights)[order])[:-1]
                return np.asarray(self.numbers)[order][np.searchsorted(edges, u, side="left")]
            case "mixture":
                return self._mixture_quantile(u)
        return np.asarray(_FAMILIES[self.family].quantile(u, self.numbers), dtype=np.float64)

    def cdf(self, x: np.ndarray) -> np.ndarray:
        """Part of the prior at or below `x` (any shape)."""
        x = np.asarray(x, dtype=np.float64)
        match self.family:
            case "number":
                return (x >= self.numbers[0]).astype(np.float64)
            case "choice":
                pairs = zip(self.numbers, self.weights, strict=True)
                return np.asarray(np.sum([w * (x >= v) for v, w in pairs], axis=0, dtype=np.float64))
            case "mixture":
                pairs = zip(self.parts, self.weights, strict=True)
                return np.sum([w * part.cdf(x) for part, w in pairs], axis=0)
        return np.asarray(_FAMILIES[self.family].cdf(x, self.numbers), dtype=np.float64)

    def _mixture_quantile(self, u: np.ndarray) -> np.ndarray:
        """Bisect the mixture's distribution function between the smallest and largest quantile of its parts."""
        each = np.stack([part.quantile(u) for part in self.parts])
        low, high = each.min(axis=0), each.max(axis=0)
        low = np.where(self.cdf(low) >= u, low - 1e-9 * (1.0 + np.abs(low)), low)
        for _ in range(80):
            middle = 0.5 * (low + high)
            enough = self.cdf(middle) >= u
            high, low = np.where(enough, middle, high), np.where(enough, low, middle)
        return high


def parse(text: str | float) -> Prior:
    """Read a prior from its line of text.

    Raises
    ------
    ValueError
        With a text that says what was found, what was expected and, for a misspelt family, the nearest one.

    Examples
    --------
    >>> parse("lognormal(340, x1.3)").median
    340.0
    >>> parse("0.6").constant
    True
    """
    if isinstance(text, bool) or not isinstance(text, (str, int, float)):
        raise ValueError(f"found {text!r}; expected {GRAMMAR}")
    if isinstance(text, (int, float)):
        text = repr(text)
    match = _CALL.fullmatch(text)
    if match is None:
        return Prior(text.strip(), "number", (_number(text, text),))
    name, inside = match[1], match[2]
    if name in ("choice", "mixture"):
        return _weighted(text, name, inside)
    if name not in _FAMILIES:
        near = nearest(name, [*_FAMILIES, "choice", "mixture"])
        raise ValueError(f"found '{text}'; expected {GRAMMAR}" + (f"; {near}" if near else ""))
    family = _FAMILIES[name]
    words = [word.strip() for word in inside.split(",")] if inside.strip() else []
    if name == "lognormal" and len(words) == 2:
        if not words[1].startswith("x"):
            raise ValueError(f"found '{text}'; expected the spread as a factor, as in lognormal(340, x1.3)")
        words[1] = words[1][1:]
    if len(words) != family.form.count(",") + 1:
        raise ValueError(f"found '{text}'; expected {family.form}")
    numbers = tuple(_number(word, text) for word in words)
    if fault := family.fault(numbers):
        raise ValueError(f"found '{text}'; expected {family.form} with {fault}")
    return Prior(text.strip(), name, numbers)


def _number(word: str, text: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"found '{text.strip()}'; expected {GRAMMAR}")
    return value


def _weighted(text: str, name: str, inside: str) -> Prior:
    """Read `choice(v: p, ...)` or `mixture(p: prior, ...)`; chances must sum to 1 within 1e-6."""
    form = "choice(v: p, ...)" if name == "choice" else "mixture(p: prior, ...)"
    left, right = [], []
    for item in _split(inside):
        before, colon, after = item.partition(":")
        if not colon:
            raise ValueError(f"found '{text}'; expected {form}")
        left.append(before.strip())
        right.append(after.strip())
    weights = tuple(_number(word, text) for word in (right if name == "choice" else left))
    if not weights or min(weights) <= 0 or abs(sum(weights) - 1.0) > 1e-6:
        raise ValueError(f"found '{text}'; expected {form} with chances above zero that sum to 1")
    weights = tuple(w / sum(weights) for w in weights)
    if name == "choice":
        return Prior(text.strip(), name, tuple(_number(word, text) for word in left), weights)
    return Prior(text.strip(), name, (), weights, tuple(parse(part) for part in right))


def _split(inside: str) -> list[str]:
    """Split at the commas that are not inside brackets."""
    items, depth, begin = [], 0, 0
    for i, letter in enumerate(inside):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            items.append(inside[begin:i])
            begin = i + 1
    return [*items, inside[begin:]]
