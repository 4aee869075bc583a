"""The books of a simulated world: every property test closes the same ones."""
from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from interlope.quantities import INDEX, SERIES, bounds

sys.path.append(str(Path(__file__).parent))  # tests here share `edges`
PLACES = ("waiting", "transit", "sheltered")
NEVER_NEGATIVE = ("supply_level", "supply_store", "supply_scarcity",
                  "members", "arms", "patrol", "guard", "price", "shadow", "heat", "grudge", "reputation", "readiness", "restraint",
                  "experience", "leader_shock", "clash_memory", "cash_organisation", *PLACES, *(f"class_{name}" for name in PLACES))
EXACT = 2.0**24  # whole numbers up to here are recorded exactly in float32


class Books:
    """People, members and money of some worlds before they run; `close` compares them with what was recorded since."""

    def __init__(self, states):
        self.people, self.members, self.money, self.booked = self._count(states)

    def _count(self, states):
        people = sum(states.array(name).sum(1) for name in PLACES)
        money = states.array("cash").sum(1) + states.array("arms").sum(1) + states.array("cash_organisation")[:, 0]
        return people.copy(), states.array("members").sum((1, 2)).copy(), money, states.array("books")[:, 0].copy()

    def close(self, states, recorded):
        """Assert that nothing was lost and everything lies within its bounds, in every world that ran to its end."""
        ran = states.status == 0
        history = {name: recorded.series[ran][:, :, INDEX[name]].astype(np.float64) for name in SERIES}
        if not ran.any():
            return
        for name, values in history.items():
            assert np.isfinite(values).all(), name
            least, most = bounds(name)
            assert values.min() >= least and values.max() <= most + 1e-5, name
        for name in NEVER_NEGATIVE:
            assert states.array(name)[ran].min() >= 0, name
        people, members, money, booked = (after[ran] for after in self._count(states))
        sums = {name: values.sum(1) for name, values in history.items()}
        assert all(values.max() < EXACT for name, values in history.items() if name in (
            "arrivals", "attempts", "members", "recruits", *PLACES)), "too large to be recorded exactly: no test"
        assert np.array_equal(members, self.members[ran] + sums["recruits"] - sums["members_left"] - sums["group_deaths"]
                              - sums["members_arrested"])
        assert np.array_equal(people, self.people[ran] + sums["arrivals"] - sums["successes"] - sums["client_deaths"] - sums["diverted"]
                              - sums["gave_up"])
        for name in PLACES:
            assert np.array_equal(states.array(f"class_{name}")[ran].sum(1), states.array(name)[ran, 0]), name
        fates = sum(history[name] for name in ("prevented", "detained", "successes", "client_deaths"))
        assert np.array_equal(fates, history["attempts"])
        turnover = 1.0 + (sums["revenue"] + np.abs(history["profit"]).sum(1) + np.abs(money) + np.abs(self.money[ran])).max()
        assert np.allclose(money, self.money[ran] + booked - self.booked[ran], rtol=1e-9, atol=1e-9 * turnover)


@pytest.fixture(scope="session")
def near(tmp_path_factory):
    """Name -> values near the default that a case may set."""
    from edges import near_edges

    return near_edges(tmp_path_factory.mktemp("near"))


@pytest.fixture(scope="session")
def open_books():
    """Opens the books of some worlds."""
    return Books
