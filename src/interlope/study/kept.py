"""Kept: what a finished stage leaves for the next run, and for a reader: plain JSON, draws, weighted histories."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

if TYPE_CHECKING:
    from interlope.inference.posterior import Draws, Fits


def keep(fits: Fits) -> dict[str, Any]:
    """The weighted histories of a fit as datasets, one group for each explanation."""
    groups = {}
    for name, posterior in fits.posteriors.items():
        made = posterior.design
        variables = {n: ("history", np.asarray(v, dtype=np.float64)) for n, v in made.values.items()}
        variables["weight"] = ("history", posterior.weight)
        variables["log_likelihood"] = ("history", np.nan_to_num(posterior.log_likelihood, neginf=-1e300))
        variables["lane"] = ("history", np.asarray(posterior.lanes))
        statistics = (("history", "statistic"), posterior.statistics)
        innovations = (("history", "month"), np.asarray(made.innovations))
        groups[name] = xr.Dataset(
            {**variables, "statistics": statistics, "innovations": innovations},
            attrs={"hypothesis": name, "seed": str(posterior.seed)},
        )
    return groups


class Blocks:
    """The statistics of finished blocks of histories, one file for each, whole or not there."""

    def __init__(self, folder: Path):
        self.folder = folder

    def find(self, name: str) -> np.ndarray | None:
        """The statistics [n, m] of a block, or None where it is not kept or cannot be read."""
        try:
            return np.load(self.folder / f"{name}.npy", allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None

    def put(self, name: str, statistics: np.ndarray) -> None:
        """Keep the statistics [n, m] of a block."""
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = self.folder / f"{name}.tmp.npy"
        np.save(fresh, statistics, allow_pickle=False)
        os.replace(fresh, self.folder / f"{name}.npy")

    @property
    def histories(self) -> int:
        """Number of histories kept."""
        paths = [p for p in self.folder.glob("*.npy") if not p.name.endswith(".tmp.npy")]
        return sum(len(np.load(path, mmap_mode="r")) for path in paths)


def write_json(value: dict[str, Any], path: Path) -> None:
    fresh = path.with_suffix(".tmp")
    fresh.write_text(json.dumps(value, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    os.replace(fresh, path)


def read_json(path: Path) -> dict[str, Any] | None:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def write_draws(draws: Draws, path: Path) -> None:
    fresh = path.with_suffix(".tmp.npz")
    about = json.dumps({"seed": draws.seed, "chance": draws.chance, "weak": draws.weak})
    held = {"hypothesis": draws.hypothesis, "innovations": draws.innovations, "lanes": draws.lanes}
    held |= {f"value.{name}": v for name, v in draws.values.items()}
    np.savez(fresh, about=np.array(about), allow_pickle=False, **held)
    os.replace(fresh, path)


def read_draws(path: Path) -> Draws | None:
    if not path.is_file():
        return None
    from interlope.inference.posterior import Draws

    with np.load(path) as found:
        about = json.loads(str(found["about"]))
        values = {name.removeprefix("value."): found[name] for name in found.files if name.startswith("value.")}
        return Draws(
            found["hypothesis"],
            values,
            found["innovations"],
            about["seed"],
            found["lanes"],
            about["chance"],
            about["weak"],
        )
