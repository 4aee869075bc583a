"""Backtests: forecasts from earlier days that lie beside the results, as a part of the page *Trust*."""

from __future__ import annotations

import glob
from pathlib import Path

from interlope.errors import BadInput
from interlope.reporting import backtest
from interlope.reporting.blocks import Code, Grid, Points, Prose, Section
from interlope.results.study import StudyRecord

NAME, TITLE = "backtest", "How good such forecasts were"


def list_backtests(study: StudyRecord, folder: Path) -> list[Section]:
    """The part on backtests of the same case: what those found that lie beside the results, or how one is made.

    Parameters
    ----------
    study : StudyRecord
        What is explored.
    folder : Path
        Where its results lie.

    Returns
    -------
    list of Section
    """
    blocks: list[object] = []
    for path in sorted(folder.resolve().parent.glob(f"{glob.escape(study.case.name)}-backtest-*")):
        try:
            result = backtest.load(path)
        except BadInput:
            continue  # damaged, or another verb's: nobody asked for that one
        blocks += [Prose(f"Run {path.name}."), Points(tuple(backtest.tell(result))), Grid(backtest.tabulate_coverage(result))]
    if not blocks:
        blocks = [Prose("No backtest of this case lies beside the results. One fits the case as it was known on earlier days, and scores "
                        "what it forecast against what was published later; it takes a fit for each day."),
                  Code(f"interlope backtest {study.case.name}")]
    return [Section(NAME, TITLE, tuple(blocks), "Backtest")]
