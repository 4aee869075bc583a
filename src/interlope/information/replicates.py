"""Replicates: equally weighted replicates of every explanation, and statistics of them that the fit did not need, simulated anew.

A replicate is run again along its own random streams, so that its past is the same, bit for bit. Days after the day of knowledge are run
in streams that the replicates of all explanations share (common random numbers).
"""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from interlope.arguments import nothing
from interlope.ensemble import keys, run, streams
from interlope.ensemble.streams import Streams
from interlope.errors import RunFailed
from interlope.inference.sampling import importance
from interlope.information.gain import BLOCKS
from interlope.quantities import Reduction
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case

if TYPE_CHECKING:
    import xarray as xr

    from interlope.inference.fitting.posterior import Posterior

AHEAD = 3 << 30  # streams of days to come, apart from those of fits and forecasts


@dataclass(frozen=True, eq=False)
class Weighted:
    """Weighted replicates of one explanation: weights [n], statistics [n, m], parameters [n] by name, innovations [n, months], streams,
    the independent point that each descends from [n], and the place of the variant that holds [n], where the explanation has some."""

    weight: np.ndarray
    statistics: np.ndarray
    values: Mapping[str, np.ndarray]
    innovations: np.ndarray
    streams: Streams
    point: np.ndarray
    variant: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class Replicates:
    """Equally weighted replicates of every explanation, n in all.

    Attributes
    ----------
    names : tuple of str
        Explanations.
    model : ndarray
        Position of each replicate's explanation among the names [n].
    block : ndarray
        Block of independent points that it belongs to [n]; what descends from one point lies in one block.
    statistics : ndarray
        Statistics of the fit [n, m], in the order of the binding.
    values : mapping of str to ndarray
        Parameters by name [n].
    innovations : ndarray
        Monthly innovations [n, months].
    streams : Streams
        Random streams of each replicate's past.
    variant : ndarray
        Place of the variant that holds [n], int; -1 where the explanation has none.
    """

    names: tuple[str, ...]
    model: np.ndarray
    block: np.ndarray
    statistics: np.ndarray
    values: Mapping[str, np.ndarray]
    innovations: np.ndarray
    streams: Streams
    variant: np.ndarray

    def __len__(self) -> int:
        return len(self.model)


def of_posterior(posterior: Posterior) -> Weighted:
    """The replicates of a fit."""
    return Weighted(posterior.weight, posterior.statistics, posterior.design.values, posterior.design.innovations, posterior.streams,
                    posterior.ancestry.point, posterior.design.variant)


def of_dataset(dataset: xr.Dataset) -> Weighted:
    """The replicates that a study stored of an explanation."""
    apart = ("weight", "log_likelihood", "point", "variant")
    names = [str(v) for v in dataset.data_vars if dataset[v].dims == ("replicate",) and v not in apart]
    changes = tuple(int(day) for day in np.atleast_1d(dataset.attrs["streams_change"]))
    along = Streams(int(dataset.attrs["seed"]), np.asarray(dataset["streams"]), changes)
    return Weighted(np.asarray(dataset["weight"]), np.asarray(dataset["statistics"]), {n: np.asarray(dataset[n]) for n in names},
                    np.asarray(dataset["innovations"]), along, np.asarray(dataset["point"]),
                    np.asarray(dataset["variant"]) if "variant" in dataset else None)


def draw(weighted: Mapping[str, Weighted], each: int, seed: int) -> Replicates:
    """Draw replicates by weight, equally many of every explanation.

    Parameters
    ----------
    weighted : mapping of str to Weighted
        By explanation; none without any weight.
    each : int
        Replicates of each explanation.
    seed : int
        Of the drawing.

    Returns
    -------
    Replicates
    """
    at = {n: importance.systematic(w.weight, each, keys.stream(seed, "seek", n).random()) for n, w in weighted.items()}
    parts = list(weighted.items())
    first = parts[0][1]
    return Replicates(
        names=tuple(weighted),
        model=np.repeat(np.arange(len(parts)), each),
        block=np.concatenate([np.unique(w.point[at[n]], return_inverse=True)[1].ravel() % BLOCKS for n, w in parts]),
        statistics=np.concatenate([w.statistics[at[n]] for n, w in parts]),
        values={k: np.concatenate([w.values[k][at[n]] for n, w in parts]) for k in first.values},
        innovations=np.concatenate([w.innovations[at[n]] for n, w in parts]),
        streams=Streams(first.streams.seed, np.concatenate([w.streams.ids[at[n]] for n, w in parts]), first.streams.changes),
        variant=np.concatenate([np.full(each, -1) if w.variant is None else w.variant[at[n]].astype(int) for n, w in parts]),
    )


def simulate(case: Case, replicates: Replicates, reductions: Sequence[Reduction], *, threads: int | None = None,
             progress: Callable[[int, int], None] = nothing) -> np.ndarray:
    """Simulate statistics that the fit did not need.

    Parameters
    ----------
    case : Case
        As known on the day of the fit; operations are imposed until then, and start by their own hazard afterwards.
    replicates : Replicates
        n replicates.
    reductions : sequence of Reduction
        The statistics; their windows may end after the case's last day.
    threads : int, optional
        All cores when None.
    progress : callable
        Called with (replicates done, replicates in all).

    Returns
    -------
    ndarray
        [n, len(reductions)]; a row of NaN where a replicate did not complete.

    Raises
    ------
    RunFailed
        When fewer than half of the replicates of an explanation complete.
    """
    setting = case.setting(end=max(case.as_of, *(r.end for r in reductions)), imposed_until=case.as_of)
    each = len(replicates) // len(replicates.names)
    along = replicates.streams
    if setting.days > case.day(case.as_of) + 1:
        along = streams.then(along, case.day(case.as_of) + 1, AHEAD + np.arange(len(replicates)) % each)
    wanted = Binding.only(case.start, reductions)
    statistics, status = run.summarise(setting, replicates.values, replicates.innovations, wanted, along, threads=threads,
                                       progress=progress)
    for i, name in enumerate(replicates.names):
        part = float((status[replicates.model == i] == 0).mean())
        if part < 0.5:
            raise RunFailed(f"only {part:.0%} of the replicates of '{name}' complete when they are run on to {reductions[-1].end}")
    return statistics
