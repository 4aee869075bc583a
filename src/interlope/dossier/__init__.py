"""Dossier: what was said and published, by whom and through whom, and how likely each statement is given a simulated path.

Comes in: `dossier.toml` and `series/*.csv` of a case. Goes out: a `Book` of documents, sources, roots and claims, and `Series` of official
figures; each can say the log density of what was reported for given statistics. It knows nothing of the simulator.

Files, in reading order:

- `document.py`, `source.py`, `claim.py`: documents and spans, sources with letters and roots, claims
- `formula.py`: sums of recorded series that a statement may speak of, and how far its numbers may go
- `facts.py`, `meaning.py`, `requirement.py`: what a claim says in numbers and words, of which statistics, and what its kind needs
- `comparison.py`: the same of claims that compare two windows, or two series
- `entry.py`, `listened.py`, `book.py`: reading the file, all faults collected; who was listened to and silent; the dossier as one object
- `provenance.py`, `flags.py`: who repeats whom; what the dossier notices by itself
- `density.py`, `numbers.py`, `poisson.py`, `words.py`, `statements.py`: densities of stated numbers, counts, words for shares, and
  statements made or not; `directions.py`, `ratios.py`, `multiples.py`: of up, flat and down, and of what is said of the
  ratio of two statistics, or of a level as a multiple of another
- `period.py`, `series.py`, `series_table.py`: the periods and official figures, and the CSV files that they are read from
- `series_lines.py`, `series_header.py`, `series_rows.py`: such a file line by line: its text, what it says of itself, its figures
- `kinds/`: one file for each kind of claim; `catalogue.py`: kinds and letters as records
"""
