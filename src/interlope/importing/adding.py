"""Adding: the rows of one period become one figure where the map says so, each with its number."""
from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

from interlope.errors import BadInput, Fault
from interlope.importing.mapping import ColumnMap
from interlope.importing.sheet import MOST_FAULTS, Sheet
from interlope.importing.writing import Figure, write_shortest

NAMES, ALONE = {"total", "totals", "subtotal"}, {"all", "sum", "overall", "together"}  # of a total: beside other words, or by themselves
LONGEST = 40  # of a cell that names a total
LACKING = "rows of one period, some without a number where they are added up"
LEAST, NEARLY_ALL = 3, 0.9  # periods of different figures, and share of all, in which one row is the sum of the others: no chance
COMPLETE = "a number in each", "write 0 where it is none, or leave that part out of all periods by rows.where"


def unite(sheet: Sheet, mapping: ColumnMap, figures: Sequence[Figure], free: Collection[int]) -> list[Figure]:
    """Rows of one period and day of publication: added up where the map says so, else refused.

    Parameters
    ----------
    sheet : Sheet
        The file.
    mapping : ColumnMap
        Its key `rows.repeated`.
    figures : sequence of Figure
        Oldest first; those without a number are rows that lack one.
    free : collection of int
        Places of the columns that the map gives no meaning: what tells the rows of a period apart.

    Raises
    ------
    BadInput
        When a period has several rows that are not to be added up, or one of them has no number or is the total of the others.
    """
    _refuse_incomplete(sheet, figures)
    if mapping.get("rows.repeated") == "sum":
        _refuse_totals(sheet, mapping, [figure for figure in figures if is_given(figure)], free)
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

    >>> has_total(["2030", "Grand total:"]), has_total(["All"]), has_total(["all day"])
    (True, True, False)
    """
    words = [re.findall(r"[^\W\d_]+", cell.casefold()) for cell in cells if len(cell) <= LONGEST]
    return any(NAMES & set(each) or len(each) == 1 and each[0] in ALONE for each in words)


def is_given(figure: Figure) -> bool:
    """Whether it has a number."""
    return any(number is not None for number in figure.numbers)


def _refuse_incomplete(sheet: Sheet, figures: Sequence[Figure]) -> None:
    """Refuse a period of which some rows have a number and some have none; one whose rows have none is left out."""
    given = {(f.start, f.end, published) for f in figures if is_given(f) for published in (f.published, None)}
    if lacking := [f for f in figures if not is_given(f) and (f.start, f.end, f.published) in given]:
        raise BadInput([Fault(sheet.file, f.line, LACKING, *COMPLETE) for f in lacking[:MOST_FAULTS]])


def _refuse_totals(sheet: Sheet, mapping: ColumnMap, figures: Sequence[Figure], free: Collection[int]) -> None:
    """Refuse rows that are the total of their period's others, by a name or by their numbers, unless rows.where names them."""
    groups = [list(group) for _, group in groupby(figures, key=lambda f: (f.start, f.end, f.published))]
    groups = [group for group in groups if len(group) > 1]
    cells = {row.line: row.cells for row in sheet.rows}
    chosen = {(sheet.column(name, "", mapping), text) for name, entry in mapping.where.items() for text in entry.texts}
    totals: dict[int, str] = {}
    for place in free:
        labelled = [[("".join(cells[f.line][place : place + 1]), f) for f in group] for group in groups]
        totals |= {f.line: f"a row of '{text}'" for group in labelled for text, f in group
                   if has_total([text]) and (place, text) not in chosen}
        totals |= {f.line: f"a row of '{text}', the sum of the others" for text, f in _find_sums(labelled) if (place, text) not in chosen}
    if not free:
        totals = {f.line: f"row {number} of its period, the sum of the others"
                  for number, f in _find_sums([[(str(i), f) for i, f in enumerate(group, 1)] for group in groups])}
    if totals:
        raise BadInput([Fault(sheet.file, line, f"{what}, added to them", "rows that count nobody twice",
                              "choose the rows that are added up by rows.where") for line, what in sorted(totals.items())[:MOST_FAULTS]])


def _find_sums(groups: Sequence[Sequence[tuple[str, Figure]]]) -> Iterator[tuple[str, Figure]]:
    """The first figure of each label whose numbers are the sum of those of all others in nearly all periods."""
    agreeing, first = defaultdict[str, set[tuple[float, ...]]](set), dict[str, Figure]()
    counts = Counter[str]()
    for group in groups:
        sums = defaultdict[str, float](float)
        for label, figure in group:
            sums[label] += figure.numbers[0] or 0.0
            first.setdefault(label, figure)
        for label in sums if len(sums) > 2 else ():
            if sums[label] > 0 and math.isclose(2 * sums[label], sum(sums.values()), rel_tol=1e-9):
                counts[label] += 1
                agreeing[label].add(tuple(sums.values()))
    for label, different in agreeing.items():
        if len(different) >= LEAST and counts[label] >= NEARLY_ALL * len(groups):
            yield label, first[label]
