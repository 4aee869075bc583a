"""Changes and rankings: what they weigh, which way round a ratio is stated, and what of it cannot be meant, each with its line."""
from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from edited_toy import DOSSIER, edit, line, odd, refused

from interlope.dossier import ratios
from interlope.dossier.book import to_record
from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.source import Root
from interlope.information.answers import list_answers, stated_answer
from interlope.quantities import INDEX, SERIES, Reduction
from interlope.scenario.binding import Binding
from interlope.scenario.case import load

NOW = Reduction("stopped", "mean", date(2030, 2, 1), date(2030, 2, 10))
BEFORE = replace(NOW, start=date(2030, 1, 1), end=date(2030, 1, 10))
ROOT = Root("r", "s", date(2030, 3, 1), "", "none", None, 1.0)
WORDS = dict(threshold=0.1, noise=0.2)
TOLD = """
[[claim]]
id = "C1"
paraphrase = "fewer were stopped than before"
kind = "change"
root = "guard-count"
series = "stopped"
counted = "interceptions"
window = [2030-02-06, 2030-02-15]
baseline = [2030-01-20, 2030-01-29]
reduce = "mean"
published = 2030-02-16
unit = "percent"
low = 60
high = 60
"""
RANKED = """
[[claim]]
id = "C2"
paraphrase = "more are caught inside than at the fence"
kind = "ranking"
root = "guard-count"
series = "detained"
than = "prevented"
window = [2030-02-06, 2030-02-15]
reduce = "mean"
published = 2030-02-16
said = "more"
threshold = 0.1
noise = 0.3
"""
BASELINE, THAN = "baseline = [2030-01-20, 2030-01-29]", 'than = "prevented"'
IN_WORDS = ('unit = "percent"\nlow = 60\nhigh = 60\n', 'said = "down"\nthreshold = 0.1\nnoise = 0.2\n')


def claim(kind: str = "change", **facts) -> Claim:
    meaning = Interpretation(NOW, 1.0, 1.0, None, ratios.SCALE[facts.get("unit", "1")], BEFORE)
    return Claim(id="X", paraphrase="", kind=kind, published=date(2030, 3, 1), carries=True, interpretations=(meaning,), **facts)


def score(one: Claim, *pairs: tuple[float, float], root: Root = ROOT) -> np.ndarray:
    return REGISTRY[one.kind].logscore(np.array(pairs, dtype=float), one, root)


def test_cut_by_forty_percent_is_six_tenths_of_the_baseline():
    """The later window over the earlier one: 60 against 100, whatever the level, in percent as in ones."""
    ones, percent = claim(low=0.6, high=0.6, unit="1"), claim(low=60.0, high=60.0, unit="percent")
    at = score(ones, (60, 100), (6, 10), (100, 60), (40, 100))
    assert at[0] == pytest.approx(at[1]) and at[0, 0] > at[3, 0] > at[2, 0]
    assert score(percent, (60, 100), (100, 60)) == pytest.approx(at[[0, 2]])
    assert at[0, 0] == pytest.approx(-np.log(0.1 * np.sqrt(2 * np.pi)))  # at its centre, of the default spread
    assert at[0, 2] == pytest.approx(-0.5 * (np.log(0.6) / 1.5) ** 2 - np.log(1.5 * np.sqrt(2 * np.pi)))
    assert REGISTRY["change"].reductions(ones) == [NOW, BEFORE]


@pytest.mark.parametrize("pair", [(0, 5), (5, 0), (0, 0), (np.nan, 5), (5, np.nan)])
def test_a_number_on_an_empty_or_unknown_window_is_scored_as_by_a_source_that_knows_nothing(pair):
    one = claim(low=0.5, high=0.7, unit="1")
    scores = score(one, pair)[0]
    assert np.isfinite(scores).all() and scores == pytest.approx(np.full(3, scores[2]))
    assert not REGISTRY["change"].holds(np.array([pair], dtype=float), one)[0]


def test_words_know_which_is_more_while_one_of_two_is_above_zero():
    up, down, flat = (claim(stated=word, **WORDS) for word in ("up", "down", "flat"))
    assert score(up, (5, 0))[0, 0] == pytest.approx(0, abs=1e-6) and score(down, (0, 5))[0, 0] == pytest.approx(0, abs=1e-6)
    for one in (up, down, flat):
        scores = score(one, (5, 0), (0, 5), (0, 0), (np.nan, 3))
        assert np.isfinite(scores).all() and scores[2:] == pytest.approx(np.full((2, 3), -np.log(3)))
    assert [bool(REGISTRY["change"].holds(np.array([[0.0, 0.0]]), one)[0]) for one in (up, down, flat)] == [False] * 3


@pytest.mark.parametrize("kind", ["change", "ranking"])
@pytest.mark.parametrize("slant", ["up", "down"])
def test_words_sum_to_one_come_as_often_as_they_say_and_mirror_each_other(kind, slant):
    kinds, rows = REGISTRY[kind], 20_000
    words, root = kinds.WORDS, replace(ROOT, slant=slant)
    claims = [claim(kind, stated=word, distortion=0.1, **WORDS) for word in words]
    chances = np.exp([score(one, (120, 100), root=root)[0] for one in claims])
    assert chances.sum(axis=0) == pytest.approx(np.ones(3))
    for state in range(3):
        drawn = kinds.sample(np.tile([120.0, 100.0], (rows, 1)), claims[0], root, np.full(rows, state), np.random.default_rng(3 + state))
        assert np.bincount(drawn.astype(int), minlength=3) / rows == pytest.approx(chances[:, state], abs=5 * np.sqrt(0.25 / rows))
        assert {kinds.restate(claims[0], report).stated for report in np.unique(drawn)} == set(words)
    assert score(claims[2], (120, 100))[0, 0] == pytest.approx(score(claims[0], (100, 120))[0, 0])


def test_a_threshold_is_a_relative_difference():
    """At a ratio of 1 + threshold a source says up as often as not."""
    assert np.exp(score(claim(stated="up", threshold=0.5, noise=0.2), (150, 100))[0, 0]) == pytest.approx(0.5)
    agreeing = REGISTRY["change"].holds(np.array([[149.0, 100.0], [151.0, 100.0]]), claim(stated="up", threshold=0.5, noise=0.2))
    assert agreeing.tolist() == [False, True]


def test_a_channel_changes_what_is_said_in_both_windows_of_a_change(tmp_path):
    channel = 'channels = [{ kind = "swap-count", chance = 0.25, series = "detained", reason = "invented" }]\n'
    case = load(edit(tmp_path, (DOSSIER, "", TOLD + channel), (DOSSIER, "", RANKED + channel.replace('"detained"', '"successes"'))))
    asked = {name: [(r.series, r.start.day) for r in REGISTRY[c.kind].reductions(c)] for name, c in case.book.claims.items()
             if name in ("C1", "C2")}
    assert asked["C1"] == [("stopped", 6), ("detained", 6), ("stopped", 20), ("detained", 20)]
    assert asked["C2"] == [("detained", 6), ("successes", 6), ("prevented", 6), ("prevented", 6)]


def test_both_windows_are_read_off_a_replicate_and_shown(tmp_path):
    case = load(edit(tmp_path, (DOSSIER, "", TOLD + RANKED)))
    binding, days = Binding(case), np.random.default_rng(4).gamma(2.0, 9.0, (3, 60))
    recorded = np.ones((3, 60, len(SERIES)), dtype=np.float32)
    recorded[:, :, INDEX["stopped"]] = days
    values = binding.reduce(recorded)[:, binding.claim_columns["C1"]]
    expected = days[:, 36:46].mean(axis=1) / days[:, 19:29].mean(axis=1)
    assert REGISTRY["change"].statistics(values, case.book.claims["C1"])[:, 0] == pytest.approx(100 * expected, rel=1e-6)
    shown = {c.id: c for c in to_record(case.book).claims}
    assert shown["C1"].baseline == ["2030-01-20", "2030-01-29"] and shown["C2"].than == "prevented"


CHANGES = [
    ("low", ("low = 60", "low = 0"), "low = 0", "0.1 to 100000"),
    ("low", ("low = 60", "low = -40"), "low = -40", "at least 0"),
    ("high", ("high = 60", "high = 6e7"), "high = 6e+07", "0.1 to 100000, a multiple of the baseline's level in percent"),
    ("unit", ('unit = "percent"', 'unit = "persons/day"'), "unit 'persons/day' of a change", "'1' for how many times the baseline"),
    ("reference", ('unit = "percent"', 'unit = "1"\nreference = 5000'), "reference = 5000", "0.001 to 1000"),
    ("[[claim]]", ("high = 60\n", ""), "'high' missing", "high = ..."),
    ("kind", ("high = 60\n", "high = 60\nthreshold = 0.1\n"), "a number (low) and a direction (threshold)", "either unit, low and high"),
    ("kind", ('unit = "percent"\nlow = 60\nhigh = 60\n', ""), "neither a number nor a direction", "or said, threshold and noise"),
    ("[[claim]]", (f"{BASELINE}\n", ""), "'baseline' missing", "baseline = ..."),
    ("baseline", (BASELINE, "baseline = [2030-02-06, 2030-02-10]"), "baseline 2030-02-06 to", "days before 2030-02-06"),
    ("baseline", (BASELINE, "baseline = [2030-01-01, 2030-01-09]"), "lies in the burn-in", "days from 2030-01-11 on"),
    ("baseline", (BASELINE, "baseline = [2029-12-20, 2030-01-29]"), "outside the horizon", "within 2030-01-01"),
    ("baseline", (BASELINE, "baseline = [2030-01-29, 2030-01-20]"), "baseline = ", "the first not later"),
    ("reduce", ('reduce = "mean"', 'reduce = "slope"'), "reduce 'slope'", 'kind = "trend"'),
    ("reduce", ('reduce = "mean"', 'reduce = "any"'), "reduce 'any'", "one of sum, mean"),
    ("series", ('series = "stopped"', 'series = "profit"'), "'profit', which may fall below zero", "as a ratio is stated"),
    ("than", ('reduce = "mean"', 'reduce = "mean"\nthan = "detained"'), "'than' in claim 'C1'", "baseline"),
    ("threshold", (IN_WORDS[0], IN_WORDS[1].replace("0.1", "20")), "threshold = 20", "0 to 10, such as 0.1 for a tenth"),
    ("threshold", (IN_WORDS[0], IN_WORDS[1].replace("0.1", "0").replace("down", "flat")), "threshold = 0", "above 0 where 'flat' is said"),
    ("said", (IN_WORDS[0], IN_WORDS[1].replace("down", "fell")), "said 'fell' unknown", "one of down, flat, up"),
    ("[[claim]]", (IN_WORDS[0], IN_WORDS[1].replace("noise = 0.2\n", "")), "'noise' missing", "noise = ..."),
]
RANKINGS = [
    ("[[claim]]", (f"{THAN}\n", ""), "'than' missing", "than = ..."),
    ("than", (THAN, 'than = "preventd"'), "series 'preventd' unknown", "prevented"),
    ("than", (THAN, 'than = "stopped"'), "'detained' is part of 'stopped', which is never less", "either can be more"),
    ("than", (THAN, 'than = "detained"'), "'detained' is part of 'detained'", "either can be more"),
    ("than", (THAN, 'than = "weapons_found"'), "counts something else than 'detained'", "units that convert"),
    ("than", (THAN, 'than = "profit"'), "'profit', which may fall below zero", "as a ratio is stated"),
    ("unit", (THAN, f'{THAN}\nunit = "persons/day"'), "unit 'persons/day' of a ranking", "no unit"),
    ("baseline", (THAN, f"{THAN}\n{BASELINE}"), "'baseline' in claim 'C2'", "than"),
    ("said", ('said = "more"', "said = true"), "said 'True' unknown", "less, about as much, more"),
]


@pytest.mark.parametrize(("text", "key", "change", "actual", "expected"),
                         [(TOLD, *row) for row in CHANGES] + [(RANKED, *row) for row in RANKINGS])
def test_what_cannot_be_meant_is_refused_with_its_line(tmp_path, text, key, change, actual, expected):
    old, new = change
    assert old in text
    case = edit(tmp_path, (DOSSIER, "", text.replace(old, new)))
    (fault,) = refused(case)
    assert actual in fault and expected in fault
    rows = (case / DOSSIER).read_text(encoding="utf-8").splitlines()
    at = int(fault.split(":")[1])
    assert at > rows.index("[[claim]]") and rows[at - 1].startswith(key)
    assert at >= line(case, DOSSIER, f'id = "{"C1" if text is TOLD else "C2"}"') - 1


def test_a_window_that_begins_in_the_burn_in_is_flagged_by_its_baseline(tmp_path):
    early = TOLD.replace("[2030-01-20, 2030-01-29]", "[2030-01-08, 2030-01-17]")
    folder = edit(tmp_path, (DOSSIER, "", early + RANKED))
    case = load(folder)
    assert [f.rule for f in case.book.claims["C1"].flags if f.rule == "days-of-the-burn-in"] == ["days-of-the-burn-in"]
    assert not any(f.rule == "days-of-the-burn-in" for f in case.book.claims["C2"].flags)
    assert any("Weighed with days of the burn-in" in sentence and "C1" in sentence for sentence in odd(folder))


def test_two_numbers_on_one_root_are_compared_with_the_same_baseline_only(tmp_path):
    other = TOLD.replace('"C1"', '"C3"').replace("low = 60\nhigh = 60", "low = 0.2\nhigh = 0.3").replace('unit = "percent"', 'unit = "1"')
    elsewhere = other.replace(BASELINE, "baseline = [2030-01-11, 2030-01-19]")
    for folder, text, raised in (("a", other, True), ("b", elsewhere, False)):
        flags = load(edit(tmp_path / folder, (DOSSIER, "", TOLD + text))).book.claims["C3"].flags
        assert any(f.rule == "one-root-two-numbers" for f in flags) is raised


def test_sums_over_windows_of_other_lengths_are_refused_and_months_are_alike(tmp_path):
    summed = TOLD.replace('reduce = "mean"', 'reduce = "sum"')
    assert "sums over 10 and 5 days" in refused(edit(tmp_path / "a", (DOSSIER, "", summed.replace("01-29]", "01-24]"))))[0]
    assert load(edit(tmp_path / "b", (DOSSIER, "", summed.replace("01-29]", "01-28]")))).book.claims["C1"].scored  # 10 days and 9


def test_the_claims_of_the_page_are_weighed(tmp_path):
    page = Path(__file__).parents[2] / "docs" / "reference" / "case.md"
    (block,) = re.findall(r"^```toml\n(\[\[claim\]\].*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)
    claims = load(edit(tmp_path, (DOSSIER, "", f"\n{block}"))).book.claims
    assert [claims[name].kind for name in ("C1", "C2")] == ["change", "ranking"] and all(claims[n].likelihood for n in ("C1", "C2"))


def test_a_change_beyond_tenfold_is_said_to_be_odd(tmp_path):
    text = TOLD.replace('unit = "percent"', 'unit = "1"')
    assert any("C1 states 60 times its baseline" in text for text in odd(edit(tmp_path, (DOSSIER, "", text))))
    usual = TOLD.replace("low = ", "reference = 0.6\nlow = ", 1)
    assert any("C1 takes 0.006 times the level for what a source that knows nothing" in text
               for text in odd(edit(tmp_path / "r", (DOSSIER, "", usual))))
    fine = usual.replace("reference = 0.6", "reference = 60")
    assert not any("knows nothing" in text for text in odd(edit(tmp_path / "f", (DOSSIER, "", fine))))


@pytest.mark.parametrize(("said", "flagged"), [("less", True), ("more", False)])
def test_a_ranking_that_is_turned_round_is_flagged_as_said_twice(tmp_path, said, flagged):
    other = RANKED.replace('"C2"', '"C3"').replace('"detained"', '"x"').replace('"prevented"', '"detained"').replace('"x"', '"prevented"')
    claims = load(edit(tmp_path, (DOSSIER, "", RANKED + other.replace('said = "more"', f'said = "{said}"')))).book.claims
    assert ("nearly-the-same-claim" in {flag.rule for flag in claims["C3"].flags}) == flagged


@pytest.mark.parametrize("text", [TOLD, TOLD.replace(*IN_WORDS), RANKED])
def test_answers_to_the_question_have_chances_that_sum_to_one(tmp_path, text):
    case: Path = edit(tmp_path, (DOSSIER, "", text))
    name = "C2" if text is RANKED else "C1"
    one = load(case).book.claims[name]
    values = np.random.default_rng(2).gamma(4.0, 10.0, (40, 2))
    values[0] = 0.0, 5.0
    answers = list_answers(one, ROOT, values, np.random.default_rng(1))
    assert np.exp(answers.log_chance).sum(axis=2) == pytest.approx(np.ones((40, 3)), abs=2e-3)
    at, said = stated_answer(one, answers)
    assert answers.values is None or answers.values[at] == pytest.approx([60]) and "60" in said
    assert answers.values is not None or [answers.labels[i] for i in at] == [one.stated] == [said]


def test_questions_of_change_and_ranking_are_read(tmp_path):
    asked = """
[[evidence]]
id = "%s"
what = "how it compares"
by = "another observer"
letter = "B"
window = [2030-02-06, 2030-02-15]
reduce = "mean"
days = 30
series = "detained"
"""
    change = 'kind = "change"\nbaseline = [2030-01-20, 2030-01-29]\n'
    ranking = 'kind = "ranking"\nthan = "prevented"\nthreshold = 0.1\nnoise = 0.2\n'
    text = asked % "Q1" + change + 'unit = "percent"\n' + asked % "Q2" + change + "threshold = 0.1\nnoise = 0.2\n" + asked % "Q3" + ranking
    read = {c.id: c.question for c in load(edit(tmp_path / "a", ("evidence.toml", "", text))).candidates if c.id in ("Q1", "Q2", "Q3")}
    assert [(read[n].low, read[n].stated) for n in ("Q1", "Q2", "Q3")] == [(100.0, None), (None, "up"), (None, "more")]
    answered = asked % "Q1" + change + 'unit = "percent"\nlow = 60\nhigh = 60\n'
    assert any("'low' in claim 'Q1'" in fault for fault in refused(edit(tmp_path / "b", ("evidence.toml", "", answered))))
