"""Kinds: every density is normalised over what can be reported, and says what it should."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from interlope.dossier import density, numbers
from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.source import Root
from interlope.quantities import Reduction

WINDOW = (date(2030, 1, 1), date(2030, 1, 31))
INTERPRETATION = Interpretation(Reduction("stopped", "mean", *WINDOW), 1.0, 1.0, None, 400.0)
EARLIER = Reduction("stopped", "mean", date(2029, 1, 1), date(2029, 1, 31))
COMPARING = ("change", "effect", "ranking")
CARRYING = sorted(name for name, kind in REGISTRY.items() if kind.CARRIES)
ROOTS = {slant: Root("r", "s", date(2030, 2, 1), "", slant, None, 1.5) for slant in ("up", "down", "none")}
SHARES = dict(
    cuts=(0.02, 0.2, 0.5, 0.9), words=("none", "some", "half", "most", "all"), stated="most", noise=0.7, shift=1.2
)
FACTS = {
    "interval": dict(low=1000.0, high=1200.0),
    "total": dict(low=900.0, high=900.0, sd=0.4),
    "ceiling": dict(low=1800.0, sd=0.4),
    "frequency": SHARES,
    "share": SHARES,
    "trend": dict(stated="up", threshold=0.05, noise=0.05, shift=1.2),
    "change": dict(low=0.5, high=0.7, unit="1"),
    "effect": dict(stated="down", threshold=0.1, noise=0.3, shift=1.2),
    "ranking": dict(stated="more", threshold=0.1, noise=0.3, shift=1.2),
    "occurrence": dict(threshold=1.0, stated=True, chance_if_true=0.9, chance_if_false=0.05),
    "alternation": dict(threshold=2.0, stated=True, chance_if_true=0.8, chance_if_false=0.3),
    "attribution": dict(stated=True, chance_if_true=0.9, chance_if_false=0.1),
    "count": dict(low=4.0, high=4.0, ascertained=(38.0, 2.0)),
    "silence": dict(threshold=1.0, stated=True, chance_if_true=0.9, chance_if_false=0.05),
}
VALUES = {
    "interval": [200.0, 1100.0, 5000.0],
    "total": [10.0, 900.0, 0.0],
    "ceiling": [300.0, 1800.0, 4000.0],
    "frequency": [0.0, 0.4, 1.0],
    "share": [0.0, 0.7, 1.0],
    "trend": [-0.4, 0.0, 0.3],
    "change": [0.05, 0.6, 4.0],
    "effect": [0.05, 0.6, 4.0],
    "ranking": [0.2, 1.0, 3.0],
    "occurrence": [0.0, 1.0, 3.0],
    "alternation": [0.0, 2.0, 7.0],
    "attribution": [0.0, 0.5, 1.0],
    "count": [0.0, 4.0, 40.0],
    "silence": [0.0, 1.0, 3.0],
}


def columns(kind: str, values, meanings: int = 1) -> np.ndarray:
    """Statistics as a kind reads them: alike in each meaning, and against one where it compares."""
    x = np.repeat(np.array(values, dtype=float).reshape(-1, 1), meanings, axis=1)
    return np.hstack([x, np.ones_like(x)]) if kind in COMPARING else x


def claim(kind: str, **facts) -> Claim:
    given = {"interpretations": (INTERPRETATION,), **FACTS[kind], **facts}
    if kind in COMPARING:
        given["interpretations"] = tuple(m._replace(reference=min(m.reference, 1.0), compared=EARLIER) for m in given["interpretations"])
    return Claim(id="X", paraphrase="", kind=kind, published=date(2030, 2, 1), carries=True, root="r", **given)


def reports(kind: str) -> list[dict]:
    """Facts of every report that could have been made instead, where they can be listed."""
    if kind in ("frequency", "share"):
        return [dict(stated=word) for word in SHARES["words"]]
    if kind in ("trend", "effect", "ranking"):
        return [dict(stated=word) for word in REGISTRY[kind].WORDS]
    return [dict(low=float(n), high=float(n)) for n in range(400)]


def test_every_kind_is_known_by_its_file_name_and_gives_a_reason_when_it_carries_nothing():
    assert set(CARRYING) == set(FACTS)
    for name, kind in REGISTRY.items():
        assert name == kind.KIND
        assert kind.CARRIES or len(kind.WHY) > 20


@pytest.mark.parametrize("slant", ["up", "down", "none"])
@pytest.mark.parametrize("lost", [0.0, 0.28])
@pytest.mark.parametrize("kind", ["frequency", "share", "trend", "effect", "ranking", "count"])
def test_chances_of_all_reports_sum_to_one(kind, lost, slant):
    values = columns(kind, VALUES[kind])
    interpretation = INTERPRETATION._replace(reference=0.05)
    total = np.zeros((3, 3))
    for report in reports(kind):
        one = claim(kind, distortion=lost, interpretations=(interpretation,), **report)
        total += np.exp(REGISTRY[kind].logscore(values, one, ROOTS[slant]))
    assert total == pytest.approx(np.ones((3, 3)), abs=2e-6)


@pytest.mark.parametrize("slant", ["up", "down", "none"])
@pytest.mark.parametrize("kind", ["interval", "total", "change"])
def test_density_of_a_number_integrates_to_one_on_the_log_scale(kind, slant):
    values = columns(kind, VALUES[kind])
    grid = np.arange(-30.0, 40.0, 0.02)
    total = np.zeros((3, 3))
    for y in np.exp(grid):
        one = claim(kind, low=float(y), high=float(y), distortion=0.1)
        total += np.exp(REGISTRY[kind].logscore(values, one, ROOTS[slant])) * 0.02
    assert total == pytest.approx(np.ones((3, 3)), abs=1e-6)


@pytest.mark.parametrize("kind", ["ceiling", "occurrence", "alternation", "attribution", "silence"])
def test_chance_of_saying_so_is_the_frequency_with_which_it_is_drawn(kind):
    rng, rows = np.random.default_rng(5), 20000
    for value in VALUES[kind]:
        for state in range(3):
            one = claim(kind, distortion=0.15)
            values = np.full((rows, 1), value)
            reported = REGISTRY[kind].sample(values, one, ROOTS["up"], np.full(rows, state), rng)
            chance = np.exp(REGISTRY[kind].logscore(values[:1], one, ROOTS["up"])[0, state])
            assert 0 <= chance <= 1
            assert set(np.unique(reported)) <= {0.0, 1.0}
            assert reported.mean() == pytest.approx(chance, abs=5 * np.sqrt(0.25 / rows))


@pytest.mark.parametrize("kind", ["frequency", "share", "trend", "effect", "ranking", "count"])
def test_reports_are_drawn_as_often_as_their_chance_says(kind):
    rng, rows = np.random.default_rng(6), 20000
    interpretation = INTERPRETATION._replace(reference=5.0)
    for value in VALUES[kind][:2]:
        for state in range(3):
            drawn = REGISTRY[kind].sample(
                columns(kind, np.full(rows, value)), claim(kind, interpretations=(interpretation,)), ROOTS["up"], np.full(rows, state), rng
            )
            for index, report in enumerate(reports(kind)[:5]):
                one = claim(kind, interpretations=(interpretation,), **report)
                chance = np.exp(REGISTRY[kind].logscore(columns(kind, [value]), one, ROOTS["up"])[0, state])
                assert (drawn == index).mean() == pytest.approx(chance, abs=5 * np.sqrt(0.25 / rows))


def test_drawn_numbers_have_the_stated_median_and_spread():
    rng, rows = np.random.default_rng(7), 20000
    one = claim("total")
    drawn = np.log(REGISTRY["total"].sample(np.full((rows, 1), 900.0), one, ROOTS["up"], np.ones(rows, int), rng))
    assert drawn.mean() == pytest.approx(np.log(900 * 1.5), abs=0.02)
    assert drawn.std() == pytest.approx(np.hypot(0.4, numbers.SLANT_SD), abs=0.02)


@pytest.mark.parametrize("kind", CARRYING)
def test_a_source_that_knows_nothing_does_not_depend_on_the_replicate(kind):
    scores = REGISTRY[kind].logscore(columns(kind, VALUES[kind]), claim(kind), ROOTS["up"])
    assert np.ptp(scores[:, 2]) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("kind", CARRYING)
def test_a_replicate_that_says_nothing_is_scored_as_by_a_source_that_knows_nothing(kind):
    scores = REGISTRY[kind].logscore(columns(kind, [np.nan]), claim(kind), ROOTS["up"])
    assert np.isfinite(scores).all()
    assert scores[0] == pytest.approx(np.full(3, scores[0, 2]))


@pytest.mark.parametrize("kind", CARRYING)
def test_two_equal_readings_are_one_and_lost_relays_leave_only_the_reference(kind):
    values = columns(kind, VALUES[kind])
    whole = REGISTRY[kind].logscore(values, claim(kind), ROOTS["up"])
    halves = (INTERPRETATION._replace(chance=0.3), INTERPRETATION._replace(chance=0.7))
    split = REGISTRY[kind].logscore(columns(kind, VALUES[kind], 2), claim(kind, interpretations=halves), ROOTS["up"])
    assert split == pytest.approx(whole)
    lost = REGISTRY[kind].logscore(values, claim(kind, distortion=1 - 1e-12), ROOTS["up"])
    assert lost == pytest.approx(np.repeat(whole[:, 2:3], 3, axis=1), abs=1e-6)


@pytest.mark.parametrize("kind", sorted(set(REGISTRY) - set(CARRYING)))
def test_kinds_without_likelihood_score_zero_whatever_happened(kind):
    one = Claim(id="X", paraphrase="", kind=kind, published=date(2030, 1, 1), carries=False, of="Y")
    values = np.array([[1.0], [1e6]])
    assert (REGISTRY[kind].logscore(values, one, ROOTS["up"]) == 0).all()
    assert np.isnan(REGISTRY[kind].sample(values, one, ROOTS["up"], np.zeros(2, int), np.random.default_rng(1))).all()
    assert REGISTRY[kind].holds(values, one).all()
    assert REGISTRY[kind].reductions(one) == []


def test_truth_is_scored_above_untruth_by_a_faithful_source():
    cases = {
        "interval": (1100, 200),
        "total": (900, 100),
        "ceiling": (2500, 300),
        "frequency": (0.7, 0.05),
        "share": (0.7, 0.05),
        "trend": (0.3, -0.3),
        "change": (0.6, 1.2),
        "effect": (0.6, 1.2),
        "ranking": (3, 0.4),
        "occurrence": (1, 0),
        "alternation": (3, 0),
        "attribution": (1, 0),
        "count": (4, 40),
        "silence": (0, 1),
    }
    for kind, (true, false) in cases.items():
        scores = REGISTRY[kind].logscore(columns(kind, [true, false]), claim(kind), ROOTS["none"])
        assert scores[0, 0] > scores[1, 0], kind
        assert REGISTRY[kind].holds(columns(kind, [true, false]), claim(kind)).tolist() == [True, False], kind
        assert REGISTRY[kind].describe(float(true))


def test_a_denial_is_likelier_where_there_is_nothing_to_know():
    denial = claim("occurrence", stated=False, threshold=0.3, chance_if_true=0.6, chance_if_false=0.95)
    scores = np.exp(REGISTRY["occurrence"].logscore(np.array([[0.9], [0.0]]), denial, ROOTS["none"]))
    assert scores[:, 0] == pytest.approx([0.6, 0.95])
    assert REGISTRY["occurrence"].holds(np.array([[0.9], [0.0]]), denial).tolist() == [False, True]


def test_slanted_numbers_move_toward_the_interest_of_the_source():
    high = claim("interval", low=1500.0, high=1500.0)
    up, down = (REGISTRY["interval"].logscore(np.array([[1000.0]]), high, ROOTS[s])[0] for s in ("up", "down"))
    assert up[1] > up[0] and up[1] > down[1]
    assert up[0] == down[0]


def test_a_range_is_its_geometric_middle_with_a_quarter_of_its_log_width():
    assert numbers.centre(claim("interval")) == pytest.approx(np.log(np.sqrt(1000 * 1200)))
    assert numbers.spread(claim("interval"), INTERPRETATION) == pytest.approx(np.hypot(0.1, np.log(1.2) / 4))


def test_events_that_all_become_known_follow_the_poisson_law():
    from scipy.stats import poisson

    sure = claim("count", low=6.0, high=6.0, ascertained=(1.0, 0.0))
    score = REGISTRY["count"].logscore(np.array([[4.5]]), sure, ROOTS["none"])[0, 0]
    assert score == pytest.approx(poisson.logpmf(6, 4.5))


def test_a_trend_is_up_flat_or_down_with_chances_that_sum_to_one_however_steep_it_is():
    for threshold, noise in ((0.0, 0.05), (0.05, 0.001), (4.0, 0.3)):
        slopes = np.array([-1e4, -0.1, 0.0, 0.1, 300.0])[:, None]
        logs = [REGISTRY["trend"].logscore(slopes, claim("trend", stated=word, threshold=threshold, noise=noise), ROOTS["up"])
                for word in ("down", "flat", "up")]
        assert np.exp(logs).sum(axis=0) == pytest.approx(np.ones((5, 3)), abs=1e-12)
        assert threshold == 0.0 or np.isfinite(logs).all()  # an unlikely word is unlikely, not impossible


def test_swapped_counts_mix_over_both_statistics():
    interpretations = (INTERPRETATION._replace(chance=0.6), Interpretation(Reduction("attempts", "mean", *WINDOW), 0.4, 1.0, 0.25, 600.0))
    both = claim("interval", low=1000.0, high=1000.0, sd=0.2, interpretations=interpretations)
    score = REGISTRY["interval"].logscore(np.array([[800.0, 1000.0]]), both, ROOTS["none"])[0, 0]
    parts = [0.6 * np.exp(-0.5 * (np.log(1000 / 800) / 0.2) ** 2) / 0.2, 0.4 / 0.25]
    assert score == pytest.approx(np.log(sum(parts) / np.sqrt(2 * np.pi)))
    assert density.reductions(both) == [interpretation.reduction for interpretation in interpretations]
