"""Today: the days before the decision that options are compared with, in years or not, in report, check and a new case."""
from __future__ import annotations

from dataclasses import replace

import pytest
from edited_toy import edit
from tests.unit.test_report import sample
from typer.testing import CliRunner

import interlope as il
from interlope.cli.app import app
from interlope.reporting.answer.direction import lacks_season
from interlope.reporting.answer.harms import tell_today
from interlope.reporting.sections import options
from interlope.scenario.oddities import list_oddities
from interlope.units import whole_years

SEASON = "season = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"
WINTER = "season = [2, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1]"


def flagged(case):
    return [text for text in list_oddities(case) if "whole number of years" in text]


def test_a_season_with_days_that_are_no_whole_year_is_flagged(tmp_path):
    assert flagged(il.load("toy")) == []
    case = il.load(edit(tmp_path, ("case.toml", SEASON, WINTER)))
    for today, days, stated in ((10, 20, "today = 10 and days = 20"), (365, 20, "days = 20"), (10, 365, "today = 10"), (365, 730, "")):
        decision = case.decision._replace(today=today, days=days)
        told = flagged(replace(case, specification=replace(case.specification, decision=decision)))
        assert [text.partition(", and")[0] for text in told] == ([f"[decision] {stated}: no whole number of years"] if stated else [])


@pytest.mark.parametrize(("days", "years"), [(365, 1), (364, 1), (366, 1), (730, 2), (90, 0), (1, 0), (182, 0), (500, 0),
                                            (728, 2), (732, 2), (727, 0), (733, 0), (2190, 6), (2191, 6), (2196, 6), (3650, 10), (0, 0)])
def test_every_year_is_of_52_weeks_to_366_days(days, years):
    assert whole_years(days) == years


def test_the_report_says_that_a_year_has_no_season_and_that_fewer_days_have():
    study = sample()
    year = "Today is the simulated year before the decision, not what was recorded."
    season = "the 90 days compared with it are no whole years, so that a season, if there is one, makes every option look better or worse"
    short = study.compare.model_copy(update={"today": 365, "days": 90})
    assert season in options.build(study.model_copy(update={"compare": short})).blocks[0].text and lacks_season(short)
    assert not lacks_season(short.model_copy(update={"seasonal": False})) and not lacks_season(short.model_copy(update={"days": 365}))
    assert "the day compared with it is no whole year, so that a season, if there is one, makes" in tell_today(365, None, 1)
    for days, wanted in ((365, year), (90, "it is not adjusted for the season")):
        compare = study.compare.model_copy(update={"today": days, "days": 365})
        lead = options.build(study.model_copy(update={"compare": compare})).blocks[0].text
        assert wanted in lead and tell_today(days) in lead
        assert ("season" in lead) is (days == 90)


def test_a_case_says_whether_some_days_of_the_year_bring_more_tries(tmp_path):
    wave = '[overrides]\ndemand_wave_sine = { prior = "normal(0, 0.3)", unit = "log", source = "assumption" }\n'
    assert not il.load("toy").seasonal and il.load("serbia-hungary").seasonal and il.load("channel-boats").seasonal
    assert il.load(edit(tmp_path / "season", ("case.toml", SEASON, WINTER))).seasonal
    assert il.load(edit(tmp_path / "wave", ("case.toml", "[overrides]\n", wave))).seasonal
    assert sample().compare.seasonal is None


def test_the_days_of_today_are_not_called_a_season_where_there_is_none():
    assert tell_today(1).startswith("Today is the simulated day before the decision, at its mean times 365")
    assert tell_today(10, False) == ("Today is the simulated 10 days before the decision, at their daily mean times 365, not what was "
                                     "recorded.")
    study = sample()
    for seasonal in (True, False, None):
        compare = study.compare.model_copy(update={"today": 90, "seasonal": seasonal})
        lead = options.build(study.model_copy(update={"compare": compare})).blocks[0].text
        assert ("season" in lead) is (seasonal is not False)


def test_a_new_case_says_how_long_today_should_be(tmp_path):
    folder = tmp_path / "mine"
    assert CliRunner().invoke(app, ["new", str(folder)]).exit_code == 0
    line, = (text for text in (folder / "case.toml").read_text(encoding="utf-8").splitlines() if text.startswith("today = "))
    assert line.startswith("today = 10    # days before start") and "365" in line
