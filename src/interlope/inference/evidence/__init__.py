"""Evidence: which explanation is favoured, by how much, how surely, and what that rests on.

Comes in: `Fits`. Goes out: `Weighed`: probabilities, Bayes factors, their Monte Carlo error, what-ifs, and reasons where a check fails.

Files, in reading order:

- `yardstick.py`: which words stand for which probabilities
- `odds.py`: from log evidence to probabilities, errors carried through
- `gates.py`: the checks that a calculation has to pass before its result is called resolved, and the remedy where it does not
- `weigh.py`: `interlope.weigh`
- `within.py`: the odds of the variants of one explanation
- `spoken.py`: what one source said, by explanation and by what the source may be
- `scaling.py`: how the odds follow the priors and the likelihood; `analysts.py`: and how they follow who judges
- `confidence.py`: how far the analysis can be relied on, from its grounds
- `packing.py`, `reweigh.py`: terms of the replicates in few bytes, and weights from them alone under any changes
- `result.py`: a verdict as a record
"""
