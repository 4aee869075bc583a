"""Search: bundles of levers that were tried, and which of them no other beats on harm."""

from __future__ import annotations

from interlope.results.record import Number, Record


class BundleLever(Record):
    """A lever of a bundle, in its own unit."""

    lever: str
    setting: float


class BundleHarm(Record):
    """Mean paired difference of a bundle over the status quo under one explanation, in the outcome's unit, and its Monte Carlo error."""

    outcome: str
    explanation: str
    mean: Number
    mc_error: Number


class TriedBundle(Record):
    """A bundle that was tried.

    Attributes
    ----------
    name : str
        Of an option of the case; empty where the search made it.
    undominated : bool
        No other bundle tried has a mean that is nowhere above, on any harm under any explanation, and somewhere below.
    raises : list of str
        Harms that it clearly raises under some explanation; all intervals of the search hold together.
    proposal : str
        Name under which it is proposed and compared again; empty where it is not.
    """

    name: str
    levers: list[BundleLever]
    undominated: bool
    raises: list[str]
    proposal: str = ""
    harms: list[BundleHarm]


class SearchResult(Record):
    """What a search of bundles tried.

    Attributes
    ----------
    budget, tried : int
        Most bundles to try, and those that were tried, options of the case counted.
    complete : bool
        Whether every neighbour of every undominated bundle was tried: the search ended by itself.
    most_levers, steps : int
        Most levers of a bundle, and steps of a lever's strength from nothing to the most it declares.
    seed, check_seed : int
        Seeds of the random numbers of the search, and of the comparison of what is proposed.
    """

    budget: int
    tried: int
    complete: bool
    most_levers: int
    steps: int
    days: int
    pairs: int
    seed: int
    check_seed: int
    bundles: list[TriedBundle]
    notes: list[str]
