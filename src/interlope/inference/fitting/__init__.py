"""Fitting: a case's explanations as a sampling problem, and what one fit knows.

Comes in: a case, a seed, an effort. Goes out: `Fits`, one posterior of weighted replicates for each explanation, and `Draws` to run options
on.

Files, in reading order:

- `checkpoints.py`: the days on which paths are weighed while they run
- `paths.py`: the simulator as the world that the sampler runs
- `calibrate.py`: `interlope.fit`
- `posterior.py`: posteriors, resampling, and `interlope.draws`
"""
