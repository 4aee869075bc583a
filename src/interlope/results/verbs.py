"""Results: the shape of each verb's `result`, as pydantic models from which the JSON schemas are made."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from interlope.results.comparison import CompareResult
from interlope.results.described import Contrast, OddResult, SensitivityResult
from interlope.results.dossier import DossierResult
from interlope.results.ensembles import ClusterResult, ReplayResult, SimulateResult
from interlope.results.envelope import Envelope
from interlope.results.record import Number, Record
from interlope.results.weighing import Explanation, FitRow, Moved, ParameterRow, Unmet, WeighAnswer, WeighResult


class Stage(Record):
    name: str
    seconds: float


class Asked(Record):
    label: str
    explanation: str | None
    option: str | None
    against: str | None
    answer: str
    hangs_on: str | None


class StudyResult(Record):
    answer: list[str]
    asks: list[Asked] = []
    folder: str
    reused: bool
    files: dict[str, str]
    weigh: WeighResult
    compare: CompareResult | None
    contrast: Contrast | None
    cannot_meet: list[Unmet]
    stages: list[Stage]
    next: str
    moved: list[Moved] = []


class FitResult(Record):
    explanations: list[Explanation]
    fit: list[FitRow]
    parameters: list[ParameterRow]
    histories: int
    seconds: float
    store: str


class CheckResult(Record):
    folder: str
    files: int
    claims: int
    roots: int
    series: int
    explanations: list[str]
    options: list[str]
    documents: dict[str, int]


class KnownParameter(Record):
    name: str
    explanation: str
    prior: str
    unit: str
    source: str
    role: str
    meaning: str


class ParamsResult(Record):
    parameters: list[KnownParameter]
    assumptions: int


class NewResult(Record):
    folder: str
    files: list[str]
    next: str


class ReportResult(Record):
    report: str
    tables: list[str]
    shipped: list[str] = []


class CiteResult(Record):
    software: str
    bibtex: str
    run: str | None


class VerifyRow(Record):
    name: str
    what: str
    published: str
    low: Number
    high: Number
    unit: str
    source: str
    tolerance: str
    value: Number
    error: Number
    note: str
    seconds: float
    holds: bool
    why: str
    given: str


class VerifyResult(Record):
    full: bool
    rows: list[VerifyRow]
    outside: list[str]


RESULTS: dict[str, type[BaseModel]] = {
    "check": CheckResult,
    "cite": CiteResult,
    "cluster": ClusterResult,
    "compare": CompareResult,
    "dossier": DossierResult,
    "fit": FitResult,
    "new": NewResult,
    "odd": OddResult,
    "params": ParamsResult,
    "replay": ReplayResult,
    "report": ReportResult,
    "sensitivity": SensitivityResult,
    "simulate": SimulateResult,
    "study": StudyResult,
    "verify": VerifyResult,
    "weigh": WeighAnswer,
}


def schema_of(verb: str) -> dict[str, Any]:
    """Return the JSON schema of a verb's whole output."""
    return Envelope[RESULTS[verb]].model_json_schema(by_alias=True)  # type: ignore[valid-type]
