"""Belonging: what each parameter belongs to, which says whether a number of one border may stand for another.

`place` belongs to a border, and has to be looked up anew for another; `trade` to the kind of market; `people` is how people, guards and
states behave; `definition` says what is counted as what. A case that leaves a number of `place` alone inherits the default, which was
written for another border: `check` and the report name those.
"""
from __future__ import annotations

KINDS = ("place", "trade", "people", "definition")
WRITTEN_FOR = "serbia-hungary"  # the shipped case whose border the defaults are numbers of
_COUNT = "count it in reports of police and press over a year"
_TARIFF = "ask interviews, court files and the press for what is paid, by year, and take the middle"

PLACE: dict[str, str] = {  # and how to find it
    "demand_level": "registrations or arrivals beyond the border over the part of them that is registered, per day of the first year",
    "demand_memory": "correlation of the log of one month's counts with the next one's, the season taken out",
    "demand_innovation_sd": "spread of the log of monthly counts about that",
    "demand_frailty_sd": "spread of daily counts beyond chance, as a part of their mean",
    "demand_north_rate": "one over the days from entry to the border, in interviews or registrations",
    "demand_wave_cosine": "what is left of the season of monthly counts in January and July once the stated one is taken out",
    "demand_wave_sine": "the same in April and October",
    "demand_upstream_return_days": "days from the end of a closure until half of the arrivals were back, here or on a like route",
    "demand_upstream_divert": "of those deterred upstream, the part later registered on another route",
    "demand_leave_rate": "of those who wait, the part that turns to another route or gives up in a day, from surveys at the border",
    "demand_price_reference": _TARIFF,
    "demand_divert_share": "of those who leave, the part later registered on another route",
    "demand_diverted_death": "recorded deaths on the other routes over the people counted there",
    "prices_unit_cost": "what a passage costs its seller: guides, {means}, lodging; court files and interviews",
    "prices_cost_trend": "yearly growth of such costs, or of prices where the market stands still",
    "prices_cost_day": "days from the first simulated one to the day that the unit cost was found for",
    "choices_attempt_rate": "one over the days between tries of those who wait, from surveys; on a day of factor 1 where there is forcing",
    "choices_tempo": "tries a day late in the case over early, where surveys of two years show a change; 1 for none",
    "choices_tempo_day": "days from the first simulated one to the middle of that change",
    "choices_tempo_span": "days that the change took",
    "choices_weather_sd": "spread of the log of daily interceptions about their week's mean, what a [[forcing]] explains taken out",
    "choices_guided_share": "part of those interviewed who paid for the passage itself",
    "choices_price_reference": _TARIFF,
    "choices_success_norm": "part of tries that get through, as those who wait believe, or as surveys of past tries say",
    "choices_familiarity": "part of those interviewed who know the name of the contested organisation",
    "crossings_prevented": "people stopped {at_barrier} over tries, from the police's own counts of both",
    "crossings_detained": "people caught inside over those who were not stopped before",
    "crossings_swamping": "tries in a sector and day at which the part stopped has halved, from days of many and of few",
    "crossings_reference": "tries in a sector and day when the two chances above were measured",
    "crossings_shelter_chance": "of those caught inside, the part taken into protection",
    "crossings_injury": "injuries treated by aid organisations over tries",
    "crossings_death": "recorded deaths at the crossing over tries; recorded is less than all",
    "closures_danger": "log change of deaths per try over log change of ways left open, at earlier closings here or on a like route",
    "closures_detour": "of those who found their way closed, the part seen at the border elsewhere, from surveys after a closing",
    "closures_elsewhere": "of those who gave this border up after a closing, the part later registered on another route",
    "returns_delay_days": "days from arrival to return under the agreement, from the returning state's own figures",
    "crossings_violence": "incidents by groups that aid organisations record over guided tries",
    "earnings_wage": "what a guide or driver is paid a day, from court files",
    "earnings_bribe_share": "bribes over revenue, from court files and surveys of corruption",
    "growth_members_total": "members of all groups on the first day, from police estimates or arrests over the part arrested a year",
    "growth_profit_norm": "revenue less costs over members in an ordinary year, from the numbers above",
    "growth_loss_norm": "of tries, the part stopped in an ordinary year",
    "growth_start_cash": "what a new group needs to begin: {means}, phones, lodging",
    "clashes_base": "clashes between groups a day, from press and police, over the part that is reported",
    "clashes_lethal": "clashes with a death over all clashes known to the police",
    "takeover_force": "members that {an_organisation} is reported to have brought",
    "takeover_arrival_day": "days from the first simulated one to the earliest report of it at this border",
    "raids_found_rate": "people met a day in a full operation over those who wait",
    "raids_everyday": "people met a day without an operation over those of a full one",
    "raids_arrest_chance": "arrests of members over members met, from results that the police publish",
    "raids_moved_share": "of people met, the part taken away from the border",
    "raids_weapon_chance": "{weapons} over arrests, from results that the police publish",
    "raids_answer": "publicised lethal clashes that an operation followed within days",
    "raids_start_rate": "operations a day that nothing publicised came before",
    "raids_long_chance": "operations of a month and more over all",
    "raids_unended_days": "median length of announced operations of a month and more",
    "raids_wind_down_days": "days over which police were withdrawn after earlier ones",
    "raids_short_days": "median length of the others",
    "raids_long_days": "median length of these",
    "raids_short_intensity": "people met a day in a short operation over those of a full one",
    "raids_tip_chance": "operations that found nobody where somebody was expected",
    "escalation_crossing_attacks": "attacks on {personnel} over interceptions, from the state's own statistics",
    "escalation_injury": "{personnel} injured over attacks",
    "escalation_armed_base": "armed attacks on {personnel} a year; " + _COUNT,
    "escalation_armed_injury": "{personnel} injured over armed attacks",
    "escalation_armed_death": "{personnel} killed over armed attacks; where there was none, what other borders have",
    "governance_police": "members whom the police's usual presence in a sector outweighs, as police and groups judge it",
    "governance_cost": "takings of a sector in a day at which groups were seen to begin to rule it; court files",
    "tribute_passage_price": "what an organisation takes for each passage, from interviews, court files or its own statements",
    "supply_capacity": "people a day that the {means} of one chain can carry: seizures over the part seized",
    "supply_price": "what a boat, engine or vehicle costs over the people it carries; court files and interviews",
    "supply_cut_day": "days from the first simulated one to the arrest or seizure that cut the chain",
    "reports_lethal": "lethal clashes in the press over those in police statistics",
    "reports_other": "other clashes in the press over those in police statistics",
    "reports_shots": "days with reports of shots over days with known clashes",
    "reports_price_sd": "spread of the log of prices that the press quotes for one month",
}
PEOPLE = frozenset((
    "demand_return_rate", "demand_leave_price", "demand_leave_operation", "demand_upstream_deterrence", "demand_upstream_days",
    "prices_weight", "choices_suspension", "choices_stay_share", "choices_risk_weight", "choices_danger_weight", "choices_symbol_weight",
    "choices_memory_days", "crossings_belief_days", "symbols_belief", "symbols_dilution", "symbols_recovery", "extortion_belief",
    "extortion_doubt_rate", "raids_patrol_follow", "raids_patrol_rise", "raids_patrol_fear", "raids_patrol_avoidance", "raids_delay_days",
    "raids_length_spread", "raids_resentment", "guards_learning", "guards_floor", "escalation_restraint_gain", "escalation_restraint_fade",
    "escalation_death_weight", "escalation_crowd_weight", "escalation_force_effect", "escalation_operation_side",
    "returns_again", "returns_anticipation",
))
DEFINITION = frozenset((
    "clashes_reference", "governance_edge", "raids_record_weight", "raids_prior_operations", "escalation_together_days",
    "escalation_after_days", "escalation_feud", "escalation_readiness_norm", "raids_bribe_norm", "growth_end_size", "takeover_cash_norm",
    "radicalisation_arms_norm", "crossings_line_risk",
))
TRADE = frozenset((
    "prices_adjust_days", "prices_risk_passthrough", "prices_shadow_most", "prices_shadow_rate", "choices_guide_capacity",
    "crossings_skill_sd", "crossings_alone_skill", "crossings_alone_harm", "crossings_force_harm", "crossings_clash_harm",
    "earnings_deposit_share", "earnings_draw_rate", "earnings_guide_cost", "earnings_arms_share", "earnings_arms_wear",
    "takeover_tribute_share", "growth_recruit_rate", "growth_profit_effect", "growth_loss_rate", "growth_crowd_rate",
    "growth_removal", "growth_broke_rate", "growth_entry_rate", "growth_entry_size", "growth_start_reputation",
    "growth_start_readiness", "growth_end_rate", "growth_move_rate", "growth_new_ground", "growth_expand", "growth_consolidate",
    "growth_ground_choice", "growth_clash_cost", "growth_ground_days", "slots_fragment_size", "slots_fragment_parts",
    "slots_fragment_share", "truces_interest", "truces_break_rate", "truces_lag", "truces_mismatch", "truces_rate", "truces_shock",
    "truces_grudge", "truces_grudge_days", "truces_width", "clashes_contact", "clashes_branching", "clashes_retaliation_days",
    "clashes_truce_factor", "clashes_decisive", "clashes_size_exponent", "clashes_size_most", "clashes_cede_chance",
    "clashes_withdraw", "clashes_absorb", "clashes_absorb_everywhere", "clashes_join", "clashes_leader_effect",
    "clashes_command_hostility", "clashes_name_deterrence", "clashes_readiness_effect", "takeover_reinforcement",
    "radicalisation_clash", "radicalisation_profit", "radicalisation_contact", "radicalisation_fade", "radicalisation_strength_gain",
    "radicalisation_arms_effect", "radicalisation_leader_days", "takeover_kin_strength", "takeover_command_strength",
    "raids_hit_floor", "raids_leader_chance", "raids_leader_split", "symbols_adopt_rate", "symbols_risk", "symbols_punish",
    "symbols_deterrence", "symbols_width", "extortion_rate", "extortion_payment", "extortion_ratio", "extortion_discount",
    "takeover_absorption_rate", "takeover_command_chance", "takeover_kin_share", "symbols_kin_chance", "takeover_offer_share",
    "takeover_defect_rate", "takeover_subsidy", "copycats_innovation", "copycats_imitation", "copycats_entry_cost",
    "copycats_capacity", "escalation_experience", "escalation_experience_fade", "escalation_command_effect",
    "escalation_experience_most", "governance_rate", "governance_complement", "governance_contest", "governance_tax_share",
    "governance_settle", "governance_silence", "closures_cost", "supply_store_days", "supply_control", "supply_crowding",
    "supply_cut_share", "supply_recovery_days", "tribute_tied_share", "tribute_reach", "tribute_passage_share", "tribute_protection",
    "franchise_rate", "franchise_fee_share", "franchise_withdraw_rate",
))


def belongs_to(name: str) -> str:
    """What a parameter belongs to: one of KINDS; empty where it is no parameter of the model.

    >>> belongs_to("demand_level"), belongs_to("growth_recruit_rate")
    ('place', 'trade')
    """
    return next((kind for kind, names in zip(KINDS, (PLACE, TRADE, PEOPLE, DEFINITION)) if name in names), "")
