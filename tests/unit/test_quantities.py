"""Quantities: what a recorded series can be, and which sums of them mean something; numbers as text."""

from __future__ import annotations

import math

import pytest

from interlope import units
from interlope.quantities import QUANTITIES, SERIES, bounds, terms


def test_every_series_has_a_unit_that_is_known_and_a_reference_within_its_bounds():
    for name in SERIES:
        units.parse(QUANTITIES[name].unit)
        low, high = bounds(name)
        assert low <= QUANTITIES[name].reference <= high


@pytest.mark.parametrize(
    ("series", "operation", "days", "expected"),
    [
        ("share_command", "mean", 30, (0.0, 1.0)),
        ("clash_days", "sum", 30, (0.0, 30.0)),
        ("share_command + share_kin", "last", 1, (0.0, 2.0)),
        ("2 share_command", "max", 1, (0.0, 2.0)),
        ("detained", "sum", 30, (0.0, math.inf)),
        ("clashes + -1 lethal_expected", "sum", 30, (-math.inf, math.inf)),
        ("share_command + -1 share_kin", "mean", 30, (-1.0, 1.0)),
        ("profit", "mean", 30, (-math.inf, math.inf)),
        ("market_elasticity", "mean", 30, (0.0, math.inf)),
        ("detained", "any", 30, (0.0, 1.0)),
        ("detained", "share_of_days", 30, (0.0, 1.0)),
        ("detained", "slope", 30, (-math.inf, math.inf)),
    ],
)
def test_bounds_follow_from_unit_and_operation(series, operation, days, expected):
    assert bounds(series, operation, days) == expected


@pytest.mark.parametrize("text", ["nan detained", "inf detained", "-1 detained", "0 detained", "1_8 detained", "", "detained +", "a b c",
                                  "detained + price_mean", "detained + waiting", "share_command + detained"])
def test_a_sum_that_means_nothing_is_refused(text):
    with pytest.raises(ValueError, match="expected"):
        terms(text)


@pytest.mark.parametrize("text", ["1_8", "1,5", "1 000", "nan", "inf", "-inf", "1e999", "0x1", "\u0663", "1" * 400, "", "ten", "--1", "."])
def test_what_is_no_plain_finite_number_is_refused(text):
    with pytest.raises(ValueError, match="expected"):
        units.number(text)


@pytest.mark.parametrize(("text", "value"), [("0", 0.0), (" 1250 ", 1250.0), ("-0.75", -0.75), (".5", 0.5), ("1.5e3", 1500.0), ("+2", 2.0)])
def test_plain_numbers_are_read(text, value):
    assert units.number(text) == value
