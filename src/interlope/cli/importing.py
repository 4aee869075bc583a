"""import: a table as its publisher gives it, written as a table of official figures into a case of one's own."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interlope.cli import options as o
from interlope.cli.place import check_file
from interlope.errors import BadInput

if TYPE_CHECKING:
    from interlope.importing.convert import Converted
    from interlope.importing.mapping import ColumnMap
    from interlope.importing.sheet import Sheet
    from interlope.results.importing import ImportResult

HELP = """Read a CSV of any shape by a map, and write it as a table of official figures into a case of your own.

Example: interlope import arrivals.csv --map arrivals.toml --into my-border

A map says which columns are which, and whatever the file leaves open: it is a TOML file, or KEY=VALUE, or both; what comes later holds.
With --dry-run nothing is written and the first rows are shown. Nothing is ever written over.
"""
FILE = Annotated[Path, typer.Argument(help="The table as published: CSV or the like.", show_default=False)]
MAP = Annotated[list[str] | None, typer.Option("--map", help="A map: FILE.toml, or KEY=VALUE such as columns.value=arrivals. Several.")]
INTO = Annotated[str, typer.Option("--into", help="Folder of the case whose series/ gets the table.")]
DRY = Annotated[bool, typer.Option("--dry-run", help="Write nothing; show how the file is read and the first rows.")]
SAVE = Annotated[Path | None, typer.Option("--save-map", callback=check_file, help="File for the map, never over an old one.")]
SHOWN = 10  # rows


def importing(file: FILE, parts: MAP = None, into: INTO = "", dry_run: DRY = False, save: SAVE = None, json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines, print_table

    clock = Clock()
    from interlope.importing import place
    from interlope.importing.convert import convert
    from interlope.importing.mapping import read_map
    from interlope.importing.sheet import read_sheet

    if not into and not dry_run:
        raise BadInput("nowhere to write the table; expected --into FOLDER of a case, or --dry-run")
    if dry_run and save is not None:
        raise BadInput("--save-map with --dry-run, which writes nothing; expected one of them")
    mapping = read_map(parts or [])
    if save is not None and save.exists():
        raise BadInput(f"{save} is there already; expected a new file for --save-map: nothing is written over")
    missing = place.list_missing(mapping)
    if missing and not dry_run:
        raise BadInput(f"the map does not state {', '.join(missing)}; expected each, as the header of a table needs them "
                       "(or --dry-run to look first)")
    target = place.find_target(into, mapping) if into and not (dry_run and missing) else None
    sheet = read_sheet(file, mapping)
    converted = convert(sheet, mapping)
    others = 0
    if not missing:
        if faults := place.check_table(converted, mapping, sheet.file):
            raise BadInput(faults)
        others = place.check_in_case(target, converted, mapping, sheet.file) if target is not None else 0
    if not dry_run and target is not None:
        place.write_new(target, converted.text)
    if save is not None and not dry_run:
        place.write_new(save, mapping.to_toml())
    result = _describe(sheet, mapping, converted, missing, others)
    if target is not None and not dry_run:
        result = result.model_copy(update={"table": target.as_posix(), "next": shlex.join(["interlope", "check", into])})
    if save is not None and not dry_run:
        result = result.model_copy(update={"saved_map": save.as_posix()})
    if json:
        print_json("import", result, clock)
        return
    if dry_run:
        heads = tuple(result.first[0])
        print_table(f"First {len(result.first)} of {result.figures} figures", heads, [tuple(r.values()) for r in result.first])
    print_lines(_tell(result))


def _describe(sheet: Sheet, mapping: ColumnMap, converted: Converted, missing: list[str], others: int) -> ImportResult:
    """What was read, as a record."""
    import csv

    from interlope.results.importing import ImportResult

    rows = list(csv.DictReader(converted.text.splitlines()[converted.header_lines - 1 :]))
    return ImportResult(
        source=sheet.file, sha256=sheet.sha256, rows=len(sheet.rows), figures=len(rows), first_period=rows[0]["period"],
        last_period=rows[-1]["period"], left_out={why: count for why, count in converted.left_out.items() if count},
        interpretations=converted.interpretations, first=[dict(row) for row in rows[:SHOWN]], map=mapping.to_toml(),
        missing=missing, other_faults=others,
    )


def _tell(result: ImportResult) -> list[str]:
    """The result in words."""
    from interlope.reporting.numerals import plural

    left = "; ".join(f"{count:,} left out ({why})" for why, count in result.left_out.items())
    lines = [*result.interpretations,
             f"{plural(result.figures, 'figure')} from {plural(result.rows, 'row')}, {result.first_period} to {result.last_period}"
             + (f"; {left}." if left else ".")]
    if result.missing:
        lines.append(f"Before it can be written the map has to state: {', '.join(result.missing)}.")
    if result.other_faults:
        lines.append(f"The case has {plural(result.other_faults, 'fault')} without this table: what they hide was not checked.")
    if result.table:
        lines += [f"Wrote {result.table}.", f"Next: {result.next}"]
    if result.saved_map:
        lines.append(f"Wrote the map to {result.saved_map}.")
    return lines if result.table or result.saved_map else [*lines, "Nothing was written."]
