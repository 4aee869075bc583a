"""Weigh: which explanation the evidence favours, by how much, how surely, and what that rests on.

A result is shown as resolved only if every gate passes. No headline is given where one root alone carries it.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from interlope.arguments import read_choice, read_kind
from interlope.dossier.provenance import list_graded
from interlope.dossier.source import LETTERS
from interlope.errors import BadInput
from interlope.inference import likelihood
from interlope.inference.evidence import gates, odds
from interlope.inference.evidence.gates import Gate
from interlope.inference.evidence.odds import BayesFactor, ModelProbabilities, model_probabilities, word
from interlope.inference.fitting.posterior import EXPECTED, Fits
from interlope.inference.sampling.importance import LEAST_EFFECTIVE
from interlope.results.envelope import Reason
from interlope.results.forecast import HeldOut
from interlope.results.weighing import WeighResult

if TYPE_CHECKING:
    import pandas as pd

LEAST_LIKELY = 0.55  # the probability from which ICD 203 says "likely"


@dataclass(frozen=True)
class RootWeight:
    """What one root contributes: log Bayes factors by pair, and probabilities of the explanations without it."""

    id: str
    factors: dict[str, BayesFactor]
    without: ModelProbabilities


class ReportSource(NamedTuple):
    """The source whose letter the answer is shown against; `stated` by the case, or else that of the root that moves the odds most."""

    id: str
    stated: bool


@dataclass(frozen=True, eq=False)
class Verdict:
    """The answer of a fit.

    Attributes
    ----------
    models : ModelProbabilities
        Log evidences, probabilities and log Bayes factors, with their errors.
    gates : dict
        Checks of the calculation by explanation.
    roots : tuple of RootWeight
        What each root contributes.
    report_source : ReportSource
        The source whose letter the curve varies; None where no claim is weighed.
    curve : dict
        Model probabilities by letter of that source.
    naive : ModelProbabilities
        Those if every outlet were independent.
    reasons : tuple of Reason
        Why it is not resolved; empty when it is.
    headline : str
        None when not resolved or withheld, and where a single explanation is compared with nothing.
    withheld : tuple of str
        Root and reason when one root carries the answer, resolved or not.
    """

    fits: Fits
    models: ModelProbabilities
    gates: dict[str, tuple[Gate, ...]]
    roots: tuple[RootWeight, ...]
    report_source: ReportSource | None
    curve: dict[str, ModelProbabilities]
    naive: ModelProbabilities
    reasons: tuple[Reason, ...]
    headline: str | None
    withheld: tuple[str, str] | None

    @property
    def status(self) -> str:
        """"ok" or "not_resolved"."""
        return "not_resolved" if self.reasons else "ok"

    def without(self, *, root: str = "", source: str = "", claim: str = "") -> ModelProbabilities:
        """The model probabilities without one root, without every root of one source, or without one claim.

        Raises
        ------
        BadInput
            When nothing of that name enters the likelihood, or not exactly one name is given.
        """
        book, roots = self.fits.case.book, likelihood.roots(self.fits.plan)
        sources = {r: book.roots[r].source for r in roots if r in book.roots}
        among = {"root": tuple(roots), "source": tuple(dict.fromkeys(sources.values())), "claim": tuple(self.fits.plan.columns)}
        given = (("root", root), ("source", source), ("claim", claim))
        named = [(what, name) for what, name in given if not (isinstance(name, str) and not name)]
        if len(named) != 1:
            raise BadInput(f"without {' and '.join(what for what, _ in named) or 'nothing'}; expected one of root, source and claim")
        (what, name), = named
        read_choice(what, name, among[what])
        if what == "claim":
            return model_probabilities(self.fits, odds.without_claim(self.fits, name))
        left = [r for r in roots if name == (r if what == "root" else sources.get(r))]
        return model_probabilities(self.fits, odds.without(self.fits, *left))

    def regrade(self, source: str, letter: str) -> ModelProbabilities:
        """The model probabilities with another letter for one source.

        Raises
        ------
        BadInput
            When the case has no such source, its letter counts in no weighed claim, or there is no such letter.
        """
        read_choice("source", source, tuple(self.fits.case.book.sources))
        graded = list_graded(self.fits.case.book, self.fits.plan.claims)
        if source not in graded:
            raise BadInput(f"source = '{source}': no claim is weighed that it makes, or passes on with its letter; expected one of "
                           f"{', '.join(graded)}")
        read_choice("letter", letter, tuple(LETTERS))
        return model_probabilities(self.fits, odds.regraded(self.fits, source, letter))

    def to_record(self, heldout: HeldOut | None = None) -> WeighResult:
        """Everything that the verdict says as one record.

        Parameters
        ----------
        heldout : HeldOut, optional
            Forecasts of figures that the fit did not see (see `forecast.score`).

        Returns
        -------
        WeighResult
        """
        from interlope.inference.evidence import result

        if heldout is not None:
            read_kind("heldout", heldout, HeldOut, "forecasts of figures (see interlope.inference.checks.forecast), or None")
        return result.to_record(self, heldout)

    def to_dataframe(self, table: str = "") -> pd.DataFrame:
        """A table of the record as a pandas data frame: see `WeighResult.to_dataframe`."""
        return self.to_record().to_dataframe(table)

    def __repr__(self) -> str:
        chances = ", ".join(f"{name} {chance:.2f}" for name, chance in self.models.probability.items())
        odds = f"probabilities {chances}" if len(self.models.probability) > 1 else "one explanation, no probability"
        dropped = f"; left out: {', '.join(self.fits.plan.dropped)}" if self.fits.plan.dropped else ""
        return f"<Verdict on {self.fits.case.name!r}: {self.status.replace('_', ' ')}; {odds}{dropped}>"

    def _repr_html_(self) -> str:
        return self.to_record()._repr_html_()


def weigh(fits: Fits) -> Verdict:
    """Weigh the explanations of a fit against each other.

    Parameters
    ----------
    fits : Fits
        Weighted replicates of every explanation; see `interlope.fit`.

    Returns
    -------
    Verdict
        Probabilities with their Monte Carlo error, Bayes factors by root, and what they would be with other letters of the report's
        source; its `reasons` are empty only when every check of every explanation passed. A single explanation is compared with
        nothing: it has neither probability nor headline.

    Raises
    ------
    BadInput
        When `fits` is no fit.

    Examples
    --------
    >>> import interlope as il
    >>> verdict = il.weigh(il.fit(il.load("toy"), seed=7))
    >>> verdict.status
    'ok'
    """
    read_kind("fits", fits, Fits, EXPECTED)
    models = model_probabilities(fits)
    checks = {name: gates.check(p, p.evidence()) for name, p in fits.posteriors.items()}
    reasons = tuple(r for name, checked in checks.items() for r in gates.explain(fits, name, checked))
    alone = len(fits.posteriors) == 1
    roots = () if alone else tuple(_root(fits, root) for root in likelihood.roots(fits.plan))
    source = None if alone else report_source(fits, roots)
    curve = {}
    if source:
        curve = {letter: model_probabilities(fits, odds.regraded(fits, source.id, letter)) for letter in LETTERS}
    withheld = _withheld(models, roots, rough=bool(reasons))
    headline = None if reasons or withheld or alone else _headline(models)
    naive = model_probabilities(fits, odds.by_outlet(fits))
    return Verdict(fits, models, checks, roots, source, curve, naive, reasons, headline, withheld)


def report_source(fits: Fits, roots: Sequence[RootWeight]) -> ReportSource | None:
    """The source whose letter the curve varies.

    The one that the case names, where a claim of it is weighed; else that of the root with claims that moves the odds between two
    explanations most.
    """
    book = fits.case.book
    speaking = {claim.root for claim in fits.plan.claims}
    if fits.case.report in {book.roots[root].source for root in speaking}:
        return ReportSource(fits.case.report, True)
    moves = {r.id: max((abs(f.value) for f in r.factors.values()), default=0.0) for r in roots if r.id in speaking}
    return ReportSource(book.roots[max(moves, key=lambda root: moves[root])].source, False) if moves else None


def _root(fits: Fits, root: str) -> RootWeight:
    """What a root contributes to each pair: the log Bayes factor with it less the one without it."""
    left = odds.without(fits, root)
    models = model_probabilities(fits, left)
    factors = {}
    for a, b in odds.names_of_pairs(list(fits.posteriors)):
        factors[f"{a}/{b}"] = odds.contribution(fits, a, b, left)
    return RootWeight(root, factors, models)


def _withheld(models: ModelProbabilities, roots: tuple[RootWeight, ...], *, rough: bool) -> tuple[str, str] | None:
    """The root without which the leading explanation would no longer be likely, if there is one.

    Roots that leave too few points to re-weight are passed over, unless `rough`, and none that leaves enough carries the answer.
    """
    leader = models.leader
    now = models.probability[leader]
    if now < LEAST_LIKELY or not roots:
        return None
    turning = [r for r in roots if r.without.probability[leader] < LEAST_LIKELY]
    reliable = [r for r in turning if r.without.effective[leader] >= LEAST_EFFECTIVE / 2]
    worst = min(reliable or (turning if rough else []), key=lambda r: r.without.probability[leader], default=None)
    if worst is None:
        return None
    then = worst.without.probability[leader]
    text = f"without it {leader} falls from {now:.0%} ({word(now)}) to {then:.0%} ({word(then)})"
    return worst.id, text if reliable else f"{text}, roughly: few points are left without it"


def _headline(models: ModelProbabilities) -> str:
    leader = models.leader
    p = models.probability[leader]
    if p < LEAST_LIKELY:
        ranked = sorted(models.probability.items(), key=lambda item: -item[1])
        each = ", ".join(f"{name} {value:.0%}" for name, value in ranked)
        return f"the evidence does not tell the explanations apart: none is likely ({each})"
    low, high = models.low[leader], models.high[leader]
    return f"{leader} is {word(p)} ({p:.0%}, between {low:.0%} and {high:.0%} for the error of the calculation)"
