"""Envelope: the one shape of every --json output. Schemas are made from these models, outputs validated by them."""

from __future__ import annotations

import json
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, Field

from interlope.results.record import Record
from interlope.text import escape_json

Result = TypeVar("Result", bound=BaseModel)
Status = Literal["ok", "not_resolved", "interrupted", "error"]


class Reason(Record):
    """Why a result is not what was hoped for, and what to do."""

    code: str
    text: str
    remedy: str = ""


class FaultAbout(Record):
    """One thing wrong in one place of the input; `follows` counts the faults that the same mistake brought about."""

    file: str
    line: int | None
    actual: str
    expected: str
    remedy: str = ""
    follows: int = 0


class Error(Record):
    """Why there is no result: what kind of error, the exit code, the words, and every fault of the input."""

    kind: Literal["bad_input", "run_failed", "checks_failed", "our_fault"]
    exit_code: int
    text: str
    faults: list[FaultAbout] = []


class CaseName(Record):
    """Which case, by name, digest and date of knowledge."""

    name: str
    sha256: str
    as_of: str


class Envelope(Record, Generic[Result]):
    """What every verb prints with --json.

    `schema` names verb and version of the shape; `status` is ok, not_resolved, interrupted or error, and `reasons` says why it is not
    ok; `mode` is quick or thorough; `result` is None where there is none, and `error` then says why.
    """

    schema_: str = Field(alias="schema")
    version: str
    case: CaseName | None = None
    model_digest: str | None = None
    seed: int | None = None
    mode: str | None = None
    wall_seconds: float
    status: Status = "ok"
    reasons: list[Reason] = []
    result: Result | None
    error: Error | None = None


def dump(envelope: Envelope[Any], ascii: bool = False) -> str:
    """Write an envelope as JSON text; numbers that are not finite are refused, absent values are null.

    Characters that steer a terminal or hide are written as JSON's own escapes, so that nothing is lost; with `ascii` so is all but ASCII.
    """
    return escape_json(json.dumps(envelope.model_dump(by_alias=True, mode="json"), ensure_ascii=ascii, allow_nan=False))
