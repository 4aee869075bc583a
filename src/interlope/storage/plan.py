"""Plan: an ensemble as it was asked for, cut into shards whose bytes depend on nothing but the plan and their number."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, PositiveInt

from interlope import manifest
from interlope.arguments import read_whole
from interlope.ensemble import design, keys
from interlope.ensemble.design import Design
from interlope.ensemble.outcomes import DETAIL
from interlope.errors import BadInput, nearest
from interlope.jit.compile import digest
from interlope.model.simulate import DEVICES
from interlope.quantities import SERIES
from interlope.scenario.case import Case

LISTED = 8  # names that a message gives as examples
SHARD = 250  # replicates a shard holds unless another size is asked for


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything that may change the bytes of an ensemble, and nothing else.

    Attributes
    ----------
    case : Case
        The case.
    hypothesis : str
        Name of an explanation.
    draws : int
        Number of replicates.
    seed : int
        Seed of the draws and of the random streams.
    days : int
        Number of days simulated.
    by : str
        "" totals, "sector" or "class" for that detail.
    series : tuple[str, ...]
        Series stored, by name.
    shard : int
        Replicates in a shard.
    summary : bool
        Keep statistics by day instead of the daily series of every replicate.
    device : str
        "cpu", or "cuda" for a graphics card.
    """

    case: Case
    hypothesis: str
    draws: int
    seed: int
    days: int
    by: str
    series: tuple[str, ...]
    shard: int
    summary: bool
    device: str = "cpu"

    @property
    def shards(self) -> int:
        """Number of shards."""
        return -(-self.draws // self.shard)

    @property
    def key(self) -> int:
        """Seed of the random streams, 63 bits."""
        return keys.integer(self.seed, "simulate")

    @property
    def settings(self) -> dict[str, Any]:
        """What was asked for, as it enters the run's name and its manifest."""
        return {
            "kind": "ensemble",
            "explanation": self.hypothesis,
            "draws": self.draws,
            "days": self.days,
            "by": self.by,
            "series": "all" if self.series == SERIES else list(self.series),
            "shard": self.shard,
            "summary": self.summary,
            "as_of": self.case.as_of.isoformat(),
            **({} if self.device == "cpu" else {"device": self.device}),
        }

    @property
    def run_id(self) -> str:
        """Eight hex digits that name the run."""
        return manifest.run_id({"case": self.case.sha256}, digest(), self.seed, self.settings)

    @property
    def totals(self) -> tuple[str, ...]:
        """Series of the plan that are not recorded in the detail it asks for, and are stored as totals."""
        return tuple(name for name in self.series if name not in DETAIL[self.by]) if self.by else ()

    def rows(self, index: int) -> tuple[int, int]:
        """First replicate of a shard, and the one after its last."""
        return index * self.shard, min((index + 1) * self.shard, self.draws)

    def design(self, index: int) -> Design:
        """Parameters and demand of a shard's replicates."""
        return design.rows(self.case, self.hypothesis, *self.rows(index), self.seed)


class EnsembleSettings(BaseModel):
    """The settings in the manifest of an ensemble, as `Plan.settings` writes them."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kind: Literal["ensemble"]
    explanation: str
    draws: int
    days: PositiveInt
    by: str
    series: Literal["all"] | list[str]
    shard: int
    summary: bool
    as_of: str
    device: str = "cpu"


def plan(
    case: Case,
    hypothesis: str,
    draws: int,
    seed: int,
    *,
    days: int | None = None,
    by: str = "",
    series: Iterable[str] = (),
    shard: int = SHARD,
    summary: bool = False,
    device: str = "cpu",
) -> Plan:
    """Plan an ensemble.

    Parameters
    ----------
    case : Case
        The case.
    hypothesis : str
        Name of an explanation.
    draws : int
        Number of replicates.
    seed : int
        Any whole number.

    Other Parameters
    ----------------
    days : int or None, optional
        Number of days from the case's start; all when None.
    by : str, default ''
        "sector" or "class" for that detail.
    series : Iterable[str], optional
        Recorded series to keep; all when empty.
    shard : int, optional
        Replicates in a shard.
    summary : bool, default False
        Keep statistics by day only.
    device : str, default 'cpu'
        "cpu", or "cuda" for a graphics card.

    Raises
    ------
    BadInput
        For a name that is not known, a count out of range, detail in a summary, or a graphics card that is not there.
    """
    if device not in DEVICES:
        raise BadInput(f"--device {device}: expected {' or '.join(DEVICES)}")
    if device == "cuda":
        from interlope.model.cuda import check

        check()
    case.parameters(hypothesis)
    if by not in DETAIL:
        raise BadInput(f"--by {by}: expected 'sector' or 'class'")
    if by and summary:
        raise BadInput("--summary with --by: expected one of them; a summary is of totals")
    if not 1 <= draws < 1 << 32:
        raise BadInput(f"{draws} replicates: expected 1 to {(1 << 32) - 1}")
    if not 1 <= shard <= 100_000:
        raise BadInput(f"shards of {shard} replicates: expected 1 to 100000")
    asked = tuple(series) or SERIES
    for name in asked:
        if name not in SERIES:
            named = "expected recorded series, as in: interlope odd CASE"
            raise BadInput(f"series '{name}' unknown; {named}; {nearest(name, SERIES)}".rstrip("; "))
    if by and not set(asked) & set(DETAIL[by]):
        raise BadInput(f"--by {by} with --series {', '.join(asked)}: none of them is recorded by {by}; expected one such as "
                       f"{', '.join(DETAIL[by][:LISTED])}, or no --by")
    longest = case.setting().days
    ordered = tuple(name for name in SERIES if name in asked)
    days = longest if days is None else read_whole("days", days, 1, longest)
    return Plan(case, hypothesis, draws, seed, days, by, ordered, shard, summary, device)


def unequal(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Say how two records differ, entry by entry.

    Parameters
    ----------
    then : Mapping[str, Any]
        The record of then.
    now : Mapping[str, Any]
        The record of now.

    Returns
    -------
    list[str]

    Examples
    --------
    >>> unequal({"draws": 10, "seed": 7}, {"draws": 20, "seed": 7})
    ['draws 10, now 20']
    """
    names = [*then, *(n for n in now if n not in then)]
    return [f"{n} {then.get(n, 'absent')}, now {now.get(n, 'absent')}" for n in names if then.get(n) != now.get(n)]
