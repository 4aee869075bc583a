"""Operations on record that futures compared leave out, or that run on in them, are said with the answer on options."""
from __future__ import annotations

import pytest
from tests.unit.test_report import change, sample

import interlope as il
from interlope.pipeline.completed import complete
from interlope.reporting import html
from interlope.reporting.answer import question
from interlope.reporting.answer.operations import tell_operations
from interlope.results.study import Ask, OperationAbout
from interlope.scenario.description import describe_case, list_operations

LATE = {"start": "2030-02-01", "end": None, "source": "guard-notice", "published": "2030-02-01"}


def recorded(*operations, start="2030-01-31", days=20):
    study = change(sample(), "compare", start=start, days=days)
    return change(study, "case", operations=[OperationAbout(**{**LATE, **o}) for o in operations])


def test_an_operation_that_begins_within_the_days_compared_is_said_to_be_left_out():
    said, = tell_operations(recorded({}))
    assert said.short == ("The options start on 31 Jan 2030: the operation on record from 1 Feb 2030 (guard notice) is in none of the "
                          "futures compared, with an option or without.")
    assert said.text.startswith(said.short) and "It was not known on that day" in said.text and said.rank == 2


@pytest.mark.parametrize(("operation", "left_out"), [
    ({"start": "2030-01-31"}, True), ({"start": "2030-02-19"}, True), ({"start": "2030-02-20"}, False),
    ({"start": "2030-01-20", "end": "2030-01-22", "published": "2030-01-20"}, False),
    ({"start": "2030-01-20", "end": "2030-01-22", "published": "2030-02-05"}, True),
])
def test_left_out_is_what_was_not_known_before_the_first_day(operation, left_out):
    assert any("in none of the futures" in s.text for s in tell_operations(recorded(operation))) is left_out


def test_an_operation_without_a_known_end_runs_on():
    said, = tell_operations(recorded({"start": "2030-01-10", "published": "2030-01-10"}))
    assert said.text.startswith("The operation on record from 10 Jan 2030 (guard notice), whose end is not known, runs on into the futures")


def test_it_stands_among_the_first_sentences_where_an_option_is_asked_about_and_once_otherwise():
    study = recorded({})
    asked = study.model_copy(update={"asks": (Ask(label="Raids", option=study.compare.options[1].name, against="status-quo"),)})
    found = [s.text for s in question.tell_first(asked)]
    assert sum("in none of the futures" in text for text in found) == 1
    assert not any("in none of the futures" in text for text in question.tell_rest(asked))
    assert sum("in none of the futures" in text for text in question.tell(study.model_copy(update={"asks": ()}))) == 1
    short = html.render(study.model_copy(update={"asks": ()})).split('<section id="claims"')[0]
    assert short.count("in none of the futures") == 1


def test_results_that_name_no_operation_say_nothing():
    assert tell_operations(recorded()) == [] and tell_operations(change(sample(), "case", operations=None)) == []
    assert tell_operations(recorded({}).model_copy(update={"compare": None})) == []


def test_the_flagship_knows_of_the_operation_that_began_the_day_after_its_options():
    case = il.load("serbia-hungary")
    last = list_operations(case)[-1]
    assert case.decision.start.isoformat() == "2023-10-26" and (last.start, last.end) == ("2023-10-27", None)
    assert describe_case(case.at("2023-10-25")).operations == list_operations(case)[:-1]


def test_results_of_an_earlier_version_are_completed_from_the_same_case_alone():
    case = il.load("serbia-hungary")
    old = change(sample(), "case", name=case.name, sha256=case.sha256, as_of="2023-11-14", operations=None)
    assert complete(old).case.operations == list_operations(case)
    other = change(old, "case", sha256="0" * 64)
    assert complete(other) is other and complete(change(old, "case", name="mine")).case.operations is None
    named = change(old, "case", operations=[])
    assert complete(named) is named
