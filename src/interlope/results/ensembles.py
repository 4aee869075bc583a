"""Ensembles: what simulate, replay and cluster give."""

from __future__ import annotations

from interlope.results.record import Number, Record


class SeriesSummary(Record):
    """Mean over days of a recorded series across replicates, in `unit`; `quantile_error`: largest error of the quantiles."""

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
    """Replicates that ended with one status, and what that status means."""

    replicates: int
    sentence: str


class FailedReplicatesAbout(Record):
    """Replicates that failed: how many, why, and pairs of replicate and status for the first of them."""

    replicates: int
    statuses: dict[str, Kind]
    listed: list[tuple[int, str]]


class ShardsAbout(Record):
    """Shards of an ensemble: how many there are, were computed now, were there already, and were damaged and computed again."""

    total: int
    simulated: int
    reused: int
    repeated: list[int]


class SimulateResult(Record):
    """The `result` of `interlope simulate`: replicates of one explanation drawn from its priors."""

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
    """The `result` of `interlope replay`: whether the numbers are the same bit for bit, from which case, and where and why not."""

    folder: str
    case: str = ""
    same: bool
    differ: list[str]
    changed_files: list[str]
    reasons: list[str]
    model_digest_then: str
    model_digest_now: str


class ClusterResult(Record):
    """The `result` of `interlope cluster`: the scripts of an array of jobs."""

    kind: str
    run_id: str
    shards: int
    jobs: int
    files: list[str]
    next: str
