"""Nothing changes results unnoticed: small runs of toy and flagship against those on record."""
from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from interlope import arithmetic

HERE = Path(__file__).parent
RECORD = json.loads((HERE / "golden.json").read_text())
spec = importlib.util.spec_from_file_location("golden", HERE / "golden.py")
assert spec is not None and spec.loader is not None
golden = importlib.util.module_from_spec(spec)
spec.loader.exec_module(golden)


@pytest.mark.parametrize("case", golden.CASES)
def test_simulated_replicates_are_those_on_record_bit_for_bit(case):
    assert golden.simulated(case) == RECORD["simulated"][case]


@pytest.mark.parametrize("case", golden.CASES)
def test_evidence_and_options_are_those_on_record(case):
    if arithmetic.describe() != RECORD["arithmetic"]:
        pytest.skip(f"recorded with {RECORD['arithmetic']}; here {arithmetic.describe()}: a fit branches on last digits")
    assert list(differences(golden.inferred(case), RECORD["inferred"][case], case)) == []


def differences(result: Any, record: Any, where: str) -> Iterator[str]:
    """Yield the places whose numbers differ within nine digits, or that are in one and not in the other."""
    if isinstance(record, dict):
        yield from (f"{where}.{key}" for key in sorted(result.keys() ^ record.keys()))
        for key in sorted(result.keys() & record.keys()):
            yield from differences(result[key], record[key], f"{where}.{key}")
    elif len(result) != len(record) or not np.allclose(result, record, rtol=1e-7, atol=1e-9):
        yield f"{where}: {result} where {record} is on record"


def test_a_difference_is_seen_wherever_it_is():
    record = {"a": {"b": [1.0, 2.0]}, "c": [3.0]}
    assert list(differences(record, record, "x")) == []
    assert [d.partition(":")[0] for d in differences({"a": {"b": [1.0, 2.001]}, "d": [3.0]}, record, "x")] == ["x.c", "x.d", "x.a.b"]
    assert list(differences({"a": {"b": [1.0]}, "c": [3.0]}, record, "x")) and list(differences({"a": {}, "c": [3.0]}, record, "x"))
