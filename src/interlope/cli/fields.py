"""fields: every entry that the files of a case may have, the letters of sources as numbers, and the names of recorded series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from interlope.cli import options as o

if TYPE_CHECKING:
    from interlope.results.reference import FieldRow, FieldsResult, LetterRow, SeriesRow

HELP = """List every entry of a case's TOML files: what is expected, what holds where it is absent, what it means;
and the letters of sources as numbers.

Example: interlope fields --file dossier.toml

One topic alone: 'interlope fields series' lists the names that series = "..." may have, 'interlope fields header' the lines above the
figures of a table in series/ with the densities that there are, 'interlope fields letters' the letters.
"""
TOPICS = ("series", "header", "letters")
TOPIC = Annotated[str, typer.Argument(metavar="topic", help="Only series, header or letters.", show_default=False)]
FILE = Annotated[str, typer.Option("--file", help="Entries of one file only, such as dossier.toml.", show_default=False)]
ALSO = ("Names of recorded series, for series = \"...\": interlope fields series. Header of a table in series/, densities, dispersion: "
        "interlope fields header.")
SECTORS = ("A share of the market is that of whole groups in whole sectors: with few of either it moves in coarse steps. A word such as "
           "'most' is met or not by one group more or less.")


def fields(topic: TOPIC = "", file: FILE = "", json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines

    clock = Clock()
    result = _select(topic, file)
    if json:
        print_json("fields", result, clock)
        return
    for name in dict.fromkeys(row.file for row in result.fields):
        _print_rows(name, [row for row in result.fields if row.file == name])
    if result.series:
        _print_series(result.series)
    if result.letters:
        _print_letters(result.letters)
    if not topic:
        print_lines([ALSO])


def _select(topic: str, file: str) -> FieldsResult:
    """What is asked for: a topic, one file, or all entries and letters."""
    from interlope.dossier.catalogue import list_letters
    from interlope.errors import BadInput, Fault, nearest
    from interlope.results.reference import FieldsResult
    from interlope.scenario.fields import list_fields, list_headers, list_series

    if topic and (topic not in TOPICS or file):
        what = f"topic '{topic}'" + (" and --file" if file else "")
        raise BadInput([Fault("command line", None, what, f"one of {', '.join(TOPICS)}, or --file alone", nearest(topic, TOPICS))])
    if topic:
        return FieldsResult(fields=list(list_headers() if topic == "header" else ()), letters=list_letters() if topic == "letters" else [],
                            series=list(list_series() if topic == "series" else ()))
    rows = list_fields()
    files = list(dict.fromkeys(row.file for row in rows))
    if file and file not in files:
        raise BadInput([Fault("command line", None, f"file '{file}'", f"one of {', '.join(files)}", nearest(file, files))])
    return FieldsResult(fields=[row for row in rows if row.file == (file or row.file)], letters=list_letters())


def _print_rows(file: str, rows: Sequence[FieldRow]) -> None:
    from interlope.cli.console import print_table

    lines = [(row.table, row.key, row.value, row.required, row.default, row.meaning) for row in rows]
    print_table(file, ("table", "entry", "what is expected", "required", "otherwise", "what it means"), lines)


def _print_series(rows: Sequence[SeriesRow]) -> None:
    from interlope.cli.console import print_lines, print_table

    print_table("Recorded series, day by day", ("series", "unit", "what it is"), [(row.series, row.unit, row.definition) for row in rows])
    print_lines([SECTORS])


def _print_letters(rows: Sequence[LetterRow]) -> None:
    from interlope.cli.console import print_table

    heads = ("letter", "faithful", "slanted", "uninformative", "weight", "a relay distorts")
    print_table("Letters as numbers", heads, [(r.letter, *(f"{100 * x:.0f}%" for x in (r.faithful, r.slanted, r.uninformative)),
                                               f"{r.weight:g}", f"{100 * r.distortion:.0f}%") for r in rows], right=(1, 2, 3, 4, 5))
