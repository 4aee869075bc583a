"""Summary: a study as the `result` of the command's JSON."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from interlope import manifest
from interlope.pipeline.plan import Study
from interlope.reporting import html
from interlope.reporting import record as records
from interlope.reporting.answer import question
from interlope.results.dated import DatedOdds
from interlope.results.verbs import Sentence, Stage, StudyResult


def summarise(study: Study, moved: Sequence[DatedOdds] = ()) -> StudyResult:
    """Return the study as the `result` of the command's JSON; `moved`: how the odds moved over several dates."""
    record = study.record
    return StudyResult(
        answer=question.tell(record),
        sentences=[Sentence(text=s.text, roots=list(s.roots)) for s in question.cite(record)],
        confidence=record.confidence,
        asks=question.list_asked(record),
        folder=study.folder.as_posix(),
        reused=study.reused,
        files={
            "report": html.FILE,
            "manifest": manifest.FILE,
            "store": "store.zarr",
            "tables": "tables",
            "results": records.FILE,
        },
        weigh=record.weigh,
        compare=record.compare,
        separation=record.separation,
        seek=record.seek,
        cannot_meet=record.weigh.cannot_meet,
        stages=[Stage(name=name, seconds=seconds) for name, seconds in study.stages.items()],
        next=shlex.join(["interlope", "report", study.folder.as_posix()]),
        moved=list(moved),
    )
