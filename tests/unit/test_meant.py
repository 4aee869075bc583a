"""What cannot be meant is refused with its line, and what is merely odd is said: numbers, units, shares, days, arrivals, twins."""

from __future__ import annotations

from pathlib import Path

import pytest
from edited_toy import DOSSIER, LISTENED, RIVALRY, TABLE, TAKEOVER, edit, line, odd, refused

import interlope as il
from interlope import units
from interlope.scenario.case import Case, find
from interlope.scenario.oddities import list_oddities

# Numbers ---------------------------------------------------------------------------------------------------------------------------------

def test_a_number_beyond_all_that_occurs_is_refused_everywhere(tmp_path):
    case = edit(tmp_path, (DOSSIER, "high = 60", "high = 1e300"),
                (TABLE, "2030-01-15,134", "2030-01-15,20000000000"),
                (RIVALRY, 'series = "largest_share"', 'series = "detained"'), (RIVALRY, "at_most = 0.9", "at_most = 1e300"))
    faults = refused(case)
    assert all(any(what in fault and "1,000,000 times what is usual" in fault for fault in faults)
               for what in ("high = 1e+300", "value 20000000000 of 'detained'", "at_most = 1e+300"))


@pytest.mark.parametrize("bound", ["at_least = 1e300", "at_least = 200", "at_most = -105"])
def test_a_slope_that_no_days_can_have_is_refused(tmp_path, bound):
    case = edit(tmp_path, (TAKEOVER, 'series = "share_command"', 'series = "price_mean"'),
                (TAKEOVER, 'reduce = "mean"', 'reduce = "slope"'), (TAKEOVER, "at_least = 0.5", bound))
    assert any(f"{bound.split()[0]} = " in fault and "-104.286 to 104.286" in fault for fault in refused(case))


def test_the_threshold_of_a_trend_is_a_slope_that_occurs(tmp_path):
    trend = 'kind = "trend"\nsaid = "up"\nthreshold = 5000\nnoise = 0.05'
    case = edit(tmp_path, (DOSSIER, 'kind = "interval"', trend),
                (DOSSIER, 'reduce = "mean"\nlow = 20\nhigh = 60', 'reduce = "slope"'), (DOSSIER, 'unit = "interceptions/day"\n', ""))
    assert any("threshold = 5000 for the slope of 'stopped'" in fault for fault in refused(case))


@pytest.mark.parametrize("factor", ["150", "0.5", "21"])
def test_a_slant_is_a_factor_that_a_source_could_use(tmp_path, factor):
    assert "expected a number from 1 to 20" in refused(edit(tmp_path, (DOSSIER, "slant_factor = 1.5", f"slant_factor = {factor}")))[0]


def test_a_statement_as_likely_if_true_as_if_false_is_refused(tmp_path):
    case = edit(tmp_path, (DOSSIER, "chance_if_true = 0.6", "chance_if_true = 0.95"),
                (DOSSIER, "", LISTENED.replace("speaks_if_true = 0.5", "speaks_if_true = 0.02")))
    assert [("T4" in f, "L1" in f) for f in refused(case) if "two chances that differ" in f] == [(True, False), (False, True)]


def test_a_denial_that_is_likelier_where_it_is_wrong_is_said(tmp_path):
    case = edit(tmp_path, (DOSSIER, "said = false\nchance_if_true = 0.6", "said = true\nchance_if_true = 0.6"))
    assert any("T4 is likelier where it is not so (0.6 if true, 0.95 if false)" in text for text in odd(case))


def test_an_option_that_stops_a_supply_that_nobody_depends_on_is_said(tmp_path):
    stop = ("options/joint-patrols.toml", 'name = "joint_patrols"', 'name = "supply_chain"')
    text, = [t for t in odd(edit(tmp_path / "without", stop)) if "supply_chain" in t]
    assert "'joint-patrols' stops a supply" in text and "changes nothing" in text
    limited = (TAKEOVER, "[parameters]", '[parameters]\nsupply_capacity = { value = 50, unit = "persons/day", source = "assumption" }')
    assert not [t for t in odd(edit(tmp_path / "with", stop, limited)) if "supply_chain" in t]


# Units -----------------------------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("recorded, stated, fits", [
    ("persons/day", "interceptions", True), ("persons/day", "weapons", False), ("persons/day", "days", False),
    ("persons/day", "clashes", False), ("clashes/day", "incidents", True), ("clashes/day", "persons", False),
    ("weapons/day", "persons", False), ("1", "days", True), ("attempts/day", "persons", True), ("incidents/day", "deaths", False),
    ("persons/day", "sectors", False), ("groups/day", "groups", True),
])
def test_a_unit_counts_the_same_things(recorded, stated, fits):
    assert units.fits(recorded, "sum", stated) is fits


@pytest.mark.parametrize("unit", ["weapons", "days", "organisations"])
def test_a_unit_of_other_things_is_refused_in_table_and_claim(tmp_path, unit):
    case = edit(tmp_path, (TABLE, "# unit: interceptions", f"# unit: {unit}"), (DOSSIER, "interceptions/day", f"{unit}/day"))
    faults = refused(case)
    assert any(f.startswith(f"{TABLE}:") and f"unit '{unit}'" in f for f in faults)
    assert any(f.startswith("dossier.toml:") and f"unit '{unit}/day' counts something else" in f for f in faults)


# Tables ----------------------------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("share, told", [
    ("1e-300", "at least 0.001"), ("lognormal(0.9, x20)", "10 at the most"), ("mixture(0.01: 90, 0.99: 0.9)", "90 percent is 0.9"),
    ("choice(0.9: 0.999, 90: 0.001)", "90 percent is 0.9"), ("mixture(0.5: mixture(0.5: 85, 0.5: 0.9), 0.5: 0.9)", "85 percent is 0.85"),
])
def test_a_share_that_is_none_is_refused_at_its_line(tmp_path, share, told):
    (fault,) = refused(edit(tmp_path, (TABLE, "# share: normal(0.9, 0.08)", f"# share: {share}")))
    assert fault.startswith(f"{TABLE}:12: share") and told in fault


@pytest.mark.parametrize("share, said", [
    ("1.5", True), ("lognormal(0.9, x1.6)", True), ("normal(0.9, 0.08)", False), ("beta(30, 9)", False)])
def test_a_share_above_one_is_said(tmp_path, share, said):
    told = odd(edit(tmp_path, (TABLE, "# share: normal(0.9, 0.08)", f"# share: {share}")))
    assert any(f"share '{share}' reaches" in text and f"{TABLE}:12" in text for text in told) is said


def test_a_rest_that_leaves_nothing_is_refused(tmp_path):
    case = edit(tmp_path, (TABLE, "# dispersion:", "# rest: lognormal(100000, x1.5)\n# dispersion:"))
    assert "less than the greatest figure of the table, 205" in refused(case)[0]


def test_ranges_that_count_at_their_middle_are_said(tmp_path):
    case = edit(tmp_path, (TABLE, "period,value,published,note", "period,value,low,high,published"), (TABLE, "134,,", ",100,168,"),
                *((TABLE, f",{v},,", f",{v},,,") for v in (115, 176, 22, 201, 80, 205)),
                *((TABLE, f",{v},2030-02-21,published late (invented)", f",{v},,,2030-02-21") for v in (20, 14)))
    assert il.load(case).series["guard-detained"].values[0].value == 134
    assert any(f"{TABLE}:18: 1 of 5 weighed figures are ranges" in text for text in odd(case))


def second(case: Path, old: str = "", new: str = "") -> Path:
    """The case with its table given once more, as counted by another word."""
    text = (case / TABLE).read_text(encoding="utf-8")
    text = text.replace("# id: guard-detained", "# id: guard-again").replace("# counted: interceptions", "# counted: people sent back")
    (case / "series" / "guard-again.csv").write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    return case


def test_the_same_figures_in_two_tables_of_one_root_are_said(tmp_path):
    told = odd(second(edit(tmp_path)))
    assert any("guard-again.csv and" in text and "the same figures in 5 of 5 shared periods" in text for text in told)
    (tmp_path / "b").mkdir()
    revised = second(edit(tmp_path / "b"), "134", "184")
    assert any("from root 'guard-count', give the same figures in 4 of 5" in text for text in odd(revised))
    other = revised / "series" / "guard-again.csv"
    other.write_text(other.read_text(encoding="utf-8").replace("# root: guard-count", "# root: court-files", 1)
                     .replace("# source: border-guard", "# source: court", 1), encoding="utf-8")
    assert any("from roots 'guard-count' and 'court-files', give" in text or "from roots 'court-files' and 'guard-count', give" in text
               for text in odd(revised))
    other.write_text(other.read_text(encoding="utf-8").replace("115", "165", 1), encoding="utf-8")
    assert not any("the same figures" in text for text in odd(revised))


def test_sums_so_far_are_said(tmp_path):
    figures = ("134", "115", "176", "22", "201")
    falling = [text for text in odd(edit(tmp_path)) if "never fall" in text]
    (tmp_path / "b").mkdir()
    sums = ("134", "249", "425", "447", "648")
    case = edit(tmp_path / "b", *((TABLE, f",{a},", f",{b},") for a, b in reversed(list(zip(figures, sums)))))
    told, = (text for text in odd(case) if "never fall" in text)
    assert falling == [] and "5 figures of periods in a row never fall, from 134 to 648" in told and f"{TABLE}:18: " in told


def test_an_operation_that_is_not_known_yet_is_said(tmp_path):
    event = '\n[[event]]\nkind = "operation"\nstart = 2030-02-22\ndays = 3\nintensity = 1.0\nsource = "assumption"\n'
    case = edit(tmp_path, ("case.toml", "", event))
    assert any("from 2030-02-22 became known on 2030-02-22, after 2030-02-19" in text for text in odd(case))


def test_a_percent_below_one_is_asked_about(tmp_path):
    share = 'unit = "1"\nplace = "Northland"\nwindow = [2030-01-27, 2030-02-05]\nreduce = "mean"\nthreshold = 0.3\nsaid = false'
    case = edit(tmp_path, ("dossier.toml", share, share.replace('"1"', '"percent"')))
    assert any("T4 states 0.3 percent; a share of 0.3 is 30 in percent" in text for text in odd(case))


def test_a_part_counted_beside_its_whole_by_one_root_is_refused(tmp_path):
    case = second(edit(tmp_path), "# series: detained", "# series: stopped")
    again = case / "series" / "guard-again.csv"
    again.write_text(again.read_text(encoding="utf-8").replace("people sent back", "interceptions"), encoding="utf-8")
    assert any("each day of a root's count once" in fault for fault in refused(case))


# Days ------------------------------------------------------------------------------------------------------------------------------------

def test_an_operation_longer_than_the_case_is_refused_and_one_that_outlasts_it_is_said(tmp_path):
    case = edit(tmp_path, ("case.toml", "days = 3\n", "days = 61\n"))
    assert "an operation of 61 days in a case of 60" in refused(case)[0]
    (tmp_path / "b").mkdir()
    assert any("lasts until 2030-03-12" in text for text in odd(edit(tmp_path / "b", ("case.toml", "days = 3\n", "days = 40\n"))))


@pytest.mark.parametrize("prior", ["uniform(200, 300)", "uniform(60, 61)"])
def test_an_organisation_that_never_arrives_is_refused(tmp_path, prior):
    case = edit(tmp_path, (TAKEOVER, "uniform(2, 20)", prior))
    (fault,) = refused(case)
    assert f"takeover_arrival_day = {prior}" in fault and "never acts in 60 days; expected a day from 0 to 59" in fault
    assert fault.startswith(f"{TAKEOVER}:{line(case, TAKEOVER, 'takeover_arrival_day')}: ")


def test_the_models_own_arrival_after_the_last_day_is_refused(tmp_path):
    case = edit(tmp_path)
    path = case / TAKEOVER
    rows = [row for row in path.read_text(encoding="utf-8").splitlines(keepends=True) if not row.startswith("takeover_arrival_day")]
    path.write_text("".join(rows), encoding="utf-8")
    assert "state takeover_arrival_day: the model's own lies after the last day" in refused(case)[0]


def test_an_arrival_that_the_evidence_hardly_sees_is_said(tmp_path):
    assert any("in 83% of its draws the organisation arrives after 2030-02-19" in text
               for text in odd(edit(tmp_path, (TAKEOVER, "uniform(2, 20)", "uniform(39, 99)"))))


def test_explanations_that_say_the_same_are_said(tmp_path):
    case = edit(tmp_path)
    text = (case / RIVALRY).read_text(encoding="utf-8").replace('"rivalry"', '"rivals"')
    (case / "hypotheses" / "rivals.toml").write_text(text, encoding="utf-8")
    assert "Explanations 'rivalry' and 'rivals' give every parameter the same prior: no evidence can tell them apart." in odd(case)


def test_shipped_cases_are_meant():
    loaded: list[Case] = [il.load(name) for name in ("toy", "serbia-hungary", "cartels", "cartels-aggregate")]
    assert [list_oddities(case) for case in loaded] == [
        ["Weighed with days of the burn-in, before 2030-01-11: T3."],
        ["[decision] compares 365 days from 2023-10-26 to 2024-10-24, of which the last 177 lie after the last day of the case, "
         "2024-04-30: there the inputs go on as they stood, and no evidence was fitted."], [], []]


def test_growth_and_mix_that_no_day_reaches_are_said(tmp_path):
    growth = "[[demand.growth]]\nyear = 2050\nlevel = 1\nsource = 'assumption'\n"
    growth += "[[demand.mix]]\nyear = 2040\nshare = [1, 0]\nsource = 'assumption'\n"
    told = odd(edit(tmp_path, ("case.toml", "[[event]]", f"{growth}\n[[event]]")))
    assert "In [demand], growth of 2050, mix of 2040 does nothing: the days run from 2030 to 2030." in told


@pytest.mark.parametrize(("years", "says"), [
    (["2031"], "In [demand], the mix of 2031 holds from 2030 on, as no earlier one is stated."),
    (["2027", "2028"], "In [demand], mix of 2027 does nothing: the days run from 2030 to 2030."), (["2028"], ""),
    (["2029", "2030"], "mix of 2029 does"),
])
def test_the_mix_that_holds_is_not_said_to_do_nothing(tmp_path, years, says):
    mixes = "\n[[demand.mix]]\n".join(f'year = {year}\nshare = [0.5, 0.5]\nsource = "assumption"\n' for year in years)
    case = edit(tmp_path, ("case.toml", 'year = 2030\nshare = [0.5, 0.5]\nsource = "assumption"\n', mixes))
    told = [text for text in odd(case) if "[demand]" in text]
    assert len(told) == bool(says) and all(says in text for text in told)


def test_days_of_today_in_the_burn_in_are_said(tmp_path):
    told = odd(edit(tmp_path, ("case.toml", "today = 10", "today = 35")))
    assert any(text.startswith("The days that count as today, 2030-01-06 to 2030-02-09, lie partly in the burn-in") for text in told)


def test_check_says_what_is_odd(tmp_path):
    from typer.testing import CliRunner

    from interlope.cli.app import app

    case = edit(tmp_path, (TABLE, "# share: normal(0.9, 0.08)", "# share: 1.5"))
    told = CliRunner().invoke(app, ["check", str(case)])
    assert told.exit_code == 0 and "share '1.5' reaches 1.5" in " ".join(told.output.split())


@pytest.mark.parametrize("file, old, new, told", [
    (DOSSIER, "low = 20", "low = 1e-30", "low = 1e-30 for the mean of 'stopped'; expected at least 0.0004"),
    (DOSSIER, "low = 20", "reference = 1e12\nlow = 20", "reference = 1e+12 of 'stopped'; expected 0.0004 to 4e+08"),
    (DOSSIER, 'reduce = "max"', 'reduce = "mean"', "a channel says what the claim itself says"),
    (DOSSIER, "interceptions/day", "deaths/day", "unit 'deaths/day' of 'stopped', which counts no deaths"),
    (TABLE, "# unit: interceptions", "# unit: deaths", "unit 'deaths' for the sum of 'detained'"),
    (TABLE, "lognormal(8, x1.6)", "1e-5", "dispersion '1e-5'; expected a middle of at least 0.01"),
    (TABLE, "# dispersion", "# rest: mixture(0.5: 1e9, 0.5: 1)\n# dispersion", "a part of which lies around 1e+09"),
    (TAKEOVER, "lognormal(0.05, x2)", "lognormal(1e-12, x2)", "with which no group is approached in 60 days"),
    (TAKEOVER, "lognormal(0.05, x2)", "1e9", "at most 1,000 approaches per group and day"),
    (TAKEOVER, "uniform(2, 20)", "-5", "takeover_arrival_day = -5 reaches -5"),
    ("case.toml", "value = 15", "value = 1e11", "takeover_force = 100000000000.0 reaches 1e+11; expected at most a million persons"),
    ("case.toml", "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]", "[0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0]", "so that nobody arrives"),
    ("options/joint-patrols.toml", "[[lever]]",
     "[cost]\nper_day = 1e300\nunit = 'EUR/day'\nsource = 'assumption'\n[[lever]]", "from 0 to 1e+09"),
])
def test_more_that_cannot_be_meant(tmp_path, file, old, new, told):
    faults = refused(edit(tmp_path, (file, old, new)))
    assert told in faults[0] and faults[0].startswith(f"{file}:")


def test_a_chance_that_leaves_0_to_1_is_answered_with_a_beta_of_its_middle_and_spread(tmp_path):
    added = "[overrides]\ncrossings_injury = { prior = '%s', unit = '1', source = 'assumption' }"
    fault, = refused(edit(tmp_path / "wide", ("case.toml", "[overrides]", added % "lognormal(0.02, x2)")))
    assert "reaches 2.6" in fault and "a beta never leaves 0 to 1: beta(1.7, 85) has about this middle and spread" in fault
    il.load(edit(tmp_path / "beta", ("case.toml", "[overrides]", added % "beta(1.7, 85)")))
    fault, = refused(edit(tmp_path / "above", ("case.toml", "[overrides]", added % "lognormal(3, x2)")))
    assert "beta never" not in fault


def test_payment_for_passage_in_a_few_whole_sectors_is_said(tmp_path):
    reach = "[parameters]\ntribute_reach = { prior = 'beta(8, 2)', unit = '1', source = 'assumption' }"
    few = edit(tmp_path / "few", (TAKEOVER, "[parameters]", reach))
    assert any("in whole sectors (tribute_reach = beta(8, 2)), of which there are 2" in text and "steps of about 0.5" in text
               for text in odd(few))
    more = edit(tmp_path / "more", (TAKEOVER, "[parameters]", reach), ("case.toml", "sectors = 2", "sectors = 6"))
    assert not any("whole sectors" in text for text in [*odd(more), *odd(edit(tmp_path / "toy"))])


def test_a_series_that_is_the_beginning_of_several_is_answered_with_all_of_them(tmp_path):
    fault, = refused(edit(tmp_path, (TAKEOVER, 'series = "share_command"', 'series = "price"')))
    assert fault.endswith("(all: interlope fields series); nearest 'price_mean', 'price_p95' or 'price_quoted'")


@pytest.mark.parametrize(("bare", "given"), [("0.001", "value = 0.001"), ("'beta(1, 9)'", 'prior = "beta(1, 9)"')])
def test_a_number_without_unit_and_source_is_answered_with_its_whole_line(tmp_path, bare, given):
    fault, = refused(edit(tmp_path / "bare", ("case.toml", "[overrides]", f"[overrides]\ncrossings_detained = {bare}")))
    line_of_it = f'crossings_detained = {{ {given}, unit = "1", source = "assumption" }}'
    assert f"expected {line_of_it}, with your own source" in fault
    il.load(edit(tmp_path / "whole", ("case.toml", "[overrides]", f"[overrides]\n{line_of_it}")))


def test_the_same_sum_in_other_words_is_nearly_the_same_claim(tmp_path):
    text = (find("toy") / DOSSIER).read_text(encoding="utf-8")
    start = text.index('[[claim]]\nid = "T2"')
    again = text[start:text.index("[[claim]]", start + 1)].replace('"T2"', '"T2b"').replace('"stopped"', '"prevented + detained"')
    case = il.load(edit(tmp_path, (DOSSIER, "", "\n" + again.replace("high = 60", "high = 61"))))
    assert "nearly-the-same-claim" in [flag.rule for flag in case.book.claims["T2b"].flags]
