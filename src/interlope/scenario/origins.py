"""Origins: where groups come from, which need not be the classes of people on the move; nothing that anybody does depends on it."""
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from interlope.toml.names import refuse_alike
from interlope.toml.table import Table

if TYPE_CHECKING:
    from interlope.scenario.specification import Client

MOST = 32
OF_CLIENTS = ("familiar", "origin_share")  # entries of a class that say of which origin groups are


class Origin(NamedTuple):
    """Where groups come from: counted for one recorded figure, the command among groups whose origin knows the name.

    Attributes
    ----------
    name : str
        Of the origin, such as local guides.
    familiar : float
        How well it knows the name that is shown, 0 to 1: its weight in `share_command_familiar`.
    share : float
        Part of the groups that are of it.
    """

    name: str
    familiar: float
    share: float


def read_origins(table: Table, pending: list[tuple[Table, str]]) -> tuple[Origin, ...]:
    """Read [[origins]] of a case file; empty where groups come from the classes of people on the move.

    Parameters
    ----------
    table : Table
        The case file; its faults list receives every fault.
    pending : list[tuple[Table, str]]
        Sources that are to be checked against the dossier; those of the origins are added.

    Returns
    -------
    tuple[Origin, ...]
        In the order of the file; their shares sum to 1.
    """
    parts = table.parts("origins", each="name")
    origins = [Origin(part.text("name"), read_familiar(part), part.number("share", low=0.0, high=1.0)) for part in parts]
    for i, part in enumerate(parts):
        refuse_alike(part, origins[i].name, "origin", [origin.name for origin in origins[:i]])
        source = part.text("source")
        pending.append((part, source))
        part.text("note", "")
        part.close()
    if len(parts) > MOST:
        parts[-1].fault(f"{len(parts)} origins", f"at most {MOST}", "name")
    total = sum(origin.share for origin in origins)
    if parts and abs(total - 1.0) > 1e-6:
        parts[-1].fault(f"shares of origins sum to {total:g}", "a sum of 1", "share")
    return tuple(origins)


def read_familiar(part: Table) -> float:
    """Read how well a class or an origin knows the name: true, false or a number from 0 to 1."""
    raw = part.data.get("familiar")
    return float(part.flag("familiar")) if isinstance(raw, bool) else part.number("familiar", low=0.0, high=1.0)


def refuse_both(part: Table) -> None:
    """Note a fault where a class says of which origin groups are although [[origins]] do."""
    for key in OF_CLIENTS:
        if part.has(key):
            part.take(key)
            part.fault(f"'{key}' of a class beside [[origins]]", "one of them", key, "leave it out: [[origins]] say where groups come from")


def from_clients(clients: Sequence[Client]) -> tuple[Origin, ...]:
    """The origins of a case that has no [[origins]]: its classes of people on the move."""
    return tuple(Origin(c.name, c.familiar, c.origin_share) for c in clients)
