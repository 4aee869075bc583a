"""Stored files damaged at random: every command ends in words, and nothing damaged is taken as it is."""
from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def test_a_damaged_ensemble_is_refused_or_made_again(monkeypatch):
    specification = importlib.util.spec_from_file_location("damaging", Path(__file__).with_name("damaging.py"))
    damaging = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(damaging)
    monkeypatch.setattr(damaging.calibrate, "QUICK", damaging.calibrate.QUICK)  # put back at the end
    told: list[str] = []
    assert damaging.run(["replicates", "replicates-part", "summary", "summary-part"], 48, 11, told.append) == 0, told
