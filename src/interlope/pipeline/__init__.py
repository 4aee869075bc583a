"""Pipeline: the whole job, from a case folder to a folder of results, in stages that can be stopped and gone on with.

Results appear under their final name only when they are complete. What a stopped run has finished is kept beside it, in
a hidden folder of the same name, and taken up by the next run of the same inputs. Its `run` is `interlope.study`.
"""

from __future__ import annotations

from interlope.pipeline.moved import follow, order_dates
from interlope.pipeline.plan import DOES, STAGES, Interrupted, Plan, Study, prepare
from interlope.pipeline.stages import run, to_json
from interlope.pipeline.whatif import apply, check_changes, pick_changes

__all__ = ["DOES", "STAGES", "Interrupted", "Plan", "Study", "apply", "check_changes", "follow", "order_dates", "pick_changes", "prepare",
           "run", "to_json"]
