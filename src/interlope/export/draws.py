"""Draws: equally weighted posterior draws of an explanation, from the weighted replicates of a folder or from a shipped answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from interlope.errors import BadInput, Fault
from interlope.export.study import StudyResults
from interlope.inference.sampling import importance
from interlope.manifest import files
from interlope.storage import store

STORE, SHIPPED = "store.zarr", "draws.npz"
COUNT = 1000  # draws of each explanation
OTHERS = ("weight", "point", "log_likelihood")


@dataclass(frozen=True, eq=False)
class Draws:
    """Draws of one explanation, n of them.

    Attributes
    ----------
    values : dict of str to ndarray
        Parameters with a prior [n], in their units.
    innovations : ndarray
        Monthly innovations of arrivals [n, months], in standard deviations.
    point : ndarray of int
        Independent point that each draw descends from [n]; copies share one.
    statistics : ndarray or None
        What the evidence asks of a replicate [n, statistics]; None where only its likelihood was stored.
    log_likelihood : ndarray or None
        Of all evidence, as the fit stored it [n].
    states, official : ndarray or None
        The likelihood in parts, where those were stored; see `inference.likelihood.Terms`.
    """

    values: dict[str, np.ndarray]
    innovations: np.ndarray
    point: np.ndarray
    statistics: np.ndarray | None = None
    log_likelihood: np.ndarray | None = None
    states: np.ndarray | None = None
    official: np.ndarray | None = None


def read(study: StudyResults, explanation: str) -> Draws:
    """Read draws of an explanation.

    Parameters
    ----------
    study : StudyResults
        A finished study.
    explanation : str
        One of its explanations.

    Returns
    -------
    Draws

    Raises
    ------
    BadInput
        When no replicates lie in the folder, as in that of an opened shipped answer.
    """
    if study.shipped:
        return _read_shipped(study, explanation)
    if not files.tell_kind(study.folder / STORE):
        raise BadInput([Fault(str(study.folder), None, f"no {STORE}", "a folder that 'study' wrote, or a case with a shipped answer",
                              f"try: interlope export {study.record.case.name} --as arviz")])
    dataset = store.read(study.folder / STORE, explanation)
    at = importance.systematic(np.asarray(dataset["weight"]), COUNT, 0.5)
    names = [str(v) for v in dataset.data_vars if dataset[v].dims == ("replicate",) and v not in OTHERS]
    values = {name: np.asarray(dataset[name]) for name in names}
    return Draws(
        values={name: v[at] for name, v in values.items() if np.ptp(v) > 0.0},
        innovations=_known(np.asarray(dataset["innovations"])[at]),
        point=np.asarray(dataset["point"])[at],
        statistics=np.asarray(dataset["statistics"])[at],
        log_likelihood=np.asarray(dataset["log_likelihood"])[at],
    )


def _read_shipped(study: StudyResults, explanation: str) -> Draws:
    """Draws that come with the package."""
    with np.load(study.folder / SHIPPED, allow_pickle=False) as arrays:
        mark = f"{explanation}.value."
        return Draws(
            values={name.removeprefix(mark): arrays[name].astype(float) for name in arrays.files if name.startswith(mark)},
            innovations=_known(arrays[f"{explanation}.innovations"].astype(float)),
            point=arrays[f"{explanation}.point"],
            states=arrays[f"{explanation}.states"].astype(float),
            official=arrays[f"{explanation}.official"].astype(float),
        )


def _known(innovations: np.ndarray) -> np.ndarray:
    """The months that were fitted."""
    return innovations[:, np.isfinite(innovations).all(axis=0)]
