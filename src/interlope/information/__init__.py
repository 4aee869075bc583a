"""Information: what further evidence would teach about the explanations, and whether it would change a choice.

Comes in: a case with its candidates (`evidence.toml`), weighted replicates of every explanation, and the options compared. Goes out: a
`SeekResult`: for every candidate the expected information gain with its error, what each outcome would do to the odds, and its value for
the choice between options.

Files, in reading order:

- `seek.py`: `interlope.seek`: every candidate of a case, declared and automatic
- `replicates.py`: equally weighted replicates of every explanation, and statistics that the fit did not need, simulated anew
- `trust.py`: how far a root is trusted, given what else it and its institution have said
- `answers.py`: every answer that a root may give to a question, with its chance in each replicate
- `figures.py`: further figures of an official series, drawn and scored
- `gain.py`: the estimator: expected information gain, cross-validated over independent points
- `within.py`: what it would teach about the variants of one explanation
- `candidate.py`: one candidate evaluated, as a record
- `decision.py`: expected value of perfect and of sample information
"""
