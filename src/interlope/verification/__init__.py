"""Verification: whether the simulated system behaves as its sources say, figure by figure.

Comes in: published figures and worlds reduced to the mechanisms they are about. Goes out: a row for each figure, theirs beside ours with
its Monte Carlo error, and whether it holds.

Files and folders, in reading order:

- `row.py`, `estimates.py`, `rendering.py`: one published figure, our estimate with its error, and how rows are shown
- `defaults.py`, `minimal.py`: a neutral world and minimal ones; `published/`: one file for each published result
- `measuring.py`: every row; `cartels.py`, `own_network.py`: a world as Prieto-Curiel et al. describe cartels, and their rows on a network
  of one's own
- `sanity.py`, `dynamics.py`, `tieout.py`: signs of effects, emergent patterns, reach of the priors
- `source.py`, `effects.py`: what every mechanism reads, writes and draws, read off its source
"""
