"""Run: screening over all factors, a choice of those that matter, and their shares of the variance."""
from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np

from interlope import manifest
from interlope.arguments import nothing
from interlope.model.simulate import digest
from interlope.policy.outcome import Outcome
from interlope.policy.sensitivity import indices
from interlope.policy.sensitivity.evaluate import Evaluated, World, evaluate
from interlope.policy.sensitivity.factors import EXPLANATION, RANDOM_NUMBERS, Factors, list_factors
from interlope.policy.sensitivity.indices import Effect, Share
from interlope.policy.sensitivity.measured import pick
from interlope.results.sensitivity import (
    DrivenOutcome,
    ElementaryEffect,
    SensitivityFactor,
    SensitivityMeasures,
    SensitivitySettings,
    VarianceShare,
)
from interlope.scenario.case import Case
from interlope.scenario.window import last_year
from interlope.storage.partial import Partial
from interlope.wording import Words, fill

STAGES = ("screen", "share")
DOES = {"screen": "screen every factor (Morris)", "share": "share the variance between those that matter (Sobol')"}
MATTERS = 0.2  # part of an outcome's largest effect that a factor must reach
MOST = 12  # parameters whose shares are computed
NOTES = (
    "effects are changes of an outcome while one factor moves over the central 95 % of its prior, all else as it happens to be",
    "shares are of the variance that the chosen factors make together over their whole priors; the others stay at their medians",
    "random numbers are the dummy factor: an effect or a share not larger than theirs is simulation noise",
    "priors are asked, not posteriors: what the evidence rules out still counts here",
)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Wanted:
    """What is asked for: everything that may change a result."""

    outcomes: tuple[str, ...] = ()
    trajectories: int = 24
    base: int = 128
    replicates: int = 3
    seed: int = 7
    screen_only: bool = False

    def __post_init__(self) -> None:
        if self.base < 2 or self.base & (self.base - 1):
            raise ValueError(f"base {self.base}; expected a power of two, such as 128")


def name_run(case: Case, wanted: Wanted) -> str:
    """The eight digits that name a run: equal inputs, model and settings give the same name."""
    settings = {**asdict(wanted), "as_of": case.as_of.isoformat()}
    return manifest.run_id({"case": case.sha256}, digest(), wanted.seed, {"sensitivity": settings})


def run(case: Case, wanted: Wanted | None = None, *, keep: Path, threads: int | None = None,
        progress: Progress = nothing, say: Callable[[str], None] = nothing) -> SensitivityMeasures:
    """Find out which parameters drive which outcomes.

    Parameters
    ----------
    case : Case
        A case.
    wanted : Wanted, optional
        Outcomes, sizes and seed; the defaults when None.
    keep : Path
        Folder for finished blocks; a run that was stopped goes on from it.
    threads : int, optional
        All cores when None.
    progress : callable
        Called with (stage, replicates done, replicates in all).
    say : callable
        Called with a sentence about every block that is damaged or of another run, and made again.

    Returns
    -------
    SensitivityMeasures

    Raises
    ------
    RunFailed
        When SALib is missing, or replicates do not complete.
    BadInput
        For an unknown outcome.
    """
    indices.require()
    wanted = wanted or Wanted()
    outcomes, factors = pick(wanted.outcomes), list_factors(case)
    blocks = Partial(keep, name_run(case, wanted), say)
    start, end = last_year(case)
    world = World(case.setting(end=end), case.day(start), wanted.replicates, wanted.seed, threads)
    began = time.perf_counter()
    progress("screen", 0, 0)
    grid = indices.screen_design(factors.names, wanted.trajectories, wanted.seed)
    points = indices.quantiles(grid)
    tell = partial(progress, "screen")
    screened = evaluate(factors, factors.names, points, outcomes, world, blocks, "screen", tell)
    effects = [indices.screen(factors.names, grid, screened.mean[:, k], wanted.seed) for k in range(len(outcomes))]
    progress("screen", 1, 1)
    chosen = choose(factors.names, effects)
    shares: list[list[Share | None]] = []
    shared = None
    if not wanted.screen_only:
        progress("share", 0, 0)
        design = indices.share_design(chosen, wanted.base, wanted.seed)
        shared = evaluate(factors, chosen, design, outcomes, world, blocks, "share", partial(progress, "share"))
        shares = [indices.share(chosen, shared.mean[:, k], wanted.seed) for k in range(len(outcomes))]
        progress("share", 1, 1)
    count = len(points) + (0 if shared is None else len(shared.mean))
    return SensitivityMeasures(
        window=[start.isoformat(), end.isoformat()],
        explanations=list(factors.explanations),
        settings=SensitivitySettings(**{**asdict(wanted), "outcomes": list(wanted.outcomes)}),
        replicates=count * wanted.replicates,
        seconds=round(time.perf_counter() - began, 1),
        factors=[SensitivityFactor(**f._asdict(), chosen=f.name in chosen) for f in factors.factors],
        outcomes=[_outcome(o, k, screened, shared, case.words) for k, o in enumerate(outcomes)],
        screening=_effects(factors, outcomes, effects),
        chosen=list(chosen),
        shares=[_share(name, outcomes[k].name, row[i]) for k, row in enumerate(shares) for i, name in enumerate(chosen)],
        failed=screened.failed + (shared.failed if shared else 0),
        notes=list(NOTES),
    )


def choose(names: Sequence[str], effects: Sequence[Sequence[Effect]]) -> tuple[str, ...]:
    """Factors worth a share: the random numbers, the explanation, and at most `MOST` parameters.

    A parameter counts for an outcome where its effect beats that of the random numbers and reaches a fifth of the largest one. Every
    outcome gives its strongest first, then every outcome its second, and so on, so that none goes without.
    """
    noise = names.index(RANDOM_NUMBERS)
    fixed = [n for n in (RANDOM_NUMBERS, EXPLANATION) if n in names]
    ranked: list[list[str]] = []
    for row in effects:
        size = np.array([e.size for e in row])
        top = float(np.delete(size, noise).max())
        order = sorted(range(len(names)), key=lambda i: -size[i])
        ranked.append([names[i] for i in order if names[i] not in fixed and size[i] > size[noise] and size[i] >= MATTERS * top])
    chosen: dict[str, None] = {}
    for place in range(max(map(len, ranked), default=0)):
        chosen |= dict.fromkeys(row[place] for row in ranked if place < len(row))
    return (*fixed, *list(chosen)[:MOST])


def _outcome(outcome: Outcome, k: int, screened: Evaluated, shared: Evaluated | None, words: Words) -> DrivenOutcome:
    return DrivenOutcome(
        name=outcome.name, unit=outcome.unit, meaning=fill(outcome.meaning, words), harm=outcome.harm,
        mean=float(screened.mean[:, k].mean()), sd=float(screened.mean[:, k].std()),
        noise_screening=float(screened.noise[k]), noise_shares=float(shared.noise[k]) if shared else None,
    )


def _effects(factors: Factors, outcomes: Sequence[Outcome], effects: Sequence[Sequence[Effect]]) -> list[ElementaryEffect]:
    noise = factors.names.index(RANDOM_NUMBERS)
    rows = []
    for outcome, row in zip(outcomes, effects, strict=True):
        top = max((e.size for i, e in enumerate(row) if i != noise), default=0.0)
        for i, (name, e) in enumerate(zip(factors.names, row, strict=True)):
            rows.append(ElementaryEffect(factor=name, outcome=outcome.name, **e._asdict(), relative=e.size / top if top > 0 else 0.0,
                                         above_noise=bool(i != noise and e.size - e.error > row[noise].size)))
    return rows


def _share(factor: str, outcome: str, share: Share | None) -> VarianceShare:
    """Indices of one factor for one outcome; None where the outcome does not vary."""
    indices = dict.fromkeys(Share._fields) if share is None else share._asdict()
    return VarianceShare(factor=factor, outcome=outcome, **indices)
