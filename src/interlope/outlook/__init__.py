"""Outlook: figures that nobody knows yet are forecast, written down with their date, and scored when they come.

Comes in: a case as known on a day and posterior draws. Goes out: a `Forecast` record, its file, and later a `ForecastScore`.

Files, in reading order:

- `periods.py`: which figures of which tables are forecast
- `ahead.py`: the draws run on past the end of the case
- `file.py`: a forecast as a file, and read again unchanged
- `rows.py`, `actuals.py`, `score.py`: the table of what came, its figures, and how good the forecast was
"""
