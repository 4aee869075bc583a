"""Series: which recorded series a number could speak of, by what is counted and what happened to it; a person chooses."""

from __future__ import annotations

from interlope.reader.lexicon import read
from interlope.reader.proposal import Proposal


def suggest(proposal: Proposal) -> list[str]:
    """Recorded series that a proposal could be about; none where no list says so.

    Parameters
    ----------
    proposal : Proposal
        A proposal.

    Returns
    -------
    list of str
    """
    table = read("counted")
    quantity = proposal.quantity
    names = (quantity.event, quantity.counted) if quantity is not None else proposal.about[:1]
    entries = [entry for name in names if name for entry in (*table["event"], *table["counted"]) if entry["name"] == name]
    return list(dict.fromkeys(name for entry in entries[:1] for name in entry.get("series", ())))
