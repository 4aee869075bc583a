"""Violence: what a clash does, whoever fights whom: it is counted and remembered, it hardens, and it may kill.

Turf fights (`clashes`), absorption by force (`takeover`) and punishments (`extortion`) all end here.
"""
from __future__ import annotations

from ..jit.compile import kernel
from ..quantities import INDEX
from .occupancy import change_members
from .rng import uniform
from .samplers import heavy_count
from .world import take

CLASHES, LETHAL, DEATHS, EXPECTED = (
    INDEX["clashes"], INDEX["lethal_clashes"], INDEX["group_deaths"], INDEX["lethal_expected"])


@kernel
def record_clash(p, key, day, w, s, loser, chance_to_kill, name, lethal_draw, size_draw):
    """A clash happens in sector s: it is counted and remembered, and with this chance it kills members of the loser.

    name, lethal_draw, size_draw  # stream and indices of the draws of whether it kills, and how many.

    What a clash does to those who live through it differs, and stands where the clash is decided:

    - Two groups fight over ground (`clashes`): both harden, the chance to kill follows the readiness of both (`lethal_chance`), and
      the loser's pressure to retaliate against the winner rises.
    - An organisation attacks (`takeover`): only the group attacked hardens, the chance is `clashes_lethal` whatever its readiness, and it
      retaliates against nobody. The other side is a force from outside: it has no readiness in the state, and is no group that could be
      attacked in return.
    - A refusal is punished (`extortion`): as when an organisation attacks, though a group inside carries it out. The punished take it
      for the organisation's doing, fear the name from then on and pay, where a feud with the collector would be a fight over ground; and
      violence is measured, as they have to go on paying.
    """
    members = take(w, "members")
    clash_memory = take(w, "clash_memory")
    by_sector = take(w, "by_sector")
    by_sector[CLASHES, s] += 1.0
    clash_memory[s] += 1.0
    by_sector[EXPECTED, s] += chance_to_kill
    if uniform(key, day, name, lethal_draw) < chance_to_kill:
        size = heavy_count(uniform(key, day, name, size_draw), p.clashes_size_exponent, int(p.clashes_size_most))
        dead = min(size, members[loser, s])
        change_members(w, loser, s, -dead)
        by_sector[LETHAL, s] += 1.0
        by_sector[DEATHS, s] += dead


@kernel
def harden(p, w, g):
    """Readiness of group g rises with a clash."""
    readiness = take(w, "readiness")
    readiness[g] += min(1.0, p.radicalisation_clash) * (1.0 - readiness[g])


@kernel
def lethal_chance(p, w, g, h):
    """Chance that a fight of two groups kills: it follows the readiness of both."""
    readiness = take(w, "readiness")
    chance = p.clashes_lethal * (1.0 + p.clashes_readiness_effect * (0.5 * (readiness[g] + readiness[h]) - 0.5))
    return min(1.0, chance)
