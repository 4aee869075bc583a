"""Results: the shape of each verb's `result`, as pydantic models from which the JSON schemas are made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from interlope.results.backtest import BacktestResult
from interlope.results.check import CheckResult
from interlope.results.comparison import CompareResult
from interlope.results.confidence import Confidence
from interlope.results.dated import DatedOdds, WeighAnswer
from interlope.results.dossier import DossierResult
from interlope.results.ensembles import ClusterResult, ReplayResult, SimulateResult
from interlope.results.envelope import Envelope
from interlope.results.explorer import ExploreResult
from interlope.results.fitted import FitRow, ParameterRow, SeriesCheck, Shortfall, UnmetClaim
from interlope.results.importing import ImportResult
from interlope.results.outlook import ForecastResult
from interlope.results.reading import ConfirmResult, ReadResult
from interlope.results.record import Number, Record
from interlope.results.recovery import RecoverResult
from interlope.results.reference import CasesResult, FieldsResult, KindsResult, LeversResult
from interlope.results.seek import SeekResult
from interlope.results.sensitivity import SensitivityResult
from interlope.results.separation import PriorSeparation
from interlope.results.study import ExportResult, ParameterAbout
from interlope.results.weighing import DroppedEvidence, Explanation, WeighResult


class Stage(Record):
    """A stage of a run and its wall time in seconds."""

    name: str
    seconds: float


class Asked(Record):
    """A part of the question with its answer, what the answer hangs on, and the ids of the roots that it rests on."""

    label: str
    explanation: str | None
    option: str | None
    against: str | None
    answer: str
    hangs_on: str | None
    roots: list[str] = []


class Sentence(Record):
    """A sentence of the answer, and the ids of the roots that it rests on; none where it speaks of the calculation or the method."""

    text: str
    roots: list[str]


class StudyResult(Record):
    """The `result` of `interlope study`: answer, folder and files, and everything that was weighed and compared.

    `sentences` are those of `answer`, each with the roots that it rests on.
    """

    answer: list[str]
    sentences: list[Sentence] = []
    confidence: Confidence | None = None
    asks: list[Asked] = []
    folder: str
    reused: bool
    files: dict[str, str]
    weigh: WeighResult
    compare: CompareResult | None
    separation: PriorSeparation | None
    seek: SeekResult | None = None
    cannot_meet: list[UnmetClaim]
    stages: list[Stage]
    next: str
    moved: list[DatedOdds] = []


class FitResult(Record):
    """The `result` of `interlope fit`: checks, fitted values and parameters; `seconds` of wall time, `store` of replicates.

    `dropped` is what should have been fitted and could not be, with the reason; `together` checks each series as a whole;
    `shortfalls` are figures that no explanation comes near.
    """

    explanations: list[Explanation]
    dropped: list[DroppedEvidence] = []
    fit: list[FitRow]
    parameters: list[ParameterRow]
    together: list[SeriesCheck] = []
    shortfalls: list[Shortfall] = []
    replicates: int
    seconds: float
    store: str


class SeekAnswer(SeekResult):
    """The `result` of `interlope seek`: its decisions on the `outcome` that was asked about; `folder` holds report and tables."""

    outcome: str
    folder: str


class OddResult(Record):
    """The `result` of `interlope odd`: the model's description by the ODD protocol, and whether a file says the same."""

    elements: list[str]
    lines: int
    text: str
    file: str | None
    same: bool | None
    differences: list[str]


class ParamsResult(Record):
    """The `result` of `interlope params`; `assumptions`: how many rest on an assumption; `inherited`: numbers of a border left alone."""

    parameters: list[ParameterAbout]
    assumptions: int
    inherited: list[str] = []


class NewResult(Record):
    """The `result` of `interlope new`: the files of the case that was begun."""

    folder: str
    files: list[str]
    next: str


class ReportResult(Record):
    """The `result` of `interlope report`: files written; `shipped`: where a shipped answer comes from."""

    report: str
    tables: list[str]
    shipped: list[str] = []


class CiteResult(Record):
    """The `result` of `interlope cite`."""

    software: str
    bibtex: str
    run: str | None


class VerifyRow(Record):
    """A published figure beside what the same kernel gives.

    Attributes
    ----------
    low, high : float
        The range that counts as reproduced, in `unit`; None where it is open.
    value, error : float
        Ours and its Monte Carlo standard error, in `unit`.
    seconds : float
        Wall time.
    given : str
        A number of the kernel chosen with this figure in sight; empty where none was.
    """

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
    """The `result` of `interlope verify`: every row, and the names of those outside their range."""

    full: bool
    rows: list[VerifyRow]
    outside: list[str]


class FigureAbout(Record):
    """A figure of a run: its name, title, rows of data behind it, and the files written."""

    name: str
    title: str
    rows: int
    files: list[str]


class FiguresResult(Record):
    """The `result` of `interlope figures`."""

    figures: list[FigureAbout]


class SchemaResult(Record):
    """The `result` of `interlope schema`: JSON Schemas by verb, and the files that they were written to."""

    schemas: dict[str, dict[str, Any]]
    files: list[str]


RESULTS: dict[str, type[BaseModel]] = {
    "backtest": BacktestResult,
    "cases": CasesResult,
    "check": CheckResult,
    "cite": CiteResult,
    "cluster": ClusterResult,
    "compare": CompareResult,
    "confirm": ConfirmResult,
    "dossier": DossierResult,
    "explore": ExploreResult,
    "export": ExportResult,
    "fields": FieldsResult,
    "figures": FiguresResult,
    "fit": FitResult,
    "forecast": ForecastResult,
    "import": ImportResult,
    "kinds": KindsResult,
    "levers": LeversResult,
    "new": NewResult,
    "odd": OddResult,
    "params": ParamsResult,
    "read": ReadResult,
    "recover": RecoverResult,
    "replay": ReplayResult,
    "report": ReportResult,
    "schema": SchemaResult,
    "seek": SeekAnswer,
    "sensitivity": SensitivityResult,
    "simulate": SimulateResult,
    "study": StudyResult,
    "verify": VerifyResult,
    "weigh": WeighAnswer,
}


def schema_of(verb: str) -> dict[str, Any]:
    """Return the JSON Schema of everything that a verb prints with --json.

    Parameters
    ----------
    verb : str
        One of `RESULTS`.

    Returns
    -------
    dict
        The schema of its envelope, with the verb's own `result`.
    """
    return Envelope[RESULTS[verb]].model_json_schema(by_alias=True, mode="serialization")  # type: ignore[valid-type]


def write_text(schema: Mapping[str, Any]) -> str:
    """A schema as indented JSON text."""
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def write_schemas(schemas: Mapping[str, Mapping[str, Any]], folder: Path) -> list[Path]:
    """Write schemas by verb into a folder, which is made at need, each as `<verb>.json`. Returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{verb}.json" for verb in schemas]
    for path, schema in zip(paths, schemas.values(), strict=True):
        path.write_text(write_text(schema), encoding="utf-8")
    return paths
