"""Checks: what fitted explanations say about figures that are there, figures held out, and series nobody has asked for yet.

Comes in: fits, or a case and its priors. Goes out: records of predicted against reported values, forecast scores, and separations.

Files, in reading order:

- `predictive.py`: posterior predictive intervals for every figure, claim, prediction and parameter
- `surprise.py`: each figure against the prediction from all evidence but itself
- `adequacy.py`: all figures together, and what an explanation has to make of every root: how well it does at all
- `together.py`: each series as a whole against series drawn from the fit
- `forecast.py`: figures not yet published on the date of the fit, scored by CRPS against naive baselines
- `separation.py`: prior predictions of the explanations set against each other, series by series
"""
