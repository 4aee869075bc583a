"""params: every number of the model with its unit, prior and source."""

from __future__ import annotations

from typing import Annotated

import typer

from interlope.cli import options as o

HELP = """List every parameter of the model for a case, with prior, unit, source and meaning.

Example: interlope params serbia-hungary --assumptions

A number belongs to the place (a border: look it up anew for another), the trade, people (how they behave), or is a definition. With
--inherited those of the place that the case leaves at the default, and how to find each.
"""
ASSUMED = Annotated[bool, typer.Option("--assumptions", help="Only those that rest on an assumption.")]

BELONGS = Annotated[str, typer.Option("--class", help="Only those that belong to: place, trade, people or definition.")]
INHERITED = Annotated[bool, typer.Option("--inherited", help="Only numbers of a border that the case does not state.")]


def params(case: o.CASE, assumptions: ASSUMED = False, belongs: BELONGS = "", inherited: INHERITED = False, json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines, print_table

    clock = Clock()
    from interlope.cli.loading import load
    from interlope.errors import BadInput, Fault, nearest
    from interlope.model.belonging import KINDS
    from interlope.reporting.answer.inherited import tell_inherited
    from interlope.results.verbs import ParamsResult
    from interlope.scenario.description import describe_case, list_inherited, list_parameters

    if belongs and belongs not in KINDS:
        raise BadInput([Fault("command line", None, f"--class '{belongs}'", f"one of {', '.join(KINDS)}", nearest(belongs, KINDS))])
    loaded = load(case)
    rows = list_parameters(loaded)
    assumed = sum(r.source == "assumption" for r in rows)
    rows_printed = [r for r in rows if (r.source == "assumption" or not assumptions) and (r.inherited or not inherited)
                    and belongs in ("", r.belongs_to)]
    if json:
        result = ParamsResult(parameters=rows_printed, assumptions=assumed, inherited=list_inherited(loaded))
        print_json("params", result, clock, case=describe_case(loaded))
        return
    last = "how to find it" if inherited else "meaning"
    print_table(
        f"Parameters of '{loaded.name}'",
        ("parameter", "explanation", "prior or value", "unit", "source", "role", "belongs to", last),
        [
            (r.name, r.explanation or "all", r.prior, r.unit, r.source, r.role, r.belongs_to, r.how_to_find if inherited else r.meaning)
            for r in rows_printed
        ],
    )
    print_lines(
        [
            f"{len(rows_printed)} shown; {assumed} of {len(rows)} rest on an assumption. "
            "Roles: I inferred, S sampled, M marginalised, F fixed, L drawn where options are compared.",
            *tell_inherited(list_inherited(loaded), "" if inherited else case),
        ]
    )
