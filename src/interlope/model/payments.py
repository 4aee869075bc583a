"""Payments: what a group pays others out of its cash, with the part that an organisation receives; the rest leaves the market."""
from __future__ import annotations

from ..jit.compile import kernel
from ..quantities import INDEX
from .world import take

PROFIT = INDEX["profit"]


@kernel
def pay(w, g, due, part):
    """Group g pays an amount in EUR; part: what of it goes to the organisation."""
    cash = take(w, "cash")
    profit = take(w, "profit")
    cash_organisation = take(w, "cash_organisation")
    books = take(w, "books")
    out = take(w, "today")
    received = part * due
    cash[g] -= due
    profit[g] -= due
    out[PROFIT] -= due
    cash_organisation[0] += received
    books[0] -= due - received
