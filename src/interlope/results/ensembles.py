"""Ensembles: the shapes of what simulate, replay and cluster say, as pydantic models."""

from __future__ import annotations

from interlope.results.record import Number, Record


class SeriesSummary(Record):
    series: str
    unit: str
    definition: str
    mean: Number
    sd: Number
    q05: Number
    q50: Number
    q95: Number
    quantile_error: Number


class Kind(Record):
    replicates: int
    sentence: str


class FailedReplicatesAbout(Record):
    replicates: int
    statuses: dict[str, Kind]
    listed: list[tuple[int, str]]


class ShardsAbout(Record):
    total: int
    simulated: int
    reused: int
    repeated: list[int]


class SimulateResult(Record):
    explanation: str
    draws: int
    days: int
    failed: int
    series: list[SeriesSummary]
    failed_replicates: FailedReplicatesAbout
    folder: str | None
    store: str | None
    finished: bool
    shards: ShardsAbout | None
    notes: list[str]


class ReplayResult(Record):
    folder: str
    same: bool
    differ: list[str]
    changed_files: list[str]
    reasons: list[str]
    model_digest_then: str
    model_digest_now: str


class ClusterResult(Record):
    kind: str
    run_id: str
    shards: int
    jobs: int
    files: list[str]
    next: str
