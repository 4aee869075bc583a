"""Asks: what the question of a case is about, so that the answer can say it half by half in the order asked, and whose report it is."""
from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from interlope.dossier.book import Book
from interlope.errors import nearest
from interlope.toml.table import Table

COMPARATORS = ("status-quo", "today")  # the same future without the option, and the days before the decision
MOST = 4  # parts of one question; more cannot be answered in the few lines before the tables
LONGEST = 40  # characters of a label


class Ask(NamedTuple):
    """One part of the question: about an explanation, or about an option compared with `against`.

    `label` stands before the answer; the name of what is not asked about is empty.
    """

    label: str
    explanation: str = ""
    option: str = ""
    against: str = ""


def read_asks(parts: Sequence[Table], explanations: Collection[str], options: Collection[str]) -> tuple[Ask, ...]:
    """Read the tables [[asks]] of a case file; every fault goes to the list of faults of the table.

    Parameters
    ----------
    parts : Sequence[Table]
        The tables.
    explanations, options : Collection[str]
        Names that the case has.

    Returns
    -------
    tuple[Ask, ...]
        The parts of the question in the order of the file; without those that are faulty.
    """
    if len(parts) > MOST:
        parts[MOST].fault(f"{len(parts)} tables [[asks]]", f"at most {MOST}")
    asks: list[Ask] = []
    for part in parts:
        ask = _read(part, explanations, options)
        part.close()
        if ask is None:
            continue
        if any(ask[1:] == other[1:] for other in asks):
            key = "explanation" if ask.explanation else "option"
            part.fault(f"{key} '{ask.explanation or ask.option}' asked about twice", "each part of the question once", key)
        elif part.has("label") and any(ask.label.lower() == other.label.lower() for other in asks):
            part.fault(f"label '{ask.label}' of two parts of the question", "a label of its own for each", "label")
        asks.append(ask)
    return tuple(asks)


def read_report(table: Table, book: Book | None) -> str:
    """Read `report`, the source whose letter the answer is shown against: one with a claim that can be weighed; empty where absent."""
    speaking = () if book is None else dict.fromkeys(book.roots[c.root].source for c in book.claims.values() if c.likelihood)
    name = table.text("report", "")
    if name and book is not None and name not in speaking:
        actual = f"report = '{name}', none of whose claims is weighed" if name in book.sources else f"report = '{name}', no such source"
        expected = "one of " + ", ".join(speaking) if speaking else "no report, as no claim is weighed"
        table.fault(actual, expected, "report", nearest(name, speaking))
    return name


def _read(part: Table, explanations: Collection[str], options: Collection[str]) -> Ask | None:
    before = len(part.faults)
    label = " ".join(part.text("label", "").split())
    explanation = part.text("explanation", "", among=explanations)
    option = part.text("option", "", among=options)
    against = part.text("against", "", among=COMPARATORS)
    if len(label) > LONGEST:
        part.fault(f"a label of {len(label)} characters", f"at most {LONGEST}", "label")
    if part.has("explanation") and part.has("option"):
        part.fault("'explanation' and 'option' in one entry", "one of them; a second [[asks]] for the other", "option")
    elif not part.has("explanation") and not part.has("option"):
        part.fault("neither 'explanation' nor 'option'", "the explanation or the option that the question is about")
    elif part.has("explanation") and part.has("against"):
        part.fault("'against' beside an explanation", "'against' beside an option only", "against")
    elif option and option == against:
        part.fault(f"option '{option}' against itself", "against = \"today\", or another option", "against")
    if len(part.faults) > before:
        return None
    if option and not against:
        against = "today" if option == COMPARATORS[0] else COMPARATORS[0]
    name = (explanation or option).replace("-", " ").replace("_", " ")
    return Ask(label or name[0].upper() + name[1:], explanation, option, against)
