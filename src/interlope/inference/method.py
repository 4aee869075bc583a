"""Method: which version of the code gave a fit and its odds, and which version of the checks looked at them."""
from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
# What determines the numbers of a fit, its odds and the data sets of a trial, as paths below the package; a test walks their imports
FILES = (
    "dossier/density.py", "dossier/directions.py", "dossier/kinds", "dossier/multiples.py", "dossier/numbers.py", "dossier/poisson.py",
    "dossier/ratios.py", "dossier/source.py", "dossier/statements.py", "dossier/words.py", "inference/evidence/gates.py",
    "inference/evidence/odds.py", "inference/fitting", "inference/generative.py", "inference/left_out.py", "inference/likelihood.py",
    "inference/official.py", "inference/publication.py", "inference/sampling",
)


@cache
def method() -> str:
    """Hash of the code that fits and sets odds: eight hexadecimal digits. What another version of it left unfinished is not taken up."""
    return _hash(list_files())


@cache
def checks() -> str:
    """Hash of all code of inference, with what looks at a fit: eight hexadecimal digits, other than `method` where a check is changed."""
    return _hash((PACKAGE / "inference").rglob("*.py"))


def list_files() -> list[Path]:
    """The files that `method` is a hash of, in order."""
    given = (PACKAGE / name for name in FILES)
    return sorted(file for path in given for file in (path.rglob("*.py") if path.is_dir() else (path,)))


def _hash(files: Iterable[Path]) -> str:
    """Hash over paths and bytes; line ends of either kind are the same."""
    state = hashlib.sha256()
    for file in sorted(files):
        name = file.relative_to(PACKAGE).as_posix()
        state.update(name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n"))
    return state.hexdigest()[:8]
