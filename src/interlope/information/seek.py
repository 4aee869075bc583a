"""Seek: what further evidence is expected to teach, for every candidate that the case declares and for every claim that is weighed."""
from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from interlope.arguments import read_kind, read_listener, read_probabilities, read_whole
from interlope.dossier.source import Root, Source
from interlope.ensemble import run as ensemble
from interlope.inference import likelihood
from interlope.inference.evidence.odds import word
from interlope.inference.fitting.posterior import Fits, chances
from interlope.inference.likelihood import LikelihoodPlan
from interlope.information import decision, gain
from interlope.information.candidate import Columns, Setup, evaluate, needs
from interlope.information.replicates import Replicates, Weighted, draw, of_posterior, simulate
from interlope.policy.comparison import Comparison
from interlope.quantities import Reduction
from interlope.results.comparison import CompareResult
from interlope.results.seek import SeekResult
from interlope.scenario.binding import Binding
from interlope.scenario.candidates import Candidate
from interlope.scenario.case import Case
from interlope.scenario.given import CaseLike, read_case
from interlope.scenario.identity import require_case, require_fit

EACH = {"quick": 200, "thorough": 600}  # replicates of each explanation, by mode
MOST = 100_000  # replicates of each explanation that are scored in one another's place
LETTER = "B"  # of the independent source that is asked again about a claim


def seek(case: CaseLike, fits: Fits, comparison: Comparison | None = None, *, seed: int = 7, each: int = EACH["quick"],
         progress: Callable[[int, int], None] | None = None) -> SeekResult:
    """Find what evidence would teach most about the explanations, and whether it would change a choice.

    Parameters
    ----------
    case : Case, str or Path
        The case, with its candidates; see `interlope.load`. Or its name or folder.
    fits : Fits
        Its fit; see `interlope.fit`.
    comparison : Comparison, optional
        The options compared, for the value of evidence to a decision; see `interlope.compare`.

    Other Parameters
    ----------------
    seed : int, default 7
        Seed of what is drawn.
    each : int, default 200
        Replicates of each explanation.
    progress : callable
        Called with (replicates done, replicates in all) while some are run again; nobody is told when None.

    Returns
    -------
    SeekResult
        Expected information gain of every candidate in nats with its Monte Carlo error, what its outcomes do to the odds, and the
        value of the evidence for the choice of an option.

    Raises
    ------
    BadInput
        When fit and comparison are not of this case, as known on the same day, or an argument is of another kind.
    RunFailed
        When replicates cannot be run to the last day that is asked about.

    Examples
    --------
    >>> import interlope as il
    >>> case = il.load("toy")
    >>> result = il.seek(case, il.fit(case, seed=7), seed=7, each=100)
    >>> result.candidates[0].gain < result.doubt
    True
    """
    case, tell = read_case(case), read_listener("progress", progress, ("done", "total"))
    read_kind("fits", fits, Fits, "a fit (see interlope.fit)")
    if comparison is not None:
        read_kind("comparison", comparison, Comparison, "the options compared (see interlope.compare), or None")
    for what, origin in (("fit", fits.origin), ("comparison", comparison.origin if comparison else None)):
        require_case(case.identity, what, origin)
        require_fit(fits.origin, what, origin)
    weighted = {name: of_posterior(p) for name, p in fits.posteriors.items()}
    compared = comparison.to_record() if comparison is not None else None
    return run(case, weighted, chances(fits), compared, seed=seed, each=each, progress=tell)


def run(case: Case, weighted: Mapping[str, Weighted], probability: Mapping[str, float], compared: CompareResult | None = None, *,
        seed: int = 7, each: int = EACH["quick"], threads: int | None = None,
        progress: Callable[[int, int], None] = ensemble.nothing) -> SeekResult:
    """Evaluate every candidate from weighted replicates, as a fit holds them or as a study stored them.

    Parameters
    ----------
    case : Case
        As known on the day of the fit.
    weighted : mapping of str to Weighted
        Weighted replicates by explanation.
    probability : mapping of str to float
        Probability of each explanation.
    compared : CompareResult, optional
        Options compared.
    seed, each, threads, progress
        As in `seek`.

    Returns
    -------
    SeekResult
    """
    seed, each = read_whole("seed", seed), read_whole("each", each, 2 * gain.BLOCKS, MOST)
    chance = read_probabilities("probability", probability, case.hypotheses)
    usable = {n: w for n, w in weighted.items() if w.weight.any() and chance.get(n, 0.0) > 0}
    prior = np.array([chance[n] for n in usable])
    prior = prior / prior.sum() if len(prior) else prior
    notes = [f"'{n}' is left out: no replicate of it carries any weight" for n in weighted if n not in usable]
    if len(usable) < 2:
        return SeekResult(doubt=0.0, probabilities=dict(zip(usable, prior.tolist())), leader=next(iter(usable), ""), word="", replicates=0,
                          candidates=[], notes=[*notes, "fewer than two explanations are left, and there is nothing to tell apart"])
    binding = Binding(case)
    plan = likelihood.make_plan(case, binding)
    replicates = draw(usable, each, seed)
    candidates = [*case.candidates, *ask_again(plan)]
    columns, anew = _columns(case, binding, replicates, [r for c in candidates for r in needs(case, c)], threads, progress)
    setup = Setup(case, plan, likelihood.terms(plan, replicates.statistics), replicates, prior, columns, anew, seed)
    evaluations = sorted((evaluate(setup, c) for c in candidates), key=lambda e: -(e.record.gain or 0.0))
    losses = decision.list_losses(compared, replicates.names)
    leader = int(prior.argmax())
    return SeekResult(
        doubt=gain.entropy(prior), probabilities=dict(zip(replicates.names, prior.tolist(), strict=True)),
        leader=replicates.names[leader], word=word(float(prior[leader])), replicates=each, notes=notes,
        candidates=[e.record for e in evaluations],
        perfect=[decision.value_perfect(loss, prior, replicates.names, seed) for loss in losses],
        sample=[decision.value_sample(loss, e.candidate, e.predictive, prior, seed) for loss in losses for e in evaluations])


def ask_again(plan: LikelihoodPlan) -> list[Candidate]:
    """For each weighed claim, an independent source of letter B that is asked the same question."""
    candidates = []
    for claim in plan.claims:
        name = f"again-{claim.id}"
        source = Source(name, "an independent source", "", LETTER, "", None, name)
        root = Root(name, name, date.min, claim.paraphrase, "none", None, 1.0)
        plain = claim.interpretations[0]._replace(chance=1.0)
        asked = replace(claim, id=name, root=name, chain=(), channels=(), interpretations=(plain,), distortion=0.0)
        candidates.append(Candidate(name, f"asked again: {claim.paraphrase}", 0, question=asked, root=root, source=source, letter=LETTER,
                                    automatic=True))
    return candidates


def _columns(case: Case, binding: Binding, replicates: Replicates, wanted: Sequence[Reduction], threads: int | None,
             progress: Callable[[int, int], None]) -> tuple[Columns, frozenset[Reduction]]:
    """Statistics of the replicates by reduction: those of the fit where it holds them, else simulated, all in one run."""
    place = {r: i for i, r in enumerate(binding.reductions) if r.end <= case.as_of}
    anew = list(dict.fromkeys(r for r in wanted if r not in place))
    further = simulate(case, replicates, anew, threads=threads, progress=progress) if anew else np.empty((len(replicates), 0))
    for i, reduction in enumerate(anew):
        place[reduction] = replicates.statistics.shape[1] + i
    every = np.hstack([replicates.statistics, further])
    return (lambda reductions: every[:, [place[r] for r in reductions]]), frozenset(anew)
