"""Opening: the first morning's groups: where they are, how many, how skilled."""
from __future__ import annotations

from ..jit.compile import entry
from .rng import stream, uniform
from .samplers import count_poisson, normal
from .special import exp

HOME, SIZE, SKILL = stream("opening.home"), stream("opening.size"), stream("opening.skill")


@entry
def open_many(total, skill_sd, keys, initial, members, skill):
    """Fill members [r, g, s] and skill [r, g]; each of the initial groups holds up to two sectors."""
    replicates, groups, sectors = members.shape
    for r in range(replicates):
        key = keys[r]
        for g in range(groups):
            skill[r, g] = exp(skill_sd[r] * normal(key, 0, SKILL, g))
            if g >= initial:
                continue
            one = min(sectors - 1, int(uniform(key, 0, HOME, 2 * g) * sectors))
            two = min(sectors - 1, int(uniform(key, 0, HOME, 2 * g + 1) * sectors))
            size = total[r] / initial / (1.0 if one == two else 2.0)
            members[r, g, one] = max(3, count_poisson(size, uniform(key, 0, SIZE, 2 * g)))
            members[r, g, two] = max(3, count_poisson(size, uniform(key, 0, SIZE, 2 * g + 1)))
