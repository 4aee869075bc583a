"""params: every number of the model with its unit, prior and source."""

from __future__ import annotations

from typing import Annotated

import typer

from interlope.cli import options as o

HELP = """List every parameter of the model for a case, with prior, unit, source and meaning.

Example: interlope params serbia-hungary --assumptions
"""
ASSUMED = Annotated[bool, typer.Option("--assumptions", help="Only those that rest on an assumption.")]


def params(case: o.CASE, assumptions: ASSUMED = False, json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines, print_table

    clock = Clock()
    from interlope.results.verbs import ParamsResult
    from interlope.scenario.case import load
    from interlope.scenario.description import describe_case, list_parameters

    loaded = load(case)
    rows = list_parameters(loaded)
    assumed = sum(r.source == "assumption" for r in rows)
    rows_printed = [r for r in rows if r.source == "assumption" or not assumptions]
    if json:
        result = ParamsResult(parameters=rows_printed, assumptions=assumed)
        print_json("params", result, clock, case=describe_case(loaded))
        return
    print_table(
        f"Parameters of '{loaded.name}'",
        ("parameter", "explanation", "prior or value", "unit", "source", "role", "meaning"),
        [
            (r.name, r.explanation or "all", r.prior, r.unit, r.source, r.role, r.meaning)
            for r in rows_printed
        ],
    )
    print_lines(
        [
            f"{len(rows_printed)} shown; {assumed} of {len(rows)} rest on an assumption. "
            "Roles: I inferred, S sampled, M marginalised, F fixed."
        ]
    )
