"""kinds: the kinds of claim, and what a claim of each states."""

from __future__ import annotations

from interlope.cli import options as o

HELP = """List the kinds of claim: what each says, whether it is weighed, what it must state and what it may.

Example: interlope kinds
"""


def kinds(json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines, print_table

    clock = Clock()
    from interlope.dossier.catalogue import list_kinds
    from interlope.results.reference import KindsResult

    rows = list_kinds()
    if json:
        print_json("kinds", KindsResult(kinds=rows), clock)
        return
    weighed = [(r.kind, r.meaning, ", ".join(r.needs), ", ".join(r.may)) for r in rows if r.weighed]
    print_table("Kinds of claim that are weighed", ("kind", "what it says", "must state", "may state"), weighed)
    others = [(r.kind, r.meaning, r.why) for r in rows if not r.weighed]
    print_table("Kinds that are shown and not weighed", ("kind", "what it says", "why it is not weighed"), others)
    print_lines(["What each entry means: interlope fields --file dossier.toml"])
