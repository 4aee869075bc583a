"""Likelihood: what a history makes of the evidence, root by root, kept apart so that every what-if is a sum.

For a root with state z in {faithful, slanted, uninformative} and the claims c that hang on it,
p(claims | history) = sum_z p(z) prod_c p_z(c | history): one latent state per root couples its claims, so a refuted
count lowers trust in its other claims. p(faithful) = rho has the source's beta prior; roots of one institution share
rho, which is integrated exactly (the product is a polynomial in rho, Gauss-Jacobi). The same statement twice on one
root counts once. Log densities are kept per claim and state: leaving out a root, another letter or one voice per
outlet need no simulation.
"""
from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
from scipy.special import roots_jacobi

from interlope.dossier.book import Book
from interlope.dossier.claim import Claim
from interlope.dossier.density import log_sum
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.source import reliability, split
from interlope.inference import official
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case


@dataclass(frozen=True, eq=False)
class Plan:
    """What enters the likelihood of a case, and where in the statistics it is found.

    Attributes
    ----------
    book : dossier that states roots, sources and letters. claims : fitted claims, sorted by id.
    columns : claim id -> columns of the statistics. groups : official series by shared dispersion.
    dropped : id -> reason, for what should have been fitted and could not be.
    width : number of statistics.
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
        found = {c for claim in self.claims for c in self.columns[claim.id]}
        found |= {int(c) for g in self.groups for t in g.tables for c in t.columns}
        return np.array(sorted(found), dtype=int)

    def reduced(self) -> Plan:
        """The same plan for statistics that hold the used columns only."""
        place = {int(c): i for i, c in enumerate(self.used)}
        groups = tuple(
            official.Group(tuple(replace(t, columns=np.array([place[int(c)] for c in t.columns])) for t in g.tables))
            for g in self.groups
        )
        columns = {name: tuple(place[c] for c in cs) for name, cs in self.columns.items()}
        return replace(self, columns=columns, groups=groups, width=len(place))


@dataclass(frozen=True, eq=False)
class Terms:
    """Log likelihood of n histories in parts.

    `states` [n, claims, 3]: log density of each claim if its root is faithful, slanted or uninformative.
    `official` [n, groups]: log likelihood of each group of official series.
    """

    states: np.ndarray
    official: np.ndarray


def content(claim: Claim) -> tuple[object, ...]:
    """What a claim says, apart from who says it, when and in which words."""
    c = claim
    return (c.kind, c.root, c.series, c.window, c.reduce, c.unit, c.low, c.high, c.threshold, c.said, c.chance_if_true,
            c.chance_if_false, c.sd, c.noise, c.shift, c.cuts, c.words, c.ascertained, c.reference, c.interpretations)


def distinct(claims: Collection[Claim]) -> list[Claim]:
    """Claims sorted by id, each statement once per root: the one least distorted by relays is kept."""
    kept: dict[tuple[object, ...], Claim] = {}
    for claim in sorted(claims, key=lambda c: (c.distortion, c.id)):
        kept.setdefault(content(claim), claim)
    return sorted(kept.values(), key=lambda c: c.id)


def plan(case: Case, binding: Binding, last: date) -> Plan:
    """Decide what enters the likelihood.

    Parameters
    ----------
    case : as known on its `as_of`. binding : where each number is found. last : last simulated day.
    """
    dropped: dict[str, str] = {}
    claims, columns = [], {}
    for claim in distinct([c for c in case.book.claims.values() if c.likelihood and c.root in case.book.roots]):
        places = binding.claim_columns[claim.id]
        if any(binding.reductions[c].end > last for c in places):
            dropped[claim.id] = f"its window ends after {last}, the last simulated day"
            continue
        claims.append(claim)
        columns[claim.id] = tuple(places)
    tables = []
    for series in case.series.values():
        places = binding.series_columns[series.id]
        usable = [c >= 0 and binding.reductions[c].end <= last for c in places]
        found = official.table(series, places, usable)
        if found is not None:
            tables.append(found)
    return Plan(case.book, tuple(claims), columns, official.groups(tables), dropped, len(binding.reductions))


def terms(what: Plan, statistics: np.ndarray, nodes: int = official.FINE) -> Terms:
    """Score histories.

    Parameters
    ----------
    statistics : [n, what.width]. nodes : quadrature nodes per nuisance of the official series.
    """
    states = np.zeros((len(statistics), len(what.claims), 3))
    for i, claim in enumerate(what.claims):
        states[:, i] = _score(claim, what, statistics)
    parts = [official.log_likelihood(group, statistics, nodes) for group in what.groups]
    return Terms(states, np.stack(parts, axis=1) if parts else np.zeros((len(statistics), 0)))


def _score(claim: Claim, what: Plan, statistics: np.ndarray) -> np.ndarray:
    values = statistics[:, list(what.columns[claim.id])]
    return REGISTRY[claim.kind].logscore(values, claim, what.book.roots[claim.root])


def total(what: Plan, parts: Terms, *, outlets: bool = False) -> np.ndarray:
    """Log likelihood [n] of histories.

    Parameters
    ----------
    outlets : count every relay of every claim as an independent voice with a state of its own, as a naive reader would.
    """
    result = parts.official.sum(axis=1)
    for members in _institutions(what):
        result = result + (_naive(what, parts, members) if outlets else _shared(what, parts, members))
    return result


def without(what: Plan, parts: Terms, statistics: np.ndarray, root: str) -> tuple[Plan, Terms]:
    """The plan and terms with one root left out: its claims, and the official series that report it.

    Only a group of series that loses one of its tables and keeps another is scored again.
    """
    keep = [i for i, claim in enumerate(what.claims) if claim.root != root]
    groups, columns = [], []
    for i, group in enumerate(what.groups):
        rest = official.Group(tuple(t for t in group.tables if t.root != root))
        if rest.tables:
            groups.append(rest)
            whole = len(rest.tables) == len(group.tables)
            columns.append(parts.official[:, i] if whole else official.log_likelihood(rest, statistics))
    left = np.stack(columns, axis=1) if columns else np.zeros((len(statistics), 0))
    smaller = replace(what, claims=tuple(what.claims[i] for i in keep), groups=tuple(groups))
    return smaller, Terms(parts.states[:, keep], left)


def regraded(what: Plan, parts: Terms, statistics: np.ndarray, source: str, letter: str) -> tuple[Plan, Terms]:
    """The plan and terms with another letter for one source; what it distorts as a relay changes too.

    Raises
    ------
    KeyError
        When the dossier has no such source or letter.
    """
    reliability(letter)
    book = what.book.regrade(source, letter)
    claims = tuple(book.claims[c.id] for c in what.claims)
    states = parts.states.copy()
    for i, (old, new) in enumerate(zip(what.claims, claims)):
        if old.distortion != new.distortion:
            states[:, i] = _score(new, what, statistics)
    return replace(what, book=book, claims=claims), Terms(states, parts.official)


def roots(what: Plan) -> list[str]:
    """Roots that enter the likelihood, through claims or official series, in the dossier's order."""
    wanted = {claim.root for claim in what.claims} | {t.root for g in what.groups for t in g.tables}
    return [root for root in what.book.roots if root in wanted] + sorted(wanted - set(what.book.roots))


def trust(what: Plan, parts: Terms, root: str) -> np.ndarray:
    """Chance [n, 3] that a root was faithful, slanted or uninformative, given each history."""
    log_w = np.log(_prior(what, root)) + _collect(what, parts, root)
    return np.exp(log_w - log_sum(log_w, 1)[:, None])


def _prior(what: Plan, root: str) -> np.ndarray:
    """Mean weights of (faithful, slanted, uninformative)."""
    letter = what.book.letter(root)
    beta = reliability(letter)
    faithful = beta.a / (beta.a + beta.b)
    slanted = split(letter, what.book.roots[root].slant_share)
    return np.array([faithful, (1.0 - faithful) * slanted, (1.0 - faithful) * (1.0 - slanted)])


def _collect(what: Plan, parts: Terms, root: str) -> np.ndarray:
    """Sum of log densities of a root's claims by state [n, 3]."""
    rows = [i for i, claim in enumerate(what.claims) if claim.root == root]
    return parts.states[:, rows].sum(axis=1)


def _institutions(what: Plan) -> list[list[str]]:
    """Roots with claims by shared reliability: those of one institution with one letter."""
    together: dict[tuple[str, str], list[str]] = {}
    speaking = {claim.root for claim in what.claims}
    for root in what.book.roots:
        if root in speaking:
            key = (what.book.institution(root) or root, what.book.letter(root))
            together.setdefault(key, []).append(root)
    return list(together.values())


def _shared(what: Plan, parts: Terms, members: list[str]) -> np.ndarray:
    """Log likelihood [n] of roots that share one reliability rho, integrated over its beta prior."""
    letter = what.book.letter(members[0])
    beta = reliability(letter)
    rho, log_weight = _quadrature(len(members) // 2 + 1, beta.a, beta.b)
    at = np.zeros((len(parts.states), len(rho)))
    for root in members:
        at = at + _given(rho, split(letter, what.book.roots[root].slant_share), _collect(what, parts, root))
    return log_sum(at + log_weight, 1)


@lru_cache(maxsize=64)
def _quadrature(count: int, a: float, b: float) -> tuple[np.ndarray, np.ndarray]:
    """Nodes of a beta(a, b) and their log weights."""
    x, w = roots_jacobi(count, b - 1.0, a - 1.0)
    return (1.0 + x) / 2.0, np.log(w / w.sum())


def _given(rho: np.ndarray, slanted: float, states: np.ndarray) -> np.ndarray:
    """Log of rho F + (1 - rho)(s S + (1 - s) U) [n, q] for log densities F, S, U [n, 3]."""
    with np.errstate(divide="ignore"):
        other = np.logaddexp(np.log(slanted) + states[:, 1], np.log1p(-slanted) + states[:, 2])
    return np.logaddexp(np.log(rho) + states[:, :1], np.log1p(-rho) + other[:, None])


def _naive(what: Plan, parts: Terms, members: list[str]) -> np.ndarray:
    """Log likelihood [n] if every claim and every outlet that carries it were an independent observation."""
    result = np.zeros(len(parts.states))
    for i, claim in enumerate(what.claims):
        if claim.root in members:
            voices = 1 + len(claim.chain)
            result = result + voices * log_sum(np.log(_prior(what, claim.root)) + parts.states[:, i], 1)
    return result
