"""Drawn: the posterior draws of a study, for what is run on them beside the study's own comparison."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from interlope.arguments import nothing
from interlope.errors import DiagnosticsFailed
from interlope.pipeline import checkpoint, stages
from interlope.pipeline.plan import Plan, PlannedRun, Progress, Say, Study, prepare
from interlope.storage.partial import Partial

if TYPE_CHECKING:
    from interlope.inference.fitting.posterior import Draws
    from interlope.scenario.case import Case


def draw(
    case: Case, plan: Plan, *, out: Path | str = "out", progress: Progress = nothing, say: Say = nothing, fresh: bool = False
) -> tuple[Study, Draws]:
    """Posterior draws of a study, and the study weighed; what is finished already is taken up, what is not is fitted.

    Parameters
    ----------
    case : Case
        The case.
    plan : Plan
        Seed, mode and settings.

    Other Parameters
    ----------------
    out : Path or str, default "out"
        Folder in which the results' folder is, or is made.
    progress, say : callable
        As for `interlope.study`.
    fresh : bool, default False
        Do not use results that are already there.

    Returns
    -------
    study : Study
        Weighed.
    draws : Draws
        Equally many for every explanation.

    Raises
    ------
    Interrupted
        When the user stops the run.
    DiagnosticsFailed
        When an explanation has no effective points at all.
    """
    planned = prepare(case, plan, out)
    for again in (fresh, True):
        study = stages.run(case, plan, out=out, until="weigh", progress=progress, say=say, fresh=again)
        if study.run_id == planned.run_id and (draws := _find(planned, say)) is not None:
            return study, draws
    weak = "; ".join(r.text for r in study.record.reasons)
    raise DiagnosticsFailed(f"no posterior draws of '{case.name}': {weak or 'an explanation has no effective points'}; "
                            "spend more replicates with --budget")


def _find(planned: PlannedRun, say: Say) -> Draws | None:
    """Draws in the folder of a finished study, or among what an unfinished one has done so far."""
    for folder in (planned.folder, planned.partial):
        draws = checkpoint.read_draws(Partial(folder, planned.run_id, say))
        if draws is not None:
            return draws
    return None
