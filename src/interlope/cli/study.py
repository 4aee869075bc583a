"""study: all of it at once, as a report."""

from __future__ import annotations

from interlope.cli import options as o

HELP = """Weigh the explanations of a case, compare its options and write a report.

Example: interlope study serbia-hungary --seed 7

Results go to OUT/<case>-<id>/; the id follows from the case's files, the model, the seed and the settings. Results
that are already there are read, not made again. With --as-of given several times, each date is a study of its own, the last
one is printed, and a table shows how the odds moved as evidence came in. Stop with Ctrl-C at any time: what is finished is kept.
"""


def study(
    case: o.CASE,
    seed: o.SEED = 7,
    thorough: o.THOROUGH = False,
    budget: o.BUDGET = "",
    as_of: o.DATES = None,
    pairs: o.PAIRS = None,
    days: o.DAYS = None,
    folder: o.OUT = o.HERE,
    strict: o.STRICT = False,
    fresh: o.FRESH = False,
    json: o.JSON = False,
) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, out, print_json, print_lines, speak
    from interlope.cli.tables import show_answer, show_explanations, show_harm, show_moved

    clock = Clock()
    with speak():
        from rich.markup import escape

        from interlope import pipeline
        from interlope.cli.job import follow_odds, refuse_unresolved, run_jobs, tell_next
        from interlope.reporting.answer.overview import tell_error

        plan = pipeline.Plan(seed, "thorough" if thorough else "quick", pairs, days, budget=budget)
        studies = run_jobs("study", case, plan, as_of or [], folder, "write", json=json, fresh=fresh, clock=clock)
        done = studies[-1]
        moved, page = follow_odds(studies)
        record = done.record
        if json:
            print_json(
                "study",
                pipeline.summarise(done, moved),
                clock,
                case=record.case,
                model_digest=record.model_digest,
                seed=plan.seed,
                mode=plan.mode,
                status=record.status,
                reasons=[*record.reasons, *record.compare_reasons],
            )
        else:
            rest = show_answer(record)
            show_explanations(record)
            show_harm(record)
            print_lines(rest, mark="- ")
            if done.reused:
                print_lines(["", f"These inputs were run before: read from {done.folder} (use --fresh to run again)."])
            seconds = sum(done.stages.values())
            print_lines(
                [
                    "",
                    f"{tell_error(record)} {record.weigh.replicates:,} replicates, {seconds:.0f} s.",
                    f"Report: {done.folder / 'report.html'}",
                ]
            )
            show_moved(moved, page)
            for i, command in enumerate(tell_next(case, done, folder)):
                out().print(escape(f"{'Next:' if i == 0 else 'or:':<8}{command}"), soft_wrap=True)
        if strict:
            refuse_unresolved(*studies)
