"""Classes: of which client class those were who came, tried and left, and which origin groups have; the rest of the model never asks.

All mechanisms decide on numbers of people. When the day is over each flow is divided among the classes: arrivals by the case's mix
(multinomial), every other flow as people drawn at random from the place it came from (hypergeometric). That is the law of people who are
alike but for their class. A new group is given an origin by the case's shares, a group that splits off has that of its parent; a
familiar origin counts in one recorded figure, the command among groups that know the name.

So nationality moves the counts by class and that one figure, and nothing else whatever: no other mechanism takes a number from here,
and a case that renames, merges or exchanges classes gives the same bits in every other series.
Not modelled: anything that people of one class do otherwise than people of another.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ...quantities import INDEX
from ..people import (
    ADMITTED,
    AGAIN,
    BACK,
    CAME,
    COVERED,
    DIED,
    ELSEWHERE,
    LEFT,
    MOST_CLASSES,
    MOVED,
    NORTH,
    PROTECTED,
    RETURNED,
    THROUGH,
    TRIED,
)
from ..rng import stream, subindex, uniform
from ..samplers import binomial, hypergeometric
from ..slots import NO_ORIGIN
from ..world import take

DIVIDE, ORIGIN = stream("classes.divide"), stream("classes.origin")
ARRIVALS, ATTEMPTS, SUCCESSES, DIVERTED, GAVE_UP = (
    INDEX["arrivals"], INDEX["attempts"], INDEX["successes"], INDEX["diverted"], INDEX["gave_up"])
WAITING, SHELTERED, TRANSIT, COMMAND_FAMILIAR = INDEX["waiting"], INDEX["sheltered"], INDEX["transit"], INDEX["share_command_familiar"]


@kernel
def classes(key, day, w, mix, familiar, origin_share):
    """Divide the day's flows among classes, and say the origin of groups that began. mix  # [c] class shares of arrivals."""
    assign_origins(key, day, w, origin_share)
    measure_command(w, familiar)
    move(key, day, w, mix)
    class_waiting = take(w, "class_waiting")
    class_sheltered = take(w, "class_sheltered")
    class_transit = take(w, "class_transit")
    by_class = take(w, "by_class")
    for c in range(class_waiting.shape[0]):
        by_class[WAITING, c] = class_waiting[c]
        by_class[SHELTERED, c] = class_sheltered[c]
        by_class[TRANSIT, c] = class_transit[c]


@kernel
def move(key, day, w, mix):
    """Take the people of each flow out of the class counts of the place they left, in the day's order, and put them where they went."""
    class_waiting = take(w, "class_waiting")
    class_sheltered = take(w, "class_sheltered")
    class_transit = take(w, "class_transit")
    class_flows = take(w, "class_flows")
    by_class = take(w, "by_class")
    divide(key, day, w, CAME, mix)
    draw(key, day, w, NORTH, class_transit)
    draw(key, day, w, BACK, class_sheltered)
    for c in range(class_waiting.shape[0]):
        class_transit[c] += class_flows[CAME, c]
        class_waiting[c] += class_flows[NORTH, c] + class_flows[BACK, c]
        by_class[ARRIVALS, c] = class_flows[CAME, c]
    draw(key, day, w, PROTECTED, class_waiting)
    draw(key, day, w, LEFT, class_waiting)
    draw(key, day, w, ELSEWHERE, class_flows[LEFT])
    draw(key, day, w, TRIED, class_waiting)
    for c in range(class_waiting.shape[0]):
        by_class[DIVERTED, c] = class_flows[ELSEWHERE, c]
        by_class[GAVE_UP, c] = class_flows[LEFT, c]
        by_class[ATTEMPTS, c] = class_flows[TRIED, c]
    draw(key, day, w, THROUGH, class_flows[TRIED])
    draw(key, day, w, DIED, class_flows[TRIED])
    draw(key, day, w, ADMITTED, class_flows[TRIED])
    for c in range(class_waiting.shape[0]):
        by_class[SUCCESSES, c] = class_flows[THROUGH, c]
        class_waiting[c] += class_flows[TRIED, c]
        class_sheltered[c] += class_flows[PROTECTED, c] + class_flows[ADMITTED, c]
    draw(key, day, w, MOVED, class_waiting)
    for c in range(class_waiting.shape[0]):
        class_transit[c] += class_flows[MOVED, c]
    take_back(key, day, w)


@kernel
def take_back(key, day, w):
    """Divide those returned under an agreement, those of them who set out again, and those who are to be returned later."""
    flows = take(w, "flows")
    if flows[COVERED] + flows[RETURNED] == 0:
        return
    class_awaiting_return = take(w, "class_awaiting_return")
    class_transit = take(w, "class_transit")
    class_flows = take(w, "class_flows")
    draw(key, day, w, RETURNED, class_awaiting_return)
    draw(key, day, w, AGAIN, class_flows[RETURNED])
    draw(key, day, w, COVERED, class_flows[THROUGH])
    for c in range(class_transit.shape[0]):
        class_transit[c] += class_flows[AGAIN, c]
        class_awaiting_return[c] += class_flows[COVERED, c]


@kernel
def divide(key, day, w, flow, share):
    """Fill the row of a flow by these shares."""
    flows = take(w, "flows")
    class_flows = take(w, "class_flows")
    n = flows[flow]
    left = 1.0
    for c in range(share.shape[0]):
        part = min(1.0, share[c] / left) if c < share.shape[0] - 1 and left > 0.0 else 1.0
        class_flows[flow, c] = binomial(key, day, DIVIDE, subindex(flow, MOST_CLASSES, c), n, part)
        n -= class_flows[flow, c]
        left -= share[c]


@kernel
def draw(key, day, w, flow, pool):
    """Take the people of a flow out of a pool at random; fill the row of the flow. pool  # [c]."""
    flows = take(w, "flows")
    class_flows = take(w, "class_flows")
    n = flows[flow]
    others = 0
    for c in range(pool.shape[0]):
        others += pool[c]
    for c in range(pool.shape[0]):
        others -= pool[c]
        k = hypergeometric(key, day, DIVIDE, subindex(flow, MOST_CLASSES, c), pool[c], others, n)
        class_flows[flow, c] = k
        pool[c] -= k
        n -= k


@kernel
def assign_origins(key, day, w, origin_share):
    """Groups that have no origin yet are given one."""
    origin = take(w, "origin")
    for g in range(origin.shape[0]):
        if origin[g] == NO_ORIGIN:
            origin[g] = pick_origin(uniform(key, day, ORIGIN, g), origin_share)


@kernel
def pick_origin(u, origin_share):
    """Origin class that a uniform number names."""
    for c in range(origin_share.shape[0]):
        u -= origin_share[c]
        if u <= 0.0:
            return c
    return origin_share.shape[0] - 1


@kernel
def measure_command(w, familiar):
    """Part under command of the members of groups, weighted by how well the class of their origin knows the name."""
    size = take(w, "size")
    tie = take(w, "tie")
    origin = take(w, "origin")
    out = take(w, "today")
    force = 0.0
    commanded = 0.0
    for g in range(size.shape[0]):
        m = familiar[origin[g]] * size[g]
        force += m
        commanded += m if tie[g] == 2 else 0.0
    out[COMMAND_FAMILIAR] = commanded / force if force > 0.0 else 0.0
