"""Recovery: whether the method finds truths that it is shown, and whether its probabilities are right as often as they say.

Comes in: a case and an effort. Goes out: a `RecoverySummary` over data sets that were drawn from the priors and the likelihood itself and
fitted as a user would fit them, unless a budget stops it (simulation-based calibration: Talts et al. 2018; Modrak et al. 2023).

Files, in reading order:

- `truth.py`: one truth, its replicate, and the case as its data set tells it
- `ranks.py`: where a truth lies in a posterior
- `series_alone.py`: the odds that the official series alone would give
- `trial.py`: one data set drawn, fitted and recorded
- `processes.py`, `run.py`: many of them on all cores, each stored at once; what a stopped run has finished is taken up
- `scores.py`: truth against choice, reliability, proper scores, coverage
- `uniformity.py`: simultaneous bands for the distribution of ranks, and a test
- `summary.py`: all of it in one record
"""
