"""Write: a report from the objects of a run, for use from Python."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from interlope import manifest
from interlope.arguments import read_folder, read_kind
from interlope.inference.evidence import packing
from interlope.policy import result
from interlope.reporting import html, record
from interlope.results.envelope import Reason
from interlope.scenario.given import CaseLike, read_case
from interlope.scenario.identity import require_case, require_fit
from interlope.storage import refusal

if TYPE_CHECKING:
    from interlope.inference.evidence.weigh import Verdict
    from interlope.inference.fitting.posterior import Fits
    from interlope.policy.comparison import Comparison

NOT_COMPARED = Reason(code="not-run", text="no comparison was handed over", remedy="see interlope.compare")


def report(case: CaseLike, fits: Fits, verdict: Verdict, comparison: Comparison | None = None, *, to: str | Path) -> Path:
    """Write a report: one page, every table as CSV, and the numbers as JSON, into a folder.

    Parameters
    ----------
    case : Case, str or Path
        The case, or its name or folder; see `interlope.load`.
    fits : Fits
        Its fit; see `interlope.fit`.
    verdict : Verdict
        The explanations weighed; see `interlope.weigh`.
    comparison : Comparison, optional
        The options compared, where they were; see `interlope.compare`.

    Other Parameters
    ----------------
    to : str or Path
        Folder to write into; it is created where it does not exist.

    Returns
    -------
    Path
        Where report.html lies.

    Raises
    ------
    BadInput
        When fit, verdict and comparison are not of this case, as known on the same day, or not of one fit; or when an argument is of
        another kind.
    RunFailed
        When the folder cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> import interlope as il
    >>> case = il.load("toy")
    >>> fits = il.fit(case, seed=7)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     page = il.report(case, fits, il.weigh(fits), to=folder)
    ...     page.name, page.is_file()
    ('report.html', True)
    """
    case, folder = read_case(case), read_folder("to", to)
    _require_kinds(fits, verdict, comparison)
    for what, origin in (("fit", fits.origin), ("verdict", verdict.fits.origin), ("comparison", comparison.origin if comparison else None)):
        require_case(case.identity, what, origin)
        require_fit(fits.origin, what, origin)
    study = record.build(
        case,
        verdict.to_record(),
        result.to_record(comparison) if comparison is not None else None,
        status=verdict.status,
        reasons=verdict.reasons,
        compare_reasons=() if comparison is not None else (NOT_COMPARED,),
        mode="own",
        seed=fits.seed,
        model_digest=fits.model_digest,
        command="made from Python with interlope.reporting",
        terms=packing.pack(verdict),
    )
    about = manifest.Manifest(case=case.name, run_id="", inputs=case.files(), model_digest=fits.model_digest, seed=fits.seed,
                              settings={"mode": study.mode}, version=manifest.version(), environment=manifest.environment(),
                              case_sha256=case.sha256)
    with refusal.telling(folder):
        folder.mkdir(parents=True, exist_ok=True)
        record.save(study, folder)
        page = html.write(study, folder)
        manifest.write(about, folder)
    return page


def _require_kinds(fits: Fits, verdict: Verdict, comparison: Comparison | None) -> None:
    """Refuse what is no fit, verdict or comparison."""
    from interlope.inference.evidence.weigh import Verdict
    from interlope.inference.fitting.posterior import Fits
    from interlope.policy.comparison import Comparison

    read_kind("fits", fits, Fits, "a fit (see interlope.fit)")
    read_kind("verdict", verdict, Verdict, "the explanations weighed (see interlope.weigh)")
    if comparison is not None:
        read_kind("comparison", comparison, Comparison, "the options compared (see interlope.compare), or None")
