"""Where compiled kernels are kept: a folder that others can write to is refused; without one, kernels are compiled and not kept."""
from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from interlope.errors import BadInput
from interlope.jit import compile, folder


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """Nothing is remembered from one test to the next."""
    folder.find.cache_clear()
    monkeypatch.delenv("INTERLOPE_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    yield
    folder.find.cache_clear()


def test_a_stated_folder_is_made_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("INTERLOPE_CACHE", str(tmp_path / "new" / "kernels"))
    made = folder.find("abc")
    assert made == tmp_path / "new" / "kernels" / "interlope" / "abc"
    assert made.stat().st_mode & 0o077 == 0
    assert made.parent.stat().st_mode & 0o077 == 0


def test_a_relative_folder_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("INTERLOPE_CACHE", "kernels")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match="INTERLOPE_CACHE=kernels: no whole path; expected one that begins at the root"):
        folder.find("abc")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
@pytest.mark.parametrize("part", ["interlope", "interlope/abc"])
@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o702])
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


@pytest.mark.parametrize("home", [None, "a file", "no folder"])
def test_without_a_home_kernels_are_not_kept(monkeypatch, tmp_path, home):
    def find_home():
        if home is None:
            raise RuntimeError("Could not determine home directory.")
        return tmp_path / "file" if home == "a file" else Path("/dev/null/none")

    (tmp_path / "file").write_text("x")
    monkeypatch.setattr(Path, "home", find_home)
    assert folder.find("abc") is None


@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
@pytest.mark.parametrize("part", [".", "kernels"])
def test_a_folder_above_that_others_can_write_to_is_refused(monkeypatch, tmp_path, part):
    (tmp_path / "kernels" / "mine").mkdir(parents=True)
    (tmp_path / part).chmod(0o777)
    monkeypatch.setenv("INTERLOPE_CACHE", str(tmp_path / "kernels" / "mine"))
    with pytest.raises(BadInput, match="can be written by others.*set INTERLOPE_CACHE"):
        folder.find("abc")
    (tmp_path / part).chmod(0o1777)  # as /tmp
    assert folder.find("abc") is not None


@pytest.mark.skipif(os.name != "posix", reason="links of another kind")
@pytest.mark.parametrize("part", ["interlope", "interlope/abc", "interlope/abc/kernel.nbc"])
def test_a_link_inside_is_refused_and_one_to_the_folder_itself_is_not(monkeypatch, tmp_path, part):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    monkeypatch.setenv("INTERLOPE_CACHE", str(tmp_path / "link"))
    assert folder.find("abc") == tmp_path / "link" / "interlope" / "abc"
    place = tmp_path / "elsewhere" / part
    if place.exists():
        place.rename(tmp_path / "moved")
        place.symlink_to(tmp_path / "moved")
    else:
        place.symlink_to(tmp_path / "nowhere")
    folder.find.cache_clear()
    with pytest.raises(BadInput, match="is a link"):
        folder.find("abc")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a folder to a group")
def test_a_group_may_write_where_it_is_the_users_own(monkeypatch, tmp_path):
    monkeypatch.setenv("INTERLOPE_CACHE", str(tmp_path))
    made = folder.find("abc")
    made.chmod(0o770)
    folder.find.cache_clear()
    assert folder.find("abc") == made
    os.chown(made, 0, 12345)
    folder.find.cache_clear()
    with pytest.raises(BadInput, match="can be written by others"):
        folder.find("abc")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a folder away")
@pytest.mark.parametrize("part", ["kernels", "kernels/interlope", "kernels/interlope/abc", "kernels/interlope/abc/kernel.nbc"])
def test_what_belongs_to_another_user_is_refused(monkeypatch, tmp_path, part):
    monkeypatch.setenv("INTERLOPE_CACHE", str(tmp_path / "kernels"))
    (folder.find("abc") / "kernel.nbc").touch()
    os.chown(tmp_path / part, 12345, 12345)
    folder.find.cache_clear()
    with pytest.raises(BadInput, match="belongs to another user"):
        folder.find("abc")


@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
def test_verbs_without_kernels_work_beside_a_refused_folder_and_the_others_say_why(tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o777)
    environment = {**os.environ, "INTERLOPE_CACHE": str(tmp_path / "shared")}

    def call(*words):
        return subprocess.run([sys.executable, "-m", "interlope", *words], env=environment, capture_output=True, text=True)

    assert call("check", "toy").returncode == 0
    done = call("simulate", "toy", "takeover", "--draws", "2", "--days", "3", "--json")
    assert done.returncode == 2 and "set INTERLOPE_CACHE to a folder of your own" in json.loads(done.stdout)["error"]["text"]
    assert [p.name for p in (tmp_path / "shared").rglob("*.nb?")] == []


def test_a_damaged_kernel_is_compiled_anew_and_a_full_disk_is_no_reason_to_stop(monkeypatch, tmp_path):
    """On Numba's own files of a small kernel; the model takes half a minute."""
    monkeypatch.setattr(compile, "CACHE", tmp_path)
    monkeypatch.setattr(compile._config, "CACHE_DIR", str(tmp_path))

    def twice(x):
        return 2 * x

    assert compile.entry(twice)(2) == 4
    stored = sorted(tmp_path.rglob("*.nb?"))
    assert [p.suffix for p in stored] == [".nbc", ".nbi"]
    whole = [p.stat().st_size for p in stored]
    for path in stored:
        path.write_bytes(path.read_bytes()[:9])
    assert compile.entry(twice)(2) == 4
    assert [p.stat().st_size for p in stored] == whole
    for path in stored:
        path.unlink()

    def full(self, sig, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(compile.numba.core.caching.FunctionCache, "save_overload", full)
    assert compile.entry(twice)(2) == 4 and not list(tmp_path.rglob("*.nb?"))
