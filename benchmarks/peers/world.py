"""World: the part of the model that every peer implements, and the sizes at which it is run.

People arrive, move north, leave, try to cross and are stopped or get through; groups and prices are fixed, and every other
mechanism is at rate zero. One day, in this order, for each class c of people and each group g in each sector s where it has
members (prices are equal, so that a group is chosen by its reputation alone):

1.  came ~ Poisson(level mix_c); north ~ Binomial(south, 1 - e^-north_rate), from those who were there before `came`.
2.  Each person at the border leaves for good with chance 1 - e^-leave_rate.
3.  Each who stays considers crossing with chance 1 - exp(-attempt_rate weather / (1 - stay)), weather log-normal with mean 1,
    one draw a day; who considers chooses by logit: a group in a sector with weight (reputation_g / norm)^risk_weight / offers
    times e^(weight (reference price - price)); going alone in a sector with weight alone / S; not going with weight idle.
4.  With A_s tries in a sector, reach = (1 + reference/swamping) / (1 + A_s/swamping) / skill, skill 1 with a group and
    alone_skill without. Stopped at the fence with chance 1 - e^(-fence reach), else caught inside with chance
    1 - e^(-inside reach); the others got through and are gone. Who is stopped waits and may try again.
5.  A group with tries learns: reputation += learn (part that got through - reputation), kept within 0.05 and 0.95.

Recorded each day: attempts, stopped, successes, waiting (at day's end).
"""
from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

SERIES = ("attempts", "stopped", "successes", "waiting")
SEED = 7


@dataclass(frozen=True, eq=False)
class World:
    """Sizes and numbers of the part of the model that is compared; rates per day."""

    name: str
    days: int
    sectors: int
    groups: int
    classes: int
    level: float
    sectors_each: int
    north_rate: float = 0.3
    leave_rate: float = 0.013
    attempt_rate: float = 0.15
    weather_sd: float = 0.18
    guided_share: float = 0.85
    stay_share: float = 0.3
    success_norm: float = 0.35
    risk_weight: float = 0.7
    prices_weight: float = 0.0017
    unit_cost: float = 300.0
    reference_price: float = 850.0
    prevented: float = 0.29
    detained: float = 0.53
    swamping: float = 600.0
    reference: float = 90.0
    alone_skill: float = 0.75
    belief_days: float = 40.0
    start_reputation: float = 0.33

    @property
    def mix(self) -> np.ndarray:
        """Class shares of arrivals [c]."""
        return np.random.default_rng(SEED).dirichlet(np.full(self.classes, 5.0))

    @property
    def members(self) -> np.ndarray:
        """Members of each group in each sector, fixed, int64 [g, s]."""
        generator = np.random.default_rng(SEED + 1)
        members = np.zeros((self.groups, self.sectors), dtype=np.int64)
        for row in members:
            row[generator.choice(self.sectors, self.sectors_each, replace=False)] = generator.integers(3, 14)
        return members

    @property
    def cells(self) -> list[tuple[int, int]]:
        """(group, sector) of every offer, in order."""
        return [(int(g), int(s)) for g, s in np.argwhere(self.members > 0)]

    @property
    def south(self) -> np.ndarray:
        """People in the south on the first morning, by class."""
        return np.rint(self.level * self.mix / self.north_rate).astype(np.int64)

    @property
    def border(self) -> np.ndarray:
        """People at the border on the first morning, by class."""
        return np.rint(12.0 * self.level * self.mix).astype(np.int64)

    @property
    def north_chance(self) -> float:
        """Chance of moving north in a day."""
        return 1.0 - math.exp(-self.north_rate)

    @property
    def leave_chance(self) -> float:
        """Chance of leaving for good in a day."""
        return 1.0 - math.exp(-self.leave_rate)

    @property
    def base(self) -> float:
        """Weight of an offer at the reference reputation: price is its opening price, the same everywhere."""
        price = self.unit_cost + 1.05 / self.prices_weight
        return math.exp(self.prices_weight * (self.reference_price - price)) / len(self.cells)

    @property
    def alone(self) -> float:
        """Weight of going alone, all sectors together."""
        return (1.0 - self.guided_share) / self.guided_share

    @property
    def idle(self) -> float:
        """Weight of not going."""
        return self.stay_share / (1.0 - self.stay_share) / self.guided_share

    def considers(self, normal: float) -> float:
        """Chance to consider crossing on a day whose weather is this standard-normal draw."""
        weather = math.exp(self.weather_sd * normal - 0.5 * self.weather_sd**2)
        return 1.0 - math.exp(-self.attempt_rate * weather / (1.0 - self.stay_share))

    @property
    def fence(self) -> float:
        """Hazard at the fence at reference."""
        return -math.log(1.0 - self.prevented)

    @property
    def inside(self) -> float:
        """Hazard inside at reference."""
        return -math.log(1.0 - self.detained)

    def reach(self, tried: np.ndarray | float) -> np.ndarray | float:
        """Factor on both hazards in a sector with so many tries, at skill 1."""
        return (1.0 + self.reference / self.swamping) / (1.0 + tried / self.swamping)

    @property
    def learn(self) -> float:
        """Part of the way a reputation moves in a day."""
        return 1.0 - math.exp(-1.0 / self.belief_days)


BASE = World("base", 1000, 12, 24, 6, 450.0, 8)
SMALL = World("small", 90, 3, 5, 2, 14.0, 2, swamping=20.0, reference=5.0)
