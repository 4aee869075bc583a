"""Write: a report from the objects of a run, for use from Python."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from interlope.policy import result
from interlope.reporting import gather, html, material

if TYPE_CHECKING:
    from interlope.inference.evidence.weigh import Verdict
    from interlope.inference.fitting.posterior import Fits
    from interlope.policy.compare import Comparison
    from interlope.scenario.case import Case


def report(case: Case, fits: Fits, verdict: Verdict, comparison: Comparison | None = None, *, to: str | Path) -> Path:
    """Write report.html, the tables as CSV and results.json into a folder.

    Parameters
    ----------
    case : the case. fits : its fit. verdict : the fit weighed. comparison : options compared, if they were.

    Other arguments
    ---------------
    to : folder to write into; it is made where it does not exist.

    Returns
    -------
    Path of report.html.
    """
    found = gather.gather(
        case,
        verdict.to_json(),
        result.to_json(comparison) if comparison is not None else None,
        status=verdict.status,
        reasons=tuple(asdict(r) for r in verdict.reasons),
        compare_reasons=()
        if comparison is not None
        else ({"code": "not-run", "text": "no comparison was handed over", "remedy": "see interlope.compare"},),
        mode="own",
        seed=fits.seed,
        model_digest=fits.model_digest,
        command="made from Python with interlope.reporting",
    )
    folder = Path(to)
    folder.mkdir(parents=True, exist_ok=True)
    material.save(found, folder)
    return html.write(found, folder)
