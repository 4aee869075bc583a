"""Encoding: the replicates of one shard as the files of a sharded Zarr 3 store, made in memory.

xarray lays out the store once, for no replicate at all; a shard then is one file in each array, compressed by Zarr's own
codecs in pieces of at most PIECE replicates, so that a reader of one replicate does not unpack the whole file.
"""
from __future__ import annotations

import warnings
from typing import Any

import xarray as xr
import zarr
from zarr.codecs import BloscCodec
from zarr.storage import MemoryStore

from interlope.ensemble import design
from interlope.ensemble.outcomes import Outcomes, empty, to_dataset
from interlope.jit.compile import digest
from interlope.storage.plan import Plan

PIECE = 50


class Encoder:
    """Turns outcomes into the files of a shard, and knows the files that all shards share."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.bytes: dict[str, Any] = {}
        self.arrays: dict[str, zarr.Array] = {}
        self.rest = tuple(f"{name}/c" for name, variable in layout(plan).variables.items() if "replicate" not in variable.dims)
        with zarr.config.set({"array.write_empty_chunks": True}):
            self.lay_out()

    def lay_out(self) -> None:
        """Write the store for no replicate, then give every array the length of one shard."""
        store, blank = MemoryStore(self.bytes), layout(self.plan)
        names = [str(n) for n, variable in blank.variables.items() if "replicate" in variable.dims]
        piece = next(n for n in range(min(PIECE, self.plan.shard), 0, -1) if self.plan.shard % n == 0)
        encoding = {}
        for name in names:
            inner = blank[name].shape[1:]
            encoding[name] = {
                "chunks": (piece if inner else self.plan.shard, *inner),
                "shards": (self.plan.shard, *inner),
                "compressors": (BloscCodec(cname="zstd", clevel=3, shuffle="bitshuffle"),),
                "chunk_key_encoding": {"name": "default", "separator": "."},
            }
        blank.to_zarr(store, mode="w", zarr_format=3, consolidated=False, encoding=encoding)
        for name in names:
            array = zarr.open_array(store, path=name, mode="r+")
            array.resize((self.plan.shard, *array.shape[1:]))
            self.arrays[name] = array

    def shard(self, index: int, outcomes: Outcomes) -> dict[str, bytes]:
        """The files of one shard by their place in the store."""
        columns = {**outcomes.series, "status": outcomes.status, **{f"parameter_{n}": v for n, v in outcomes.parameters.items()}}
        files = {}
        for name, values in columns.items():
            self.arrays[name][: len(values)] = values
            tail = ".0" * (values.ndim - 1)
            files[f"{name}/c.{index}{tail}"] = self.bytes.pop(f"{name}/c.0{tail}").to_bytes()
        return files

    def names(self, index: int) -> list[str]:
        """Where the files of one shard lie."""
        return [f"{name}/c.{index}{'.0' * (len(array.shape) - 1)}" for name, array in self.arrays.items()]

    def shared(self) -> dict[str, bytes]:
        """The files that describe the whole store: metadata of all replicates, coordinates of days."""
        whole: dict[str, Any] = {k: v for k, v in self.bytes.items() if k.endswith("zarr.json") or k.startswith(self.rest)}
        store = MemoryStore(whole)
        for name in self.arrays:
            array = zarr.open_array(store, path=name, mode="r+")
            array.resize((self.plan.draws, *array.shape[1:]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # consolidated metadata are no part of the Zarr 3 specification yet
            zarr.consolidate_metadata(store)
        return {name: data.to_bytes() for name, data in whole.items()}


def layout(plan: Plan) -> xr.Dataset:
    """The dataset of a plan with no replicate in it; names of client classes sit in an attribute.

    Parameters
    ----------
    plan : Plan
        The plan of the ensemble.

    Returns
    -------
    Dataset
    """
    setting = plan.case.setting()
    sampled = design.sampled(plan.case.parameters(plan.hypothesis))
    nobody = empty(setting, plan.series, plan.days, plan.by, sampled)
    dataset = to_dataset(nobody, plan.case, setting, plan.hypothesis, plan.seed, plan.days, plan.by).drop_vars("class", errors="ignore")
    dataset.attrs |= {"classes": list(setting.classes), "model_digest": digest(), "run_id": plan.run_id}
    return dataset


