"""Operations: which police operations on record the futures compared leave out, and which go on in them, in plain sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from interlope.reporting.answer import roots
from interlope.reporting.answer.statement import Statement
from interlope.reporting.numerals import day
from interlope.reporting.words import listing, readable
from interlope.results.study import OperationAbout, StudyRecord

LEVER = "sustained_operation"  # the lever that does what an operation on record is


def tell_operations(study: StudyRecord) -> list[Statement]:
    """Say which operations on record no future compared has, with an option or without, and which run on in all of them.

    A comparison knows what was known before its first day. An operation that begins later, or became known later, is left out; one that
    began before, and whose end is not known, runs on.

    Parameters
    ----------
    study : StudyRecord
        The results.

    Returns
    -------
    list of Statement
        Nothing where there is no such operation, or where results of an earlier version do not name any.
    """
    compare = study.compare
    if compare is None or not study.case.operations:
        return []
    first, late = date.fromisoformat(compare.start), list_late(study)
    running = [o for o in study.case.operations if o not in late and o.end is None]
    statements = []
    if late:
        one = len(late) == 1
        lead = (f"The options start on {day(first)}: the {name(late)} {'is' if one else 'are'} in none of the futures compared, with an "
                "option or without.")
        them = "it" if one else "them"
        rest = f"Nothing here says what it would do to end {them}, or to go on. " if any(o.end is None for o in late) else ""
        rest += (f"{'It was' if one else 'They were'} not known on that day; operations begin there by the model's own hazard. The "
                 f"explanations were weighed with what is known of {them}.")
        statements.append(Statement(f"{lead} {rest}", 2, lead, roots.recorded(study, late)))
    if running:
        one = len(running) == 1
        statements.append(Statement(f"The {name(running)}, whose end is not known, {'runs' if one else 'run'} on into the futures "
                                    "compared, with an option and without, for as long as each of them has it.", 3,
                                    roots=roots.recorded(study, running)))
    return statements


def list_late(study: StudyRecord) -> list[OperationAbout]:
    """Operations on record that no future compared has: those that begin in its days, or became known in them."""
    compare = study.compare
    if compare is None:
        return []
    first = date.fromisoformat(compare.start)
    begin, end = first.isoformat(), (first + timedelta(days=compare.days - 1)).isoformat()
    return [o for o in study.case.operations or [] if o.start <= end and max(o.start, o.published) >= begin]


def list_going_on(study: StudyRecord) -> list[OperationAbout]:
    """Operations on record that go on on the day of knowledge, as far as is known."""
    return [o for o in study.case.operations or [] if o.start <= study.case.as_of and (o.end is None or o.end >= study.case.as_of)]


def list_missing(study: StudyRecord) -> list[OperationAbout]:
    """Operations on record that go on on the day of knowledge and that no future compared has."""
    late = list_late(study)
    return [o for o in list_going_on(study) if o in late]


def is_under_way(study: StudyRecord, option: str) -> bool:
    """Say whether an option is to have police in an operation, and one on record goes on: not to begin it leaves no world without one."""
    about = next((o for o in study.compare.options if o.name == option), None) if study.compare else None
    return about is not None and any(lever.name == LEVER for lever in about.levers) and bool(list_going_on(study))


def name(operations: Sequence[OperationAbout]) -> str:
    """The operations by their first day, and on whose word."""
    each = [f"{day(o.start)} ({readable(o.source)})" for o in operations]
    return f"operation{'' if len(operations) == 1 else 's'} on record from {listing(each)}"
