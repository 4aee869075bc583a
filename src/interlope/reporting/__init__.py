"""Reporting: one file that a reader can defend line by line; every sentence and figure is written from the record of a study.

Comes in: the record of a study. Goes out: `report.html`, every table as CSV, and the short answer that the terminal prints too.

Files and folders, in reading order:

- `record.py`: the results of a study put together, written as `results.json`, and read again
- `answer/`: the question answered part by part, in sentences; `moved.py`: the odds from date to date
- `attribution.py`, `rough.py`: who says a claim, and which figures are too rough to give
- `numerals.py`, `words.py`, `counted.py`, `claimed.py`, `tables.py`, `blocks.py`: numbers, words for probabilities, for what is counted and
  what is claimed, tables, and what a section is made of
- `sections/`: one file for each part of the report; `figures/`, `svg.py`: its pictures
- `whatif.py`: the panel that weighs again in the page, with `templates/scripts/`; `printing.py`: annexes, and the brief of two pages
- `html.py`, `write.py`: the page, and `interlope.report`
- `gallery.py`: every figure of a finished run
- `analysis.py`, `sensitivity.py`, `backtest.py`, `recovery.py`, `search.py`: results of computations of their own, each in a folder that
  names its run
"""
