"""Checkpoints: what a finished stage leaves for the next run, and for a reader: plain JSON, draws, weighted replicates."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import xarray as xr

from interlope.results.comparison import CompareResult
from interlope.results.envelope import Reason
from interlope.results.record import Record
from interlope.results.separation import PriorSeparation
from interlope.results.weighing import WeighResult, WhatIf
from interlope.storage import disk

if TYPE_CHECKING:
    from interlope.inference.fitting.posterior import Draws, Fits


def to_datasets(fits: Fits) -> dict[str, Any]:
    """The weighted replicates of a fit as datasets, one group for each explanation."""
    groups = {}
    for name, posterior in fits.posteriors.items():
        design = posterior.design
        variables: dict[str, Any] = {n: ("replicate", np.asarray(v, dtype=np.float64)) for n, v in design.values.items()}
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

    def __init__(self, folder: Path):
        self.folder = folder

    def find(self, name: str) -> dict[str, np.ndarray] | None:
        """The arrays of a finished part, or None where it is not there or cannot be read."""
        try:
            with np.load(self.folder / f"{name}.npz", allow_pickle=False) as arrays:
                return dict(arrays)
        except (OSError, ValueError, EOFError, zipfile.BadZipFile, KeyError):
            return None

    def put(self, name: str, arrays: Mapping[str, np.ndarray]) -> None:
        """Keep the arrays of a finished part."""
        self.folder.mkdir(parents=True, exist_ok=True)
        disk.replace(self.folder / f"{name}.npz", disk.to_npz(arrays))

    @property
    def replicates(self) -> int:
        """Number of replicates in finished parts."""
        total = 0
        for path in self.folder.glob("*.npz"):
            arrays = self.find(path.stem)
            if arrays:
                total += len(arrays["statistics"] if "statistics" in arrays else arrays["log_weight"])
        return total


class Weighing(Record):
    """A finished weighing; `undrawn` says why there are no draws to compare options on, `stages` holds seconds."""

    status: str
    reasons: list[Reason]
    result: WeighResult
    changes: list[WhatIf]
    undrawn: str
    populations: dict[str, int]
    stages: dict[str, float]


class Separation(Record):
    """A finished separation of the explanations' predictions; `stages` holds seconds."""

    result: PriorSeparation
    stages: dict[str, float]


class Comparing(Record):
    """A finished comparison, or the reasons why there is none; `stages` holds seconds."""

    result: CompareResult | None
    reasons: list[Reason]
    stages: dict[str, float]


Finished = TypeVar("Finished", Weighing, Separation, Comparing)


def write_record(record: Record, path: Path) -> None:
    """Write a finished stage, whole or not at all."""
    disk.replace(path, record.model_dump_json().encode())


def read_record(kind: type[Finished], path: Path) -> Finished | None:
    """Read a finished stage; None where it is not there or cannot be read, damaged or of another version: it is then run again."""
    try:
        return kind.model_validate_json(path.read_bytes()) if path.is_file() else None
    except ValueError:  # pydantic's ValidationError is one
        return None


def write_draws(draws: Draws, path: Path) -> None:
    about = json.dumps({"seed": draws.streams.seed, "changes": draws.streams.changes, "chance": draws.chance, "weak": draws.weak})
    arrays = {"about": np.array(about), "hypothesis": draws.hypothesis, "innovations": draws.innovations,
              "streams": draws.streams.ids, "point": draws.point}
    arrays |= {f"value.{name}": v for name, v in draws.values.items()}
    disk.replace(path, disk.to_npz(arrays))


def read_draws(path: Path) -> Draws | None:
    """Read draws; None where there are none or they cannot be read: they are then drawn again."""
    try:
        return _read_draws(path) if path.is_file() else None
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, KeyError):
        return None


def _read_draws(path: Path) -> Draws:
    from interlope.ensemble.streams import Streams
    from interlope.inference.fitting.posterior import Draws

    with np.load(path) as arrays:
        about = json.loads(str(arrays["about"]))
        values = {name.removeprefix("value."): arrays[name] for name in arrays.files if name.startswith("value.")}
        return Draws(
            arrays["hypothesis"],
            values,
            arrays["innovations"],
            Streams(about["seed"], arrays["streams"], tuple(about["changes"])),
            arrays["point"],
            about["chance"],
            about["weak"],
        )
