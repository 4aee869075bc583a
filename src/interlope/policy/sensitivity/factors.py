"""Factors: what is varied, each as a number in [0, 1]: every parameter with a prior, the explanation, and the random numbers.

A parameter's number is a quantile of its prior, so that equal steps are equally probable, whatever the prior looks like. The
explanation is one factor more: its number picks one of the case's explanations by prior odds, and a parameter that the
explanation fixes then has no effect; which variant of an explanation holds is one more, where any has some. The random numbers
are the dummy factor: they change no parameter, only which random streams the replicates use. Their effect is simulation noise, which
any other effect has to beat.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from interlope.ensemble.design import sampled
from interlope.scenario.case import Case
from interlope.scenario.resolved import ResolvedParameter
from interlope.scenario.variants import chances, pick

EXPLANATION, VARIANT, RANDOM_NUMBERS = "explanation", "variant", "random numbers"
STREAM_SETS = 64  # sets of random streams that the dummy factor chooses from


def label(name: str) -> str:
    """A factor's name as tables and figures show it."""
    return f"{name} (simulation noise)" if name == RANDOM_NUMBERS else name


class Factor(NamedTuple):
    """One thing that is varied. `role` is the parameter's own; `prior` its line of text, the first explanation's that has one."""

    name: str
    role: str
    unit: str
    prior: str
    meaning: str


@dataclass(frozen=True, eq=False)
class Factors:
    """The factors of a case, in the order of the columns of a design.

    Attributes
    ----------
    explanations : names, with their prior chances `chances`. known : priors by explanation. factors : what is varied.
    """

    case: Case
    explanations: tuple[str, ...]
    chances: np.ndarray
    known: Mapping[str, Mapping[str, ResolvedParameter]]
    factors: tuple[Factor, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the factors."""
        return tuple(f.name for f in self.factors)

    def values(self, u: np.ndarray, names: tuple[str, ...]) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]:
        """Parameters of design points.

        Parameters
        ----------
        u : numbers in [0, 1] [n, len(names)]. names : factors that are varied; every other one stays at its median, and the
            explanation, where it is not varied, at the first.

        Returns
        -------
        (values by parameter [n], index of the explanation [n], index of the set of random streams [n]).
        """
        column = {name: u[:, i] for i, name in enumerate(names)}
        edges = np.cumsum(self.chances)[:-1]
        which = np.searchsorted(edges, column.get(EXPLANATION, np.zeros(len(u))), side="right")
        stream_set = np.minimum((column.get(RANDOM_NUMBERS, np.zeros(len(u))) * STREAM_SETS).astype(np.int64), STREAM_SETS - 1)
        form = column.get(VARIANT, np.zeros(len(u)))
        values = {name: np.empty(len(u)) for name in next(iter(self.known.values()))}
        for i, explanation in enumerate(self.explanations):
            here = which == i
            chance = chances(self.case.hypotheses[explanation].variants)
            holds = pick(chance, form[here]) if chance else np.zeros(int(here.sum()), dtype=np.int64)
            for name, value in values.items():
                k = self.known[explanation][name]
                forms = [_carry(each, column.get(name), here) for each in k.variants or (k,)]
                value[here] = np.choose(holds, forms) if k.variants else forms[0]
        return values, which, stream_set


def _carry(k: ResolvedParameter, u: np.ndarray | None, here: np.ndarray) -> np.ndarray:
    """Values of a parameter at some of the design points: quantiles of its prior, or the median where it is not varied."""
    return np.full(int(here.sum()), k.prior.median) if u is None or k.prior.constant else k.prior.quantile(u[here])


def list_factors(case: Case) -> Factors:
    """Everything of a case that is varied: random numbers, the explanation where there are several, every parameter with a prior."""
    known = {name: case.parameters(name) for name in case.hypotheses}
    odds = np.array([h.prior_odds for h in case.hypotheses.values()], dtype=np.float64)
    factors = [Factor(RANDOM_NUMBERS, "dummy", "1", "", "other random streams, the same parameters: simulation noise")]
    if len(known) > 1:
        factors.append(Factor(EXPLANATION, "I", "1", "", f"which explanation is true: {', '.join(known)}"))
    if formed := [f"{h.name}: {', '.join(v.name for v in h.variants)}" for h in case.hypotheses.values() if h.variants]:
        factors.append(Factor(VARIANT, "I", "1", "", f"which variant of an explanation holds ({'; '.join(formed)})"))
    names: dict[str, ResolvedParameter] = {}
    for table in known.values():
        for name in sampled(table):
            names.setdefault(name, table[name])
    order = [n for n in next(iter(known.values())) if n in names]
    factors += [Factor(n, names[n].role, names[n].unit, names[n].prior.text, names[n].meaning) for n in order]
    return Factors(case, tuple(known), odds / odds.sum(), known, tuple(factors))
