"""Networks: groups, their members and who is hostile to whom, as a table of one's own.

Columns: group, members, rivals, allies. Rivals are names, separated by semicolons, each with a weight after a colon where it is not 1;
allies are names separated by semicolons, or their number. Lines that begin with # are remarks. How readily j harms i is, after
Prieto-Curiel, Campedelli & Hope (2023), K_ij = (R_ij + 1)/(A_i + 1): R_ij the weight of j among i's rivals, A_i the number of i's allies.
"""
from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from interlope.errors import BadInput, Fault, nearest

COLUMNS = ("group", "members", "rivals", "allies")
MOST = 512


@dataclass(frozen=True, eq=False)
class Network:
    """Groups in the order of the file: names, members int64 [g], hostility K_ij float64 [g, g] with zero diagonal.

    `file` is its path below the folder of a case; empty where a table stands alone.
    """

    names: tuple[str, ...]
    members: np.ndarray
    hostility: np.ndarray
    file: str = ""


def read(path: str | Path, display: str = "") -> Network:
    """Read a network from a CSV file.

    Parameters
    ----------
    path : str or Path
        The file.
    display : str, default ''
        How messages name it; the path when empty.

    Raises
    ------
    BadInput
        With every fault of the file, each as file:line.
    """
    path, display = Path(path), display or str(path)
    if not path.is_file():
        raise BadInput([Fault(display, None, "no such file", f"a CSV file with columns {', '.join(COLUMNS)}")])
    lines = [(n, text) for n, text in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1)
             if text.strip() and not text.startswith("#")]
    faults: list[Fault] = []
    rows = list(csv.reader(text for _, text in lines))
    heads = [cell.strip() for cell in rows[0]] if rows else []
    if sorted(heads) != sorted(COLUMNS):
        raise BadInput([Fault(display, lines[0][0] if lines else None, f"columns {', '.join(heads)}", f"columns {', '.join(COLUMNS)}")])
    table = []
    for (number, _), cells in zip(lines[1:], rows[1:]):
        if len(cells) != len(heads):
            faults.append(Fault(display, number, f"{len(cells)} cells", f"{len(heads)} cells"))
            continue
        table.append((number, {head: cell.strip() for head, cell in zip(heads, cells)}))
    names = [row["group"] for _, row in table]
    if not 1 <= len(names) <= MOST:
        faults.append(Fault(display, None, f"{len(names)} groups", f"1 to {MOST} groups"))
    members, hostility = np.zeros(len(names), dtype=np.int64), np.zeros((len(names), len(names)))
    for i, (number, row) in enumerate(table):
        if not row["group"] or names.index(row["group"]) != i:
            faults.append(Fault(display, number, f"group '{row['group']}'", "a name, and no name twice"))
        if not row["members"].isdigit() or int(row["members"]) < 1:
            faults.append(Fault(display, number, f"members '{row['members']}'", "a whole number above zero"))
        else:
            members[i] = int(row["members"])
        hostile = _rival_weights(row["rivals"], row["group"], names, display, number, faults)
        allies = _allies(row["allies"], row["group"], names, display, number, faults)
        for j, name in enumerate(names):
            hostility[i, j] = 0.0 if i == j else (hostile.get(name, 0.0) + 1.0) / (allies + 1.0)
    if faults:
        raise BadInput(faults)
    return Network(tuple(names), members, hostility)


def _name(text: str, own: str, names: list[str], display: str, line: int, faults: list[Fault]) -> None:
    if text == own:
        faults.append(Fault(display, line, f"'{text}' beside itself", "another group"))
    elif text not in names:
        faults.append(Fault(display, line, f"group '{text}' unknown", "a group of the first column", nearest(text, names)))


def _rival_weights(text: str, own: str, names: list[str], display: str, line: int, faults: list[Fault]) -> Mapping[str, float]:
    weights: dict[str, float] = {}
    for part in filter(None, (p.strip() for p in text.split(";"))):
        name, _, weight = (p.strip() for p in part.partition(":"))
        _name(name, own, names, display, line, faults)
        try:
            weights[name] = float(weight or 1.0)
        except ValueError:
            weights[name] = -1.0
        if not 0.0 <= weights[name] < 1e6:
            faults.append(Fault(display, line, f"weight '{weight}' of rival '{name}'", "a number, zero or above"))
    return weights


def _allies(text: str, own: str, names: list[str], display: str, line: int, faults: list[Fault]) -> int:
    if text.isdigit():
        return int(text)
    allies = [p.strip() for p in text.split(";") if p.strip()]
    for name in allies:
        _name(name, own, names, display, line, faults)
    return len(allies)
