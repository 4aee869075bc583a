"""RO-Crate 1.1 (Research Object Crate): a description of the results' folder that lies in it as `ro-crate-metadata.json`.

It names every file with its digest, the software, the run that made them (a CreateAction, as the Workflow Run profiles have it), the
licences, and the command that makes the results again.
"""

from __future__ import annotations

import mimetypes
import shlex
from typing import Any

from interlope.errors import BadInput, Fault
from interlope.export import door
from interlope.export.study import StudyResults
from interlope.manifest import DESCRIPTION, FILE
from interlope.reporting.answer.question import tell_first

TITLE = "RO-Crate 1.1 metadata of the results' folder"
ENDING = DESCRIPTION
NEEDS = ("rocrate",)
BESIDE = True

VERSION = "1.1"
MEANINGS = {"report.html": "The report", "results.json": "Every result as one record", FILE: "What the results were made from",
            "store.zarr": "Weighted replicates of every explanation", "draws.npz": "Posterior draws that options were compared on"}
TYPES = {".csv": "text/csv", ".json": "application/json", ".html": "text/html", ".npz": "application/zip"}
SPDX = "https://spdx.org/licenses/Apache-2.0"


def write(study: StudyResults) -> dict[str, bytes]:
    """The metadata file.

    Raises
    ------
    BadInput
        When the study is an answer inside the package.
    """
    if study.shipped:
        name = study.record.case.name
        raise BadInput([Fault(name, None, "a shipped answer lies inside the package, where nothing is written", "a folder of results",
                              f"open it first: interlope report {name}")])
    from rocrate.rocrate import ROCrate

    crate: Any = ROCrate(version=VERSION)
    record = study.record
    crate.name = f"{record.case.name}: {record.case.question}"
    crate.description = " ".join(s.text for s in tell_first(record))
    crate.datePublished = study.day
    crate.license = _licence(crate, study)
    results = [_file(crate, name, digest) for name, digest in {**study.about.files, FILE: ""}.items()]
    software = _software(crate, study)
    again = shlex.join(["interlope", "replay", "."])
    run = _context(crate, f"#run-{record.run_id}", {
        "@type": "CreateAction", "name": f"Run {record.run_id}", "description": record.command or "made from Python",
        "endTime": study.day.date().isoformat(), "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"}})
    run["instrument"], run["result"] = software, results
    run["object"] = [_context(crate, f"#input-{name}", {"@type": "CreativeWork", "name": name, "sha256": digest})
                     for name, digest in study.about.inputs.items()]
    crate.root_dataset["mentions"] = [run, _context(crate, "#replay", {
        "@type": "HowTo", "name": "Make the results again",
        "description": f"In this folder, with interlope {record.version} and the case named {record.case.name}: {again}"})]
    crate.root_dataset["identifier"] = record.run_id
    return {"": door.write_json(crate.metadata.generate())}


def _context(crate: Any, name: str, properties: dict[str, Any]) -> Any:
    from rocrate.model.contextentity import ContextEntity

    return crate.add(ContextEntity(crate, name, properties=door.clean(properties)))


def _file(crate: Any, name: str, digest: str) -> Any:
    """A file, or a folder that counts as one."""
    about = {"name": MEANINGS.get(name) or (f"Table {name}" if name.endswith(".csv") else name)}
    if digest:
        about["sha256"] = digest
    if name.endswith(".zarr"):
        return crate.add_dataset(dest_path=name, properties=about)
    ending = f".{name.rpartition('.')[2]}"
    about["encodingFormat"] = TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return crate.add_file(dest_path=name, properties=about)


def _software(crate: Any, study: StudyResults) -> Any:
    """The package that ran, and the versions beside it."""
    requirements = ", ".join(f"{name} {version}" for name, version in study.about.environment.items())
    software = _context(crate, "#interlope", {
        "@type": "SoftwareApplication", "name": "interlope", "version": study.record.version, "softwareRequirements": requirements,
        "description": f"A laboratory for contested reports about illicit markets at a border. Model {study.record.model_digest}."})
    software["license"] = _context(crate, SPDX, {"@type": "CreativeWork", "name": "Apache License 2.0"})
    return software


def _licence(crate: Any, study: StudyResults) -> Any:
    """What may be done with the results, as far as the study knows."""
    series = "; ".join(f"{s.id}: {s.licence}" for s in study.record.dossier.series)
    return _context(crate, "#licence", {
        "@type": "CreativeWork", "name": "Licences",
        "description": f"Whoever ran the study says how its results may be used. Official figures keep their own licences ({series})."})
