"""Backtest: forecasts from earlier days beside four naive ones, and how often their intervals held what was published later."""

from __future__ import annotations

import shlex
from dataclasses import replace

from interlope.reporting.backtest import tabulate_coverage, tabulate_skill, tell, tell_run
from interlope.reporting.blocks import Callout, Details, Grid, Heading, Points, Prose
from interlope.results.study import StudyRecord

TITLE = "Forecasts from earlier days"
NOTE = ("The case was fitted to what was published by an earlier day, the origin, and forecast figures that were published later. A score "
        "is the model's over that of a naive forecast of the same figures, less is better; its 90% interval comes from resampling origins.")


def show_backtest(study: StudyRecord) -> list[object]:
    """Show the backtest of the same case and model, or the command that makes one; nothing where the case has no official series."""
    if study.backtest is None:
        return [Heading(TITLE), Callout("Not measured", (_tell_unmeasured(study),))] if study.dossier.series else []
    from interlope.inference.method import method

    result, about = study.backtest.result, study.backtest.about
    older = [] if about.method == method() else ["It was made with an earlier version of the method."]
    tables = [replace(table, name=f"backtest-{table.name}") for table in (tabulate_skill(result), tabulate_coverage(result))]
    return [Heading(TITLE, NOTE), Prose(" ".join([tell_run(result, about), *older])), Points(tuple(tell(result))), *map(Grid, tables),
            Details("How to read these forecasts", (Points(tuple(result.notes)),))]


def _tell_unmeasured(study: StudyRecord) -> str:
    """Say that there is no backtest, and how one is made."""
    return (f"How well the model would have forecast from earlier days was not measured for this case and model: "
            f"`{shlex.join(['interlope', 'backtest', study.case.name])}` does it, with a fit for each day; where the case's days hold no "
            "end of a quarter to forecast from, --origin DATE names one.")
