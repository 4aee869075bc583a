"""Search: bundles of levers that no other bundle tried beats on harm, every harm and every explanation by itself.

Comes in: a case, posterior draws and a budget. Goes out: what was tried, and a comparison of what is proposed on other random numbers.

Files, in reading order:

- `bundle.py`: bundles on a grid of strengths, and their neighbours
- `archive.py`: what was tried, which of it stands, and what to try next
- `run.py`: batches on the same draws and the same random numbers, and the comparison of what is proposed
"""
