"""Results of small runs of the toy and the flagship, to compare a changed program with.

    python tests/golden/golden.py > tests/golden/golden.json

Replace the file only where a change is meant to alter results, and say which in CHANGELOG under "Changes results".
"""
from __future__ import annotations

import hashlib
import json
import sys
from typing import Any

import interlope as il  # isort: skip  (before NumPy, so that arithmetic is settled)

import numpy as np

from interlope import arithmetic
from interlope.inference.sampling.problem import Effort

SMALL = Effort(waves=(96, 96), particles=60, populations=2, limit=2, candidates=400, residuals=6)
CASES = ("toy", "serbia-hungary")
SEED = 11


def simulated(name: str) -> dict[str, str]:
    """Digest of every series of 16 replicates of each explanation, with status and parameters."""
    case, found = il.load(name), {}
    for explanation in case.hypotheses:
        data = il.simulate(case, explanation, 16, SEED, days=min(400, case.setting().days))
        whole = hashlib.sha256()
        for variable in sorted(map(str, [*data.data_vars, *data.coords])):
            values = data[variable].values
            whole.update(variable.encode())
            whole.update(np.ascontiguousarray(values).tobytes() if values.dtype.kind in "fiub" else str(values.tolist()).encode())
        found[explanation] = whole.hexdigest()
    return found


def inferred(name: str) -> dict[str, Any]:
    """Log evidence, weights and options of a fit too small for use; numbers to nine digits."""
    case = il.load(name)
    fits = il.fit(case, seed=SEED, effort=SMALL)
    verdict = il.weigh(fits)
    draws = il.draws(fits, 6, SEED)
    compared = il.compare(case, draws, days=60, seed=SEED)
    every = {name: rounded(np.sort(p.log_likelihood[np.isfinite(p.log_likelihood)])[-5:]) for name, p in fits.posteriors.items()}
    return {
        "log_z": rounded([verdict.models.log_z[n] for n in fits.posteriors]),
        "best": every,
        "probability": rounded([verdict.models.probability[n] for n in fits.posteriors]),
        "levels": rounded(compared.levels.mean(axis=1).ravel()),
        "before": rounded(compared.before.mean(axis=0)),
    }


def rounded(values: Any) -> list[float]:
    """Nine significant digits: what lies behind them may depend on the machine's linear algebra."""
    return [float(f"{v:.9g}") for v in np.asarray(values, dtype=float)]


if __name__ == "__main__":
    made = {"arithmetic": arithmetic.describe(), "simulated": {n: simulated(n) for n in CASES}, "inferred": {n: inferred(n) for n in CASES}}
    json.dump(made, sys.stdout, indent=1)
    print()
