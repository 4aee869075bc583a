"""What lasts: operations whose end is not known, a way that is unlearned slowly, and the yearly wave of arrivals."""
from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from interlope.errors import BadInput
from interlope.model.simulate import advance, begin
from interlope.quantities import INDEX
from interlope.scenario import case as cases
from interlope.verification.defaults import neutral

DAYS, LANES = 200, np.arange(8)


def record(setting, values, name):
    return advance(begin(setting, values, None, 7, LANES), setting.days)[1].series[:, :, INDEX[name]].astype(np.float64)


def unended(first, known, hazard_from=DAYS):
    """A world with an operation from a day on that is known to have lasted so many days, and to have no known end."""
    return replace(neutral(DAYS, operation_from=first, operation_days=known, end_known=False), hazard_from=hazard_from)


def test_an_operation_without_a_known_end_runs_for_its_length_and_not_less_than_is_known():
    days = [record(unended(50, 20), {"raids_unended_days": length, "raids_start_rate": 0.0, "raids_answer": 0.0}, "operation_days")
            for length in (5.0, 60.0)]
    for running, length in zip(days, (20, 60)):
        assert (running[:, 50 : 50 + length] == 1.0).all() and running[:, :50].sum() == running[:, 50 + length :].sum() == 0.0


def test_on_the_last_known_day_it_goes_on_for_its_length_and_not_for_one_drawn_anew():
    values = {"raids_unended_days": 70.0, "raids_start_rate": 0.0, "raids_answer": 0.0}
    running = record(unended(50, 20, hazard_from=60), values, "operation_days")
    assert (running[:, 50:120] == 1.0).all() and running[:, 120:].sum() == 0.0


def test_an_operation_is_wound_down_after_its_length():
    values = {"raids_unended_days": 60.0, "raids_wind_down_days": 10.0}
    running = record(unended(50, 20), values, "operation_days")[0]
    assert (running[50:111] == 1.0).all() and running[120] == pytest.approx(np.exp(-1.0), rel=1e-6) and running[150:].sum() == 0.0


def test_known_operations_teach_how_often_they_begin_and_how_many_are_long():
    def days(known, weight=1.0):
        setting = replace(neutral(DAYS), hazard_from=100, operations=known)
        return record(setting, {"raids_record_weight": weight, "raids_start_rate": 0.02}, "operation_days")[:, 100:].mean()

    unheeded = days((0, 0, 0), weight=0.0)
    assert days((0, 0, 0)) < unheeded and days((30, 0, 0)) > 1.5 * days((0, 0, 0))
    assert days((9, 9, 0)) < 0.5 * days((9, 0, 9))
    assert days((30, 15, 15), weight=0.0) == unheeded


def test_operations_count_as_known_short_or_long_by_the_day_of_knowledge():
    case = cases.load("serbia-hungary")
    counted = {day: case.at(date.fromisoformat(day)).setting().operations
               for day in ("2022-11-24", "2022-11-26", "2023-10-25", "2023-11-14", "2023-12-31")}
    assert list(counted.values()) == [(0, 0, 0), (1, 0, 0), (3, 3, 0), (4, 3, 0), (4, 3, 1)]


def test_the_way_is_unlearned_at_a_speed_of_its_own():
    setting = neutral(DAYS, operation_from=50, operation_days=40)
    fast, same, slow = (record(setting, {"demand_upstream_return_days": days}, "arrivals") for days in (5.0, 30.0, 300.0))
    assert np.array_equal(fast[:, :90], slow[:, :90])  # until the operation ends only learning acts
    assert fast[:, 95:].mean() > 1.1 * same[:, 95:].mean() > 1.2 * slow[:, 95:].mean()
    assert np.array_equal(same, record(setting, {}, "arrivals"))


def test_who_is_deterred_upstream_and_goes_elsewhere_is_counted_with_the_deaths_there():
    setting = neutral(DAYS, operation_from=50, operation_days=100)
    values = {"demand_upstream_deterrence": 3.0, "demand_diverted_death": 0.05}
    none, all_of_them = (record(setting, {**values, "demand_upstream_divert": part}, "deterred") for part in (0.0, 1.0))
    assert none.sum() == 0.0 and all_of_them[:, :51].sum() == 0.0
    calm = record(neutral(DAYS), values, "arrivals")
    stopped = calm[:, 60:150].mean() - record(setting, values, "arrivals")[:, 60:150].mean()
    assert all_of_them[:, 60:150].mean() == pytest.approx(stopped, rel=0.05)  # mean of 8 x 90 Poisson days of some 200: sd below 1 %
    deaths = [record(setting, {**values, "demand_upstream_divert": part}, "diverted_deaths").sum() for part in (0.0, 1.0)]
    assert deaths[1] > 1.5 * deaths[0] > 0.0


def test_the_yearly_wave_is_high_in_its_month_and_low_half_a_year_later():
    arrivals = {name: record(neutral(DAYS), {name: 0.7}, "arrivals") / record(neutral(DAYS), {}, "arrivals").mean(axis=0)
                for name in ("demand_wave_cosine", "demand_wave_sine")}
    ratio = {name: [a[:, 31 * m : 31 * m + 28].mean() for m in (0, 3, 6)] for name, a in arrivals.items()}
    high, low = np.exp(0.7), np.exp(-0.7)
    assert ratio["demand_wave_cosine"] == pytest.approx([high, 1.0, low], rel=0.1)
    assert ratio["demand_wave_sine"] == pytest.approx([1.0, high, 1.0], rel=0.1)


def test_a_case_says_whether_and_since_when_the_end_of_an_operation_is_known(tmp_path):
    import shutil

    from interlope.scenario.folder import find

    folder = shutil.copytree(find("toy"), tmp_path / "toy")
    text = (folder / "case.toml").read_text()
    assert text.count('kind = "operation"') == 1
    start = cases.load(folder).specification.events[0].start

    def state(end_known):
        (folder / "case.toml").write_text(text.replace('kind = "operation"', f'kind = "operation"\nend_known = {end_known}'))
        return cases.load(folder)

    assert state("true").setting().unended.sum() == 0.0
    going = state("false").setting()
    first = (start - going.start).days
    assert (going.unended > 0.0).sum() == going.days - first and going.run[first:].tolist() == list(range(going.days - first))
    later = date(2030, 2, 25)
    case = state(later)
    assert case.setting(imposed_until=date(2030, 2, 24)).unended.sum() > 0.0
    assert case.setting(imposed_until=later).unended.sum() == 0.0
    with pytest.raises(BadInput, match="or false where no end is known"):
        state(date(2029, 12, 1))
