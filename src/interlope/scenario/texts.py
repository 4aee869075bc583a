"""Texts: every file of a case tried by the guard, with what the case declares and what it marks as reviewed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from interlope import guard
from interlope.errors import Fault
from interlope.guard import RULES, Permission, Place, Reviewed
from interlope.guard.spelling import unify
from interlope.scenario import inventory
from interlope.scenario.inventory import Inventory
from interlope.scenario.sections import read_specification
from interlope.toml.table import Table, read

EXPECTED = "no person, contact, hour or precise place"


def read_reviewed(table: Table) -> tuple[Reviewed, ...]:
    """Read [[reviewed]] of case.toml: texts that somebody has read and let stand, with the reason.

    Parameters
    ----------
    table : Table
        The case file.
    """
    entries = []
    for part in table.parts("reviewed"):
        text, reason = part.text("text"), part.text("reason")
        part.close()
        if any(text == entry.text for entry in entries):
            part.fault(f"text '{text}' given twice in [[reviewed]]", "each text once, with one reason", "text")
        if text and reason:
            entries.append(Reviewed(text, reason))
    return tuple(entries)


def inspect_texts(files: Inventory, permission: Permission, faults: list[Fault]) -> None:
    """Refuse texts that could point to persons or places, and reviewed texts that stand nowhere.

    Parameters
    ----------
    files : Inventory
        What the case's folder holds.
    permission : Permission
        What the case declares and reviewed.
    faults : list[Fault]
        List that faults are added to.
    """
    for place in find(files, permission):
        faults.append(Fault(str(place.file), place.line, f"'{place.finding.text}' ({place.finding.rule})", EXPECTED, place.finding.remedy))
    if permission.reviewed:
        words = _spell(" ".join(path.read_text(encoding="utf-8-sig", errors="replace") for path in map(files.folder.joinpath, files.every)))
        for entry in permission.reviewed:
            if words.count(_spell(entry.text)) < 2:  # once is the entry itself
                faults.append(
                    Fault(
                        str(files.folder / "case.toml"),
                        None,
                        f"reviewed text '{entry.text}' stands nowhere in the case",
                        "a text of the case, letter by letter",
                        "leave the entry out",
                    )
                )


def find(files: Inventory, permission: Permission) -> Iterator[Place]:
    """Yield what the guard finds in every file of a case, in order of name and line.

    Parameters
    ----------
    files : Inventory
        What the case's folder holds.
    permission : Permission
        What the case declares and reviewed.
    """
    for finding in permission.find_persons():
        yield Place(files.folder / "case.toml", None, finding)
    for name in files.every:
        yield from guard.inspect_file(files.folder / name, name, permission)


def explain(folder: Path) -> list[str]:
    """Say of every text that the guard refuses what matched, by which rule, what stands around it, and what to do.

    Parameters
    ----------
    folder : Path
        Of a case, which need not be free of faults.
    """
    table = read(folder / "case.toml", str(folder / "case.toml"), [])
    if table is None:
        return ["case.toml cannot be read: nothing was inspected."]
    specification, _ = read_specification(table, folder.resolve().name)
    permission = Permission(specification.regions, specification.bodies, read_reviewed(table))
    files = inventory.take(folder, specification.tables, [])
    return [*_tell(list(find(files, permission)), folder), *_tell_permission(permission, len(files.every))]


def _tell(refused: Sequence[Place], folder: Path) -> Iterator[str]:
    for file, line, finding in refused:
        rule = RULES[finding.rule]
        name = file.relative_to(folder).as_posix()
        yield f"{name}{'' if line is None else f':{line}'}: '{finding.text}'"
        yield f"  rule {finding.rule}: {rule.looks_for}"
        yield f"  around it: {finding.around}"
        yield f"  {rule.remedy}"
        if finding.rule in ("name", "place", "script"):
            yield f'  to declare it, in [space]: {"places" if finding.rule == "place" else "bodies"} = ["{finding.text}"]'
        if rule.excusable and finding.rule != "length":
            yield f'  to let it stand, at the end of case.toml: [[reviewed]], below it text = "{finding.text}" and reason = "..."'


def _tell_permission(permission: Permission, count: int) -> Iterator[str]:
    yield f"The guard read {count} files: names of files, texts, keys, comments and cells."
    yield f"Declared places: {', '.join(permission.regions) or 'none'}. Declared bodies: {', '.join(permission.bodies) or 'none'}."
    for entry in permission.reviewed:
        yield f"Reviewed: '{entry.text}', because: {entry.reason}"


def _spell(text: str) -> str:
    return " ".join(unify(text).casefold().split())
