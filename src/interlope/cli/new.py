"""new: a case of your own, begun from a small made-up one that runs."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from interlope.cli.options import JSON
from interlope.cli.place import check_apart, insist
from interlope.errors import BadInput, nearest
from interlope.text import printable

HELP = """Make a folder for a case of your own, begun from a small made-up case that checks and runs.

Example: interlope new my-border --explanations rivalry,tribute
"""
EXPLANATIONS = Annotated[str | None, typer.Option(metavar="NAME,NAME", help="Explanations to write in place of the made-up case's: rivalry "
                                           "(nobody), takeover (commands), tribute (taxes), franchise (lends a name), supply (supplies "
                                           "all), kinship (ties without command), mimicry (borrowed names).")]
TEMPLATES = Path(__file__).parents[1] / "scenario" / "explanations"
UNDISPUTED = "rivalry"  # what a report is seldom about
FOLDER = Annotated[Path, typer.Argument(help="Folder to make; its last part is the case's name.", show_default=False)]
NOTE = """# A case of your own, begun from the made-up case 'toy'. Change every number: none of them is real.
# Order that works: places and dates here; sources, roots and claims in dossier.toml; official figures in series/;
# explanations in hypotheses/ (each with a prediction that could fail it); options in options/.
# Check often: interlope check {name}

"""

TODAY_NOTE = "# days before start that count as today; where demand has a season, take whole years (365)"
BORDER_NOTE = """# Numbers that belong to a border. What stands below is the model's own, written for another border: take the # away from
# the lines that you have looked up, put your number and its source there, and leave those lines here in [overrides]."""


def _list_bordered(names: Collection[str]) -> list[str]:
    """Numbers of a border that a case leaves to the model, as comments: the line of each, what it is, and how to find it."""
    from interlope.model.step import PARAMS
    from interlope.scenario.bordered import HOW_TO_FIND
    from interlope.scenario.prior import parse
    from interlope.wording import NEUTRAL, fill

    lines: list[str] = [*BORDER_NOTE.splitlines()]
    for p in PARAMS:
        if p.name in names:
            given = f"value = {p.value:g}" if parse(p.prior).constant else f'prior = "{p.prior}"'
            lines += [f'# {p.name} = {{ {given}, unit = "{p.unit}", source = "assumption" }}',
                      fill(f"#   {p.meaning}. How to find it: {HOW_TO_FIND[p.name]}.", NEUTRAL)]
    return lines


def _choose(text: str | None) -> list[str]:
    """Names of explanations in their order; none where the option is not given."""
    known = sorted(path.stem for path in TEMPLATES.glob("*.toml"))
    if text is None:
        return []
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise BadInput(f"--explanations '{text}' names none; expected one or several of {', '.join(known)}, with commas between")
    if twice := next((name for i, name in enumerate(names) if name in names[:i]), ""):
        raise BadInput(f"--explanations {text}: '{twice}' twice; expected each once")
    for name in names:
        if name not in known:
            close = nearest(name, known)
            raise BadInput(f"explanation '{name}' unknown; expected one or several of {', '.join(known)}, with commas between"
                           + (f"; {close}" if close else ""))
    return names


def _write_explanations(folder: Path, names: list[str]) -> None:
    """Put these explanations in the place of those that are there, and ask about the first that a report may be about."""
    for path in (folder / "hypotheses").glob("*.toml"):
        path.unlink()
    for name in names:
        shutil.copy(TEMPLATES / f"{name}.toml", folder / "hypotheses" / f"{name}.toml")
    path = folder / "case.toml"
    asked = next((name for name in names if name != UNDISPUTED), names[0])
    text = path.read_text(encoding="utf-8").replace('explanation = "takeover"\nlabel = "One organisation"',
                                                    f'explanation = "{asked}"\nlabel = "{asked.capitalize()}"')
    path.write_text(text, encoding="utf-8")


def new(folder: FOLDER, explanations: EXPLANATIONS = None, json: JSON = False) -> None:
    """Run the verb."""
    from interlope.cli.console import Clock, print_json, print_lines

    clock = Clock()
    from interlope.results.verbs import NewResult
    from interlope.scenario.case import find, load
    from interlope.scenario.description import list_inherited

    if not re.fullmatch(r"[a-z][a-z0-9-]*", folder.name):
        raise BadInput(f"name '{folder.name}'; expected small letters, digits and hyphens, a letter first")
    if folder.exists():
        raise BadInput(f"{folder} is already there; expected a folder that does not exist yet")
    insist(check_apart, folder)
    names = _choose(explanations)
    source = find("toy")
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("__pycache__"))
    if names:
        _write_explanations(folder, names)
    path = folder / "case.toml"
    text = path.read_text(encoding="utf-8")
    text = re.sub(r'^name = ".*"', f'name = "{folder.name}"', text, count=1, flags=re.M)
    text = re.sub(r"^today = .*", lambda line: f"{line[0]}    {TODAY_NOTE}", text, count=1, flags=re.M)
    note = NOTE.format(name=printable(shlex.quote(str(folder))))
    path.write_text(note + text, encoding="utf-8")
    inherited = list_inherited(load(folder))
    path.write_text(note + text.rstrip("\n") + "\n\n" + "\n".join(_list_bordered(inherited)) + "\n", encoding="utf-8")
    load(folder)
    files = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    following = shlex.join(["interlope", "check", str(folder)])
    if json:
        print_json("new", NewResult(folder=folder.as_posix(), files=files, next=following), clock)
        return
    print_lines(
        [
            f"Made {folder} with {len(files)} files: {', '.join(files)}.",
            "Every number in it is invented: put yours in their place.",
            f"Next: {following}",
        ]
    )
