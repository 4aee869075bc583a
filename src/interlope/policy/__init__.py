"""Policy: what each option would do to people, under each explanation, against two comparators, with common random numbers.

Comes in: a case, posterior draws and a horizon. Goes out: a `Comparison` of every option's effect on every outcome, with regret and
escalation.

Files, in reading order:

- `outcome.py`: what options are compared on, harm to people first
- `comparison.py`: what a comparison starts from, and the outcomes that it returns
- `lever_numbers.py`: numbers that matter only where a lever is set, drawn from their priors
- `decided.py`: draws on the morning of the decision, from which every option goes on
- `compare.py`: `interlope.compare`: every option on the same draws and the same random numbers
- `weighted.py`, `robust.py`, `escalation.py`: weighted quantiles and tails, regret and satisficing, organised retaliation
- `break_even.py`, `reversals.py`: at which odds one option overtakes another, with the Monte Carlo error, and what of it is shown
- `grounds.py`: which harms rest on assumed numbers, and which figures would ground them
- `switched_off.py`: harms of levers that the numbers of a case set to nothing, or nearly
- `recorded.py`: what official tables give a year for the harms
- `prior_scaling.py`, `spread.py`: which priors move harm without any option, and how much of its spread is assumed
- `result.py`: the comparison as a record
- `discovery.py`: where an option fails (PRIM)
- `search/`: bundles of levers that no other beats
- `sensitivity/`: which parameters drive which outcomes
"""
