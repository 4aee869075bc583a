"""Overview: the mean over days of every recorded series, and how it spreads over replicates."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import numpy as np

from interlope.ensemble import moments
from interlope.quantities import QUANTITIES, SERIES
from interlope.wording import NEUTRAL, Words, fill

HEADS: tuple[str, ...] = ("series", "unit", "definition", "mean", "sd", "q05", "q50", "q95", "quantile_error")
PILOT, EDGES = 1024, 255  # up to EDGES replicates have exact quantiles
Row = dict[str, str | float | None]


def summarise(parts: Iterable[np.ndarray], words: Words = NEUTRAL) -> list[Row]:
    """Summarise means over days, float32 [r, k] part by part, as one row for each series.

    Replicates that failed are rows of NaN and count for nothing. `quantile_error` is the farthest that any of the three
    quantiles may be from the exact one of these replicates.

    Parameters
    ----------
    parts : Iterable[ndarray]
        Means over days, float32 [r, k], part by part.
    words : Mapping[str, str], optional
        Words of the case, with which definitions are filled.

    Returns
    -------
    list[Row]
    """
    statistics: moments.StreamingMoments | None = None
    first: list[np.ndarray] = []
    for means in parts:
        if statistics:
            statistics.add(means)
            continue
        first.append(means)
        if sum(map(len, first)) >= PILOT:
            statistics = begin(np.concatenate(first))
            statistics.add(np.concatenate(first))
    if statistics is None:
        statistics = begin(np.concatenate(first))
        statistics.add(np.concatenate(first))
    return rows(statistics, words)


def begin(means: np.ndarray) -> moments.StreamingMoments:
    """Empty streaming moments of means over days; their edges come from the first PILOT replicates, so that shards play no part.

    Parameters
    ----------
    means : ndarray [r, k]
        Means over days of every recorded series.

    Returns
    -------
    moments.StreamingMoments
    """
    return moments.from_pilot(means[:PILOT], EDGES)


def rows(statistics: moments.StreamingMoments, words: Words = NEUTRAL) -> list[Row]:
    """One row for each series from the streaming moments of cells [k].

    Parameters
    ----------
    statistics : moments.StreamingMoments
        Streaming moments of one cell for each recorded series.
    words : Mapping[str, str], optional
        Words of the case, with which definitions are filled.

    Returns
    -------
    list[Row]
    """
    mean, sd = statistics.mean_and_sd()
    quantiles = [statistics.quantile(p) for p in (0.05, 0.5, 0.95)]
    errors = np.max([error for _, error in quantiles], axis=0)
    result: list[Row] = []
    for k, name in enumerate(SERIES):
        quantity = QUANTITIES[name]
        numbers = (mean[k], sd[k], *(value[k] for value, _ in quantiles), errors[k])
        texts = (name, quantity.unit, fill(quantity.definition, words))
        result.append(dict(zip(HEADS, (*texts, *map(_plain, numbers)))))
    return result


def to_csv(table: list[Row]) -> bytes:
    """The rows as a CSV file; absent numbers are blank.

    Parameters
    ----------
    table : list[Row]
        One row for each recorded series.

    Returns
    -------
    bytes
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue().encode()


def read(data: bytes) -> list[Row]:
    """Rows from the bytes of a CSV file that `to_csv` made.

    Parameters
    ----------
    data : bytes
        The file's contents.

    Returns
    -------
    list[Row]
    """
    rows = csv.DictReader(io.StringIO(data.decode(), newline=""))
    return [{k: v if k in HEADS[:3] else float(v) if v else None for k, v in row.items()} for row in rows]


def _plain(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
