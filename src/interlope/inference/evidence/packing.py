"""Packing: the terms of a fit's replicates in as few bytes as keep three digits of every probability.

Numbers are rounded to a step [nats] and stored in 16 bits; the coarsest step is taken with which a page's probabilities agree with those of
the replicates as they were, where enough effective points are left. Replicates that together carry less than `LIGHT` of the weight, under
every single change, are left out.
"""
from __future__ import annotations

import base64
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from interlope.dossier.source import LETTERS
from interlope.inference import likelihood, official
from interlope.inference.evidence.reweigh import Change, Columns, log_weight, probabilities, unpack
from interlope.inference.fitting.posterior import Fits, Posterior
from interlope.inference.sampling import importance
from interlope.results.terms import (
    PackedColumn,
    PackedExplanation,
    StoredTerms,
    TermClaim,
    TermGroup,
    TermRoot,
    TermSource,
)

if TYPE_CHECKING:
    from interlope.inference.evidence.weigh import Verdict

STEPS = (0.008, 0.004, 0.002, 0.001, 0.0005)  # nats; tried from the coarsest
THREE_DIGITS = 0.0005  # largest difference of a probability that leaves its third digit
SAFE = 0.5  # part of that which the changes tried may take, so that several at once keep the digit too
BASE_STEP = 0.0005  # nats; of the log weight without the likelihood, which enters everything
LIGHT = 1e-4  # part of the weight that replicates left out may have together under any single change
DEPTH = 80.0  # nats below an uninformative source at which a density counts as none
CODES = 65535
LARGEST = 1_800_000  # characters of all data together: a page of 4 MB has room for them
MOST_CHOICES = 4  # roots of a group up to which every choice of them has a column


def pack(verdict: Verdict) -> StoredTerms | None:
    """Pack the terms of a verdict's replicates.

    Parameters
    ----------
    verdict : Verdict
        The explanations weighed; see `interlope.weigh`.

    Returns
    -------
    StoredTerms or None
        None for a single explanation, where one has no weight at all, and where three digits take more room than a page has.
    """
    fits = verdict.fits
    if len(fits.posteriors) == 1 or not all(p.weight.any() for p in fits.posteriors.values()):
        return None
    about = describe(fits)
    changes = list(_single_changes(about))
    whole = {name: _select(about, read_columns(fits, p, about), changes) for name, p in fits.posteriors.items()}
    for step in STEPS:
        packed = [pack_columns(about, _empty(name, fits.posteriors[name]), c, step) for name, c in whole.items()]
        terms = about.model_copy(update={"explanations": packed})
        gap = _gap(terms, verdict)
        if gap <= SAFE * THREE_DIGITS:
            small = sum(len(e.data) for e in terms.explanations) <= LARGEST
            return terms.model_copy(update={"gap": gap}) if small else None
    return None


def read_columns(fits: Fits, posterior: Posterior, about: StoredTerms) -> Columns:
    """The terms of an explanation's replicates as they are, those without weight left out, in the order of their points."""
    plan = fits.plan
    plain = replace(plan, claims=tuple(replace(c, distortion=0.0) for c in plan.claims))
    rows = np.flatnonzero(np.isfinite(posterior.log_weight))
    rows = rows[np.argsort(posterior.ancestry.point[rows], kind="stable")]
    statistics = posterior.statistics[rows]
    states = np.moveaxis(likelihood.claim_states(plain, statistics), 0, 2)
    ratios = np.maximum(states[:, :2] - states[:, 2:], -DEPTH)
    series = tuple((_by_node if g.log_weight else _by_choice)(group, g.roots, statistics) for group, g in zip(plan.groups, about.groups))
    return Columns(posterior.ancestry.point[rows], posterior.log_prior[rows], np.concatenate([ratios, states[:, 2:]], axis=1), series,
                   len(posterior.log_prior), len(np.unique(posterior.ancestry.point)))


def _by_choice(group: official.Group, roots: Sequence[str], statistics: np.ndarray) -> np.ndarray:
    """Log likelihood [2^roots - 1, n] of the figures of every choice of a group's roots."""
    choices = [[r for i, r in enumerate(roots) if mask >> i & 1] for mask in range(1, 2 ** len(roots))]
    parts = [official.Group(tuple(t for t in group.series if t.root in choice)) for choice in choices]
    return np.stack([official.log_likelihood(part, statistics) for part in parts])


def _by_node(group: official.Group, roots: Sequence[str], statistics: np.ndarray) -> np.ndarray:
    """Log likelihood [roots * nodes, n] of a group's figures by root and node of the dispersion."""
    at = official.nodes(group.series[0].dispersion, official.FINE).at
    each = np.zeros((len(roots), len(at), len(statistics)))
    for t in group.series:
        each[list(roots).index(t.root)] += official.log_likelihood_by_node(t, statistics, at, official.FINE).T
    return np.maximum(each, each.max(axis=1, keepdims=True) - DEPTH).reshape(-1, len(statistics))


def describe(fits: Fits) -> StoredTerms:
    """Sources, roots, claims and groups of a fit."""
    plan, book = fits.plan, fits.plan.book
    claims = [TermClaim(id=c.id, root=c.root, relays=list(c.chain), distortion=c.distortion, by_letters=c.by_letters) for c in plan.claims]
    roots, groups = [], []
    for name in likelihood.roots(plan):
        root = book.roots.get(name)
        roots.append(TermRoot(id=name, source=root.source if root else "", institution=(book.institution(name) if root else "") or name,
                              slant_share=root.slant_share if root else None))
    for group in plan.groups:
        here = list(dict.fromkeys(t.root for t in group.series))
        nodes = official.nodes(group.series[0].dispersion, official.FINE).log_weight.tolist()
        groups.append(TermGroup(roots=here, log_weight=nodes if len(here) > MOST_CHOICES else []))
    moving = {r.source for r in roots if any(c.root == r.id for c in claims)} | {r for c in claims if c.by_letters for r in c.relays}
    sources = [TermSource(id=s.id, letter=s.letter) for s in book.sources.values() if s.id in moving]
    return StoredTerms(sources=sources, roots=roots, claims=claims, groups=groups, explanations=[], gap=0.0)


def _empty(name: str, posterior: Posterior) -> PackedExplanation:
    """What a packed explanation says beside its columns."""
    return PackedExplanation(name=name, prior_odds=posterior.prior_odds, replicates=len(posterior.log_prior),
                             points=len(np.unique(posterior.ancestry.point)), rows=0, columns=[], data="")


def _single_changes(about: StoredTerms) -> Iterable[Change]:
    """Nothing, outlets counted, and every letter, root and claim changed by itself."""
    yield from (Change(), Change(outlets=True))
    yield from (Change({s.id: letter}) for s in about.sources for letter in LETTERS)
    yield from (Change(roots=frozenset({r.id})) for r in about.roots)
    yield from (Change(claims=frozenset({c.id})) for c in about.claims)


def _select(about: StoredTerms, whole: Columns, changes: Sequence[Change]) -> Columns:
    """The replicates without the lightest, of which no single change makes anything."""
    heaviest = np.zeros(len(whole.base))
    for change in changes:
        weight = log_weight(about, whole, change)
        if np.isfinite(weight.max()):
            heaviest = np.maximum(heaviest, importance.normalise(weight))
    order = np.argsort(heaviest)
    rows = np.sort(order[np.cumsum(heaviest[order]) > LIGHT])
    return Columns(whole.point[rows], whole.base[rows], whole.states[:, :, rows], tuple(o[:, rows] for o in whole.official),
                   whole.replicates, whole.points)


def pack_columns(about: StoredTerms, packed: PackedExplanation, c: Columns, step: float) -> PackedExplanation:
    """Round and pack the columns of an explanation.

    The log weight without the likelihood is stored such that the whole weight, with nothing changed, keeps none of the others' rounding.
    """
    n = len(c.base)
    terms = [_round(row, step) for row in (*c.states.reshape(-1, n), *(row for o in c.official for row in o))]
    rounded = iter([column.low + column.step * codes for column, codes in terms])
    states = np.array([next(rounded) for _ in range(3 * len(about.claims))]).reshape(len(about.claims), 3, n)
    again = Columns(c.point, np.zeros(n), states, tuple(np.stack([next(rounded) for _ in o]) for o in c.official), c.replicates, c.points)
    base = log_weight(about, c, Change()) - log_weight(about, again, Change())
    point = PackedColumn(low=0.0, step=1.0), (np.diff(c.point, prepend=-1) != 0).astype("<u2")
    columns, parts, known = [], [], {}
    for column, codes in (point, _round(base, BASE_STEP), *terms):
        same = known.setdefault(codes.tobytes(), len(columns)) if column.step else len(columns)
        parts += [codes] if column.step and same == len(columns) else []
        columns.append(column if same == len(columns) else column.model_copy(update={"same": same}))
    planes = np.concatenate([part.view(np.uint8).reshape(n, 2).T.ravel() for part in parts])
    data = base64.b64encode(zlib.compress(planes.tobytes(), 9)).decode()
    return packed.model_copy(update={"rows": n, "columns": columns, "data": data})


def _round(row: np.ndarray, step: float) -> tuple[PackedColumn, np.ndarray]:
    """A column in steps above its least value, wider ones where 16 bits would not hold it."""
    low, span = float(row.min()), float(np.ptp(row))
    if span < 1e-9:
        return PackedColumn(low=low, step=0.0), np.zeros(len(row), "<u2")
    step = max(step, span / CODES)
    return PackedColumn(low=low, step=step), np.rint((row - low) / step).astype("<u2")


def _gap(terms: StoredTerms, verdict: Verdict) -> float:
    """The largest difference of a probability from the verdict's own: as weighed, by outlets, by letter of the source, without each root.

    Changes that leave too few effective points are passed over: no digit of theirs is relied on, and the page calls them rough.
    """
    tried = [(Change(), verdict.models), (Change(outlets=True), verdict.naive)]
    tried += [(Change({verdict.report_source.id: x}), m) for x, m in verdict.curve.items() if verdict.report_source]
    tried += [(Change(roots=frozenset({r.id})), r.without) for r in verdict.roots]
    columns = {e.name: unpack(terms, e) for e in terms.explanations}
    gaps = []
    for change, models in tried:
        if models.thin and models is not verdict.models:
            continue
        again = probabilities(terms, columns, change)
        gaps += [abs(again[name] - p) for name, p in models.probability.items()]
    return max(gaps)
