"""Interlope: a laboratory for contested reports about illicit markets at a border.

Importing this package loads nothing else and settles the arithmetic; every name below is fetched when it is first used.

>>> import interlope as il
>>> case = il.load("toy")
>>> case.name
'toy'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from interlope.arithmetic import settle

if TYPE_CHECKING:
    from interlope.ensemble.run import simulate
    from interlope.errors import BadInput, DiagnosticsFailed, InterlopeError, RunFailed
    from interlope.inference.evidence.weigh import weigh
    from interlope.inference.fitting.calibrate import fit
    from interlope.inference.fitting.posterior import draws
    from interlope.information.seek import seek
    from interlope.pipeline import run as study
    from interlope.policy.compare import run as compare
    from interlope.reporting.write import report
    from interlope.scenario.case import load

settle()

# public name -> (module, name in that module)
_WHERE = {
    "load": ("interlope.scenario.case", "load"),
    "simulate": ("interlope.ensemble.run", "simulate"),
    "fit": ("interlope.inference.fitting.calibrate", "fit"),
    "weigh": ("interlope.inference.evidence.weigh", "weigh"),
    "draws": ("interlope.inference.fitting.posterior", "draws"),
    "compare": ("interlope.policy.compare", "run"),
    "report": ("interlope.reporting.write", "report"),
    "seek": ("interlope.information.seek", "seek"),
    "study": ("interlope.pipeline", "run"),
    "BadInput": ("interlope.errors", "BadInput"),
    "DiagnosticsFailed": ("interlope.errors", "DiagnosticsFailed"),
    "InterlopeError": ("interlope.errors", "InterlopeError"),
    "RunFailed": ("interlope.errors", "RunFailed"),
}

__all__ = [
    "BadInput",
    "DiagnosticsFailed",
    "InterlopeError",
    "RunFailed",
    "compare",
    "draws",
    "fit",
    "load",
    "report",
    "seek",
    "simulate",
    "study",
    "weigh",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from interlope.manifest import version

        return version()
    if name not in _WHERE:
        raise AttributeError(f"module 'interlope' has no attribute '{name}'")
    module, attribute = _WHERE[name]
    value = getattr(importlib.import_module(module), attribute)
    importlib.import_module("interlope.results.tabular").draw_with(_draw)
    return value


def _draw(thing: Any) -> str:
    """The report's figures of a result, for a notebook; what draws them is loaded when it is first shown."""
    return importlib.import_module("interlope.export.notebook").draw(thing)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
