"""Provenance: chains from a root to the reader, what is shared, and what counting outlets instead of roots would claim.

The likelihood is evaluated once for each observation that was really made. Eight outlets that repeat one root with
chances 0.8 and 0.3 are worth 2.67 to 1, not 2557 to 1.
"""
from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from interlope.dossier.claim import SILENCE, Claim
from interlope.dossier.source import Root, Source


class Dossier(Protocol):
    """What is read here of a dossier."""

    @property
    def sources(self) -> dict[str, Source]: ...
    @property
    def roots(self) -> dict[str, Root]: ...
    @property
    def claims(self) -> dict[str, Claim]: ...


class Counting(NamedTuple):
    """Odds if every outlet were independent, and odds with each root counted once."""

    naive: float
    roots: float


def odds(if_true: float, if_false: float, outlets: int) -> Counting:
    """What a statement is worth when outlets repeat one root.

    Parameters
    ----------
    if_true, if_false : float
        Chance that the root says so where it holds and where it does not.
    outlets : int
        How many repeat it.

    Examples
    --------
    >>> two = odds(0.8, 0.3, 8)
    >>> round(two.naive), round(two.roots, 2)
    (2557, 2.67)
    """
    ratio = if_true / if_false
    return Counting(math.exp(outlets * math.log(ratio)), ratio)


def chain(book: Dossier, claim: Claim) -> list[str]:
    """Who passed a claim on, from the root's source to the last relay.

    Parameters
    ----------
    book : Dossier
        The dossier.
    claim : Claim
        The claim.

    Returns
    -------
    list[str]
    """
    first = [book.roots[claim.root].source] if claim.root in book.roots else []
    return first + list(claim.chain)


def relays(book: Dossier, root: str) -> list[str]:
    """Every relay between a root and the reader, in order of first use.

    Parameters
    ----------
    book : Dossier
        The dossier.
    root : str
        Id of the root.

    Returns
    -------
    list[str]
    """
    return list(dict.fromkeys(relay for c in book.claims.values() if c.root == root for relay in c.chain))


def outlets(book: Dossier, root: str) -> int:
    """How many voices would be counted for a root by someone who takes each as independent; at least one.

    Parameters
    ----------
    book : Dossier
        The dossier.
    root : str
        Id of the root.

    Returns
    -------
    int
    """
    return 1 + len(relays(book, root))


def heard_once(book: Dossier) -> list[str]:
    """Roots that are heard in one weighed claim only, and of which nothing says whether they were silent on anything else.

    Parameters
    ----------
    book : Dossier
        The dossier.

    Returns
    -------
    list of str
    """
    weighed = [c for c in book.claims.values() if c.likelihood]
    silent = {c.root for c in weighed if c.kind == SILENCE}
    times = Counter(c.root for c in weighed)
    return [root for root in book.roots if times[root] == 1 and root not in silent]


def shared(book: Dossier) -> dict[str, list[str]]:
    """Relays through which more than one root reaches the reader, with those roots.

    Parameters
    ----------
    book : Dossier
        The dossier.

    Returns
    -------
    dict[str, list[str]]
    """
    through: dict[str, list[str]] = {}
    for claim in book.claims.values():
        for relay in claim.chain:
            roots = through.setdefault(relay, [])
            if claim.root and claim.root not in roots:
                roots.append(claim.root)
    return {relay: roots for relay, roots in through.items() if len(roots) > 1}


def institutions(book: Dossier) -> dict[str, list[str]]:
    """Roots by the institution behind them; those of one institution share one reliability.

    Parameters
    ----------
    book : Dossier
        The dossier.

    Returns
    -------
    dict[str, list[str]]
    """
    by_institution: dict[str, list[str]] = {}
    for root in book.roots.values():
        by_institution.setdefault(book.sources[root.source].institution, []).append(root.id)
    return by_institution


def count(book: Dossier, log_bayes_factors: dict[str, float]) -> dict[str, float]:
    """Log odds as a naive reader and as this dossier count them, from the log Bayes factor of each root.

    Parameters
    ----------
    log_bayes_factors : dict[str, float]
        By root id. Returns `naive` (each root times the outlets that repeat it) and `roots`.
    """
    known = {root: value for root, value in log_bayes_factors.items() if root in book.roots}
    return {"naive": sum(value * outlets(book, root) for root, value in known.items()), "roots": sum(known.values())}


def list_graded(book: Dossier, weighed: Sequence[Claim]) -> list[str]:
    """Sources whose letter counts in weighed claims: those of their roots, then relays whose letters say how much of a claim is lost.

    Parameters
    ----------
    book : Dossier
        The dossier.
    weighed : sequence of Claim
        Claims that are weighed.

    Returns
    -------
    list of str
        In the order of the dossier's roots and claims.

    Examples
    --------
    >>> import interlope as il
    >>> book = il.load("toy").book
    >>> list_graded(book, [c for c in book.claims.values() if c.likelihood])
    ['watch-service', 'court', 'relay-paper']
    """
    roots = {c.root for c in weighed}
    making = [book.roots[r].source for r in book.roots if r in roots]
    return list(dict.fromkeys([*making, *(relay for c in weighed if c.by_letters for relay in c.chain)]))
