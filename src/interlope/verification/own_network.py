"""Own network: the rows of Prieto-Curiel, Campedelli & Hope (2023) on a network of the user's own."""
from __future__ import annotations

from functools import cache

import numpy as np

from ..scenario.network import Network
from . import estimates
from .published import prieto_curiel
from .row import Row, Trial

_MOST = 185000.0


def rows_of(network: Network) -> tuple[Row, ...]:
    """Size after ten years and the signs of policies, beside what was published for a network of 150 groups in Mexico."""

    @cache
    def changes(trial: Trial) -> dict[str, np.ndarray]:
        return prieto_curiel.change(trial, network.members, network.hostility)

    words = f"own network of {len(network.names)}"
    size = Row("network-size", f"members after ten years, {words}", "160,000 to 185,000 in 2022", 160000.0, _MOST, "persons",
               "prietocuriel2023", "the published range", lambda trial: estimates.mean(
                   changes(trial)["start"][:, 1], f"{changes(trial)['start'][:, 0].mean():.0f} deaths a week"), 0.02 * _MOST)
    return (size, *prieto_curiel.signs("network", changes, words, "sign"))
