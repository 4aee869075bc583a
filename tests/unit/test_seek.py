"""What evidence would teach: trust in roots, the candidates of a case, and what evidence is worth for a choice."""
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import beta
from tests.unit.test_report import sample

import interlope as il
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.source import Root, reliability, split
from interlope.inference import likelihood
from interlope.inference.sampling.problem import Effort
from interlope.information import decision, gain, replicates, seek
from interlope.information.answers import KINDS, list_answers, stated_answer
from interlope.information.trust import state_chances
from interlope.reporting import html
from interlope.reporting.answer import operations
from interlope.reporting.answer import seek as answer
from interlope.reporting.numerals import estimate, percent
from interlope.reporting.sections import seek as section
from interlope.results.comparison import Difference, LeverSetting
from interlope.results.seek import AnswerOutcome, CandidateEvidence, PerfectInformation, SampleInformation, SeekResult
from interlope.results.study import OperationAbout
from interlope.scenario.binding import Binding
from interlope.scenario.candidates import QUESTIONS, Candidate
from interlope.scenario.case import load

SMALL = Effort(waves=(120, 120), particles=120, populations=2, limit=2, candidates=500)


@pytest.fixture(scope="module")
def case():
    return load("toy")


@pytest.fixture(scope="module")
def fits(case):
    return il.fit(case, seed=5, effort=SMALL)


@pytest.fixture(scope="module")
def sought(case, fits):
    compared = il.compare(case, il.draws(fits, 8, seed=5), days=10, seed=5)
    return il.seek(case, fits, compared, seed=5, each=200)


def find(result, name):
    return next(c for c in result.candidates if c.id == name)


def question(case, name):
    return next(c for c in case.candidates if c.id == name)


def test_every_candidate_and_every_weighed_claim_is_there(case, fits, sought):
    names = [c.id for c in sought.candidates]
    assert set(names) == {c.id for c in case.candidates} | {f"again-{c.id}" for c in fits.plan.claims}
    gains = [c.gain for c in sought.candidates]
    assert gains == sorted(gains, reverse=True) and all(0.0 <= g <= sought.doubt for g in gains)
    assert sought.doubt == pytest.approx(gain.entropy(np.array(list(sought.probabilities.values()))))


def test_chances_of_listed_outcomes_sum_to_one_and_average_to_the_odds_now(sought):
    for c in sought.candidates:
        chances = [o.chance for o in c.outcomes]
        if c.listed and None not in chances:
            assert sum(chances) == pytest.approx(1.0)
            for name, now in sought.probabilities.items():
                assert sum(o.chance * o.probabilities[name] for o in c.outcomes) == pytest.approx(now, abs=0.02)


def test_the_same_seed_gives_the_same_bits(case, fits, sought):
    again = il.seek(case, fits, seed=5, each=200)
    assert again.candidates == sought.candidates


def test_a_root_that_has_answered_adds_nothing_when_asked_again(case, fits):
    claim = case.book.claims["T1"]
    root = case.book.roots[claim.root]
    again = Candidate("twice", "the same", 0, question=replace(claim, id="twice", stated="none"), root=root,
                      source=case.book.sources[root.source], letter="C", fresh=False)
    result = il.seek(replace(case, candidates=(again,)), fits, seed=5, each=200)
    assert find(result, "twice").gain == 0.0 and "adds nothing" in find(result, "twice").note
    assert find(result, "again-T1").gain > 0.05  # what an independent root would teach


def test_a_root_that_spoke_before_teaches_less_than_a_new_one_of_its_letter(case, fits):
    """Both are asked what T4's root may be asked anew; the one that spoke keeps the doubt that its answer left."""
    asked = question(case, "court-finances")
    source = replace(case.book.sources["court"], id="other-court", institution="other-court")
    new = Root("other-files", "other-court", date.min, "other files", "none", None, 1.0)
    other = replace(asked, id="other", root=new, source=source, fresh=True, question=replace(asked.question, id="other", root=new.id))
    result = il.seek(replace(case, candidates=(asked, other)), fits, seed=5, each=200)
    same, independent = find(result, "court-finances"), find(result, "other")
    assert same.gain != independent.gain and same.gain == pytest.approx(independent.gain, rel=0.5)


def test_less_trusted_sources_teach_less(case, fits):
    asked, rows = question(case, "second-observer"), []
    for letter in "ABCDE":
        rows.append(replace(asked, id=letter, source=replace(asked.source, letter=letter), letter=letter))
    result = il.seek(replace(case, candidates=tuple(rows)), fits, seed=5, each=200)
    gains = [find(result, letter).gain for letter in "ABCDE"]
    assert gains == sorted(gains, reverse=True) and gains[0] > 2 * gains[-1]


def test_states_of_a_root_that_has_spoken_are_those_of_the_fit(case, fits):
    terms = next(iter(fits.posteriors.values())).terms
    root = case.book.roots["watch-collection"]
    chances = state_chances(fits.plan, terms, root, case.book.sources[root.source])
    assert chances == pytest.approx(likelihood.trust(fits.plan, terms, root.id), rel=1e-9)


def test_a_new_root_of_an_institution_shares_what_the_others_taught_of_its_reliability(case, fits):
    """Exact: p(state of the new root) from the posterior of the shared reliability, by numerical integration."""
    posterior = next(iter(fits.posteriors.values()))
    terms, source = posterior.terms, case.book.sources["court"]
    new = Root("more-files", "court", date.min, "further files", "none", None, 1.0)
    chances = state_chances(fits.plan, terms, new, source)
    at = next(i for i, c in enumerate(fits.plan.claims) if c.root == "court-files")
    law, part = beta(*reliability(source.letter)), split(source.letter)
    for n in (0, 7):
        faithful, slanted, nothing = np.exp(terms.states[n, at])

        def weight(rho, f=faithful, s=slanted, u=nothing):
            return law.pdf(rho) * (rho * f + (1 - rho) * (part * s + (1 - part) * u))

        mean = quad(lambda r, w=weight: r * w(r), 0, 1)[0] / quad(weight, 0, 1)[0]
        assert chances[n] == pytest.approx([mean, (1 - mean) * part, (1 - mean) * (1 - part)], rel=1e-6)
    stranger = state_chances(fits.plan, terms, replace(new, source="x"), replace(source, id="x", institution="x"))
    assert stranger[0] == pytest.approx(stranger[7]) and not np.allclose(stranger[0], chances[0])


def test_replicates_run_again_have_the_same_past(case, fits):
    drawn = replicates.draw({n: replicates.of_posterior(p) for n, p in fits.posteriors.items()}, 40, 5)
    wanted = Binding(case).reductions
    assert np.array_equal(replicates.simulate(case, drawn, wanted), drawn.statistics, equal_nan=True)


def test_figures_that_are_known_add_nothing(case, fits):
    value = case.series["guard-detained"].latest()[0]
    known = replace(question(case, "guard-next"), id="known", periods=(value,))
    result = il.seek(replace(case, candidates=(known,)), fits, seed=5, each=200)
    assert find(result, "known").gain == 0.0 and "known already" in find(result, "known").note


def test_a_period_with_days_that_are_known_is_no_evidence_to_come(case, fits):
    first, second, *_, last = case.series["guard-detained"].latest()
    asked = question(case, "guard-next")
    joined = replace(first, end=second.end)  # two known figures as one
    partly = replace(last, end=last.end + timedelta(days=3))
    for name, periods, ahead in (("joined", (joined,), 0), ("partly", (partly, *asked.periods[1:]), len(asked.periods) - 1)):
        result = il.seek(replace(case, candidates=(replace(asked, id=name, periods=periods),)), fits, seed=5, each=200)
        row = find(result, name)
        assert "known already" in row.note and bool(row.outcomes) == bool(ahead) and (row.gain == 0.0 or ahead)


def test_one_explanation_has_nothing_to_tell_apart(case, fits):
    weighted = {n: replicates.of_posterior(p) for n, p in fits.posteriors.items()}
    result = seek.run(case, weighted, {"takeover": 1.0, "rivalry": 0.0})
    assert not result.candidates and "nothing to tell apart" in result.notes[-1]


def losses(*rows, error=0.0):
    mean = np.array(rows, dtype=float)
    return decision.Losses("client_deaths", "persons/year", tuple("abcdef"[: len(rows)]), mean, np.full(mean.shape, error))


def listed(prior, *chances):
    """Outcomes of known chances under two explanations, each in 40 replicates."""
    each = np.repeat(np.array(chances, dtype=float), 40, axis=0)
    return gain.enumerated(np.array(prior), np.repeat([0, 1], 40), np.tile(np.arange(20), 4), np.ones(80), each)


def test_perfect_information_in_closed_form():
    """Now a is best, as b costs 0.4 * 5 - 0.6 * 3 = 0.2 more; knowing, b is chosen under the second and spares 0.6 * 3."""
    value = decision.value_perfect(losses([0, 0], [5, -3]), np.array([0.4, 0.6]), ["one", "two"], 1)
    assert value.choice == "a" and value.choices == {"one": "a", "two": "b"}
    assert value.value == pytest.approx(0.6 * 3) and value.error < 1e-12


def test_where_options_have_as_little_none_of_them_is_named():
    prior = np.array([0.4, 0.6])
    alike = decision.value_perfect(losses([0, 0], [0, 0], [0, 0]), prior, ["one", "two"], 1)
    assert alike.choice == "" and alike.choices == {"one": "", "two": ""} and alike.value == 0.0
    some = decision.value_perfect(losses([0, 0], [-1, 2], [-1, -3]), prior, ["one", "two"], 1)
    assert some.choice == "c" and some.choices == {"one": "", "two": "c"}
    shown, = section.tabulate_perfect([alike]).cells()
    assert [text for column, text, _ in shown if column.key == "choice"] == ["several alike"]


@pytest.mark.parametrize(("error", "clear"), [(0.1, True), (5.0, False)])
def test_harm_of_waiting_is_said_to_be_told_from_none_or_not(case, error, clear):
    asked = question(case, "guard-next")
    row = decision.value_sample(losses([0, 0], [-5, -3], error=error), asked, None, np.array([0.4, 0.6]), 1)
    assert row.forgone == pytest.approx((0.4 * 5 + 0.6 * 3) * asked.days / decision.YEAR) and row.forgone_clear is clear
    assert ("may be none" in answer._doubt(row)) is not clear


@pytest.mark.parametrize(("chances", "share"), [(([1, 0], [0, 1]), 1.0), (([0.5, 0.5], [0.5, 0.5]), 0.0), (([0.8, 0.2], [0.3, 0.7]), None)])
def test_sample_information_in_closed_form_and_never_above_perfect(chances, share):
    prior, loss, candidate = np.array([0.4, 0.6]), losses([0, 0], [5, -3]), Candidate("x", "x", 20, cost=4.0, cost_unit="days")
    value = decision.value_sample(loss, candidate, listed(prior, *chances), prior, 1)
    joint = prior[:, None] * np.array(chances)
    exact = min(loss.mean @ prior) - sum(min(loss.mean @ joint[:, k]) for k in range(2))
    assert value.value == pytest.approx(exact, abs=5 * gain.CAUTION)
    assert value.value <= 1.8 + 1e-12 and (share is None or value.value == pytest.approx(1.8 * share, abs=5 * gain.CAUTION))
    assert value.per_day == pytest.approx(value.value / 20) and value.per_cost == pytest.approx(value.value / 4)


def test_values_on_the_toy_stay_below_perfect_information(sought):
    bound = {p.outcome: p.value for p in sought.perfect}
    assert sought.sample and all(0.0 <= s.value <= bound[s.outcome] + 1e-12 for s in sought.sample)
    assert set(bound) >= {"deaths", "client_deaths"}


def test_every_kind_that_can_be_weighed_can_be_asked():
    """A new kind has to say what its question leaves open, and which answers it may get."""
    carrying = {name for name, kind in REGISTRY.items() if kind.CARRIES}
    assert set(KINDS) == carrying
    assert set(QUESTIONS) == carrying - {"silence"}  # what was not said is no question


def test_answers_to_every_weighed_claim_have_chances_that_sum_to_one(fits):
    """In each replicate and under each state of the root; the answer that the claim states is one of them."""
    posterior = next(iter(fits.posteriors.values()))
    for candidate in seek.ask_again(fits.plan):
        claim = candidate.question
        values = posterior.statistics[:50, list(fits.plan.columns[candidate.id.removeprefix("again-")])][:, :1]
        answers = list_answers(claim, candidate.root, values, np.random.default_rng(1))
        assert np.exp(answers.log_chance).sum(axis=2) == pytest.approx(np.ones((50, 3)), abs=2e-3), claim.id
        at, text = stated_answer(claim, answers)
        assert len(at) and (answers.values is not None or text == answers.labels[at[0]])


def test_the_report_says_what_would_settle_it(sought):
    built = section.build(sample(seek=sought))
    assert built is not None and built.title == "What would settle it"
    tables = {t.name: t for t in html.tables_of(built.blocks)}
    assert set(tables) == {"seek", "seek-outcomes", "seek-perfect", "seek-value", "seek-waiting"}
    assert len(tables["seek"].rows) == len(sought.candidates)
    assert len(tables["seek-value"].rows) == len(sought.candidates) * len(sought.perfect)
    assert len(list(tables["seek-outcomes"].csv().splitlines())) == 2 + sum(len(c.outcomes) for c in sought.candidates)
    first = answer.tell_first(sought)[0]
    assert first.startswith("How large a part of crossings") and "('second-observer'; by" in first
    assert "letter B, known after 60 days, for 40 working days" in first
    assert section.build(sample(seek=None)) is None and answer.tell_best(None) == []
    best, = answer.tell_best(sought)
    assert best.startswith("What would settle most: how large a part of crossings") and "known after 60 days" in best


def test_a_list_that_teaches_nothing_is_called_that(sought):
    nothing = sought.model_copy(update={"candidates": [c.model_copy(update={"gain": 0.0}) for c in sought.candidates]})
    assert answer.telling(nothing) == [] and answer.tell_nothing(nothing)[0].startswith("No evidence that the case lists")


def test_waiting_is_said_in_plain_words(monkeypatch):
    monkeypatch.setattr(answer, "best_declared", lambda _: "count")
    row = SampleInformation(candidate="count", outcome="deaths", unit="persons/year", value=0.0, error=0.0, per_day=None, per_cost=None,
                            forgone=2.7, forgone_clear=True)
    none = PerfectInformation(outcome="deaths", unit="persons/year", choice="", choices={}, value=0.0, error=0.0)
    waited = seeking([none], [row], [CandidateEvidence.model_construct(id="count", days=90)])
    first, last = answer.tell_choices(waited)
    assert first.startswith("Knowing for certain which explanation is true would not clearly change")
    assert last == ("Waiting 90 days for 'count' without acting would cost about 2.7 deaths of people on the move in all, which the option "
                    f"of least of them would prevent meanwhile. {answer.tell_days(None, 90)}")
    assert "in proportion to the days" in last


def waiting(monkeypatch, days=73, choice="restraint-rule", forgone=3.0):
    """What is sought of one candidate, and a study with the deaths that two options bring or prevent."""
    monkeypatch.setattr(answer, "best_declared", lambda _: "count")
    row = SampleInformation(candidate="count", outcome="deaths", unit="persons/year", value=0.0, error=0.0, per_day=None, per_cost=None,
                            forgone=forgone, forgone_clear=True)
    none = PerfectInformation(outcome="deaths", unit="persons/year", choice=choice, choices={}, value=0.0, error=0.0)
    asks = [{"label": "Force", "option": "sustained-raids"}, {"label": "Today", "option": "sustained-raids", "against": "today"}]
    study = sample(asks=asks)
    study.compare.outcomes.append(next(o for o in study.compare.outcomes if o.harm).model_copy(update={"name": "deaths"}))
    study.compare.differences.extend(difference(option, mean, q05, q95) for option, mean, q05, q95 in
                                     (("restraint-rule", -15.0, -40.0, 5.0), ("sustained-raids", 50.0, -5.0, 175.0)))
    return seeking([none], [row], [CandidateEvidence.model_construct(id="count", days=days)]), study


SPARED = "not having 'sustained raids' meanwhile spares about 10 (50 a year, 90% interval −5 to 175)"


def test_waiting_is_told_with_a_years_interval_and_with_what_not_acting_spares(monkeypatch):
    sought, study = waiting(monkeypatch)
    said, = answer.tell_waiting(sought, study)
    assert said == ("Waiting 73 days for 'count' without acting would cost about 3 deaths of people on the move in all, which the option "
                    "of least of them ('restraint rule') would prevent meanwhile (15 a year, 90% interval −5 to 40); "
                    f"{SPARED}. {answer.tell_days(study, 73)}")
    assert said.endswith("Means over futures of the 365 days from 26 Oct 2023, in proportion to the 73 waited from 14 Nov 2023 on and of "
                         "deaths alone; no delay was simulated.")
    table, acting = section.tabulate_waiting(study.compare, 73), [o.name for o in study.compare.options if o.name != "status-quo"]
    at = [column.key for column in table.columns].index("deaths")
    assert {row[0]: row[at] for row in table.rows} == {**dict.fromkeys(acting), "restraint-rule": -3.0, "sustained-raids": 10.0}


def test_waiting_is_told_as_far_as_it_is_known(monkeypatch):
    sought, study = waiting(monkeypatch, choice="status-quo", forgone=0.0)
    assert answer.tell_waiting(sought, study) == [f"Waiting 73 days for 'count' without acting: {SPARED}. {answer.tell_days(study, 73)}"]
    weak = study.model_copy(update={"status": "not_resolved"})
    assert answer.tell_waiting(sought, weak)[0].startswith("Waiting 73 days for 'count' without acting, for checking only: not having")
    sought, study = waiting(monkeypatch, days=study.compare.days + 1)
    assert answer.tell_waiting(sought, study)[0].endswith("days compared: what that would cost or spare is not known.")
    for days in (0, None):
        assert answer.tell_waiting(waiting(monkeypatch, days=days)[0], study) == []
    sought, study = waiting(monkeypatch, choice="status-quo")
    noise = [d.model_copy(update={"mc_error": 40.0}) for d in study.compare.differences]
    unsure = study.model_copy(update={"compare": study.compare.model_copy(update={"differences": noise})})
    assert answer.tell_waiting(sought, unsure) == []


@pytest.mark.parametrize(("changes", "under_way", "missing"), [
    ({}, True, True),
    ({"end": "2023-12-23"}, True, True),
    ({"end": "2023-11-13"}, False, False),  # over before the day of knowledge
    ({"start": "2023-10-20", "published": "2023-10-20"}, True, False),  # runs on in the futures compared
])
def test_what_is_under_way_is_not_said_to_be_spared(monkeypatch, changes, under_way, missing):
    sought, study = waiting(monkeypatch)
    about = next(o for o in study.compare.options if o.name == "sustained-raids")
    about.levers[:] = [LeverSetting(name=operations.LEVER, setting=1.0, source="assumption")]
    recorded = OperationAbout(**{"start": "2023-10-27", "end": None, "source": "interior-ministry", "published": "2023-10-27", **changes})
    known = study.model_copy(update={"case": study.case.model_copy(update={"operations": [recorded]})})
    said, = answer.tell_waiting(sought, known)
    assert ("spares" not in said and "is on record as under way" in said) is under_way
    assert (" without the operation on record from 27 Oct 2023 (interior ministry), in proportion" in said) is missing
    assert "would cost about 3 deaths" in said
    choosing, _ = waiting(monkeypatch, choice="sustained-raids")
    assert ("would cost" in answer.tell_waiting(choosing, known.model_copy(update={"asks": ()}))[0] if not under_way else
            answer.tell_waiting(choosing, known.model_copy(update={"asks": ()})) == [])


def difference(option: str, mean: float, q05: float, q95: float) -> Difference:
    return Difference(option=option, outcome="deaths", over="status_quo", explanation="pooled", mean=mean, q05=q05, q95=q95,
                      chance_worse=0.5, chance_more=0.5, chance_less=0.5, mc_error=1.0)


def test_what_becomes_of_the_explanation_asked_about_is_told_beside_the_leader(sought):
    leader = sought.leader
    asked = next(name for name in sought.probabilities if name != leader)
    first = answer.tell_first(sought, asked)[0]
    assert f"would take {asked} from" in first and f" and {leader} from" in first
    best = max(answer.telling(sought), key=lambda c: (not c.automatic, c.gain))
    ends = sorted(best.outcomes, key=lambda o: o.probabilities[asked])
    least, most = (f"{estimate(o.probabilities[asked])} ({o.label}, chance {percent(o.chance)})" for o in (ends[0], ends[-1]))
    assert answer.tell_best(sought, asked)[0].endswith(f" Its outcomes leave {asked} between {least} and {most}.")


def test_points_of_a_number_are_no_ends_and_what_moves_nothing_is_said_to():
    def outcome(p: float, chance: float | None) -> AnswerOutcome:
        return AnswerOutcome(label="x", chance=chance, probabilities={"takeover": p})

    def after(*outcomes: AnswerOutcome) -> str:
        return answer._tell_after(CandidateEvidence.model_construct(outcomes=list(outcomes)), "takeover")

    assert after(*(outcome(p, None) for p in (0.1, 0.5, 0.3))) == " At its 10%, 50% and 90% points takeover has 10%, 50% and 30%."
    assert after(outcome(0.304, 0.5), outcome(0.301, 0.5)) == " It hardly moves takeover."


def test_an_explanation_whose_odds_nothing_can_move_is_not_asked_about(sought):
    """One of no weight is left out of what is sought, though the question names it."""
    left_out = next(name for name in sought.probabilities if name != sought.leader)
    moved = {name: p for name, p in sought.probabilities.items() if name != left_out}
    study = sample(asks=[{"label": "It", "explanation": left_out}], seek=sought.model_copy(update={"probabilities": moved}))
    assert answer.pick_asked(study) == "" and section.build(study) is not None
    assert answer.pick_asked(study.model_copy(update={"seek": sought})) == left_out


def seeking(perfect, sample_rows, candidates=()):
    return SeekResult.model_construct(candidates=list(candidates), perfect=perfect, sample=sample_rows, notes=[])


def test_a_choice_for_one_harm_is_no_endorsement_and_deaths_come_first(monkeypatch):
    monkeypatch.setattr(answer, "best_declared", lambda _: "count")
    deaths = PerfectInformation(outcome="deaths", unit="persons/year", choice="lawful-routes", choices={}, value=0.0, error=0.0)
    group = PerfectInformation(outcome="group_deaths", unit="persons/year", choice="beaches-closed", choices={}, value=0.045, error=0.019)
    rows = [SampleInformation(candidate="count", outcome=name, unit="persons/year", value=value, error=error, per_day=None, per_cost=None,
                              forgone=0.7 if name == "deaths" else 0.02, forgone_clear=True)
            for name, value, error in (("deaths", 0.0, 0.0), ("group_deaths", 0.014, 0.016))]
    first, second = answer.tell_choices(seeking([group, deaths], rows))
    assert first == ("Knowing for certain which explanation is true would not clearly change which option brings fewest deaths of people "
                     "on the move in all (value 0).")
    assert "least of one harm, deaths of group members" in second and "0.045 persons/year" in second and "0.014" not in second
    assert second.endswith("That speaks of no other harm, and for no option.")
    table = section.tabulate_sample(seeking([], rows))
    at = [column.key for column in table.columns].index("value_clear")
    assert [(row[1], row[at]) for row in table.rows] == [("group_deaths", False), ("deaths", False)]
    assert "harm not prevented over the days of waiting, in all" in [column.head for column in table.columns]
