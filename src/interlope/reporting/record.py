"""Record: the results of a study as a file, `results.json`, and read again."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interlope import manifest
from interlope.errors import BadInput, Fault
from interlope.inference.evidence import confidence
from interlope.manifest import files, stored
from interlope.odd.simplifications import list_simplifications
from interlope.results.comparison import CompareResult
from interlope.results.confidence import Calibration
from interlope.results.envelope import Reason
from interlope.results.seek import SeekResult
from interlope.results.separation import PriorSeparation
from interlope.results.study import Simplification, StudyRecord
from interlope.results.terms import StoredTerms
from interlope.results.weighing import WeighResult, WhatIf
from interlope.scenario.description import describe_asks, describe_case, describe_dossier, list_parameters
from interlope.scenario.wording import list_gaps
from interlope.text import escape_json

if TYPE_CHECKING:
    from interlope.scenario.case import Case

FILE, PACKED = "results.json", "results.json.gz"


def build(
    case: Case,
    weigh: WeighResult,
    compare: CompareResult | None,
    *,
    status: str = "ok",
    reasons: Sequence[Reason] = (),
    compare_reasons: Sequence[Reason] = (),
    changes: Sequence[WhatIf] = (),
    separation: PriorSeparation | None = None,
    seek: SeekResult | None = None,
    mode: str = "quick",
    seed: int = 0,
    run_id: str = "",
    model_digest: str = "",
    settings: Mapping[str, Any] | None = None,
    command: str = "",
    calibration: Calibration | None = None,
    terms: StoredTerms | None = None,
) -> StudyRecord:
    """Put a case and the results of weighing and comparing into one record.

    Parameters
    ----------
    case : Case
        The case that was run.
    weigh : WeighResult
        Its explanations weighed.
    compare : CompareResult or None
        Its options compared; None where they were not.
    status : str
        Of the weighing: "ok" or "not_resolved".
    reasons : sequence of Reason
        Why the weighing is not resolved.
    compare_reasons : sequence of Reason
        Why there is no comparison, or what weakens it.
    changes : sequence of WhatIf
        Probabilities under changed evidence.
    separation : PriorSeparation or None
        What the explanations predict, side by side.
    seek : SeekResult or None
        What further evidence would teach.
    mode, seed, run_id, model_digest, settings, command
        How the results came about; see `StudyRecord`.
    calibration : Calibration or None
        How well the method's probabilities came true on known truths, where that was recorded.
    terms : StoredTerms or None
        Terms of the replicates, from which the page weighs again.

    Returns
    -------
    StudyRecord
    """
    study = StudyRecord(
        case=describe_case(case),
        dossier=describe_dossier(case, {d.id: d.reason for d in weigh.dropped}),
        weigh=weigh,
        compare=compare,
        status=status,
        reasons=tuple(reasons),
        compare_reasons=tuple(compare_reasons),
        changes=tuple(changes),
        separation=separation,
        seek=seek,
        mode=mode,
        seed=seed,
        version=manifest.version(),
        run_id=run_id,
        model_digest=model_digest,
        settings=dict(settings or {}),
        parameters=tuple(list_parameters(case)),
        simplifications=(*(Simplification(where="states", text=text) for text in list_gaps(case.states)), *list_simplifications()),
        command=command,
        asks=describe_asks(case),
        terms=terms,
    )
    return rate(study, calibration)


def rate(study: StudyRecord, calibration: Calibration | None = None) -> StudyRecord:
    """The same results with confidence rated, which follows from them; a rating that is there stays.

    Parameters
    ----------
    study : StudyRecord
        Results of a study.
    calibration : Calibration or None
        How well the method's probabilities came true on known truths, where that was recorded.

    Returns
    -------
    StudyRecord
    """
    if study.confidence:
        return study
    sources = {s.id: s.institution or s.id for s in study.dossier.sources}
    institutions = {r.id: sources.get(r.source, r.source) for r in study.dossier.roots}
    return study.model_copy(update={"confidence": confidence.rate(study.weigh, study.status, institutions, calibration)})


def save(study: StudyRecord, folder: Path) -> Path:
    """Write the results of a study into a folder.

    Parameters
    ----------
    study : StudyRecord
        The results.
    folder : Path
        A folder that is there.

    Returns
    -------
    Path
        The file written.
    """
    path = folder / FILE
    path.write_text(escape_json(study.model_dump_json()) + "\n", encoding="utf-8")
    return path


def pack(study: StudyRecord, folder: Path) -> Path:
    """Write the results compressed; equal results give equal bytes. See `save`."""
    path = folder / PACKED
    with gzip.GzipFile(path, "wb", mtime=0) as file:
        file.write(study.model_dump_json().encode())
    return path


def load(folder: Path) -> StudyRecord:
    """Read the results that a study wrote, compressed or not.

    Parameters
    ----------
    folder : Path
        The folder of a study, or of a shipped answer.

    Returns
    -------
    StudyRecord

    Raises
    ------
    BadInput
        When the folder holds none, they cannot be read, or they are not those that its manifest names.
    """
    packed = files.tell_kind(folder / PACKED) != "" and not files.tell_kind(folder / FILE)
    path = folder / (PACKED if packed else FILE)
    if not files.tell_kind(path):
        raise BadInput([Fault(str(folder), None, files.tell_lack(folder, FILE), "a folder written by 'interlope study'")])
    about, raw = manifest.read(folder), stored.read_bytes(path)
    if manifest.digest(raw) != about.files.get(path.name):
        raise stored.Damaged([Fault(str(path), None, "changed since it was written", stored.AS_WRITTEN, manifest.AGAIN)])
    study = stored.parse(StudyRecord, _unpack(raw, path) if packed else raw, path)
    if (study.run_id, study.seed, study.case.sha256) != (about.run_id, about.seed, about.case_sha256):
        what = f"results of run {study.run_id}, case {study.case.name}, seed {study.seed}"
        raise stored.OtherRun([Fault(str(path), None, what, f"run {about.run_id} of its manifest")])
    return study


def _unpack(raw: bytes, path: Path) -> bytes:
    try:
        return gzip.decompress(raw)
    except (OSError, EOFError, zlib.error) as error:
        raise stored.Damaged([Fault(str(path), None, f"unreadable results ({error})", stored.AS_WRITTEN)]) from error
