"""A network of one's own: read from CSV with every fault at once, run by verify, and carried by the case `cartels`."""
from __future__ import annotations

import numpy as np
import pytest
from typer.testing import CliRunner

from interlope import manifest
from interlope.cli.app import app
from interlope.errors import BadInput
from interlope.model.simulate import advance, begin
from interlope.scenario import network
from interlope.scenario.case import load
from interlope.storage.folder import describe
from interlope.storage.plan import plan
from interlope.verification import cartels

GOOD = """# a remark
group,members,rivals,allies
one,60000,two,0
two,35000,one:1,2
three,20000,,one
"""
LIMIT = (38176.57, 33225.85, 24187.93)


def test_hostility_follows_rivals_and_allies(tmp_path):
    (tmp_path / "net.csv").write_text(GOOD)
    read = network.read(tmp_path / "net.csv")
    assert read.names == ("one", "two", "three") and read.members.tolist() == [60000, 35000, 20000]
    assert np.allclose(read.hostility, [[0, 2, 1], [2 / 3, 0, 1 / 3], [1 / 2, 1 / 2, 0]])


@pytest.mark.parametrize(("old", "new", "line", "part"), [
    ("one:1", "onne:1", 4, "nearest 'one'"), ("35000", "-3", 4, "members '-3'"), ("35000", "3.5", 4, "members '3.5'"),
    ("three,20000", "two,20000", 5, "no name twice"), ("one:1", "one:x", 4, "weight 'x'"), ("one:1", "two", 4, "beside itself"),
    (",one\n", ",one,1\n", 5, "5 cells"), ("rivals", "foes", 2, "columns group, members, foes, allies"),
])
def test_faults_are_told_by_line(tmp_path, old, new, line, part):
    (tmp_path / "net.csv").write_text(GOOD.replace(old, new, 1) if line != 5 or "cells" not in part else GOOD[: -1 * len(",one\n")] + new)
    with pytest.raises(BadInput) as caught:
        network.read(tmp_path / "net.csv")
    assert any(f.line == line and part in str(f) for f in caught.value.faults), [str(f) for f in caught.value.faults]


def test_a_missing_file_is_told():
    with pytest.raises(BadInput, match="no such file"):
        network.read("nowhere.csv")


def test_the_case_runs_the_published_example():
    case = load("cartels")
    known = case.parameters("published")
    values = {name: k.prior.median for name, k in known.items()}
    ours = cartels.values(5e-9)
    assert {n: v for n, v in values.items() if n in ours and n not in ("demand_level", "crossings_skill_sd", "radicalisation_clash")
            and n.startswith(("growth_re", "growth_crowd", "clashes_base", "clashes_contact"))} == pytest.approx(
        {n: ours[n] for n in ours if n.startswith(("growth_re", "growth_crowd", "clashes_base", "clashes_contact"))
         and n in values}, rel=1e-5)
    states, recorded = advance(begin(case.setting(), values, None, 5, np.arange(48)), 3640)
    members = states.array("members")[:, :, 0]
    assert not states.status.any()
    assert members.mean(axis=0) == pytest.approx(np.array(LIMIT), rel=0.01)


def test_a_case_without_clients_needs_no_demand(tmp_path):
    import shutil

    folder = tmp_path / "cartels"
    shutil.copytree(load("cartels").folder, folder)
    path = folder / "case.toml"
    path.write_text(path.read_text().replace("demand_level = { value = 0,", "demand_level = { value = 5,"))
    (folder / "network.csv").write_text(GOOD.replace("35000", "none"))
    with pytest.raises(BadInput) as caught:
        load(folder)
    text = "\n".join(map(str, caught.value.faults))
    assert "nobody is on the move" in text and "network.csv:4: members 'none'" in text


def test_a_changed_network_is_another_input(tmp_path):
    """The network counts wherever a case's files are digested: `--resume` and `replay` refuse another one."""
    import shutil

    folder = tmp_path / "cartels"
    shutil.copytree(load("cartels").folder, folder)

    def described() -> manifest.Manifest:
        case = load(folder)
        return describe(plan(case, next(iter(case.hypotheses)), 2, 7, days=2))

    before, sha256, path = described(), load(folder).sha256, folder / "network.csv"
    path.write_text(path.read_text().replace("third,20000", "third,20001"))
    after = described()
    assert load(folder).sha256 != sha256 and "network.csv" in after.inputs
    assert manifest.mismatches(before, after.inputs, after.model_digest) == ["the case's files are not the same: network.csv"]


def test_verify_runs_an_own_network_and_ends_with_1_where_a_row_is_outside(tmp_path):
    (tmp_path / "net.csv").write_text(GOOD)
    done = CliRunner().invoke(app, ["verify", "--network", str(tmp_path / "net.csv"), "--only", "network", "--out", str(tmp_path / "v.md")])
    assert done.exit_code == 1, done.output
    assert "network-size" in done.output and "NO" in done.output
    assert "| network-recruitment-deaths |" in (tmp_path / "v.md").read_text()
