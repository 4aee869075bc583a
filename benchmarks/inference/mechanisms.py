"""The backtest with everything, and with each mechanism of decision 0024 taken out again: does each earn its place?

    python benchmarks/inference/mechanisms.py serbia-hungary > docs/results/mechanisms.md

A mechanism is taken out of a copy of the case, by what is edited there: its override, so that the model's neutral default holds; the word
that an end is not known; the figures that only it can read. One explanation alone (`--explanation`), so that many fits can be afforded.
Seed, least effort and naive forecasts are the same for all; a fit that does not meet its checks goes on for as long as any does. One line
for each fit is appended to a JSON file (`--keep`) as it ends, so that a stopped run goes on where it was; tables are printed at the end.
"""
from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from interlope.inference.checks import rolling, skill
from interlope.inference.evidence.weigh import weigh
from interlope.inference.fitting import calibrate
from interlope.jit.compile import digest
from interlope.pipeline.stages import warm
from interlope.results.backtest import BacktestRow
from interlope.scenario.case import Case, load

WALK = "random walk"


@dataclass(frozen=True)
class Without:
    """What is taken out: lines of a file that match, and what stands in their place; the first day on which that can change a fit.

    `figures`: figures go with it, so that log evidence is of other data.
    """

    name: str
    edits: tuple[tuple[str, str, str], ...] = ()
    since: date = date.min
    figures: bool = False


def override(*names: str) -> tuple[tuple[str, str, str], ...]:
    """Edits that leave parameters at the model's own values."""
    return tuple(("case.toml", rf"^{name} = .*\n", "") for name in names)


END = ("case.toml", r"^end_known = false.*\n", "")
TABLE = "series/hungary-detained-days.csv"
DAYS = ((TABLE, r"^# density: .*\n# dispersion: .*\n", "# density: none\n# why: taken out\n"), (TABLE, r"^# scored_from: .*\n", ""))
OPERATION = date(2023, 10, 27)  # the one without a known end begins
FIRST_DAYS = date(2023, 12, 31)  # the first of the scattered days after the last total is published
WITHOUT = (
    Without("with everything"),
    Without("an end that is not known", (END, *override("raids_unended_days")), OPERATION),
    Without("winding down", override("raids_wind_down_days"), OPERATION),
    Without("unlearned at a speed of its own", override("demand_upstream_return_days")),
    Without("the record of operations", override("raids_record_weight")),
    Without("the yearly wave", override("demand_wave_cosine", "demand_wave_sine")),
    Without("Hungary's scattered days", DAYS, FIRST_DAYS, figures=True),
    Without("all of these", (END, *DAYS, *override("raids_unended_days", "raids_wind_down_days", "demand_upstream_return_days",
                                                  "raids_record_weight", "demand_wave_cosine", "demand_wave_sine")), figures=True),
)


def edited(source: Path, without: Without, place: Path) -> Path:
    """A copy of a case without one mechanism; every edit has to find something."""
    folder = place / without.name.replace(" ", "-").replace("'", "") / source.name
    shutil.copytree(source, folder)
    for name, pattern, instead in without.edits:
        file = folder / name
        text, count = re.subn(pattern, instead, file.read_text(), flags=re.MULTILINE)
        if count != 1:
            raise SystemExit(f"{file.name}: {count} matches of {pattern}; expected the one that brings {without.name} in")
        file.write_text(text)
    return folder


def one(case: Case, origin: date) -> dict[str, Any]:
    """Fit and score from one origin."""
    fits = calibrate.fit(case.at(origin), seed=7, threads=1)
    verdict = weigh(fits)
    rows, _ = rolling.score(fits)
    name = next(iter(fits.posteriors))
    models = verdict.models
    return {"status": verdict.status, "log_z": models.log_z[name], "error": models.error[name], "effective": models.effective[name],
            "replicates": fits.replicates, "seconds": fits.seconds, "rows": [r.model_dump() for r in rows]}


def measure(case: Case, explanation: str, origins: list[date], keep: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every fit as it ends; where taking a mechanism out can change nothing yet, the fit with everything."""
    mark = {"model": digest(), "case": case.sha256, "explanation": explanation}
    stored = [json.loads(line) for line in keep.read_text().splitlines()] if keep.exists() else []
    fits = {(r["without"], r["edits"], r["origin"]): r for r in stored if all(r.get(k) == v for k, v in mark.items())}
    with tempfile.TemporaryDirectory() as place:
        for without in WITHOUT:
            edit = load(edited(case.folder, without, Path(place)))
            alone = replace(edit, hypotheses={explanation: edit.hypotheses[explanation]})
            for origin in origins:
                taken = without if origin >= without.since else WITHOUT[0]
                key = (taken.name, repr(taken.edits), origin.isoformat())
                if key not in fits:
                    fits[key] = {**mark, "without": key[0], "edits": key[1], "origin": key[2], **one(alone, origin)}
                    with keep.open("a") as file:
                        file.write(json.dumps(fits[key]) + "\n")
                    print(f"{key}: {fits[key]['seconds']:.0f} s", file=sys.stderr, flush=True)
                yield without.name, key[2], fits[key]


def crps(fit: dict[str, Any]) -> float:
    """Mean CRPS of the figures that the random walk forecasts too."""
    return float(np.mean([r["crps"] for r in fit["rows"] if WALK in r["baselines"]]))


def pooled(fits: dict[str, dict[str, Any]], whole: dict[str, dict[str, Any]], figures: bool) -> str:
    """A row for one mechanism: skill and coverage over all origins, and after the fall, its change of CRPS at each origin, and its log
    evidence against the fit with all. Origins are few and their figures rise and fall together, so no interval is given."""
    rows = [BacktestRow(**r) for f in fits.values() for r in f["rows"]]
    every = next(s for s in skill.measure(rows, 7) if s.against == WALK and s.lead is None)
    late = [r for r in rows if date.fromisoformat(r.origin) >= FIRST_DAYS and WALK in r.baselines]
    after = f"{sum(r.crps for r in late) / sum(r.baselines[WALK] for r in late):.2f}" if late else "no origin"
    inside = float(np.mean([r.q05 <= r.observed <= r.q95 for r in rows]))
    gain = [f["log_z"] - whole[o]["log_z"] for o, f in fits.items()]
    evidence = "other figures | " if figures else f"{min(gain):+.1f} | {max(gain):+.1f}"
    changes = " | ".join("" if fit is whole[o] else f"{crps(fit) - crps(whole[o]):+.3f}" for o, fit in fits.items())
    return (f"{every.ratio:.2f} | {after} | {changes} | {inside:.0%} | {evidence} | {min(f['effective'] for f in fits.values()):.0f} | "
            f"{sum(f['status'] != 'ok' for f in fits.values())} of {len(fits)}")


def main() -> None:
    """Run what is not in the file yet, then print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case")
    parser.add_argument("--explanation", default="rivalry")
    parser.add_argument("--origin", action="append", type=date.fromisoformat, help="days of knowledge; all ends of quarters when absent")
    parser.add_argument("--keep", default="")
    options = parser.parse_args()
    case = load(options.case)
    keep = Path(options.keep or f"out/mechanisms-{case.name}.jsonl")
    keep.parent.mkdir(parents=True, exist_ok=True)
    warm(case)
    by_name: dict[str, dict[str, dict[str, Any]]] = {}
    for name, origin, fit in measure(case, options.explanation, options.origin or rolling.list_origins(case), keep):
        by_name.setdefault(name, {})[origin] = fit
    whole = by_name[WITHOUT[0].name]
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, model {digest()}, "
          f"`python benchmarks/inference/mechanisms.py {' '.join(sys.argv[1:])}`, {options.explanation} alone, seed 7.\n")
    print(f"| without | over random walk | after the fall | {' | '.join(f'change of CRPS from {o}' for o in whole)} | inside 90 % | "
          "log evidence, least | most | least effective | not resolved |")
    print(f"| --- |{' ---: |' * (7 + len(whole))}")
    other = {w.name for w in WITHOUT if w.figures}
    for name, fits in by_name.items():
        print(f"| {'nothing' if name == WITHOUT[0].name else name} | {pooled(fits, whole, name in other)} |")
    print("\n| origin | without | CRPS | over random walk | inside 90 % | effective points | replicates | log evidence |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for origin in whole:
        for name, fits in by_name.items():
            fit = fits[origin]
            if name == WITHOUT[0].name or fit is not whole[origin]:
                rows = [BacktestRow(**r) for r in fit["rows"] if WALK in r["baselines"]]
                score, walk = crps(fit), sum(r.baselines[WALK] for r in rows) / len(rows)
                inside = sum(r.q05 <= r.observed <= r.q95 for r in rows)
                evidence = "other figures" if name in other else f"{fit['log_z']:.1f} ± {fit['error']:.1f}"
                print(f"| {origin} | {'nothing' if name == WITHOUT[0].name else name} | {score:.3f} | {score / walk:.2f} | "
                      f"{inside} of {len(rows)} | {fit['effective']:.0f}{'' if fit['status'] == 'ok' else ', not resolved'} | "
                      f"{fit['replicates']:,} | {evidence} |")


if __name__ == "__main__":
    main()
