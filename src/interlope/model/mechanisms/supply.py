"""Supply: one chain of boats, engines, vehicles or equipment serves all groups, and limits what all of them together can carry.

Each guided attempt uses up room for one person. A day brings `supply_capacity` times the level of the chain; what is
not used stays in store, up to `supply_store_days` of it (an inventory that is ordered up to a level, with unmet demand
not carried over by the seller). Where groups would take more people than there is room for, each is served in the same
proportion and the others wait. The seller asks `supply_price` for each attempt and, where room is scarce, more: the
premium follows excess demand as the shadow price of guides does (E3), psi <- max(0, psi + rate p0 (demand - room) /
capacity). Groups pass both on as unit cost. A seizure or an arrest cuts level and store by the same part on one day;
the level comes back exponentially. A precursor market cut in 1995 had its old price again within four months and purity
within eighteen (Dobkin & Nicosia 2009). `supply_control` of what the seller takes goes to the organisation. Where room
is scarce, boats carry more people: harm to those who try rises with the part of demand that is not met.
Not modelled: several chains, a seller who serves some groups first or names a price by strategy, sizes of boats, people
who go alone needing the chain, more than one cut.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ...quantities import INDEX
from ..params import Param
from ..payments import pay
from ..people import TRIED
from ..special import exp
from ..workspace import CHAIN_HARM, CHAIN_PRICE
from ..world import take

PARAMS = (
    Param("supply_capacity", 0.0, "persons/day", "0", "assumption",
          "people that one day's boats, vehicles or equipment can carry, for all groups together; 0 limits nothing"),
    Param("supply_store_days", 3.0, "days", "3", "assumption", "most that is kept in store, in days of full supply"),
    Param("supply_price", 0.0, "EUR/attempt", "0", "assumption", "what the seller of the shared supply takes for each guided attempt"),
    Param("supply_control", 0.0, "1", "0", "assumption", "part of what the seller takes that goes to the organisation; 0: independent"),
    Param("supply_crowding", 0.5, "1", "0.5", "assumption",
          "rise of the chance of injury and death where none of the demand is met: fewer boats carry more people"),
    Param("supply_cut_day", 365.0, "day", "365", "assumption", "day on which the chain is cut, from the start"),
    Param("supply_cut_share", 0.0, "1", "0", "assumption", "part of supply and store that is lost on that day; 0: no cut"),
    Param("supply_recovery_days", 90.0, "days", "90", "assumption", "time for the chain to come back after a cut, by the factor e"),
)
BINDING, COST = INDEX["supply_binding"], INDEX["supply_cost"]


@kernel
def quote(p, w):
    """What the seller asks today for each attempt, scarcity included; begins charge [g], what a group owes others for each attempt."""
    supply_scarcity = take(w, "supply_scarcity")
    chain = take(w, "chain")
    charge = take(w, "charge")
    chain[CHAIN_PRICE] = p.supply_price + supply_scarcity[0]
    chain[CHAIN_HARM] = 1.0
    charge[:] = chain[CHAIN_PRICE]


@kernel
def restock(p, day, w, supply_factor):
    """The chain is cut, recovers and delivers; returns for how many people there is room today."""
    supply_level = take(w, "supply_level")
    supply_store = take(w, "supply_store")
    left = 1.0 - p.supply_cut_share if day == int(p.supply_cut_day) else 1.0
    supply_level[0] *= left
    delivered = p.supply_capacity * supply_level[0] * supply_factor
    supply_store[0] = min(supply_store[0] * left + delivered, p.supply_capacity * p.supply_store_days)
    supply_level[0] += (1.0 - exp(-1.0 / p.supply_recovery_days)) * (1.0 - supply_level[0])
    return int(supply_store[0])


@kernel
def deliver(p, day, w, controls, alternatives):
    """Send those back to wait for whom there is no room; fill guided [i], those who really try, and sales [g, s]."""
    occupied = take(w, "occupied")
    guided = take(w, "guided")
    sales = take(w, "sales")
    flows = take(w, "flows")
    supply_store = take(w, "supply_store")
    supply_scarcity = take(w, "supply_scarcity")
    chain = take(w, "chain")
    out = take(w, "today")
    if p.supply_capacity <= 0.0:
        return
    most = restock(p, day, w, controls.supply_factor)
    wanted = 0
    for i in range(alternatives):
        wanted += guided[i]
    if wanted > most:
        before = 0
        served = 0
        for i in range(alternatives):
            before += guided[i]
            through = before * most // wanted
            flows[TRIED] -= guided[i] - (through - served)
            guided[i] = through - served
            sales[occupied[i, 0], occupied[i, 1]] = guided[i]
            served = through
        out[BINDING] = 1.0
        chain[CHAIN_HARM] = 1.0 + p.supply_crowding * (1.0 - most / wanted)
    supply_store[0] -= min(wanted, most)
    step = p.prices_shadow_rate * p.choices_price_reference
    dearest = p.prices_shadow_most * p.choices_price_reference
    supply_scarcity[0] = min(max(0.0, supply_scarcity[0] + step * (wanted - most) / p.supply_capacity), dearest)


@kernel
def collect(p, w, controls, alternatives):
    """Groups pay the seller for each attempt, EUR: part of it is the organisation's, the rest leaves the market."""
    occupied = take(w, "occupied")
    guided = take(w, "guided")
    organisations = take(w, "organisations")
    chain = take(w, "chain")
    out = take(w, "today")
    price = chain[CHAIN_PRICE]
    if price <= 0.0:
        return
    part = p.supply_control * (1.0 - controls.tribute_block) if organisations[0] > 0 else 0.0
    for i in range(alternatives):
        out[COST] += price * guided[i]
        pay(w, occupied[i, 0], price * guided[i], part)
