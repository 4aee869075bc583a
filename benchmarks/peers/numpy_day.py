"""NumPy by day: counts of people instead of persons, one day at a time, arrays over classes, groups and sectors."""
from __future__ import annotations

import numpy as np
from world import World

NAME, KIND = "NumPy by day", "counts, vectorised"


def version() -> str:
    """Version of NumPy."""
    return f"numpy {np.__version__}"


def run(world: World, seed: int) -> np.ndarray:
    """One replicate; daily series [day, series]."""
    rng = np.random.default_rng(seed)
    cells = world.cells
    group, sector = np.array([g for g, _ in cells]), np.array([s for _, s in cells])
    where = np.concatenate([sector, np.arange(world.sectors)])
    skill = np.concatenate([np.ones(len(cells)), np.full(world.sectors, world.alone_skill)])
    going_alone = np.full(world.sectors, world.alone / world.sectors)
    came_mean, north_chance, leave_chance = world.level * world.mix, world.north_chance, world.leave_chance
    south, border, reputation = world.south.copy(), world.border.copy(), np.full(world.groups, world.start_reputation)
    fence, inside, learn, offers, base = world.fence, world.inside, world.learn, len(cells), world.base
    out = np.empty((world.days, 4))
    for day in range(world.days):
        north = rng.binomial(south, north_chance)
        south += rng.poisson(came_mean) - north
        border += north
        border -= rng.binomial(border, leave_chance)
        weight = np.concatenate([base * (reputation[group] / world.success_norm) ** world.risk_weight, going_alone])
        total = weight.sum()
        consider = world.considers(rng.standard_normal())
        tries = rng.binomial(border, consider * total / (total + world.idle))
        chosen = rng.multinomial(tries, weight / total)  # [c, cell]
        tried = chosen.sum(axis=0)
        by_sector = np.bincount(where, tried, world.sectors)
        reach = world.reach(by_sector)[where] / skill
        got_through = np.exp(-(fence + inside) * reach)
        through = rng.binomial(chosen, got_through)
        border -= through.sum(axis=1)
        crossed = through.sum(axis=0)
        asked = np.bincount(group, tried[:offers], world.groups)
        won = np.bincount(group, crossed[:offers], world.groups)
        moved = reputation + learn * (won / np.maximum(asked, 1) - reputation)
        reputation = np.where(asked > 0, np.clip(moved, 0.05, 0.95), reputation)
        attempts, successes = tried.sum(), crossed.sum()
        out[day] = attempts, attempts - successes, successes, border.sum()
    return out
