"""The article's dynamics that are quick to measure arise; the others are measured by benchmarks/dynamics.py."""
from __future__ import annotations

import pytest

from interlope.verification import dynamics


@pytest.mark.parametrize("pattern", [dynamics.displacement, dynamics.imitation, dynamics.phases], ids=lambda f: f.__name__)
def test_a_pattern_arises(pattern):
    found = pattern()
    assert [d.measured for d in found.demands if not d.holds] == []


def test_a_demand_that_is_not_shown_fails():
    assert not dynamics.Demand("nothing", 0.1, 0.05).holds
    assert dynamics.Demand("something", 0.2, 0.05).holds


def test_raids_that_meet_nobody_displace_nobody(monkeypatch):
    plain = dynamics.simulate

    def simulate(days, values, *rest, **named):
        return plain(days, {**values, "raids_found_rate": 0.0}, *rest, **named)

    monkeypatch.setattr(dynamics, "simulate", simulate)
    assert not dynamics.displacement().holds
