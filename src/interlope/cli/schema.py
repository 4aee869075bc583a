"""schema: the JSON Schema of what a verb prints with --json."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from interlope.cli import options as o
from interlope.cli.place import check_apart

HELP = """Print the JSON Schema of what a verb prints with --json; of every verb where none is named.

Example: interlope schema weigh

The schemas are made from the same records that the output is written from. With --out each goes to a file of its own.
"""
VERB = Annotated[str, typer.Argument(help="A verb, such as weigh; all when absent.", show_default=False)]
TO = Annotated[Path | None, typer.Option("--out", callback=check_apart, help="Folder for a file <verb>.json each.")]


def schema(verb: VERB = "", to: TO = None, json: o.JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines, print_text

    clock = Clock()
    from interlope.errors import BadInput, Fault, nearest
    from interlope.results import verbs

    if verb and verb not in verbs.RESULTS:
        among = ", ".join(sorted(verbs.RESULTS))
        raise BadInput([Fault("command line", None, f"verb '{verb}'", f"one of {among}", nearest(verb, verbs.RESULTS))])
    schemas = {name: verbs.schema_of(name) for name in ([verb] if verb else sorted(verbs.RESULTS))}
    files = verbs.write_schemas(schemas, to) if to else []
    if json:
        print_json("schema", verbs.SchemaResult(schemas=schemas, files=[p.as_posix() for p in files]), clock)
    elif to:
        print_lines([f"Wrote {len(files)} schemas into {to}."])
    else:
        print_text(verbs.write_text(schemas[verb] if verb else schemas))
