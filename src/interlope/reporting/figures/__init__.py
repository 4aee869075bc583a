"""Figures: each file draws one picture and hands it over with the table that stands behind it.

Comes in: parts of a study's record. Goes out: a `Figure`: SVG for a wide and a narrow page, a caption, a table.

Files: `figure.py` is the record, `forest.py` the rows of intervals that most others are made of; every other file is one picture.
"""
