"""Which fields the code asks of a case's TOML files while it reads them, to hold `scenario/fields.csv` to it.

    PYTHONPATH=src python tests/helpers/asked_fields.py     # writes the table again; meanings that are there stay, new ones are left empty
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import edited_toy

import interlope as il
from interlope.scenario import fields
from interlope.toml.table import REQUIRED, Table

FILES = {"hypotheses": "hypotheses/*.toml", "options": "options/*.toml", "analysts": "analysts/*.toml"}
NAMED = {"overrides", "parameters", "letters", "prior_odds", "codings"}  # tables whose keys are names
REVIEWED = '\n[[reviewed]]\ntext = "watch-collection"\nreason = "invented"\n'
SEASON = 'season_source = "assumption"'
FORCING = '\n[[forcing]]\nname = "wind"\nfile = "wind.csv"\nsource = "assumption"\n'
ORIGINS = '\n[[origins]]\nname = "local"\nfamiliar = 0\nshare = 1\nsource = "assumption"\n'
MEASURE = """
[[measure]]
id = "agreement"
start = 2030-02-01
source = "assumption"
[[measure.lever]]
name = "safe_reception"
setting = 0.1
"""
COST = '\n[cost]\nper_day = 1.0\nunit = "EUR/day"\nsource = "assumption"\n'


@contextmanager
def recorded() -> Iterator[dict[tuple[str, str, str], set[tuple[str, bool, str]]]]:
    """Every (file, table, key) that a reader asks for, with what is expected, whether it must be there, and what stands in for it."""
    asked: dict[tuple[str, str, str], set[tuple[str, bool, str]]] = {}
    take = Table.take

    def noting(self: Table, key: str, default: object = REQUIRED, expected: str = "a value") -> object:
        folder = Path(self.file).parent.name
        file = FILES.get(folder, Path(self.file).name)
        path = ["[]" if isinstance(k, int) else k for k in self.keys]
        field, named = key, next((i for i, part in enumerate(path) if part in NAMED), None)
        if path[:1] == ["codings"] and len(path) > 1 and key != "reason":
            return take(self, key, default, expected)  # an entry of a claim, listed as one
        if named is not None:
            path[named + 1 : named + 2] = ["NAME"] if path[named + 1 :] else []
            field = key if len(path) > named + 1 else "NAME"
        asked.setdefault((file, ".".join(path).replace(".[]", "[]"), field), set()).add((expected, default is REQUIRED, repr(default)))
        return take(self, key, default, expected)

    with mock.patch.object(Table, "take", noting):
        yield asked


def ask() -> dict[tuple[str, str, str], set[tuple[str, bool, str]]]:
    """Fields asked for by the shipped cases, and by a copy of the toy that uses what they leave out."""
    with recorded() as asked, tempfile.TemporaryDirectory() as folder:
        for name in ("toy", "serbia-hungary", "cartels", "cartels-aggregate"):
            il.load(name)
        changes = [("dossier.toml", "", edited_toy.LISTENED), ("case.toml", "", REVIEWED + FORCING + MEASURE),
                   ("case.toml", SEASON, f'{SEASON}\nseason_note = "invented"'),
                   ("options/joint-patrols.toml", "ramp = 3", "ramp = 3\nto = 10"), ("options/joint-patrols.toml", "", COST)]
        case = edited_toy.edit(Path(folder), *changes)
        edited_toy.judge(case)
        (case / "wind.csv").write_text("period,factor\n2030-01-20,0.5\n", encoding="utf-8")
        il.load(case)
        classes = [("case.toml", f"familiar = {word}\norigin_share = 0.5\n", "") for word in ("true", "false")]
        il.load(edited_toy.edit(Path(folder) / "apart", *classes, ("case.toml", "", ORIGINS)))
    return asked


def main() -> int:
    """Write the table again."""
    asked = ask()
    meanings = {(row.file, row.table, row.key): row for row in fields.list_fields()} if fields.PATH.exists() else {}
    with fields.PATH.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(fields.COLUMNS)
        for at in sorted(asked):
            known = meanings.get(at)
            expected = max((e for e, _, _ in asked[at]), key=lambda e: (e != "a value", len(e)))
            required = "yes" if all(must for _, must, _ in asked[at]) else "no"
            writer.writerow([*at, known.value if known else expected, known.required if known else required, known.default if known else "",
                             known.meaning if known else ""])
    return 0


if __name__ == "__main__":
    sys.exit(main())
