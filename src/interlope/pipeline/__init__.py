"""Pipeline: the whole job, from a case folder to a folder of results, in stages that can be stopped and gone on with.

Comes in: a case and a `Plan` (seed, effort, dates, changes). Goes out: a `Study`, and a folder that appears under its final name only
when it is complete. What a stopped run has finished stays beside it, in a hidden folder of the same name, and is taken up by the next run
of the same inputs. Its `run` is `interlope.study`.

Files, in reading order:

- `plan.py`: what is asked for, and where its results lie
- `finished.py`: results that are there already, verified; one process for each run
- `stages.py`: calibrate, weigh, separate, compare, seek, write
- `seeking.py`: what further evidence would teach, from the stored replicates
- `checkpoint.py`: what a finished stage leaves for the next run
- `drawn.py`: the posterior draws of a study, for what runs on them
- `whatif.py`: probabilities under changed evidence, by other weights
- `moved.py`: the same study as known on several dates
- `backtest.py`: forecasts from earlier days, a fit for each
- `summary.py`: a study as the `result` of the command's JSON
- `shipped.py`: answers that come with the package
- `calibrated.py`, `completed.py`: what belongs to a study and is not stored with it: its trial on simulated data sets, its backtest,
  operations on record
"""

from __future__ import annotations

from interlope.pipeline.drawn import draw
from interlope.pipeline.moved import follow, order_dates
from interlope.pipeline.plan import DOES, STAGES, Interrupted, Plan, Study, prepare
from interlope.pipeline.stages import run
from interlope.pipeline.summary import summarise
from interlope.pipeline.whatif import apply, check_changes, pick_changes

__all__ = ["DOES", "STAGES", "Interrupted", "Plan", "Study", "apply", "check_changes", "draw", "follow", "order_dates",
           "pick_changes", "prepare", "run", "summarise"]
