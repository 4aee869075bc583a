"""Saving: a change made in the explorer as a file of a case and as the commands that repeat it. Nothing that is there is overwritten."""

from __future__ import annotations

import math
import shlex
from pathlib import Path
from typing import Any

from interlope.dossier.source import LETTERS
from interlope.errors import BadInput, Fault
from interlope.explorer.opening import ExploredStudy
from interlope.explorer.summary import find_option, read_option
from interlope.export import door
from interlope.levers.option import ALWAYS, STATUS_QUO
from interlope.manifest import files, tell_finished
from interlope.results.explorer import SaveAnswer, SaveRequest
from interlope.scenario.analysts import LEAST_ODDS, MOST_ODDS
from interlope.scenario.folder import names
from interlope.toml.table import NAME_RULE, is_name
from interlope.toml.writing import write_entry, write_table

REASON, GLOSS = "set in the explorer", "Levers set in the explorer."


def save(study: ExploredStudy, request: SaveRequest, folder: Path) -> SaveAnswer:
    """Write a change as TOML, and put it into a new file where that is asked for.

    Parameters
    ----------
    study : ExploredStudy
        What is explored.
    request : SaveRequest
        The change.
    folder : Path
        Folder beside the case that files of changes go to.

    Returns
    -------
    SaveAnswer

    Raises
    ------
    BadInput
        When the change names nothing of the case, or a file of that name is there.
    """
    _refuse_name(study, request)
    kinds = {"option": ("options", _write_option), "analyst": ("analysts", _write_analyst)}
    place, write = kinds[request.kind]
    text, notes = write(study, request)
    path = folder / place / f"{request.name}.toml"
    if request.write:
        if finished := tell_finished(folder):
            raise BadInput([Fault(str(folder), None, finished, "another folder", "start the explorer again with --saved FOLDER")])
        if files.tell_kind(path):
            raise BadInput(f"{path.as_posix()} is there already and is never overwritten; choose another name")
        door.place({path: text.encode()})
    return SaveAnswer(text=text, file=path.as_posix(), written=request.write, commands=_commands(study, request, path), notes=notes)


def _refuse_name(study: ExploredStudy, request: SaveRequest) -> None:
    """Refuse the name of a file that the case has, and things to leave out that it does not have."""
    dossier, case = study.record.dossier, study.case
    if not is_name(request.name):
        raise BadInput(f"name '{request.name}'; expected {NAME_RULE}")
    taken = {STATUS_QUO, *(case.options if case else ())} if request.kind == "option" else {a.name for a in study.record.weigh.analysts}
    if request.name in taken:
        raise BadInput(f"'{request.name}' is a name of the case already; expected another one")
    known = {each.id for each in (*dossier.claims, *dossier.roots, *dossier.sources, *dossier.series)}
    if unknown := sorted(set(request.without) - known):
        raise BadInput(f"{', '.join(unknown)}: no claim, root, source or series of the case; expected ids of the evidence page")


def _write_option(study: ExploredStudy, request: SaveRequest) -> tuple[str, list[str]]:
    case, days = study.case, study.case.decision.days if study.case else 365
    option = find_option(case, request.option) if case and request.option else read_option(request.levers, days, request.name, GLOSS)
    if not option.levers:
        raise BadInput("no lever is above 0; expected at least one")
    head = {"format": 1, "name": request.name, "gloss": option.gloss}
    parts = [write_table("", head.items())]
    for lever in option.levers:
        entry: list[tuple[str, Any]] = [("name", lever.lever), ("setting", lever.setting)]
        entry += [("from", lever.start)] if lever.start else []
        entry += [("to", lever.end)] if lever.end != ALWAYS else []
        entry += [("ramp", lever.ramp)] if lever.ramp else []
        parts.append(write_entry("lever", [*entry, ("source", lever.source)]))
    if option.cost_per_day is not None:
        cost = {"per_day": option.cost_per_day, "unit": option.cost_unit, "source": option.cost_source}
        parts.append(write_table("cost", cost.items()))
    return "\n".join(parts), []


def _write_analyst(study: ExploredStudy, request: SaveRequest) -> tuple[str, list[str]]:
    """Letters and prior odds as the file of an analyst; what is left out of the evidence has no place there."""
    sources = {s.id for s in study.record.dossier.sources}
    explanations = set(study.record.names)
    if unknown := sorted({*set(request.letters) - sources, *set(request.odds) - explanations}):
        raise BadInput(f"{', '.join(unknown)}: no source or explanation of the case; expected one of {', '.join(sorted(sources))}")
    if bad := sorted({letter for letter in request.letters.values() if letter not in LETTERS or len(letter) != 1}):
        raise BadInput(f"letter {', '.join(bad)}; expected one of {', '.join(LETTERS)}")
    if not all(math.isfinite(v) and 1e-6 <= v <= 1e6 for v in request.odds.values()):
        raise BadInput("factors on prior odds; expected numbers from a millionth to a million")
    if not (request.letters or request.odds) and (request.write or not request.without):
        raise BadInput("an analyst who judges nothing otherwise; expected another letter of a source, or other odds of an explanation")
    prior = {e.name: e.prior_odds for e in study.record.terms.explanations} if study.record.terms else {}
    odds = {name: float(f"{prior.get(name, 1.0) * factor:.6g}") for name, factor in sorted(request.odds.items())}
    if beyond := [f"{value:g} of {name}" for name, value in odds.items() if not LEAST_ODDS <= value <= MOST_ODDS]:
        raise BadInput(f"prior odds {', '.join(beyond)}; expected numbers from a millionth to a million")
    parts = [write_table("", {"format": 1, "name": request.name, "role": "reader with the explorer"}.items())]
    if request.letters:
        parts.append(write_table("letters", ((s, {"letter": letter, "reason": REASON}) for s, letter in sorted(request.letters.items()))))
    if odds:
        parts.append(write_table("prior_odds", ((name, {"odds": value, "reason": REASON}) for name, value in odds.items())))
    left_out = "The file of an analyst has no place for roots and claims that are left out: the command line says them."
    return "\n".join(parts), [left_out] if request.without else []


def _commands(study: ExploredStudy, request: SaveRequest, path: Path) -> list[str]:
    """Command lines that repeat a view."""
    case, record = study.asked, study.record
    plan = ["--seed", str(record.seed), "--as-of", record.case.as_of, *(["--thorough"] if record.mode == "thorough" else [])]
    if request.kind == "analyst":
        words = ["interlope", "weigh", case, *plan]
        words += [word for name in sorted(request.without) for word in ("--without", name)]
        words += [word for source, letter in sorted(request.letters.items()) for word in ("--regrade", f"{source}={letter}")]
        together = len(request.letters) + len(request.without) > 1
        file = f"put {shlex.quote(path.as_posix())} into analysts/ of the case"
        notes = [f"# odds are in the file alone: {file}"] if request.odds else []
        notes += [f"# each change is weighed by itself; letters and odds together: {file}; letters and omissions: --refit"] \
            if together else []
        return [*notes, shlex.join(words)]
    own = case in names() and not Path(case).is_dir()
    first = [f"# '{case}' comes with the package: copy its folder first, and name the copy below"] if own else []
    target = f"COPY/options/{path.name}" if own else f"{case}/options/{path.name}"
    return [*first, f"cp {shlex.quote(path.as_posix())} {target if own else shlex.quote(target)}",
            shlex.join(["interlope", "compare", "COPY" if own else case, *plan])]
