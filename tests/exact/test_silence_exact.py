"""Silence against its closed form: who would have spoken and did not moves the odds, by as much as the source is trusted."""
from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from interlope.dossier.book import Book
from interlope.dossier.claim import Claim, Interpretation
from interlope.dossier.source import LETTERS, Root, Source, weights
from interlope.inference import likelihood
from interlope.inference.likelihood import LikelihoodPlan
from interlope.quantities import Reduction

DAY = date(2030, 2, 1)
IF_TRUE, IF_FALSE = 0.8, 0.1  # chances that it speaks
EVENT = np.array([[0.9], [0.1]])  # one replicate in which it is so, one in which it is not


def plan(letter: str, slant: str = "none", distortion: float = 0.0, denial: bool = False) -> LikelihoodPlan:
    meaning = Interpretation(Reduction("share_command", "mean", DAY, DAY), 1.0, 1.0, None, 0.1)
    silence = Claim("L", "did not say: made up", "silence", DAY, True, root="r", series="share_command", window=(DAY, DAY), reduce="mean",
                    threshold=0.3, stated=not denial, chance_if_true=IF_TRUE, chance_if_false=IF_FALSE, interpretations=(meaning,),
                    distortion=distortion)
    source = Source("s", "role", "Northland", letter, "made up", DAY, "s")
    book = Book("made up", {}, {"s": source}, {"r": Root("r", "s", DAY, "made up", slant, None, 1.0)}, {"L": silence})
    return LikelihoodPlan(book, (silence,), {"L": (0,)}, (), {}, 1)


def moved(letter: str, **more) -> float:
    """By what factor silence moves the odds of the event."""
    what = plan(letter, **more)
    total = likelihood.total(what, likelihood.terms(what, EVENT))
    return float(np.exp(total[0] - total[1]))


def test_under_full_trust_the_odds_move_by_the_ratio_of_the_chances_of_silence():
    states = likelihood.terms(plan("A"), EVENT).states[:, 0]
    assert np.exp(states[0, 0] - states[1, 0]) == pytest.approx((1 - IF_TRUE) / (1 - IF_FALSE))
    assert states[0, 2] == states[1, 2]  # one who knows nothing is silent alike


@pytest.mark.parametrize("letter", LETTERS)
def test_a_letter_that_trusts_less_moves_them_less(letter):
    faithful, slanted, nothing = weights(letter)
    expected = ((faithful + slanted) * (1 - IF_TRUE) + nothing * 0.5) / ((faithful + slanted) * (1 - IF_FALSE) + nothing * 0.5)
    assert moved(letter) == pytest.approx(expected)
    assert (1 - IF_TRUE) / (1 - IF_FALSE) < moved(letter) < 1


def test_trust_falls_from_a_to_e_and_with_what_relays_lose():
    by_letter = [moved(letter) for letter in "ABCDE"]
    assert by_letter == sorted(by_letter)
    assert moved("B") < moved("B", distortion=0.4) < 1


def test_silence_of_one_who_has_an_interest_to_speak_weighs_otherwise_than_of_one_who_has_none():
    faithful, slanted, nothing = weights("C")
    toward = (faithful * (1 - IF_TRUE) + slanted * (1 - IF_TRUE) + nothing * 0.5) / (
        faithful * (1 - IF_FALSE) + slanted * (1 - IF_TRUE) + nothing * 0.5)
    against = (faithful * (1 - IF_TRUE) + slanted * (1 - IF_FALSE) + nothing * 0.5) / (
        faithful * (1 - IF_FALSE) + slanted * (1 - IF_FALSE) + nothing * 0.5)
    assert moved("C", slant="up") == pytest.approx(toward)
    assert moved("C", slant="down") == pytest.approx(against)
    assert moved("C", slant="down", denial=True) == pytest.approx(toward)


def test_silence_counts_the_data_sets_in_which_a_claim_went_unsaid():
    # the event has a chance of one half; of all who stay silent, it is so for 0.2 of 1.1: the probability that the likelihood gives
    rng = np.random.default_rng(4)
    event = rng.random(40_000) < 0.5
    spoke = rng.random(40_000) < np.where(event, IF_TRUE, IF_FALSE)
    states = np.exp(likelihood.terms(plan("A"), EVENT).states[:, 0, 0])
    assert states[0] / states.sum() == pytest.approx(event[~spoke].mean(), abs=0.012)  # five standard errors
