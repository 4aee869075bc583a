"""Belonging: which verb wrote a folder or file, for verbs that were handed what another one wrote."""

from __future__ import annotations

import shlex
from pathlib import Path

from interlope.errors import BadInput, Fault
from interlope.manifest import files

STUDY, ENSEMBLE = "", "ensemble"
AGAIN = "the same command prints it again without computing, and its tables lie in the folder; --fresh makes it anew"
WROTE = {  # by the kind that a manifest names: what it is, and what reads it
    STUDY: ("results of 'interlope study'", "'interlope report {place}' writes its report again, 'interlope replay {place}' makes it anew"),
    ENSEMBLE: ("replicates of 'interlope simulate --out'", "'interlope replay {place}' makes them again and compares every shard"),
    "recovery": ("results of 'interlope recover {case}'", AGAIN),
    "search": ("results of 'interlope compare {case} --search'", AGAIN),
    "backtest": ("results of 'interlope backtest {case}'", AGAIN),
    "sensitivity": ("results of 'interlope sensitivity {case}'", AGAIN),
}
FORECAST = ("a forecast of 'interlope forecast'", "'interlope forecast --score {place} ACTUALS.csv' scores it once figures have come")


def refuse_other(place: Path, wanted: tuple[str, ...]) -> None:
    """Refuse what another verb wrote, and say what it is and what reads it; what cannot be told is left to the verb itself.

    Parameters
    ----------
    place : Path
        What the user named.
    wanted : tuple of str
        Kinds that the verb reads.

    Raises
    ------
    BadInput
        When it is of another kind.
    """
    from interlope import manifest

    if files.tell_kind(place) == "a file" and place.name != manifest.FILE:
        actual, remedy = FORECAST if _is_forecast(place) else ("a file", "name the folder that it lies in")
    else:
        folder = place.parent if place.name == manifest.FILE else place
        if not files.tell_kind(folder / manifest.FILE):
            return
        about = manifest.read(folder)
        kind = str(about.settings.get("kind", STUDY))
        if kind in wanted:
            return
        actual, remedy = WROTE.get(kind, (f"results of kind '{kind[:40]}'", AGAIN))
        actual = actual.format(case=shlex.quote(about.case))
    expected = " or ".join(WROTE[kind][0] for kind in wanted).format(case="CASE")
    remedy = remedy.format(place=shlex.quote(str(place)))
    raise BadInput([Fault(str(place), None, f"holds {actual}" if place.is_dir() else f"is {actual}", expected, remedy)])


def refuse_case(place: Path) -> None:
    """Refuse a case that comes without an answer, and say how to make one.

    Parameters
    ----------
    place : Path
        What the user named.

    Raises
    ------
    BadInput
        When it is the name of a shipped case, or a case's folder.
    """
    from interlope.scenario.folder import names

    name = str(place)
    shipped = name in names() and not place.exists()
    if shipped or (place / "case.toml").is_file():
        again = f"make one with 'interlope study {shlex.quote(name)}', which writes a report too; then name the folder that it wrote"
        raise BadInput([Fault(name, None, f"a case {'that comes without an answer' if shipped else 'folder, which holds no results'}",
                              "a folder that 'study' wrote, or a case with a shipped answer", again)])


def _is_forecast(path: Path) -> bool:
    """Whether a file is one of the two of a forecast."""
    from interlope.outlook.file import find_places, read

    try:
        read(find_places(path)[0])
    except BadInput:
        return False
    return path in find_places(path)
