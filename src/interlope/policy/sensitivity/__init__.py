"""Sensitivity: which parameters drive which outcomes, by Morris screening first and Sobol' indices for those that matter.

Comes in: a case, a seed, sizes of the two designs. Goes out: a record of indices with their bootstrap error.

Files, in reading order:

- `factors.py`, `measured.py`: what is varied, and which outcomes are explained
- `indices.py`: designs and estimators of SALib
- `evaluate.py`, `run.py`: simulation at every point of a design; screening, choice, shares
"""
