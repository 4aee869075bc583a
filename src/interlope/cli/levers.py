"""levers: what an option can set, within which range, and what it also does."""

from __future__ import annotations

from interlope.cli import options as o

HELP = """List what an option can set: unit, range, meaning, and what it does besides.

Example: interlope levers
"""


def levers(json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_table

    clock = Clock()
    from interlope.levers.catalogue import list_levers
    from interlope.results.reference import LeversResult

    rows = list_levers()
    if json:
        print_json("levers", LeversResult(levers=rows), clock)
        return
    heads = ("lever", "unit", "range", "what is set", "what it also does")
    print_table("Levers", heads, [(r.lever, r.unit, f"{r.low:g} to {r.high:g}", r.meaning, "; ".join(r.side_effects)) for r in rows])
