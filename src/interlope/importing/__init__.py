"""Importing: a table as its publisher gives it becomes a table of official figures of a case, by a map that says how it is to be read.

Comes in: a file of any shape and a map. Goes out: rows of a series with its header, checked as `check` checks it. Whatever a file leaves
open (marks of thousands, order of day and month, what a date stands for) is refused until the map states it.

Files, in reading order:

- `mapping.py`: the map, its keys, and how it is read, merged and written
- `sheet.py`: a file as rows of cells: encoding, delimiter, lines above and below
- `dates.py`, `numerals.py`: the periods and numbers of cells
- `plan.py`: the map applied to the file: which column is which, and how its cells are read
- `convert.py`, `adding.py`, `writing.py`: rows of the file as figures of a series, those of one period added up, and the text of the table
- `place.py`: the table put into a case, where it does not break it
"""
