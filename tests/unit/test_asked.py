"""The question asked is the question answered: each part in a sentence with word, number and range, then what it hangs on."""
from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest
from tests.unit.test_report import change, sample

import interlope as il
from interlope.errors import BadInput
from interlope.reporting import html, record
from interlope.reporting.answer import harms, official, question, statement
from interlope.results.study import Ask
from interlope.results.verbs import Asked
from interlope.scenario import case as cases
from interlope.scenario.description import describe_asks

TAKEOVER = {"label": "Takeover", "explanation": "takeover", "option": None, "against": None}
FORCE = {"label": "Force", "explanation": None, "option": "sustained-raids", "against": "status-quo"}
REASONS = ({"code": "effective", "text": "effective points of 'takeover' is 36.2, at least 50 needed",
            "remedy": "run with --thorough"},
           {"code": "pareto-k", "text": "Pareto k of 'rivalry' is 0.77, at most 0.7 needed", "remedy": "look at fit"})
HARMS = ("client_deaths", "diverted_deaths", "client_injuries", "client_violence", "personnel_injured", "personnel_killed",
         "group_deaths")


def weighed(chances, without=None, **changes):
    """Weighed explanations with an error of two points; `without` are probabilities of all of them without one root."""
    explanations = [{"name": n, "gloss": "", "prior": 0.5, "log_z": 0.0, "log_z_error": 0.0, "probability": p, "low": p - 0.02,
                     "high": p + 0.02, "word": "", "gates": [], "predictions": []} for n, p in chances.items()]
    roots = [{"id": "unseen-collection", "log_bayes_factor": {}, "without": without or chances}]
    ends = [("E", 0.1), ("C", chances["takeover"]), ("A", 0.4)]
    points = [{"letter": x, "probabilities": {**chances, "takeover": p}} for x, p in ends]
    curve = {"source": "secret-service", "letter": "C", "points": points}
    return {**sample().weigh.model_dump(), "explanations": explanations, "roots": roots, "curve": curve, "headline": None,
            "headline_withheld": None, "fit": [], "cannot_meet": [], "dropped": [], **changes}


def compared(chances, response=(0.004, 0.0, 0.02), without=(0.004, 0.0, 0.02)):
    """Compared options: by harm and explanation the chances of more and of fewer with raids; today is the same turned round."""
    rows = []
    for harm in HARMS:
        for name, (more, less) in {**dict.fromkeys(("rivalry", "takeover", "pooled"), (0.01, 0.0)), **chances.get(harm, {})}.items():
            for over, up, down in (("status_quo", more, less), ("today", less, more)):
                low, mean, high = sorted(factor * (up - down) for factor in (8, 10, 12))
                rows.append({"option": "sustained-raids", "explanation": name, "outcome": harm, "over": over, "mean": mean, "q05": low,
                             "q95": high, "chance_worse": up, "chance_more": up, "chance_less": down, "mc_error": 0.0})
    chances_of_response = [
        {"option": o, "explanation": "pooled", "response": "organised_response", "days": d, "operations": 9,
         **dict(zip(("chance", "low", "high"), values if d == 90 else (0.5, 0.4, 0.6)))}
        for o, values in (("sustained-raids", response), ("status-quo", without)) for d in (30, 90)]
    plain = sample().compare.model_dump()
    options = [{**plain["options"][0], "name": name} for name in ("status-quo", "sustained-raids")]
    outcomes = [{**plain["outcomes"][0], "name": h, "harm": True, "order": i, "unit": ""} for i, h in enumerate(HARMS)]
    return {**plain, "days": 365, "options": options, "outcomes": outcomes, "differences": rows,
            "escalation": {**plain["escalation"], "chances": chances_of_response}, "undominated": []}


def every(more, less):
    return dict.fromkeys(("rivalry", "takeover", "pooled"), (more, less))


CLEAR = compared({"client_deaths": every(0.0, 0.97), "client_injuries": every(0.0, 0.9),
                  "diverted_deaths": {"rivalry": (0.5, 0.3), "takeover": (0.9, 0.0), "pooled": (0.7, 0.2)},
                  "personnel_injured": {"rivalry": (0.1, 0.85), "takeover": (0.9, 0.1), "pooled": (0.5, 0.5)}})


def separated(official=(), claims=("share_command",), apart=("organisations", "share_command")):
    pair = {"pair": "rivalry/takeover", "separated_by": [*official, *apart], "official": list(official), "claims": list(claims),
            "widest": {"series": "attempts", "value": 0.0}}
    return {"draws": 1, "window": ["2030-01-01", "2030-02-01"], "separated": 1.0, "explanations": ["rivalry", "takeover"], "series": [],
            "pairs": [pair], "unofficial": [] if official else [pair["pair"]], "undivided": [] if pair["separated_by"] else [pair["pair"]]}


def made(asks=(TAKEOVER, FORCE), chances=None, **changes):
    chances = chances or {"rivalry": 0.74, "takeover": 0.26}
    return sample(**{"asks": asks, "weigh": weighed(chances), "compare": CLEAR, **changes})


def texts(found, **options):
    return [part.text for part in question.tell_first(found, **options)]


def test_a_resolved_question_is_answered_part_by_part_in_its_order():
    said = texts(made())
    assert said[0] == "Takeover: unlikely (26%, error of the calculation 24% to 28%)."
    assert said[1] == "Takeover, by trust in the contested source (secret service, letter C): 10% at E to 40% at A."
    assert said[2].startswith("Force (sustained raids against the same future without it, by shares of futures). People on the move: under "
                              "every explanation fewer deaths here (")
    assert texts(made(asks=(FORCE, TAKEOVER)))[0].startswith("Force")


def test_the_explanation_ahead_is_named_when_another_was_asked_about():
    weigh = weighed({"rivalry": 0.74, "takeover": 0.26}, headline="rivalry is likely (74%)")
    assert "Rivalry is likely (74%)." in texts(made(weigh=weigh))
    assert "Rivalry is likely (74%)." not in texts(made(asks=({**TAKEOVER, "explanation": "rivalry"},), weigh=weigh))


def test_a_headline_that_one_root_drives_is_withheld_in_the_first_sentence():
    chances = {"rivalry": 0.12, "takeover": 0.88}
    weigh = weighed(chances, {"rivalry": 0.54, "takeover": 0.46}, headline_withheld={"root": "unseen-collection", "reason": "x"})
    said = texts(made(weigh=weigh))
    assert said[0] == ("Takeover: no headline, because one root drives it: very likely (88%, error of the calculation 86% to 90%) with "
                       "unseen-collection, roughly even chance (46%) without it.")
    assert "without the root" not in said[1]


def test_one_root_that_decides_is_named_for_an_unlikely_explanation_and_for_an_unresolved_run():
    weigh = weighed({"rivalry": 0.74, "takeover": 0.26}, {"rivalry": 0.5, "takeover": 0.5})
    assert "one root drives this: unlikely (26%" in texts(made(weigh=weigh))[0]
    said = texts(made(weigh=weigh, status="not_resolved", reasons=REASONS))
    assert "one root drives it: 50% without unseen-collection" in said[1]
    bare = texts(made(asks=(), weigh=weigh, status="not_resolved", reasons=REASONS))
    assert "One root drives this: without unseen-collection rivalry has 50%." in bare


def test_a_root_without_which_too_few_points_count_is_not_named():
    weigh = weighed({"rivalry": 0.74, "takeover": 0.26}, {"rivalry": 0.1, "takeover": 0.9})
    weigh["roots"][0]["effective"] = {"rivalry": 9.0, "takeover": 9.0}
    assert "root" not in texts(made(weigh=weigh))[0]


def test_a_root_that_moves_the_number_without_turning_it_is_named_beside_the_letter():
    weigh = weighed({"rivalry": 0.74, "takeover": 0.26}, {"rivalry": 0.9, "takeover": 0.1})
    assert texts(made(weigh=weigh))[1].endswith("40% at A; 10% without the root unseen-collection.")


def test_the_long_answer_says_what_leaving_out_one_root_at_a_time_gives():
    weigh = weighed({"rivalry": 0.97, "takeover": 0.03})
    row = weigh["roots"][0]
    weigh["roots"] = [{**row, "id": f"root-{i}", "without": {"rivalry": 1 - p, "takeover": p}} for i, p in enumerate((0.03, 0.09, 0.05))]
    found = question.tell_first(made(weigh=weigh))[1]
    assert found.text.endswith(" at A. Between 3% (without root-0) and 9% (without root-1) when any one of three roots is left out.")
    assert found.short.endswith(" at A.") and "left out" not in found.short
    weigh["roots"][1]["log_bayes_factor"] = {"takeover/rivalry": {"value": 1.0, "error": 9.0}}
    assert texts(made(weigh=weigh))[1].endswith("Between 3% (without root-0) and 5% (without root-2) when any one of two roots is left out "
                                                "(for one more it is too rough to say).")
    weigh["roots"] = weigh["roots"][:1]
    assert "left out" not in texts(made(weigh=weigh))[1]


def test_an_unresolved_question_says_why_first_and_gives_no_word():
    found = made(status="not_resolved", reasons=REASONS)
    said = texts(found)
    assert said[0] == ("Not resolved: effective points of 'takeover' is 36.2, at least 50 needed, and 1 more check fails. "
                       "The numbers are for checking only, not for use.")
    assert said[1] == "Takeover: for checking only, 26% (error of the calculation 24% to 28%, perhaps too narrow)."
    assert "Force (sustained raids against the same future without it, by shares of futures, for checking only). People on" in said[3]
    rest = question.tell_rest(found)
    assert rest[0] == "Failed as well: Pareto k of 'rivalry' is 0.77, at most 0.7 needed."
    assert rest[1:3] == ["What helps: run with --thorough.", "What helps: look at fit."]


def test_without_a_weighed_claim_there_is_no_letter_to_trust():
    said = texts(made(weigh=weighed({"rivalry": 0.74, "takeover": 0.26}, curve=None)))
    assert said[1] == "Takeover: this rests on official figures alone, no claim is weighed."


def test_an_unknown_error_is_said():
    weigh = weighed({"rivalry": 0.74, "takeover": 0.26})
    weigh["explanations"][1] |= {"low": None, "high": None}
    assert texts(made(weigh=weigh))[0] == "Takeover: unlikely (26%, error not known)."


EVEN = {"rivalry": 0.48, "mimicry": 0.4, "takeover": 0.12}


def test_where_none_is_likely_it_is_said_which_are_not_what_figures_tell_and_where_to_look():
    said = texts(made(asks=(TAKEOVER,), chances=EVEN, separation=separated()))
    assert said[0] == "Takeover: very unlikely (12%, error of the calculation 10% to 14%)."
    assert said[2:] == [
        "No explanation is likely (none reaches 55%). Most probable: rivalry (48%, roughly even chance), then mimicry (40%, unlikely) and "
        "takeover (12%, very unlikely).",
        "The official figures do not decide, as far as can be told: by what is predicted in the mean, no official series separates "
        "rivalry from takeover by 1 pooled standard deviation.",
        "A count of what the explanations predict differently would tell them apart. Claims speak of share of crossings under an "
        "organisation's command (claims C01, C10 and P1). No weighed claim or figure speaks of organisations.",
    ]


def test_official_figures_that_separate_explanations_are_named():
    said = official.tell_figures(made(separation=separated(official=("detained",))))
    assert said[0] == "The official figures separate rivalry from takeover (detained)."


def test_a_pair_that_nothing_recorded_separates_is_named():
    said = official.tell_figures(made(separation=separated(apart=(), claims=())))
    assert said[-1] == "No recorded series separates rivalry from takeover."
    assert official.tell_figures(made(separation=None)) == []


def test_where_one_is_likely_the_figures_are_not_told_first():
    assert not any("official figures" in text for text in texts(made(separation=separated())))


def test_every_harm_is_said_once_as_clear_likely_open_or_still():
    said = texts(made(), about=("option",))[0]
    assert ("People on the move: under every explanation fewer deaths here (almost certain: −9.7 a year, 90% interval −12 to −7.8) and "
            "injuries (very likely: −9, −11 to −7.2)") in said
    assert " likely, the same way under every explanation, more deaths on other routes (in 70% of futures: +5, +4 to +6)" in said
    assert "Personnel: no clear direction for injuries (" in said and "no change (almost certain) in acts of violence against them." in said
    assert "no change (almost certain) in deaths. Group members: no change (almost certain) in deaths. Operations" in said
    assert said.endswith(" Operations are answered as without it (organised retaliation <1% within 90 days, on assumptions).")


def test_the_answer_on_an_option_has_a_line_for_each_of_those_it_harms():
    first = question.tell_first(made(), about=("option",))[0]
    assert [part.split(":")[0] for part in first.parts[1:]][:3] == ["People on the move", "Personnel", "Group members"]
    assert " ".join(first.parts) == first.text and first.text.count(" a year") == 1
    page = html.render(made())
    assert page.count('<span class="part">') == len(first.parts) - 1


def test_only_a_direction_that_turns_is_not_under_every_explanation():
    turning = compared({"diverted_deaths": {"rivalry": (0.3, 0.5), "takeover": (0.9, 0.0), "pooled": (0.7, 0.2)}})
    first = question.tell_first(made(compare=turning), about=("option",))[0]
    assert "on the whole, not under every explanation, more deaths on other routes (likely: +5 a year)" in first.text
    assert "Likely on the whole, not under every explanation: for people on the move more deaths on other routes." in first.short
    for row in turning["differences"]:
        row["mean"] = 2.0 if row["outcome"] == "diverted_deaths" and row["over"] == "status_quo" else row["mean"]
    steady = question.tell_first(made(compare=turning), about=("option",))[0]  # the mean rises under each, as break-even odds go by
    assert "likely, the same way under every explanation, more deaths on other routes (in 70% of futures: +2 a year" in steady.text
    assert "Likely, the same way under every explanation: for people on the move more deaths on other routes." in steady.short


def test_a_harm_without_a_clear_direction_has_its_shares_mean_and_interval():
    said = texts(made(), about=("option",))[0]
    assert "no clear direction for injuries (more in 50% of futures, fewer in 50%; mean 0, 0)" in said
    found = question.tell_first(made(compare=compared({"client_deaths": every(0.5, 0.1), "personnel_injured": every(0.31, 0.01),
                                                       "group_deaths": every(0.1, 0.5)})), about=("option",))[0]
    assert ("more or no change in deaths here (more in 50% of futures, fewer in 10%, no change in the rest; mean +4 a year, 90% interval "
            "+3.2 to +4.8)") in found.text
    assert "Group members: fewer or no change in deaths (more in 10%" in found.text
    assert "Personnel: more or no change in injuries (more in 31% of futures, fewer in 1%, no change in the rest; mean +3, " in found.text
    assert ("More or no change: for people on the move deaths here; for personnel injuries. Fewer or no change: for group members deaths. "
            "No change (almost certain): for people on the move ") in found.short


def test_deaths_in_all_are_told_first_and_as_a_sum():
    outcomes = [{**o, "order": i + 1} for i, o in enumerate(CLEAR["outcomes"])]
    whole = {**outcomes[0], "name": "deaths", "order": 0, "parts": ["client_deaths", "diverted_deaths"]}
    rows = [{**d, "outcome": "deaths", "chance_more": 0.95, "chance_less": 0.05, "mean": 7.0} for d in CLEAR["differences"]
            if d["outcome"] == "client_deaths"]
    found = made(compare={**CLEAR, "outcomes": [*outcomes, whole], "differences": [*CLEAR["differences"], *rows]})
    said = texts(found, about=("option",))[0]
    assert "People on the move: under every explanation more deaths in all (" in said
    assert said.index("deaths in all") < said.index("deaths here")
    assert harms.tell_parts(found.compare.outcomes) == [
        "Deaths of people on the move in all are the sum of deaths of people on the move here and deaths on other routes, future by "
        "future: those are its parts, not to be added to it."]
    assert harms.tell_parts(made().compare.outcomes) == []


def test_any_armed_attack_stands_beside_two_groups_acting_together():
    compare = made().compare
    chances = [r.model_copy(update={"response": "armed_attacks", "chance": 0.4 if r.option == "sustained-raids" else 0.5, "low": 0.3,
                                    "high": 0.6}) for r in compare.escalation.chances if r.response == "organised_response"]
    both = compare.model_copy(update={"escalation": compare.escalation.model_copy(
        update={"chances": [*(r for r in compare.escalation.chances if r.response == "organised_response"), *chances]})})
    said = texts(made(compare=both), about=("option",))[0]
    assert ("<1% after operations that begin without it). Any armed attack on personnel by then: unlikely (40%, 30% to 60%; 50% after "
            "operations that begin without it). Both rest on assumptions.") in said
    assert "(and, in brackets, of any armed attack on personnel)" in harms.tell_escalation(made(compare=both))[0]


def response(explanation, chance, low, high, option="sustained-raids", operations=9):
    return {"option": option, "explanation": explanation, "response": "organised_response", "days": 90, "operations": operations,
            "chance": chance, "low": low, "high": high}


def retaliation(*rows):
    compare = compared({})
    compare["escalation"]["chances"] = list(rows)
    return question.tell_first(made(compare=compare), about=("option",))[0]


def test_retaliation_under_the_explanation_where_it_is_most_probable_is_named():
    pooled = response("pooled", 0.04, 0.02, 0.05)
    found = retaliation(pooled, response("rivalry", 0.005, 0.0, 0.03), response("takeover", 0.11, 0.07, 0.16))
    assert "almost no chance (4%, 2% to 5%; 11%, 7% to 16% under takeover). This rests" in found.text
    assert found.short.endswith("of the first operation, on assumptions: almost no chance (4%; 11% under takeover).")
    beside = retaliation(pooled, response("rivalry", 0.005, 0.0, 0.03), response("takeover", 0.11, 0.07, 0.16),
                         response("takeover", 0.13, 0.08, 0.21, option="status-quo", operations=90))
    assert "almost no chance (4%, 2% to 5%; 11%, 7% to 16% under takeover and 13% after other operations that begin without it). This" \
        in beside.text
    whole = retaliation(pooled, response("pooled", 0.03, 0.02, 0.05, option="status-quo"), response("rivalry", 0.005, 0.0, 0.03),
                        response("takeover", 0.11, 0.07, 0.16), response("takeover", 0.13, 0.08, 0.21, option="status-quo"))
    assert ("almost no chance (4%, 2% to 5%; 3% after operations that begin without it; 11%, 7% to 16% under takeover and 13% after those)."
            in whole.text)
    least = response("rivalry", 0.03, 0.01, 0.03)
    for chance, low in ((0.009, 0.0), (0.04, 0.031), (0.11, 0.02)):  # less than twice the least, or not told apart from it
        assert "under takeover" not in retaliation(pooled, least, response("takeover", chance, low, 0.2)).text


def test_operations_without_the_option_are_called_other_ones_where_their_number_differs():
    pooled = response("pooled", 0.4, 0.3, 0.5, operations=800)
    found = retaliation(pooled, response("pooled", 0.51, 0.4, 0.6, "status-quo", operations=574))
    assert "51% after other operations that begin without it)" in found.text and "51% after others without it)" in found.short
    assert found.text.endswith(" The operations that begin without the option are not the same ones: publicised violence makes them "
                               "likelier.")
    same = retaliation(pooled, response("pooled", 0.51, 0.4, 0.6, "status-quo", operations=790))
    assert "51% after operations that begin without it)" in same.text and "the same ones" not in same.text


@pytest.mark.parametrize("changed", [{"chance": 0.41}, {"operations": 500}, {"option": "other"}])
def test_operations_answered_as_without_the_option_are_told_so_in_one_sentence(changed):
    pooled, other = response("pooled", 0.4, 0.3, 0.5), response("pooled", 0.401, 0.3, 0.5, "status-quo")
    assert retaliation(pooled, other).text.endswith(
        " Operations are answered as without it (organised retaliation 40% within 90 days, on assumptions).")
    assert " Organised retaliation, by two groups together, within 90 days" in retaliation(pooled, {**other, **changed}).text


def test_what_an_option_hangs_on_names_the_explanation_that_turns_it_and_today():
    said = texts(made(), about=("option",))[1]
    assert said == ("Force, by explanation: deaths on other routes not clear under rivalry; injured personnel more under takeover, "
                    "fewer under rivalry. Compared with today, the simulated 90 days before the decision, not adjusted for the season: "
                    "more deaths of people on the move here (+9.7 a year) and more injuries of people on the move (+9 a year).")


def test_an_option_that_nothing_turns_says_so():
    same = compared({"client_deaths": every(0.0, 0.97)})
    assert "The answer on force is the same under every explanation" in texts(made(compare=same), about=("option",))[1]
    still = compared({})
    said = texts(made(compare=still), about=("option",))
    assert "People on the move: no change (almost certain) in deaths here, deaths on other routes, injuries and acts of violence" in said[0]
    assert said[1].startswith("Force: no explanation by itself gives a clear direction")


def test_an_option_can_be_asked_against_today():
    ask = {**FORCE, "against": "today"}
    said = texts(made(asks=(ask,)), about=("option",))
    assert said[0].startswith("Force (sustained raids against today, the simulated 90 days before the decision, not adjusted for the "
                              "season, by shares of futures). People on the move: under every explanation more deaths")
    assert "without it" not in said[0]
    assert "compared with today" not in said[1]
    assert question.list_answered(made(asks=(ask,))) == []


def test_retaliation_that_could_not_be_counted_is_said():
    empty = compared({}, (None, None, None), (None, None, None))
    empty["escalation"]["chances"] = [{**c, "chance": None} for c in empty["escalation"]["chances"]]
    said = texts(made(compare={**empty, "days": 20}), about=("option",))[0]
    assert said.endswith("retaliation not counted (no operation begins 30 days before the end of the 20 compared).")
    none = {**empty, "escalation": {**empty["escalation"], "chances": []}}
    assert texts(made(compare=none), about=("option",))[0].endswith("Organised retaliation not counted.")


def test_options_that_were_not_compared_are_said_with_the_reason():
    reason = {"code": "draws", "text": "3 effective histories, 50 needed", "remedy": "run with --thorough"}
    said = texts(made(compare=None, compare_reasons=(reason,)))
    assert "Force: the options were not compared (3 effective histories, 50 needed)." in said
    other = texts(made(asks=({**FORCE, "option": "other"},)))
    assert "Force: other is not among the options compared." in other


def test_an_option_told_first_is_not_told_again():
    assert not any("ustained raids" in text for text in question.tell_rest(made()))
    assert any("Sustained raids" in text for text in question.tell_rest(made(asks=(TAKEOVER,))))


def test_a_case_without_asks_gets_every_explanation_in_one_sentence():
    said = texts(made(asks=()))
    assert said[0] == "Given the evidence: rivalry: likely (74%, between 72% and 76%) and takeover: unlikely (26%, between 24% and 28%)."
    assert "depends on how far the contested source" in said[1]
    assert len(said) == 2


@pytest.mark.parametrize("room", [1, 4, 6, 9, 30])
@pytest.mark.parametrize("status", ["ok", "not_resolved"])
def test_what_does_not_fit_before_the_tables_is_said_after_them(room, status):
    found = made(status=status, reasons=REASONS if status != "ok" else (), separation=separated(), chances=EVEN)
    every_one = question.tell_first(found)
    first, later = statement.fit(every_one, room)
    assert len(first) + len(later) == len(every_one)
    lines = sum(len(textwrap.wrap(text, statement.WIDTH)) for text in first)
    assert lines <= room or len(first) == 1


def test_the_answers_fit_in_nine_lines_even_when_nothing_is_resolved():
    long = compared({harm: every(0.01, 0.9) if i % 2 else {"rivalry": (0.5, 0.3), "takeover": (0.9, 0.0), "pooled": (0.7, 0.2)}
                     for i, harm in enumerate(HARMS)})
    first, _ = statement.fit(question.tell_first(made(compare=long, status="not_resolved", reasons=REASONS)), 9)
    assert [text.split()[0].strip(":,") for text in first][:2] == ["Not", "Takeover"]
    assert any(text.startswith("Force (") for text in first)


def test_results_without_asks_from_an_older_run_are_read(tmp_path, add_manifest):
    path = record.save(made(), tmp_path)
    add_manifest(tmp_path, made())
    assert record.load(tmp_path) == made()
    plain = json.loads(path.read_text())
    del plain["asks"]
    path.write_text(json.dumps(plain))
    add_manifest(tmp_path, made())
    assert record.load(tmp_path) == made(asks=())


def test_the_report_begins_with_the_same_sentences():
    found = change(made(compare=sample().compare, weigh=sample().weigh), "weigh", headline_withheld=None)
    (first, *_) = html.arrange(found)[0].blocks
    assert [line.text for line in first.lines] == texts(found)


def test_parts_are_listed_with_their_answer():
    one, two = question.list_asked(made())
    roots = [r.id for r in made().weigh.roots] or one.roots
    assert one == Asked(**TAKEOVER, answer=texts(made())[0], hangs_on=texts(made())[1], roots=one.roots)
    assert sorted(one.roots) == sorted(roots) and one.roots
    assert two.answer.startswith("Force (")
    assert question.list_asked(made(compare=None))[1].hangs_on is None


# [[asks]] of a case file


def ask(folder: Path, *entries: str) -> None:
    path = folder / "case.toml"
    head, _, rest = path.read_text(encoding="utf-8").partition("[[asks]]")
    rest = rest[rest.index("[time]"):] if rest else ""
    if not rest:
        head, _, rest = head.partition("[time]")
        rest = "[time]" + rest
    path.write_text(head + "".join(f"[[asks]]\n{entry}\n" for entry in entries) + rest, encoding="utf-8")


def test_shipped_cases_say_what_they_ask():
    assert [a.label for a in il.load("serbia-hungary").asks] == ["Takeover", "Force"]
    assert describe_asks(il.load("toy")) == (
        Ask(label="One organisation", explanation="takeover"),
        Ask(label="More patrols", option="joint-patrols", against="status-quo"),
    )
    assert il.load("cartels").asks == ()


def test_labels_and_comparators_have_defaults(small_case):
    ask(small_case, 'explanation = "takeover"', 'option = "joint-patrols"', 'option = "status-quo"')
    assert [tuple(a) for a in cases.load(small_case).asks] == [
        ("Takeover", "takeover", "", ""), ("Joint patrols", "", "joint-patrols", "status-quo"), ("Status quo", "", "status-quo", "today")]


@pytest.mark.parametrize(("entries", "words"), [
    (['explanation = "takover"'], ("explanation 'takover' unknown", "one of rivalry, takeover", "nearest 'takeover'")),
    (['option = "joint-patrol"'], ("option 'joint-patrol' unknown", "nearest 'joint-patrols'")),
    (['option = "joint-patrols"\nagainst = "tody"'], ("against 'tody' unknown", "one of status-quo, today", "nearest 'today'")),
    (['option = "joint-patrols"\nexplanation = "takeover"'], ("'explanation' and 'option' in one entry", "a second [[asks]]")),
    (['label = "Nothing"'], ("neither 'explanation' nor 'option'",)),
    (['explanation = "takeover"\nagainst = "today"'], ("'against' beside an explanation",)),
    (['option = "status-quo"\nagainst = "status-quo"'], ("option 'status-quo' against itself",)),
    (['explanation = "takeover"\nlabel = ""'], ("label = ''", "a text")),
    ([f'explanation = "takeover"\nlabel = "{"x" * 41}"'], ("a label of 41 characters", "at most 40")),
    (['explanation = "takeover"\nlable = "x"'], ("'lable' unknown", "nearest 'label'")),
    (['explanation = "takeover"'] * 2, ("explanation 'takeover' asked about twice",)),
    (['explanation = "takeover"', 'explanation = "rivalry"\nlabel = "takeover"'], ("label 'takeover' of two parts of the question",)),
    (['explanation = "takeover"'] * 5, ("5 tables [[asks]]", "at most 4")),
])
def test_faults_of_asks_say_where_what_and_the_nearest_name(small_case, entries, words):
    ask(small_case, *entries)
    with pytest.raises(BadInput) as caught:
        cases.load(small_case)
    said = str(caught.value)
    for word in words:
        assert word in said
    lines = (small_case / "case.toml").read_text().splitlines()
    first = next(i + 1 for i, row in enumerate(lines) if row == "[[asks]]")
    assert all(f.file.endswith("case.toml") and f.line >= first for f in caught.value.faults)


def test_a_single_table_is_refused(small_case):
    ask(small_case, 'explanation = "takeover"')
    path = small_case / "case.toml"
    path.write_text(path.read_text().replace("[[asks]]", "[asks]"))
    with pytest.raises(BadInput, match=r"tables \[\[asks\]\]"):
        cases.load(small_case)
