"""One small study of the made-up case, run once for every test that needs its results."""
from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

PAIRS = ["--pairs", "20"]


class Line:
    """The command line in a folder of its own."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.study = folder

    def __call__(self, *words: str, code: int = 0):
        import os

        from interlope.cli.app import app

        before = Path.cwd()
        os.chdir(self.folder)
        try:
            done = CliRunner().invoke(app, list(words))
        finally:
            os.chdir(before)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code == code, done.output
        return done


@pytest.fixture(scope="session")
def line(tmp_path_factory) -> Iterator[Line]:
    """The command line, in a folder where the made-up case has been studied.

    Reports and pages of a study quote trials and backtests that lie beside it, so a test that leaves one there would change what
    tests after it read: such a test names another folder by --out, or takes its own away.
    """
    found = Line(tmp_path_factory.mktemp("line"))
    found("study", "toy", *PAIRS)
    (found.study,) = (found.folder / "out").glob("toy-*")
    yield found
    assert [p.name for p in (found.folder / "out").iterdir() if re.match(r"toy-(recovery|backtest)-", p.name)] == []


@pytest.fixture(scope="session")
def studied(line) -> Path:
    """The folder of that study, whatever other tests have studied there since."""
    return line.study
