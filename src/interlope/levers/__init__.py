"""Levers: what someone in office can set, and options as bundles of levers over time.

Comes in: `options/*.toml` of a case. Goes out: an `Option`, whose `controls(days)` are daily factors, shares and floors that the model
reads.

Files, in reading order:

- `harm.py`: which harms a lever can raise or lower, and on whose word
- `lever.py`: one lever: range, side effects, and its effects as controls of the model
- `option.py`: levers on a calendar, their controls combined
- `catalogue/`: one file for each lever
"""
