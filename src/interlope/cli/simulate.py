"""simulate: histories of the market under one explanation, from its priors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from interlope.cli import options as o

HELP = """Simulate the market under one explanation, with parameters drawn from its priors.

Example: interlope simulate toy takeover --draws 50 --days 60 --seed 7 --out runs.zarr

Prints the mean of each recorded series over days with its spread over histories. With --out the daily series are
written as a Zarr store; --by sector or --by class adds that detail.
"""
EXPLANATION = Annotated[str, typer.Argument(help="Name of an explanation of the case.", show_default=False)]
DRAWS = Annotated[int, typer.Option("--draws", min=1, max=100_000, help="Number of histories.")]
BY = Annotated[str, typer.Option("--by", help="'sector' or 'class' for that detail in the store.")]
STORE = Annotated[Path | None, typer.Option("--out", help="Zarr store to write the daily series to.")]


def simulate(
    case: o.CASE,
    explanation: EXPLANATION,
    draws: DRAWS = 100,
    days: o.DAYS = None,
    by: BY = "",
    seed: o.SEED = 7,
    store: STORE = None,
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines, print_table, speak
    from interlope.cli.progress import Watch
    from interlope.report.numerals import number

    clock = Clock()
    with speak():
        import numpy as np

        from interlope.compile import digest
        from interlope.ensemble import run
        from interlope.ensemble import store as disk
        from interlope.errors import BadInput
        from interlope.report.gather import describe_case
        from interlope.scenario.case import load

        if by not in ("", "sector", "class"):
            raise BadInput(f"--by {by}: expected 'sector' or 'class'")
        found = load(case)
        found.parameters(explanation)
        with Watch({"simulate": "run histories"}, quiet=json) as watch:
            runs = run.simulate(
                found,
                explanation,
                draws,
                seed,
                days=days,
                by=by,
                progress=lambda done, total: watch.tell("simulate", done, total),
            )
            watch.tell("simulate", 1, 1)
        good = np.asarray(runs["status"].values) == 0
        rows = []
        for name, series in runs.data_vars.items():
            values = series.values.reshape(*series.shape[:2], -1).sum(axis=2) if series.ndim > 2 else series.values
            means = values[good].mean(axis=1).astype(float) if good.any() else np.array([np.nan])
            q05, q50, q95 = (_plain(q) for q in np.quantile(means, (0.05, 0.5, 0.95)))
            rows.append(
                {
                    "series": str(name),
                    "unit": series.attrs["unit"],
                    "definition": series.attrs["definition"],
                    "mean": _plain(means.mean()),
                    "q05": q05,
                    "q50": q50,
                    "q95": q95,
                }
            )
        if store is not None:
            disk.write(store, {explanation: runs})
        result = {
            "explanation": explanation,
            "draws": draws,
            "days": int(runs.sizes["day"]),
            "failed": int((~good).sum()),
            "series": rows,
            "store": store.as_posix() if store else None,
        }
        if json:
            print_json("simulate", result, clock, case=describe_case(found), model_digest=digest(), seed=seed)
            return
        print_table(
            f"{draws} histories of '{explanation}' over {result['days']} days: means over days",
            ("series", "mean", "5%", "50%", "95%", "unit", "definition"),
            [
                (
                    r["series"],
                    number(r["mean"]),
                    number(r["q05"]),
                    number(r["q50"]),
                    number(r["q95"]),
                    r["unit"],
                    r["definition"],
                )
                for r in rows
            ],
            (1, 2, 3, 4),
        )
        lines = [f"Priors only: no evidence is used here. Seed {seed}."]
        lines += [f"{result['failed']} histories did not complete and are left out."] if result["failed"] else []
        lines += [f"Written to {store}."] if store else []
        print_lines(lines)


def _plain(value: float) -> float | None:
    return float(value) if value == value and abs(value) != float("inf") else None
