"""How much of a harm's spread follows an assumed number, against closed forms."""
from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from interlope.policy import spread
from interlope.policy.outcome import OUTCOMES
from interlope.reporting.sections.spread import ABSENT, NONE, list_spread, tabulate_spread
from interlope.scenario.prior import parse

N = 6000
COLUMN = next(k for k, o in enumerate(OUTCOMES) if o.name == "client_deaths")
PRIOR = parse("lognormal(3, x2)")


def split(level, z, names=None, source="assumption", prior=PRIOR):
    names = np.full(N, "one") if names is None else names
    levels = np.full((1, N, len(OUTCOMES)), np.nan)
    levels[0, :, COLUMN] = level
    comparison = SimpleNamespace(explanations=tuple(dict.fromkeys(names)), names=names, weights=np.full(N, 1.0 / N), origins=np.arange(N),
                                 levels=levels)
    case = SimpleNamespace(parameters=lambda h: {"crossings_death": SimpleNamespace(prior=prior, variants=(), source=source)})
    return spread.split(case, {"crossings_death": 3.0 * 2.0**z}, comparison)


@pytest.mark.parametrize("part", [0.0, 0.3, 0.8])
def test_the_part_of_an_assumed_number_is_its_squared_correlation_over_ranks(part):
    """Of two normal scores with correlation r, ranks correlate by (6/pi) asin(r/2) and a rank with a score by r sqrt(3/pi)."""
    z, noise = np.random.default_rng(3).standard_normal((2, N))
    row, = split(np.sqrt(part) * z + np.sqrt(1.0 - part) * noise, z)
    assert row.outcome == "client_deaths" and row.by_explanation == 0.0 and not row.thin
    assert abs(row.by_assumed - part * 3.0 / np.pi) < 4.0 * row.error + 0.002
    width, = row.assumed
    assert width.name == "crossings_death" and abs(width.width - 1.0) < 0.04


def test_a_number_that_the_evidence_narrowed_says_so():
    z, noise = np.random.default_rng(4).standard_normal((2, N))
    row, = split(noise, 0.25 * z)
    assert abs(row.assumed[0].width - 0.25) < 0.01
    assert ",crossings_death 0.25," in tabulate_spread([row]).csv()


def test_the_part_of_the_explanation_is_the_correlation_ratio():
    names = np.repeat(["one", "two"], N // 2)
    z, noise = np.random.default_rng(5).standard_normal((2, N))
    row, = split(np.where(names == "one", 0.0, 10.0) + noise, z, names)
    assert abs(row.by_explanation - 0.75) < 0.01  # two blocks of ranks: (N/2)^2/4 of (N^2)/12
    assert row.by_assumed < 0.01


@pytest.mark.parametrize(("source", "prior", "fixed"), [("IOM (2023)", PRIOR, []), ("assumption", parse("3"), ["crossings_death"]),
                                                       ("IOM (2023)", parse("3"), [])])
def test_a_number_with_a_source_or_a_fixed_one_is_none_of_the_assumed(source, prior, fixed):
    z, noise = np.random.default_rng(6).standard_normal((2, N))
    row, = split(z + noise, z, source=source, prior=prior)
    assert row.assumed == [] and row.by_assumed == 0.0 and row.fixed == fixed
    assert NONE in [cell for cells in tabulate_spread([row]).rows for cell in map(tabulate_spread([row]).columns[4].write, cells[4:5])]


def test_a_harm_that_never_differs_has_no_part_and_results_without_parts_say_so():
    assert split(np.ones(N), np.zeros(N)) == []
    assert list_spread(None)[1].text == ABSENT and list_spread([]) == []
