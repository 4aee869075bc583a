"""levers: what an option can set, within which range, what it also does, and which harms it can raise or lower."""

from __future__ import annotations

from interlope.cli import options as o

HELP = """List what an option can set: unit, range, meaning, what it does besides, and its harm side: which harms it can raise or lower.

Example: interlope levers
"""


def levers(json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines, print_table

    clock = Clock()
    from interlope.levers.catalogue import list_levers
    from interlope.results.reference import LeversResult

    rows = list_levers()
    if json:
        print_json("levers", LeversResult(levers=rows), clock)
        return
    heads = ("lever", "unit", "range", "what is set", "what it also does")
    print_table("Levers", heads, [(r.lever, r.unit, f"{r.low:g} to {r.high:g}", r.meaning, "; ".join(r.side_effects)) for r in rows])
    harms = [(x.lever, x.direction, ", ".join(x.harms), x.through, x.size, x.source) for r in rows for x in r.harms]
    print_table("Harm side", ("lever", "direction", "harms", "how", "size", "source"), harms)
    print_table("Harm without a channel in the model", ("lever", "not modelled"),
                [(r.lever, r.not_modelled) for r in rows if r.not_modelled])
    print_lines([f"Harm side not declared: {r.lever}. Its harms may be any." for r in rows if not r.declared])
