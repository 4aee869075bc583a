"""Variants of an explanation: what is refused with its line, what a draw carries, and how a result and a sentence show them."""
from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from edited_toy import TAKEOVER, edit, line, refused

import interlope as il
from interlope.ensemble import design
from interlope.inference.fitting.paths import coordinates
from interlope.policy.sensitivity.factors import VARIANT, list_factors
from interlope.reporting.answer.variants import _tell_unborne, tell_variants
from interlope.results.weighing import Explanation, Prediction, Variant, WeighResult
from interlope.scenario.binding import Binding
from interlope.scenario.case import find
from interlope.scenario.variants import MOST_VARIANTS

PREDICTION = """
[[variant.prediction]]
says = "command comes early"
series = "share_command"
window = [2030-01-21, 2030-01-31]
reduce = "mean"
at_least = 0.2
"""
TRIBUTE = 'takeover_tribute_share = { prior = "beta(3, 12)", unit = "1", source = "assumption" }\n'
FREE = f"""
[[variant]]
name = "free"
gloss = "It lives on tribute."
prior_odds = 3
[variant.parameters]
{TRIBUTE}{PREDICTION}"""
PAID = f"""
[[variant]]
name = "paid"
gloss = "A state pays it."
[variant.parameters]
takeover_subsidy = {{ prior = "lognormal(9000, x2)", unit = "EUR/day", source = "assumption", role = "S" }}
takeover_tribute_share = {{ value = 0.0, unit = "1", source = "definition" }}
{PREDICTION}"""


def formed(folder: Path, *changes: tuple[str, str]) -> Path:
    """The toy whose takeover is free or paid, with texts of the two variants replaced."""
    text = FREE + PAID
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return edit(folder, (TAKEOVER, TRIBUTE, ""), (TAKEOVER, "", text))


@pytest.mark.parametrize("old, new, start, message", [
    ('name = "paid"', 'name = "free"', 'name = "free"', "name 'free' given twice in [[variant]]; expected each name once"),
    ('name = "paid"', 'name = "p/q"', 'name = "p/q"', "name 'p/q'; expected at most 64 letters"),
    ('name = "paid"', 'name = "pooled"', 'name = "pooled"', "variant 'pooled'; expected another name"),
    ('name = "paid"', 'name = "Free"', 'name = "Free"', "variant 'Free', spelled like 'free'"),
    ('gloss = "A state pays it."\n', "", "[[variant]]", "'gloss' missing; expected a text"),
    ("prior_odds = 3", "prior_odds = 0", "prior_odds = 0", "prior_odds = 0; expected a number from 1e-06 to 1e+06"),
    ("prior_odds = 3", 'prior_odds = 3\nsource = "hearsay"', 'source = "hearsay"', "source 'hearsay'"),
    ("prior_odds = 3", "odds = 3", "odds = 3", "'odds' unknown; expected one of"),
    ("takeover_subsidy", "takeover_subsidies", "takeover_subsidies", "parameter 'takeover_subsidies' unknown"),
    ('"lognormal(9000, x2)"', '"lognormal(9000, 2)"', "takeover_subsidy", "expected the spread as a factor"),
    ('"EUR/day"', '"EUR"', "takeover_subsidy", "unit 'EUR' of takeover_subsidy; expected 'EUR/day'"),
    ("at_least = 0.2", "at_least = 1.2", "at_least = 1.2", "which nothing could reach"),
    ("at_least = 0.2", "", "[[variant.prediction]]", "a prediction that nothing could fail; expected 'at_least' or 'at_most'"),
    ('"share_command"', '"share_comand"', "series", "series 'share_comand' unknown"),
])
def test_wrong_toml_is_refused_at_its_line(tmp_path, old, new, start, message):
    case = formed(tmp_path, (old, new))
    rows = (case / TAKEOVER).read_text(encoding="utf-8").splitlines()
    lines = {1 + i for i, row in enumerate(rows) if row.startswith(start)}
    (fault,) = refused(case)
    name, number, text = fault.split(":", 2)
    assert name == TAKEOVER and int(number) in lines and message in text, fault


def test_one_variant_alone_or_too_many_are_refused(tmp_path):
    one = refused(edit(tmp_path, (TAKEOVER, TRIBUTE, ""), (TAKEOVER, "", FREE)))
    assert "1 tables [[variant]]; expected none, or 2 to 8" in one[0]
    many = "".join(FREE.replace('"free"', f'"v{i}"').replace("beta(3, 12)", f"beta(3, {12 + i})") for i in range(MOST_VARIANTS + 1))
    assert "9 tables [[variant]]" in refused(edit(tmp_path / "many", (TAKEOVER, TRIBUTE, ""), (TAKEOVER, "", many)))[0]


def test_variants_without_a_prediction_or_a_difference_are_refused(tmp_path):
    (none,) = refused(formed(tmp_path, (PREDICTION, "")))
    assert "0 tables [[prediction]]; expected at least 1" in none
    same = FREE + FREE.replace('"free"', '"paid"')
    (fault,) = refused(edit(tmp_path / "same", (TAKEOVER, TRIBUTE, ""), (TAKEOVER, "", same)))
    assert "variant 'paid' gives every parameter the same prior as 'free'; expected variants that differ in a parameter" in fault


def test_a_parameter_that_explanation_and_every_variant_give_is_refused_and_a_late_arrival_too(tmp_path):
    case = edit(tmp_path, (TAKEOVER, "", FREE + PAID))  # the explanation's own tribute is still there
    (fault,) = refused(case)
    number = line(case, TAKEOVER, "[variant.parameters]") + 1
    assert fault.startswith(f"{TAKEOVER}:{number}: ") and "takeover_tribute_share given by every variant and by the explanation" in fault
    late = 'takeover_arrival_day = { value = 400.0, unit = "day", source = "assumption" }\ntakeover_subsidy'
    assert "never acts" in refused(formed(tmp_path / "late", ("takeover_subsidy", late)))[0]


def test_the_example_of_the_page_is_read(tmp_path):
    page = Path(__file__).parents[2] / "docs" / "howto" / "variants.md"
    (example,) = re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    folder = tmp_path / "serbia-hungary"
    shutil.copytree(find("serbia-hungary"), folder)
    path = folder / "hypotheses" / "takeover.toml"
    path.write_text(path.read_text(encoding="utf-8").partition("[[variant]]")[0] + example, encoding="utf-8")
    assert [v.name for v in il.load(folder).hypotheses["takeover"].variants] == ["freelance", "state-directed"]


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return il.load(formed(tmp_path_factory.mktemp("formed")))


def test_draws_carry_their_variant_and_its_priors(case):
    drawn = design.draw(case, "takeover", 4000, 3)
    assert drawn.variant.mean() == pytest.approx(0.25, abs=4 * np.sqrt(0.25 * 0.75 / 4000))
    paid = drawn.variant == 1
    assert (drawn.values["takeover_tribute_share"][paid] == 0.0).all() and (drawn.values["takeover_tribute_share"][~paid] > 0.0).all()
    assert (drawn.values["takeover_subsidy"][~paid] == 0.0).all()
    assert np.median(drawn.values["takeover_subsidy"][paid]) == pytest.approx(9000, rel=0.15)
    assert {"takeover_tribute_share", "takeover_subsidy"} <= set(drawn.names) and "variant" not in drawn.values
    parts = design.rows(case, "takeover", 1000, 1010, 3)
    assert (parts.variant == drawn.variant[1000:1010]).all()
    assert design.draw(case, "rivalry", 5, 3).variant is None
    plain = design.draw(il.load("toy"), "takeover", 4000, 3)  # every other coordinate is what it was
    assert all((plain.values[n] == drawn.values[n]).all() for n in plain.values if n not in ("takeover_tribute_share", "takeover_subsidy"))


def test_a_fit_has_one_coordinate_more_and_none_that_is_shared(case):
    where, plain = coordinates(case, 2), coordinates(il.load("toy"), 2)
    assert (where.size("takeover"), where.size("rivalry")) == (plain.size("takeover") + 2, plain.size("rivalry"))  # subsidy and variant
    assert "takeover_subsidy" not in where.common
    own = np.zeros((3, where.size("takeover")))
    own[:, -1] = (-1.0, 0.6, 0.7)  # 3 to 1: the second variant from z = 0.674 on
    assert where.design("takeover", np.zeros((3, len(where.common) + 2)), own).variant.tolist() == [0, 0, 1]


def test_a_mixture_is_shown_as_the_prior_and_its_predictions_are_bound(case):
    known = case.parameters("takeover")["takeover_subsidy"]
    assert known.prior.text == "mixture(0.75: 0, 0.25: lognormal(9000, x2))" and [k.role for k in known.variants] == ["F", "S"]
    binding = Binding(case)
    assert set(binding.variant_columns) == {("takeover", "free", 0), ("takeover", "paid", 0)}
    assert binding.reductions[binding.variant_columns["takeover", "paid", 0]].series == "share_command"


def test_which_variant_holds_is_a_factor_of_sensitivity(case):
    factors = list_factors(case)
    assert VARIANT in factors.names and VARIANT not in list_factors(il.load("toy")).names
    u = np.array([[0.99, 0.1, 0.5], [0.99, 0.9, 0.5]])  # takeover; free, then paid
    values, which, _ = factors.values(u, ("explanation", VARIANT, "takeover_subsidy"))
    assert which.tolist() == [1, 1]
    assert values["takeover_subsidy"].tolist() == pytest.approx([0.0, 9000.0])


def test_a_variant_that_does_not_bear_out_its_own_prediction_is_named():
    predictions = [Prediction.model_construct(says="x", probability=p) for p in (0.8, 0.4)]
    own, plain = (Variant.model_construct(name=n, predictions=p) for n, p in (("slow", predictions), ("fast", predictions[:1])))
    assert _tell_unborne([own, plain]) == " What it predicts itself is not borne out by slow (shown by 40% of its replicates)."
    assert _tell_unborne([plain]) == ""


def test_a_sentence_names_the_likelier_first_and_marks_the_thin():
    def form(name: str, p: float, thin: bool) -> Variant:
        return Variant(name=name, gloss="", prior=0.5, probability=p, low=p - 0.05, high=p + 0.05, effective=9.0, thin=thin, predictions=[])

    forms = [form("paid", 0.3, True), form("free", 0.7, False)]
    explanation = Explanation.model_construct(name="takeover", probability=0.3, variants=forms)
    other = Explanation.model_construct(name="rivalry", probability=0.7, variants=[])
    assert tell_variants(WeighResult.model_construct(explanations=[explanation, other])) == [
        "Within takeover, which has 30%: free 70% of it (between 65% and 75%; prior 50%), so 21% of all; paid 30% of it (between 25% and "
        "35%; prior 50%; too few points carry it), so 9% of all."]
    alone = explanation.model_copy(update={"probability": None})
    assert tell_variants(WeighResult.model_construct(explanations=[alone])) == [
        "Within takeover: free 70% of it (between 65% and 75%; prior 50%); paid 30% of it (between 25% and 35%; prior 50%; too few points "
        "carry it)."]
