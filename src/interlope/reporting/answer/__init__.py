"""Answer: the answer to the question in plain sentences, the same in terminal, report and JSON.

Comes in: the record of a study. Goes out: sentences, the most needed first.

Files, in reading order:

- `question.py`: the question's parts in their order, and the rest of the answer; `statement.py`: a sentence, and which fit into little room
- `explanations.py`, `official.py`: what is answered on explanations, and what official figures can tell apart
- `letters.py`: what a poor letter means beside leaving the report out
- `variants.py`: in which form an explanation holds, if it does
- `predictions.py`: how many of their own predictions the explanations do not bear out
- `options.py`, `direction.py`: what is answered on options, and what counts as a clear direction
- `people.py`: every harm of an option once, by whom it is done to
- `uncounted.py`: which harm of an option no number holds, and which sizes no count checks
- `operations.py`: which operations on record the futures compared leave out
- `inherited.py`: numbers of the border that the case leaves at the default
- `left_out.py`: which claims and figures the answer does not rest on
- `shortfall.py`: figures that no explanation comes near
- `calibration.py`: how often odds like these were right on simulated data sets
- `together.py`: series that as a whole surprise an explanation
- `discovery.py`: where an option fails
- `reversals.py`: which options change places between explanations, and at which odds
- `roots.py`: which roots a sentence rests on
- `analysts.py`: how far several people's judgements agree
- `seek.py`: what to look for next, what it would do to the odds, and what waiting for it costs and spares
- `sure.py`: confidence, how well the best explanation does at all, and what other priors would do
- `overview.py`, `harms.py`: all explanations, the error, checks and failures; all options and their harms
"""
