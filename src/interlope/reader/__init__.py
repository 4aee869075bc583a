"""Reader: what a text seems to claim, proposed by rules and lexicons for a person to confirm.

Comes in: a user's text, HTML page or PDF, in English. Goes out: proposals with places, fingerprints and slots, written to `proposed.toml`
of a case; claims for its dossier, once a person confirms them; and the places of claims in copies that an editor saved again. No
sentence and no name of the text is stored, and nothing is downloaded or learnt.

Files, in reading order:

- `extraction.py`: the text of a file
- `sentences.py`, `fingerprints.py`: sentences, words and quotations; what stays of a sentence in a copy that was saved again
- `lexicon.py`: the lists of `lexicons/` and how phrases are looked up; `skipped.py`: sentences that may not be read
- `dates.py`, `numerals.py`, `quantity.py`, `bounds.py`, `counted.py`, `quantities.py`: days in digits; numbers in digits and words; their
  bounds and hedges; what is counted, what happened to it, per what; all of a sentence
- `cues.py`, `changes.py`, `clauses.py`: words that say what kind of statement a clause makes; percentages of a level before; the clauses
- `speakers.py`: who says it, citing whom
- `proposal.py`, `proposals.py`: what a stretch of text seems to claim; all of a text put together, and what no rule touched
- `series.py`, `paraphrase.py`: recorded series that a number could speak of; a number in our own words
- `filed.py`, `proposed.py`, `filing.py`, `documents.py`: the file in which proposals wait, its entries, read and added to; which document a
  text is
- `roots.py`, `confirm.py`, `copies.py`: the root and source of a claim; a proposal becomes a claim; claims verified in a user's copies
"""
