"""Oddities: what a case may state and is rarely meant, each said by `check` with its place; nothing of it is refused."""
from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from interlope.dossier.claim import SILENCE
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.ratios import SCALE
from interlope.dossier.series import Series
from interlope.levers.catalogue import levers
from interlope.levers.option import STATUS_QUO
from interlope.scenario.doubtful_figures import list_doubtful
from interlope.scenario.figures import middles_of
from interlope.scenario.hypothesis import ARRIVAL
from interlope.scenario.idle import SUPPLY, arrives, limits_supply, list_idle
from interlope.scenario.idle_judgements import list_idle_judgements
from interlope.scenario.price_level import list_far_prices
from interlope.scenario.prior import parse
from interlope.units import whole_years

if TYPE_CHECKING:
    from interlope.scenario.case import Case

LEAST_SEEN = 0.5  # chance that an organisation arrives within the days of the evidence, below which that is said
TENFOLD = 10.0  # change beyond which a factor may be meant as percent, or the other way round
FAR_FROM_ONE = 0.1  # of the mean of a known forcing
REACH, ENOUGH_SECTORS = "tribute_reach", 5  # part of sectors with payment for passage, and sectors from which on its steps are fine
ABOVE_ALL = 1.5  # share that a table's prior seldom exceeds where it speaks of a part


def list_oddities(case: Case) -> list[str]:
    """List what is odd in a case, as known on its `as_of`.

    Parameters
    ----------
    case : Case
        The case.

    Returns
    -------
    list of str
        Sentences; where one is about a line of a file, it begins with file:line.
    """
    return [*_same_options(case), *_same_explanations(case), *_late_arrivals(case), *_early_claims(case), *_great_changes(case),
            *_against_itself(case), *_shares(case), *_ranges(case), *list_doubtful(case, _weighed(case)), *_long_operations(case),
            *_unknown_operations(case), *_unreached_years(case), *_unsettled_decision(case), *_season_of_today(case),
            *_late_knowledge(case), *_late_decision(case), *_early_sources(case), *_forcing(case), *_few_sectors(case),
            *_harm_sides(case), *_unused_supply_levers(case), *_supply_cuts(case), *_beside_measures(case), *list_far_prices(case),
            *list_idle(case), *list_idle_judgements(case)]


def _same_options(case: Case) -> Iterator[str]:
    """Options that do the same on every day compared; those that change nothing at all are told of elsewhere."""
    days = case.decision.days
    acting = {o.name: (o.controls(days).tobytes(), o.cost(days)) for o in case.options.values() if o.name != STATUS_QUO and o.acts(days)}
    for names in _group(acting):
        yield f"Options {names} do the same on every one of the {days} days compared: one of them is enough."


def _unused_supply_levers(case: Case) -> Iterator[str]:
    """Options that stop a supply which no explanation limits."""
    limited = limits_supply(case)
    for option in case.options.values():
        if not limited and any(scheduled.lever == SUPPLY for scheduled in option.levers):
            yield (f"Option '{option.name}' stops a supply (supply_chain), and no explanation limits one (supply_capacity = 0): it changes "
                   "nothing under any of them.")


def _same_explanations(case: Case) -> Iterator[str]:
    """Explanations that give every parameter the same prior."""
    priors = {name: frozenset((p.name, p.prior.text) for p in case.parameters(name).values()) for name in case.hypotheses}
    for names in _group(priors):
        yield f"Explanations {names} give every parameter the same prior: no evidence can tell them apart."


def _group(contents: Mapping[str, Hashable]) -> list[str]:
    """Names of those that have the same content, where several do."""
    groups: dict[Hashable, list[str]] = {}
    for name, content in contents.items():
        groups.setdefault(content, []).append(f"'{name}'")
    return [" and ".join(names) for names in groups.values() if len(names) > 1]


def _supply_cuts(case: Case) -> Iterator[str]:
    """Explanations with a cut of a supply that they do not limit, or that nobody could know of yet."""
    for name in case.hypotheses:
        known = case.parameters(name)
        if known["supply_cut_share"].prior.range[1] <= 0.0:
            continue
        if known["supply_capacity"].prior.range[1] <= 0.0:
            yield f"Explanation '{name}' cuts a supply that it does not limit (supply_capacity = 0): the cut changes nothing."
        elif known["supply_cut_day"].prior.range[0] > case.day(case.as_of):
            yield (f"Explanation '{name}': its supply is cut on day {known['supply_cut_day'].prior.text}, after {case.as_of}, the day "
                   "of knowledge. Where the cut is an event that happened it was not known then; leave it out as of that day.")


def _beside_measures(case: Case) -> Iterator[str]:
    """Options that set a lever which a measure sets too, together beyond the lever's range."""
    for option in case.options.values():
        for name in sorted({one.lever for one in option.levers}):
            own = max(one.setting for one in option.levers if one.lever == name)
            measured = max((one.setting for m in case.specification.measures for one in m.levers if one.name == name), default=0.0)
            high = levers()[name].high
            if measured and own + measured > high:
                yield (f"Option '{option.name}' sets {name} to {own:g} beside a measure that sets it to {measured:g}: together more than "
                       f"the {high:g} up to which the lever is meant.")


def _few_sectors(case: Case) -> Iterator[str]:
    """Explanations in which a part of the sectors is paid for passage, where that can only be a few whole ones."""
    sectors = case.specification.sectors
    for name in case.hypotheses if sectors < ENOUGH_SECTORS else ():
        reach = case.parameters(name)[REACH].prior if REACH in case.params else None
        if reach is not None and reach.range[1] > 0.0 and not (reach.constant and reach.median == 1.0):
            yield (f"Explanation '{name}': payment for passage is taken in whole sectors ({REACH} = {reach.text}), of which there are "
                   f"{sectors}: the share of what is taxed (share_taxed) moves in steps of about {1 / sectors:.2g}; where it is disputed, "
                   "state more [space] sectors.")


def _late_arrivals(case: Case) -> Iterator[str]:
    """Explanations whose organisation arrives, as a rule, after the last day that the evidence speaks of."""
    for name in case.hypotheses:
        known = case.parameters(name)
        if not arrives(known):
            continue
        seen = float(known[ARRIVAL].prior.cdf(np.array(case.day(case.as_of))))
        if seen < LEAST_SEEN:
            yield (f"Explanation '{name}': in {1 - seen:.0%} of its draws the organisation arrives after {case.as_of}, the day of "
                   f"knowledge ({ARRIVAL} = {known[ARRIVAL].prior.text}): until then it says the same as one without any.")


def _early_claims(case: Case) -> Iterator[str]:
    """Claims that count days of the burn-in."""
    early = [c.id for c in case.book.claims.values() if c.scored and c.first_day and c.first_day < case.burn_in]
    if early:
        yield f"Weighed with days of the burn-in, before {case.burn_in}: {', '.join(early)}."


def _great_changes(case: Case) -> Iterator[str]:
    """Changes of more than tenfold, which may be percent where a factor was meant, or the other way round."""
    for claim in case.book.claims.values():
        if claim.scored and (claim.baseline or claim.event) and claim.low is not None and claim.high is not None:
            times = [value / SCALE[claim.unit] for value in (claim.low, claim.high)]
            if min(times) > TENFOLD or max(times) < 1 / TENFOLD:
                against = "baseline" if claim.baseline else "level without the event"
                yield (f"{claim.id} states {times[0]:.3g} times its {against} (unit = \"{claim.unit}\"); 'cut by 40 %' is 60 in percent, "
                       "or 0.6.")
            usual = None if claim.reference is None else claim.reference / SCALE[claim.unit]
            if usual is not None and not 1 / TENFOLD <= usual <= TENFOLD:
                yield (f"{claim.id} takes {usual:.3g} times the level for what a source that knows nothing would say (reference = "
                       f"{claim.reference:g}, unit = \"{claim.unit}\"); no change is 100 in percent, or 1.")


def _against_itself(case: Case) -> Iterator[str]:
    """Statements that are likelier where they are false."""
    book = case.evidence.book
    for claim in book.claims.values():
        if not claim.scored or "chance_if_true" not in REGISTRY[claim.kind].NEEDS:
            continue
        true, false = claim.chance_if_true or 0.0, claim.chance_if_false or 0.0
        if claim.kind == SILENCE:
            if (true > false) if claim.stated is False else (true < false):
                yield (f"{book.file}:{book.lines.get(claim.id)}: {claim.id} is likelier to be heard of where it would be wrong ("
                       f"speaks_if_true = {true:g}, speaks_if_false = {false:g}): meant so?")
            continue
        if (true > false) if claim.stated is False else (true < false):
            what = "a denial that is likelier where what it denies is so" if claim.stated is False else "likelier where it is not so"
            yield f"{book.file}:{book.lines.get(claim.id)}: {claim.id} is {what} ({true:g} if true, {false:g} if false): meant so?"


def _shares(case: Case) -> Iterator[str]:
    """Tables that say more is published than is recorded."""
    for series in _weighed(case):
        prior = parse(series.share or "1")
        most = float(prior.quantile(np.array(0.999)))
        if max(middles_of(prior)) > 1.0 or most > ABOVE_ALL:
            yield (f"{series.file}:{series.lines.get('share')}: share '{series.share}' reaches {most:.3g}: more would be published than "
                   "happens; meant so?")


def _ranges(case: Case) -> Iterator[str]:
    """Tables with ranges that are weighed at their middle."""
    for series in _weighed(case):
        wide = [v for v in series.fitted() if v.low is not None and v.high is not None and v.low < v.high]
        if wide:
            where = f"{series.file}:{wide[0].line}: {len(wide)} of {len(series.fitted())} weighed figures"
            yield f"{where} are ranges: each counts as its value, or as the middle of low and high where none is given; how wide it is " \
                  "does not count, so that sd or dispersion has to hold it."


def _long_operations(case: Case) -> Iterator[str]:
    """Imposed operations that outlast the case."""
    for event in case.specification.events:
        last = event.start + timedelta(days=event.days - 1)
        if last > case.end:
            yield (f"The {event.kind} from {event.start} lasts until {last}, after the last day of the case, {case.end}: what lies after "
                   "it does nothing.")


def _unknown_operations(case: Case) -> Iterator[str]:
    """Operations that were not known on the day of knowledge, so that no replicate imposes them."""
    for event in case.specification.events:
        if event.published > case.as_of:
            yield (f"The {event.kind} from {event.start} became known on {event.published}, after {case.as_of}, the day of knowledge: it "
                   "is not imposed as of that day.")


def _unreached_years(case: Case) -> Iterator[str]:
    """Growth and mix of demand in years that the case does not reach."""
    spec, last = case.specification, max(case.end, case.decision.start + timedelta(days=case.decision.days)).year
    idle = [f"growth of {g.year}" for g in spec.growths if not case.start.year <= g.year <= last]
    first = max((m.year for m in spec.mixes if m.year <= case.start.year), default=spec.mixes[0].year)
    idle += [f"mix of {m.year}" for m in spec.mixes if not first <= m.year <= max(last, first)]
    if idle:
        yield f"In [demand], {', '.join(idle)} does nothing: the days run from {case.start.year} to {last}."
    if first > last:
        yield f"In [demand], the mix of {first} holds from {case.start.year} on, as no earlier one is stated."


def _forcing(case: Case) -> Iterator[str]:
    """Known factors on tries whose mean over the days until the day of knowledge is not near one."""
    days = case.day(case.as_of) + 1
    for forcing in case.specification.forcings:
        mean = float(forcing.factors(case.start, days, case.as_of).mean())
        if abs(mean - 1.0) > FAR_FROM_ONE:
            yield (f"Forcing '{forcing.name}' has a mean of {mean:.2g} over the {days} days until {case.as_of}: the hazard of trying "
                   "(choices_attempt_rate) is then that of a day with factor 1, not of the average day; meant so?")


def _unsettled_decision(case: Case) -> Iterator[str]:
    """A decision, or the days that count as today, while the market settles."""
    first = case.decision.start - timedelta(days=case.decision.today)
    if first < case.burn_in:
        yield (f"The days that count as today, {first} to {case.decision.start - timedelta(days=1)}, lie partly in the burn-in, before "
               f"{case.burn_in}: what is compared with them is compared with a market that settles.")


def _season_of_today(case: Case) -> Iterator[str]:
    """Days compared, or days that count as today, that are no whole number of years, where the year has a season."""
    season, forcings = case.specification.season, case.specification.forcings
    seasonal = max(season) > min(season)
    uneven = [(key, days) for key, days in (("today", case.decision.today), ("days", case.decision.days)) if not whole_years(days)]
    if (seasonal or forcings) and uneven:
        why = "demand has a season" if seasonal else f"tries follow what is known of their days ('{forcings[0].name}')"
        stated = " and ".join(f"{key} = {days}" for key, days in uneven)
        yield (f"[decision] {stated}: no whole number of years, and {why}: scaled to a year they are a high or a low season, and every "
               "option, doing nothing too, looks better or worse than today. 365 is a year.")


def _late_knowledge(case: Case) -> Iterator[str]:
    """A day of knowledge after the last day that the case states."""
    if case.as_of > (end := case.specification.end):
        yield f"[time] as_of = {case.as_of} lies after end = {end}: the days between are simulated as well. Meant so?"


def _late_decision(case: Case) -> Iterator[str]:
    """Days compared that lie beyond the case, where nothing that it states is known to hold."""
    last = case.decision.start + timedelta(days=case.decision.days - 1)
    beyond = (last - case.end).days
    if beyond > 0:
        yield (f"[decision] compares {case.decision.days} days from {case.decision.start} to {last}, of which the last {beyond} lie after "
               f"the last day of the case, {case.end}: there the inputs go on as they stood, and no evidence was fitted.")


def _early_sources(case: Case) -> Iterator[str]:
    """Sources that are said to have published before their root was made."""
    book = case.evidence.book
    for root in book.roots.values():
        published = book.sources[root.source].published if root.source in book.sources else None
        if published is not None and published < root.completed:
            yield (f"{book.file}:{book.lines.get(root.source)}: source '{root.source}' is dated {published}, before its root '{root.id}' "
                   f"was made ({root.completed}): one of the two days is wrong, or the root is of another source.")


def _weighed(case: Case) -> list[Series]:
    return [s for s in case.series.values() if s.density != "none" and s.fitted()]


def _harm_sides(case: Case) -> Iterator[str]:
    """Options with levers that declare no harm side, or with a known harm that the case's numbers switch off."""
    known = {name: case.parameters(name) for name in case.hypotheses}
    for option in case.options.values():
        for lever in option.undeclared:
            yield f"Option '{option.name}' uses {lever}, which does not declare its harm side: its harms may be any."
        for harm in option.list_harms(case.words):
            sizes = {name: table[harm.size].prior for name, table in known.items() if harm.size in table}
            off = [name for name, prior in sizes.items() if prior.constant and prior.median == 0.0]
            if harm.direction == "raises" and harm.source != "assumption" and off:
                where = "" if len(off) == len(known) else f" under {', '.join(off)}"
                yield (f"Option '{option.name}' uses {harm.lever}, which is known to raise {', '.join(harm.harms)} ({harm.through}; "
                       f"{harm.source}), and {harm.size} is 0{where}: that harm is switched off and counted nowhere.")
