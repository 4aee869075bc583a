"""How sure: confidence is a pure function of its grounds, kept apart from every probability; words; roots behind every sentence."""
from __future__ import annotations

import re
from html.parser import HTMLParser

import numpy as np
import pytest
from tests.unit.test_report import change, sample

from interlope.inference.checks import adequacy
from interlope.inference.evidence import confidence
from interlope.inference.evidence.yardstick import YARDSTICKS
from interlope.inference.fitting import calibrate
from interlope.inference.sampling.problem import Effort
from interlope.reporting import html, record
from interlope.reporting.answer import question, roots, sure
from interlope.reporting.words import likelihood, reword, speaking
from interlope.results.adequacy import Adequacy, RootTrust
from interlope.results.confidence import Calibration, Confidence, Ground
from interlope.results.study import StudyRecord
from interlope.scenario.case import load

WORDS = sorted({s.word for y in YARDSTICKS.values() for s in y.steps}, key=len, reverse=True)
PROBABILITY = re.compile(r"\d\s?%|\bprobab|\b(?:" + "|".join(map(re.escape, WORDS)) + r")\b")
SMALL = Effort(waves=(160, 160), particles=150, populations=2, limit=2, candidates=1000, residuals=8)


def grounds(*levels: str) -> list[Ground]:
    """Grounds of these levels: the calculation, the roots, then the others."""
    names = [*confidence.DECISIVE, "a", "b", "c", "d"]
    return [Ground(name=n, level=level, finding="", thresholds="", why="", change="") for n, level in zip(names, levels)]


@pytest.mark.parametrize(("levels", "whole"), [
    (["high"] * 6, "high"),
    (["high", "high", "high", "moderate", "high", "high"], "high"),
    (["high", "high", "moderate", "moderate", "high", "high"], "moderate"),
    (["high", "high", "high", "high", "high", "not measured"], "moderate"),
    (["high", "high", "low", "high", "high", "high"], "moderate"),
    (["high", "high", "low", "low", "high", "high"], "low"),
    (["low", "high", "high", "high", "high", "high"], "low"),
    (["high", "low", "high", "high", "high", "high"], "low"),
])
def test_the_whole_follows_from_its_grounds(levels, whole):
    assert confidence.combine(grounds(*levels)) == whole


def rated(study: StudyRecord, calibration: Calibration | None = None) -> dict[str, Ground]:
    """The grounds of a study by name."""
    found = record.rate(study.model_copy(update={"confidence": None}), calibration).confidence
    assert found is not None
    return {g.name: g for g in found.grounds}


def test_a_failed_check_a_carrying_root_and_a_record_of_calibration_set_their_grounds():
    study = sample()
    assert rated(study)["calibration of the method"].level == "not measured"
    close, loose = Calibration(data_sets=400, gap=0.02), Calibration(data_sets=400, gap=0.3)
    assert rated(study, close)["calibration of the method"].level == "high"
    assert rated(study, Calibration(data_sets=60, gap=0.02))["calibration of the method"].level == "moderate"
    assert rated(study, Calibration(data_sets=20, gap=0.02))["calibration of the method"].level == "not measured"
    assert rated(study, loose)["calibration of the method"].level == "low"
    noise = rated(study, Calibration(data_sets=60, gap=0.15, chance=0.16, unresolved=9))["calibration of the method"]
    assert noise.level == "moderate" and "60 data sets with known truth (9 of them not resolved)" in noise.finding
    assert rated(study, Calibration(data_sets=60, gap=0.17, chance=0.16))["calibration of the method"].level == "low"
    carried = change(study, "weigh", headline_withheld={"root": "service-collection", "reason": "without it x falls"})
    assert rated(carried)["independent roots"].level == "low"
    unresolved = StudyRecord.model_validate({**study.model_dump(), "status": "not_resolved"})
    assert rated(unresolved)["the calculation"].level == "low"
    assert record.rate(unresolved).confidence.level == "low"


def test_roots_of_one_institution_count_once():
    study = sample()
    leader, rival = (e.name for e in study.weigh.ranked[:2])
    factor = {f"{leader}/{rival}": {"value": 1.0, "error": 0.1}}
    many = change(study, "weigh", headline_withheld=None,
                  roots=[{"id": f"r{i}", "log_bayes_factor": factor, "without": {}} for i in range(3)])
    alone = confidence.rate(many.weigh, "ok", {"r0": "one", "r1": "one", "r2": "one"})
    apart = confidence.rate(many.weigh, "ok", {"r0": "one", "r1": "two", "r2": "three"})
    assert [c.grounds[1].level for c in (alone, apart)] == ["low", "high"]
    noisy = [{"id": f"r{i}", "log_bayes_factor": {f"{rival}/{leader}": {"value": -1.0, "error": 0.9}}, "without": {}} for i in range(3)]
    assert confidence.rate(change(many, "weigh", roots=noisy).weigh, "ok", {}).grounds[1].level == "low"


def whole() -> StudyRecord:
    """A study with everything that confidence and adequacy say."""
    study = sample()
    own = Adequacy(explanation=study.weigh.ranked[0].name, figures=9, chance=0.4, surprises=["s:1"], rare=0.05, claims=3, unmet=["A1"],
                   trust=[RootTrust(root="service-collection", before=0.6, after=0.2)])
    return record.rate(change(study, "weigh", adequacy=[own.model_dump()]))


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def test_confidence_is_never_in_one_sentence_with_a_probability():
    study = whole()
    told = [s for text in question.tell(study) for s in sentences(text) if "onfidence in the analysis" in s]
    assert len(told) == 1 and study.confidence.level in told[0]
    for text in (*told, *(s for line in sure.tell_raising(study) for s in sentences(line))):
        assert not PROBABILITY.search(text), text
    assert PROBABILITY.search("very likely (87%)") and PROBABILITY.search("an unlikely event")


def test_the_best_explanation_is_judged_by_itself():
    text, = sure.tell_adequacy(whole())
    leader = whole().weigh.ranked[0].name
    assert text.startswith(f"Taken by itself, the best of them, {leader}, accounts for the official figures. Of 100 sets of "
                           "figures simulated under it, 40 would fit it no better than the published set;")
    assert " It meets 2 of 3 weighed claims" in text
    assert text.endswith(" If it is true, service-collection reported faithfully with a chance of 20% only, 60% by its letter.")
    assert text in question.tell(whole())
    poor = change(whole(), "weigh", adequacy=[{**whole().weigh.adequacy[0].model_dump(), "chance": 0.001}])
    miss = "does not account for the official figures. Of 100 sets of figures simulated under it, fewer than 1 would fit"
    assert miss in sure.tell_adequacy(poor)[0]


def test_series_that_as_a_whole_do_not_look_like_it_are_named_beside_the_figures():
    def told(explanation: str, chance: float) -> str:
        check = {"series": "turned-back", "explanation": explanation, "what": "spread", "observed": 2.0, "q05": 0.1, "q95": 1.0,
                 "chance": chance}
        return sure.tell_adequacy(change(whole(), "weigh", together=[check]))[0]

    leader, *others = [e.name for e in whole().weigh.ranked]
    rare = [{"series": name, "explanation": leader, "what": what, "observed": at, "q05": 0.1, "q95": 1.0, "chance": chance}
            for name, what, at, chance in (("a", "step", 0.0, 0.019), ("a", "spread", 2.0, 0.001), ("b", "level", 2.0, 0.005),
                                           ("c", "spread", 2.0, 0.009))]
    several = sure.tell_adequacy(change(whole(), "weigh", together=rare))[0]
    assert " Yet the figures of a and c vary more and the figures of b lie higher together than it gives. It meets " in several
    said = " Yet the figures of turned-back vary more than it gives. It meets "
    assert said in told(leader, 0.001)
    assert said not in told(leader, 0.05) and said not in told(others[0], 0.001)


@pytest.mark.parametrize(("root", "unmet", "said"), [
    ("service-collection", ["C10", "C18"], "2 of the 5 weighed claims of service-collection are not met (C10 and C18)"),
    ("service-collection", ["C10", "P1"], "1 of the 5 weighed claims of service-collection is not met (C10)"),
    ("party-view", ["C33"], "the one weighed claim of party-view is not met (C33)"),
])
def test_a_doubted_root_is_told_by_its_claims_that_are_not_met(root, unmet, said):
    own = {**whole().weigh.adequacy[0].model_dump(), "unmet": unmet, "trust": [{"root": root, "before": 0.6, "after": 0.2}]}
    text, = sure.tell_adequacy(change(whole(), "weigh", adequacy=[own]))
    assert text.endswith(f" If it is true, {said}.") and "is wrong" not in text


@pytest.fixture(scope="module")
def fits():
    return calibrate.fit(load("toy"), seed=3, effort=SMALL)


def test_figures_that_nothing_gives_are_told_and_those_drawn_from_the_fit_are_not(fits):
    from dataclasses import replace

    p = fits.posteriors["takeover"]
    assert adequacy.judge_figures(fits, p) > 0.05

    def times(factor):
        groups = tuple(replace(g, series=tuple(replace(t, figures=np.round(t.figures * factor)) for t in g.series))
                       for g in fits.plan.groups)
        return replace(fits, plan=replace(fits.plan, groups=groups))

    assert adequacy.judge_figures(times(30.0), p) < 0.01
    assert adequacy.judge_figures(replace(fits, plan=replace(fits.plan, groups=())), p) is None


def test_trust_in_a_root_falls_with_what_contradicts_it(fits):
    from dataclasses import replace

    p = fits.posteriors["takeover"]
    before = {t.root: t for t in adequacy.judge_roots(fits, p)}
    assert all(0.0 < t.after < 1.0 and 0.0 < t.before < 1.0 for t in before.values())
    states = p.terms.states.copy()
    states[:, :, 0] -= 5.0  # what a faithful source would not have said
    after = {t.root: t for t in adequacy.judge_roots(fits, replace(p, terms=replace(p.terms, states=states)))}
    assert all(after[root].after < 0.5 * before[root].after for root in before)


class Anchors(HTMLParser):
    """Places in a page, and what its links point at."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.places: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        known = dict(attrs)
        self.places += [known["id"]] if known.get("id") else []
        self.links += [known["href"]] if tag == "a" and known.get("href", "").startswith(("#root-", "#all-roots")) else []


def test_every_sentence_rests_on_roots_and_each_has_a_place_in_the_report():
    study = whole()
    page = Anchors(html.render(study))
    assert len(page.places) == len(set(page.places))
    assert page.places.count("all-roots") == 1 and "#all-roots" in page.links
    for statement in question.cite(study):
        for root in statement.roots:
            assert page.places.count(roots.anchor(root)) == 1, root
            assert f"#{roots.anchor(root)}" in page.links
    assert [s.text for s in question.cite(study)] == question.tell(study)
    brief = html.render(study, html.Form(brief=True))
    assert Anchors(brief).links == [] and "rests on" in brief  # it has no table of roots to lead to
    assert set(page.links) <= {f"#{place}" for place in page.places}


def test_a_sentence_about_a_claim_rests_on_its_root_alone():
    study = sample()
    claim = next(c for c in study.dossier.claims if c.root)
    never = change(study, "weigh", cannot_meet=[{"claim": claim.id, "explanations": study.names}])
    told = next(s for s in question.cite_rest(never) if s.text.startswith("No explanation produces"))
    assert told.roots == (claim.root,)


@pytest.mark.parametrize(("stick", "probability", "word"), [
    ("icd203", 0.03, "almost no chance"), ("icd203", 0.5, "roughly even chance"), ("icd203", 0.97, "almost certain"),
    ("phia", 0.03, "remote chance"), ("phia", 0.15, "highly unlikely"), ("phia", 0.45, "realistic possibility"),
    ("phia", 0.65, "likely or probable"), ("phia", 0.85, "highly likely"), ("phia", 0.97, "almost certain"),
    ("ipcc", 0.005, "exceptionally unlikely"), ("ipcc", 0.2, "unlikely"), ("ipcc", 0.5, "about as likely as not"),
    ("ipcc", 0.7, "likely"), ("ipcc", 0.92, "very likely"), ("ipcc", 0.97, "extremely likely"), ("ipcc", 0.995, "virtually certain"),
])
def test_words_of_a_yardstick(stick, probability, word):
    with speaking(stick):
        assert likelihood(probability) == word
    assert likelihood(0.03) == "almost no chance"


@pytest.mark.parametrize("stick", YARDSTICKS)
def test_a_yardstick_covers_every_probability_and_keeps_to_its_ranges(stick):
    steps = YARDSTICKS[stick].steps
    assert [s.upto for s in steps] == sorted(s.upto for s in steps) and steps[-1].upto == 1.0
    for p in np.arange(2000) / 2000 + 0.00025:  # between the ends, which belong to two ranges
        word = YARDSTICKS[stick].word(p)
        holding = [s.word for s in steps if s.low < p < s.high]
        assert not holding or word in holding, (p, word)


def test_stored_texts_are_told_in_the_words_in_use():
    text = "takeover is very likely (87%, between 86% and 88% for the error of the calculation)"
    with speaking("phia"):
        assert reword(text, 0.87) == text.replace("very likely", "highly likely")
        page = html.render(whole())
    assert "the PHIA Probability Yardstick" in page and "Intelligence Community Directive 203" not in page


@pytest.mark.parametrize(("levels", "level", "texts"), [
    (("high", "moderate", "moderate", "not measured"), "moderate",
     ("One of four grounds, ground 3, was not measured; confidence is moderate either way.",)),
    (("high", "moderate", "low", "not measured"), "moderate at most", ("One of four grounds", "it could make confidence low or moderate.")),
    (("high", "high", "high", "not measured"), "moderate", ("One of four grounds", "it could make confidence moderate or high.")),
    (("low", "low", "not measured", "not measured"), "low",
     ("Two of four grounds, ground 2 and ground 3, were not measured; confidence is low however they come out.",)),
    (("high", "moderate", "low", "high"), "moderate", ()),
])
def test_a_ground_that_was_not_measured_bounds_what_is_said(levels, level, texts):
    grounds = [Ground(name=f"ground {i}", level=x, finding="", thresholds="", why="", change="") for i, x in enumerate(levels)]
    study = StudyRecord.model_construct(confidence=Confidence(level=confidence.combine(grounds), leader="a", grounds=grounds))
    first, second = sure.tell_confidence(study)
    meaning = {"low": ": too little for a decision that rests on which explanation leads",
               "moderate": ": enough to lean on which explanation leads, with the doubts named below"}.get(level, "")
    assert first == f"Confidence in the analysis is {level}{meaning}."
    assert all(f"{g.name} ({g.level})" in second for g in grounds if g.level in ("low", "moderate"))
    assert all(text in second for text in texts) and ("not measured" in second) is bool(texts)
