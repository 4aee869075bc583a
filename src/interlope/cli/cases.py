"""cases: the cases that come with the package."""

from __future__ import annotations

from interlope.cli import options as o

HELP = """List the shipped cases: question, day of knowledge, what each holds, and whether its answer is shipped too.

Example: interlope cases
"""


def cases(json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines, print_table

    clock = Clock()
    from interlope.pipeline.shipped import list_cases
    from interlope.results.reference import CasesResult

    rows = list_cases()
    if json:
        print_json("cases", CasesResult(cases=rows), clock)
        return
    heads = ("case", "question", "as known on", "explanations", "claims", "series", "options", "answer")
    print_table("Shipped cases", heads, [(r.name, r.question, r.as_of, ", ".join(r.explanations), str(r.claims), str(r.series),
                                         str(r.options), "shipped" if r.shipped_answer else "") for r in rows], right=(4, 5, 6))
    print_lines(["The answer of a case whose answer is shipped: interlope report CASE. A case of your own: interlope new FOLDER."])
