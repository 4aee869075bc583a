"""Sections: each file builds one part of the report, as blocks of words, tables and figures.

Comes in: the record of a study. Goes out: a list of blocks, which the page's template prints by their kind.

Files, in the order of the report: `short.py`, `claims.py`, `explanations.py` (with `analysts.py`), `sure.py` (with `inherited.py`),
`fit.py` (with `effects.py` and `backtest.py`), `separation.py`, `options.py` (with `harm_side.py`, `levels.py` and `spread.py`),
`seek.py`, `method.py`.
"""
