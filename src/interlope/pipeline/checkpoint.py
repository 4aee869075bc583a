"""Checkpoints: what a finished stage leaves for the next run, and for a reader: plain JSON, draws, weighted replicates."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from interlope.manifest import files, stored
from interlope.results.comparison import CompareResult
from interlope.results.envelope import Reason
from interlope.results.record import Record
from interlope.results.seek import SeekResult
from interlope.results.separation import PriorSeparation
from interlope.results.terms import StoredTerms
from interlope.results.weighing import WeighResult, WhatIf
from interlope.storage import store
from interlope.storage.partial import Partial

if TYPE_CHECKING:
    from interlope.inference.fitting.posterior import Draws, Fits

WEIGHING, SEPARATION, COMPARISON, SEEKING = "weigh.json", "separation.json", "compare.json", "seek.json"
DRAWS, STORE, BLOCKS = "draws.npz", "store.zarr", "blocks"

def to_datasets(fits: Fits) -> dict[str, Any]:
    """The weighted replicates of a fit as datasets, one group for each explanation."""
    groups = {}
    for name, posterior in fits.posteriors.items():
        design = posterior.design
        variables: dict[str, Any] = {n: ("replicate", np.asarray(v, dtype=np.float64)) for n, v in design.values.items()}
        if design.variant is not None:
            variables["variant"] = ("replicate", design.variant)
        variables["weight"] = ("replicate", posterior.weight)
        variables["log_likelihood"] = ("replicate", np.nan_to_num(posterior.log_likelihood, neginf=-1e300))
        variables["point"] = ("replicate", posterior.ancestry.point)
        variables["streams"] = (("replicate", "span"), posterior.streams.ids)
        statistics = (("replicate", "statistic"), posterior.statistics)
        innovations = (("replicate", "month"), np.asarray(design.innovations))
        groups[name] = xr.Dataset(
            {**variables, "statistics": statistics, "innovations": innovations},
            attrs={"hypothesis": name, "seed": str(posterior.streams.seed), "streams_change": list(posterior.streams.changes)},
        )
    return groups


class Blocks:
    """Finished waves and populations of a fit, one file for each, whole or not there."""

    def __init__(self, partial: Partial):
        self.partial = partial

    def find(self, name: str) -> dict[str, np.ndarray] | None:
        """The arrays of a finished part, or None where it is not there or cannot be read."""
        return self.partial.read_arrays(_block(name))

    def put(self, name: str, arrays: Mapping[str, np.ndarray]) -> None:
        """Keep the arrays of a finished part."""
        self.partial.write_arrays(arrays, _block(name))

    @property
    def replicates(self) -> int:
        """Number of replicates in finished parts."""
        parts = [self.find(path.stem) for path in sorted(self.partial.path(BLOCKS).glob("*.npz"))]
        return sum(len(arrays["statistics"] if "statistics" in arrays else arrays["log_weight"]) for arrays in parts if arrays)

    def clear(self) -> None:
        """Remove all parts."""
        shutil.rmtree(self.partial.path(BLOCKS), ignore_errors=True)


def _block(name: str) -> str:
    return f"{BLOCKS}/{name}.npz"


class Weighing(Record):
    """A finished weighing; `undrawn` says why there are no draws to compare options on, `store` is the checksum of the stored replicates,
    `stages` holds seconds."""

    status: str
    reasons: list[Reason]
    result: WeighResult
    changes: list[WhatIf]
    undrawn: str
    store: str
    populations: dict[str, int]
    stages: dict[str, float]
    terms: StoredTerms | None = None


class Separation(Record):
    """A finished separation of the explanations' predictions; `stages` holds seconds."""

    result: PriorSeparation
    stages: dict[str, float]


class Comparing(Record):
    """A finished comparison, or the reasons why there is none; `stages` holds seconds."""

    result: CompareResult | None
    reasons: list[Reason]
    stages: dict[str, float]


class Seeking(Record):
    """What evidence would teach; None where that cannot be said. `stages` holds seconds."""

    result: SeekResult | None
    stages: dict[str, float]


class AboutDraws(Record):
    """What draws say beside their arrays: seed and changes of their random streams, their chance and what weakens them."""

    seed: int
    changes: list[int]
    chance: dict[str, float]
    weak: dict[str, str]


def find_weighing(partial: Partial) -> tuple[Weighing, Draws | None] | None:
    """A finished weighing with its draws and stored replicates; None where one of the three is not there or was set aside."""
    finished = partial.read(Weighing, WEIGHING)
    if finished is None:
        return None
    draws = read_draws(partial)
    if draws is None and not finished.undrawn:
        return None
    if store.find_checksum(partial.path(STORE)) != finished.store:
        if files.tell_kind(partial.path(STORE)):
            partial.set_aside(STORE, f"{partial.path(STORE)}: its bytes are not those that were written")
        return None
    return finished, draws


def write_draws(draws: Draws, partial: Partial) -> None:
    """Keep the draws that options are compared on."""
    about = AboutDraws(seed=int(draws.streams.seed), changes=list(map(int, draws.streams.changes)), chance=dict(draws.chance),
                       weak=dict(draws.weak))
    arrays = {"about": np.array(about.model_dump_json()), "hypothesis": draws.hypothesis, "innovations": draws.innovations,
              "streams": draws.streams.ids, "point": draws.point}
    partial.write_arrays(arrays | {f"value.{name}": v for name, v in draws.values.items()}, DRAWS)


def read_draws(partial: Partial) -> Draws | None:
    """Read draws; None where there are none or they were set aside."""
    from interlope.ensemble.streams import Streams
    from interlope.inference.fitting.posterior import Draws

    arrays = partial.read_arrays(DRAWS)
    if arrays is None:
        return None
    try:
        about = stored.parse(AboutDraws, str(arrays["about"]).encode(), partial.path(DRAWS))
        values = {name.removeprefix("value."): v for name, v in arrays.items() if name.startswith("value.")}
        streams = Streams(about.seed, arrays["streams"], tuple(about.changes))
        return Draws(arrays["hypothesis"], values, arrays["innovations"], streams, arrays["point"], about.chance, about.weak)
    except (stored.Damaged, KeyError) as fault:
        partial.set_aside(DRAWS, str(fault))
        return None
