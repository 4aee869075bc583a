"""Figures: each file draws one picture from plain dicts and hands it over with the table that stands behind it."""
