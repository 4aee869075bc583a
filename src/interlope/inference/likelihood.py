"""Likelihood: how probable all evidence is given a replicate's statistics, root by root, so that every what-if is a sum.

For a root with state z in {faithful, slanted, uninformative} and the claims c that hang on it,
p(claims | replicate) = sum_z p(z) prod_c p_z(c | replicate): one latent state per root couples its claims, so a refuted
count lowers trust in its other claims. p(faithful) = rho has the source's beta prior; roots of one institution share
rho, which is integrated exactly (the product is a polynomial in rho, Gauss-Jacobi). The same statement twice on one
root counts once. Log densities are stored per claim and state: leaving out a root or another letter need no simulation.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from scipy.special import roots_jacobi

from interlope.dossier.book import Book
from interlope.dossier.claim import Claim
from interlope.dossier.density import log_sum
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.series import write_period
from interlope.dossier.source import reliability, split
from interlope.inference import left_out, official
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case


@dataclass(frozen=True, eq=False)
class LikelihoodPlan:
    """What enters the likelihood of a case, and in which statistics it is read.

    Attributes
    ----------
    book : Book
        Dossier that states roots, sources and letters.
    claims : tuple of Claim
        Fitted claims, sorted by id.
    columns : mapping of str to tuple of int
        Columns of the statistics that each claim reads, by its id.
    groups : tuple of official.Group
        Official series by shared dispersion.
    dropped : mapping of str to str
        Reason, by id, for what should have been fitted and could not be.
    width : int
        Number of statistics.
    """

    book: Book
    claims: tuple[Claim, ...]
    columns: Mapping[str, tuple[int, ...]]
    groups: tuple[official.Group, ...]
    dropped: Mapping[str, str]
    width: int

    @property
    def used(self) -> np.ndarray:
        """Columns [u] of the statistics that the likelihood reads, in rising order."""
        columns = {c for claim in self.claims for c in self.columns[claim.id]}
        columns |= {int(c) for g in self.groups for t in g.series for c in t.columns}
        return np.array(sorted(columns), dtype=int)

    def reduced(self) -> LikelihoodPlan:
        """The same plan for statistics of the used columns only."""
        position = {int(c): i for i, c in enumerate(self.used)}
        groups = tuple(
            official.Group(tuple(replace(t, columns=np.array([position[int(c)] for c in t.columns])) for t in g.series))
            for g in self.groups
        )
        columns = {name: tuple(position[c] for c in cs) for name, cs in self.columns.items()}
        return replace(self, columns=columns, groups=groups, width=len(position))


@dataclass(frozen=True, eq=False)
class Terms:
    """Log likelihood of n replicates in parts.

    Attributes
    ----------
    states : ndarray
        Log density of each claim if its root is faithful, slanted or uninformative [n, claims, 3].
    official : ndarray
        Log likelihood of each group of official series [n, groups].
    """

    states: np.ndarray
    official: np.ndarray


def make_plan(case: Case, binding: Binding) -> LikelihoodPlan:
    """Decide what enters the likelihood.

    Parameters
    ----------
    case : Case
        A case as known on its `as_of`.
    binding : Binding
        Column of the statistics for each number.

    Returns
    -------
    LikelihoodPlan
        What is fitted, and in `dropped` what could not be.
    """
    dropped = left_out.find(case)
    claims = sorted((c for c in case.book.claims.values() if c.likelihood and c.id not in dropped), key=lambda c: c.id)
    columns = {claim.id: tuple(binding.claim_columns[claim.id]) for claim in claims}
    fitted = []
    for series in case.series.values():
        recorded = binding.series_columns[series.id]
        usable = [f"{series.id}:{write_period(v, series.period)}" not in dropped for v in series.values]
        figures = official.fitted_series(series, recorded, usable)
        if figures is not None:
            fitted.append(figures)
    return LikelihoodPlan(case.book, tuple(claims), columns, official.groups(fitted), dropped, len(binding.reductions))


def terms(plan: LikelihoodPlan, statistics: np.ndarray, nodes: int = official.FINE) -> Terms:
    """Score replicates.

    Parameters
    ----------
    plan : LikelihoodPlan
        What enters the likelihood.
    statistics : ndarray
        Statistics of n replicates [n, width].
    nodes : int
        Quadrature nodes per nuisance parameter of the official series.

    Returns
    -------
    Terms
        Log likelihood by claim and state, and by group of official series.
    """
    parts = [official.log_likelihood(group, statistics, nodes) for group in plan.groups]
    return Terms(claim_states(plan, statistics), np.stack(parts, axis=1) if parts else np.zeros((len(statistics), 0)))


def claim_states(plan: LikelihoodPlan, statistics: np.ndarray) -> np.ndarray:
    """Log density [n, claims, 3] of each claim if its root is faithful, slanted or uninformative."""
    states = np.zeros((len(statistics), len(plan.claims), 3))
    for i, claim in enumerate(plan.claims):
        states[:, i] = _score(claim, plan, statistics)
    return states


def _score(claim: Claim, plan: LikelihoodPlan, statistics: np.ndarray) -> np.ndarray:
    values = statistics[:, list(plan.columns[claim.id])]
    return REGISTRY[claim.kind].logscore(values, claim, plan.book.roots[claim.root])


def total(plan: LikelihoodPlan, parts: Terms, *, outlets: bool = False) -> np.ndarray:
    """Log likelihood [n] of replicates.

    Parameters
    ----------
    plan : LikelihoodPlan
        What enters the likelihood.
    parts : Terms
        Its log likelihood in parts.
    outlets : bool
        Count every relay of every claim as an independent observation with a state of its own, as a naive reader would.

    Returns
    -------
    ndarray
        Log likelihood [n], integrated over the reliability of every institution.
    """
    result = parts.official.sum(axis=1)
    for members in group_institutions(plan):
        result = result + (_naive(plan, parts, members) if outlets else _shared(plan, parts, members))
    return result


def without(plan: LikelihoodPlan, parts: Terms, statistics: np.ndarray, root: str) -> tuple[LikelihoodPlan, Terms]:
    """The plan and terms with one root left out: its claims, and the official series that report it.

    Only a group that loses one of its series and has others left is scored again.
    """
    keep = [i for i, claim in enumerate(plan.claims) if claim.root != root]
    groups, columns = [], []
    for i, group in enumerate(plan.groups):
        rest = official.Group(tuple(t for t in group.series if t.root != root))
        if rest.series:
            groups.append(rest)
            whole = len(rest.series) == len(group.series)
            columns.append(parts.official[:, i] if whole else official.log_likelihood(rest, statistics))
    left = np.stack(columns, axis=1) if columns else np.zeros((len(statistics), 0))
    smaller = replace(plan, claims=tuple(plan.claims[i] for i in keep), groups=tuple(groups))
    return smaller, Terms(parts.states[:, keep], left)


def without_claim(plan: LikelihoodPlan, parts: Terms, claim: str) -> tuple[LikelihoodPlan, Terms]:
    """The plan and terms with one claim left out."""
    keep = [i for i, c in enumerate(plan.claims) if c.id != claim]
    return replace(plan, claims=tuple(plan.claims[i] for i in keep)), Terms(parts.states[:, keep], parts.official)


def regraded(plan: LikelihoodPlan, parts: Terms, statistics: np.ndarray, source: str, letter: str) -> tuple[LikelihoodPlan, Terms]:
    """The plan and terms with another letter for one source; what it distorts as a relay changes too.

    Raises
    ------
    KeyError
        When the dossier has no such source or letter.
    """
    reliability(letter)
    book = plan.book.regrade(source, letter)
    claims = tuple(book.claims[c.id] for c in plan.claims)
    states = parts.states.copy()
    for i, (old, new) in enumerate(zip(plan.claims, claims)):
        if old.distortion != new.distortion:
            states[:, i] = _score(new, plan, statistics)
    return replace(plan, book=book, claims=claims), Terms(states, parts.official)


def recoded(plan: LikelihoodPlan, parts: Terms, statistics: np.ndarray, claim: Claim) -> tuple[LikelihoodPlan, Terms]:
    """The plan and terms with a weighed claim coded otherwise: other numbers, words or chances of the same statistics."""
    at, states = list(plan.columns).index(claim.id), parts.states.copy()
    claim = replace(claim, distortion=plan.claims[at].distortion, by_letters=plan.claims[at].by_letters)
    states[:, at] = _score(claim, plan, statistics)
    return replace(plan, claims=(*plan.claims[:at], claim, *plan.claims[at + 1 :])), Terms(states, parts.official)


def roots(plan: LikelihoodPlan) -> list[str]:
    """Roots that enter the likelihood, through claims or official series, in the dossier's order."""
    wanted = {claim.root for claim in plan.claims} | {t.root for g in plan.groups for t in g.series}
    return [root for root in plan.book.roots if root in wanted] + sorted(wanted - set(plan.book.roots))


def trust(plan: LikelihoodPlan, parts: Terms, root: str) -> np.ndarray:
    """Chance [n, 3] that a root was faithful, slanted or uninformative, given each replicate."""
    with np.errstate(divide="ignore"):
        log_w = np.log(_prior(plan, root)) + _collect(plan, parts, root)
    return np.exp(log_w - log_sum(log_w, 1)[:, None])


def faithful(plan: LikelihoodPlan, root: str) -> float:
    """Chance that a root was faithful by its letter alone."""
    return float(_prior(plan, root)[0])


def _prior(plan: LikelihoodPlan, root: str) -> np.ndarray:
    """Mean weights of (faithful, slanted, uninformative)."""
    letter = plan.book.letter(root)
    beta = reliability(letter)
    faithful = beta.a / (beta.a + beta.b)
    slanted = split(letter, plan.book.roots[root].slant_share)
    return np.array([faithful, (1.0 - faithful) * slanted, (1.0 - faithful) * (1.0 - slanted)])


def _collect(plan: LikelihoodPlan, parts: Terms, root: str) -> np.ndarray:
    """Sum of log densities of a root's claims by state [n, 3]."""
    rows = [i for i, claim in enumerate(plan.claims) if claim.root == root]
    return parts.states[:, rows].sum(axis=1)


def group_institutions(plan: LikelihoodPlan) -> list[list[str]]:
    """Roots with claims by shared reliability: those of one institution with one letter."""
    together: dict[tuple[str, str], list[str]] = {}
    speaking = {claim.root for claim in plan.claims}
    for root in plan.book.roots:
        if root in speaking:
            key = (plan.book.institution(root) or root, plan.book.letter(root))
            together.setdefault(key, []).append(root)
    return list(together.values())


def _shared(plan: LikelihoodPlan, parts: Terms, members: list[str]) -> np.ndarray:
    """Log likelihood [n] of roots that share one reliability rho, integrated over its beta prior."""
    letter = plan.book.letter(members[0])
    beta = reliability(letter)
    rho, log_weight = quadrature(len(members) // 2 + 1, beta.a, beta.b)
    at = np.zeros((len(parts.states), len(rho)))
    for root in members:
        at = at + _given(rho, split(letter, plan.book.roots[root].slant_share), _collect(plan, parts, root))
    return log_sum(at + log_weight, 1)


@lru_cache(maxsize=64)
def quadrature(count: int, a: float, b: float) -> tuple[np.ndarray, np.ndarray]:
    """Nodes of a beta(a, b) and their log weights."""
    x, w = roots_jacobi(count, b - 1.0, a - 1.0)
    return (1.0 + x) / 2.0, np.log(w / w.sum())


def _given(rho: np.ndarray, slanted: float, states: np.ndarray) -> np.ndarray:
    """Log of rho F + (1 - rho)(s S + (1 - s) U) [n, q] for log densities F, S, U [n, 3]."""
    with np.errstate(divide="ignore"):
        other = np.logaddexp(np.log(slanted) + states[:, 1], np.log1p(-slanted) + states[:, 2])
    return np.logaddexp(np.log(rho) + states[:, :1], np.log1p(-rho) + other[:, None])


def _naive(plan: LikelihoodPlan, parts: Terms, members: list[str]) -> np.ndarray:
    """Log likelihood [n] if every claim and every outlet that carries it were an independent observation."""
    result = np.zeros(len(parts.states))
    for i, claim in enumerate(plan.claims):
        if claim.root in members:
            result = result + (1 + len(claim.chain)) * log_sum(np.log(_prior(plan, claim.root)) + parts.states[:, i], 1)
    return result
