"""fields: every entry that the TOML files of a case may have, and the letters of sources as numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from interlope.cli import options as o

HELP = """List every entry of a case's TOML files: what is expected, what holds where it is absent, what it means;
and the letters of sources as numbers.

Example: interlope fields --file dossier.toml
"""
FILE = Annotated[str, typer.Option("--file", help="Entries of one file only, such as dossier.toml.", show_default=False)]


def fields(file: FILE = "", json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_table

    clock = Clock()
    from interlope.dossier.catalogue import list_letters
    from interlope.errors import BadInput, Fault, nearest
    from interlope.results.reference import FieldsResult
    from interlope.scenario.fields import list_fields

    rows, letters = list_fields(), list_letters()
    files = list(dict.fromkeys(row.file for row in rows))
    if file and file not in files:
        raise BadInput([Fault("command line", None, f"file '{file}'", f"one of {', '.join(files)}", nearest(file, files))])
    rows = tuple(row for row in rows if row.file == (file or row.file))
    if json:
        print_json("fields", FieldsResult(fields=list(rows), letters=letters), clock)
        return
    for name in dict.fromkeys(row.file for row in rows):
        lines = [(row.table, row.key, row.value, row.required, row.default, row.meaning) for row in rows if row.file == name]
        print_table(name, ("table", "entry", "what is expected", "required", "otherwise", "what it means"), lines)
    heads = ("letter", "faithful", "slanted", "uninformative", "weight", "a relay distorts")
    print_table("Letters as numbers", heads, [(r.letter, *(f"{100 * x:.0f}%" for x in (r.faithful, r.slanted, r.uninformative)),
                                               f"{r.weight:g}", f"{100 * r.distortion:.0f}%") for r in letters], right=(1, 2, 3, 4, 5))
