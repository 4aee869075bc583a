"""Evidence: which explanation is favoured, by how much, how surely, and what that rests on.

Comes in: `Fits`. Goes out: `Weighed`: probabilities, Bayes factors, their Monte Carlo error, what-ifs, and reasons where a check fails.

Files, in reading order:

- `yardstick.py`: which words stand for which probabilities
- `odds.py`: from log evidence to probabilities, errors carried through
- `gates.py`: the checks that a calculation has to pass before its result is called resolved, and the remedy where it does not
- `weigh.py`: `interlope.weigh`
- `within.py`: the odds of the variants of one explanation
- `scaling.py`: how the odds follow the priors and the likelihood
- `confidence.py`: how far the analysis can be relied on, from its grounds
- `result.py`: a verdict as a record
"""
