"""Options: the arguments that several verbs share, said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from interlope.arguments import LARGEST
from interlope.cli.place import check_apart
from interlope.cli.yardstick import use_words
from interlope.errors import BadInput

CASE = Annotated[str, typer.Argument(help="A shipped case by name, or a folder.", show_default=False)]
RESULTS = Annotated[Path, typer.Argument(help="A folder that 'study' wrote.", show_default=False)]
JSON = Annotated[bool, typer.Option("--json", help="Print one JSON envelope and nothing else.")]
SEED = Annotated[int, typer.Option("--seed", min=0, max=LARGEST, help="Seed; the same seed gives the same numbers.")]
OUT = Annotated[Path, typer.Option("--out", callback=check_apart, help="Folder in which the results' folder is made.")]
AS_OF = Annotated[str, typer.Option("--as-of", help="Date, or name of a cut in the case: later evidence is not seen.")]
DATES = Annotated[
    list[str] | None,
    typer.Option("--as-of", help="Date, or name of a cut: later evidence is not seen. Several: how the odds moved."),
]
THOROUGH = Annotated[bool, typer.Option("--thorough", help="Spend more replicates for smaller errors; says first how long it takes.")]
BUDGET = Annotated[str, typer.Option("--budget", help="Of the fit: replicates (20000) or time (300s, 10m, 1h); spent on smaller errors.")]
PAIRS = Annotated[int | None, typer.Option("--pairs", min=1, help="Pairs of futures for each option, in all.")]
DAYS = Annotated[int | None, typer.Option("--days", min=1, help="Days after the decision.")]
STRICT = Annotated[bool, typer.Option("--strict", help="End with exit code 3 when the result is not resolved.")]
FRESH = Annotated[bool, typer.Option("--fresh", help="Make results again even where they are already there.")]
WORDS = Annotated[str, typer.Option("--words", callback=use_words, help="Words for probabilities: icd203, phia or ipcc.")]

HERE = Path("out")


def read_list(option: str, text: str) -> list[str]:
    """Read names with commas between them, each once; an empty text is none.

    >>> read_list("--series", "attempts, detained"), read_list("--series", "")
    (['attempts', 'detained'], [])
    """
    names = [name.strip() for name in text.split(",")] if text else []
    if not all(names) or len(set(names)) < len(names):
        raise BadInput(f"{option} {text}: expected names with a comma between them, each once, as in attempts,detained")
    return names
ICD = "icd203"
