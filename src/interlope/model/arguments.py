"""Arguments: what the kernel that runs a replicate is given, in groups that it reads by name."""
from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .online_statistics import StatisticsTable


class Replicates(NamedTuple):
    """What differs from replicate to replicate.

    Attributes
    ----------
    parameters : ndarray
        Records [r], one field for each parameter.
    keys : ndarray
        uint64 [r, 3]: seed low, seed high, stream id.
    state : ndarray
        float64 [r, cells]: all that a replicate remembers from day to day (see `state`).
    innovations : ndarray
        float64 [r, month]: given demand innovations, NaN where drawn.
    controls : ndarray
        Records [1 or r, day], one field for each control.
    """

    parameters: np.ndarray
    keys: np.ndarray
    state: np.ndarray
    innovations: np.ndarray
    controls: np.ndarray


class Workspace(NamedTuple):
    """Memory for a day's arithmetic.

    Attributes
    ----------
    cells : ndarray
        float64 [thread, cells]; a replicate uses the row of the thread that runs it.
    layout : ndarray
        int64 [arrays, 3]: where each array of state and workspace begins, and its shape (see `world`).
    """

    cells: np.ndarray
    layout: np.ndarray


class Calendar(NamedTuple):
    """Which days are run, and what is read off their dates.

    Attributes
    ----------
    begin, end : int
        First day to run, and the day before which to stop.
    month, month_of_year : ndarray
        int64 [day]: months since the start; month of the year from 0.
    begins_month : ndarray
        bool [day]: whether a month, or the simulated time, begins.
    """

    begin: int
    end: int
    month: np.ndarray
    month_of_year: np.ndarray
    begins_month: np.ndarray


class Inputs(NamedTuple):
    """What a setting gives (see `setting.Setting`).

    Attributes
    ----------
    season, growth, mix, familiar, origin_share : ndarray
        As in the setting.
    imposed : ndarray
        float64 [day]: intensity of police operations by the calendar.
    unended : ndarray
        float64 [day]: intensity of an operation that has begun and whose end is not known; 0 where there is none.
    run : ndarray
        float64 [day]: days since that operation began.
    operations : ndarray
        float64 [3]: operations known to have begun, and of those the short and the long ones.
    hostility : ndarray
        float64 [g, h]: how readily h harms g.
    ground_worth : ndarray
        float64 [s]: EUR a day that a sector yields by itself.
    hazard_from : int
        First day on which operations may start by themselves.
    forcing : ndarray
        float64 [day]: known factor on the chance of trying.
    """

    season: np.ndarray
    growth: np.ndarray
    mix: np.ndarray
    familiar: np.ndarray
    origin_share: np.ndarray
    imposed: np.ndarray
    unended: np.ndarray
    run: np.ndarray
    operations: np.ndarray
    hostility: np.ndarray
    ground_worth: np.ndarray
    hazard_from: int
    forcing: np.ndarray


class Recorder(NamedTuple):
    """Where a run's results are written.

    Attributes
    ----------
    table : Table
        Which summary statistics to accumulate (see `online_statistics`).
    statistics : ndarray
        float64 [r, cells]: how far they are.
    series, by_sector, by_class : ndarray
        float32 [r, day, series], [r, day, series, s] and [r, day, series, c]; no day where they are not wanted.
    """

    table: StatisticsTable
    statistics: np.ndarray
    series: np.ndarray
    by_sector: np.ndarray
    by_class: np.ndarray
