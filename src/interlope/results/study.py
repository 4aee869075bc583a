"""Study: everything a report says, in one record; nothing is computed beside it."""
from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from interlope.results.backtest import StoredBacktest
from interlope.results.comparison import CompareResult, LeverSetting
from interlope.results.confidence import Confidence
from interlope.results.dossier import DossierResult
from interlope.results.envelope import Reason
from interlope.results.record import Record
from interlope.results.recovery import RecoverySummary
from interlope.results.seek import SeekResult
from interlope.results.separation import PriorSeparation
from interlope.results.tabular import TabularRecord, write_html
from interlope.results.terms import StoredTerms
from interlope.results.weighing import WeighResult, WhatIf


class MeasureAbout(Record):
    """A measure in force in every replicate: what was done, from when to when (`end` None where it goes on), and on whose word."""

    id: str
    start: str
    end: str | None
    levers: list[LeverSetting]
    source: str
    published: str


class OperationAbout(Record):
    """A police operation on record: its first and last day (`end` None where its end is not known), on whose word, and since when known."""

    start: str
    end: str | None
    source: str
    published: str


class CaseAbout(Record):
    """Which case, as known on which day.

    Attributes
    ----------
    measures : list of MeasureAbout
        What states are known to have done, as known on `as_of`; None in results of an earlier version.
    operations : list of OperationAbout
        Police operations on record, as known on `as_of`; None in results of an earlier version.
    words : dict[str, str]
        Words of the case where they are not the neutral ones, by key; see `interlope.wording`.
    """

    name: str
    question: str
    sha256: str
    as_of: str
    words: dict[str, str] = {}
    measures: list[MeasureAbout] | None = None
    operations: list[OperationAbout] | None = None


class Ask(Record):
    """One part of the question: an explanation, or an option against another."""

    label: str
    explanation: str | None = None
    option: str | None = None
    against: str | None = None


class ParameterAbout(Record):
    """A parameter of the model with its prior.

    Attributes
    ----------
    explanation : str
        Empty where all explanations share it.
    belongs_to : str
        place, trade, people or definition (`model.belonging`).
    inherited : bool
        Whether it is a number of a border (`scenario.bordered`) that is the model's own, under this explanation, not the case's.
    how_to_find : str
        Of a number of a border: what it can be read off.
    """

    name: str
    explanation: str
    prior: str
    unit: str
    source: str
    role: str
    meaning: str
    belongs_to: str = ""
    inherited: bool = False
    how_to_find: str = ""


class Simplification(Record):
    """What a part of the model says of itself that it leaves out."""

    where: str
    text: str


class StudyRecord(TabularRecord):
    """The results of one study, and how they were made.

    `confidence` is None for a single explanation, which leads nothing.
    `compare`, `separation` and `seek` are None where they were not run; `compare_reasons` says why options were not compared.
    `settings` are those of the run's name. `terms`: what the report's *What if* computes from; None where there is nothing to weigh again.
    `recovery` is the trial on simulated data sets that is quoted beside the odds, `backtest` the forecasts from earlier days that are
    quoted beside the fit; they are none of the study's results and not stored.
    """

    MAIN: ClassVar[str] = "explanations"

    case: CaseAbout
    dossier: DossierResult
    weigh: WeighResult
    compare: CompareResult | None = None
    status: str = "ok"
    reasons: tuple[Reason, ...] = ()
    compare_reasons: tuple[Reason, ...] = ()
    changes: tuple[WhatIf, ...] = ()
    separation: PriorSeparation | None = None
    seek: SeekResult | None = None
    mode: str = "quick"
    seed: int = 0
    version: str = ""
    run_id: str = ""
    model_digest: str = ""
    settings: dict[str, Any] = {}
    parameters: tuple[ParameterAbout, ...] = ()
    simplifications: tuple[Simplification, ...] = ()
    command: str = ""
    asks: tuple[Ask, ...] = ()
    confidence: Confidence | None = None
    terms: StoredTerms | None = None
    recovery: RecoverySummary | None = Field(default=None, exclude=True)
    backtest: StoredBacktest | None = Field(default=None, exclude=True)

    @property
    def names(self) -> list[str]:
        """The explanations, in the order that fixes their colours."""
        return [e.name for e in self.weigh.explanations]

    @property
    def alone(self) -> str:
        """The explanation that has no other to be compared with, and therefore no probability; empty where there are several."""
        return self.names[0] if len(self.names) == 1 else ""

    def list_rows(self, table: str = "") -> list[dict[str, Any]]:
        """Rows of a table of the study, or of one of its parts; the explanations where none is named.

        Raises
        ------
        BadInput
            When there is no table of that name.
        """
        name = self.MAIN if isinstance(table, str) and not table else table
        parts = [part for part in (self.weigh, self.compare, self.separation, self.seek, self.dossier) if part is not None]
        for part in parts:
            if isinstance(name, str) and name in part.list_tables():
                return part.list_rows(name)
        return super().list_rows(name)

    def _repr_html_(self) -> str:
        caption = f"{self.case.name}, as known on {self.case.as_of}: {self.status.replace('_', ' ')}"
        title = write_html(caption, [{"question": self.case.question, "answer": self.weigh.headline, "run": self.run_id}])
        return title + self.weigh._repr_html_() + (self.compare._repr_html_() if self.compare else "")


class ExportResult(Record):
    """The `result` of `interlope export`: the format, and the files written."""

    format: str
    files: list[str]
