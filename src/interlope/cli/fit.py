"""fit: the parameters of every explanation, given dossier and official series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from interlope.cli import options as o

if TYPE_CHECKING:
    from interlope.results.weighing import WeighResult

HELP = """Fit every explanation of a case to its dossier and official series.

Example: interlope fit serbia-hungary --as-of before-operation

Prints how far the evidence moved each parameter, what each explanation gives for every figure and claim, and the checks
on the calculation. The weighted replicates are written as a Zarr store for 'weigh', 'compare' and 'study'.
"""
MOST = 30  # parameters in the table


def fit(
    case: o.CASE,
    seed: o.SEED = 7,
    thorough: o.THOROUGH = False,
    budget: o.BUDGET = "",
    as_of: o.AS_OF = "",
    folder: o.OUT = o.HERE,
    strict: o.STRICT = False,
    fresh: o.FRESH = False,
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_lines

    clock = Clock()
    from interlope import pipeline
    from interlope.cli.job import Request, print_result, refuse_unresolved, run
    from interlope.reporting.answer.left_out import tell_left_out
    from interlope.reporting.answer.overview import tell_narrow
    from interlope.reporting.answer.shortfall import tell_shortfalls
    from interlope.reporting.answer.together import tell_together
    from interlope.results.verbs import FitResult

    plan = pipeline.Plan(seed, "thorough" if thorough else "quick", budget=budget)
    request = Request("fit", case, plan, folder, "weigh", json=json, fresh=fresh, dates=[as_of] if as_of else [])
    study, = run(request, clock)
    weighed = study.record.weigh
    store = (study.folder if study.reused else study.partial) / "store.zarr"
    if json:
        result = FitResult(explanations=weighed.explanations, dropped=weighed.dropped, fit=weighed.fit,
                           parameters=weighed.parameters, together=weighed.together, shortfalls=weighed.shortfalls,
                           replicates=weighed.replicates, seconds=weighed.seconds, store=store.as_posix())
        print_result("fit", result, study.record, clock)
    else:
        _show_parameters(weighed)
        _show_gates(weighed)
        _show_misses(weighed)
        print_lines([*tell_shortfalls(weighed), *tell_together(weighed.together), *tell_narrow(study.record)], mark="- ")
        print_lines([*tell_left_out(weighed.dropped), f"{weighed.replicates:,} replicates; written to {store}"])
    if strict:
        refuse_unresolved(study)


def _show_parameters(weighed: WeighResult) -> None:
    """Print the parameters that the evidence moved most."""
    from interlope.cli.console import print_table
    from interlope.reporting.numerals import number, signed

    most = sorted(weighed.parameters, key=lambda r: -abs(r.moved or 0.0))[:MOST]
    print_table(
        f"Parameters given the evidence, the {MOST} most moved (moved: in prior standard deviations)",
        ("explanation", "parameter", "5%", "50%", "95%", "unit", "moved", "source"),
        [(r.explanation, r.name, *map(number, (r.q05, r.q50, r.q95)), r.unit, signed(r.moved, 2), r.source) for r in most],
        (2, 3, 4, 6),
    )


def _show_gates(weighed: WeighResult) -> None:
    """Print the checks on the calculation, explanation by explanation."""
    from interlope.cli.console import print_table
    from interlope.reporting.numerals import number

    gates = [(e.name, g.name, number(g.value, 2), number(g.limit, 2), "passed" if g.passed else "failed")
             for e in weighed.explanations for g in e.gates]
    print_table("Checks", ("explanation", "check", "value", "limit", ""), gates, (2, 3))


def _show_misses(weighed: WeighResult) -> None:
    """Print which figures lie outside an explanation's 90 % interval, and which claims it seldom produces."""
    from interlope.cli.console import print_lines, print_table
    from interlope.reporting.numerals import estimate, interval, number

    kinds = {"series": "outside the 90% interval", "claim": "seldom produced", "held-out": "kept back, seldom produced"}
    rows = [
        (r.id, r.explanation, number(r.observed), interval(r.q05, r.q95), "" if r.agreed is None else estimate(r.agreed), kinds[r.kind])
        for r in weighed.fit if not r.met
    ]
    print_lines([f"{len(rows)} of {len(weighed.fit)} pairs of a reported value or claim and an explanation do not agree"
                 + (":" if rows else ".")])
    if rows:
        print_table("What does not agree", ("figure or claim", "explanation", "reported", "90% interval", "agree", "how"), rows, (2, 3, 4))
