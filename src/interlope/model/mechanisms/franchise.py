"""Franchise: groups pay an organisation for the use of its name, and nobody commands them; the name can be withdrawn.

Between mimicry, where a name is worn without permission (`symbols`), and takeover, where whoever wears it is commanded.
A group without ties considers the name at `franchise_rate` a year, and takes it with the chance of a logistic edge as
in `symbols`: gain in clients and deterrence less police attention, for a name worn falsely the punishment that
permission spares, less the fee. The fee is a part of takings, as royalties are in the franchise contracts of lawful
trade (Lafontaine 1992); a protector's name is lent as a trademark is (Gambetta 1993). It is given up at the same edge,
or withdrawn at `franchise_withdraw_rate`; either way it is no longer shown. Whoever has permission counts as a genuine
wearer: clients' belief is not diluted, a demand under the name that is refused is punished (`extortion`), and what is
extorted stays with the group.
Not modelled: standards that an organisation sets and watches, fees that differ, areas that a name is granted for.
"""
from __future__ import annotations

from ...jit.compile import kernel
from ...quantities import INDEX
from ..params import Param
from ..payments import pay
from ..rng import stream, uniform
from ..special import exp, logistic
from ..world import take

PARAMS = (
    Param("franchise_rate", 0.0, "1/group/year", "0", "assumption",
          "rate at which a group considers paying for the name; 0 switches franchises off"),
    Param("franchise_fee_share", 0.1, "1", "0.1", "assumption", "part of takings paid for the name"),
    Param("franchise_withdraw_rate", 0.001, "1/day", "0.001", "assumption", "names that are withdrawn"),
)
CONSIDER, WITHDRAW = stream("franchise.consider"), stream("franchise.withdraw")
FEES, SHARE = INDEX["franchise_fees"], INDEX["share_franchise"]
DAYS_A_YEAR = 365.0
LICENSED = 3  # of `tie`


@kernel
def franchise(p, key, day, w):
    """Names taken for a fee, given up and withdrawn."""
    revenue = take(w, "revenue")
    size = take(w, "size")
    tie = take(w, "tie")
    symbol = take(w, "symbol")
    belief = take(w, "belief")
    organisations = take(w, "organisations")
    if p.franchise_rate <= 0.0 or organisations[0] == 0:
        return
    daily = p.franchise_rate / DAYS_A_YEAR
    believed = logistic(belief[0])
    drawn = exp(p.choices_symbol_weight * p.choices_familiarity * believed) - 1.0
    for g in range(tie.shape[0]):
        if size[g] == 0 or (tie[g] != 0 and tie[g] != LICENSED):
            continue
        gain = revenue[g] * drawn + p.symbols_deterrence * believed - p.symbols_risk
        if tie[g] == 0 and symbol[g] == 1:
            gain = p.symbols_punish
        lean = (gain - p.franchise_fee_share * revenue[g]) / p.symbols_width
        u = uniform(key, day, CONSIDER, g)
        if tie[g] == 0:
            if u < daily * logistic(lean):
                tie[g] = LICENSED
                symbol[g] = 1
        elif u < daily * logistic(-lean) or uniform(key, day, WITHDRAW, g) < p.franchise_withdraw_rate:
            tie[g] = 0
            symbol[g] = 0


@kernel
def collect(p, w, controls, alternatives):
    """Fees of the day, EUR, and the part of guided attempts with groups that pay them; part of the fees may be intercepted."""
    occupied = take(w, "occupied")
    guided = take(w, "guided")
    tie = take(w, "tie")
    revenue = take(w, "revenue")
    out = take(w, "today")
    if p.franchise_rate <= 0.0:
        return
    received = 1.0 - controls.tribute_block
    for g in range(tie.shape[0]):
        if tie[g] == LICENSED:
            due = p.franchise_fee_share * (1.0 - controls.seizure_share) * (1.0 - p.earnings_bribe_share) * revenue[g]
            pay(w, g, due, received)
            out[FEES] += due * received
    everybody = 0
    licensed = 0
    for i in range(alternatives):
        everybody += guided[i]
        licensed += guided[i] if tie[occupied[i, 0]] == LICENSED else 0
    out[SHARE] = licensed / everybody if everybody > 0 else 0.0
