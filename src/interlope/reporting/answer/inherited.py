"""Inherited: numbers that belong to a border and were written for another one, named wherever a case leaves them alone."""
from __future__ import annotations

import shlex
from collections.abc import Sequence

from interlope.reporting.numerals import plural


def tell_inherited(names: Sequence[str], case: str = "") -> list[str]:
    """Say which numbers of a border are the default's, by name; nothing where the case states all of them.

    >>> tell_inherited(["demand_level"])
    ["1 number that belongs to a border is the default's, not this case's: demand_level."]
    """
    if not names:
        return []
    verb = "belongs to a border is" if len(names) == 1 else "belong to a border are"
    more = f" What each is and how to find it: interlope params {shlex.quote(case)} --inherited" if case else ""
    return [f"{plural(len(names), 'number')} that {verb} the default's, not this case's: {', '.join(names)}.{more}"]
