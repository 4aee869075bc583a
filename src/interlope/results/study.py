"""Study: everything a report says, in one record; nothing is computed beside it."""
from __future__ import annotations

from typing import Any

from interlope.results.comparison import CompareResult
from interlope.results.described import Contrast
from interlope.results.dossier import DossierResult
from interlope.results.envelope import Reason
from interlope.results.record import Record
from interlope.results.weighing import WeighResult, WhatIf


class CaseAbout(Record):
    """Which case, as known on which day."""

    name: str
    question: str
    sha256: str
    as_of: str


class Ask(Record):
    """One part of the question: an explanation, or an option against another."""

    label: str
    explanation: str | None = None
    option: str | None = None
    against: str | None = None


class ParameterAbout(Record):
    """A parameter of the model with its prior; `explanation` is empty where all explanations share it."""

    name: str
    explanation: str
    prior: str
    unit: str
    source: str
    role: str
    meaning: str


class Simplification(Record):
    """What a part of the model says of itself that it leaves out."""

    where: str
    text: str


class StudyRecord(Record):
    """The results of one study, and how they were made.

    `compare` and `contrast` are None where they were not run; `compare_reasons` then says why. `settings` are those of the run's name.
    """

    case: CaseAbout
    dossier: DossierResult
    weigh: WeighResult
    compare: CompareResult | None = None
    status: str = "ok"
    reasons: tuple[Reason, ...] = ()
    compare_reasons: tuple[Reason, ...] = ()
    changes: tuple[WhatIf, ...] = ()
    contrast: Contrast | None = None
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

    @property
    def names(self) -> list[str]:
        """The explanations, in the order that fixes their colours."""
        return [e.name for e in self.weigh.explanations]
