"""Material: everything a report says comes from this one record of plain JSON values; nothing is computed beside it."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from interlope.errors import BadInput, Fault

FILE, PACKED = "results.json", "results.json.gz"

Row = dict[str, Any]


@dataclass(frozen=True)
class Material:
    """The results of one study in the shapes of the JSON output (dossier, weigh, compare), and how they were made.

    `asks` are the parts of the question: label, and either explanation or option with what it is compared with.
    """

    case: Row
    dossier: Row
    weigh: Row
    compare: Row | None = None
    status: str = "ok"
    reasons: tuple[Row, ...] = ()
    compare_reasons: tuple[Row, ...] = ()
    changes: tuple[Row, ...] = ()
    contrast: Row | None = None
    mode: str = "quick"
    seed: int = 0
    version: str = ""
    run_id: str = ""
    model_digest: str = ""
    settings: Row = field(default_factory=dict)
    parameters: tuple[Row, ...] = ()
    simplifications: tuple[Row, ...] = ()
    command: str = ""
    asks: tuple[Row, ...] = ()

    @property
    def names(self) -> list[str]:
        """The explanations, in the order that fixes their colours."""
        return [e["name"] for e in self.weigh["explanations"]]


def save(material: Material, folder: Path) -> Path:
    """Write the record into a folder. Returns the file's path."""
    path = folder / FILE
    text = json.dumps(asdict(material), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
    return path


def load(folder: Path) -> Material:
    """Read the record that a study wrote.

    Raises
    ------
    BadInput
        When the folder holds none, or it cannot be read.
    """
    path = folder / (FILE if (folder / FILE).is_file() or not (folder / PACKED).is_file() else PACKED)
    if not path.is_file():
        raise BadInput([Fault(str(folder), None, f"no {FILE}", "a folder written by 'interlope study'")])
    try:
        raw = path.read_bytes()
        data = json.loads(gzip.decompress(raw) if path.name == PACKED else raw)
        for name in ("reasons", "compare_reasons", "changes", "parameters", "simplifications", "asks"):
            data[name] = tuple(data.get(name, ()))
        return Material(**data)
    except (ValueError, TypeError, OSError, EOFError) as error:
        fault = Fault(str(path), None, f"unreadable results ({error})", "the file as 'study' wrote it")
        raise BadInput([fault]) from error
