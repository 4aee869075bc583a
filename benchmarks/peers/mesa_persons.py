"""Mesa 3: every person is an agent, tuned as its users would.

One pass of `AgentSet.do` a day (what a person does does not depend on the order of the others, so nothing is shuffled); the logit
is tabulated once a day and a person bisects it; counts are added up while people act, no data collector looks at all agents; NumPy's
generator makes the daily draws, Mesa's own the uniforms one by one, since a scalar draw from NumPy costs more than a person.
"""
from __future__ import annotations

import math
from bisect import bisect_right
from itertools import accumulate

import mesa
import numpy as np
from world import World

NAME, KIND = "Mesa", "an object per person"


def version() -> str:
    """Version of Mesa."""
    return f"mesa {mesa.__version__}"


class Person(mesa.Agent):
    """Someone on the move: in the south, or at the border."""

    def __init__(self, model: Border, cls: int, south: bool):
        super().__init__(model)
        self.cls, self.south = cls, south

    def act(self) -> None:
        """Move north; leave; or try to cross with someone, somewhere."""
        model = self.model
        if self.south:
            if model.uniform() >= model.north_chance:
                return
            self.south = False
            model.at_border += 1
        u = model.uniform()
        if u < model.leave_chance:
            model.at_border -= 1
            self.remove()
        elif u < model.tries_below:
            cell = bisect_right(model.table, model.uniform() * model.total, 0, model.last)
            model.tried[cell] += 1
            model.crossers.append((self, cell))


class Border(mesa.Model):
    """The border, its groups, and the day."""

    def __init__(self, world: World, seed: int):
        super().__init__(seed=seed)
        self.world, self.uniform = world, self.random.random
        self.cells = world.cells
        self.sector_of = [s for _, s in self.cells] + list(range(world.sectors))
        self.last = len(self.sector_of) - 1
        self.reputation = [world.start_reputation] * world.groups
        self.north_chance, self.leave_chance, self.came_mean = world.north_chance, world.leave_chance, world.level * world.mix
        self.base, self.learn = world.base, world.learn
        self.at_border = 0
        self.crossers: list[tuple[Person, int]] = []
        for c in range(world.classes):
            Person.create_agents(self, int(world.south[c]), c, True)
            Person.create_agents(self, int(world.border[c]), c, False)
            self.at_border += int(world.border[c])

    def step(self) -> None:
        """One day; returns nothing, leaves the day's counts in `today`."""
        world, groups = self.world, self.world.groups
        offer = [self.base * (r / world.success_norm) ** world.risk_weight for r in self.reputation]
        weights = [offer[g] for g, _ in self.cells] + [world.alone / world.sectors] * world.sectors
        self.table = list(accumulate(weights))
        self.total = self.table[-1]
        chance = world.considers(self.rng.standard_normal()) * self.total / (self.total + world.idle)
        self.tries_below = self.leave_chance + (1.0 - self.leave_chance) * chance
        self.tried, self.crossers = [0] * (self.last + 1), []
        self.agents.do("act")
        by_sector = [0] * world.sectors
        for cell, n in enumerate(self.tried):
            by_sector[self.sector_of[cell]] += n
        hazard = world.fence + world.inside
        free = [math.exp(-hazard * world.reach(by_sector[s]) / (1.0 if i < len(self.cells) else world.alone_skill))
                for i, s in enumerate(self.sector_of)]
        through = [0] * (self.last + 1)
        uniform = self.uniform
        for person, cell in self.crossers:
            if uniform() < free[cell]:
                through[cell] += 1
                person.remove()
        asked, won = [0] * groups, [0] * groups
        for i, (g, _) in enumerate(self.cells):
            asked[g] += self.tried[i]
            won[g] += through[i]
        for g in range(groups):
            if asked[g]:
                moved = self.reputation[g] + self.learn * (won[g] / asked[g] - self.reputation[g])
                self.reputation[g] = min(0.95, max(0.05, moved))
        attempts, successes = sum(self.tried), sum(through)
        self.at_border -= successes
        for c, came in enumerate(self.rng.poisson(self.came_mean)):
            for _ in range(int(came)):
                Person(self, c, True)
        self.today = (attempts, attempts - successes, successes, self.at_border)


def run(world: World, seed: int) -> np.ndarray:
    """One replicate; daily series [day, series]."""
    model = Border(world, seed)
    out = np.empty((world.days, 4))
    for day in range(world.days):
        model.step()
        out[day] = model.today
    return out
