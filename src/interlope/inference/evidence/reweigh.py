"""Reweigh: weights of the stored replicates under several changes of the evidence at once, from their packed terms alone.

The report's page computes the same in a browser (`reporting/templates/scripts/weigh.js`); tests compare both with the replicates as they
were. For a root with claims c, densities f, s, u of a faithful, slanted and uninformative root, and relays that distort with chance d,
the density of a claim is (1 - d) f + d u where the root is faithful. Stored are f/u, s/u and u, so that any letter is a product and a sum.
"""
from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from interlope.dossier.density import log_sum
from interlope.dossier.source import distortion, reliability, split, weights
from interlope.inference import likelihood
from interlope.inference.sampling import importance
from interlope.results.terms import PackedExplanation, StoredTerms, TermClaim, TermRoot


@dataclass(frozen=True)
class Change:
    """Changes of the evidence: letters by source, roots and claims left out, every outlet counted as new evidence."""

    letters: Mapping[str, str] = field(default_factory=dict)
    roots: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    outlets: bool = False


@dataclass(frozen=True, eq=False)
class Columns:
    """Terms of n replicates of one explanation, as logarithms.

    Attributes
    ----------
    point : ndarray
        Point that each replicate descends from [n].
    base : ndarray
        Log weight without the likelihood [n].
    states : ndarray
        By claim the log densities, relays left out, of a faithful and a slanted root less that of an uninformative one, and that one
        [claims, 3, n].
    official : tuple of ndarray
        By group of official series, for every choice of its roots or by root and node [columns, n] (see `TermGroup`).
    replicates, points : int
        Replicates of the fit, and the points that they descend from.
    """

    point: np.ndarray
    base: np.ndarray
    states: np.ndarray
    official: tuple[np.ndarray, ...]
    replicates: int
    points: int


def unpack(terms: StoredTerms, packed: PackedExplanation) -> Columns:
    """The numbers that were packed, to half a step."""
    raw = np.frombuffer(zlib.decompress(base64.b64decode(packed.data)), np.uint8).reshape(-1, 2, packed.rows)
    stored, codes, columns = iter(raw[:, 0] + 256.0 * raw[:, 1]), [], []
    for about in packed.columns:
        codes.append(np.zeros(packed.rows) if not about.step else next(stored) if about.same is None else codes[about.same])
        columns.append(about.low + about.step * codes[-1])
    count = 3 * len(terms.claims)
    states, rest, official = np.reshape(columns[2 : 2 + count], (-1, 3, packed.rows)), columns[2 + count :], []
    for group in terms.groups:
        size = len(group.roots) * len(group.log_weight) or 2 ** len(group.roots) - 1
        official.append(np.stack(rest[:size]))
        rest = rest[size:]
    return Columns(np.cumsum(columns[0]).astype(np.int64) - 1, columns[1], states, tuple(official), packed.replicates, packed.points)


def log_weight(terms: StoredTerms, columns: Columns, change: Change) -> np.ndarray:
    """Log weights [n] of the replicates under a change."""
    letters = {s.id: s.letter for s in terms.sources} | dict(change.letters)
    total = columns.base.copy()
    for group, values in zip(terms.groups, columns.official):
        here = [i for i, root in enumerate(group.roots) if root not in change.roots]
        if here and group.log_weight:
            by_root = values.reshape(len(group.roots), -1, len(total))
            total += log_sum(by_root[here].sum(axis=0) + np.array(group.log_weight)[:, None], 0)
        elif here:
            total += values[sum(2**i for i in here) - 1]
    rows = [i for i, c in enumerate(terms.claims) if c.root not in change.roots and c.id not in change.claims]
    for members in _institutions(terms, rows, letters):
        add = _count_outlets if change.outlets else _integrate
        total += add(terms, columns, members, rows, letters)
    return total


def probabilities(terms: StoredTerms, columns: Mapping[str, Columns], change: Change) -> dict[str, float]:
    """Probability of each explanation under a change.

    Parameters
    ----------
    terms : StoredTerms
        Packed terms of a study.
    columns : mapping of str to Columns
        The same unpacked, by explanation; see `unpack`.
    change : Change
        What is changed.

    Returns
    -------
    dict of str to float
    """
    log_odds = []
    for packed in terms.explanations:
        here = columns[packed.name]
        log_z = importance.log_mean(log_weight(terms, here, change)) + np.log(len(here.base) / here.replicates)
        log_odds.append(np.log(packed.prior_odds) + log_z)
    return dict(zip([e.name for e in terms.explanations], importance.softmax(np.array([log_odds]))[0].tolist()))


def _institutions(terms: StoredTerms, rows: Sequence[int], letters: Mapping[str, str]) -> list[list[TermRoot]]:
    """Roots with claims by shared reliability: those of one institution with one letter."""
    speaking = {terms.claims[i].root for i in rows}
    together: dict[tuple[str, str], list[TermRoot]] = {}
    for root in terms.roots:
        if root.id in speaking:
            together.setdefault((root.institution, letters[root.source]), []).append(root)
    return list(together.values())


def _distortion(claim: TermClaim, letters: Mapping[str, str]) -> float:
    return distortion("".join(letters[r] for r in claim.relays)) if claim.by_letters else claim.distortion


def _passed_on(columns: Columns, i: int, lost: float) -> np.ndarray:
    """Densities of a claim for a faithful and a slanted root over that for an uninformative one, with what relays lose [2, n]."""
    return (1.0 - lost) * np.exp(columns.states[i, :2]) + lost


def _integrate(terms: StoredTerms, columns: Columns, members: Sequence[TermRoot], rows: Sequence[int],
               letters: Mapping[str, str]) -> np.ndarray:
    """Log likelihood [n] of roots that share one reliability, integrated over its prior."""
    letter = letters[members[0].source]
    beta = reliability(letter)
    at, log_w = likelihood.quadrature(len(members) // 2 + 1, beta.a, beta.b)
    chance, plain = np.ones((len(at), len(columns.base))), np.zeros(len(columns.base))
    for root in members:
        product = np.ones((2, len(columns.base)))
        for i in rows:
            if terms.claims[i].root == root.id:
                product *= _passed_on(columns, i, _distortion(terms.claims[i], letters))
                plain += columns.states[i, 2]
        slanted = split(letter, root.slant_share)
        chance *= at[:, None] * product[0] + (1.0 - at[:, None]) * (slanted * product[1] + (1.0 - slanted))
    with np.errstate(divide="ignore"):
        return plain + np.log(np.exp(log_w) @ chance)


def _count_outlets(terms: StoredTerms, columns: Columns, members: Sequence[TermRoot], rows: Sequence[int],
                   letters: Mapping[str, str]) -> np.ndarray:
    """Log likelihood [n] if every claim and every outlet that carries it were an independent observation."""
    total, by_id = np.zeros(len(columns.base)), {r.id: r for r in members}
    for i in rows:
        claim = terms.claims[i]
        if claim.root in by_id:
            root = by_id[claim.root]
            f, s, u = weights(letters[root.source], root.slant_share)
            density = np.array([f, s]) @ _passed_on(columns, i, _distortion(claim, letters)) + u
            with np.errstate(divide="ignore"):
                total += (1 + len(claim.relays)) * (np.log(density) + columns.states[i, 2])
    return total
