"""Sanity: each mechanism's rate set to zero and to double, and what the recorded series should do about it.

Both runs use common random numbers, so a direction is read off paired differences. An expectation holds when the mean
paired difference has the stated sign by at least three standard errors.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from ..model.params import CONTROL_INDEX
from ..model.simulate import PARAMS, advance, begin, neutral_controls
from ..quantities import INDEX
from .defaults import neutral

REPLICATES, DAYS, SEED = 64, 420, 20231027
FORCING = "forcing"  # in the place of a parameter: the known factor on trying, the same on every day
_DEFAULT = {p.name: p.value for p in PARAMS}
_NAMES = {"symbols_adopt_rate": 2.0, "choices_symbol_weight": 0.6}
_GOVERNED = {"governance_rate": 0.02}
_CLOSED = {"closure": 0.5}
_RETURNED = {"return_share": 0.5}
_TOLL = {"tribute_reach": 1.0, "tribute_passage_price": 50.0, "takeover_arrival_day": 30.0}
_LENT = {"franchise_rate": 4.0, "franchise_fee_share": 0.02, "choices_symbol_weight": 0.8, "choices_familiarity": 1.0,
         "takeover_arrival_day": 30.0}
_COMMAND = {"takeover_absorption_rate": 0.01, "takeover_arrival_day": 60.0, "choices_symbol_weight": 0.6}


@dataclass(frozen=True)
class Expectation:
    """One expectation: `parameter` from `low` to `high` moves the mean of `series` up (+1) or down (-1).

    `parameter` may be a control; `controls` are set on every day of both runs.
    """

    mechanism: str
    parameter: str
    low: float
    high: float
    series: str
    direction: int
    why: str
    others: tuple[tuple[str, float], ...] = ()
    operation: bool = False
    hardening: bool = False
    unended: bool = False
    free: bool = False
    controls: tuple[tuple[str, float], ...] = ()


def _expect(mechanism: str, parameter: str, series: str, direction: int, why: str, *, base: dict[str, float] | None = None,
         low: float | None = None, high: float | None = None, operation: bool = False, hardening: bool = False,
         unended: bool = False, free: bool = False, controls: dict[str, float] | None = None) -> Expectation:
    others = base or {}
    centre = others.get(parameter, _DEFAULT.get(parameter, 1.0))
    return Expectation(mechanism, parameter, 0.0 if low is None else low, 2.0 * centre if high is None else high, series, direction, why,
               tuple((k, v) for k, v in others.items() if k != parameter), operation, hardening, unended, free,
               tuple((controls or {}).items()))


EXPECTATIONS: tuple[Expectation, ...] = (
    _expect("demand", "demand_level", "attempts", +1, "more people try more often in all", low=190.0, high=760.0),
    _expect("demand", "demand_leave_rate", "diverted", +1, "the balloon effect"),
    _expect("demand", "demand_wave_cosine", "arrivals", -1, "a yearly wave: the days counted, April to February, lack March",
         low=-0.5, high=0.5),
    _expect("demand", "demand_wave_sine", "arrivals", -1, "and one that is high in April lifts March more", low=-0.5, high=0.5),
    _expect("demand", "demand_upstream_return_days", "arrivals", -1, "a way once given up is given up for longer", low=10.0, high=300.0,
         operation=True),
    _expect("demand", "demand_upstream_divert", "diverted_deaths", +1, "who takes another route upstream is harmed there too", high=1.0,
         base={"demand_diverted_death": 0.01}, operation=True),
    _expect("prices", "prices_cost_trend", "price_mean", +1, "costs are passed on", low=-0.2, high=0.2, base={"prices_cost_day": 0.0}),
    _expect("prices", "prices_weight", "price_mean", -1, "price-minded clients hold markups down", low=0.00085, high=0.0034),
    _expect("prices", "prices_risk_passthrough", "price_mean", +1, "risk raises fees (Gathmann 2008)",
         high=0.6, hardening=True),
    _expect("choices", "choices_attempt_rate", "attempts", +1, "more tries by those who wait", low=0.0),
    _expect("choices", "choices_suspension", "attempts", -1, "an operation suspends attempts", operation=True),
    _expect("choices", "choices_guide_capacity", "price_mean", -1, "scarce guides cost more", low=0.8, high=5.0),
    _expect("choices", FORCING, "attempts", +1, "more try on days that are known to be good", low=0.5, high=1.0),
    _expect("closures", "closure", "attempts", -1, "fewer try where ways are closed", low=0.0, high=0.5, base={"closures_detour": 0.2}),
    _expect("closures", "closure", "diverted", +1, "some of those turned away take another route", low=0.0, high=0.5),
    _expect("closures", "closures_danger", "client_injuries", +1, "ways that are left are more dangerous (Cornelius 2001)", low=0.0,
         high=2.0, controls=_CLOSED),
    _expect("closures", "closures_detour", "attempts", +1, "who finds a longer way tries", low=0.0, high=1.0, controls=_CLOSED),
    _expect("closures", "closures_elsewhere", "diverted_deaths", +1, "who takes another route is harmed there", low=0.0, high=1.0,
         base={"demand_diverted_death": 0.01}, controls=_CLOSED),
    _expect("closures", "closures_cost", "price_mean", +1, "longer ways cost more (Gathmann 2008)", low=0.0, high=1.0, controls=_CLOSED),
    _expect("returns", "return_share", "readmitted", +1, "who got through is returned", low=0.0, high=0.5),
    _expect("returns", "returns_delay_days", "readmitted", -1, "slow returns are fewer in a year", low=10.0, high=300.0,
         controls=_RETURNED),
    _expect("returns", "returns_again", "attempts", +1, "who is returned tries again", low=0.0, high=1.0, controls=_RETURNED),
    _expect("returns", "returns_anticipation", "arrivals", -1, "who expects to be returned comes less", low=0.0, high=1.0,
         controls=_RETURNED),
    _expect("supply", "supply_capacity", "attempts", +1, "what all groups draw on limits them together", low=100.0, high=200.0),
    _expect("supply", "supply_capacity", "price_mean", -1, "scarce supply costs more", low=100.0, high=400.0),
    _expect("supply", "supply_price", "price_mean", +1, "what the seller takes is passed on", high=200.0),
    _expect("supply", "supply_cut_share", "attempts", -1, "a cut chain carries fewer", high=0.9,
            base={"supply_capacity": 200.0, "supply_cut_day": 200.0}),
    _expect("supply", "supply_recovery_days", "attempts", -1, "the slower it comes back the longer", low=10.0, high=200.0,
            base={"supply_capacity": 200.0, "supply_cut_day": 200.0, "supply_cut_share": 0.9}),
    _expect("supply", "supply_store_days", "attempts", +1, "a store carries over days on which few try", low=1.0, high=5.0,
            base={"supply_capacity": 200.0, "choices_weather_sd": 1.0}),
    _expect("supply", "supply_crowding", "client_injuries", +1, "scarce boats carry more people at a time", high=1.0,
            base={"supply_capacity": 100.0}),
    _expect("supply", "supply_control", "share_command", +1, "what the seller takes brings the organisation to its full rate", high=1.0,
            base={**_COMMAND, "takeover_absorption_rate": 0.003, "takeover_tribute_share": 0.0, "supply_price": 100.0}),
    _expect("crossings", "crossings_prevented", "prevented", +1, "a stronger barrier stops more", low=0.01),
    _expect("crossings", "crossings_prevented", "successes", -1, "and fewer get through", low=0.01),
    _expect("crossings", "crossings_injury", "client_injuries", +1, "harm follows exposure"),
    _expect("crossings", "crossings_line_risk", "client_deaths", +1, "who is stopped before the danger does not die of it", high=1.0,
            base={"crossings_death": 0.002}),
    _expect("earnings", "earnings_bribe_share", "profit", -1, "bribes eat profit", high=0.3),
    _expect("growth", "growth_recruit_rate", "members", +1, "recruitment feeds groups (Prieto-Curiel et al. 2023)"),
    _expect("growth", "growth_loss_rate", "members", -1, "losses shrink them"),
    _expect("truces", "truces_rate", "truces", +1, "no truce can form without a rate", high=0.1),
    _expect("truces", "truces_mismatch", "truces", -1, "force without market breaks peace", high=2.0),
    _expect("clashes", "clashes_base", "clashes", +1, "contact brings clashes"),
    _expect("clashes", "clashes_branching", "clashes", +1, "blow answers blow"),
    _expect("clashes", "clashes_lethal", "group_deaths", +1, "lethality kills"),
    _expect("clashes", "clashes_truce_factor", "clashes", +1, "truces are worth something", high=1.0),
    _expect("radicalisation", "radicalisation_clash", "readiness", +1, "clashes harden (E14)"),
    _expect("raids", "raids_found_rate", "encounters", +1, "more is met", operation=True),
    _expect("raids", "raids_unended_days", "attempts", -1, "an operation without a known end suspends attempts for longer", low=60.0,
         high=180.0, operation=True, unended=True),
    _expect("raids", "raids_wind_down_days", "attempts", -1, "presence that is wound down suspends some of them still", high=60.0,
         operation=True, unended=True),
    _expect("raids", "raids_record_weight", "operation_days", -1, "a record with few operations, all short, teaches that they are rare",
            high=1.0, free=True),
    _expect("raids", "raids_prior_operations", "operation_days", +1, "what the record says against a firm prior counts little", low=0.5,
            high=50.0, base={"raids_record_weight": 1.0}, free=True),
    _expect("raids", "raids_arrest_chance", "members_arrested", +1, "more are arrested", operation=True),
    _expect("raids", "raids_leader_chance", "leaders_lost", +1, "leaders among the arrested", high=0.5, operation=True),
    _expect("clashes", "clashes_leader_effect", "clashes", +1, "a lost leader raises violence (Calderon et al. 2015)", high=2.0,
         base={"raids_leader_chance": 0.3, "raids_everyday": 0.3}),
    _expect("guards", "guards_learning", "detained", +1, "guards that learn catch more where crossings gather", high=1.0),
    _expect("symbols", "symbols_adopt_rate", "symbol_groups", +1, "names are put on when it pays", base=_NAMES),
    _expect("symbols", "symbols_dilution", "belief_real", -1, "false wearers dilute a name", base=_NAMES),
    _expect("clashes", "clashes_name_deterrence", "clashes", -1, "a believed name deters rivals", high=2.0,
         base={**_NAMES, "symbols_adopt_rate": 12.0, "symbols_dilution": 0.0}),
    _expect("extortion", "extortion_rate", "extorted", +1, "a shown name is used to demand payment",
         base={**_NAMES, "extortion_rate": 0.02, "extortion_belief": 0.8}),
    _expect("extortion", "extortion_ratio", "refusals", +1, "much to pay, little to fear: refused (Smith & Varese 2001)", low=0.05,
            high=0.9, base={**_NAMES, "extortion_rate": 0.05}),
    _expect("takeover", "takeover_absorption_rate", "share_command", +1, "approaches bring command", base=_COMMAND),
    _expect("takeover", "takeover_tribute_share", "tribute", +1, "command is taxed", base={**_COMMAND, "takeover_tribute_share": 0.2}),
    _expect("takeover", "takeover_kin_share", "share_kin", +1, "kin ties show", high=0.8, base={"takeover_arrival_day": 30.0}),
    _expect("tribute", "tribute_tied_share", "tribute", +1, "kin pay without being commanded", high=0.2,
            base={"takeover_kin_share": 0.5, "takeover_arrival_day": 30.0}),
    _expect("tribute", "tribute_reach", "passage_payments", +1, "who holds more ground is paid by more (Konrad & Skaperdas 1998)", high=1.0,
            base=_TOLL),
    _expect("tribute", "tribute_passage_price", "price_mean", +1, "the price of passage is passed on", high=200.0, base=_TOLL),
    _expect("tribute", "tribute_passage_share", "price_mean", +1, "so is a part of takings", high=0.4,
            base={**_TOLL, "tribute_passage_price": 0.0}),
    _expect("tribute", "tribute_passage_price", "profit", -1, "and is still felt", high=200.0, base=_TOLL),
    _expect("tribute", "tribute_protection", "clashes", -1, "an organisation keeps the peace where it is paid (Olson 1993)", high=0.8,
            base=_TOLL),
    _expect("franchise", "franchise_rate", "share_franchise", +1, "names are lent where they are worth the fee", high=8.0, base=_LENT),
    _expect("franchise", "franchise_fee_share", "share_franchise", -1, "dear names are not taken", high=0.5, base=_LENT),
    _expect("franchise", "franchise_fee_share", "franchise_fees", +1, "the fee is paid", high=0.04, base=_LENT),
    _expect("franchise", "franchise_withdraw_rate", "share_franchise", -1, "names can be withdrawn", high=0.05, base=_LENT),
    _expect("copycats", "copycats_imitation", "organisations", +1, "success is imitated (Bass 1969)", high=20.0,
         base={**_COMMAND, "copycats_entry_cost": 300000.0}),
    _expect("escalation", "escalation_crossing_attacks", "attacks", +1, "attacks follow interceptions"),
    _expect("escalation", "escalation_armed_base", "armed_attacks", +1, "armed attacks follow arms"),
    _expect("escalation", "escalation_restraint_gain", "restraint_destination", +1, "harm to personnel raises fear of escalation"),
    _expect("governance", "governance_rate", "sectors_governed", +1, "authority follows who can enforce it", base=_GOVERNED),
    _expect("governance", "governance_police", "sectors_governed", -1, "the state is a contestant too (Skaperdas & Syropoulos 1995)",
            base=_GOVERNED),
    _expect("governance", "governance_complement", "sectors_governed", +1, "what police threaten is worth governing (Blattman et al. 2025)",
            base=_GOVERNED),
    _expect("governance", "governance_contest", "sectors_governed", -1, "ground that is fought over is not governed", base=_GOVERNED),
    _expect("governance", "takeover_absorption_rate", "sectors_governed", +1, "one command has fewer rivals", high=0.04,
            base={**_COMMAND, **_GOVERNED}),
    _expect("governance", "governance_tax_share", "governance_tax", +1, "who governs taxes", base=_GOVERNED),
    _expect("governance", "governance_settle", "clashes", -1, "who governs settles disputes", high=1.0, base=_GOVERNED),
    _expect("governance", "governance_silence", "members_arrested", -1, "where groups govern police learn less", high=1.0,
            base={**_GOVERNED, "raids_everyday": 0.3}),
    _expect("reports", "reports_other", "publicised_clashes", +1, "what is seen is reported"),
    _expect("reports", "reports_shots", "shooting_days", +1, "shots are heard on more days than clashes are known"),
)


def measure(expectation: Expectation) -> tuple[float, float, float, float]:
    """Means at low and high, mean paired difference and its standard error, over replicates and days after the first 90."""
    setting = neutral(DAYS, operation_from=200 if expectation.operation else None, end_known=not expectation.unended)
    if expectation.free:  # operations begin by themselves; of the known ones one began, and was short
        setting = replace(setting, hazard_from=200, operations=(1, 1, 0))
    streams = np.arange(REPLICATES)
    controls = neutral_controls(DAYS)
    if expectation.hardening:
        controls[:, CONTROL_INDEX["inside_factor"]] = 2.0
    for name, value in expectation.controls:
        controls[:, CONTROL_INDEX[name]] = value
    means = []
    for value in (expectation.low, expectation.high):
        forced, moved = expectation.parameter == FORCING, expectation.parameter in CONTROL_INDEX
        given = {**dict(expectation.others), **({} if forced or moved else {expectation.parameter: value})}
        if moved:
            controls[:, CONTROL_INDEX[expectation.parameter]] = value
        states = begin(replace(setting, forcing=np.full(DAYS, value)) if forced else setting, given, None, SEED, streams)
        _, recorded = advance(states, DAYS, controls=controls)
        means.append(recorded.series[:, 90:, INDEX[expectation.series]].astype(float).mean(axis=1))
    low, high = means
    difference = high - low
    return float(low.mean()), float(high.mean()), float(difference.mean()), float(difference.std(ddof=1) / np.sqrt(REPLICATES))


def measure_all(progress: Callable[[int, int], None] | None = None) -> Iterator[tuple[Expectation, float, float, float, float, bool]]:
    """Yield every expectation with its figures and whether it holds."""
    for i, expectation in enumerate(EXPECTATIONS):
        low, high, difference, error = measure(expectation)
        yield expectation, low, high, difference, error, bool(difference * expectation.direction > 3.0 * error)
        if progress:
            progress(i + 1, len(EXPECTATIONS))
