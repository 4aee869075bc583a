"""Evidence against closed forms: is it right on average, and do its stated errors hold?

    python benchmarks/inference/closed_forms.py 100

Three Gaussian problems of two explanations each (`tests/exact/gaussian.py`): 12 and 45 coordinates with little chance, and one whose
chance moves the log likelihood of a point by sd 1.8. Every run is another problem with another seed, at the quick effort's sizes but
smaller waves. Prints a table; runs are spread over all cores.
"""
from __future__ import annotations

import importlib.util
import os
import platform
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from interlope.inference.sampling import population, sampler
from interlope.inference.sampling.problem import Effort

SHAPES = {
    "12 coordinates": {"d": 12, "m": 20, "size": 3.0, "chance": 0.08},
    "45 coordinates": {"d": 45, "m": 60, "size": 1.3, "chance": 0.08, "offset": 0.05},
    "12 coordinates, heavy chance": {"d": 12, "m": 24, "size": 2.0, "chance": 0.2},
}
EFFORT = Effort(waves=(240, 240, 400), particles=500, populations=2, limit=6, candidates=2500, residuals=12)


def forms():
    """The module of closed forms, which belongs to the tests."""
    if "gaussian" not in sys.modules:
        path = Path(__file__).parents[2] / "tests" / "exact" / "gaussian.py"
        spec = importlib.util.spec_from_file_location("gaussian", path)
        assert spec is not None and spec.loader is not None
        sys.modules["gaussian"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["gaussian"])
    return sys.modules["gaussian"]


def one(job: tuple[str, int]) -> tuple[str, list[tuple[float, float, float, int]], float]:
    """Errors of log Z, stated errors, effective numbers and numbers of populations, by explanation; spread of the log likelihood."""
    name, seed = job
    problem, exact = forms().problem(seed=seed, **SHAPES[name])
    with threadpool_limits(1):
        sampled = sampler.sample(problem, seed, EFFORT)
    evidences = [population.assess(p, sampled.candidates) for p in sampled.populations]
    rows = [(e.log_z - x, e.error, e.effective, len(p)) for e, x, p in zip(evidences, exact, sampled.populations)]
    return name, rows, forms().spread_of_score(problem)


def main() -> None:
    """Run and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        done = list(pool.map(one, [(name, 1000 + i) for name in SHAPES for i in range(runs)]))
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, seeds 1000 to {999 + runs}, "
          f"`python benchmarks/inference/closed_forms.py {runs}`.\n")
    print("| problem | sd of log L over chance | mean error of log Z | its standard error | sd of errors | stated, root mean square | "
          "ratio | 90 % intervals that hold | effective, median | populations, mean |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name in SHAPES:
        rows = np.array([r for n, by_explanation, _ in done if n == name for r in by_explanation])
        spread = np.median([s for n, _, s in done if n == name])
        error, stated = rows[:, 0], rows[:, 1]
        sd, rms = float(error.std(ddof=1)), float(np.sqrt(np.mean(stated**2)))
        inside = np.mean(np.abs(error) < 1.645 * stated)
        print(f"| {name} | {spread:.2f} | {error.mean():+.3f} | {sd / np.sqrt(len(error)):.3f} | {sd:.3f} | {rms:.3f} | {sd / rms:.2f} | "
              f"{inside:.0%} of {len(error)} | {np.median(rows[:, 2]):.0f} | {rows[:, 3].mean():.1f} |")


if __name__ == "__main__":
    main()
