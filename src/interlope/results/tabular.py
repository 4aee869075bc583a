"""Tabular: results as tables: escaped HTML for notebooks, and pandas data frames."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel

from interlope.arguments import read_choice
from interlope.results.record import Record

if TYPE_CHECKING:
    import pandas as pd

# what draws a result for a notebook: set by the package's front door, since records lie below the code that draws them
Drawer = Callable[[Any], str]
_drawer: list[Drawer] = []
SHOWN_ROWS = 12  # rows of a table that a notebook shows


def draw_with(drawer: Drawer) -> None:
    """Let a function draw the figures of results in a notebook.

    Parameters
    ----------
    drawer : callable
        Gives HTML for a result, empty where it has no figure.
    """
    _drawer[:] = [drawer]


def draw_figures(thing: Any) -> str:
    """The figures of a result as HTML; nothing where nobody said how to draw.

    Parameters
    ----------
    thing : object
        A result.

    Returns
    -------
    str
    """
    return _drawer[0](thing) if _drawer else ""


def flatten(record: BaseModel | Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """One row of a table: nested records and dicts become columns named with dots, lists are joined with commas.

    Parameters
    ----------
    record : Record or mapping
        What the row says.
    prefix : str
        Put before every column's name.

    Returns
    -------
    dict
        Value by column.

    Examples
    --------
    >>> flatten({"id": "A1", "points": {"low": 1.0, "high": 2.0}, "roots": ["r", "s"]})
    {'id': 'A1', 'points.low': 1.0, 'points.high': 2.0, 'roots': 'r, s'}
    """
    row: dict[str, Any] = {}
    for name, value in dict(record).items():
        column = f"{prefix}{name}"
        if isinstance(value, BaseModel | Mapping):
            row |= flatten(value, f"{column}.")
        elif isinstance(value, Sequence) and not isinstance(value, str):
            row[column] = len(value) if any(isinstance(item, BaseModel) for item in value) else ", ".join(map(str, value))
        else:
            row[column] = value
    return row


def write_cell(value: Any) -> str:
    """A value as text: four significant digits of a number, nothing for None.

    >>> write_cell(0.123456), write_cell(None), write_cell(12000)
    ('0.1235', '', '12000')
    """
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def write_html(caption: str, rows: Iterable[Mapping[str, Any]], limit: int = SHOWN_ROWS) -> str:
    """A table as HTML in which every text is escaped.

    Parameters
    ----------
    caption : str
        Stands above the table.
    rows : iterable of mapping
        Value by column; the first row's columns are the table's, in their order, then those that only later rows have.
    limit : int
        Rows shown; how many more there are is said below.

    Returns
    -------
    str
        A ``table`` element.

    Examples
    --------
    >>> write_html("a & b", [{"x": "<i>"}])
    '<table><caption>a &amp; b</caption><thead><tr><th>x</th></tr></thead><tbody><tr><td>&lt;i&gt;</td></tr></tbody></table>'
    """
    every = list(rows)
    columns = list(dict.fromkeys(column for row in every for column in row))
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(write_cell(row.get(c)))}</td>' for c in columns)}</tr>" for row in every[:limit])
    more = len(every) - limit
    if more > 0:
        body += f'<tr><td colspan="{len(columns)}">and {more} more</td></tr>'
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class TabularRecord(Record):
    """A result that consists of tables, each a field that holds a list of records.

    Attributes
    ----------
    MAIN : str
        The field that is meant where no table is named.
    SHOWN : tuple of str
        Columns of that table shown in a notebook; all of them where none is named.
    """

    MAIN: ClassVar[str]
    SHOWN: ClassVar[tuple[str, ...]] = ()

    def list_tables(self) -> list[str]:
        """Fields that hold a list of records, and that `to_dataframe` therefore takes."""
        return [name for name, value in self if isinstance(value, list | tuple) and value and isinstance(value[0], BaseModel)]

    def list_rows(self, table: str = "") -> list[dict[str, Any]]:
        """Rows of one of the result's tables, the main one where none is named; empty where it is empty.

        Raises
        ------
        BadInput
            When there is no table of that name.
        """
        lists = [name for name, value in self if isinstance(value, list | tuple)]
        name = self.MAIN if isinstance(table, str) and not table else read_choice("table", table, lists)
        value = getattr(self, name)
        return [flatten(item) if isinstance(item, BaseModel) else {name: item} for item in value]

    def to_dataframe(self, table: str = "") -> pd.DataFrame:
        """One of the result's tables as a pandas data frame.

        Parameters
        ----------
        table : str
            Field that holds a list of records (see `list_tables`); the main table where none is named.

        Returns
        -------
        pandas.DataFrame
            One row per record; nested records are columns named with dots.

        Raises
        ------
        BadInput
            When there is no table of that name.
        """
        import pandas as pd

        return pd.DataFrame(self.list_rows(table))

    def list_shown(self) -> list[dict[str, Any]]:
        """Rows of the main table that a notebook shows."""
        return self.list_rows()

    def _repr_html_(self) -> str:
        rows = self.list_shown()
        if self.SHOWN:
            rows = [{column: row.get(column) for column in self.SHOWN} for row in rows]
        return write_html(f"{type(self).__name__}: {self.MAIN.replace('_', ' ')}", rows) + draw_figures(self)
