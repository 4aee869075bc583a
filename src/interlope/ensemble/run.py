"""Run: many replicates, in chunks, as full daily series or reduced to the few statistics that the evidence asks for."""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from interlope.arguments import MANY, nothing, read_choice, read_listener, read_threads, read_whole
from interlope.ensemble import design, keys, memory, paired, streams
from interlope.ensemble.outcomes import CHUNK, DETAIL, Progress, collect, to_dataset
from interlope.ensemble.streams import Streams
from interlope.errors import BadInput
from interlope.model.running import DEVICES
from interlope.model.setting import Setting
from interlope.quantities import SERIES
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case
from interlope.scenario.given import CaseLike, read_case


def simulate(
    case: CaseLike,
    hypothesis: str,
    draws: int | design.Design,
    seed: int,
    *,
    days: int | None = None,
    by: str = "",
    threads: int | None = None,
    device: str = "cpu",
    progress: Progress | None = None,
) -> xr.Dataset:
    """Simulate replicates of one explanation and keep every recorded series by day.

    Parameters
    ----------
    case : Case, str or Path
        The case, or its name or folder; see `interlope.load`.
    hypothesis : str
        Name of one of the case's explanations.
    draws : int or Design
        Number of draws from the priors, or a design of your own.
    seed : int
        Seed of the draws and of the simulation's random numbers: same seed, same replicates.

    Other Parameters
    ----------------
    days : int, optional
        Days from the case's start; all of them when None.
    by : str, default ""
        Detail: "" for totals, "sector" or "class".
    threads : int, optional
        All cores when None. The numbers do not depend on it.
    device : str, default "cpu"
        "cpu", or "cuda" for a graphics card, which needs the extra of that name.
    progress : callable, optional
        Called with (replicates done, replicates in all).

    Returns
    -------
    xarray.Dataset
        Dims (replicate, day), and sector or class: one float32 variable for each recorded series, with attributes `unit` and
        `definition`; coordinates `date`, `status` (0 = complete) and the sampled parameters by replicate. With `by`, series without
        that detail keep dims (replicate, day). A replicate that failed has NaN in every series.

    Raises
    ------
    BadInput
        When the case has no explanation of that name, an argument is of another kind or out of its range, this machine cannot hold that
        many series, or there is no graphics card to run on.

    Examples
    --------
    >>> import interlope as il
    >>> runs = il.simulate(il.load("toy"), "takeover", 4, seed=7, days=10)
    >>> runs.sizes["replicate"], runs.sizes["day"], runs["attempts"].attrs["unit"]
    (4, 10, 'attempts/day')
    """
    case, progress = read_case(case), read_listener("progress", progress, ("done", "total"))
    setting = case.setting()
    read_choice("device", device, DEVICES)
    seed, by = read_whole("seed", seed), read_choice("by", by, tuple(DETAIL))
    length = setting.days if days is None else read_whole("days", days, 1, setting.days)
    threads, plan = read_threads(threads), _plan(case, setting, hypothesis, draws, seed, length)
    key = keys.integer(seed, "simulate")
    outcomes = collect(setting, plan, key, np.arange(len(plan)), length, by=by, threads=threads, device=device,
                       progress=progress)
    return to_dataset(outcomes, case, setting, hypothesis, seed, length, by)


def _plan(case: Case, setting: Setting, hypothesis: str, draws: int | design.Design, seed: int, days: int) -> design.Design:
    """The inputs of the replicates: the design that was handed over, where it is one of this explanation, or as many draws."""
    known = case.parameters(hypothesis)
    if isinstance(draws, design.Design):
        if draws.hypothesis != hypothesis:
            raise BadInput(f"the design is of explanation '{draws.hypothesis}', and is simulated as '{hypothesis}'; expected the same")
        shapes = {np.shape(draws.values[name]) if name in draws.values else None for name in known}
        if shapes != {(len(draws),)} or np.shape(draws.innovations) != (len(draws), setting.months):
            raise BadInput(f"the design does not hold every parameter of '{hypothesis}' and {setting.months} months for each of its "
                           f"{len(draws)} replicates; expected one of this case")
        return draws
    count = read_whole("draws", draws, 1, MANY)
    memory.refuse_large(count * (days * len(SERIES) * 4 + (len(known) + setting.months) * 16),
                        "fewer draws or days; 'interlope simulate' with --out or --summary holds a part at a time")
    return design.draw(case, hypothesis, count, seed)


def summarise(
    setting: Setting,
    values: Mapping[str, np.ndarray],
    innovations: np.ndarray,
    binding: Binding,
    along: Streams,
    *,
    threads: int | None = None,
    progress: Progress = nothing,
) -> tuple[np.ndarray, np.ndarray]:
    """Simulate replicates and return only the statistics that a binding asks for, computed while they run.

    Parameters
    ----------
    setting : Setting
        World to simulate, to its last day.
    values : Mapping[str, ndarray]
        Every parameter of the model by name, float64 [r], in its own unit.
    innovations : ndarray of float64 [r, months]
        Standard-normal monthly demand innovations; NaN, and months after the last of them, are drawn by the model itself.
    binding : Binding
        The statistics wanted.
    along : Streams
        Random streams of each replicate.
    threads : int or None, optional
        All cores when None; the numbers do not depend on it.
    progress : Progress, optional
        Called with (done, in all).

    Returns
    -------
    statistics : ndarray of float64 [r, len(binding.reductions)]
        A row of NaN where a replicate failed.
    status : ndarray of int64 [r]
        0 = complete.
    """
    statistics, status = [], []
    total, table, columns = len(along), binding.table(setting.days), binding.counterfactual
    for low in range(0, total, CHUNK):
        rows = slice(low, min(low + CHUNK, total))
        mine = along.take(rows)
        states = paired.begin(setting, _rows(values, rows), innovations[rows], along.seed, mine.ids[:, 0], table, columns)
        states, _ = streams.advance(paired, states, mine, setting.days, record=False, threads=threads)
        statistics.append(states.statistics)
        status.append(states.status)
        progress(rows.stop, total)
    return np.concatenate(statistics), np.concatenate(status)


def _rows(values: Mapping[str, np.ndarray], rows: slice) -> dict[str, np.ndarray]:
    return {name: value[rows] for name, value in values.items()}
