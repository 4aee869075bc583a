"""compare: what each option would do, under each explanation, to whom."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from interlope.cli import options as o
from interlope.cli.place import check_apart

HELP = """Compare the options of a case under every explanation, harm to people first.

Example: interlope compare serbia-hungary --pairs 200 --days 365

Every option runs on the same draws and the same random numbers; differences are given against the same future without the option
and against today. What 'weigh' has already made is taken up.

--discover OPTION says in which part of parameters and explanations it fails. --search proposes bundles of levers in place of the options:
interlope compare toy --search --bundles 24
"""
BUNDLES_TRIED, LEVERS_EACH = 48, 3
SEARCH = Annotated[bool, typer.Option("--search", help="Search bundles of levers that no other beats on harm, in place of the options.")]
BUNDLES = Annotated[int, typer.Option("--bundles", min=1, max=2000, help="With --search: most bundles to try.")]
LEVERS = Annotated[int, typer.Option("--levers", min=1, max=12, help="With --search: most levers of a bundle.")]
DISCOVER = Annotated[str, typer.Option("--discover", help="In which part of parameters and explanations does this option fail?")]
ABOVE = Annotated[list[str] | None, typer.Option("--above", help="With --discover: fails above OUTCOME=LEVEL, not above the status quo.")]
WRITE = Annotated[Path | None, typer.Option("--write", callback=check_apart, help="With --search: folder for proposals, as options.")]


def compare(
    case: o.CASE,
    pairs: o.PAIRS = None,
    days: o.DAYS = None,
    seed: o.SEED = 7,
    thorough: o.THOROUGH = False,
    budget: o.BUDGET = "",
    as_of: o.AS_OF = "",
    folder: o.OUT = o.HERE,
    fresh: o.FRESH = False,
    search: SEARCH = False,
    bundles: BUNDLES = BUNDLES_TRIED,
    levers: LEVERS = LEVERS_EACH,
    write: WRITE = None,
    discover: DISCOVER = "",
    above: ABOVE = None,
    words: o.WORDS = o.ICD,
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_lines
    from interlope.cli.tables import show_answer, show_differences, show_harm, show_robustness

    clock = Clock()
    from interlope import pipeline
    from interlope.cli.job import Request, print_result, run
    from interlope.errors import RunFailed
    from interlope.reporting.sections.harm_side import tell_switched_off

    plan = pipeline.Plan(seed, "thorough" if thorough else "quick", pairs, days, budget=budget)
    request = Request("compare", case, plan, folder, "compare", json=json, fresh=fresh, dates=[as_of] if as_of else [])
    refuse_vain(search, (bundles, levers) != (BUNDLES_TRIED, LEVERS_EACH), write is not None, bool(discover), bool(above))
    if search:
        from interlope.cli.search import SearchFlags
        from interlope.cli.search import search as search_bundles

        search_bundles(request, SearchFlags(bundles, levers, write), clock)
        return
    if discover:
        from interlope.cli.discovery import discover_failures

        discover_failures(request, discover, above or [], clock)
        return
    study, = run(request, clock)
    record = study.record
    if record.compare is None:
        raise RunFailed("; ".join(f"{r.text}; {r.remedy}" for r in record.compare_reasons))
    if json:
        print_result("compare", record.compare, record, clock)
        return
    rest = show_answer(record, ("option",))
    show_harm(record)
    show_differences(record, harm=True)
    show_differences(record, harm=False)
    show_robustness(record)
    print_lines([f"Caution: {text}" for text in tell_switched_off(record.compare.options)])
    print_lines(rest, mark="- ")
    for reason in record.compare_reasons:
        print_lines([f"Caution: {reason.text}"])


def refuse_vain(search: bool, sized: bool, write: bool, discover: bool, above: bool) -> None:
    """Refuse flags that would do nothing beside the others."""
    from interlope.errors import BadInput, Fault

    for vain, actual, expected in (
        (sized and not search, "--bundles or --levers without --search", "--search too: only it tries bundles"),
        (write and not search, "--write without --search", "both, or none: only a search has proposals to write"),
        (search and discover, "--search with --discover", "one of them"),
        (above and not discover, "--above without --discover", "both, or none"),
    ):
        if vain:
            raise BadInput([Fault("command line", None, actual, expected)])
