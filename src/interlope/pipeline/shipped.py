"""Shipped: answers that come with the package, so that a case can be read about before anything is computed.

An answer is a folder below `interlope/answers`, named after its case: the results that a report is written from (`results.json.gz`), the
manifest of the study that made them, and `draws.npz`: equally weighted posterior draws of every explanation with their parameters,
random streams and the terms of their likelihood. `interlope replay CASE` makes the numbers again. A trial on simulated data sets
(`recovery.json`) and a backtest (`backtest.json`) may lie beside them, with or without an answer; see `calibrated`.
"""

from __future__ import annotations

import shlex
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from interlope import manifest
from interlope.manifest import files
from interlope.pipeline import calibrated
from interlope.reporting import backtest, html, record, recovery
from interlope.results.reference import CaseRow
from interlope.scenario.case import load
from interlope.scenario.folder import find_located, names
from interlope.scenario.inventory import CANDIDATES
from interlope.storage import store

if TYPE_CHECKING:
    from interlope.pipeline.plan import Study
    from interlope.results.study import StudyRecord
    from interlope.scenario.case import Case

DRAWS = "draws.npz"
EACH = 400  # draws stored of every explanation
BESIDE = (recovery.SUMMARY, backtest.SUMMARY)  # may lie in an answer's folder; made apart from it, so that its manifest does not list them


def find(case: str) -> Path | None:
    """The folder of a case's shipped answer, or None where there is none; `case` is the name of a shipped case."""
    folder = Path(str(resources.files("interlope"))) / "answers" / case
    return folder if case.isidentifier() | case.replace("-", "_").isidentifier() and (folder / manifest.FILE).is_file() else None


def list_cases() -> list[CaseRow]:
    """List the cases that come with the package.

    Examples
    --------
    >>> [(row.name, row.shipped_answer) for row in list_cases()][-1]
    ('toy', False)
    """
    rows = []
    for name in names():
        case = load(name)
        rows.append(CaseRow(name=name, question=case.question, as_of=case.as_of.isoformat(), explanations=list(case.hypotheses),
                            claims=len(case.evidence.book.claims), series=len(case.series), options=len(case.options),
                            shipped_answer=find(name) is not None))
    return rows


def locate(case: str) -> Path:
    """The folder of the shipped case of that name, whatever lies in a folder of that name here."""
    return find_located(case)


def open_answer(case: Case, folder: Path, out: Path) -> tuple[StudyRecord, Path]:
    """Write a shipped answer's report, tables and results into `out`, where they are not there yet; nothing is computed.

    Returns
    -------
    The results, and the folder written.
    """
    results, about = record.rate(record.load(folder)), manifest.read(folder)
    target = out / f"{case.name}-shipped-{about.run_id}"
    if files.tell_kind(target / manifest.FILE):
        manifest.refuse_changed(manifest.read(target), target)
    else:
        with store.whole(target) as fresh:
            record.save(results, fresh)
            html.write(calibrated.attach(results, out), fresh)
            manifest.write(replace(about, files={}), fresh)
    return calibrated.attach(results, out), target


def tell_origin(case: Case, folder: Path) -> list[str]:
    """Say when and with which model an answer was made, and where the installed model or case is another one."""
    from interlope.jit.compile import digest

    about = manifest.read(folder)
    lines = [f"Shipped answer, made on {about.created} by "
            f"a {about.settings.get('mode')} run on model {about.model_digest}; nothing was computed "
            "now."]
    again = shlex.join(["interlope", "study", case.name, "--seed", str(about.seed)])
    if about.settings.get("mode") == "thorough":
        again += " --thorough"
        lines.append("A quick run of the same files gives other numbers within its larger error of the calculation, and may therefore say "
                     "a headline differently: the thorough answer is the more exact one.")
    if about.model_digest != digest():
        lines.append(f"The installed model is another one ({digest()}): its numbers may differ. Make them anew with: {again}")
    if about.case_sha256 and about.case_sha256 != case.sha256:
        lines.append(f"The case's files have changed since: its numbers may differ. Make them anew with: {again}")
    elif about.settings.get("candidates", "") != case.inventory.beside.get(CANDIDATES, ""):
        lines.append(f"{CANDIDATES} has changed since: the answer does not know all evidence that the case says could be sought. "
                     f"Weigh it with: {again}")
    return lines


def pack(study: Study, to: Path) -> Path:
    """Pack a finished study as an answer that can be shipped.

    Parameters
    ----------
    study : complete, its folder written. to : folder that the answer's folder is made in.
    """
    from interlope.inference import likelihood
    from interlope.inference.sampling import importance
    from interlope.scenario.binding import Binding

    results = record.load(study.folder)
    manifest.refuse_changed(manifest.read(study.folder), study.folder)
    plan = likelihood.make_plan(study.case, Binding(study.case))
    arrays: dict[str, Any] = {}
    for name in results.names:
        dataset = store.read(study.folder / "store.zarr", name)
        at = importance.systematic(np.asarray(dataset["weight"]), EACH, 0.5)
        terms = likelihood.terms(plan, np.asarray(dataset["statistics"])[at])
        arrays |= {f"{name}.states": terms.states.astype(np.float32), f"{name}.official": terms.official.astype(np.float32),
                   f"{name}.innovations": np.asarray(dataset["innovations"])[at].astype(np.float32),
                   f"{name}.streams": np.asarray(dataset["streams"])[at].astype(np.uint32),
                   f"{name}.point": np.asarray(dataset["point"])[at].astype(np.int32)}
        constant = {str(v) for v in dataset.data_vars if dataset[v].dims == ("replicate",) and np.ptp(np.asarray(dataset[v])) == 0.0}
        for v in map(str, dataset.data_vars):
            if dataset[v].dims == ("replicate",) and v not in constant | {"weight", "point", "log_likelihood"}:
                arrays[f"{name}.value.{v}"] = np.asarray(dataset[v])[at].astype(np.float32)
    beside = [path for name in BESIDE if files.tell_kind(path := to / study.case.name / name)]
    with store.whole(to / study.case.name) as folder:
        record.pack(results, folder)
        np.savez_compressed(folder / DRAWS, allow_pickle=False, claims=np.array([c.id for c in plan.claims]), **arrays)
        manifest.write(replace(manifest.read(study.folder), files={}), folder)
        for path in beside:
            (folder / path.name).write_bytes(files.read_bytes(path))
    return to / study.case.name
