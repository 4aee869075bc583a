"""Run: many replicates, in chunks, as full histories or folded to the few numbers that the evidence asks for."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

import numpy as np
import xarray as xr

from interlope.ensemble import design, keys
from interlope.model.setting import Setting
from interlope.model.simulate import advance, begin
from interlope.quantities import BY_CLASS, BY_SECTOR, INDEX, QUANTITIES, SERIES
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case

Progress = Callable[[int, int], None]
CHUNK = 64  # replicates whose full series are held at once


def nothing(done: int, total: int) -> None:
    """The progress that is told to nobody."""


def simulate(
    case: Case,
    hypothesis: str,
    draws: int | design.Design,
    seed: int,
    *,
    days: int | None = None,
    by: str = "",
    threads: int | None = None,
    progress: Progress = nothing,
) -> xr.Dataset:
    """Simulate full histories.

    Parameters
    ----------
    case : the case. hypothesis : name of an explanation.
    draws : number of draws from the priors, or a design. seed : seed of the draws and of the simulated luck.

    Other arguments
    ---------------
    days : number of days from the case's start; all when None. by : "" totals, "sector" or "class" for that detail.
    threads : all cores when None; the numbers do not depend on it. progress : called with (done, in all).

    Returns
    -------
    Dataset with dims replicate, day (and sector or class): one float32 variable per recorded series, with attributes
    `unit` and `definition`; coordinates `date`, `status` (0 = complete) and the sampled parameters by replicate.
    With `by`, series without that detail keep dims (replicate, day).
    """
    plan = design.draw(case, hypothesis, draws, seed) if isinstance(draws, int) else draws
    if by not in ("", "sector", "class"):
        raise ValueError(f"by '{by}' unknown; expected 'sector', 'class' or nothing")
    setting = case.setting()
    length = setting.days if days is None else min(days, setting.days)
    key = keys.integer(seed, "simulate")
    totals, details, status = [], [], []
    for low in range(0, len(plan), CHUNK):
        rows = slice(low, min(low + CHUNK, len(plan)))
        states = begin(setting, _rows(plan.values, rows), plan.innovations[rows], key, np.arange(len(plan))[rows])
        states, recorded = advance(states, length, detail=by[:1], threads=threads)
        totals.append(recorded.series)
        status.append(states.status)
        if recorded.detail is not None:
            details.append(recorded.detail)
        progress(rows.stop, len(plan))
    series = np.concatenate(totals)
    detail = np.concatenate(details) if details else None
    axis = {"sector": BY_SECTOR, "class": BY_CLASS, "": ()}[by]
    variables = {}
    for name in SERIES:
        attributes = {"unit": QUANTITIES[name].unit, "definition": QUANTITIES[name].definition}
        if detail is not None and name in axis:
            variables[name] = (("replicate", "day", by), detail[:, :, INDEX[name]], attributes)
        else:
            variables[name] = (("replicate", "day"), series[:, :, INDEX[name]], attributes)
    dates = np.array([setting.start + timedelta(days=d) for d in range(length)], dtype="datetime64[ns]")
    coordinates = {"date": ("day", dates), "status": ("replicate", np.concatenate(status).astype(np.int8))}
    coordinates |= {f"parameter_{n}": ("replicate", plan.values[n]) for n in plan.names}
    if by == "class":
        coordinates["class"] = ("class", list(setting.classes))
    attributes = {"case": case.name, "hypothesis": hypothesis, "seed": seed}
    return xr.Dataset(variables, coordinates, attributes)


def fold(
    setting: Setting,
    values: Mapping[str, np.ndarray],
    innovations: np.ndarray,
    binding: Binding,
    seed: int,
    lanes: np.ndarray,
    *,
    threads: int | None = None,
    progress: Progress = nothing,
) -> tuple[np.ndarray, np.ndarray]:
    """Simulate histories and keep only the statistics that a binding asks for.

    Parameters
    ----------
    setting : world to simulate, to its last day. values : parameter name -> [r]. innovations : [r, months], NaN drawn.
    seed : 64-bit seed of the luck. lanes : [r], which luck each replicate has.

    Returns
    -------
    statistics float64 [r, len(binding.reductions)] (a row of NaN where a history failed) and status [r].
    """
    statistics, status = [], []
    total = len(lanes)
    for low in range(0, total, CHUNK):
        rows = slice(low, min(low + CHUNK, total))
        states = begin(setting, _rows(values, rows), innovations[rows], seed, lanes[rows])
        states, recorded = advance(states, setting.days, threads=threads)
        folded = binding.fold(recorded.series)
        folded[states.status != 0] = np.nan
        statistics.append(folded)
        status.append(states.status)
        progress(rows.stop, total)
    return np.concatenate(statistics), np.concatenate(status)


def _rows(values: Mapping[str, np.ndarray], rows: slice) -> dict[str, np.ndarray]:
    return {name: value[rows] for name, value in values.items()}
