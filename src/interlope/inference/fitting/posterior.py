"""Posterior: what one fit knows, explanation by explanation, as weighted replicates with all that they were simulated from."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from interlope import manifest
from interlope.arguments import MANY, read_kind, read_truth, read_whole
from interlope.ensemble import keys
from interlope.ensemble.design import Design
from interlope.ensemble.streams import Streams
from interlope.errors import DiagnosticsFailed
from interlope.inference.likelihood import LikelihoodPlan, Terms
from interlope.inference.sampling import importance
from interlope.inference.sampling.importance import LEAST_EFFECTIVE, Ancestry, EvidenceEstimate
from interlope.inference.sampling.problem import Effort
from interlope.scenario.binding import Binding
from interlope.scenario.case import Case
from interlope.scenario.identity import Origin

if TYPE_CHECKING:
    import pandas as pd


EXPECTED = "a fit (see interlope.fit)"


@dataclass(frozen=True, eq=False)
class Posterior:
    """Weighted replicates of one explanation.

    Attributes
    ----------
    hypothesis, gloss : str
        Name and gloss as in its file.
    prior_odds : float
        Prior odds as in its file.
    design : Design
        Parameters and innovations of n replicates.
    statistics : ndarray
        Summary statistics [n, m] in the order of the binding.
    terms : Terms
        Their log likelihood in parts.
    log_prior : ndarray
        Log weight without the likelihood [n].
    log_likelihood : ndarray
        Log likelihood [n], -inf where a replicate failed.
    streams : Streams
        Random streams of each replicate; running `design` again along them gives the same paths, bit for bit.
    ancestry : Ancestry
        Independent point that each replicate descends from; replicates that share a point are not counted twice.
    checkpoint_k : float
        Pareto k of the weights at the checkpoints.
    costs : ndarray
        Relative variance of one population's estimate from selecting its first points, then from every step between checkpoints
        [1 + steps].
    populations : ndarray
        Log evidence by independent population [p].
    failed : float
        Part of the replicates that did not complete.
    """

    hypothesis: str
    gloss: str
    prior_odds: float
    design: Design
    statistics: np.ndarray
    terms: Terms
    log_prior: np.ndarray
    log_likelihood: np.ndarray
    streams: Streams
    ancestry: Ancestry
    checkpoint_k: float
    costs: np.ndarray
    populations: np.ndarray
    failed: float

    @property
    def log_weight(self) -> np.ndarray:
        """Log weights [n], not normalised: their mean is the evidence."""
        return self.log_prior + self.log_likelihood

    @property
    def weight(self) -> np.ndarray:
        """Weights [n] that sum to 1; all zero where no replicate has any."""
        if not np.isfinite(self.log_weight.max()):
            return np.zeros(len(self.log_weight))
        return importance.normalise(self.log_weight)

    def evidence(self, log_weight: np.ndarray | None = None) -> EvidenceEstimate:
        """Evidence from these weights [n], the posterior's own when None."""
        if log_weight is not None:
            return importance.evidence(log_weight, self.ancestry)
        evidence = importance.evidence(self.log_weight, self.ancestry)
        return replace(evidence, pareto_k=max(evidence.pareto_k, self.checkpoint_k))


@dataclass(frozen=True, eq=False)
class Fits:
    """A fit of all explanations of a case.

    Attributes
    ----------
    case : Case
        The case as known on its `as_of`.
    binding : Binding
        Column of the statistics for each number of the dossier.
    plan : LikelihoodPlan
        What enters the likelihood.
    posteriors : mapping of str to Posterior
        Weighted replicates by explanation.
    common : tuple of str
        Parameters that all explanations share.
    months : int
        Number of inferred monthly innovations.
    effort : Effort
        How much was simulated.
    seed : int
        Seed that everything followed from.
    model_digest : str
        Hash of the simulator's source.
    ends : tuple of int
        Day after each checkpoint, as the simulator counts days.
    replicates : int
        Replicates simulated in all, training included.
    seconds : float
        Wall time of the fit [s].
    """

    case: Case
    binding: Binding
    plan: LikelihoodPlan
    posteriors: Mapping[str, Posterior]
    common: tuple[str, ...]
    months: int
    effort: Effort
    seed: int
    model_digest: str
    ends: tuple[int, ...]
    replicates: int
    seconds: float

    @property
    def origin(self) -> Origin:
        """The case it was made from, and an id: same case, seed, effort, populations and model give the same."""
        populations = {name: len(p.populations) for name, p in self.posteriors.items()}
        settings = {"as_of": self.case.as_of.isoformat(), "effort": asdict(self.effort), "populations": populations}
        return Origin(self.case.identity, manifest.run_id({"case": self.case.sha256}, self.model_digest, self.seed, settings))

    def __repr__(self) -> str:
        return (f"<Fits of {self.case.name!r}: {', '.join(self.posteriors)}; {self.replicates:,} replicates, seed {self.seed}, "
                f"as known on {self.case.as_of}>")

    def _repr_html_(self) -> str:
        """A row for each explanation: log evidence with its standard error, effective number of points, Pareto k."""
        from interlope.results.tabular import draw_figures, write_html

        rows = []
        for name, posterior in self.posteriors.items():
            e = posterior.evidence()
            rows.append({"explanation": name, "log_z": e.log_z, "error": e.error, "effective": e.effective, "pareto_k": e.pareto_k})
        title = f"Fit of {self.case.name}, as known on {self.case.as_of}: {self.replicates:,} replicates"
        return write_html(title, rows) + draw_figures(self)


@dataclass(frozen=True, eq=False)
class Draws:
    """Equally weighted posterior draws, by explanation.

    Attributes
    ----------
    hypothesis : ndarray
        Name of the explanation of each draw [n].
    values : dict of str to ndarray
        Value of each parameter [n].
    innovations : ndarray
        Monthly innovations [n, months], NaN after the fitted months.
    streams : Streams
        Random streams that reproduce each draw's past.
    point : ndarray
        Independent point that each draw descends from [n].
    chance : dict of str to float
        Probability of each explanation given the evidence.
    weak : dict of str to str
        Why the draws of an explanation must not be relied on, by its name.
    origin : Origin
        Case and fit that they were drawn from; None where that is not known.
    """

    hypothesis: np.ndarray
    values: dict[str, np.ndarray]
    innovations: np.ndarray
    streams: Streams
    point: np.ndarray
    chance: dict[str, float]
    weak: dict[str, str]
    origin: Origin | None = None

    def __len__(self) -> int:
        return len(self.point)

    def __repr__(self) -> str:
        """One line in place of all arrays."""
        names, counts = np.unique(self.hypothesis, return_counts=True)
        return f"<Draws: {', '.join(f'{n} of {name}' for name, n in zip(names, counts))}; {len(self.values)} parameters>"

    def to_dataframe(self) -> pd.DataFrame:
        """The draws as a pandas data frame: a row each, with its explanation, the point it descends from, and a column a parameter.

        Returns
        -------
        pandas.DataFrame
            Parameters in their own units; see `interlope params`.
        """
        import pandas

        return pandas.DataFrame({"explanation": self.hypothesis, "point": self.point, **self.values})

    def _repr_html_(self) -> str:
        """A row for each explanation: draws, independent points behind them, probability."""
        from interlope.results.tabular import draw_figures, write_html

        rows = [{"explanation": name, "draws": int((self.hypothesis == name).sum()),
                 "points": len(np.unique(self.point[self.hypothesis == name])), "probability": chance}
                for name, chance in self.chance.items()]
        return write_html(f"{len(self)} posterior draws of {len(self.values)} parameters", rows) + draw_figures(self)


def chances(fits: Fits) -> dict[str, float]:
    """Probability of each explanation, prior odds times evidence."""
    log_odds = [np.log(p.prior_odds) + importance.log_mean(p.log_weight) for p in fits.posteriors.values()]
    return dict(zip(fits.posteriors, importance.softmax(np.array([log_odds]))[0].tolist()))


def draws(fits: Fits, n: int, seed: int, *, strict: bool = False) -> Draws:
    """Resample replicates by weight, equally many for every explanation, to run options on.

    Parameters
    ----------
    fits : Fits
        Weighted replicates of every explanation; see `interlope.fit`.
    n : int
        Draws for each explanation.
    seed : int
        Seed of the resampling.

    Other Parameters
    ----------------
    strict : bool, default False
        Raise an error, instead of marking them in `weak`, where explanations have an effective sample size below 50.

    Returns
    -------
    Draws
        Parameters, demand and random streams of the replicates that were drawn, with the probability of every explanation.

    Raises
    ------
    BadInput
        When `fits` is no fit, or `n`, `seed` or `strict` of another kind or out of its range.
    DiagnosticsFailed
        With `strict`, when an explanation has fewer than 50 effective points; always, when it has none at all.

    Examples
    --------
    >>> import interlope as il
    >>> fits = il.fit(il.load("toy"), seed=7)
    >>> len(il.draws(fits, 10, seed=7).hypothesis)
    20
    """
    read_kind("fits", fits, Fits, EXPECTED)
    n, seed, strict = read_whole("n", n, 1, MANY), read_whole("seed", seed), read_truth("strict", strict)
    rows, weak = {}, {}
    for name, p in fits.posteriors.items():
        size = p.evidence().effective
        if size < LEAST_EFFECTIVE:
            weak[name] = (
                f"{size:.0f} effective points of '{name}', at least {LEAST_EFFECTIVE:.0f} needed; "
                "spend more replicates with --budget"
            )
            if strict or size == 0.0:
                raise DiagnosticsFailed(weak[name])
        generator = keys.stream(seed, "draws", name)
        rows[name] = importance.systematic(p.weight, n, generator.random())
    ps = fits.posteriors
    first = next(iter(ps.values()))
    bases = np.cumsum([0, *(len(p.ancestry.population) for p in ps.values())])
    return Draws(
        np.concatenate([np.full(len(at), name) for name, at in rows.items()]),
        {k: np.concatenate([ps[h].design.values[k][at] for h, at in rows.items()]) for k in first.design.values},
        np.concatenate([ps[h].design.innovations[at] for h, at in rows.items()]),
        Streams(first.streams.seed, np.concatenate([ps[h].streams.ids[at] for h, at in rows.items()]), first.streams.changes),
        np.concatenate([base + ps[h].ancestry.point[at] for base, (h, at) in zip(bases, rows.items())]),
        chances(fits),
        weak,
        fits.origin,
    )
