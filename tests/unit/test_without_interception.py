"""A way on which nobody is ever stopped: guides go on selling, at prices that do not hang on a risk that is not there."""
from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

import interlope as il

PASSAGE = Path(__file__).parents[1] / "cases" / "passage"
NUMBERS = ("crossings_prevented", "crossings_detained")


def passage(tmp_path: Path, name: str, chance: float, loss: float) -> Path:
    """The made-up passage with a fixed chance of being stopped, the same at the line and beyond it, and a usual loss of clients."""
    folder = tmp_path / name
    shutil.copytree(PASSAGE, folder)
    lines = []
    for line in (folder / "case.toml").read_text("utf-8").splitlines():
        if line.startswith(NUMBERS):
            line = f'{line.split(" =")[0]} = {{ value = {chance}, unit = "1", source = "assumption" }}'
        if line.startswith("growth_loss_norm"):
            line = f'growth_loss_norm = {{ value = {loss}, unit = "1", source = "assumption" }}'
        lines.append(f'name = "{name}"' if line == 'name = "passage"' else line)
    (folder / "case.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("loss", [0.0, 0.05])
def test_a_market_without_interception_lives_as_one_with_hardly_any(tmp_path, loss):
    never = il.simulate(passage(tmp_path, "never", 0.0, loss), "open-market", 30, seed=3, days=250)
    hardly = il.simulate(passage(tmp_path, "hardly", 0.0005, 0.05), "open-market", 30, seed=3, days=250)
    assert never["stopped"].values.sum() == 0
    for name in ("price_mean", "members", "successes", "revenue"):
        a, b = (runs[name].values[:, 200:].mean() for runs in (never, hardly))
        assert a == pytest.approx(b, rel=0.1), name


def test_nothing_is_divided_by_what_is_not_there(tmp_path):
    runs = il.simulate(passage(tmp_path, "never", 0.0, 0.0), "command", 10, seed=4, days=120)
    for name in runs.data_vars:
        if runs[name].dims == ("replicate", "day"):
            assert np.isfinite(runs[name].values).all(), name
