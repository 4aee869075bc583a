"""Priors: a number's uncertainty written as one short line of text and read as a quantile function.

Grammar: number | normal(m, sd) | normal+(m, sd) | lognormal(median, xF) | halfnormal(sd) | beta(a, b) | uniform(a, b) |
gamma(mean, cv) | choice(v: p, ...) | mixture(p: prior, ...). `normal+` is the normal cut off below zero. `xF` is the
factor of one standard deviation on the log scale: lognormal(340, x1.3) has log-sd ln 1.3.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from interlope import units
from interlope.errors import nearest
from interlope.scenario.families import FAMILIES

GRAMMAR = (
    "number, normal(m, sd), normal+(m, sd), lognormal(median, xF), halfnormal(sd), beta(a, b), uniform(a, b), "
    "gamma(mean, cv), choice(v: p, ...) or mixture(p: prior, ...)"
)
_CALL = re.compile(r"\s*([a-z]+\+?)\s*\((.*)\)\s*", re.DOTALL)
_TINY = 1e-12
LONGEST = 1_000  # letters of a prior
REMEMBERED = 4_096  # priors read that are not read again
DEEPEST = 4  # mixtures inside mixtures
GREATEST = 1e12  # what no draw may exceed, whatever its unit


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
        return FAMILIES[self.family].support(self.numbers)

    @property
    def range(self) -> tuple[float, float]:
        """Least and greatest draw: the support, where that is finite, else the quantiles at its far ends."""
        low, high = np.clip(self.quantile(np.array([0.0, 1.0])), *self.support)
        return float(low), float(high)

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
        return np.asarray(FAMILIES[self.family].quantile(u, self.numbers), dtype=np.float64)

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
        return np.asarray(FAMILIES[self.family].cdf(x, self.numbers), dtype=np.float64)

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
    """Read a prior from its line of text; every draw of it is a number of at most 1e12.

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
        raise ValueError(f"found {str(text)[:80]!r}; expected {GRAMMAR}")
    if isinstance(text, (int, float)):
        text = repr(text)
    if len(text) > LONGEST:
        raise ValueError(f"found a prior of {len(text):,} letters; expected at most {LONGEST:,}")
    return _read(text)


@lru_cache(maxsize=REMEMBERED)
def _read(text: str) -> Prior:
    """Read a line of text, once: a case asks for the model's defaults again for every explanation."""
    prior = _parse(text, DEEPEST)
    with np.errstate(all="ignore"):
        draws = prior.quantile(np.array([0.0, 0.001, 0.25, 0.5, 0.75, 0.999, 1.0]))
        below = prior.cdf(draws)
    if not (np.abs(draws) <= GREATEST).all():
        raise ValueError(f"found '{text.strip()}', whose draws exceed {GREATEST:g} or are no numbers; expected smaller numbers")
    if (np.diff(draws) < -1e-9 * (1.0 + np.abs(draws[1:]))).any() or not ((below >= 0.0) & (below <= 1.0 + 1e-9)).all():
        raise ValueError(f"found '{text.strip()}', whose draws cannot be computed; expected a wider or narrower spread")
    return prior


def _parse(text: str, depth: int) -> Prior:
    match = _CALL.fullmatch(text)
    if match is None:
        return Prior(text.strip(), "number", (_number(text, text),))
    name, inside = match[1], match[2]
    if name in ("choice", "mixture"):
        return _weighted(text, name, inside, depth)
    if name not in FAMILIES:
        near = nearest(name, [*FAMILIES, "choice", "mixture"])
        raise ValueError(f"found '{text}'; expected {GRAMMAR}" + (f"; {near}" if near else ""))
    family = FAMILIES[name]
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
        return units.number(word)
    except ValueError:
        raise ValueError(f"found '{text.strip()}'; expected {GRAMMAR}") from None


def _weighted(text: str, name: str, inside: str, depth: int) -> Prior:
    """Read `choice(v: p, ...)` or `mixture(p: prior, ...)`; chances must sum to 1 within 1e-6."""
    if depth == 0:
        raise ValueError(f"found mixtures inside each other; expected at most {DEEPEST}")
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
    return Prior(text.strip(), name, (), weights, tuple(_parse(part, depth - 1) for part in right))


def _split(inside: str) -> list[str]:
    """Split at the commas that are not inside brackets."""
    items, depth, begin = [], 0, 0
    for i, letter in enumerate(inside):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            items.append(inside[begin:i])
            begin = i + 1
    return [*items, inside[begin:]]
