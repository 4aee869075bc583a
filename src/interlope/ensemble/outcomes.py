"""Outcomes: the recorded series of some replicates by name, with the status of each; a replicate that failed has no numbers."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import xarray as xr

from interlope.arguments import nothing
from interlope.ensemble.design import Design
from interlope.model.setting import Setting
from interlope.model.simulate import advance, begin
from interlope.quantities import BY_CLASS, BY_SECTOR, INDEX, QUANTITIES, SERIES
from interlope.scenario.case import Case
from interlope.wording import fill

Progress = Callable[[int, int], None]
CHUNK = 64  # replicates whose full series are in memory at once
ON_CARD = 4096  # the same where a graphics card runs them, which is slow with few
DETAIL = {"": (), "sector": BY_SECTOR, "class": BY_CLASS}


@dataclass(frozen=True, eq=False)
class Outcomes:
    """What r replicates did.

    Attributes
    ----------
    series : dict[str, ndarray]
        Recorded series by name, float32 [r, d], or [r, d, s] or [r, d, c] where that detail was asked for.
    means : ndarray
        Every recorded series' mean over days, float32 [r, k], in the order of `quantities.SERIES`.
    status : ndarray of int8 [r]
        0 = complete.
    parameters : dict[str, ndarray]
        Sampled parameters by name, [r].
    """

    series: dict[str, np.ndarray]
    means: np.ndarray
    status: np.ndarray
    parameters: dict[str, np.ndarray]


def chunks(
    setting: Setting, design: Design, key: int, stream_ids: np.ndarray, days: int, *, detail: str = "", threads: int | None = None,
    device: str = "cpu",
):
    """Simulate a design in chunks; yields (rows, totals float32 [r, d, k], detail or None, status [r]).

    A failed replicate's numbers are NaN from the first day to the last.

    Parameters
    ----------
    setting : Setting
        The simulated world.
    design : Design
        Parameters and demand of r replicates.
    key : int
        64-bit seed of the random streams.
    stream_ids : ndarray [r]
        Random stream of each replicate.
    days : int
        Number of days, from the first simulated one.
    detail : str, default ''
        "" totals, "sector" or "class" for that detail.
    threads : int or None, optional
        All cores when None; the numbers do not depend on it.
    device : str, default 'cpu'
        "cpu", or "cuda" for a graphics card.
    """
    size = CHUNK if device == "cpu" else ON_CARD
    for low in range(0, len(design), size):
        rows = slice(low, min(low + size, len(design)))
        values = {name: value[rows] for name, value in design.values.items()}
        states = begin(setting, values, design.innovations[rows], key, stream_ids[rows])
        states, recorded = advance(states, days, detail=detail[:1], threads=threads, device=device)
        bad = states.status != 0
        recorded.series[bad] = np.nan
        if recorded.detail is not None:
            recorded.detail[bad] = np.nan
        yield rows, recorded.series, recorded.detail, states.status


def collect(
    setting: Setting,
    design: Design,
    key: int,
    stream_ids: np.ndarray,
    days: int,
    *,
    by: str = "",
    names: tuple[str, ...] = SERIES,
    threads: int | None = None,
    device: str = "cpu",
    progress: Progress = nothing,
) -> Outcomes:
    """Simulate a design and keep the series that are asked for.

    Parameters
    ----------
    setting : Setting
        World to simulate.
    design : Design
        Parameters and demand of r replicates.
    key : int
        64-bit seed of the random streams.
    stream_ids : ndarray of int64 [r]
        Random stream of each replicate.
    days : int
        Number of days.
    by : str, default ''
        "" totals, "sector" or "class" for that detail.
    names : tuple[str, ...], optional
        Series to keep.
    threads : int or None, optional
        All cores when None; the numbers do not depend on it.
    device : str, default 'cpu'
        "cpu", or "cuda" for a graphics card.
    progress : Progress, optional
        Called with (done, in all).
    """
    r, size = len(design), {"": 0, "sector": setting.sectors, "class": len(setting.classes)}[by]
    shape = {name: (r, days, size) if name in DETAIL[by] else (r, days) for name in names}
    series = {name: np.empty(shape[name], dtype=np.float32) for name in names}
    means, status = np.empty((r, len(SERIES)), dtype=np.float32), np.zeros(r, dtype=np.int8)
    for rows, totals, detail, state in chunks(setting, design, key, stream_ids, days, detail=by, threads=threads, device=device):
        for name in names:
            source = detail if detail is not None and name in DETAIL[by] else totals
            series[name][rows] = source[:, :, INDEX[name]]
        means[rows] = totals.mean(axis=1, dtype=np.float64)
        status[rows] = state
        progress(rows.stop, r)
    return Outcomes(series, means, status, {n: design.values[n] for n in design.names})


def empty(setting: Setting, names: tuple[str, ...], days: int, by: str, parameters: tuple[str, ...]) -> Outcomes:
    """Outcomes of no replicate at all, with the shapes that any number of them would have.

    Parameters
    ----------
    setting : Setting
        The simulated world.
    names : tuple[str, ...]
        Names of the recorded series.
    days : int
        Number of days, from the first simulated one.
    by : str
        "" totals, "sector" or "class" for that detail.
    parameters : tuple[str, ...]
        Names of the sampled parameters.

    Returns
    -------
    Outcomes
    """
    size = {"": 0, "sector": setting.sectors, "class": len(setting.classes)}[by]
    shape = {name: (0, days, size) if name in DETAIL[by] else (0, days) for name in names}
    series = {name: np.empty(shape[name], dtype=np.float32) for name in names}
    return Outcomes(series, np.empty((0, len(SERIES)), np.float32), np.empty(0, np.int8), {n: np.empty(0) for n in parameters})


def dates(setting: Setting, days: int) -> np.ndarray:
    """The calendar of the first `days` days.

    Parameters
    ----------
    setting : Setting
        The simulated world.
    days : int
        Number of days, from the first simulated one.

    Returns
    -------
    ndarray
    """
    return np.array([setting.start + timedelta(days=d) for d in range(days)], dtype="datetime64[ns]")


def to_dataset(outcomes: Outcomes, case: Case, setting: Setting, hypothesis: str, seed: int, days: int, by: str) -> xr.Dataset:
    """Outcomes as one Dataset with units and definitions; see `run.simulate` for what it holds.

    Parameters
    ----------
    outcomes : Outcomes
        What the replicates did.
    case : Case
        The case.
    setting : Setting
        The simulated world.
    hypothesis : str
        Name of the explanation.
    seed : int
        Any whole number.
    days : int
        Number of days, from the first simulated one.
    by : str
        "" totals, "sector" or "class" for that detail.

    Returns
    -------
    Dataset
    """
    variables: dict[str, tuple] = {}
    for name, values in outcomes.series.items():
        dims = ("replicate", "day", by)[: values.ndim]
        variables[name] = (dims, values, {"unit": QUANTITIES[name].unit, "definition": fill(QUANTITIES[name].definition, case.words)})
    coordinates: dict[str, tuple] = {"date": ("day", dates(setting, days)), "status": ("replicate", outcomes.status)}
    coordinates |= {f"parameter_{n}": ("replicate", v) for n, v in outcomes.parameters.items()}
    if by == "class":
        coordinates["class"] = ("class", list(setting.classes))
    return xr.Dataset(variables, coordinates, {"case": case.name, "hypothesis": hypothesis, "seed": seed})
