"""Names: what results call things themselves, so that nothing of a case may be called so; and names too alike to tell apart."""
from __future__ import annotations

from collections.abc import Collection

from interlope.toml.table import Table

RESERVED = ("pooled", "all", "mixed", "today", "status-quo")  # rows of results over all explanations, and what options are compared with


def normalise(name: str) -> str:
    """A name without what is easily mistaken in it: capitals, and dashes for underscores.

    >>> normalise("Status_Quo")
    'status-quo'
    """
    return name.casefold().replace("_", "-")


def check_name(table: Table, name: str, what: str, others: Collection[str] = (), allowed: str = "") -> None:
    """Refuse a name that results use themselves, and one that is spelled like another.

    Parameters
    ----------
    table : Table
        The file or table whose `name` it is; its faults list receives every fault.
    name : str
        The name; empty where it was refused.
    what : str
        What is named, such as `explanation`.
    others : collection of str
        Names of the others of its kind that were read before; the very same name is another fault.
    allowed : str
        The reserved name that this one may be.
    """
    if normalise(name) in RESERVED and name != allowed:
        table.fault(f"{what} '{name}'", f"another name: results call something of their own {normalise(name)}", "name",
                    f"rename the {what}")
    elif alike := next((other for other in others if other != name and normalise(other) == normalise(name)), ""):
        table.fault(f"{what} '{name}', spelled like '{alike}'", "names that differ in more than capitals, dashes and underscores", "name",
                    f"rename one {what}")
