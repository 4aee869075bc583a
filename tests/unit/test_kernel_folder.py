"""Where compiled kernels are kept: a folder that others can write to is refused; without one, kernels are compiled and not kept."""
from __future__ import annotations

import os
from pathlib import Path

import pytest

from interlope.errors import BadInput
from interlope.jit import folder


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """Nothing is remembered from one test to the next."""
    folder.find.cache_clear()
    folder._passing.cache_clear()
    monkeypatch.delenv("INTERLOPE_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    yield
    folder.find.cache_clear()
    folder._passing.cache_clear()


def test_a_stated_folder_is_made_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("INTERLOPE_CACHE", str(tmp_path / "new" / "kernels"))
    made = folder.find("abc")
    assert made == tmp_path / "new" / "kernels" / "interlope" / "abc"
    assert made.stat().st_mode & 0o077 == 0
    assert made.parent.stat().st_mode & 0o077 == 0


def test_a_relative_folder_stays_where_it_is_when_the_current_folder_changes(monkeypatch, tmp_path):
    monkeypatch.setenv("INTERLOPE_CACHE", "kernels")
    monkeypatch.chdir(tmp_path)
    assert folder.find("abc") == tmp_path / "kernels" / "interlope" / "abc"


@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
@pytest.mark.parametrize("part", ["interlope", "interlope/abc"])
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o1777])
def test_a_folder_that_others_can_write_to_is_refused(monkeypatch, tmp_path, part, mode):
    monkeypatch.setenv("INTERLOPE_CACHE", str(tmp_path))
    folder.find("abc")
    folder.find.cache_clear()
    (tmp_path / part).chmod(mode)
    with pytest.raises(BadInput, match="can be written by others.*INTERLOPE_CACHE"):
        folder.find("abc")


def test_a_stated_folder_that_cannot_be_made_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("INTERLOPE_CACHE", str(tmp_path / "file"))
    with pytest.raises(BadInput, match="INTERLOPE_CACHE=.*file: Not a directory; expected a folder that you may write"):
        folder.find("abc")


@pytest.mark.parametrize("home", [None, "no home", "a file"])
def test_without_a_home_kernels_are_not_kept(monkeypatch, tmp_path, home):
    def find_home():
        if home is None:
            raise RuntimeError("Could not determine home directory.")
        return tmp_path / "file" if home == "a file" else Path("/dev/null/none")

    (tmp_path / "file").write_text("x")
    monkeypatch.setattr(Path, "home", find_home)
    made = folder.find("abc")
    assert made.is_dir()
    assert tmp_path not in made.parents
    assert made.stat().st_mode & 0o077 == 0
