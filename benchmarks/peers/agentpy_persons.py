"""AgentPy: every person is an agent, tuned as its users would.

The same day as in `mesa_persons`: one call over the list of people, a tabulated logit, counts added up while people act. Those who
are gone are dropped by building the list anew once a day, which is cheaper than removing them one by one; nothing is recorded
through AgentPy's own log.
"""
from __future__ import annotations

import math
from bisect import bisect_right
from itertools import accumulate

import agentpy
import numpy as np
from world import World

NAME, KIND = "AgentPy", "an object per person"


def version() -> str:
    """Version of AgentPy."""
    return f"agentpy {agentpy.__version__}"


class Person(agentpy.Agent):
    """Someone on the move: in the south, or at the border."""

    def setup(self, kind: int, south: bool) -> None:
        """Begin in one of the two places."""
        self.kind, self.south, self.here = kind, south, True

    def act(self) -> None:
        """Move north; leave; or try to cross with someone, somewhere."""
        model = self.model
        uniform = model.uniform
        if self.south:
            if uniform() >= model.north_chance:
                return
            self.south = False
            model.at_border += 1
        u = uniform()
        if u < model.leave_chance:
            model.at_border -= 1
            self.here = False
        elif u < model.tries_below:
            cell = bisect_right(model.table, uniform() * model.total, 0, model.last)
            model.tried[cell] += 1
            model.crossers.append((self, cell))


class Border(agentpy.Model):
    """The border, its groups, and the day."""

    def setup(self) -> None:
        """The first morning."""
        world = self.world = self.p.world
        self.uniform = self.random.random
        self.cells = world.cells
        self.sector_of = [s for _, s in self.cells] + list(range(world.sectors))
        self.last = len(self.sector_of) - 1
        self.reputation = [world.start_reputation] * world.groups
        self.north_chance, self.leave_chance, self.came_mean = world.north_chance, world.leave_chance, world.level * world.mix
        self.base, self.learn = world.base, world.learn
        self.at_border = int(world.border.sum())
        self.rows: list[tuple[int, int, int, int]] = []
        people: list[Person] = []
        for c in range(world.classes):
            people += agentpy.AgentList(self, int(world.south[c]), Person, kind=c, south=True)
            people += agentpy.AgentList(self, int(world.border[c]), Person, kind=c, south=False)
        self.people = agentpy.AgentList(self, people)

    def step(self) -> None:
        """One day."""
        world, groups = self.world, self.world.groups
        offer = [self.base * (r / world.success_norm) ** world.risk_weight for r in self.reputation]
        weights = [offer[g] for g, _ in self.cells] + [world.alone / world.sectors] * world.sectors
        self.table = list(accumulate(weights))
        self.total = self.table[-1]
        chance = world.considers(self.nprandom.standard_normal()) * self.total / (self.total + world.idle)
        self.tries_below = self.leave_chance + (1.0 - self.leave_chance) * chance
        self.tried, self.crossers = [0] * (self.last + 1), []
        self.people.act()
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
                person.here = False
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
        here = [person for person in self.people if person.here]
        for c, came in enumerate(self.nprandom.poisson(self.came_mean)):
            here += [Person(self, kind=c, south=True) for _ in range(int(came))]
        self.people = agentpy.AgentList(self, here)
        self.rows.append((attempts, attempts - successes, successes, self.at_border))


def run(world: World, seed: int) -> np.ndarray:
    """One replicate; daily series [day, series]."""
    model = Border({"world": world, "steps": world.days, "seed": seed})
    model.run(display=False)
    return np.array(model.rows, dtype=np.float64)
