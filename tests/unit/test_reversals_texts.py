"""Break-even and robustness in words and tables: what is shown, what cannot be told, and answers written before they were computed."""
from __future__ import annotations

import numpy as np
import pytest
from tests.unit.test_report import sample
from tests.unit.test_reversals import comparison

from interlope.policy import result
from interlope.reporting.answer.options import answer_option
from interlope.reporting.answer.reversals import count_verdicts, tell_odds, tell_reversals
from interlope.reporting.blocks import tables_of
from interlope.reporting.sections import options, short
from interlope.results.study import Ask


def compared(means, probability, spread=0.0):
    rng = np.random.default_rng(1)
    levels = {n: {"status-quo": np.full(30, 9.0), "patrols": 9.0 + m + spread * rng.standard_normal(30)} for n, m in means.items()}
    return result.to_record(comparison(levels, probability))


@pytest.fixture
def turning():
    return compared({"rivalry": 2.0, "takeover": -6.0}, {"rivalry": 0.9, "takeover": 0.1})


def test_a_reversal_is_told_with_the_probability_that_turns_it(turning):
    sentence, = tell_reversals(turning)
    assert sentence == ("Which of status quo and patrols brings fewer deaths of people on the move here depends on the explanation. "
                        "In the mean over futures, fewer with status quo under rivalry and with patrols under takeover. With the odds as "
                        "they are, fewer with status quo. Fewer with patrols once the probability of takeover rises from 10% to 25%, the "
                        "other explanations in proportion.")
    assert tell_reversals(turning, answered=["patrols"]) == [] and tell_reversals(turning, about=["patrols", "status-quo"]) == [sentence]


def test_what_is_not_shown_cannot_be_told():
    unclear = compared({"rivalry": 1.0, "takeover": -1.0}, {"rivalry": 0.5, "takeover": 0.5}, spread=5.0)
    said, = tell_reversals(unclear)
    assert said.startswith("On no harm can it be told from these draws which of any two options brings less. That the order turns is shown "
                           "in none; nearest to it, and not shown: fewer deaths of people on the move here with")
    assert said.endswith("(90% interval without bounds; now 1 : 1).") and said.count(". ") == 1
    clear = compared({"rivalry": 2.0, "takeover": 3.0}, {"rivalry": 0.5, "takeover": 0.5})
    assert tell_reversals(clear, ["status-quo", "patrols"]) == [
        "In the mean over futures, under every explanation, fewer deaths of people on the move here with status quo. For the other harms "
        "no order is shown under every explanation at once, which asks more than a likely direction."]


def test_the_report_has_the_tables_and_the_short_answer_the_words(turning):
    study = sample().model_copy(update={"compare": turning})
    names = {t.name: t for t in tables_of(options.build(study).blocks)}
    assert {"option-break-even", "ranks", "option-pairs", "satisficing", "worst-futures"} <= set(names)
    row = names["option-break-even"].rows[0]
    assert row[2:4] == ("rivalry", pytest.approx(0.75)) and names["option-break-even"].csv().count("client_deaths") == 2
    told = [getattr(item, "text", item) for block in short.build(study).blocks for item in getattr(block, "items", ())]
    assert any(text.endswith("with status quo than with patrols where the odds of rivalry against takeover, taken alone, are above 3 : 1 "
                             "(90% interval 3 : 1 to 3 : 1; now 9 : 1).") for text in told)
    odds = names["option-odds"]
    assert odds.rows[0][1:] == ("status-quo", "rivalry", "takeover", pytest.approx(3.0), pytest.approx(3.0), pytest.approx(3.0),
                                pytest.approx(9.0), "patrols", True) and odds.csv().count("client_deaths") == 1


def test_the_short_answer_has_two_sentences_on_what_turns():
    rng = np.random.default_rng(1)
    by = {"status-quo": (0.0, 0.0), "patrols": (2.0, -6.0), "courts": (4.0, -3.0)}
    levels = {n: {o: np.full(30, 20.0 + means[i]) for o, means in by.items()} for i, n in enumerate(("rivalry", "takeover"))}
    for n in levels:
        levels[n]["status-quo"] = levels[n]["status-quo"] + 1e-3 * rng.standard_normal(30)
    made = result.to_record(comparison(levels, {"rivalry": 0.9, "takeover": 0.1}))
    said, = tell_odds(made)
    count = len(made.reversals.pairs)
    assert said.startswith(f"In 2 of {count} comparisons of two options on one harm the order turns with the explanation: fewer deaths of "
                           "people on the move here with status quo than with patrols where the odds of rivalry against takeover, taken "
                           "alone, are above 3 : 1 (90% interval 3 : 1 to 3 : 1; now 9 : 1). Fewer ") and "are above 1 : 1.3 (" in said
    assert said.count(". ") == 1 and said.endswith("now 9 : 1).")
    assert tell_odds(made, answered=["patrols", "courts"])[0].startswith("Of ") and len(tell_reversals(made)) == 2


def test_odds_are_read_off_answers_of_earlier_versions(turning):
    older = turning.model_dump(mode="json")
    del older["reversals"]["by_harm"]
    read = type(turning).model_validate(older)
    assert tell_odds(read) == tell_odds(turning) and read.reversals.by_harm is False
    assert "intervals that hold together" in count_verdicts(read.reversals)
    assert "intervals of each harm that hold together" in count_verdicts(turning.reversals)


def test_options_that_cannot_be_told_apart_share_a_range_of_ranks():
    def ranks(study_compare) -> dict[str, list]:
        tables = {t.name: t for t in tables_of(options.build(sample().model_copy(update={"compare": study_compare})).blocks)}
        return {row[1]: list(row[2:]) for row in tables["ranks"].rows if row[0] == "client_deaths"}

    clear = compared({"rivalry": 2.0, "takeover": 3.0}, {"rivalry": 0.5, "takeover": 0.5})
    assert ranks(clear) == {"status-quo": ["1", "1"], "patrols": ["2", "2"]}
    unclear = compared({"rivalry": 0.1, "takeover": 0.2}, {"rivalry": 0.5, "takeover": 0.5}, spread=5.0)
    assert ranks(unclear)["patrols"] == ["1 to 2", "1 to 2"]


def test_comparisons_are_counted_alike_in_the_short_answer_and_among_the_options():
    clear = compared({"rivalry": 2.0, "takeover": 3.0}, {"rivalry": 0.5, "takeover": 0.5})
    asked = Ask(label="Force", option="patrols", against="status-quo")
    counted, = short.list_reversals(sample().model_copy(update={"compare": clear, "asks": (asked,)}))
    assert counted.startswith(f"Of {len(clear.reversals.pairs)} comparisons of two options on one harm, the same option") and [counted] == (
        tell_reversals(clear))


def test_the_answer_on_an_option_ends_with_its_break_even(turning):
    asked = Ask(label="Force", option="patrols", against="status-quo")
    study = sample().model_copy(update={"compare": turning, "asks": (asked,)})
    last = answer_option(study, asked)[-1]
    assert last.text.startswith("Force, break-even: which of status quo and patrols brings fewer deaths of people") and last.rank == 3


def test_an_older_answer_without_them_is_still_a_report():
    study = sample()
    assert study.compare is not None and study.compare.reversals is None and tell_reversals(study.compare) == []
    assert {"safety", "regret-harm"} <= {t.name for t in tables_of(options.build(study).blocks)}
