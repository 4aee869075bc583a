"""Manifests: equal inputs give equal names, changed files are found, and nothing of the machine enters."""
from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlope import manifest
from interlope.errors import BadInput

MADE = manifest.Manifest(case="toy", run_id="0" * 8, inputs={"case.toml": "aa"}, model_digest="bb", seed=7,
                         settings={"mode": "quick"}, version="0.1.0", environment=manifest.environment())


def test_a_manifest_is_written_with_digests_and_read_again(tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "a.csv").write_text("x\n1\n")
    manifest.write(MADE, tmp_path)
    found = manifest.read(tmp_path)
    assert found.files == {"tables/a.csv": manifest.digest("x\n1\n")}
    assert replace(found, files={}) == MADE
    assert manifest.changed(found, tmp_path) == []


def test_every_changed_missing_or_added_file_is_named(tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.csv").write_text(name)
    manifest.write(MADE, tmp_path)
    (tmp_path / "a.csv").write_text("other")
    (tmp_path / "b.csv").unlink()
    (tmp_path / "d.csv").write_text("new")
    assert manifest.changed(manifest.read(tmp_path), tmp_path) == ["a.csv", "b.csv", "d.csv"]


def test_a_store_counts_as_one_file(tmp_path):
    (tmp_path / "store.zarr" / "x").mkdir(parents=True)
    (tmp_path / "store.zarr" / "x" / "0").write_text("1")
    before = manifest.digest_folder(tmp_path)
    assert list(before) == ["store.zarr"]
    (tmp_path / "store.zarr" / "x" / "0").write_text("2")
    assert manifest.digest_folder(tmp_path) != before


@given(st.dictionaries(st.text(max_size=5), st.integers()), st.integers(0, 2**63 - 1))
def test_a_run_is_named_by_its_contents_alone(settings, seed):
    name = manifest.run_id({"b": "2", "a": "1"}, "m", seed, settings)
    again = manifest.run_id({"a": "1", "b": "2"}, "m", seed, dict(reversed(list(settings.items()))))
    assert name == again
    assert len(name) == 8
    assert name != manifest.run_id({"a": "1", "b": "2"}, "m", seed + 1, settings)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 99}', '{"format": 1}'])
def test_an_unreadable_manifest_is_bad_input(tmp_path, text):
    (tmp_path / manifest.FILE).write_text(text)
    with pytest.raises(BadInput, match=r"manifest\.json"):
        manifest.read(tmp_path)


def test_a_folder_without_manifest_is_bad_input(tmp_path):
    with pytest.raises(BadInput, match=r"no manifest\.json"):
        manifest.read(tmp_path)


def test_a_manifest_holds_no_name_of_the_machine(tmp_path):
    import getpass
    import socket

    assert set(manifest.environment()) <= {*manifest.KIND, *manifest.PACKAGES}
    assert not {getpass.getuser(), socket.gethostname()} & set(manifest.environment().values())
    manifest.write(MADE, tmp_path)
    assert str(tmp_path) not in (tmp_path / manifest.FILE).read_text()
