"""Report: one file that a reader can defend line by line. The package can be called: `interlope.report(case, ...)`."""

from __future__ import annotations

from typing import Any

from interlope.verb import make_verb


def VERB(*args: Any, **options: Any) -> Any:
    """See `interlope.report.write.report`."""
    from interlope.report.write import report

    return report(*args, **options)


make_verb(__name__)
