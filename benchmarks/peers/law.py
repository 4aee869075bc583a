"""Law: whether two programs follow the same law (probability distribution), judged on replicates, under one stated chance of a false alarm.

For each recorded series three numbers are read off a replicate: its last day, its mean over days and its spread over days (the first days
left out). Over replicates these are compared in mean (Welch), in variance (Brown and Forsythe 1974) and as distributions (Kolmogorov and
Smirnov). Full-length runs at base size are too few for that; their means over days are compared with those of many replicates of ours.
All tests share the budget equally (Bonferroni), so that a set of equal programs is refused with chance BUDGET at most.
"""
from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy import stats
from world import SERIES

BUDGET = 0.01
LEAD = 10  # first days left out of means and spreads over days
PER_PEER = len(SERIES) * (3 * 3 + 1)


class Finding(NamedTuple):
    """One comparison: what was compared, in both programs, and its p-value."""

    series: str
    what: str
    test: str
    ours: float
    theirs: float
    p: float


def compare(ours: np.ndarray, theirs: np.ndarray) -> list[Finding]:
    """Compare replicates [r, day, series] of two programs."""
    findings = []
    for i, series in enumerate(SERIES):
        for what, a, b in (
            ("last day", ours[:, -1, i], theirs[:, -1, i]),
            ("mean over days", ours[:, LEAD:, i].mean(axis=1), theirs[:, LEAD:, i].mean(axis=1)),
            ("spread over days", ours[:, LEAD:, i].std(axis=1), theirs[:, LEAD:, i].std(axis=1)),
        ):
            welch = float(stats.ttest_ind(a, b, equal_var=False).pvalue)
            findings.append(Finding(series, what, "mean", float(a.mean()), float(b.mean()), welch))
            levene = float(stats.levene(a, b, center="median").pvalue)
            findings.append(Finding(series, what, "variance", float(a.var(ddof=1)), float(b.var(ddof=1)), levene))
            findings.append(Finding(series, what, "distribution", float(np.median(a)), float(np.median(b)),
                                 float(stats.ks_2samp(a, b).pvalue)))
    return findings


def compare_few(ours: np.ndarray, theirs: np.ndarray, lead: int) -> list[Finding]:
    """Compare means over days of a few replicates [r, day, series] with those of many of ours, by our spread between replicates."""
    findings = []
    for i, series in enumerate(SERIES):
        a, b = ours[:, lead:, i].mean(axis=1), theirs[:, lead:, i].mean(axis=1)
        error = a.std(ddof=1) * math.sqrt(1.0 / len(a) + 1.0 / len(b))
        p = float(2.0 * stats.t.sf(abs(a.mean() - b.mean()) / error, len(a) - 1))
        findings.append(Finding(series, "base size, mean over days", "mean", float(a.mean()), float(b.mean()), p))
    return findings


def worst(findings: list[Finding]) -> Finding:
    """The comparison with the smallest p-value."""
    return min(findings, key=lambda f: f.p if math.isfinite(f.p) else 0.0)


def agrees(findings: list[Finding], peers: int) -> bool:
    """Whether no comparison reaches its share of the budget."""
    p = worst(findings).p
    return math.isfinite(p) and p >= BUDGET / (PER_PEER * peers)
