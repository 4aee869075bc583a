"""Networks: groups, their members and who is hostile to whom, as a table of one's own.

Columns: group, members, rivals, allies. Rivals are names, separated by semicolons, each with a weight after a colon where it is not 1;
allies are names separated by semicolons, or their number. Lines that begin with # are remarks. How readily j harms i is, after
Prieto-Curiel, Campedelli & Hope (2023), K_ij = (R_ij + 1)/(A_i + 1): R_ij the weight of j among i's rivals, A_i the number of i's allies.
"""
from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from interlope import units
from interlope.errors import BadInput, Fault, nearest

COLUMNS = ("group", "members", "rivals", "allies")
MOST = 512  # groups
MOST_MEMBERS = 1_000_000  # of one group
MOST_BYTES = 2**19


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
    faults: list[Fault] = []
    table = _rows(_text(path, display), display, faults)
    names = [row["group"] for _, row in table]
    if not 1 <= len(names) <= MOST:
        raise BadInput([*faults, Fault(display, None, f"{len(names):,} groups", f"1 to {MOST} groups")])
    members, hostility = np.zeros(len(names), dtype=np.int64), np.zeros((len(names), len(names)))
    for i, (number, row) in enumerate(table):
        if not row["group"] or names.index(row["group"]) != i:
            faults.append(Fault(display, number, f"group '{row['group']}'", "a name, and no name twice"))
        members[i] = _whole("members", row["members"], 1, MOST_MEMBERS, display, number, faults)
        hostile = _rival_weights(row["rivals"], row["group"], names, display, number, faults)
        allies = _allies(row["allies"], row["group"], names, display, number, faults)
        if both := next((name for name in hostile if name in map(str.strip, row["allies"].split(";"))), ""):
            faults.append(Fault(display, number, f"'{both}' as a rival and as an ally of '{row['group']}'", "one of them"))
        for j, name in enumerate(names):
            hostility[i, j] = 0.0 if i == j else (hostile.get(name, 0.0) + 1.0) / (allies + 1.0)
    if faults:
        raise BadInput(faults)
    return Network(tuple(names), members, hostility)


def _text(path: Path, display: str) -> str:
    """The text of the file, without a byte order mark."""
    expected = f"a CSV file in UTF-8 with columns {', '.join(COLUMNS)}"
    if not path.is_file():
        raise BadInput([Fault(display, None, "no such file" if not path.exists() else "no ordinary file", expected)])
    content = b""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput([Fault(display, None, f"{path.stat().st_size:,} bytes", f"at most {MOST_BYTES:,} bytes (512 KiB)")])
        content = path.read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput([Fault(display, line, f"byte {error.start} is not UTF-8", expected, "save it as UTF-8")]) from None
    except OSError as error:
        raise BadInput([Fault(display, None, error.strerror or "unreadable", expected)]) from None


def _rows(text: str, display: str, faults: list[Fault]) -> list[tuple[int, dict[str, str]]]:
    """Line and cells by column of every group."""
    heads: list[str] = []
    table = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            cells = [cell.strip() for cell in next(csv.reader([line], strict=True))]
        except (csv.Error, StopIteration):
            faults.append(Fault(display, number, "a row that is no CSV", "cells between commas; a quote is closed on its line"))
            continue
        if not heads:
            heads = cells
            if sorted(heads) != sorted(COLUMNS):
                raise BadInput([*faults, Fault(display, number, f"columns {', '.join(heads)}", f"columns {', '.join(COLUMNS)}")])
        elif len(cells) != len(heads):
            faults.append(Fault(display, number, f"{len(cells)} cells", f"{len(heads)} cells"))
        else:
            table.append((number, dict(zip(heads, cells))))
    return table


def _whole(what: str, text: str, least: int, most: int, display: str, line: int, faults: list[Fault]) -> int:
    """A whole number in plain digits; `least` where it is none."""
    number = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else -1
    if not least <= number <= most:
        faults.append(Fault(display, line, f"{what} '{text}'", f"a whole number from {least:,} to {most:,}, in plain digits"))
        return least
    return number


def _name(text: str, own: str, names: list[str], display: str, line: int, faults: list[Fault]) -> None:
    if text == own:
        faults.append(Fault(display, line, f"'{text}' beside itself", "another group"))
    elif text not in names:
        faults.append(Fault(display, line, f"group '{text}' unknown", "a group of the first column", nearest(text, names)))


def _rival_weights(text: str, own: str, names: list[str], display: str, line: int, faults: list[Fault]) -> Mapping[str, float]:
    weights: dict[str, float] = {}
    for part in filter(None, (p.strip() for p in text.split(";"))):
        name, colon, weight = (p.strip() for p in part.partition(":"))
        _name(name, own, names, display, line, faults)
        if name in weights:
            faults.append(Fault(display, line, f"rival '{name}' given twice", "each rival once"))
        try:
            weights[name] = units.number(weight) if colon else 1.0
        except ValueError:
            weights[name] = -1.0
        if not 0.0 <= weights[name] < 1e6:
            faults.append(Fault(display, line, f"weight '{weight}' of rival '{name}'", "a number from 0 to a million"))
    return weights


def _allies(text: str, own: str, names: list[str], display: str, line: int, faults: list[Fault]) -> int:
    allies = [p.strip() for p in text.split(";") if p.strip()]
    if len(allies) == 1 and allies[0] not in names and allies[0][0].isdigit():
        return _whole("allies", allies[0], 0, MOST, display, line, faults)
    for i, name in enumerate(allies):
        _name(name, own, names, display, line, faults)
        if name in allies[:i]:
            faults.append(Fault(display, line, f"ally '{name}' given twice", "each ally once"))
    return len(allies)
