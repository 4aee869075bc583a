"""Parts of what is sought: the number that a claim states, variants, the trend of figures, the net value of waiting, and their words."""
from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy.special import xlogy
from tests.unit.test_report import sample

from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.numbers import spread
from interlope.dossier.series import Value
from interlope.dossier.source import Root
from interlope.ensemble.streams import Streams
from interlope.information.answers import TO_NOISE, list_answers, stated_answer
from interlope.information.figures import measure_trend
from interlope.information.replicates import Replicates, Weighted, draw
from interlope.information.within import measure_within
from interlope.quantities import Reduction
from interlope.reporting.answer import seek as answer
from interlope.reporting.figures.seek import figure_gain
from interlope.reporting.sections import seek as section
from interlope.results.seek import CandidateEvidence, PerfectInformation, SampleInformation, SeekResult, VariantGain
from interlope.results.weighing import Variant

ROOT = Root("new", "new", date.min, "new", "none", None, 1.0)
SUBJECT = Reduction("encounters", "sum", date(2030, 1, 1), date(2030, 1, 5))
RECORDED = np.geomspace(300.0, 5000.0, 40)[:, None]


def claim(kind, low, high, **facts):
    return Claim("R1", "about so many", kind, date.max, True, root="new", low=low, high=high, unit="encounters",
                 interpretations=(Interpretation(SUBJECT, 1.0, 1.0, None, 1000.0),), **facts)


@pytest.mark.parametrize(("low", "high", "text"), [(1000.0, 1000.0, "1,000"), (200.0, 300.0, "200 to 300"), (9e6, 9e6, "9,000,000")])
def test_a_grid_of_numbers_goes_through_what_the_claim_states(low, high, text):
    """With four points to the noise on either side, and though no replicate comes near."""
    asked = claim("total", low, high, sd=0.4)
    answers = list_answers(asked, ROOT, RECORDED, np.random.default_rng(1))
    (at,), said = stated_answer(asked, answers)
    assert said == text and answers.values[at] == pytest.approx(np.sqrt(low * high), rel=1e-9)
    assert np.diff(np.log(answers.values)).max() <= spread(asked, asked.interpretations[0]) / TO_NOISE + 1e-9
    assert np.exp(answers.log_chance).sum(axis=2) == pytest.approx(np.ones((40, 3)), abs=2e-3)


@pytest.mark.parametrize(("low", "high"), [(371.0, 371.0), (4.0, 4.0), (1200.0, 1210.0)])
def test_counts_hold_what_the_claim_states_and_numbers_near_it(low, high):
    asked = claim("count", low, high, ascertained=(1.0, 0.0))
    answers = list_answers(asked, ROOT, RECORDED, np.random.default_rng(1))
    at, _ = stated_answer(asked, answers)
    assert answers.values[at].tolist() == list(range(int(low), int(high) + 1))
    near = answers.values[np.abs(answers.values - high) <= 4 * np.sqrt(high)]
    assert np.diff(near).max() <= max(1.0, np.sqrt(high) / TO_NOISE + 1)
    assert np.exp(answers.log_chance)[:, :2].sum(axis=2) == pytest.approx(np.ones((40, 2)), abs=0.02)


def of_two_explanations(each, variants):
    """Replicates of one explanation without variants and of one with these."""
    return Replicates(("plain", "formed"), np.repeat([0, 1], each), np.tile(np.arange(each) % 20, 2), np.zeros((2 * each, 0)), {},
                      np.zeros((2 * each, 0)), Streams(1, np.zeros((2 * each, 1)), ()), np.concatenate([np.full(each, -1), variants]))


def test_a_claim_that_tells_variants_alone_teaches_what_its_chances_say():
    """.6 against .3 between two even variants, one half elsewhere: in closed form."""
    drawn = of_two_explanations(400, np.repeat([0, 1], 200)[np.random.default_rng(2).permutation(400)])
    yes = np.select([drawn.variant == 0, drawn.variant == 1], [0.6, 0.3], 0.45)
    row, = measure_within(drawn, np.column_stack([yes, 1 - yes]), 7, "again-C02")
    entropy = lambda p: -(xlogy(p, p) + xlogy(1 - p, 1 - p))  # noqa: E731
    assert row.explanation == "formed" and row.doubt == pytest.approx(np.log(2))
    assert row.gain == pytest.approx(entropy(0.45) - 0.5 * (entropy(0.6) + entropy(0.3)), abs=1e-3) and row.by_chance < row.gain


def test_variants_with_too_few_replicates_are_not_scored():
    drawn = of_two_explanations(400, (np.arange(400) < 15).astype(int))
    assert measure_within(drawn, np.full((800, 2), 0.5), 7, "x") == []


def test_replicates_carry_the_variant_that_holds():
    def weighted(variant):
        streams = Streams(1, np.zeros((100, 1), np.uint64), ())
        values = {"a": np.arange(100.0)}
        return Weighted(np.full(100, 0.01), np.zeros((100, 1)), values, np.zeros((100, 1)), streams, np.arange(100), variant)

    drawn = draw({"plain": weighted(None), "formed": weighted(np.arange(100) % 3)}, 60, 7)
    assert set(drawn.variant[:60]) == {-1} and np.array_equal(drawn.variant[60:], drawn.values["a"][60:] % 3)


def test_the_trend_of_figures_is_a_slope_a_month_whatever_their_level():
    months = [Value(date(2030, m, 1), date(2030, m, 28), 0.0, None, None, date(2030, 4, 1)) for m in (1, 2, 3)]
    slope = measure_trend(np.array([[8.0, 10.0, 12.0], [80.0, 100.0, 120.0], [5.0, 5.0, 5.0], [0.0, 0.0, 0.0]]), months)
    assert slope == pytest.approx([0.206, 0.206, 0.0, 0.0], abs=1e-3)  # from 1 January to 1 March are 59 days
    assert measure_trend(np.ones((4, 1)), months[:1]) is None


def candidate(name, **fields):
    plain = {"id": name, "what": "what", "about": "", "who": "new", "letter": "B", "independent": True, "automatic": False,
             "confirms": None, "days": 73, "cost": 2.0, "cost_unit": "working days", "gain": 0.0, "error": 0.0, "by_chance": 0.0,
             "part": 0.0, "leader_changes": 0.0, "words_change": 0.0, "listed": True, "simulated": False, "summary": "",
             "outcomes": [{"label": "yes", "chance": None, "probabilities": {"takeover": 0.5, "rivalry": 0.5}}]}
    return CandidateEvidence.model_validate({**plain, **fields})


def sought(*candidates, **fields):
    return SeekResult(doubt=0.69, probabilities={"takeover": 0.5, "rivalry": 0.5}, leader="takeover", word="even", replicates=200,
                      candidates=list(candidates), **fields)


def test_what_could_not_be_shown_is_not_called_nothing():
    rows = [candidate("asked", gain=0.3, error=0.01), candidate("idle", gain=0.001, error=0.001),
            candidate("noisy", gain=0.006, error=0.004), candidate("next", listed=False)]
    said = answer.tell_nothing(sought(*rows))
    assert said[0] == "Not worth waiting for, as far as the explanations go: 'idle'."
    assert said[1].startswith("Could not be shown to tell the explanations apart: 'next' (at least 0 nats). Of figures to come only a")
    assert said[2] == "Within the error of the calculation: 'noisy'." and len(said) == 3
    cells = {row[0]: dict(zip([c.key for c in table.columns], row)) for table in [figure_gain(sought(*rows)).table] for row in table.rows}
    assert cells["next"]["note"] == "could not be shown: only a lower bound is known, 0 nats"
    assert (cells["next"]["gain"], cells["next"]["error"], cells["next"]["part"]) == (0.0, None, None)
    told = candidate("next", listed=False, gain=0.2, error=0.01, summary="trend")
    assert answer.tell_remark(told) == "a lower bound; read from trend"
    assert "Could not be shown" not in " ".join(answer.tell_nothing(sought(told)))


def test_results_of_earlier_versions_are_said_as_they_were_made():
    old = sought(candidate("next", listed=False, summary=None, outcomes=[
        {"label": "as the claim says: 1,153 encounters", "chance": None, "probabilities": {"takeover": 0.5, "rivalry": 0.5}}]))
    assert old.earlier and not sought(candidate("next")).earlier
    assert "from all figures at once, which seldom show any" in answer.tell_remark(old.candidates[0])
    assert "exceed once in ten." in figure_gain(old).note and "once in twenty" in figure_gain(sought(candidate("next"))).note
    assert section.tabulate_outcomes(old).rows[1][1] == "nearest computed to what the claim says: 1,153 encounters"
    assert "scored all at once" in section.tell_method(old)[2]


def test_what_tells_variants_apart_is_said_beside_what_tells_explanations_apart():
    within = [VariantGain(explanation="takeover", doubt=0.69, gain=0.045, error=0.002, by_chance=0.001)]
    result = sought(candidate("again-C02", automatic=True, within=within), candidate("other"))
    assert answer.tell_remark(result.candidates[0]) == "tells the variants of takeover apart: 0.045 ± 0.002 nats of 0.69"
    assert answer.tell_within(result) == ["Supposing that takeover holds, its variants are told apart best by 'again-C02' "
                                          "(0.045 ± 0.002 nats), of 0.69 nats in doubt between them."]
    assert section.tabulate_within(result).rows == (("again-C02", "takeover", 0.045, 0.002, 0.001, 0.69),)
    study = sample(seek=result)
    first = study.weigh.explanations[0]
    form = Variant(name="a", gloss="a", prior=0.5, probability=0.5, low=0.1, high=0.9, effective=50.0, thin=False, predictions=[])
    formed = first.model_copy(update={"variants": [form, form.model_copy(update={"name": "b"})]})
    weigh = study.weigh.model_copy(update={"explanations": [formed, *study.weigh.explanations[1:]]})
    missing = sought(candidate("other"))
    assert answer.tell_within(missing, study.model_copy(update={"weigh": weigh})) == [
        f"What evidence would tell about the variants of {first.name} was not scored."]


@pytest.mark.parametrize(("days", "net"), [(365, 3.65 * 292 / 365 - 1.5), (73, -1.5), (60, None), (None, None)])
def test_the_net_value_of_waiting_is_a_number_of_the_harm_and_every_column_has_its_unit(days, net):
    row = SampleInformation(candidate="asked", outcome="deaths", unit="persons/year", value=3.65, error=0.1, per_day=0.05, per_cost=1.825,
                            forgone=1.5, forgone_clear=True)
    best = PerfectInformation(outcome="deaths", unit="persons/year", choice="a", choices={}, value=4.0, error=0.1)
    table = section.tabulate_sample(sought(candidate("asked"), sample=[row], perfect=[best]), days=days)
    cells, heads = dict(zip([c.key for c in table.columns], table.rows[0])), {c.key: c.head for c in table.columns}
    assert cells["net"] == (None if net is None else pytest.approx(net)) and cells["unit"] == "persons"
    assert cells["cost_unit"] == "working days" and cells["by"] == "a"
    assert all("a year" in heads[k] for k in ("value", "error", "per_day", "per_cost"))
    assert all("in all" in heads[k] for k in ("forgone", "net"))
    again = row.model_copy(update={"per_day": None, "forgone": None, "forgone_clear": None})  # nobody has said how long it takes
    assert section.find_net(again, None, 365) is None


def test_no_choice_is_called_settled_while_that_is_not_shown():
    unsure = PerfectInformation(outcome="diverted_deaths", unit="persons/year", choice="a", choices={}, value=0.44, error=0.56)
    first, *_ = answer.tell_choices(sought(perfect=[unsure]))
    assert first.endswith("matters for the odds, and is not shown to matter for that choice.")
