"""Inference: from a case's evidence to weighted replicates, their evidence (marginal likelihood) and the odds of the explanations.

Comes in: a case as known on a date, and a budget of simulation. Goes out: `Fits` (posteriors of every explanation) and `Weighed`
(probabilities with their error, reasons where a result is not resolved).

Files and folders, in reading order:

- `likelihood.py`: how likely all evidence is given a replicate's statistics, term by term and root by root, so that every what-if is a sum
- `left_out.py`: what cannot be weighed, and why
- `official.py`: the part of it that official figures give; `publication.py`: the figures that would be published at a replicate
- `generative.py`: claims and figures drawn from it
- `method.py`: which version of this code gave a fit
- `sampling/`: sequential Monte Carlo over any problem; knows no case
- `fitting/`: a case made into such a problem; `interlope.fit` and `interlope.draws`
- `checks/`: predictive checks, forecasts of held-out figures, what would tell two explanations apart
- `evidence/`: odds, gates and `interlope.weigh`
"""
