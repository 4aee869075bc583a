"""Forms: what is told by its shape, as regular expressions in `forms/`, one a line.

A line `<name> = ...` gives a piece a name, `[any case]` and `[as written]` head the forms that do not and do mind capitals.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

HEADS = {"[any case]": re.IGNORECASE, "[as written]": re.NOFLAG}


@lru_cache(maxsize=16)
def read(name: str) -> tuple[re.Pattern[str], ...]:
    """The forms of one file, joined to one pattern for each head.

    Parameters
    ----------
    name : str
        Of the file, without its ending.
    """
    text = resources.files("interlope.guard").joinpath("forms", f"{name}.txt").read_text(encoding="utf-8")
    pieces: dict[str, str] = {}
    forms: dict[str, list[str]] = {head: [] for head in HEADS}
    head = ""
    for line in text.splitlines():
        if line in HEADS:
            head = line
        elif named := re.fullmatch(r"(<\w+>) = (.*)", line):
            pieces[named[1]] = named[2]
        elif line and not line.startswith("# "):
            for piece, meaning in pieces.items():
                line = line.replace(piece, meaning)
            forms[head].append(line)
    return tuple(re.compile("|".join(forms[head]), flags) for head, flags in HEADS.items() if forms[head])
