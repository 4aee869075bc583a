"""What if: what the report's panel is made of, and the data from which the page weighs the explanations again."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from interlope.dossier.source import DISTORTION, LETTERS, WEIGHTS, reliability, split
from interlope.inference import likelihood
from interlope.inference.evidence.odds import HEAVY_TAIL, THIN
from interlope.inference.evidence.weigh import LEAST_EFFECTIVE, LEAST_LIKELY
from interlope.inference.evidence.yardstick import YARDSTICKS
from interlope.reporting.answer.left_out import ALONE
from interlope.reporting.attribution import attribute
from interlope.reporting.figures.figure import legend
from interlope.reporting.tables import Table
from interlope.reporting.words import yardstick
from interlope.results.study import StudyRecord
from interlope.results.terms import StoredTerms

ABSENT = ("There is no What if in this report: its results hold no terms of the replicates. They were written by an earlier version, or "
          "the terms would not fit into a page. `interlope study` makes them anew.")


class SourceRow(NamedTuple):
    """A source whose letter can be changed."""

    id: str
    role: str
    letter: str


class RootRow(NamedTuple):
    """A root that can be switched off, with its weighed claims (id, who says what) and official series."""

    id: str
    what: str
    claims: tuple[tuple[str, str], ...]
    series: tuple[str, ...]


@dataclass(frozen=True)
class Panel:
    """What the page shows; only `absent`, the reason, where there is nothing to weigh again from."""

    absent: str = ""
    sources: tuple[SourceRow, ...] = ()
    roots: tuple[RootRow, ...] = ()
    explanations: tuple[tuple[str, str], ...] = ()
    yardsticks: tuple[tuple[str, str], ...] = ()
    words: str = ""
    report: str = ""
    letters: str = LETTERS
    data: str = ""


def build(study: StudyRecord) -> Panel:
    """Make the panel of a study, or say why it has none."""
    terms = study.terms
    if study.alone:
        return Panel(f"There is no What if in this report, for {ALONE}.")
    if terms is None:
        return Panel(ABSENT)
    roles = {s.id: s.role for s in study.dossier.sources}
    what, says = {r.id: r.what for r in study.dossier.roots}, attribute(study.dossier)
    series = {r.id: tuple(s.id for s in study.dossier.series if s.weighed and (s.root or s.id) == r.id) for r in terms.roots}
    claims = {r.id: tuple((c.id, says.get(c.id, "")) for c in terms.claims if c.root == r.id) for r in terms.roots}
    return Panel(
        sources=tuple(SourceRow(s.id, roles.get(s.id, ""), s.letter) for s in terms.sources),
        roots=tuple(RootRow(r.id, what.get(r.id, ""), claims[r.id], series[r.id]) for r in terms.roots),
        explanations=tuple((name, cls) for cls, name in legend(study.names)),
        yardsticks=tuple((name, stick.title) for name, stick in YARDSTICKS.items()),
        words=_words(),
        report=_report(study, terms),
        data=to_json(_data(study, terms)),
    )


def _words() -> str:
    return next(name for name, stick in YARDSTICKS.items() if stick is yardstick())


def _report(study: StudyRecord, terms: StoredTerms) -> str:
    """The source whose letter the curve varies; empty where no letter moves the odds."""
    known = [s.id for s in terms.sources]
    stated = study.weigh.curve.source if study.weigh.curve else ""
    return stated if stated in known else next(iter(known), "")


def _data(study: StudyRecord, terms: StoredTerms) -> dict[str, Any]:
    """Terms and the numbers that letters and words stand for."""
    most = max((sum(r.institution == x.institution for r in terms.roots) for x in terms.roots), default=1)
    letters = {}
    for letter in WEIGHTS:
        beta = reliability(letter)
        rules = [likelihood.quadrature(count, beta.a, beta.b) for count in range(1, most // 2 + 2)]
        letters[letter] = {"mean": beta.a / (beta.a + beta.b), "split": split(letter),
                           "nodes": [[at.tolist(), np.exp(log_w).tolist()] for at, log_w in rules]}
    return {
        "terms": terms.model_dump(),
        "letters": letters,
        "distortion": DISTORTION,
        "thin": {"points": THIN, "tail": HEAVY_TAIL},
        "headline": {"likely": LEAST_LIKELY, "points": LEAST_EFFECTIVE / 2},
        "yardsticks": {name: {"title": y.title, "steps": [[s.word, s.upto] for s in y.steps]} for name, y in YARDSTICKS.items()},
        "words": _words(),
        "asks": [[a.label, a.explanation] for a in study.asks if a.explanation in study.names],
        "report": _report(study, terms),
        "colours": {name: cls for cls, name in legend(study.names)},
        "resolved": study.status != "not_resolved",
    }


def to_json(data: Any) -> str:
    """JSON that may stand inside a script element: no character that ends it, hides or is not ASCII.

    >>> to_json("</script>")
    '"\\\\u003c/script>"'
    """
    return json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def pack_files(tables: Sequence[Table]) -> str:
    """The tables as CSV texts by name, packed: JSON, zlib, base64."""
    files = {table.name: table.csv() for table in tables}
    return base64.b64encode(zlib.compress(json.dumps(files).encode(), 9)).decode()
