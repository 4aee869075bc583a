"""Method: the hash that names how a fit was made holds every file that makes one, and none that only looks at it."""
from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from interlope.inference import method
from interlope.inference.method import PACKAGE, list_files

STARTS = ("inference/fitting/calibrate.py", "recovery/trial.py", "recovery/truth.py")  # a fit, its odds, and the data of a trial
# Read, and no rule in them: what a claim, a book and a figure hold, and how a period is written
RECORDS = {"dossier/claim.py", "dossier/book.py", "dossier/series.py", "dossier/period.py", "inference/method.py"}
# Of what says why a calculation failed, and of words for probabilities, no trial records anything
WORDING = {"inference/checks/predictive.py", "inference/checks/surprise.py", "inference/evidence/yardstick.py"}
PASSED = RECORDS | WORDING


def imports(file: Path) -> Iterator[Path]:
    """Files of the package that a file imports, with the packages on the way."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("interlope"):
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("interlope")]
        else:
            continue
        for name in names:
            path = PACKAGE.joinpath(*name.split(".")[1:])
            if path.with_suffix(".py").is_file():
                yield path.with_suffix(".py")
            elif (path / "__init__.py").is_file() and path != PACKAGE:
                yield path / "__init__.py"
                if path.name == "kinds":
                    yield from path.glob("*.py")  # found by file name


def walk() -> set[str]:
    """Files of inference that a fit imports, and those of the dossier that its kinds of claim do."""
    open_files, seen = [PACKAGE / start for start in STARTS], set[Path]()
    while open_files:
        file = open_files.pop()
        for other in imports(file):
            name = other.relative_to(PACKAGE).as_posix()
            if other not in seen and (name.startswith("inference") or name.startswith("dossier")):
                seen.add(other)
                if name not in PASSED:
                    open_files.append(other)
    return {f.relative_to(PACKAGE).as_posix() for f in seen if len(f.read_text(encoding="utf-8").splitlines()) > 0}


def test_every_file_that_makes_a_fit_is_in_the_hash():
    named = {f.relative_to(PACKAGE).as_posix() for f in list_files()}
    walked = {name for name in walk() if name not in PASSED and not (name.endswith("__init__.py") and "kinds" not in name)}
    assert len(walked) > 30 and walked <= named, sorted(walked - named)


def test_what_only_looks_at_a_fit_is_not_in_the_hash():
    names = {f.relative_to(PACKAGE).as_posix() for f in list_files()}
    assert not any(name.startswith("inference/checks") for name in names)
    assert not {"inference/evidence/packing.py", "inference/evidence/confidence.py", "inference/evidence/result.py"} & names


def test_a_changed_file_changes_the_hash_and_line_ends_do_not(tmp_path, monkeypatch):
    monkeypatch.setattr(method, "PACKAGE", tmp_path)
    file = tmp_path / "one.py"
    file.write_bytes(b"x = 1\ny = 2\n")
    first = method._hash([file])
    file.write_bytes(b"x = 1\r\ny = 2\r\n")
    assert method._hash([file]) == first and len(first) == 8
    file.write_bytes(b"x = 1\ny = 3\n")
    assert method._hash([file]) != first
