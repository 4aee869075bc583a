"""Gallery: every figure of a finished run, whichever verb wrote it, drawn by the code that drew it there, with the table behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from interlope import manifest
from interlope.reporting import backtest, recovery, search, sensitivity
from interlope.reporting.blocks import Details, Drawing
from interlope.reporting.figures.backtest import draw_forecasts
from interlope.reporting.figures.figure import Figure
from interlope.reporting.figures.search import draw_bundles
from interlope.reporting.figures.sensitivity import draw_effects, draw_shares
from interlope.reporting.tables import Table
from interlope.results.study import StudyRecord

BEHIND = {"matrix": "truth-and-choice", "reliability": "reliability", "ranks": "ranks", "coverage": "coverage"}  # figures of `recover`
TITLES = {"matrix": "Truth against choice", "reliability": "How often what is called so probable is true",
          "ranks": "Ranks of the truth in its posterior", "coverage": "How many intervals hold the truth"}


def list_study(study: StudyRecord) -> list[Figure]:
    """Every figure of a report once, in reading order, those in folded parts too.

    Parameters
    ----------
    study : StudyRecord
        The results.

    Returns
    -------
    list of Figure
    """
    from interlope.reporting.html import arrange

    return list({figure.name: figure for section in arrange(study) for figure in figures_of(section.blocks)}.values())


def figures_of(blocks: Sequence[object]) -> list[Figure]:
    """Figures among the blocks of a section, in reading order.

    Parameters
    ----------
    blocks : sequence of object
        As a section holds them.

    Returns
    -------
    list of Figure
    """
    figures: list[Figure] = []
    for block in blocks:
        match block:
            case Drawing(figure=figure):
                figures.append(figure)
            case Details(blocks=inner):
                figures += figures_of(inner)
    return figures


def list_analysis(folder: Path) -> list[Figure]:
    """Every figure of a folder that backtest, recover, sensitivity or the search of bundles wrote.

    Parameters
    ----------
    folder : Path
        The folder; what it holds is verified as it is read.

    Returns
    -------
    list of Figure
    """
    return ANALYSES[str(manifest.read(folder).settings.get("kind", ""))](folder)


def _of_backtest(folder: Path) -> list[Figure]:
    result = backtest.load(folder)
    whole = backtest.tabulate(result)[0]
    at = [column.key for column in whole.columns].index("series")
    return [Figure(name, f"Forecasts of {name.removeprefix('forecasts-')} from each origin", "", svg,
                   Table(name, whole.caption, whole.columns, tuple(r for r in whole.rows if f"forecasts-{r[at]}" == name)))
            for name, svg in draw_forecasts(result.rows).items()]


def _of_recovery(folder: Path) -> list[Figure]:
    whole = recovery.load(folder)
    tables = _by_name(recovery.tabulate(whole.summary))
    return [Figure(name, TITLES[name], "", svg, tables[BEHIND[name]])
            for name, svg in recovery.draw(whole.summary, whole.data_sets).items()]


def _of_search(folder: Path) -> list[Figure]:
    compare = search.load(folder)
    tried = _by_name(search.tabulate(compare)).get("tried")
    svg = draw_bundles(compare, search.find_greatest)
    return [Figure("bundles", "Bundles tried: change of each harm", "", svg, tried)] if tried else []


def _of_sensitivity(folder: Path) -> list[Figure]:
    result = sensitivity.load(folder)
    tables = _by_name(sensitivity.tabulate(result))
    figures = [Figure("screening", "Effects by screening (Morris)", "", draw_effects(result), tables["screening"])]
    if result.shares:
        figures.append(Figure("shares", "Shares of the variance (Sobol')", "", draw_shares(result), tables["shares"]))
    return figures


def _by_name(tables: Sequence[Table]) -> Mapping[str, Table]:
    return {table.name: table for table in tables}


ANALYSES: Mapping[str, Callable[[Path], list[Figure]]] = {
    "backtest": _of_backtest, "recovery": _of_recovery, "search": _of_search, "sensitivity": _of_sensitivity,
}
