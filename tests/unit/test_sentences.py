"""The short answer of every shipped answer in sentences that are read once, in the words of its border."""
from __future__ import annotations

import re

import pytest

from interlope.pipeline import completed, shipped
from interlope.reporting import record
from interlope.reporting.answer import harms, question
from interlope.wording import using

LONGEST = 38  # words; about 35, and a few more where a number has its interval
NAMES = ("serbia-hungary", "channel-boats")


@pytest.fixture(scope="module", params=NAMES)
def study(request):
    return completed.complete(record.rate(record.load(shipped.find(request.param))))


def test_no_sentence_of_the_short_answer_is_long(study):
    texts = [text for s in question.tell_first(study) for text in (s.text, s.short)]
    sentences = [text for whole in texts for text in re.split(r"(?<=[.!?]) ", whole)]
    assert len(sentences) > 20
    assert not [text for text in sentences if len(text.split()) > LONGEST]


def test_every_harm_of_an_option_is_in_both_forms_of_its_answer(study):
    name = next(a.option for a in study.asks if a.option)
    answer = next(s for s in question.tell_first(study) if f"({name.replace('-', ' ')} against" in s.text)
    for text in (answer.text, answer.short):
        for harm in ("deaths in all", "deaths here", "deaths on other routes", "acts of violence against them"):
            assert text.count(harm) == 1
        assert text.count("injuries") == 2  # of people on the move and of personnel
        assert len(re.findall(r"deaths(?! (in all|here|on other))", text)) == 2  # of personnel and of groups


def test_organised_retaliation_is_by_what_the_case_calls_a_group(study):
    word = study.case.words.get("group", "group")
    with using(study.case.words):
        assert f"that two {word}s act together" in harms.tell_escalation(study)[0]
    told = [s.text for s in question.tell_first(study) if "Organised retaliation," in s.text]
    alike = [s.text for s in question.tell_first(study) if "Operations are answered as without it (" in s.text]
    assert len(told + alike) == 1 and all(f"by two {word}s together" in text for text in told)
