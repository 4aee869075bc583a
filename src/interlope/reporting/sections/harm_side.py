"""Harm side: which harms the levers of the options can raise or lower, through what and how much; levers that do not say so are named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from interlope.reporting.blocks import Callout, Grid, Heading, Points
from interlope.reporting.numerals import number
from interlope.reporting.tables import Column, Table, table
from interlope.reporting.words import label, listing, readable, sentence
from interlope.results.comparison import CompareResult, OptionAbout
from interlope.results.harm import RecordedHarm, SwitchedOff
from interlope.results.reference import LeverHarm
from interlope.results.study import ParameterAbout, StudyRecord

ASSUMED = "assumption"
UNDECLARED = "harm side not declared"
LEAD = "What each lever is declared to do to people, all else equal. How strong it is in sum is in the tables of harm above"


def list_warnings(compare: CompareResult) -> list[object]:
    """List what has to be known before the tables of harm are read: levers whose harm side is not declared, harms switched off."""
    undeclared, off = sorted({name for o in compare.options for name in o.undeclared}), tell_switched_off(compare.options)
    blocks: list[object] = []
    if undeclared:
        blocks.append(Callout("Levers that do not declare their harm side",
                              (f"{', '.join(map(readable, undeclared))}: no table here can rule a harm out.",), "warn"))
    if off:
        blocks.append(Callout("Harms that the numbers of this case switch off", tuple(off), "warn"))
    return blocks


def list_harm_side(study: StudyRecord, compare: CompareResult) -> list[object]:
    """List the blocks on the harm side of the levers used; none where no option has a lever that declares it."""
    harms = list({(h.lever, h.control, h.through, h.direction): h for o in compare.options for h in o.harms}.values())
    if not harms:
        return []
    omitted = list(dict.fromkeys(text for o in compare.options for text in o.not_modelled))
    blocks: list[object] = [Heading("Which harms a lever can raise or lower", f"{LEAD}."), Grid(tabulate_harms(harms, study.parameters))]
    unchecked = tell_unchecked(harms, study.parameters, compare.recorded)
    blocks += [Points(tuple(unchecked))] if unchecked else []
    return [*blocks, *([Points(tuple(f"Not modelled: {text}." for text in omitted))] if omitted else [])]


def tell_unchecked(harms: Sequence[LeverHarm], parameters: Sequence[ParameterAbout], recorded: Sequence[RecordedHarm] | None) -> list[str]:
    """Say of which harms no table gives a count, and which levers move them by assumptions alone, as far as the numbers are named."""
    if recorded is None:
        return []
    assumed: dict[str, bool] = {}
    for p in parameters:
        assumed[p.name] = assumed.get(p.name, True) and p.source == ASSUMED
    counted = {row.outcome for row in recorded}
    sentences = []
    for name in dict.fromkeys(name for h in harms for name in h.harms if name not in counted):
        sizes: dict[str, list[str]] = {}
        for h in harms:
            if name in h.harms and h.size:
                sizes.setdefault(h.lever, []).append(h.size)
        levers = [readable(lever) for lever, named in sizes.items() if all(assumed.get(size, False) for size in named)]
        if levers:
            sentences.append(f"{label(name).capitalize()}: no count exists to check these, and every number named above by which "
                             f"{listing(levers)} can move them is an assumption.")
    return sentences


def tell_switched_off(options: Sequence[OptionAbout]) -> list[str]:
    """Say which harms of which levers the numbers of the case take away, by option; empty where there are none."""
    return [f"{readable(o.name).capitalize()}: {readable(x.lever)} can raise {listing([label(name) for name in x.harms])} "
            f"({x.through}), and {_tell_number(x)}." for o in options for x in o.switched_off]


def _tell_number(row: SwitchedOff) -> str:
    under = f" under {listing(row.explanations)}" if row.explanations else ""
    if row.value == 0.0:
        return f"{readable(row.number)} is never above 0{under}: that harm is switched off and counted nowhere"
    return (f"{readable(row.number)} is set to nearly nothing{under} (about {number(row.value, 2)}; the model's own is "
            f"about {number(row.own, 2)}): little of that harm can show in any table")


def tabulate_harms(harms: Sequence[LeverHarm], parameters: Sequence[ParameterAbout]) -> Table:
    """Tabulate the ways in which levers move harm, each with the number that says how much and its prior in this case."""
    priors = {name: "; ".join(rows) for name, rows in _priors(parameters).items()}
    columns = (
        Column("lever", "lever", readable),
        Column("direction", "direction"),
        Column("harms", "harms", lambda names: ", ".join(map(label, names))),
        Column("how", "how", sentence),
        Column("size", "number that says how much"),
        Column("source", "source of the direction"),
    )
    rows = [(h.lever, h.direction, h.harms, h.through, _size(h.size, priors), h.source) for h in harms]
    return table("harm-side", "The harm side of the levers", columns, rows, layout="wide")


def tell_option(option: OptionAbout) -> str:
    """Say in one cell which harms an option can raise and lower by its levers' declarations.

    >>> from interlope.results.comparison import OptionAbout
    >>> plain = dict(name="x", gloss="x", side_effects=[], levers=[], cost=None, cost_source=None)
    >>> tell_option(OptionAbout(**plain, undeclared=["raids"])), tell_option(OptionAbout(**plain))
    ('raids: harm side not declared', '')
    """
    parts = list(_sides(option.harms))
    return "; ".join([*parts, *(f"{readable(name)}: {UNDECLARED}" for name in option.undeclared)])


def _sides(harms: Sequence[LeverHarm]) -> Iterator[str]:
    for direction, verb in (("raises", "can raise"), ("lowers", "can lower")):
        names = dict.fromkeys(name for h in harms if h.direction == direction for name in h.harms)
        if names:
            yield f"{verb} {', '.join(map(label, names))}"


def _priors(parameters: Sequence[ParameterAbout]) -> Mapping[str, list[str]]:
    priors: dict[str, list[str]] = {}
    for p in parameters:
        text = f"{p.prior}{f' {p.unit}' if p.unit != '1' else ''} ({p.source})"
        priors.setdefault(p.name, []).append(f"{p.explanation}: {text}" if p.explanation else text)
    return priors


def _size(name: str, priors: Mapping[str, str]) -> str:
    if not name:
        return "several numbers"
    return f"{readable(name)}: {priors[name]}" if name in priors else readable(name)
