"""Trial: whether a case stays sound with some of its files changed, asked before anything is written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from interlope.errors import BadInput
from interlope.scenario.case import Case, load


def try_texts(case: Case, texts: Mapping[str, str]) -> Case:
    """Load a copy of a case in which files have other texts.

    Parameters
    ----------
    case : Case
        The case as it is.
    texts : Mapping[str, str]
        New texts by path below the case's folder.

    Returns
    -------
    Case
        The copy; its folder is gone.

    Raises
    ------
    BadInput
        With every fault that the case would have, by the places of its own folder. Nothing was written.
    """
    with tempfile.TemporaryDirectory(prefix="interlope-trial-") as temporary:
        copy = Path(temporary).resolve() / case.folder.resolve().name
        for name in case.inventory.every:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(case.folder / name, copy / name)
        for name, text in texts.items():
            (copy / name).write_text(text, encoding="utf-8")
        try:
            return load(copy)
        except BadInput as error:
            raise BadInput([replace(f, file=f.file.replace(str(copy), str(case.folder))) for f in error.faults]) from None
