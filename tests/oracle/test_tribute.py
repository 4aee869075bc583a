"""Tribute without command and names lent for a fee: who pays what, to the cent, and nobody is commanded by paying."""
from __future__ import annotations

import numpy as np
import pytest

from interlope.model.params import CONTROL_INDEX
from interlope.model.simulate import advance, begin, neutral_controls
from interlope.quantities import INDEX
from interlope.verification import minimal
from interlope.verification.defaults import neutral

DAYS = 80
HERE = {**minimal.CLOSED, "choices_guided_share": 1.0, "takeover_arrival_day": 0.0, "earnings_draw_rate": 0.0}
MEMBERS = [[30, 10, 0, 5], [0, 25, 20, 0], [9, 0, 9, 9]]


def follow(values, *, controls=None, detail=""):
    """A crowd that tries every day and never gets across, served by three groups in four sectors."""
    states = begin(minimal.setting(DAYS, MEMBERS), {**HERE, **values}, None, 5, np.arange(4))
    for place, people in (("waiting", 3000), ("transit", 0)):
        states.array(place)[...] = people
        states.array(f"class_{place}")[...] = people
    begun = money(states)
    states, recorded = advance(states, DAYS, controls=controls, detail=detail)
    assert not states.status.any()
    assert np.allclose(money(states) - begun, states.array("books")[:, 0], rtol=1e-9), "money is lost or made"
    return states, lambda name: recorded.series[:, :, INDEX[name]].astype(float), recorded.detail


def money(states):
    return states.array("cash").sum(1) + states.array("arms").sum(1) + states.array("cash_organisation")[:, 0]


def blocked(share):
    controls = neutral_controls(DAYS)
    controls[:, CONTROL_INDEX["tribute_block"]] = share
    return controls


@pytest.mark.parametrize("block", [0.0, 0.4])
def test_passage_is_paid_for_each_attempt_and_of_takings_and_reaches_the_organisation(block):
    states, series, _ = follow({"tribute_reach": 1.0, "tribute_passage_price": 30.0, "tribute_passage_share": 0.1}, controls=blocked(block))
    due = (30.0 * series("attempts") + 0.1 * series("revenue")) * (1.0 - block)
    assert np.allclose(series("passage_payments")[:, 1:], due[:, 1:], rtol=1e-6) and not series("passage_payments")[:, 0].any()
    assert np.allclose(states.array("cash_organisation")[:, 0], series("passage_payments").sum(1), rtol=1e-6)
    assert (series("share_taxed")[:, 1:] == 1.0).all() and not series("share_command").any() and not series("tribute").any()


def test_where_passage_is_paid_is_drawn_once_and_spread_evenly():
    states, series, detail = follow({"tribute_reach": 0.5, "tribute_passage_price": 30.0}, detail="s")
    passage = states.array("passage")
    assert (np.abs(passage) == 1).all() and ((passage == 1).sum(1) == 2).all()
    attempts = detail[:, :, INDEX["attempts"], :].astype(float)
    there = (attempts * (passage == 1)[:, None, :]).sum(2)
    assert np.allclose(series("passage_payments")[:, 1:], 30.0 * there[:, 1:], rtol=1e-6)
    assert np.allclose(series("share_taxed")[:, 1:], there[:, 1:] / attempts.sum(2)[:, 1:], rtol=1e-5)


def test_kin_pay_a_part_of_takings_and_are_not_commanded():
    states, series, _ = follow({"takeover_kin_share": 1.0, "tribute_tied_share": 0.15})
    assert np.allclose(series("tribute")[:, 1:], 0.15 * series("revenue")[:, 1:], rtol=1e-6)
    assert (states.array("tie") == 1).all() and not states.array("owner").any() and not series("share_command").any()


def test_the_same_part_of_takings_costs_the_same_whoever_it_is_paid_by():
    """One family: kin who pay a part, all who pass paying it, and names lent for it give the same market and the same purse."""
    values = ({"takeover_kin_share": 1.0, "tribute_tied_share": 0.2}, {"tribute_reach": 1.0, "tribute_passage_share": 0.2})
    (one, kin, _), (other, passage, _) = follow(values[0]), follow(values[1])
    assert np.array_equal(kin("attempts"), passage("attempts")) and np.array_equal(kin("price_mean"), passage("price_mean"))
    assert np.allclose(one.array("cash"), other.array("cash"), rtol=1e-9)
    assert np.allclose(one.array("cash_organisation"), other.array("cash_organisation"), rtol=1e-9)


def test_a_name_is_lent_for_a_fee_and_withdrawn():
    lent = {"franchise_rate": 1e6, "franchise_fee_share": 0.1, "franchise_withdraw_rate": 0.0, "symbols_deterrence": 1e9}
    states, series, _ = follow(lent)
    assert (states.array("tie") == 3).all() and (states.array("symbol") == 1).all() and not states.array("owner").any()
    assert np.allclose(series("franchise_fees")[:, 1:], 0.1 * series("revenue")[:, 1:], rtol=1e-6)
    assert (series("share_franchise")[:, 1:] == 1.0).all() and not series("share_command").any()
    assert (series("share_symbol_untied") == 0.0).all() and (np.diff(series("belief_real"), axis=1) >= 0).all()
    gone, other, _ = follow({**lent, "franchise_withdraw_rate": 1.0})
    assert (gone.array("tie") + gone.array("symbol") == 0).any() and (other("symbol_groups").min(1) == 0).all()


def test_a_name_that_is_not_worth_its_fee_is_not_taken():
    _, series, _ = follow({"franchise_rate": 1e6, "franchise_fee_share": 0.9, "symbols_deterrence": 0.0})
    assert series("share_franchise").max() == 0.0 and series("franchise_fees").max() == 0.0


def test_permission_is_what_tells_a_lent_name_from_a_borrowed_one():
    """A demand under a lent name that is refused is punished; under a borrowed one it is not."""
    def run(values):
        shared = {"choices_symbol_weight": 0.8, "choices_familiarity": 1.0, "extortion_rate": 0.2, "extortion_belief": 0.1,
                  "takeover_arrival_day": 5.0, "extortion_ratio": 0.5, "symbols_deterrence": 2000.0}
        _, recorded = advance(begin(neutral(150), {**shared, **values}, None, 3, np.arange(12)), 150)
        return {name: recorded.series[:, :, INDEX[name]].astype(float).sum() for name in ("refusals", "punishments", "symbol_groups")}
    lent, borrowed = run({"franchise_rate": 3.0}), run({"symbols_adopt_rate": 3.0})
    assert lent["refusals"] > 0 and borrowed["refusals"] > 0
    assert lent["punishments"] > 0 and borrowed["punishments"] == 0


def test_what_is_switched_off_moves_no_bit():
    def run(values):
        return advance(begin(neutral(60), values, None, 3, np.arange(4)), 60)[1].series
    assert np.array_equal(run({}), run({"tribute_tied_share": 0.5, "tribute_passage_price": 99.0, "tribute_passage_share": 0.5,
                                        "tribute_protection": 0.9, "franchise_fee_share": 0.5, "franchise_withdraw_rate": 0.5}))
