"""Tribute: an organisation is paid by groups that it does not command, those tied to it and those that pass ground that it holds.

Tribute, extortion and protection are one family: what is paid so as to be left in peace (Konrad & Skaperdas 1998).
Under command it is in `earnings`, on demand under a feared name in `extortion`, to whoever rules a sector in
`governance`. Here an organisation that has arrived takes `tribute_tied_share` of the takings of tied groups, and for
passage through `tribute_reach` of the sectors a price for each guided attempt, a part of takings, or both, from groups
with no tie to it. Which sectors those are is drawn once, spread evenly. A payer passes on what it pays as unit cost, by
the part of its members on such ground. An organisation that lives on a market has an interest in its peace (Olson
1993): on that ground contact brings fewer clashes, by `tribute_protection`.
Not modelled: refusing to pay for passage and what follows, bargaining over the amount, evading ground where it is
taken; people who go alone do not pay.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ...quantities import INDEX
from ..params import Param
from ..payments import pay
from ..rng import stream, uniform
from ..world import take

PARAMS = (
    Param("tribute_tied_share", 0.0, "1", "0", "assumption",
          "part of takings that a group pays that is tied to an organisation, not commanded"),
    Param("tribute_reach", 0.0, "1", "0", "assumption",
          "part of sectors where an organisation takes payment for passage from groups without ties; 0 switches this off"),
    Param("tribute_passage_price", 0.0, "EUR/attempt", "0", "assumption", "price of passage for each guided attempt there"),
    Param("tribute_passage_share", 0.0, "1", "0", "assumption", "part of takings there that is paid for passage"),
    Param("tribute_protection", 0.0, "1", "0", "assumption", "part of clashes over ground that is not seen where passage is paid for"),
)
WHERE = stream("tribute.where")
TRIBUTE, PASSAGE, TAXED = INDEX["tribute"], INDEX["passage_payments"], INDEX["share_taxed"]
TAKEN, FREE = 1, -1  # of `passage`, which is 0 before an organisation is there


@kernel
def assess(p, key, day, w):
    """What each group will owe: levy [g], a part of takings, and charge [g], EUR for each attempt. passage  # [s] where it is paid."""
    members = take(w, "members")
    size = take(w, "size")
    tie = take(w, "tie")
    organisations = take(w, "organisations")
    passage = take(w, "passage")
    levy = take(w, "levy")
    charge = take(w, "charge")
    groups, sectors = members.shape
    if p.tribute_reach > 0.0 and organisations[0] > 0 and passage[0] == 0:
        u = uniform(key, day, WHERE, 0)
        for s in range(sectors):
            passage[s] = TAKEN if int(p.tribute_reach * (s + 1) + u) > int(p.tribute_reach * s + u) else FREE
    for g in range(groups):
        levy[g] = 0.0
        if tie[g] == 3:
            levy[g] = p.franchise_fee_share
        elif tie[g] == 2:
            levy[g] = p.takeover_tribute_share
        elif tie[g] == 1:
            levy[g] = p.tribute_tied_share
        elif size[g] > 0:
            there = 0
            for s in range(sectors):
                there += members[g, s] if passage[s] == TAKEN else 0
            levy[g] = p.tribute_passage_share * there / size[g]
            charge[g] += p.tribute_passage_price * there / size[g]


@kernel
def collect(p, w, controls, alternatives):
    """Groups without command pay their tribute of the day, EUR; part of it may be intercepted."""
    occupied = take(w, "occupied")
    asked = take(w, "asked")
    guided = take(w, "guided")
    succeeded = take(w, "succeeded")
    tie = take(w, "tie")
    revenue = take(w, "revenue")
    organisations = take(w, "organisations")
    passage = take(w, "passage")
    levy = take(w, "levy")
    out = take(w, "today")
    if organisations[0] == 0:
        return
    net = (1.0 - controls.seizure_share) * (1.0 - p.earnings_bribe_share)
    received = 1.0 - controls.tribute_block
    if p.tribute_tied_share > 0.0:
        for g in range(tie.shape[0]):
            if tie[g] == 1:
                due = p.tribute_tied_share * net * revenue[g]
                pay(w, g, due, received)
                out[TRIBUTE] += due * received
    everybody = 0
    paying = 0
    for i in range(alternatives):
        g, s = occupied[i, 0], occupied[i, 1]
        everybody += guided[i]
        if tie[g] > 0:
            paying += guided[i] if levy[g] > 0.0 else 0
        elif passage[s] == TAKEN:
            taken = asked[i] * (p.earnings_deposit_share * guided[i] + (1.0 - p.earnings_deposit_share) * succeeded[i])
            due = p.tribute_passage_price * guided[i] + p.tribute_passage_share * net * taken
            pay(w, g, due, received)
            out[PASSAGE] += due * received
            paying += guided[i] if due > 0.0 else 0
    out[TAXED] = paying / everybody if everybody > 0 else 0.0
