"""fit: the parameters of every explanation, given dossier and official series."""

from __future__ import annotations

from interlope.cli import options as o

HELP = """Fit every explanation of a case to its dossier and official series.

Example: interlope fit serbia-hungary --as-of before-operation

Prints how far the evidence moved each parameter, what each explanation gives for every figure and claim, and the checks
on the calculation. The weighted replicates are written as a Zarr store for 'weigh', 'compare' and 'study'.
"""


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
    from interlope.cli.console import Clock, print_json, print_lines, print_table, speak
    from interlope.reporting.numerals import number, signed

    clock = Clock()
    with speak():
        from interlope import pipeline
        from interlope.cli.job import refuse_unresolved, run_job
        from interlope.results.verbs import FitResult

        plan = pipeline.Plan(seed, "thorough" if thorough else "quick", None, None, as_of, budget=budget)
        done = run_job("fit", case, plan, folder, "weigh", json=json, fresh=fresh, clock=clock)
        record = done.record
        weighed = record.weigh
        place = (done.folder if done.reused else done.partial) / "store.zarr"
        if json:
            result = FitResult(explanations=weighed.explanations, fit=weighed.fit, parameters=weighed.parameters,
                               replicates=weighed.replicates, seconds=weighed.seconds, store=place.as_posix())
            print_json(
                "fit",
                result,
                clock,
                case=record.case,
                model_digest=record.model_digest,
                seed=seed,
                mode=plan.mode,
                status=record.status,
                reasons=record.reasons,
            )
        else:
            rows = [
                (
                    r.explanation,
                    r.name,
                    number(r.q05),
                    number(r.q50),
                    number(r.q95),
                    r.unit,
                    signed(r.moved, 2),
                    r.source,
                )
                for r in sorted(weighed.parameters, key=lambda r: -abs(r.moved or 0.0))[:30]
            ]
            print_table(
                "Parameters given the evidence, the 30 most moved (moved: in prior standard deviations)",
                ("explanation", "parameter", "5%", "50%", "95%", "unit", "moved", "source"),
                rows,
                (2, 3, 4, 6),
            )
            gates = [
                (
                    e.name,
                    g.name,
                    number(g.value, 2),
                    number(g.limit, 2),
                    "passed" if g.passed else "failed",
                )
                for e in weighed.explanations
                for g in e.gates
            ]
            print_table("Checks", ("explanation", "check", "value", "limit", ""), gates, (2, 3))
            misses = sum(not r.met for r in weighed.fit)
            print_lines(
                [
                    f"{misses} of {len(weighed.fit)} reported values and claims lie outside what the model gives.",
                    f"{weighed.replicates:,} replicates; written to {place}",
                ]
            )
        if strict:
            refuse_unresolved(done)
