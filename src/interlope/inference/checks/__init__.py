"""Checks: what fitted explanations say about figures that are there, figures held out, and series nobody has asked for yet.

Comes in: fits, or a case and its priors. Goes out: records of predicted against reported values, forecast scores, and separations.

Files, in reading order:

- `predictive.py`: posterior predictive intervals for every figure, claim, prediction and parameter
- `surprise.py`: each figure against the prediction from all evidence but itself
- `shortfall.py`: figures that no explanation comes near
- `adequacy.py`: all figures together, and what an explanation has to make of every root: how well it does at all
- `prior_predictive.py`: all the evidence against what an explanation gives before it is fitted
- `together.py`: each series as a whole against series drawn from the fit
- `crps.py`, `baselines.py`: the score of a forecast, and the naive forecasts it is held against
- `forecast.py`: figures not yet published on the date of the fit, scored by CRPS against naive baselines
- `rolling.py`, `skill.py`: forecasts from several days of knowledge, and the model's skill over all of them
- `separation.py`: prior predictions of the explanations set against each other, series by series
"""
