"""Levers and options: neutral is exactly neutral, bundles combine as said, faults name their line."""
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interlope.errors import Fault
from interlope.levers.catalogue import levers
from interlope.levers.option import Option, ScheduledLever, load, tell_idle
from interlope.model.params import CONTROL_INDEX, CONTROLS, neutral_controls
from interlope.scenario.prior import parse

EXPECTED = {
    "raids", "sustained_operation", "joint_patrols", "border_hardening", "leadership_targeting",
    "financial_disruption", "anti_corruption", "legal_pathways", "safe_reception", "recruitment_prevention",
    "symbol_exposure", "restraint_rule", "supply_chain",
}
SHARES = ("operation_floor", "restraint_floor", "seizure_share", "tribute_block")


def write(folder, text, name="trial"):
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    return load(path, f"case/options/{name}.toml", 365, faults), [str(f) for f in faults]


def test_catalogue_holds_every_lever():
    assert set(levers()) == EXPECTED
    assert list(levers()) == sorted(levers())


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_lever_declares_itself(name):
    lever = levers()[name]
    assert lever.low == 0.0 < lever.high
    assert lever.side_effects
    assert lever.meaning
    assert lever.unit
    for number in lever.numbers:
        assert number.source
        assert parse(number.prior).median == pytest.approx(number.value, rel=1e-6)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_zero_setting_is_neutral_bit_for_bit(name):
    option = Option("zero", "", (ScheduledLever(name, 0.0, 0, 30, 7),))
    assert option.controls(30).tobytes() == neutral_controls(30).tobytes()
    assert not option.active(30).any()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_full_setting_moves_something_within_range(name):
    lever = levers()[name]
    table = Option("full", "", (ScheduledLever(name, lever.high, 5, 20, 4),)).controls(30)
    base = neutral_controls(30)
    assert (table[:5] == base[:5]).all()
    assert (table[20:] == base[20:]).all()
    assert (table[5:20] != base[5:20]).any()
    assert (table >= 0).all()
    assert all(table[:, CONTROL_INDEX[share]].max() <= 1.0 for share in SHARES)


def test_option_without_levers_is_neutral():
    assert Option("status-quo", "").controls(365).tobytes() == neutral_controls(365).tobytes()
    assert neutral_controls(3).shape == (3, len(CONTROLS))


def test_ramp_rises_evenly_and_arrives():
    path = levers()["sustained_operation"].path(0.8, 10, 4)["operation_floor"]
    assert np.allclose(path[:4], [0.2, 0.4, 0.6, 0.8])
    assert (path[4:] == 0.8).all()


def test_bundles_combine():
    bundle = Option("bundle", "", (
        ScheduledLever("legal_pathways", 0.5, 0, 9), ScheduledLever("legal_pathways", 0.5, 0, 9),
        ScheduledLever("restraint_rule", 0.2, 0, 9), ScheduledLever("restraint_rule", 0.7, 0, 9),
        ScheduledLever("financial_disruption", 0.5, 0, 9), ScheduledLever("financial_disruption", 0.5, 0, 9),
        ScheduledLever("safe_reception", 0.01, 0, 9), ScheduledLever("safe_reception", 0.02, 0, 9),
    ))
    row = dict(zip([c.name for c in CONTROLS], bundle.controls(9)[0], strict=True))
    assert row["arrivals_factor"] == 0.25
    assert row["restraint_floor"] == 0.7
    assert row["seizure_share"] == row["tribute_block"] == 0.75
    assert row["shelter_rate"] == pytest.approx(0.03)


@given(st.permutations([
    ("raids", 1.0), ("border_hardening", 0.7), ("financial_disruption", 0.3), ("restraint_rule", 0.4)]))
def test_order_of_levers_does_not_matter(order):
    option = Option("any", "", tuple(ScheduledLever(name, setting, 0, 12, 3) for name, setting in order))
    reference = Option("any", "", tuple(ScheduledLever(name, setting, 0, 12, 3) for name, setting in sorted(order)))
    assert np.allclose(option.controls(12), reference.controls(12), rtol=1e-14)


def test_lever_beyond_the_end_is_cut():
    late = Option("late", "", (ScheduledLever("raids", 1.0, 50, 90),))
    assert late.controls(30).tobytes() == neutral_controls(30).tobytes()


def test_setting_outside_the_range_is_refused():
    with pytest.raises(ValueError, match="expected 0 to 1"):
        levers()["sustained_operation"].path(1.5, 10)


def test_option_file_is_read(tmp_path):
    option, faults = write(tmp_path, """format = 1
name = "trial"
gloss = "More raids."
[[lever]]
name = "raids"
setting = 1.0
from = 10
to = 20
ramp = 5
[cost]
per_day = 100.0
unit = "EUR/day"
source = "assumption"
""")
    assert faults == []
    assert option is not None
    assert option.levers == (ScheduledLever("raids", 1.0, 10, 20, 5),)
    assert option.cost(365) == 1000.0
    assert option.cost(15) == 500.0
    assert option.side_effects == levers()["raids"].side_effects


def test_every_fault_of_an_option_is_listed(tmp_path):
    option, faults = write(tmp_path, """format = 1
name = "trail"
glos = "More raids."
[[lever]]
name = "raid"
setting = 1.0
[[lever]]
name = "restraint_rule"
setting = -2
from = 30
to = 20
ramp = 400
""")
    text = "\n".join(faults)
    assert option is None
    assert "case/options/trial.toml:2: name 'trail'; expected the file's name, 'trial'" in text
    assert "'gloss' missing" in text
    assert "nearest 'glos'" in text
    assert "trial.toml:5: lever 'raid' unknown" in text
    assert "nearest 'raids'" in text
    assert "trial.toml:9: setting = -2; expected a number from 0 to 1" in text
    assert "from = 30, to = 20" in text
    assert "ramp = 400" in text


def test_malformed_and_missing_files_are_named(tmp_path):
    option, faults = write(tmp_path, "format = 1\nname = \n")
    assert option is None
    assert faults[0].startswith("case/options/trial.toml:2:")
    missing: list[Fault] = []
    assert load(tmp_path / "none.toml", "case/options/none.toml", 365, missing) is None
    assert "no such file" in str(missing[0])


@pytest.mark.parametrize(("lever", "why"), [
    (ScheduledLever("joint_patrols", 1.0, 10, 20), "begins on day 10, after the last of the 10 days"),
    (ScheduledLever("joint_patrols", 1.0, 5, 5), "ends on the day it begins (from = 5, to = 5)"),
    (ScheduledLever("joint_patrols", 1.0, 0, 0), "ends on the day it begins (from = 0, to = 0)"),
    (ScheduledLever("joint_patrols", 0.0, 0, 10), "is set to 0"),
])
def test_what_never_acts_is_told_with_why(lever, why):
    option, active = Option("trial", "x", (lever,)), ScheduledLever("safe_reception", 0.1, 0, 10)
    assert not option.acts(10) and tell_idle(option, 10) == [f"joint_patrols {why}"]
    both = Option("both", "x", (lever, active))
    assert both.acts(10) and tell_idle(both, 10) == [f"joint_patrols {why}"]


def test_every_lever_acts_at_its_highest_setting():
    assert all(Option("trial", "x", (ScheduledLever(n, x.high, 0, 10),)).acts(10) for n, x in levers().items())


def test_one_lever_in_several_entries_keeps_its_range(tmp_path):
    entry = 'format = 1\nname = "trial"\ngloss = "x"\n' + '[[lever]]\nname = "joint_patrols"\nsetting = 2.0\nfrom = {}\nto = {}\n' * 2
    option, faults = write(tmp_path, entry.format(0, 30, 20, 40))
    assert option is None
    assert len(faults) == 1
    assert "case/options/trial.toml:11: joint_patrols stands in several entries that add up to 4 on day 20" in faults[0]
    assert "at most 2" in faults[0]
    option, faults = write(tmp_path, entry.format(0, 20, 20, 40))
    assert option is not None and faults == []
