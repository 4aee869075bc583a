"""Formats: one file each, found by file name, with a hyphen for its underscore.

Comes in: a finished study. Goes out: the bytes of one file, or of one for each explanation. `Format` is the protocol that every file
fulfils; none imports the library of its field before it writes, so that the formats can be listed without any.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Protocol, cast

from interlope.export.study import StudyResults


class Format(Protocol):
    """What every format offers."""

    @property
    def TITLE(self) -> str:
        """What it is, in a few words."""
        ...

    @property
    def ENDING(self) -> str:
        """End of the file's name."""
        ...

    @property
    def NEEDS(self) -> tuple[str, ...]:
        """Modules of the extra that it needs."""
        ...

    @property
    def BESIDE(self) -> bool:
        """Whether the file describes the folder that it lies in, and has to lie there under its name."""
        ...

    def write(self, study: StudyResults) -> dict[str, bytes]:
        """Bytes by explanation; under an empty name where one file holds all."""
        ...


@cache
def formats() -> dict[str, Format]:
    """Every format by name, in alphabetical order.

    Examples
    --------
    >>> list(formats())
    ['arviz', 'claimreview', 'prov', 'ro-crate', 'stix', 'word']
    """
    modules = sorted(info.name for info in pkgutil.iter_modules(__path__))
    return {name.replace("_", "-"): cast(Format, importlib.import_module(f"{__name__}.{name}")) for name in modules}
