"""Reporting: one file that a reader can defend line by line. Comes in: the record of a study. Goes out: HTML, Markdown and tables."""
