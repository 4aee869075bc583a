"""Bordered: which parameters are numbers of one border, and how each is found for another.

Those of the place (`model.belonging`), and how clients weigh prices: people differ little in what a tenth of a price is worth to them, but
the number is for each EUR, and so carries the level of prices at the border that it was written for.
"""
from __future__ import annotations

from interlope.model.belonging import PLACE
from interlope.model.step import PARAMS

_FIND = {**PLACE, "prices_weight": "one over what is left of a usual price of a passage after its cost, where many sell"}
HOW_TO_FIND = {p.name: _FIND[p.name] for p in PARAMS if p.name in _FIND}  # in the order of the model
