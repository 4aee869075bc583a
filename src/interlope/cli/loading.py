"""Loading: a case is read and its words are used until the command ends."""

from __future__ import annotations

from pathlib import Path

from interlope.scenario import case as cases
from interlope.wording import use


def load(name_or_folder: str | Path) -> cases.Case:
    """Read a case, and speak in its words until the command ends; see `scenario.case.load`."""
    case = cases.load(name_or_folder)
    use(case.words)
    return case
