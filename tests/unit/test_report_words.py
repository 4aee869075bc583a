"""Words of the report: what is called clear, what is called wide, and how small numbers and code are shown."""
from __future__ import annotations

import re

import pytest
from tests.unit.test_report import change, sample

from interlope.errors import Fault, group_by_cause
from interlope.pipeline.plan import Interrupted
from interlope.reporting import blocks, claimed, html, record, words
from interlope.reporting.answer import direction, harms, overview
from interlope.reporting.answer.roots import list_roots
from interlope.reporting.figures.options import figure_escalation
from interlope.reporting.sections import options, sure
from interlope.reporting.sections.harm_side import tell_unchecked
from interlope.reporting.tables import Column, table
from interlope.results.comparison import Difference, OutcomeAbout, ResponseChance
from interlope.results.dossier import SeriesAbout
from interlope.results.harm import RecordedHarm
from interlope.results.reference import LeverHarm
from interlope.results.study import ParameterAbout
from interlope.results.weighing import OutletCounting


def row(explanation, more, less, option="raids", outcome="client_deaths", over="status_quo"):
    return Difference(option=option, explanation=explanation, outcome=outcome, over=over, mean=more - less, q05=-1.0, q95=1.0,
                      chance_worse=more, chance_more=more, chance_less=less, mc_error=0.0)


@pytest.mark.parametrize(("rows", "found"), [
    ([row("pooled", 0.9, 0.1), row("a", 0.85, 0.1), row("b", 0.95, 0.0)], "more"),
    ([row("pooled", 0.9, 0.1), row("a", 0.6, 0.1), row("b", 0.95, 0.0)], ""),
    ([row("pooled", 0.1, 0.9), row("a", 0.0, 0.8)], "fewer"),
    ([], ""),
])
def test_clear_means_clear_under_every_explanation(rows, found):
    assert direction.clear_direction(rows) == found


def test_the_cell_and_the_sentence_call_the_same_things_clear():
    study = sample()
    table = options.tabulate_harm(study.compare)
    said = harms.tell_options(study)
    clear = 0
    for name, *cells in table.rows:
        here = [text for text in said if text.startswith(f"{words.readable(name).capitalize()}, compared with")]
        for column, cell in zip(table.columns[1:], cells):
            if cell and cell.clear:
                clear += 1
                assert words.label(column.key) in here[0]
    assert clear > 5


def test_a_harm_that_rises_on_the_whole_is_said_though_not_clear_everywhere():
    compare = sample().compare
    names = [e.name for e in compare.explanations]
    option = compare.options[1].name
    others = [d for d in compare.differences if d.option != option]
    for least, how in ((0.4, "on the whole, though not under every explanation,"),
                       (0.6, "the same way under every explanation, though not clear under each,")):
        rows = [row(n, more, 1 - more, option) for n, more in (("pooled", 0.9), (names[0], least), *((n, 0.95) for n in names[1:]))]
        said = " ".join(harms.tell_options(change(sample(), "compare", differences=[*others, *rows])))
        assert f"{how} more deaths of people on the move here (very likely: +0.8 a year)" in said.replace(how.capitalize(), how)


def test_today_is_called_simulated_wherever_options_are_compared_with_it():
    said = [text for text in harms.tell_options(sample()) if "today" in text]
    assert any("compared with today (the simulated 90 days before the decision, not adjusted for the season): " in text for text in said)
    assert all("than today" not in text for text in said)


def test_what_a_claim_states_is_told_in_numbers_words_or_as_a_denial():
    claim = next(c for c in sample().dossier.claims if c.likelihood).model_copy(update={"low": None, "high": None, "kind": "occurrence"})
    for changes, wanted in (({"stated": False, "threshold": 0.5}, "below 0.5"), ({"stated": True, "threshold": 2.0}, "2 or more"),
                            ({"stated": False, "reduce": "any"}, "none"), ({"stated": "most"}, "most"), ({"stated": None}, ""),
                            ({"stated": True, "threshold": 5.0, "unit": "percent"}, "5 percent or more"),
                            ({"stated": False, "kind": "attribution"}, "not more than half"),
                            ({"low": 2.0, "high": 3.0}, "2–3")):
        assert claimed.tell_stated(claim.model_copy(update={"unit": "1", "reduce": "mean", **changes})) == wanted


def test_the_odds_of_counting_outlets_are_those_of_the_leading_explanation():
    weigh = sample().weigh
    leader, *others = [e.name for e in weigh.ranked]
    own, other = f"{leader}/{others[0]}", "/".join(others[:2])
    counting = OutletCounting(naive={own: 2.0, other: 9.0}, roots={own: 1.0, other: 1.0})
    text, = overview.tell_counting(sample().model_copy(update={"weigh": weigh.model_copy(update={"counting": counting})}))
    assert f" for {leader} against {others[0]}; " in text


def test_only_a_wide_error_is_called_wide():
    def bounds(low, high):
        every = [e.model_copy(update={"low": low(e), "high": high(e)}) for e in sample().weigh.explanations]
        return change(sample(mode="quick"), "weigh", explanations=every)

    narrow = bounds(lambda e: e.probability, lambda e: min(e.probability + 0.01, 1.0))
    assert "error of the calculation is small" in overview.tell_error(narrow)
    said = overview.tell_error(bounds(lambda _: 0.1, lambda _: 0.7))
    assert "wide error" in said
    assert "from 10% to 70%" in said
    assert "--thorough" in said
    assert "could not be worked out" in overview.tell_error(bounds(lambda _: None, lambda _: None))


def test_what_is_left_of_a_sum_that_cancels_is_shown_as_zero():
    cells = table("t", "t", (Column("a", "a", numeric=True),), [(-2.8e-17,), (2.0e-6,)])
    assert [text for line in cells.cells() for _, text, _ in line] == ["0", "2.0×10⁻⁶"]
    assert cells.csv() == "a\n0.0\n2e-06\n"


def test_backticks_become_code_and_nothing_is_let_through():
    assert html.inline("`a` < `b`") == "<code>a</code> &lt; <code>b</code>"
    page = html.render(sample(simplifications=({"where": "growth", "text": "belongs to the case `cartels`"},)))
    assert "the case <code>cartels</code>" in page
    assert "`" not in page[page.index("<main"):page.index("<script>")]


def test_ticks_of_small_chances_are_all_different():
    rows = [ResponseChance(option="a", explanation="pooled", response="organised_response", days=30, chance=0.01, low=0.0, high=0.018,
                   operations=9)]
    svg = figure_escalation("organised_response", rows, ["a"], ["x"]).svg
    wide = svg[:svg.index("</svg>")]
    ticks = re.findall(r">([\d.]+%)</text>", wide)
    assert len(ticks) == len(set(ticks)) >= 3


def test_a_response_that_could_not_be_counted_is_said_and_not_drawn():
    escalation = sample().compare.escalation
    uncounted = [c.model_copy(update={"chance": None, "low": None, "high": None}) for c in escalation.chances]
    section = options.build_escalation(change(sample(), "compare", escalation=escalation.model_copy(update={"chances": uncounted})))
    assert [b.kind for b in section.blocks].count("figure") == 0
    assert sum("nothing could be counted" in getattr(b, "text", "") for b in section.blocks) == len(escalation.responses)


def test_the_table_of_harm_says_which_column_is_a_sum_and_what_is_in_no_table():
    study = sample()
    parts = {"name": "deaths", "order": -1, "harm": True, "parts": ["client_deaths", "diverted_deaths"]}
    plain = study.compare.outcomes[0].model_dump() | parts
    summed = study.compare.model_copy(update={"outcomes": [OutcomeAbout(**plain), *study.compare.outcomes]})
    caption = options.tabulate_harm(summed).caption
    assert caption.endswith("means: in all = here + on other routes, each rounded, and intervals do not add up")
    assert "each rounded" not in options.tabulate_harm(study.compare).caption
    heading = next(b for b in options.build(study).blocks if getattr(b, "text", "") == "Harm to people")
    assert heading.note.endswith("On other routes only deaths are counted; injuries and violence there, and harm done by an operation "
                                 "itself, are in no table.")
    assert options.tell_elsewhere([o for o in study.compare.outcomes if o.name != "diverted_deaths"]) == []


def test_a_harm_that_levers_move_by_assumptions_alone_and_nobody_counts_is_named():
    def harm(lever, size, *names):
        return LeverHarm(lever=lever, harms=list(names), direction="raises", control="c", through="t", source="assumption", size=size)

    numbers = [ParameterAbout.model_construct(name=name, source=source, explanation="") for name, source in (
        ("danger", "assumption"), ("leader", "lindo2018"))]
    recorded = RecordedHarm(outcome="client_deaths", series="s", source="a", definition="d", start="2022-01-01", end="2022-12-31",
                            value=1.0, since="2022-01-01", mean=1.0)
    harms = [harm("close_way", "danger", "client_deaths", "client_injuries"), harm("raids", "danger", "client_injuries"),
             harm("raids", "leader", "client_injuries"), harm("returns", "unknown", "client_injuries"), harm("x", "", "client_violence")]
    assert tell_unchecked(harms, numbers, [recorded]) == [
        "Injuries of people on the move: no count exists to check these, and every number named above by which close way can move them is "
        "an assumption."]
    assert tell_unchecked(harms, numbers, None) == []


def test_roots_are_counted_as_the_table_of_roots_lists_them():
    study = sample()
    series = [SeriesAbout.model_construct(id=name, source="guard", root=root, values=values)
              for name, root, values in (("later", "later-count", 0), ("prices", None, 4))]
    dossier = study.dossier.model_copy(update={"series": series})
    rest = len(list_roots(study.model_copy(update={"dossier": dossier}))) - dossier.counts.roots
    assert f"; {rest} more roots stand behind official series alone, 1 of them without a figure known yet." in words.tell_counts(dossier)
    assert "without a figure" not in words.tell_counts(study.dossier)


def test_a_dossier_without_claims_counts_none():
    dossier = sample().dossier
    for changed, said in (({"claims": 0, "with_likelihood": 0, "silences": 0, "roots": 0}, "No claim is known"),
                          ({"claims": 0, "with_likelihood": 0, "silences": 1, "roots": 0}, "No claim is known, and 1 silence"),
                          ({"with_likelihood": 0, "silences": 0, "roots": 0}, "claims, 0 of them weighed, rest on no root")):
        bare = dossier.model_copy(update={"counts": dossier.counts.model_copy(update=changed), "roots": [], "later": ["T1"]})
        text = words.tell_counts(bare)
        assert said in text and " more root" not in text and "0 root" not in text, text
        assert (" 1 claim (T1) was not known yet" in text) == (changed.get("claims") == 0), text


def test_many_roots_stand_upright_over_the_matrix():
    roots = [sample().weigh.roots[0].model_copy(update={"id": f"root-{i}"}) for i in range(12)]
    page = html.render(change(sample(), "weigh", roots=roots))
    assert '<table class="matrix roots">' in page
    assert '<table class="matrix roots">' not in html.render(sample())


def test_faults_of_one_cause_are_folded_and_others_stay():
    faults = [Fault("a", 1, "no date", "a date", cause="root 'x'"), Fault("a", 2, "root 'x' unknown", "y", "nearest 'y'", "root 'x'"),
              Fault("a", 3, "no date", "a date"), Fault("a", 4, "no date", "a date")]
    assert [(first.line, [f.line for f in more]) for first, more in group_by_cause(faults)] == [(2, [1]), (3, []), (4, [])]


def test_a_stopped_fit_says_how_many_replicates_are_kept():
    assert "goes on after 1,280 replicates" in str(Interrupted("calibrate", ("compile",), 1280))
    assert "begins again" in str(Interrupted("calibrate", ("compile",)))
    assert "nothing was finished" in str(Interrupted("compile", ()))


def test_a_share_has_no_unit_to_name():
    study = change(sample(), "compare", outcomes=[{**o.model_dump(), "unit": "1"} for o in sample().compare.outcomes])
    heads = [c.head for table in blocks.tables_of(options.build(study).blocks) for c in table.columns]
    assert not [head for head in heads if head.endswith(", 1")] and "change" in heads


def test_grounds_of_confidence_have_room_for_their_level():
    grid = next(t for t in blocks.tables_of(sure.build(record.rate(sample())).blocks) if t.name == "confidence")
    assert "levels" in grid.layout.split() and "table.levels" in html.make_environment()[1]


def test_what_is_recorded_has_plain_words():
    assert words.series_label("refusals") == "refused demands for money" and words.series_label("attempts") == "attempts to cross"
