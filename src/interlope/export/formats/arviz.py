"""ArviZ: posterior draws of each explanation as a DataTree in netCDF, one file each, in the groups that ArviZ knows.

Draws are equally weighted: weighted replicates are resampled (systematic resampling), so that one chain of n draws holds copies;
`sample_stats.point` says which draws descend from one independent point. `log_likelihood` has one term for each institution's roots with
claims, and one for each group of official series; together they are the likelihood of the fit. `posterior_predictive` has the figures that
each draw would publish; it is left out for a shipped answer, which stores no statistics.
"""

from __future__ import annotations

import importlib
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from interlope.export import door, draws, evidence
from interlope.export.study import StudyResults

TITLE = "ArviZ DataTree in netCDF, one file for each explanation"
ENDING = "nc"
NEEDS = ("h5netcdf", "h5py")
BESIDE = False

DRAW = ("chain", "draw")


def write(study: StudyResults) -> dict[str, bytes]:
    """A file for each explanation, by its name."""
    case, plan = evidence.open_plan(study)
    figures = evidence.list_figures(case, plan)
    contents = {}
    for name in study.record.names:
        sample = draws.read(study, name)
        roots, series = evidence.score(study, plan, sample)
        published = evidence.publish(plan, sample, study.record.seed)
        observed, predicted = _figures(figures, figures.values), None if published is None else _figures(figures, published[None])
        groups = {"posterior": _posterior(study, name, sample), "log_likelihood": _likelihood(roots, series),
                  "sample_stats": _stats(sample), "observed_data": observed}
        if predicted is not None:
            groups["posterior_predictive"] = predicted
        contents[name] = _encode(xr.DataTree.from_dict({
            "/": xr.Dataset(attrs=_attributes(study, name)), **{key: _labelled(group) for key, group in groups.items()}}))
    return contents


def _posterior(study: StudyResults, explanation: str, sample: draws.Draws) -> xr.Dataset:
    """Parameters with unit, prior, source and meaning, and monthly innovations."""
    about = {p.name: p for p in study.record.parameters if p.explanation in ("", explanation)}
    variables: dict[str, Any] = {}
    for name, values in sample.values.items():
        p = about.get(name)
        attributes = {"units": p.unit, "prior": p.prior, "source": p.source, "long_name": p.meaning} if p else {}
        variables[name] = (DRAW, values[None], attributes)
    attributes = {"units": "1", "long_name": "monthly innovation of arrivals, in standard deviations"}
    variables["arrivals_innovation"] = ((*DRAW, "month"), sample.innovations[None], attributes)
    months = ("month", np.arange(sample.innovations.shape[1]), {"units": "1", "long_name": "month after the first simulated one"})
    return xr.Dataset(variables, coords={"month": months})


def _likelihood(roots: dict[str, np.ndarray], series: dict[str, np.ndarray]) -> xr.Dataset:
    """Log likelihood by root and by official series."""
    variables: dict[str, Any] = {}
    for name, dimension, terms in (("claims", "root", roots), ("official_series", "group", series)):
        if terms:
            values = np.stack(list(terms.values()), axis=-1)[None]
            variables[name] = ((*DRAW, dimension), values, {"units": "nat", "long_name": f"log likelihood of {name.replace('_', ' ')}"})
    return xr.Dataset(variables, coords={"root": list(roots), "group": list(series)})


def _stats(sample: draws.Draws) -> xr.Dataset:
    """The independent point that each draw descends from, and how many there are."""
    about = {"units": "1", "long_name": "independent point that the draw descends from"}
    return xr.Dataset({"point": (DRAW, sample.point[None], about)}, attrs={"independent_points": len(np.unique(sample.point))})


def _figures(figures: evidence.Figures, values: np.ndarray) -> xr.Dataset:
    """Figures [v], or [chains, draws, v], with their series and units as coordinates."""
    dimensions = ("figure",) if values.ndim == 1 else (*DRAW, "figure")
    coordinates = {"figure": figures.names, "series": ("figure", figures.series), "unit": ("figure", figures.units)}
    return xr.Dataset({"figures": (dimensions, values, {"long_name": "published figures, each in its unit"})}, coords=coordinates)


def _labelled(group: xr.Dataset) -> xr.Dataset:
    """The group with numbered chains and draws, and every text as it may leave."""
    sizes = {name: group.sizes[name] for name in DRAW if name in group.sizes}
    group = group.assign_coords({name: np.arange(size) for name, size in sizes.items()})
    for each in (group, *group.variables.values()):
        each.attrs = door.clean(each.attrs)
    texts = {name: c for name, c in group.coords.items() if c.dtype.kind == "U"}
    return group.assign_coords({name: (c.dims, np.array(door.clean(c.values.tolist()), dtype=object)) for name, c in texts.items()})


def _attributes(study: StudyResults, explanation: str) -> dict[str, Any]:
    """What the file is about, with the versions that wrote it."""
    record = study.record
    libraries = f"h5netcdf {importlib.import_module('h5netcdf').__version__}, HDF5 {importlib.import_module('h5py').version.hdf5_version}"
    stated = next(e for e in record.weigh.explanations if e.name == explanation)
    return door.clean({
        "inference_library": "interlope", "inference_library_version": record.version, "creation_library": libraries,
        "created_at": study.day.isoformat(), "case": record.case.name, "as_of": record.case.as_of, "run": record.run_id,
        "seed": record.seed, "explanation": explanation, "gloss": stated.gloss, "status": record.status,
        "sampling": "systematic resampling of weighted replicates",
    })


def _encode(tree: xr.DataTree) -> bytes:
    """The tree as the bytes of a netCDF file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tree.nc"
        tree.to_netcdf(path, engine="h5netcdf")
        return path.read_bytes()
