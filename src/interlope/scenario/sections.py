"""Sections of a case file: time, space, groups, clients, demand and imposed events, every fault noted."""
from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from interlope.errors import BadInput
from interlope.scenario.events import MOST_COMPARED, read_events
from interlope.scenario.forcing import Forcing, read_forcings
from interlope.scenario.inventory import inspect
from interlope.scenario.measures import Measure, read_measures, refuse_late
from interlope.scenario.network import MOST, Network
from interlope.scenario.network import read as read_network
from interlope.scenario.operations import Event
from interlope.scenario.origins import read_familiar, read_origins, refuse_both
from interlope.scenario.specification import (
    NOBODY,
    CaseSpecification,
    Client,
    Decision,
    Growth,
    Mix,
    latest_knowledge,
)
from interlope.scenario.wording import States, read_states, read_words
from interlope.toml.names import refuse_alike
from interlope.toml.table import Table

Pending = list[tuple[Table, str]]  # sources that can only be checked once the dossier is known
CASE_NAME = re.compile(r"(?![ .])[^\x00-\x1f\x7f/\\:*?\"<>|]{1,64}(?<![ .])")
MOST_DAYS = 36_525  # of a case, from start to end: a hundred years
CURRENCY = "EUR"
MOST_GROWTH = 3.0  # log factor of a year: twenty times as many, or a twentieth
LEAST_BOUND = 1e-3  # part of all arrivals that is bound for the border
MOST_CLASSES = 32  # as the model has room for; importing it from there would load the compiler


def read_specification(table: Table, folder: str) -> tuple[CaseSpecification, Pending]:
    """Read the specification of a case from case.toml.

    Parameters
    ----------
    table : Table
        The whole file; its faults list receives every fault.
    folder : str
        Name that the case must have.

    Returns
    -------
    tuple[CaseSpecification, Pending]
        (specification, with wide stand-ins where entries are wrong; the sources it names, to be checked against the dossier).
    """
    pending: Pending = []
    table.integer("format", low=1, high=1)
    name = table.text("name")
    if name and name != folder:
        table.fault(f"name '{name}'", f"the folder's name, '{folder}'", "name")
    elif name and not CASE_NAME.fullmatch(name):
        table.fault(f"name '{name}'", "at most 64 signs that can name a folder on any system", "name", "rename folder and case")
    question = table.text("question")
    if (currency := table.text("currency", CURRENCY)) != CURRENCY:
        table.fault(f"currency '{currency}'", f"'{CURRENCY}', in which the model's own amounts are stated: nothing converts", "currency",
                    f"state the case's amounts in {CURRENCY}, with rate and day in a note: prices and costs enter choices beside the "
                    "model's own amounts, which one rate of one day would not move soundly")
    days, cuts = _time(table)
    decision = _decision(table, days)
    space, groups = table.part("space"), table.part("groups")
    sectors, group_slots, initial = 1, 1, 1
    network: Network | None = None
    regions: tuple[str, ...] = ()
    states = States()
    bodies: tuple[str, ...] = ()
    if space is not None:
        sectors = space.integer("sectors", low=1, high=24)
        states = read_states(space)
        regions, bodies = tuple(dict.fromkeys((*states.every, *space.texts("places", ())))), space.texts("bodies")
        regions = () if space.is_wrong() else regions  # else places that were meant would be unknown
        _source(space, pending)
        space.close()
    if groups is not None:
        network = _network(groups, table.file, sectors)
        most = 128 if network is None else MOST
        group_slots = groups.integer("slots", low=1, high=most)
        initial = groups.integer("initial", low=0, high=most)
        if network is not None and initial != len(network.members):
            groups.fault(f"initial = {initial}", f"the groups of the network, {len(network.members)}", "initial")
        if initial > group_slots and not groups.is_wrong("slots"):
            groups.fault(f"initial = {initial}", f"at most slots, {group_slots}", "initial")
        _source(groups, pending)
        groups.close()
    if table.has("clients") or table.has("demand"):
        clients = _clients(table, pending)
        season, mixes, bound, growths, notes = _demand(table, clients, (days[1].year, days[2].year), pending)
    else:
        clients, season, mixes, bound, growths, notes = NOBODY, (1.0,) * 12, (Mix(1900, (1.0,)),), (1.0,), (), ()
    if clients is not NOBODY and days[2].year < date.max.year and not any(season[month - 1] for month in _months(days[0], days[2])):
        table.fault("a season of 0 in every month of the case, so that nobody arrives", "a month with arrivals", "demand",
                    "a case in which nobody is on the move has no [[clients]] and no [demand]")
    origins = read_origins(table, pending)
    named = {each.name for each in (*(() if clients is NOBODY else clients), *origins) if each.name}
    if groups is not None and network is not None:
        _refuse_classes(groups, network, named)
    events, forcings, measures = _imposed(table, days[0], days[2], pending)
    refuse_late(table, measures, decision.start)
    specification = CaseSpecification(
        name, question, *days, cuts, decision, sectors, regions, bodies, group_slots, initial, clients, season, mixes, bound, growths,
        events, notes, network, states, forcings, measures, read_words(table, states, named), origins)
    return specification, pending


def _imposed(table: Table, first: date, last: date, pending: Pending) -> tuple[tuple[Event, ...], tuple[Forcing, ...], tuple[Measure, ...]]:
    """What every replicate has, each of its names given once."""
    forcings, sources = read_forcings(table, first, last)
    events, others = read_events(table, first, last, {f.name for f in forcings})
    measures, reported = read_measures(table, first, last, {f.name for f in forcings} | {e.id for e in events})
    pending += [*others, *sources, *reported]
    return events, forcings, measures


def _months(first: date, last: date) -> set[int]:
    """Calendar months, 1 to 12, that days from first to last touch."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return {(first.month - 1 + i) % 12 + 1 for i in range(min(count, 12))}


def _network(groups: Table, file: str, sectors: int) -> Network | None:
    """[groups].network: a CSV beside the case file with members and hostility of the groups that open the case."""
    if not groups.has("network"):
        return None
    name = groups.text("network")
    if sectors != 1:
        groups.fault(f"a network and {sectors} sectors", "one sector: a network says who meets whom", "network")
    path = Path(file).parent / name
    if name != path.name or not name.endswith(".csv") or name.startswith("."):
        groups.fault(f"network '{name}'", "the name of a CSV file beside case.toml, such as 'network.csv'", "network")
        return None
    if unreadable := inspect(path, path.parent):
        groups.faults.append(unreadable)
        return None
    try:
        return replace(read_network(path), file=name)
    except BadInput as error:
        groups.faults.extend(error.faults)
        return None


def _refuse_classes(groups: Table, network: Network, classes: set[str]) -> None:
    """Hostility is between groups, never by nationality: no group of a network bears the name of a class of clients or an origin."""
    for name in network.names:
        if any(re.search(rf"\b{re.escape(c.casefold())}s?\b", name.casefold()) for c in classes):
            groups.fault(f"group '{name}' bears the name of a class of clients or an origin", "names that say nothing of nationality",
                         "network", "rename the group in the network's file: who is hostile to whom must not follow from nationality")


def _time(table: Table) -> tuple[tuple[date, date, date, date], dict[str, date]]:
    """[time]: start, burn_in, end, as_of in order, and named cuts."""
    part = table.part("time")
    always = (date.min, date.min, date.max, date.max)
    if part is None:
        return always, {}
    start, burn_in, end, as_of = part.day("start"), part.day("burn_in"), part.day("end"), part.day("as_of")
    cuts: dict[str, date] = {}
    for cut in part.parts("cut", each="name"):
        name, when = cut.name("name"), cut.day("date")
        if same := next((other for other in cuts if other != name and other.casefold() == name.casefold()), ""):
            cut.fault(f"name '{name}' beside '{same}'", "names that differ by more than capitals", "name")
        if re.match(r"[0-9]{4}(-?[0-9QWH]|$)", name):
            cut.fault(f"name '{name}'", "a name that is no date, as --as-of takes both", "name")
        if when is not None and start and end and not start <= when <= latest_knowledge(end):
            cut.fault(f"date = {when}", f"a date from {start} to {latest_knowledge(end)}", "date")
        elif when is not None:
            cuts[name] = when
        cut.close()
    part.close()
    if start is None or burn_in is None or end is None or as_of is None:
        return always, cuts
    if (end - start).days >= MOST_DAYS:
        part.fault(f"{(end - start).days + 1:,} days from start to end, {end}", f"at most {MOST_DAYS:,}", "end")
    if not start <= burn_in <= end:
        part.fault(f"burn_in = {burn_in}", f"a date from start, {start}, to end, {end}", "burn_in")
    if not start <= as_of <= latest_knowledge(end):
        part.fault(f"as_of = {as_of}", f"a date from start, {start}, to a year after end, {latest_knowledge(end)}", "as_of")
    if end < start:
        part.fault(f"end = {end}", f"a date not before start, {start}", "end")
    return (start, burn_in, end, as_of), cuts


def _decision(table: Table, days: tuple[date, date, date, date]) -> Decision:
    """[decision]: a day within the case, the length compared and the days that count as today."""
    part = table.part("decision")
    if part is None:
        return Decision(days[0], MOST_COMPARED, 1)
    start, length, today = part.day("start"), part.integer("days", low=1, high=MOST_COMPARED), part.integer("today", low=1)
    length = MOST_COMPARED if part.is_wrong("days") else length
    part.close()
    if start is None:
        return Decision(days[0], length, today)
    if not days[0] < start <= days[2]:
        part.fault(f"start = {start}", f"a day after {days[0]} and not after {days[2]}", "start")
    elif today > (start - days[0]).days:
        since = (start - days[0]).days
        part.fault(f"today = {today}", f"at most the {since} days since the first simulated one", "today")
    return Decision(start, length, today)


def _clients(table: Table, pending: Pending) -> tuple[Client, ...]:
    """[[clients]]: classes, with familiarity and origin share where the case has no [[origins]]; origin shares sum to 1."""
    clients, parts = [], table.parts("clients", at_least=1, each="name")
    apart = table.has("origins")
    for part in parts:
        name = part.text("name")
        refuse_alike(part, name, "class of clients", [c.name for c in clients])
        if apart:
            refuse_both(part)
            clients.append(Client(name))
        else:
            clients.append(Client(name, read_familiar(part), part.number("origin_share", low=0.0, high=1.0)))
        _source(part, pending)
        part.close()
    if len(parts) > MOST_CLASSES:
        parts[-1].fault(f"{len(parts)} classes", f"at most {MOST_CLASSES}", "name")
    total = sum(c.origin_share for c in clients)
    if parts and not apart and abs(total - 1.0) > 1e-6:
        parts[-1].fault(f"origin shares sum to {total:g}", "a sum of 1", "origin_share")
    return tuple(clients)


def _demand(table: Table, clients: tuple[Client, ...], scored: tuple[int, int], pending: Pending) -> tuple[
        tuple[float, ...], tuple[Mix, ...], tuple[float, ...], tuple[Growth, ...], tuple[tuple[str, str], ...]]:
    """[demand]: season, mix by year, the part of each class bound for this border, growth by year."""
    part, size = table.part("demand"), len(clients)
    if part is None or size == 0:
        return (1.0,) * 12, (), (), (), ()
    season = part.numbers("season", 12, low=0.0)
    if abs(sum(season) - 12.0) > 0.01:
        part.fault(f"season has mean {sum(season) / 12:.4g}", "a mean of 1 within 0.001", "season")
    years = part.take("season_years", [])
    if not isinstance(years, list) or any(type(y) is not int or scored[0] <= y <= scored[1] for y in years):
        part.refuse("season_years", years, f"years outside the likelihood, {scored[0]} to {scored[1]}")
    notes = [(key, part.text(key)) for key in ("season_source", "season_note", "bound_source") if part.has(key)]
    for key in ("season_source", "bound_source"):
        pending.append((part, part.text(key) if part.has(key) else ""))
        if not part.has(key) and (key == "season_source" or part.has("bound")):
            part.fault(f"'{key}' missing", "a source or 'assumption'")
    bound = part.numbers("bound", size, low=0.0, high=1.0, default=None) if part.has("bound") else (1.0,) * size
    mixes = []
    for item in part.parts("mix", at_least=1, each="year"):
        year, share = item.integer("year", low=1900, high=2200), item.numbers("share", size, low=0.0)
        if abs(sum(share) - 1.0) > 1e-6:
            item.fault(f"shares sum to {sum(share):g}", f"a sum of 1 over the {size} classes", "share")
        elif sum(a * b for a, b in zip(share, bound)) < LEAST_BOUND:
            item.fault(f"nobody of {year} is bound for this border: share times bound is below {LEAST_BOUND:g}",
                       "a class with both share and bound above zero", "share")
        mixes.append(Mix(year, share))
        _source(item, pending)
        item.text("note", "")
        item.close()
    growths = []
    for item in part.parts("growth", each="year"):
        growths.append(Growth(item.integer("year", low=1900, high=2200), item.number("level", low=-MOST_GROWTH, high=MOST_GROWTH),
                              item.number("slope", 0.0, low=-MOST_GROWTH, high=MOST_GROWTH)))
        _source(item, pending)
        item.text("note", "")
        item.close()
    part.close()
    return season, tuple(sorted(mixes)), bound, tuple(growths), tuple(notes)


def _source(part: Table, pending: Pending) -> str:
    source = part.text("source")
    pending.append((part, source))
    return source
