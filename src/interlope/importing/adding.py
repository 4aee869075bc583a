"""Adding: the rows of one period become one figure where the map says so, each with its number."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from interlope.errors import BadInput, Fault
from interlope.importing.mapping import ColumnMap
from interlope.importing.sheet import MOST_FAULTS, Sheet
from interlope.importing.writing import Figure, write_shortest

TOTALS = {"total", "totals", "all", "sum", "subtotal", "overall", "together"}
LONGEST = 40  # of a cell that names a total
LACKING = "rows of one period, some without a number where they are added up"
COMPLETE = "a number in each", "write 0 where it is none, or leave that part out of all periods by rows.where"


def unite(sheet: Sheet, mapping: ColumnMap, figures: Sequence[Figure]) -> list[Figure]:
    """Rows of one period and day of publication: added up where the map says so, else refused.

    Parameters
    ----------
    sheet : Sheet
        The file.
    mapping : ColumnMap
        Its key `rows.repeated`.
    figures : sequence of Figure
        Oldest first; those without a number are rows that lack one.

    Raises
    ------
    BadInput
        When a period has several rows that are not to be added up, or one of them has no number.
    """
    _refuse_incomplete(sheet, figures)
    united = []
    for (start, end, published), group in groupby(filter(is_given, figures), key=lambda f: (f.start, f.end, f.published)):
        same = list(group)
        if len(same) > 1 and mapping.get("rows.repeated") != "sum":
            lines = ", ".join(str(f.line) for f in same[:4]) + (" and more" if len(same) > 4 else "")
            raise BadInput([Fault(sheet.file, same[1].line, f"period {write_shortest(start, end)} in {len(same)} rows "
                                  f"(lines {lines})", "one row for each period", "choose rows by rows.where, add them up by "
                                  "rows.repeated = 'sum', or name the column of the days of publication")])
        columns = list(zip(*(f.numbers for f in same), strict=True))
        if lacking := [f for f in same if any(n is None and set(column) != {None} for n, column in zip(f.numbers, columns, strict=True))]:
            raise BadInput([Fault(sheet.file, lacking[0].line, LACKING, *COMPLETE)])
        sums = [None if None in column else sum(n for n in column if n is not None) for column in columns]
        notes = {f.note for f in same}
        united.append(Figure(start, end, (sums[0], sums[1], sums[2]), published, notes.pop() if len(notes) == 1 else "", same[0].line))
    return united


def has_total(cells: Iterable[str]) -> bool:
    """Whether a cell of a row says that it is a total.

    >>> has_total(["2030", "Grand total:"]), has_total(["2030", "totally new"])
    (True, False)
    """
    return any(TOTALS & set(re.findall(r"[^\W\d_]+", cell.casefold())) and len(cell) <= LONGEST for cell in cells)


def is_given(figure: Figure) -> bool:
    """Whether it has a number."""
    return any(number is not None for number in figure.numbers)


def _refuse_incomplete(sheet: Sheet, figures: Sequence[Figure]) -> None:
    """Refuse a period of which some rows have a number and some have none; one whose rows have none is left out."""
    given = {(f.start, f.end, published) for f in figures if is_given(f) for published in (f.published, None)}
    if lacking := [f for f in figures if not is_given(f) and (f.start, f.end, f.published) in given]:
        raise BadInput([Fault(sheet.file, f.line, LACKING, *COMPLETE) for f in lacking[:MOST_FAULTS]])
