"""Run: which case, model and method the results of a long computation were made with."""

from __future__ import annotations

from interlope.results.record import Record


class RunAbout(Record):
    """Which run; what results of an earlier version do not say is empty.

    Attributes
    ----------
    case, case_sha256 : str
        Name of the case, and digest of its files.
    model_digest, method : str
        Digests of the model, and of the code that fits.
    run_id : str
        Name of the run.
    created : str
        Day of the run.
    """

    case: str
    model_digest: str
    run_id: str
    case_sha256: str = ""
    method: str = ""
    created: str = ""
