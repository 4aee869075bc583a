"""Wording: texts name words that exist, a case's own come out, and what a case may state is held to a line of plain text."""

from __future__ import annotations

import re

import pytest
from edited_toy import edit, refused

import interlope as il
from interlope.levers.catalogue import levers
from interlope.model.belonging import PLACE
from interlope.model.params import CONTROLS
from interlope.model.state import STATE
from interlope.model.step import PARAMS
from interlope.policy.escalation import ASSUMPTIONS
from interlope.policy.grounds import GROUNDS
from interlope.policy.outcome import OUTCOMES
from interlope.policy.search.run import NOTES
from interlope.policy.sensitivity.measured import DRIVEN
from interlope.quantities import QUANTITIES
from interlope.reporting import words
from interlope.reporting.answer import people
from interlope.scenario.description import describe_case, list_parameters
from interlope.scenario.wording import list_gaps
from interlope.wording import FOLLOWING, NEUTRAL, STATED, derive, fill, using

TEXTS = (
    *(q.definition for q in QUANTITIES.values()), *(p.meaning for p in PARAMS), *(c.meaning for c in (*CONTROLS, *STATE)),
    *(o.meaning for o in (*OUTCOMES, *DRIVEN)), *PLACE.values(), *ASSUMPTIONS, *NOTES, *(g.figures for g in GROUNDS.values()),
    *words.OUTCOMES.values(), *words.RECORDED.values(), *(part for pair in people.WHOM.values() for part in pair),
    *(text for lever in levers().values() for text in (lever.meaning, *lever.side_effects, *(n.meaning for n in lever.numbers))),
)


def test_every_text_names_words_that_exist():
    marks = {mark for text in TEXTS for mark in re.findall(r"\{(.*?)\}", text)}
    assert marks <= {*NEUTRAL, *FOLLOWING} and len(marks) > 12
    assert all("{" not in fill(text, NEUTRAL) for text in TEXTS)


def test_a_group_of_several_words_is_followed_by_its_members_and_not_they_by_it():
    """Words of an older result, which state the group alone, do as well."""
    several = {"group": "network of guides", "groups": "networks of guides"}
    for case, text in ((NEUTRAL, "deaths of group members"), ({**NEUTRAL, "group": "gang", "groups": "gangs"}, "deaths of gang members"),
                       (derive(several), "deaths of members of networks of guides")):
        with using(case):
            assert words.label("group_deaths") == text


def test_what_levers_also_do_is_told_in_the_words_of_the_case():
    texts = [text for lever in levers().values() for text in lever.side_effects]
    texts += [channel.through for lever in levers().values() if lever.harm_side for channel in lever.harm_side.channels]
    assert not [text for text in texts if re.search(r"(?<![\w{])groups?(?![\w}])", text)]


def test_neutral_words_are_of_no_one_border():
    plain = " ".join(fill(text, NEUTRAL) for text in TEXTS).casefold()
    assert [w for w in ("militant", "fence", "centres", "serbia", "hungar", "balkan", "taliban", "northern", "2016") if w in plain] == []


@pytest.mark.parametrize(("stated", "word", "text"), [
    ({}, "shown_name", "an organisation's name"),
    ({"adjective": "militant"}, "organisations", "militant organisations"),
    ({"adjective": "armed"}, "shown_name", "an armed name"),
    ({"adjective": "criminal", "organisation": "syndicate"}, "organisations", "syndicates"),
    ({"organisation": "armed band"}, "an_organisation", "an armed band"),
    ({"barrier": "fence"}, "at_barrier", "at the fence"),
    ({"barrier": "sea", "at_barrier": "at sea"}, "at_barrier", "at sea"),
    ({"group": "gang"}, "groups", "gangs"),
    ({"group": "society", "groups": "societies"}, "groups", "societies"),
])
def test_words_that_are_not_stated_follow_by_a_rule(stated, word, text):
    assert derive(stated)[word] == text


def test_states_are_two_by_name_one_on_either_side_or_nameless():
    two = derive({}, {"transit": "Northland", "destination": "Southland"})
    one = derive({}, {"destination": "Southland"})
    assert (two["transit"], two["of_states"]) == ("Northland", "of both states")
    assert (one["transit"], one["of_states"]) == ("Southland on the transit side", "of the state")
    assert (NEUTRAL["destination"], NEUTRAL["of_states"]) == ("the destination state", "of both states")


def test_a_case_speaks_in_its_own_words(tmp_path):
    stated = 'barrier = "sea"\nat_barrier = "at sea"\nadjective = "criminal"'
    case = il.load(edit(tmp_path, ("case.toml", 'barrier = "border line"', stated)))
    rows = {p.name: p for p in list_parameters(case)}
    assert rows["crossings_prevented"].meaning == "chance of being stopped at sea, at reference"
    assert rows["radicalisation_contact"].meaning == "rise with ties to a criminal organisation; kept wide"
    runs = il.simulate(case, "takeover", 2, seed=7, days=2)
    assert runs["prevented"].attrs["definition"] == "stopped at sea"
    assert runs["restraint_transit"].attrs["definition"] == "fear of escalation of Northland, 0 to 1"
    about = describe_case(case).words
    assert about["command"] == "criminal command" and "personnel" not in about
    with using(about):
        assert words.label("share_command") == "share of crossings under criminal command"
    assert words.label("share_command") == "share of crossings under an organisation's command"


@pytest.mark.parametrize(("line", "fault"), [
    ('fence = "wall"', "'fence' unknown; expected one of adjective, at_barrier, barrier"),
    ('group = ""', "group = ''; expected a text"),
    ("group = 5", "group = 5; expected a text"),
    (f'group = "{"a" * 61}"', "group of 61 letters; expected at most 60 letters of one line, without braces"),
    ('group = "ga\\u001b[31mng"', "group = a text with the control character \\x1b"),
    ('group = "a\\nb"', "group of signs that steer or hide"),
    ('group = "ga\\u202eng"', "group = a text with the control character \\u202e"),
    ('group = "{barrier}"', "group of braces"),
    ('group = "call +44 7700 900123"', "+44 7700 900123"),
    ('region = "the hills of Zarqoth"', "Zarqoth"),
    ('group = "Northern gang"', "group = 'Northern gang', which names 'Northern'"),
    ('group = "coastal gang"', "which names 'coastal'"),  # a class of the toy
    ('people = "coastals"', "which names 'coastal'"),
    ('group = "coastal-born gang"', "which names 'coastal'"),
    ('group = "coastalborn gang"', "which names 'coastal'"),
    ('groups = "gangs of inlanders"', "which names 'inland'"),
    ('ties = "ties of coastal kin"', "which names 'coastal'"),
    ('organisation = "nobody. All is well: the"', "organisation of more than a word"),
    ('people = "guards"\npersonnel = "guards"', "people and personnel are both 'guards'"),
])
def test_a_word_is_one_line_of_plain_text_and_shown_to_the_guard(tmp_path, line, fault):
    (told,) = refused(edit(tmp_path, ("case.toml", 'barrier = "border line"', line)))
    assert fault in told and re.match(r"case\.toml:\d+: ", told)


ORIGINS = """
[[origins]]
name = "local guides"
share = 1
familiar = true
source = "assumption"
"""


@pytest.mark.parametrize("word", ["local guides", "local guide", "local-guide gang", "gang of local  guides", "localguides"])
def test_no_word_is_an_origin_of_several_words(tmp_path, word):
    case = edit(tmp_path, ("case.toml", 'barrier = "border line"', f'group = "{word}"'), ("case.toml", "", ORIGINS),
                *[("case.toml", f"familiar = {known}\norigin_share = 0.5\n", "") for known in ("true", "false")])
    (told,) = refused(case)
    assert "which names 'local guides'" in told


@pytest.mark.parametrize("word", ["network", "gang from the coast", "band of brothers", "mainland gang"])
def test_a_word_that_names_no_class_passes(tmp_path, word):
    case = edit(tmp_path, ("case.toml", 'barrier = "border line"', f'group = "{word}"'))
    assert il.load(case).words["group"] == word


def test_further_states_are_named_and_it_is_said_that_nothing_of_theirs_is_simulated(tmp_path):
    case = il.load(edit(tmp_path / "a", ("case.toml", 'destination = "Southland"\n', 'destination = "Southland"\nstates = ["Eastland"]\n')))
    assert case.states.others == ("Eastland",) and "Eastland" in case.regions
    assert list_gaps(case.states) == ["The model has two sides of one border: Eastland is named, and no restraint, police or personnel of "
                                      "theirs is simulated."]
    alone = il.load(edit(tmp_path / "b", ("case.toml", 'transit = "Northland"\n', ""),
                         ("case.toml", "places = []", 'places = ["Northland"]')))
    assert alone.states.single == "Southland" and "only state" in list_gaps(alone.states)[0]
    assert list_gaps(il.load("toy").states) == []


def test_every_word_is_among_the_fields():
    from interlope.scenario.fields import list_fields

    assert [row.key for row in list_fields() if row.table == "words"] == list(STATED)
