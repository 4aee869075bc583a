"""Ensemble: many replicates of one explanation, run in chunks and handed over as a dataset or as a few statistics.

Comes in: a case, an explanation, a number of replicates and a seed. Goes out: an xarray Dataset with units, or the statistics [r, k] that
the evidence asks for.

Files, in reading order:

- `keys.py`: the key of a random stream is a hash of the seed and of what the stream is for
- `design.py`: the parameters and the demand of every replicate, from standard-normal coordinates
- `streams.py`: which random numbers a replicate draws from, over which days
- `outcomes.py`: recorded series by name, with the status of every replicate
- `memory.py`: series that the machine cannot hold are refused first
- `run.py`: `interlope.simulate`, and the runs that keep statistics only
- `paired.py`: the same replicates without an event, on the same random numbers
- `moments.py`: moments and quantiles cell by cell, accumulated in constant memory
- `weighted.py`: quantiles of weighted replicates
"""
