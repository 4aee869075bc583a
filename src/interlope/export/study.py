"""Study: what a format is written from. A folder that is no study's, or was changed since it was written, is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from interlope import manifest
from interlope.errors import BadInput, Fault
from interlope.guard import RULES, inspect
from interlope.reporting import record as records
from interlope.results.study import StudyRecord


@dataclass(frozen=True)
class StudyResults:
    """A finished study.

    Attributes
    ----------
    record : StudyRecord
        Its results.
    about : manifest.Manifest
        What they were made from.
    folder : Path
        Where they lie.
    shipped : bool
        Whether that is an answer inside the package, in which nothing may be written.
    case : str
        Name or folder of the case, for formats that read its evidence again.
    """

    record: StudyRecord
    about: manifest.Manifest
    folder: Path
    shipped: bool = False
    case: str = ""

    @property
    def day(self) -> datetime:
        """Midnight (UTC) of the day on which the study was made; of its day of knowledge where no day was recorded."""
        day = date.fromisoformat(self.about.created or self.record.case.as_of)
        return datetime(day.year, day.month, day.day, tzinfo=UTC)

    @property
    def resolved(self) -> bool:
        """Whether the probabilities may be used."""
        return self.record.status == "ok"


def read(folder: Path, shipped: bool = False, case: str = "") -> StudyResults:
    """Read a finished study.

    Parameters
    ----------
    folder : Path
        Folder that `study` wrote, or that of a shipped answer.
    shipped : bool, default False
        Whether it is a shipped answer.
    case : str, optional
        Name or folder of its case; the name in its manifest when absent.

    Returns
    -------
    StudyResults

    Raises
    ------
    BadInput
        When the folder holds no study, one of its files was changed, or it holds contacts, precise places or hours.
    """
    record = records.rate(records.load(folder))
    about = manifest.read(folder)
    manifest.refuse_changed(about, folder)
    faults = [Fault(str(folder), None, f"{where}: {finding.rule} ('{finding.text}')", "no text that a case may not hold", finding.remedy)
              for where, text in _texts(record) for finding in inspect(text) if not RULES[finding.rule].excusable]
    if faults:
        raise BadInput(faults)
    return StudyResults(record, about, folder, shipped, case or about.case)


def _texts(record: StudyRecord) -> Iterator[tuple[str, str]]:
    """Every text that somebody wrote into the case, and where it stands."""
    yield "question", record.case.question
    dossier = record.dossier
    for document in dossier.documents:
        yield f"document {document.id}", document.title
    for source in dossier.sources:
        yield f"source {source.id}", source.role
        yield f"source {source.id}", source.reason
    for root in dossier.roots:
        yield f"root {root.id}", root.what
    for claim in dossier.claims:
        yield f"claim {claim.id}", claim.paraphrase
        yield f"claim {claim.id}", claim.note or ""
    for series in dossier.series:
        yield f"series {series.id}", series.definition
    for explanation in record.weigh.explanations:
        yield f"explanation {explanation.name}", explanation.gloss
