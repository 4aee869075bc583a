"""Names that results use themselves, or that are spelled alike, are refused where they are given, with their line."""
from __future__ import annotations

import pytest
from tests.helpers.edited_toy import DOSSIER, LISTENED, TABLE, edit, refused

from interlope.scenario.case import find
from interlope.toml.names import RESERVED

ANALYST = 'format = 1\nname = "NAME"\nrole = "analyst"\n[prior_odds.takeover]\nodds = 2.0\nreason = "invented"\n'


def renamed(folder, kind: str, old: str, new: str):
    """The toy with a file of an explanation or option under another name."""
    case = edit(folder)
    path = case / kind / f"{old}.toml"
    text = path.read_text(encoding="utf-8").replace(f'name = "{old}"', f'name = "{new}"', 1)
    path.unlink()
    (case / kind / f"{new}.toml").write_text(text, encoding="utf-8")
    toml = case / "case.toml"
    asks = toml.read_text(encoding="utf-8").replace(f'option = "{old}"', f'option = "{new}"')
    toml.write_text(asks.replace(f'explanation = "{old}"', f'explanation = "{new}"'), encoding="utf-8")
    return case


@pytest.mark.parametrize("name", [*RESERVED, "status_quo", "Pooled"])
def test_no_explanation_has_a_name_of_results(tmp_path, name):
    fault, = refused(renamed(tmp_path, "hypotheses", "rivalry", name))
    assert fault.startswith(f"hypotheses/{name}.toml:") and f"explanation '{name}'" in fault and "rename the explanation" in fault


@pytest.mark.parametrize("name", ["pooled", "all", "leading", "mixed", "today", "status_quo", "Status-Quo"])
def test_no_option_has_a_name_of_results(tmp_path, name):
    fault, = refused(renamed(tmp_path, "options", "joint-patrols", name))
    assert fault.startswith(f"options/{name}.toml:") and f"option '{name}'" in fault


def test_no_analyst_has_a_name_of_results_nor_two_names_alike(tmp_path):
    case = edit(tmp_path)
    (case / "analysts").mkdir()
    for name in ("all", "second-desk", "Second_desk"):
        (case / "analysts" / f"{name}.toml").write_text(ANALYST.replace("NAME", name), encoding="utf-8")
    reserved, alike = sorted(refused(case))
    assert "analyst 'all'" in reserved and "analysts/all.toml:2" in reserved
    assert "analyst 'second-desk', spelled like 'Second_desk'" in alike and "analysts/second-desk.toml:2" in alike


def test_ids_and_classes_spelled_alike_are_refused(tmp_path):
    twin = (find("toy") / TABLE).read_text(encoding="utf-8").replace("# id: guard-detained", "# id: Guard_Detained", 1)
    claim = '\n[[claim]]\nid = "t1"\nparaphrase = "again"\nkind = "restatement"\nof = "T1"\nroot = "court-files"\n'
    heard = LISTENED.replace('id = "L1"', 'id = "t2"')
    case = edit(tmp_path, ("case.toml", 'name = "inland"', 'name = "Coastal"'), (DOSSIER, "", claim + heard))
    (case / TABLE).with_stem("second").write_text(twin, encoding="utf-8")
    told = refused(case)
    for what, file in (("class of clients 'Coastal', spelled like 'coastal'", "case.toml:"),
                       ("claim 't1', spelled like 'T1'", "dossier.toml:"), ("listened 't2', spelled like 'T2'", "dossier.toml:"),
                       ("series id 'Guard_Detained', spelled like 'guard-detained'", "series/second.csv:1:")):
        assert any(what in fault and fault.startswith(file) for fault in told), told


def test_options_and_explanations_spelled_alike_are_refused(tmp_path):
    case = edit(tmp_path)
    for kind, old, new in (("options", "joint-patrols", "Joint_patrols"), ("hypotheses", "rivalry", "Rivalry")):
        text = (case / kind / f"{old}.toml").read_text(encoding="utf-8").replace(f'name = "{old}"', f'name = "{new}"', 1)
        (case / kind / f"{new}.toml").write_text(text, encoding="utf-8")
    faults = refused(case)
    assert len(faults) == 2 and all("spelled like" in fault and ".toml:2" in fault for fault in faults)
