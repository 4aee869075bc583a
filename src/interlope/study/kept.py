"""Kept: what a finished stage leaves for the next run, and for a reader: plain JSON, draws, weighted histories."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

if TYPE_CHECKING:
    from interlope.inference.posterior import Fits


@dataclass(frozen=True, eq=False)
class Kept:
    """Posterior draws as they are kept between stages: what a comparison needs to run them again."""

    hypotheses: np.ndarray
    values: dict[str, np.ndarray]
    innovations: np.ndarray
    seed: int
    lanes: np.ndarray
    chance: dict[str, float]
    weak: dict[str, str]

    @property
    def hypothesis(self) -> np.ndarray:
        """The name of each draw's explanation [n]."""
        return self.hypotheses


def draw(fits: Fits, n: int, seed: int) -> Kept:
    """Draw histories by weight, n for every explanation, to compare options on.

    Raises
    ------
    DiagnosticsFailed
        When an explanation has no effective history at all.
    """
    from interlope.inference import posterior

    found = posterior.draws(fits, n, seed)
    return Kept(found.hypothesis, found.values, found.innovations, found.seed, found.lanes, found.chance, found.weak)


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


def write_json(value: dict[str, Any], path: Path) -> None:
    fresh = path.with_suffix(".tmp")
    fresh.write_text(json.dumps(value, ensure_ascii=False, allow_nan=False), encoding="utf-8")
    os.replace(fresh, path)


def read_json(path: Path) -> dict[str, Any] | None:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def write_draws(draws: Kept, path: Path) -> None:
    fresh = path.with_suffix(".tmp.npz")
    about = json.dumps({"seed": draws.seed, "chance": draws.chance, "weak": draws.weak})
    held = {"hypotheses": draws.hypotheses, "innovations": draws.innovations, "lanes": draws.lanes}
    held |= {f"value.{name}": v for name, v in draws.values.items()}
    np.savez(fresh, about=np.array(about), allow_pickle=False, **held)
    os.replace(fresh, path)


def read_draws(path: Path) -> Kept | None:
    if not path.is_file():
        return None
    with np.load(path) as found:
        about = json.loads(str(found["about"]))
        values = {name.removeprefix("value."): found[name] for name in found.files if name.startswith("value.")}
        return Kept(
            found["hypotheses"],
            values,
            found["innovations"],
            about["seed"],
            found["lanes"],
            about["chance"],
            about["weak"],
        )
