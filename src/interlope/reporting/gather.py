"""Gather: turns the objects of a run into the one record that a report is written from."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from importlib import resources
from typing import TYPE_CHECKING, Any

from interlope import manifest
from interlope.dossier import book as dossier_book
from interlope.reporting.material import Material

if TYPE_CHECKING:
    from interlope.scenario.case import Case

MARK = "Not modelled:"


def describe_case(case: Case) -> dict[str, Any]:
    """Name, question, digest and the date of knowledge of a case."""
    return {"name": case.name, "question": case.question, "sha256": case.sha256, "as_of": case.as_of.isoformat()}


def describe_asks(case: Case) -> tuple[dict[str, Any], ...]:
    """The parts of the question, what does not belong to a part as None."""
    return tuple({name: value or None for name, value in ask._asdict().items()} for ask in case.asks)


def describe_dossier(case: Case) -> dict[str, Any]:
    """The dossier's own JSON with the official series beside it: definition, unit, source, and its use."""
    found = dossier_book.to_json(case.book)
    found["series"] = [
        {
            "id": s.id,
            "source": s.source,
            "root": s.root,
            "definition": s.definition,
            "counted": s.counted,
            "unit": s.unit,
            "period": s.period,
            "licence": s.licence,
            "weighed": s.density != "none",
            "why": s.why or None,
            "values": len(s.values),
        }
        for s in case.series.values()
    ]
    return found


def list_parameters(case: Case) -> list[dict[str, Any]]:
    """Every parameter of the model once; where explanations differ, once for each explanation that differs."""
    known = {name: case.parameters(name) for name in case.hypotheses}
    rows = []
    for parameter in next(iter(known.values())):
        texts = {(k[parameter].prior.text, k[parameter].source, k[parameter].role) for k in known.values()}
        for name, table in known.items():
            p = table[parameter]
            rows.append(
                {
                    "name": p.name,
                    "explanation": "" if len(texts) == 1 else name,
                    "prior": p.prior.text,
                    "unit": p.unit,
                    "source": p.source,
                    "role": p.role,
                    "meaning": p.meaning,
                }
            )
            if len(texts) == 1:
                break
    return rows


def list_simplifications() -> list[dict[str, str]]:
    """What each part of the model says of itself that it leaves out, read from its description without running it."""
    return [
        {"where": name, "text": " ".join(text.split())} for name, words in _descriptions() for text in _passages(words)
    ]


def _passages(words: str) -> Iterator[str]:
    """Yield each passage that begins with the marker, up to the next blank line."""
    for paragraph in words.split("\n\n"):
        _, mark, rest = paragraph.partition(MARK)
        if mark:
            yield f"{mark} {rest.strip()}"


def _descriptions() -> Iterator[tuple[str, str]]:
    """Yield (part, description) of every file of the model, by name."""
    root = resources.files("interlope.model")
    folders = (root, root.joinpath("mechanisms"))
    files = [f for folder in folders for f in folder.iterdir() if f.name.endswith(".py") and f.name != "__init__.py"]
    for file in sorted(files, key=lambda f: f.name):
        words = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
        if words:
            yield file.name.removesuffix(".py"), words


def gather(
    case: Case,
    weighed: Mapping[str, Any],
    compared: Mapping[str, Any] | None,
    *,
    status: str = "ok",
    reasons: tuple[dict[str, Any], ...] = (),
    compare_reasons: tuple[dict[str, Any], ...] = (),
    changes: tuple[dict[str, Any], ...] = (),
    contrast: Mapping[str, Any] | None = None,
    mode: str = "quick",
    seed: int = 0,
    run_id: str = "",
    model_digest: str = "",
    settings: Mapping[str, Any] | None = None,
    command: str = "",
) -> Material:
    """Put a case and the JSON results of weighing and comparing into one record.

    Parameters
    ----------
    case : the case that was run. weighed, compared : results as plain values, the second absent where none was made.

    Other arguments
    ---------------
    status, reasons : of the weighing. compare_reasons : why there is no comparison, or what weakens it.
    changes : probabilities under changed evidence. contrast : what the explanations predict, side by side.
    mode, seed, run_id, model_digest, settings, command : how the results were made.
    """
    return Material(
        case=describe_case(case),
        dossier=describe_dossier(case),
        weigh=dict(weighed),
        compare=dict(compared) if compared is not None else None,
        status=status,
        reasons=reasons,
        compare_reasons=compare_reasons,
        changes=changes,
        contrast=dict(contrast) if contrast is not None else None,
        mode=mode,
        seed=seed,
        version=manifest.version(),
        run_id=run_id,
        model_digest=model_digest,
        settings=dict(settings or {}),
        parameters=tuple(list_parameters(case)),
        simplifications=tuple(list_simplifications()),
        command=command,
        asks=describe_asks(case),
    )
