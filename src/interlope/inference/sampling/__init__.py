"""Sampling: evidence and posterior of several explanations of the same data, by sequential Monte Carlo guided by a surrogate.

Comes in: a `Problem`: priors, a world that runs paths from checkpoint to checkpoint, a likelihood, a budget. Goes out: weighted populations
of particles and the log evidence of each explanation. No case, claim or market is known here.

Files, in reading order:

- `problem.py`: what is given
- `sampler.py`: the whole method in order: `training.py` (waves that teach the surrogate), `particles.py` (one population of paths),
  `allocation.py` (how many populations each explanation gets); `context.py`: what these share
- `smc.py`: weighted particles, systematic resampling
- `surrogate.py`: a regression that forecasts a path's statistics from its parameters
- `laplace.py`, `chains.py`, `proposal.py`: where paths begin: mode and curvature of the surrogate posterior, Markov chains from it, and the
  mixture proposal with its exact weight
- `lookahead.py`: expected likelihood of what is not yet complete at a checkpoint
- `population.py`, `importance.py`: independent populations, effective sample size, Pareto k, the error of log evidence
"""
