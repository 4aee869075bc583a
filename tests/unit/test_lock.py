"""A lock is on the file that is at the path, not on one that its last owner removed meanwhile."""
from __future__ import annotations

import shutil

import pytest

from interlope.storage import disk


def remove_first(folder, times):
    """The lock of the system, taken after others have removed the folder that often."""
    taken, lock = [], disk._lock

    def late(handle):
        if len(taken) < times:
            shutil.rmtree(folder)
        taken.append(handle)
        lock(handle)

    return taken, late


def test_what_was_removed_between_opening_and_locking_is_locked_where_it_is_now(tmp_path, monkeypatch):
    path = tmp_path / "hidden" / "lock"
    taken, late = remove_first(path.parent, 2)
    monkeypatch.setattr(disk, "_lock", late)
    with disk.lock(path):
        assert path.is_file() and len(taken) == 3
        with pytest.raises(disk.Locked), disk.lock(path):
            pass


def test_a_folder_removed_before_its_file_is_opened_is_made_again(tmp_path, monkeypatch):
    path, tries, opening = tmp_path / "hidden" / "lock", [], disk.open_to_append

    def late(found):
        tries.append(found)
        if len(tries) == 1:
            found.parent.rmdir()
        return opening(found)

    monkeypatch.setattr(disk, "open_to_append", late)
    with disk.lock(path):
        assert path.is_file() and len(tries) == 2


def test_a_folder_that_never_stays_counts_as_locked_by_others(tmp_path, monkeypatch):
    path = tmp_path / "hidden" / "lock"
    taken, late = remove_first(path.parent, 10**9)
    monkeypatch.setattr(disk, "_lock", late)
    with pytest.raises(disk.Locked), disk.lock(path):
        pass
    assert len(taken) == disk.TRIES
