"""mesa-frames: every person is a row of a Polars data frame, all rows act at once, tuned as its users would.

A day is one pass over columns: uniforms for all rows from the model's generator, masks, one filter of those who are gone, one
`add` of those who came.
"""
from __future__ import annotations

from importlib import metadata

import numpy as np
import polars as pl
from mesa_frames import AgentSetPolars, ModelDF
from world import World

NAME, KIND = "mesa-frames", "a row per person (Polars)"


def version() -> str:
    """Versions of mesa-frames and Polars."""
    return f"mesa-frames {metadata.version('mesa-frames')} with polars {pl.__version__}"


class People(AgentSetPolars):
    """People on the move: in the south, or at the border."""

    def __init__(self, model: Border):
        super().__init__(model)
        self.select(pl.lit(True))  # all rows act, whatever their number: no list of active rows has to be kept

    def arrive(self, counts: np.ndarray, south: bool) -> None:
        """Add so many people of each class."""
        n = int(counts.sum())
        first, self.model.current_id = self.model.current_id, self.model.current_id + n
        self.add(pl.DataFrame({
            "unique_id": np.arange(first, first + n, dtype=np.int64),
            "cls": np.repeat(np.arange(len(counts), dtype=np.int16), counts),
            "south": np.full(n, south),
        }))

    def step(self) -> None:
        """Everybody moves north, leaves or tries; those who got through or left are gone."""
        model = self.model
        world = model.world
        south = self.agents["south"].to_numpy()
        n = len(south)
        border = ~south | (model.random.random(n) < world.north_chance)
        u = model.random.random(n)
        leaves = border & (u < model.leave_chance)
        trying = np.flatnonzero(border & (u >= model.leave_chance) & (u < model.tries_below))
        cell = np.searchsorted(model.table, model.random.random(len(trying)) * model.table[-1], side="right")
        np.minimum(cell, len(model.table) - 1, out=cell)
        model.tried = np.bincount(cell, minlength=len(model.table))
        reach = world.reach(np.bincount(model.sector_of, model.tried, world.sectors))[model.sector_of] / model.skill
        won = model.random.random(len(trying)) < np.exp(-(world.fence + world.inside) * reach)[cell]
        model.through = np.bincount(cell[won], minlength=len(model.table))
        leaves[trying[won]] = True
        model.at_border = int(border.sum() - (border & leaves).sum())
        self.agents = self.agents.with_columns(south=pl.Series(~border)).filter(pl.Series(~leaves))


class Border(ModelDF):
    """The border, its groups, and the day."""

    def __init__(self, world: World, seed: int):
        super().__init__(seed)
        self.world = world
        cells = world.cells
        self.group = np.array([g for g, _ in cells])
        self.sector_of = np.array([s for _, s in cells] + list(range(world.sectors)))
        self.skill = np.concatenate([np.ones(len(cells)), np.full(world.sectors, world.alone_skill)])
        self.alone = np.full(world.sectors, world.alone / world.sectors)
        self.reputation = np.full(world.groups, world.start_reputation)
        self.leave_chance, self.came_mean, self.base, self.learn = world.leave_chance, world.level * world.mix, world.base, world.learn
        self.people = People(self)
        self.people.arrive(world.south, True)
        self.people.arrive(world.border, False)
        self.agents += self.people
        self.people = self.get_agents_of_type(People)

    def step(self) -> None:
        """One day; leaves the day's counts in `today`."""
        world, offers = self.world, len(self.group)
        weight = self.base * (self.reputation[self.group] / world.success_norm) ** world.risk_weight
        self.table = np.cumsum(np.concatenate([weight, self.alone]))
        total = self.table[-1]
        chance = world.considers(self.random.standard_normal()) * total / (total + world.idle)
        self.tries_below = self.leave_chance + (1.0 - self.leave_chance) * chance
        self.people.step()
        asked = np.bincount(self.group, self.tried[:offers], world.groups)
        won = np.bincount(self.group, self.through[:offers], world.groups)
        moved = np.clip(self.reputation + self.learn * (won / np.maximum(asked, 1) - self.reputation), 0.05, 0.95)
        self.reputation = np.where(asked > 0, moved, self.reputation)
        attempts, successes = int(self.tried.sum()), int(self.through.sum())
        self.people.arrive(self.random.poisson(self.came_mean), True)
        self.today = (attempts, attempts - successes, successes, self.at_border)


def run(world: World, seed: int) -> np.ndarray:
    """One replicate; daily series [day, series]."""
    model = Border(world, seed)
    out = np.empty((world.days, 4))
    for day in range(world.days):
        model.step()
        out[day] = model.today
    return out
