"""Seeking: what further evidence would teach, from the weighted replicates that a study stored."""

from __future__ import annotations

from collections.abc import Callable

from interlope.errors import RunFailed
from interlope.pipeline import checkpoint
from interlope.pipeline.plan import PlannedRun, Say
from interlope.results.seek import SeekResult
from interlope.storage import store
from interlope.storage.partial import Partial


def seek(study: PlannedRun, partial: Partial, weighed: checkpoint.Weighing, compared: checkpoint.Comparing,
         progress: Callable[[int, int], None], say: Say) -> SeekResult | None:
    """Evaluate the candidates of a study's case.

    Parameters
    ----------
    study : PlannedRun
        The run.
    partial : Partial
        Its hidden folder, with the stored replicates.
    weighed, compared : Weighing, Comparing
        What the stages before it left.
    progress : callable
        Called with (replicates done, replicates in all).
    say : callable
        Told why there is no answer, where replicates cannot be run on to the last day asked about.

    Returns
    -------
    SeekResult or None
        None for a single explanation, as there is nothing to tell apart.
    """
    if len(study.case.hypotheses) < 2:
        return None
    from interlope.information import replicates, seek

    chances = {e.name: e.probability or 0.0 for e in weighed.result.explanations}
    stored = {name: replicates.of_dataset(store.read(partial.path(checkpoint.STORE), name)) for name in chances}
    try:
        return seek.run(study.case, stored, chances, compared.result, seed=study.plan.seed,
                        each=seek.EACH[study.plan.mode], progress=progress)
    except RunFailed as error:
        say(f"What evidence would teach cannot be said: {error}.")
        return None
