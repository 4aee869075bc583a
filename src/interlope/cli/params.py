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
    from interlope.cli.console import Clock, print_json, print_lines, print_table, speak

    clock = Clock()
    with speak():
        from interlope.reporting.gather import describe_case, list_parameters
        from interlope.scenario.case import load

        found = load(case)
        rows = list_parameters(found)
        assumed = sum(r["source"] == "assumption" for r in rows)
        shown = [r for r in rows if r["source"] == "assumption" or not assumptions]
        if json:
            print_json("params", {"parameters": shown, "assumptions": assumed}, clock, case=describe_case(found))
            return
        print_table(
            f"Parameters of '{found.name}'",
            ("parameter", "explanation", "prior or value", "unit", "source", "role", "meaning"),
            [
                (r["name"], r["explanation"] or "all", r["prior"], r["unit"], r["source"], r["role"], r["meaning"])
                for r in shown
            ],
        )
        print_lines(
            [
                f"{len(shown)} shown; {assumed} of {len(rows)} rest on an assumption. "
                "Roles: I inferred, S sampled, M marginalised, F fixed."
            ]
        )
