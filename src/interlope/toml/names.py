"""Names: what results call things themselves, so that nothing of a case may be called so; and names too alike to tell apart."""
from __future__ import annotations

from collections.abc import Collection

from interlope.toml.table import Table

ALIKE = "names that differ in more than capitals, dashes and underscores"
RESERVED = ("pooled", "all", "leading", "mixed", "today", "status-quo")  # rows of results over all explanations, and comparators


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
    else:
        refuse_alike(table, name, what, others)


def refuse_alike(table: Table, name: str, what: str, others: Collection[str], key: str = "name") -> None:
    """Refuse a name, or the id under `key`, that is spelled like another of its kind; arguments are those of `check_name`."""
    if alike := find_alike(name, others):
        table.fault(f"{what} '{name}', spelled like '{alike}'", ALIKE, key, "rename one of the two")


def find_alike(name: str, others: Collection[str]) -> str:
    """The first of other names that is easily mistaken for a name and is not the same; empty where none is.

    >>> find_alike("c01", ["C02", "C01"]), find_alike("C01", ["C01"])
    ('C01', '')
    """
    return next((other for other in others if other != name and normalise(other) == normalise(name)), "")
