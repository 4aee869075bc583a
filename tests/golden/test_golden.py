"""Nothing changes results unnoticed: small runs of toy and flagship against those on record."""
from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

HERE = Path(__file__).parent
RECORD = json.loads((HERE / "golden.json").read_text())
spec = importlib.util.spec_from_file_location("golden", HERE / "golden.py")
assert spec is not None and spec.loader is not None
golden = importlib.util.module_from_spec(spec)
spec.loader.exec_module(golden)


@pytest.mark.parametrize("case", golden.CASES)
def test_simulated_histories_are_those_on_record_bit_for_bit(case):
    assert golden.simulated(case) == RECORD["simulated"][case]


@pytest.mark.parametrize("case", golden.CASES)
def test_evidence_and_options_are_those_on_record(case):
    same(golden.inferred(case), RECORD["inferred"][case], case)


def same(found: Any, record: Any, where: str) -> None:
    """Equal to nine digits, level by level."""
    if isinstance(record, dict):
        assert found.keys() == record.keys(), where
        for key in record:
            same(found[key], record[key], f"{where}.{key}")
    else:
        np.testing.assert_allclose(found, record, rtol=1e-7, atol=1e-9, err_msg=where)
