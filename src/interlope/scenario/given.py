"""Given: a case as it is handed over in Python: a loaded one, or the name or folder of one, which is then loaded."""
from __future__ import annotations

import os
from pathlib import Path

from interlope.arguments import read_kind
from interlope.scenario.case import Case, load

CaseLike = Case | str | Path  # what every public function takes for a case
EXPECTED = "a case (see interlope.load), or the name or folder of one"


def read_case(case: CaseLike) -> Case:
    """Read a case, or load it by its name or folder.

    Parameters
    ----------
    case : Case, str or Path
        A loaded case, as known on its `as_of`; or what `interlope.load` takes.

    Returns
    -------
    Case

    Raises
    ------
    BadInput
        When it is neither, or the case has faults.

    Examples
    --------
    >>> read_case("toy").name
    'toy'
    """
    return load(case) if isinstance(case, (str, os.PathLike)) else read_kind("case", case, Case, EXPECTED)
