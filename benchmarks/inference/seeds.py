"""Fit a case again and again with other seeds: is every explanation resolved, and are the stated errors right?

    python benchmarks/inference/seeds.py serbia-hungary 1-12 > docs/results/flagship-seeds.md
    python benchmarks/inference/seeds.py toy 1-40 --effort "particles=200"

One line for each seed is appended to a JSON file (`--keep`, out/seeds-CASE.jsonl when absent) as it ends, so that a stopped run goes on
where it was; the table is printed at the end. Seconds are those of the fit alone, compiled already; memory is the peak of the process.
"""
from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from interlope.inference.evidence.weigh import weigh
from interlope.inference.fitting import calibrate
from interlope.inference.sampling import importance
from interlope.inference.sampling.problem import Effort
from interlope.jit.compile import digest
from interlope.pipeline.stages import warm
from interlope.scenario.case import load


def seeds(text: str) -> list[int]:
    """Seeds of a text such as 1-12 or 3,5."""
    numbers: list[int] = []
    for part in text.split(","):
        low, _, high = part.partition("-")
        numbers += range(int(low), int(high or low) + 1)
    return numbers


def one(case: Any, seed: int, effort: Effort) -> dict[str, Any]:
    """Fit and weigh with one seed."""
    fits = calibrate.fit(case, seed=seed, effort=effort)
    verdict = weigh(fits)
    models = verdict.models
    return {
        "seed": seed, "seconds": fits.seconds, "replicates": fits.replicates, "status": verdict.status,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0,
        "reasons": [f"{r.text} | {r.remedy}" for r in verdict.reasons],
        "explanations": {
            name: {
                "log_z": models.log_z[name], "error": models.error[name], "effective": models.effective[name],
                "k": models.pareto_k[name], "probability": models.probability[name], "low": models.low[name],
                "high": models.high[name], "populations": p.populations.tolist(),
                "failed": [g.name for g in verdict.gates[name] if not g.passed],
            } for name, p in fits.posteriors.items()
        },
    }


def table(rows: list[dict[str, Any]]) -> list[str]:
    """The seeds' rows as Markdown."""
    names = list(rows[0]["explanations"])
    head = ["seed", *(f"{n} %" for n in names), *(f"log Z {n}" for n in names), "least effective", "largest k", "replicates", "s", "answer"]
    lines = [f"| {' | '.join(head)} |", "|" + " ---: |" * len(head)]
    for row in rows:
        explanations = row["explanations"]
        cells = [str(row["seed"]), *(f"{100 * explanations[n]['probability']:.0f}" for n in names)]
        cells += [f"{explanations[n]['log_z']:.2f} ± {explanations[n]['error']:.2f}" for n in names]
        cells += [f"{min(f['effective'] for f in explanations.values()):.0f}", f"{max(f['k'] for f in explanations.values()):.2f}",
                  f"{row['replicates']:,}", f"{row['seconds']:.0f}", "resolved" if row["status"] == "ok" else "not resolved: " + "; ".join(
                      f"{n} ({', '.join(f['failed'])})" for n, f in explanations.items() if f["failed"])]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def spread(rows: list[dict[str, Any]]) -> list[str]:
    """How far log Z lies apart over seeds, beside what is stated; and how often intervals hold the mean of all seeds."""
    names = list(rows[0]["explanations"])
    lines = ["| explanation | log mean Z | sd over seeds | stated error, root mean square | ratio | 90 % intervals that hold the mean |",
             "| --- | ---: | ---: | ---: | ---: | ---: |"]
    inside, ratios = [], []
    for name in names:
        logs = np.array([r["explanations"][name]["log_z"] for r in rows])
        errors = np.array([r["explanations"][name]["error"] for r in rows])
        middle, n = float(np.mean(logs)), len(rows)
        sd, stated = float(np.std(logs, ddof=1)), float(np.sqrt(np.mean(errors**2)))
        # an interval around a seed's value against the mean of all: the mean moves with it by 1/n
        covered = np.abs(logs - middle) < 1.645 * errors * np.sqrt(1.0 - 1.0 / n)
        inside.append(covered)
        ratios.append(sd / stated)
        lines.append(f"| {name} | {importance.log_mean(logs):.3f} | {sd:.3f} | {stated:.3f} | {sd / stated:.2f} | "
                     f"{int(covered.sum())} of {n} |")
    cells = np.concatenate(inside)
    pooled = float(np.sqrt(np.mean(np.square(ratios))))
    lines.append(f"| all | | | | {pooled:.2f} | {int(cells.sum())} of {len(cells)} ({cells.mean():.0%}) |")
    return lines


def main() -> None:
    """Run the seeds that are not in the file yet, then print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case")
    parser.add_argument("seeds")
    parser.add_argument("--as-of", default="")
    parser.add_argument("--effort", default="", help="fields of sampler.Effort, such as particles=200,populations=4")
    parser.add_argument("--keep", default="")
    options = parser.parse_args()
    case = load(options.case)
    case = case.at(options.as_of) if options.as_of else case
    effort = eval(f"Effort({options.effort})") if options.effort else calibrate.QUICK
    keep = Path(options.keep or f"out/seeds-{case.name}.jsonl")
    keep.parent.mkdir(parents=True, exist_ok=True)
    mark = {"model": digest(), "case": case.sha256, "as_of": case.as_of.isoformat(), "effort": repr(effort)}
    stored = [json.loads(line) for line in keep.read_text().splitlines()] if keep.exists() else []
    rows = {r["seed"]: r for r in stored if all(r.get(k) == v for k, v in mark.items())}
    warm(case)
    for seed in seeds(options.seeds):
        if seed not in rows:
            rows[seed] = {**one(case, seed, effort), **mark}
            with keep.open("a") as file:
                file.write(json.dumps(rows[seed]) + "\n")
            print(f"seed {seed}: {rows[seed]['status']}, {rows[seed]['seconds']:.0f} s", file=sys.stderr, flush=True)
    chosen = [rows[s] for s in seeds(options.seeds)]
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, model {digest()}, "
          f"`python benchmarks/inference/seeds.py {' '.join(sys.argv[1:])}`, as known on {case.as_of}. "
          f"Peak memory {max(r['megabytes'] for r in chosen):.0f} MB.\n")
    print("\n".join(table(chosen)) + "\n\n" + "\n".join(spread(chosen)))


if __name__ == "__main__":
    main()
