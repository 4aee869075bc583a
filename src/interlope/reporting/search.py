"""Search: its results as tables, a figure and files, and what it proposes as options of a case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from interlope import manifest
from interlope.errors import BadInput, Fault
from interlope.manifest import files, stored
from interlope.reporting.figures.search import draw_bundles
from interlope.reporting.numerals import number, plural, signed
from interlope.reporting.tables import Column, Table, table
from interlope.reporting.words import label, listing, readable
from interlope.results.comparison import CompareResult
from interlope.results.search import TriedBundle
from interlope.storage import disk
from interlope.text import printable

FILE, FIGURE = "compare.json", "bundles.svg"


def tell(compare: CompareResult) -> list[str]:
    """Say how much was tried, what of it stands, what is proposed, and what of that stands on other random numbers."""
    search = compare.search
    if search is None:
        return []
    undominated = [b for b in search.bundles if b.undominated]
    raising = [b for b in undominated if b.raises]
    end = f"the budget of {search.budget} ended it, and there may be better ones"
    end = "every neighbour of what stands was tried" if search.complete else end
    lines = [
        f"{plural(search.tried, 'bundle')} of at most {search.most_levers} levers tried on {search.pairs} pairs of futures; {end}.",
        f"{len(undominated)} of them are beaten by no other on every harm under every explanation; {len(raising)} of these are shown to "
        "raise some harm under some explanation, and are not proposed.",
    ]
    if not any(b.proposal for b in search.bundles):
        lines.append("Nothing is proposed: every bundle that stands is shown to raise some harm, or changes nothing.")
    else:
        proposed = [b.proposal for b in search.bundles if b.proposal]
        again = sum(name in compare.undominated for name in proposed)
        lines.append(f"{plural(len(proposed), 'bundle')} proposed; on random numbers that the search did not see {again} of them are "
                     "beaten by no other proposal and not by the status quo.")
    return [*lines, *(f"{note[0].upper()}{note[1:]}." for note in search.notes)]


def tabulate(compare: CompareResult) -> list[Table]:
    """Proposals with their levers, and everything that was tried with its greatest change of each harm over the explanations."""
    search = compare.search
    if search is None:
        return []
    harms = [o for o in compare.outcomes if o.harm]
    named = [b for b in search.bundles if b.proposal]
    heads = (Column("proposal", "bundle", readable), Column("levers", "levers and strength"), Column("name", "option of the case"))
    proposed = table("proposals", "Proposed: beaten by no other bundle tried, and not shown to raise a harm", heads,
                     [(b.proposal, write_levers(b), b.name) for b in sorted(named, key=lambda b: b.proposal)])
    columns = (Column("levers", "levers and strength"), Column("undominated", "stands"), Column("raises", "shown to raise"),
               *(Column(o.name, label(o.name), _two, True) for o in harms))
    rows = [(write_levers(b), b.undominated, [label(r) for r in b.raises], *(find_greatest(b, o.name) for o in harms))
            for b in search.bundles]
    caption = "Everything tried: change of each harm a year over the same future without it, under the explanation where it is greatest"
    return [proposed, table("tried", caption, columns, rows)]


def write_levers(bundle: TriedBundle) -> str:
    """The levers of a bundle with their strengths."""
    return listing([f"{readable(x.lever)} {number(x.setting)}" for x in bundle.levers])


def find_greatest(bundle: TriedBundle, outcome: str) -> float | None:
    """The greatest mean change of one harm over the explanations."""
    values = [h.mean for h in bundle.harms if h.outcome == outcome and h.mean is not None]
    return float(np.max(values)) if values else None


def _two(value: float | None) -> str:
    return signed(value, 2)


def write(compare: CompareResult, folder: Path) -> list[str]:
    """Write the record, the tables as CSV and the figure into a folder. Returns the names of the files."""
    texts = {FILE: compare.model_dump_json() + "\n"} | {f"{t.name}.csv": t.csv() for t in tabulate(compare)}
    texts[FIGURE] = draw_bundles(compare, find_greatest)
    for name, text in texts.items():
        (folder / name).write_text(text if name == FILE else printable(text, lines=True), encoding="utf-8")
    return sorted(texts)


def load(folder: Path) -> CompareResult:
    """Read what `write` wrote.

    Raises
    ------
    BadInput
        When it cannot be read or was changed since.
    """
    manifest.refuse_changed(manifest.read(folder), folder)
    return stored.parse(CompareResult, stored.read_bytes(folder / FILE), folder / FILE)


def write_options(compare: CompareResult, folder: Path, case: Path) -> list[Path]:
    """Write what is proposed as option files, each `NAME.toml`, into a folder outside the case.

    Parameters
    ----------
    compare : CompareResult
        With its search.
    folder : Path
        Where to write; made at need.
    case : Path
        The case's folder: nothing is written into it.

    Returns
    -------
    list of Path

    Raises
    ------
    BadInput
        When a file of that name is there, or the folder lies inside the case.
    """
    if folder.resolve().is_relative_to(case.resolve()):
        raise BadInput([Fault(str(folder), None, "a folder of the case", "one outside it", "copy into options/ what is to be kept")])
    proposals = sorted((b for b in (compare.search.bundles if compare.search else []) if b.proposal), key=lambda b: b.proposal)
    paths = [folder / f"{b.proposal}.toml" for b in proposals]
    present = [p for p in paths if files.tell_kind(p)]
    if present:
        raise BadInput([Fault(str(p), None, "is there already", "a new name: no file is written over") for p in present])
    folder.mkdir(parents=True, exist_ok=True)
    for path, bundle in zip(paths, proposals, strict=True):
        disk.replace(path, _write_toml(bundle, compare).encode())
    return paths


def _write_toml(bundle: TriedBundle, compare: CompareResult) -> str:
    lines: Sequence[str] = [
        "# Proposed by a search of bundles (interlope compare --search); the numbers behind it are in its folder of results.",
        "format = 1", f'name = "{bundle.proposal}"', f'gloss = "{write_levers(bundle)}."']
    ramps = {x.name: x for o in compare.options if o.name == bundle.proposal for x in o.levers}
    for x in bundle.levers:
        source = ramps[x.lever].source if x.lever in ramps else "assumption"
        lines = [*lines, "", "[[lever]]", f'name = "{x.lever}"', f"setting = {x.setting!r}", "ramp = 7", f'source = "{source}"']
    return "\n".join(lines) + "\n"
