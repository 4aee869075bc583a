"""Bundles: levers with a strength on a grid, from nothing to the most that each lever declares, and the bundles one step away."""
from __future__ import annotations

from collections.abc import Iterator, Mapping

from interlope.levers.catalogue import levers
from interlope.levers.option import ALWAYS, Option, ScheduledLever

STEPS = 4  # of a strength
HALF = STEPS // 2  # the step at which a lever joins a bundle
RAMP = 7  # days to the strength
SOURCE = "assumption"

Bundle = tuple[tuple[str, int], ...]  # (lever, step from 1 to STEPS), by name of the lever


def make(steps: Mapping[str, int]) -> Bundle:
    """A bundle from steps by lever; a step of 0 leaves the lever out.

    >>> make({"safe_reception": 2, "raids": 0, "joint_patrols": 4})
    (('joint_patrols', 4), ('safe_reception', 2))
    """
    return tuple(sorted((lever, step) for lever, step in steps.items() if step > 0))


def setting(lever: str, step: int) -> float:
    """The strength of a step in the lever's own unit."""
    return float(f"{levers()[lever].high * step / STEPS:.6g}")


def to_option(bundle: Bundle, name: str) -> Option:
    """A bundle as an option that acts from the day of decision on."""
    scheduled = tuple(ScheduledLever(lever, setting(lever, step), 0, ALWAYS, RAMP, SOURCE) for lever, step in bundle)
    return Option(name, tell(bundle), scheduled)


def tell(bundle: Bundle) -> str:
    """A bundle in words.

    >>> tell((("joint_patrols", 2),))
    'joint patrols 1.'
    """
    return ", ".join(f"{lever.replace('_', ' ')} {setting(lever, step):g}" for lever, step in bundle) + "."


def list_neighbours(bundle: Bundle, most: int) -> Iterator[Bundle]:
    """Bundles one step away: a strength up or down a step, a lever more at half strength or one less; at most `most` levers."""
    steps = dict(bundle)
    for lever in levers():
        here = steps.get(lever, 0)
        if here == 0:
            moves = (HALF,) if len(steps) < most else ()
        else:
            moves = tuple(step for step in (here + 1, here - 1, 0) if 0 <= step <= STEPS)
        for step in dict.fromkeys(moves):
            neighbour = make({**steps, lever: step})
            if neighbour and neighbour != bundle:
                yield neighbour
