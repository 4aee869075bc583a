"""Forecasts of figures to come: periods, paths run on bit for bit, files that cannot be touched, and scores in closed form."""
from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import typer
from scipy.stats import binom, norm
from typer.testing import CliRunner

import interlope as il
from interlope.cli.app import app
from interlope.cli.place import check_pair
from interlope.errors import BadInput
from interlope.inference import publication
from interlope.outlook import actuals, ahead, file, score
from interlope.outlook.periods import list_ahead
from interlope.results.outlook import FigureForecast, Forecast, ForecastSeries

ABOUT = {"status": "ok", "run_id": "12345678", "model_digest": "0" * 16}
TODAY = date(2030, 2, 20)


@pytest.fixture(scope="module")
def fitted():
    case = il.load("toy")
    fits = il.fit(case, seed=7)
    return case, fits, il.draws(fits, 40, seed=7)


@pytest.fixture(scope="module")
def made(fitted):
    case, _, draws = fitted
    return ahead.forecast(case, draws, 1, 7, TODAY, about=ABOUT)


def normal_forecast(n=400, seed=0, spread=1.0):
    """A forecast of two explanations whose draws of log(1 + y) are normal around 4 and 6, with odds 3 : 1."""
    rng = np.random.default_rng(seed)
    draws = {"a": np.expm1(rng.normal(4, spread, n)), "b": np.expm1(rng.normal(6, spread, n))}
    levels = list(ahead.LEVELS)
    weights = np.concatenate([np.full(n, 0.75 / n), np.full(n, 0.25 / n)])
    both = np.concatenate(list(draws.values()))
    common = {"series": "s", "period": "2030-05", "start": date(2030, 5, 1), "end": date(2030, 5, 31), "lead": 1}
    figures = [FigureForecast(**common, explanation=e, quantiles=np.quantile(x, levels).tolist(), values=x.tolist())
               for e, x in draws.items()]
    figures.append(FigureForecast(**common, explanation="mixed", quantiles=ahead.quantiles(both, weights, levels).tolist()))
    known = {"2029-05": 20.0, "2030-04": 90.0}
    about = ForecastSeries(id="s", unit="persons/month", definition="", last_known=date(2030, 4, 30), known=known)
    made = Forecast(case="c", case_sha256="", as_of=date(2030, 4, 30), written=TODAY, version="", model_digest="", run_id="", seed=0,
                    status="ok", reasons=[], probability={"a": 0.75, "b": 0.25}, effective={}, assumptions=[], left_out={}, levels=levels,
                    series=[about], figures=figures)
    return made.model_copy(update={"digest": ahead.compute_digest(made)})


def test_periods_follow_the_last_known_figure():
    case = il.load("serbia-hungary").at("spring")
    tables, left_out = list_ahead(case, 12)
    months = tables["frontex-western-balkan"].values
    assert [f"{v.start:%Y-%m}" for v in (months[0], months[-1])] == ["2024-05", "2025-04"] and len(months) == 12
    assert months[9].end == date(2025, 2, 28)
    assert "hungary-interceptions" in left_out and not set(left_out) & set(tables)
    toy = list_ahead(il.load("toy"), 1)[0]["guard-detained"].values
    assert (toy[0].start, toy[0].end, len(toy)) == (date(2030, 2, 5), date(2030, 2, 9), 6)  # the last one published by then ends on the 4th


def test_draws_run_on_from_the_very_paths_that_were_fitted(fitted, monkeypatch):
    case, fits, draws = fitted
    seen = []
    predict = publication.predict
    monkeypatch.setattr(publication, "predict", lambda group, statistics, *rest: seen.append((group, statistics)) or predict(
        group, statistics, *rest))
    ahead.forecast(case, draws, 1, 7, TODAY, about=ABOUT)
    for (group, statistics), (name, posterior) in zip(seen, fits.posteriors.items(), strict=True):
        mine = statistics[: (draws.hypothesis == name).sum(), group.series[0].columns]
        fitted_columns = fits.plan.groups[0].series[0].columns
        theirs = {tuple(row) for row in posterior.statistics[:, fitted_columns]}
        assert {tuple(row) for row in mine} <= theirs, name


def test_the_same_seed_gives_the_same_forecast_and_explanations_differ(fitted, made):
    case, _, draws = fitted
    again = ahead.forecast(case, draws, 1, 7, TODAY, about=ABOUT)
    assert again == made and again.digest == made.digest
    later = ahead.forecast(case, draws, 1, 7, date(2031, 1, 1), about=ABOUT)
    assert later.figures == made.figures and later.digest != made.digest
    assert {f.explanation for f in made.figures} == {"rivalry", "takeover", "mixed"}
    assert all(f.quantiles == sorted(f.quantiles) for f in made.figures)
    assert min(len(f.values) for f in made.figures if f.explanation != "mixed") >= ahead.LEAST_REPLICATES
    assert sum(made.probability.values()) == pytest.approx(1.0) and 1 <= min(made.effective.values()) <= 40


def test_nothing_later_than_the_day_of_knowledge_enters(fitted, made):
    case, _, draws = fitted
    series = dict(case.evidence.series)
    wrong = {n: replace(s, values=tuple(replace(v, value=9e6) if v.published > case.as_of else v for v in s.values))
             for n, s in series.items()}
    other = replace(case, evidence=case.evidence._replace(series=wrong)).at(case.as_of)
    assert ahead.forecast(other, draws, 1, 7, TODAY, about=ABOUT).figures == made.figures


def test_a_forecast_is_written_once_and_scored_only_as_it_was_written(tmp_path, made):
    paths = file.write(made, tmp_path / "spring.csv")
    assert [p.name for p in paths] == ["spring.json", "spring.csv"] and file.read(paths[1]) == made
    lines = paths[1].read_text().splitlines()
    assert lines[0].startswith("series,period,lead,explanation,q05,q10,q25,q50") and len(lines) == 1 + len(made.figures)
    with pytest.raises(BadInput, match="never written over"):
        file.write(made, tmp_path / "spring")
    text = json.loads(paths[0].read_text())
    text["figures"][0]["quantiles"][3] += 1.0
    paths[0].write_text(json.dumps(text))
    with pytest.raises(BadInput, match="changed since it was written"):
        file.read(paths[0])


def test_the_score_of_a_normal_mixture_is_the_closed_form():
    """CRPS of a mixture of normals (Grimit et al. 2006); 4,000 draws leave an error of about .01."""
    made, y = normal_forecast(4000, seed=3), 5.3
    weights, means = np.array([0.75, 0.25]), np.array([4.0, 6.0])

    def a(m, s2):
        s = np.sqrt(s2)
        return 2 * s * norm.pdf(m / s) + m * (2 * norm.cdf(m / s) - 1)

    exact = weights @ a(y - means, 1.0) - 0.5 * weights @ a(means[:, None] - means, 2.0) @ weights
    row, = score.score(made, {("s", "2030-05"): float(np.expm1(y))}).rows
    assert row.crps["mixed"] == pytest.approx(exact, abs=0.03)
    assert row.crps["a"] == pytest.approx(a(y - 4, 1.0) - 0.5 * a(0.0, 2.0), abs=0.03)
    assert row.rank == pytest.approx(weights @ norm.cdf(y - means), abs=0.02)
    assert row.baselines == {"last value": pytest.approx(abs(np.log(91.0) - y)), "a year before": pytest.approx(abs(np.log(21.0) - y))}


def test_the_expected_score_does_not_depend_on_the_number_of_draws():
    rng = np.random.default_rng(4)
    odds = {"a": 0.75, "b": 0.25}
    few, many = ([score.mixture_crps({e: rng.normal(m, 1.0, n) for e, m in (("a", 0.0), ("b", 2.0))}, odds, 0.7) for _ in range(reps)]
                 for n, reps in ((2, 6000), (40, 600)))
    error = np.hypot(np.std(few) / np.sqrt(len(few)), np.std(many) / np.sqrt(len(many)))
    assert abs(np.mean(few) - np.mean(many)) < 3.5 * error


def test_coverage_counts_what_falls_inside():
    """400 figures drawn from the forecast itself: between the .001 and .999 points of the binomial lie inside."""
    rng, made, inside = np.random.default_rng(9), normal_forecast(2000, seed=1), 0
    for _ in range(400):
        y = float(np.expm1(rng.normal(4.0 if rng.random() < 0.75 else 6.0, 1.0)))
        inside += score.score(made, {("s", "2030-05"): y}).coverage_90 == 1.0
    assert binom.ppf(0.001, 400, 0.9) <= inside <= binom.ppf(0.999, 400, 0.9)


@pytest.mark.parametrize(("text", "message"), [
    ("period,value\n2030-05,-3\n", "a number of at least 0"),
    ("period,value\n2030-05,many\n", "value 'many'"),
    ("period,value\n2030-05,nan\n", "value 'nan'"),
    ("period,value\n2030-05,1\n2030-05,2\n", "a second time"),
    ("month,value\n2030-05,1\n", "columns series, period and value"),
    ("", "columns none"),
    ("period,value\n", "came.csv:1: no row below the names of the columns; expected a row for each figure"),
    ("series;period;value\ns;2030-05;1\n", "came.csv:1: cells separated by semicolons; expected cells separated by commas"),
    ("series\tperiod\tvalue\ns\t2030-05\t1\n", "came.csv:1: cells separated by tabs"),
    ("period,value,Unit\n2030-05,1,percent\n", "came.csv:1: column 'Unit' unknown; expected one of series, unit, .* nearest 'unit'"),
    ("period,value,units\n2030-05,1,percent\n", "came.csv:1: column 'units' unknown; .* nearest 'unit'"),
    ("period,value,UNIT\n2030-05,1,percent\n", "came.csv:1: column 'UNIT' unknown; .* nearest 'unit'"),
    ("period,value,sector\n2030-05,1,west\n", "came.csv:1: column 'sector' unknown"),
    ("period,value\n2031-05,1\n", "no figure for a period that was forecast"),
    ("series,period,value\nz,2030-05,1\n", "such as s, 2030-05"),
    ("period,value\n2030-05,1,200\n", "came.csv:2: 3 cells under 2 columns; .* write numbers without a mark of thousands"),
    ("period,value\n2030-05,1_200\n", "came.csv:2: value '1_200'"),
    ("period,value\n2030-05,\u0661\u0662\n", "came.csv:2: value"),
    ("period,value,value\n2030-05,1,9\n", "came.csv:1: column 'value' given twice"),
    ("period,value,low,high\n2030-05,500,10,20\n", "came.csv:2: value 500 outside its range .high 20.; expected a value not below"),
    ("period,value,published\n2030-05,5,2030-05-30\n", "came.csv:2: published 2030-05-30 before its period ends .2030-05-31."),
    ("period,value,published\n2030-05,5,soon\n", "came.csv:2: published 'soon'; expected a date such as"),
    ("# published_lag_days: x\nperiod,value\n2030-05,5\n", "came.csv:3: published_lag_days 'x'; expected a whole number"),
    ("period,value\n2030-05,1e300\n", "came.csv:2: value 1e300 of s; expected at most 1e.12"),
    ("period,value,low,high\n2030-05,15,20,10\n", "came.csv:2: low 20 above high 10"),
    ("period,value,published\n2030-05,5,2030-06-01\n2030-05,6,2030-06-01\n", "came.csv:3: .* a second time, published on the same day"),
    ("# published_lag_days: 1\nperiod,value,published\n2030-05,5,\n2030-05,6,2030-06-01\n", "came.csv:4: s, 2030-05 a second time"),
    ("period,value,low\n2030-05,5,10\n", "came.csv:2: value 5 outside its range .low 10."),
    ('period,value\n2030-05,"5\n', "came.csv:2: quotation marks that do not match"),
])
def test_what_came_is_read_or_refused_with_its_line(tmp_path, text, message):
    path = tmp_path / "came.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=message):
        actuals.read(path, normal_forecast(20))


def test_tables_of_a_case_and_plain_tables_are_read(tmp_path):
    for text in ("# id: s\n# unit: persons/month\nperiod,value,published,note\n2030-04,90,,\n2030-05,120,,late\n",
                 "series,period,value\nother,2030-05,1\ns,2030-05,120\n", "period,value\n2030-05,120\n"):
        (tmp_path / "came.csv").write_text(text)
        assert actuals.read(tmp_path / "came.csv", normal_forecast(20)) == {("s", "2030-05"): 120.0}
    with pytest.raises(BadInput, match="no such file"):
        actuals.read(tmp_path / "none.csv", normal_forecast(20))


@pytest.mark.parametrize(("stated", "forecast", "factor"), [
    ("", "persons/month", 1.0), ("persons / month", "persons/month", 1.0), ("percent", "1", 0.01), ("1", "percent", 100.0),
    ("percent", "percent", 1.0), ("persons/day", "persons/month", None), ("interceptions", "persons", None), ("1", "persons", None)])
def test_figures_that_came_are_in_the_unit_of_the_forecast_or_refused(tmp_path, stated, forecast, factor):
    made = normal_forecast(4)
    made = made.model_copy(update={"series": [made.series[0].model_copy(update={"unit": forecast})]})
    table, column = tmp_path / "table.csv", tmp_path / "column.csv"
    table.write_text(f"# id: s\n# unit: {stated}\nperiod,value\n2030-05,50\n" if stated else "period,value\n2030-05,50\n")
    column.write_text(f"series,period,value,unit\ns,2030-05,50,{stated}\n")
    for path, row in ((table, 4), (column, 2)):
        if factor is None:
            with pytest.raises(BadInput, match=f"{path.name}:{row}: unit '{stated}' of s; expected '{forecast}'"):
                actuals.read(path, made)
        else:
            assert actuals.read(path, made) == {("s", "2030-05"): pytest.approx(50 * factor)}


def test_a_forecast_in_the_place_of_what_came_is_told(tmp_path):
    forecast, = (p for p in file.write(normal_forecast(4), tmp_path / "spring") if p.suffix == ".json")
    came = tmp_path / "came.csv"
    came.write_text("series,period,value\ns,2030-05,50\n")
    assert file.refuse_swapped(forecast, came) is None and file.refuse_swapped(tmp_path / "spring.csv", came) is None
    swapped = "the forecast after --score"
    for first, second, told in ((came, forecast, swapped), (came, tmp_path / "spring.csv", swapped),
                                (forecast, tmp_path / "spring.csv", "is the forecast itself")):
        with pytest.raises(BadInput, match=told):
            file.refuse_swapped(first, second)


@pytest.mark.parametrize("name", [".spring", "sub/.json", "there", "x" * 252, "locked/spring"])
def test_a_name_that_no_forecast_can_have_is_refused_before_it_is_computed(tmp_path, name):
    (tmp_path / "there.csv").mkdir()
    (tmp_path / "locked").write_text("")
    with pytest.raises((typer.BadParameter, BadInput)):
        check_pair(tmp_path / name)
    assert check_pair(tmp_path / "new" / "spring.v2") == tmp_path / "new" / "spring.v2" and not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["", ".", "/", ".."])
def test_a_path_without_a_name_is_refused_in_words(name):
    with pytest.raises((typer.BadParameter, BadInput)):
        check_pair(Path(name))
    with pytest.raises(BadInput, match="no such file"):
        file.read(Path(name))


@pytest.mark.parametrize("rows", ["2030-05,5,\n2030-05,6,2030-07-01\n", "2030-05,6,2030-07-01\n2030-05,5,2030-06-20\n"])
def test_of_several_editions_the_one_published_last_is_scored(tmp_path, rows):
    came = tmp_path / "came.csv"
    came.write_text(f"# id: s\n# published_lag_days: 20\nperiod,value,published\n{rows}")
    assert actuals.read(came, normal_forecast(4)) == {("s", "2030-05"): 6.0}


def test_a_figure_that_no_table_of_its_series_can_have_is_refused(tmp_path):
    came, made = tmp_path / "came.csv", normal_forecast(4)
    about = made.series[0].model_copy(update={"series": "detained", "reduce": "sum", "unit": "persons/month"})
    came.write_text("period,value\n2030-05,900000000000\n")
    assert actuals.read(came, made) == {("s", "2030-05"): 9e11}
    with pytest.raises(BadInput, match="came.csv:2: value 900000000000 of s; expected at most 6.2e[+]09"):
        actuals.read(came, made.model_copy(update={"series": [about]}))


def stated_forecast():
    """The forecast whose table says what it reports and who publishes it."""
    made = normal_forecast(4)
    about = made.series[0].model_copy(update={"series": "detained + prevented", "reduce": "sum", "source": "guard", "definition": "people"})
    return made.model_copy(update={"series": [about]})


@pytest.mark.parametrize(("line", "message"), [
    ("# series: stopped", "came.csv:2: series 'stopped' of s; expected 'detained [+] prevented', as it was forecast"),
    ("# series: detained + 2 prevented", "came.csv:2: series"), ("# reduce: mean", "came.csv:2: reduce 'mean' of s; expected 'sum'"),
])
def test_figures_of_another_count_are_refused(tmp_path, line, message):
    (tmp_path / "came.csv").write_text(f"# id: s\n{line}\nperiod,value\n2030-05,120\n")
    with pytest.raises(BadInput, match=message):
        actuals.read(tmp_path / "came.csv", stated_forecast())


@pytest.mark.parametrize(("value", "told"), [("100.5", "a whole number"), ("0.125", "a whole number"), (
    "1.200", "a whole number; leave marks of thousands out"), ("2.000", "a whole number; leave marks of thousands out")])
def test_a_count_that_is_no_whole_number_is_refused(tmp_path, value, told):
    made, came = stated_forecast(), tmp_path / "came.csv"
    came.write_text(f"period,value\n2030-05,{value}\n")
    for series, reduce in (("detained", "sum"), ("detained", "last"), ("detained", "mean"), ("operation_days", "sum"), ("", "")):
        other = made.model_copy(update={"series": [made.series[0].model_copy(update={"series": series, "reduce": reduce})]})
        if series == "detained" and reduce != "mean":
            with pytest.raises(BadInput, match=f"came.csv:2: value {value} of s, counted in persons/month; expected {told}$"):
                actuals.read(came, other)
        else:
            assert actuals.read(came, other) == {("s", "2030-05"): float(value)}


def test_a_header_that_a_spreadsheet_put_in_quotation_marks_is_read(tmp_path):
    came = tmp_path / "came.csv"
    came.write_text('# id: s,,\n "# definition: people, and others",,\n# reduce: mean,,\nperiod,value,\n2030-05,120,\n')
    with pytest.raises(BadInput, match="came.csv:3: reduce 'mean' of s; expected 'sum'"):
        actuals.read(came, stated_forecast())
    came.write_text(came.read_text().replace("mean", "sum"))
    assert actuals.read(came, stated_forecast()) == {("s", "2030-05"): 120.0}
    assert actuals.remark(came, stated_forecast())[0] == ["s: definition 'people, and others', and 'people' when it was forecast"]


def test_another_source_or_definition_is_noted_and_rows_that_match_nothing_are_named(tmp_path):
    came = tmp_path / "came.csv"
    came.write_text("# id: s\n# series: prevented + detained\n# reduce: sum\n# source: press\n# definition: people elsewhere\n"
                    "period,value\n2030-04,90\n2030-05,120\n2030-05-01/2030-05-30,7\n2030-06,5\nMay,1\n")
    assert actuals.read(came, stated_forecast()) == {("s", "2030-05"): 120.0}
    notes, unmatched = actuals.remark(came, stated_forecast())
    assert notes == ["s: source 'press', and 'guard' when it was forecast",
                     "s: definition 'people elsewhere', and 'people' when it was forecast"]
    assert unmatched == ["line 9: s, 2030-05-01/2030-05-30", "line 10: s, 2030-06", "line 11: s, May"]
    came.write_text("series,period,value\nother,2030-05,1\ns,2030-05,120\n")
    assert actuals.remark(came, stated_forecast()) == ([], ["line 2: other, 2030-05"])


def test_what_a_forecast_does_not_say_of_its_table_is_said_when_it_is_scored(tmp_path):
    came = tmp_path / "came.csv"
    came.write_text("# id: s\n# series: stopped\n# reduce: mean\nperiod,value\n2030-05,120\n")
    whole, _ = file.write(normal_forecast(4), tmp_path / "early")
    told, written = (CliRunner().invoke(app, ["forecast", "--score", str(whole), str(came), *more]).stdout for more in ([], ["--json"]))
    said, = json.loads(written)["result"]["score"]["unchecked"]
    assert "does not say series, reduce, source of s" in said and "whether the table counts the same could not be checked" in said
    assert said[1:] in " ".join(told.split())
    assert actuals.tell_unchecked(["s"], stated_forecast()) == [] and actuals.tell_unchecked([], normal_forecast(4)) == []


@pytest.mark.parametrize("words", [["--months", "12"], ["--as-of", "early"], ["--out", "Z"], ["--thorough"], ["--seed", "7"],
                                   ["--budget", "10m"], ["--results", "out"], ["--fresh"], ["--months=3", "--seed=3", "--thorough"]])
def test_what_makes_a_forecast_is_refused_where_one_is_scored(tmp_path, words):
    came, (whole, _) = tmp_path / "came.csv", file.write(normal_forecast(4), tmp_path / "early")
    came.write_text("period,value\n2030-05,120\n")
    done = CliRunner().invoke(app, ["forecast", "--score", str(whole), str(came), *words, "--json"])
    text = json.loads(done.stdout)["error"]["text"]
    assert done.exit_code == 2 and all(w.partition("=")[0] in text for w in words if w.startswith("--")) and "beside --score" in text


@pytest.mark.parametrize("name", [".", "/dev/null"])
def test_what_is_no_table_is_not_to_be_removed(name):
    with pytest.raises(BadInput, match="give the table of what came") as caught:
        actuals.read(Path(name), normal_forecast(4))
    assert "remove" not in str(caught.value)


def test_a_forecast_of_before_tables_said_what_they_report_is_read_as_it_was_written(tmp_path, made):
    assert made.series[0].series == "detained" and made.series[0].source == "border-guard"
    whole, _ = file.write(normal_forecast(4), tmp_path / "early")
    record = json.loads(whole.read_text())
    assert all(record["series"][0].pop(key) == "" for key in ahead.LATER)
    whole.write_text(json.dumps(record))
    assert file.read(whole).series[0].series == ""
