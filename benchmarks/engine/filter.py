"""What a particle filter of the flagship costs and what it is worth: python benchmarks/engine/filter.py > docs/results/filter.md.

Slots run over the 22 months from January 2022 to 25 October 2023 (named cut `before-operation`; the last month is a partial one),
after the burn-in year, which every pass runs anew. A pass estimates the log likelihood of one point of the parameters, demand drawn
by the model. Beside it stands the plain average over as many whole histories. Two points: the medians of the priors, and the draw of
the prior whose single history came nearest to the figures. Passes are timed on one thread.
"""
from __future__ import annotations

import os
import platform
import sys
import time
from dataclasses import dataclass
from datetime import date

import numpy as np

from interlope.compile import digest
from interlope.ensemble import design, keys, run
from interlope.inference import filter as particles
from interlope.inference import importance, likelihood
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case, load

SEED, SLOTS, PASSES, PRIOR = 20231025, 64, 20, 400
CASE, CUT, HYPOTHESIS = "serbia-hungary", "before-operation", "rivalry"


@dataclass(frozen=True, eq=False)
class Passes:
    """Repeated estimates of one log likelihood; seconds of wall clock and of the processor that each took."""

    found: np.ndarray
    wall: np.ndarray
    processor: np.ndarray

    def spread(self) -> float:
        """Standard deviation of the estimate from pass to pass."""
        return float(self.found.std(ddof=1))

    def level(self) -> str:
        """Log of the mean of the estimated likelihoods, and its error."""
        held = importance.evidence(self.found)
        return f"{held.log_z:.2f} +- {held.error:.2f}"


def filtered(what: particles.Steps, values: dict[str, float], name: str, passes: int = PASSES) -> Passes:
    """Run passes of the filter on one thread, each with luck of its own."""
    found, wall, processor = [], [], []
    for i in range(passes):
        began, spent = time.perf_counter(), time.process_time()
        found.append(particles.estimate(what, values, SLOTS, keys.integer(SEED, "filter", name, i), threads=1).log_likelihood)
        wall.append(time.perf_counter() - began)
        processor.append(time.process_time() - spent)
    return Passes(np.array(found), np.array(wall), np.array(processor))


def averaged(evidence: dict[str, particles.Steps], values: dict[str, float], name: str) -> dict[str, np.ndarray]:
    """Log of the mean likelihood over SLOTS whole histories, [passes], by evidence; all kinds of evidence on the same histories."""
    found: dict[str, list[float]] = {kind: [] for kind in evidence}
    whole = next(iter(evidence.values())).at_once()
    for i in range(PASSES):
        states = particles.estimate(whole, values, SLOTS, keys.integer(SEED, "average", name, i), least=0.0).slots
        statistics = states.statistics[states.status == 0]
        for kind, what in evidence.items():
            scored = likelihood.total(what.plans[-1], likelihood.terms(what.plans[-1], statistics))
            found[kind].append(importance.log_mean(scored) + np.log(len(scored) / SLOTS))
    return {kind: np.array(values) for kind, values in found.items()}


def points(case: Case) -> dict[str, dict[str, float]]:
    """Medians of the priors, and the draw of the prior whose history fits all the evidence best."""
    medians = {name: known.prior.median for name, known in case.parameters(HYPOTHESIS).items()}
    setting, binding = case.setting(end=case.as_of), Binding(case)
    made = design.draw(case, HYPOTHESIS, PRIOR, SEED)
    statistics, status = run.fold(setting, made.values, made.innovations, binding, keys.integer(SEED, "points"), np.arange(PRIOR))
    plan = likelihood.plan(case, binding, case.as_of)
    scored = np.full(PRIOR, -np.inf)
    scored[status == 0] = likelihood.total(plan, likelihood.terms(plan, statistics[status == 0]))
    best = int(np.argmax(scored))
    return {"medians of the priors": medians, f"nearest of {PRIOR} draws": {name: float(v[best]) for name, v in made.values.items()}}


def main() -> int:
    """Print the tables as Markdown."""
    case = load(CASE).at(CUT)
    evidence = {"official series": particles.split(case, claims=False), "official series and claims": particles.split(case)}
    whole = evidence["official series"]
    months = len(whole.ends) - 1
    start = particles.Steps(whole.setting, whole.table, whole.ends[:1], whole.plans[:1])
    rows, timed, burn_in = [], [], []
    for point, values in points(case).items():
        plain = averaged(evidence, values, point)
        burn_in.append(filtered(start, values, point, 5))
        for kind, what in evidence.items():
            timed.append(filtered(what, values, point))
            held = Passes(plain[kind], np.zeros(0), np.zeros(0))
            rows.append((point, kind, timed[-1].spread(), held.spread(), timed[-1].level(), held.level()))
    year = float(np.median(np.concatenate([b.processor for b in burn_in])))
    wall, processor = (np.concatenate([getattr(t, clock) for t in timed]) for clock in ("wall", "processor"))
    print(f"# A particle filter of {SLOTS} slots over the flagship's {months} months\n")
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, model {digest()}, "
          f"seed {SEED}, explanation {HYPOTHESIS}, known on {case.as_of}. One thread, {len(wall)} passes. "
          "`python benchmarks/engine/filter.py`.\n")
    print("| what | median | range | unit |\n| --- | ---: | --- | --- |")
    for what, value, unit in (("a pass, burn-in year included", wall, "s"), ("the same by the processor's clock", processor, "s"),
                              ("the same without the burn-in year", processor - year, "s"),
                              ("months of the filter in a second", months / (processor - year), "months/s"),
                              ("months of single slots in a second", months * SLOTS / (processor - year), "months/s")):
        print(f"| {what} | {np.median(value):.3g} | {value.min():.3g}-{value.max():.3g} | {unit} |")
    print(f"\n## How sure one estimate is: {PASSES} passes, and as many averages over {SLOTS} whole histories\n")
    print("| point | evidence | sd of log L, filter | sd of log L, average | log mean L, filter | log mean L, average |\n"
          "| --- | --- | ---: | ---: | ---: | ---: |")
    for point, kind, own, other, level, plain_level in rows:
        print(f"| {point} | {kind} | {own:.2f} | {other:.2f} | {level} | {plain_level} |")
    print("\nBoth are unbiased for the likelihood, not for its logarithm. Where the sd is well above one a few passes carry the mean: it\n"
          "is then mostly too low and its error too small. The design asks for an sd of at most 1.8 where the posterior lies.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
