"""Days of the burn-in and sums of series: what is refused with its line, and what has to be said of it."""

from __future__ import annotations

import numpy as np
import pytest
from edited_toy import DOSSIER, LISTENED, TABLE, TAKEOVER, edit, line, odd, refused

import interlope as il
from interlope.dossier import formula
from interlope.quantities import OPERATIONS, QUANTITIES, reduce

# Burn-in ---------------------------------------------------------------------------------------------------------------------------------

LIES = "lies in the burn-in, while the market settles; expected days from 2030-01-11 on"
EARLY = "begins in the burn-in, while the market settles; expected days from 2030-01-11 on"


def test_a_claim_that_begins_in_the_burn_in_and_ends_later_is_weighed_flagged_and_named(tmp_path):
    case = edit(tmp_path, (DOSSIER, "window = [2030-01-27, 2030-02-05]", "window = [2030-01-10, 2030-02-05]"))
    claim = il.load(case).book.claims["T1"]
    assert claim.scored and [f.text for f in claim.flags] == ["counts days before 2030-01-11, in which the market settles"]
    assert "Weighed with days of the burn-in, before 2030-01-11: T1, T3." in odd(case)


@pytest.mark.parametrize("window", ["[2030-01-02, 2030-01-09]", "[2030-01-03, 2030-01-10]"])
def test_a_claim_of_the_burn_in_is_refused_at_its_window(tmp_path, window):
    case = edit(tmp_path, (DOSSIER, "window = [2030-01-27, 2030-02-05]", f"window = {window}"))
    (fault,) = refused(case)
    assert LIES in fault and fault.startswith(f"dossier.toml:{line(case, DOSSIER, f'window = {window}')}: ")
    assert f"write scored_from = {window[1:11]}" in fault


def test_what_was_not_said_in_the_burn_in_is_refused(tmp_path):
    early = LISTENED.replace("2030-01-27", "2030-01-02").replace("2030-02-05]", "2030-01-05]")
    case = edit(tmp_path, (DOSSIER, "", early))
    assert LIES in refused(case)[0]
    (tmp_path / "b").mkdir()
    assert il.load(edit(tmp_path / "b", (DOSSIER, "", LISTENED.replace("2030-01-27", "2030-01-11")))).book.claims["L1"].likelihood


def test_a_prediction_of_the_burn_in_is_refused(tmp_path):
    case = edit(tmp_path, (TAKEOVER, "window = [2030-01-21,", "window = [2030-01-04,"))
    (fault,) = refused(case)
    assert EARLY in fault and fault.startswith(f"{TAKEOVER}:")


def test_a_claim_that_says_from_when_it_counts_is_weighed_and_named(tmp_path):
    case = edit(tmp_path, (DOSSIER, "window = [2030-01-27, 2030-02-05]", "window = [2030-01-05, 2030-02-05]\nscored_from = 2030-01-05"))
    assert il.load(case).book.claims["T1"].likelihood
    assert "Weighed with days of the burn-in, before 2030-01-11: T1, T3." in odd(case)
    assert not il.load(case).book.claims["T1"].flags


@pytest.mark.parametrize("since, told", [("2030-01-06", "after the window begins"), ("2030-01-27", "")])
def test_a_day_from_which_a_claim_counts_is_checked(tmp_path, since, told):
    window = "window = [2030-01-05, 2030-02-05]" if told else "window = [2030-01-27, 2030-02-05]"
    case = edit(tmp_path, (DOSSIER, "window = [2030-01-27, 2030-02-05]", f"{window}\nscored_from = {since}"))
    assert (told or f"scored_from = {since}, which changes nothing") in refused(case)[0]


def test_a_claim_without_likelihood_may_speak_of_the_burn_in(tmp_path):
    case = edit(tmp_path, (DOSSIER, "window = [2030-01-27, 2030-02-05]", 'window = [2030-01-02, 2030-01-09]\nno_likelihood = "early"'))
    assert not il.load(case).book.claims["T1"].likelihood


# Formulas --------------------------------------------------------------------------------------------------------------------------------

MEANT = ("detained", "prevented + 1.0753 detained", "clashes + -1 lethal_expected", "waiting + transit + sheltered",
         "stopped + -1 prevented", "0.5 restraint_transit + 0.5 restraint_destination", "share_command + -1 share_kin", "2 price_mean")
NEVER = {
    "detained + -1 detained": "'detained' twice", "detained + detained": "'detained' twice",
    "detained + 0.5 stopped": "counts 'detained' twice",
    "prevented + detained + -1 stopped": "never above zero", "lethal_clashes + -1 clashes": "never above zero",
    "1e-9 detained": "factor 1e-09", "1e9 detained": "factor 1e+09", "price_mean + price_p95": "adds averages",
    "share_command + share_kin": "adds averages", "detained + weapons_found": "series that count the same",
    "attempts + successes": "counts 'successes' twice", "returned + detained": "twice",
    "clash_days + shooting_days": "counts 'clash_days' twice",
}


@pytest.mark.parametrize("text", MEANT)
def test_a_formula_that_can_be_meant_is_taken(text):
    assert formula.terms(text)


@pytest.mark.parametrize("text", NEVER)
def test_a_formula_that_cannot_be_meant_is_refused(text):
    with pytest.raises(ValueError, match="; expected ") as caught:
        formula.terms(text)
    assert NEVER[text] in str(caught.value)


@pytest.mark.parametrize("file, old", [
    (TABLE, "# series: detained"), (TAKEOVER, 'series = "share_command"'), (DOSSIER, 'series = "stopped"')])
@pytest.mark.parametrize("text", ["detained + -1 detained", "detained + stopped", "1e-9 detained"])
def test_every_file_refuses_it_with_its_line(tmp_path, file, old, text):
    case = edit(tmp_path, (file, old, f"# series: {text}" if old[0] == "#" else f'series = "{text}"'))
    assert any(NEVER.get(text, "twice") in fault and fault.startswith(f"{file}:") for fault in refused(case))


def test_a_slope_of_what_is_never_negative_has_the_bound_that_is_stated():
    generator = np.random.default_rng(5)
    for days in (2, 3, 10, 60):
        last = np.zeros((1, days))
        last[0, -1] = 7.0
        bound = formula.bounds("detained", "slope", days)[1]
        assert (np.abs(reduce(generator.exponential(size=(200, days)) ** 3, "slope")) <= bound).all()
        assert reduce(last, "slope")[0] == pytest.approx(bound, rel=1e-9) or days < 3


@pytest.mark.parametrize("operation", OPERATIONS)
def test_nothing_a_source_would_say_lies_beyond_what_may_be_stated(operation):
    for name, quantity in QUANTITIES.items():
        assert formula.beyond(name, operation, 30) > 1000 * quantity.reference
