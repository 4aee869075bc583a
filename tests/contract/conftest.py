"""One small study of the made-up case, run once for every test that needs its results."""
from __future__ import annotations

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
def line(tmp_path_factory) -> Line:
    """The command line, in a folder where the made-up case has been studied."""
    found = Line(tmp_path_factory.mktemp("line"))
    found("study", "toy", *PAIRS)
    (found.study,) = (found.folder / "out").glob("toy-*")
    return found


@pytest.fixture(scope="session")
def studied(line) -> Path:
    """The folder of that study, whatever other tests have studied there since."""
    return line.study
