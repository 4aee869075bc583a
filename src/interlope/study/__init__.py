"""Study: the whole job, from a case folder to a folder of results, in stages that can be stopped and gone on with.

Results appear under their final name only when they are complete. What a stopped run has finished is kept beside it, in
a hidden folder of the same name, and taken up by the next run of the same inputs. The package can be called:
`interlope.study(case)`.
"""

from __future__ import annotations

from interlope.study.moved import follow, order_dates
from interlope.study.plan import DOES, STAGES, Interrupted, Plan, Study, prepare
from interlope.study.stages import run, to_json
from interlope.study.whatif import apply, check_changes, pick_changes
from interlope.verb import make_verb

__all__ = ["DOES", "STAGES", "Interrupted", "Plan", "Study", "apply", "check_changes", "follow", "order_dates", "pick_changes", "prepare",
           "run", "to_json"]

VERB = run
make_verb(__name__)
