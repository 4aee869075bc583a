"""What the answer does not rest on is named with why; what was not compared has no probability; whose report it is is said."""
from __future__ import annotations

import math
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import interlope as il
from interlope.dossier.source import reliability
from interlope.inference import left_out
from interlope.inference.sampling.problem import Effort
from interlope.pipeline import apply, check_changes, pick_changes
from interlope.pipeline.whatif import what_if
from interlope.reporting import html, record
from interlope.reporting.answer import harms, overview, question
from interlope.reporting.answer import left_out as told
from interlope.reporting.sections.options import tabulate_harm
from interlope.reporting.words import readable
from interlope.results.robustness import OptionPair, PairedDifference, Reversals
from interlope.results.study import StudyRecord
from interlope.scenario.case import Case, find, load

SMALL = Effort(waves=(96, 96), particles=60, populations=2, limit=2, candidates=400, residuals=6)
WINDOW = "window = [2030-01-27, 2030-02-05]"


def copy_of(folder: Path, change: dict[str, tuple[str, str]]) -> Path:
    """The toy in a folder, with the first occurrence of a text replaced in each named file."""
    shutil.copytree(find("toy"), folder / "toy")
    for name, (old, new) in change.items():
        path = folder / "toy" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder / "toy"


def answered(case: Case) -> StudyRecord:
    verdict = il.weigh(il.fit(case, seed=3, effort=SMALL))
    return record.build(case, verdict.to_record(), None, status=verdict.status, reasons=verdict.reasons)


@pytest.fixture(scope="module")
def late() -> StudyRecord:
    """The toy whose chief claim speaks of days after the day of knowledge."""
    return answered(until(load("toy"), date(2030, 2, 25)))


def until(case: Case, end: date) -> Case:
    """The case with the window of its chief claim ending on another day."""
    claim = case.book.claims["T1"]
    meant = tuple(i._replace(reduction=replace(i.reduction, end=end)) for i in claim.interpretations)
    longer = replace(claim, window=(claim.window[0], end), interpretations=meant)  # type: ignore[index]
    return replace(case, book=replace(case.book, claims={**case.book.claims, "T1": longer}))


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> StudyRecord:
    """The toy with one explanation."""
    folder = copy_of(tmp_path_factory.mktemp("alone"), {})
    (folder / "hypotheses" / "rivalry.toml").unlink()
    return answered(load(folder))


def test_a_claim_that_drops_out_is_named_with_why_everywhere(late: StudyRecord):
    why = "its window ends on 2030-02-25, after 2030-02-19"
    assert [d.id for d in late.weigh.dropped] == ["T1"] and late.weigh.dropped[0].reason.startswith(why)
    assert "complete on 2030-02-06" in late.weigh.dropped[0].reason
    assert any(s.startswith("Left out of the odds: T1 (" + why) for s in question.tell(late))
    assert why in html.render(late)
    assert [r.code for r in told.list_notices(late)] == ["left-out"]
    claim = next(c for c in late.dossier.claims if c.id == "T1")
    assert not claim.likelihood and claim.why == late.weigh.dropped[0].reason
    assert late.dossier.counts.with_likelihood == 3


def test_nothing_is_left_out_of_the_toy():
    assert left_out.find(load("toy")) == {}


def test_a_statement_made_twice_counts_once_and_is_named(tmp_path):
    first = ('id = "T6"\nparaphrase = "force could be answered with violence"\nkind = "forecast"\nroot = "watch-collection"\n'
             'chain = ["relay-paper"]')
    again = ('id = "T6"\nparaphrase = "the prosecution knows of no command"\nkind = "occurrence"\nroot = "court-files"\n'
             'series = "share_command"\ncounted = "guided attempts with groups under command"\nunit = "1"\nplace = "Northland"\n'
             f'{WINDOW}\nreduce = "mean"\nthreshold = 0.3\nsaid = false\nchance_if_true = 0.6\nchance_if_false = 0.95')
    dropped = left_out.find(load(copy_of(tmp_path, {"dossier.toml": (first, again)})))
    assert dropped == {"T6": "says the same as T4 on the same root, and counts once"}


def test_what_lies_outside_the_days_has_its_reason():
    case = load("toy")
    assert left_out.find(until(case, date(2030, 2, 20)))["T1"].startswith("its window ends on 2030-02-20, after 2030-02-19")
    series = case.series["guard-detained"]
    early = replace(series.values[0], start=date(2029, 12, 30))
    moved = replace(case, series={**case.series, series.id: replace(series, values=(early, *series.values[1:]), scored_from=None)})
    name = "guard-detained:2029-12-30/2030-01-15"
    assert left_out.find(moved)[name] == "its period begins on 2029-12-30, before 2030-01-01, the first simulated day"


def test_figures_left_out_are_told_by_series():
    items = [told.DroppedEvidence(id=f"count:2030-0{m}", reason="its period ends late") for m in (1, 2)]
    assert told.tell_left_out(items) == ["Left out of the odds: 2 figures of count (its period ends late)."]
    assert told.tell_left_out([]) == []


def test_one_explanation_has_no_probability_and_no_headline(alone: StudyRecord):
    only = alone.weigh.explanations[0]
    assert (only.probability, only.prior, only.low, only.high, only.word) == (None, None, None, None, "")
    assert alone.weigh.headline is None and alone.weigh.curve is None and alone.weigh.roots == []
    said = " ".join(question.tell(alone))
    assert "no probability, for the case has one explanation" in said and "certain" not in said
    page = html.render(alone)
    assert "nothing to compare it with" in page and "almost certain" not in page
    assert [r.code for r in told.list_notices(alone)] == ["one-explanation"]


def test_one_explanation_in_python(tmp_path):
    folder = copy_of(tmp_path, {})
    (folder / "hypotheses" / "rivalry.toml").unlink()
    case = load(folder)
    fits = il.fit(case, seed=3, effort=SMALL)
    verdict = il.weigh(fits)
    assert math.isnan(verdict.models.probability["takeover"]) and "no probability" in repr(verdict)
    assert what_if(verdict) == []
    assert il.compare(case, il.draws(fits, 4, seed=3), days=3, seed=3).to_record().pairs == 4
    with pytest.raises(il.BadInput, match="one explanation"):
        check_changes(case, ["without T1"])


def test_the_report_is_of_the_source_that_the_case_names(tmp_path):
    case = load(copy_of(tmp_path, {"case.toml": ('report = "watch-service"', 'report = "court"')}))
    fits = il.fit(case, seed=3, effort=SMALL)
    stated = il.weigh(fits).to_record().curve
    assert stated is not None and (stated.source, stated.letter, stated.stated) == ("court", "B", True)
    guessed = il.weigh(replace(fits, case=replace(case, report=""))).to_record().curve
    assert guessed is not None and (guessed.source, guessed.stated) == ("watch-service", False)
    assert overview.name_source(guessed) == "the source of the root that moves the odds most (watch service, letter C)"


@pytest.mark.parametrize(("name", "words"), [
    ("wacth-service", ("no such source", "watch-service")), ("relay-paper", ("none of whose claims is weighed", "court"))])
def test_a_report_of_nobody_is_refused_with_file_and_line(tmp_path, name, words):
    folder = copy_of(tmp_path, {"case.toml": ('report = "watch-service"', f'report = "{name}"')})
    with pytest.raises(il.BadInput) as error:
        load(folder)
    assert all(word in str(error.value) for word in ("case.toml:6", *words))


def test_a_claim_can_be_left_out_by_its_id():
    case = load("toy")
    fits = il.fit(case, seed=3, effort=SMALL)
    verdict = il.weigh(fits)
    changes = {c.change: c.probabilities for c in what_if(verdict)}
    assert {"without T1", "without T4", "without watch-collection", "without court"} <= set(changes)
    assert changes["without T4"] == pytest.approx(changes["without court-files"])  # the only claim on its root
    assert changes["without T1"]["takeover"] < verdict.models.probability["takeover"]
    gone = apply(case, ["without T1"])
    assert [c.id for c in gone.book.claims.values() if c.likelihood] == ["T2", "T3", "T4"]
    with pytest.raises(il.BadInput, match="not weighed"):
        check_changes(case, ["without T5"])


def test_one_root_drives_is_said_of_unresolved_results_too(late: StudyRecord):
    case = load("toy")
    verdict = il.weigh(il.fit(case, seed=3, effort=replace(SMALL, populations=1)))
    assert verdict.status == "not_resolved" and verdict.headline is None
    if verdict.models.probability["takeover"] >= 0.55:
        assert verdict.withheld is not None and verdict.withheld[0] == "watch-collection"
    study = record.build(case, verdict.to_record(), None, status=verdict.status, reasons=verdict.reasons)
    assert "one root drives it" in " ".join(question.tell(study))


@pytest.fixture(scope="module")
def idle(tmp_path_factory) -> StudyRecord:
    """The toy whose patrols begin after the last of the ten days compared."""
    case = load(copy_of(tmp_path_factory.mktemp("idle"), {"options/joint-patrols.toml": ("ramp = 3", "from = 15\nramp = 3")}))
    fits = il.fit(case, seed=3, effort=SMALL)
    compared = il.compare(case, il.draws(fits, 6, seed=3), days=10, seed=3).to_record()
    verdict = il.weigh(fits)
    return record.build(case, verdict.to_record(), compared, status=verdict.status, reasons=verdict.reasons)


def test_an_option_that_never_acts_is_named_in_every_text(idle: StudyRecord):
    assert idle.compare is not None
    about = {o.name: (o.acts, o.idle) for o in idle.compare.options}
    why = "joint_patrols begins on day 15, after the last of the 10 days"
    assert about == {"status-quo": (True, []), "joint-patrols": (False, [why]), "safe-reception": (True, [])}
    said = question.tell(idle)
    assert any(s.startswith(f"More patrols: joint patrols does not act in the 10 days compared ({why})") for s in said)
    assert f"Joint patrols does not act in the 10 days compared ({why}): it equals the status quo." in said
    assert not any("joint patrols" in s.lower() and ("no change" in s or "clearly" in s) for s in said)
    cells = {row[0]: row[1:] for row in tabulate_harm(idle.compare).rows}
    assert all(cell is not None and not cell.acts for cell in cells["joint-patrols"])
    assert "does not act" in html.render(idle)


def test_what_an_option_does_is_said_of_every_option_in_the_report(idle: StudyRecord):
    page = html.render(idle)
    points = page[page.index("What each option would do to people"):page.index("How far to trust this")].lower()
    assert all(o.name.replace("-", " ") in points for o in idle.compare.options)  # type: ignore[union-attr]


def test_intervals_on_few_points_are_called_narrow(idle: StudyRecord):
    said = " ".join(overview.tell_narrow(idle))
    assert "90% intervals of differences between options run narrow for" in said and "about 86 times in 100" in said
    assert said in html.render(idle) or all(s in html.render(idle) for s in overview.tell_narrow(idle))
    many = [e.model_copy(update={"points": 80.0}) for e in idle.compare.explanations]  # type: ignore[union-attr]
    sure = [e.model_copy(update={"gates": []}) for e in idle.weigh.explanations]
    enough = idle.model_copy(update={"compare": idle.compare.model_copy(update={"explanations": many}),  # type: ignore[union-attr]
                                     "weigh": idle.weigh.model_copy(update={"explanations": sure})})
    assert overview.tell_narrow(enough) == []


def test_options_that_another_one_beats_are_said_plainly(idle: StudyRecord):
    compare = idle.compare.model_copy(update={"undominated": ["safe-reception"]})  # type: ignore[union-attr]
    assert harms.tell_standing(idle.model_copy(update={"compare": compare})) == [
        "For status quo there is another option that in the mean over futures brings no more of any harm to people under any explanation, "
        "and less of some: safe reception. For safe reception there is none."]


def test_an_option_that_no_difference_that_can_be_told_speaks_for_is_named(idle: StudyRecord):
    compare = idle.compare
    names = [o.name for o in compare.options if o.acts]  # type: ignore[union-attr]
    less = PairedDifference(explanation="rivalry", leader=names[0], mean=-1.0, mc_error=0.1, low=-2.0, high=-0.5)
    pair = OptionPair(option=names[0], other=names[1], outcome="client_deaths", verdict="one leads", leader=names[0], by_explanation=[less])
    judged = ("Every option does better in the mean than each other one on some harm, under some explanation: which to prefer is a "
              "judgement of values.")
    none = f" Of the differences that can be told from these draws, none speaks for {readable(names[1])}."
    unclear, other = (pair.model_copy(update={"verdict": "cannot be told", "leader": "", "by_explanation": [row]})
                      for row in (less.model_copy(update={"leader": ""}), less.model_copy(update={"leader": names[1]})))
    for pairs, more in (([pair], none), ([pair, unclear], none), ([pair, other], ""), ([unclear], "")):
        told = Reversals(level=0.9, comparisons=1, ranks=[], pairs=pairs)
        made = compare.model_copy(update={"undominated": names, "reversals": told})  # type: ignore[union-attr]
        assert harms.tell_standing(idle.model_copy(update={"compare": made})) == [judged + more]


def test_the_option_that_beats_another_is_named_beside_it(idle: StudyRecord):
    compare = idle.compare
    harm = next(o.name for o in compare.outcomes if o.harm)  # type: ignore[union-attr]
    names = [e.name for e in compare.explanations]  # type: ignore[union-attr]
    levels = [compare.levels[0].model_copy(update={"option": o, "explanation": e, "outcome": harm, "mean": mean})  # type: ignore[union-attr]
              for o, mean in (("a", 3.0), ("b", 2.0), ("c", 1.0), ("d", 1.5)) for e in names]
    options = [compare.options[0].model_copy(update={"name": o}) for o in "abcd"]  # type: ignore[union-attr]
    made = compare.model_copy(update={"options": options, "levels": levels, "undominated": ["c", "d"]})  # type: ignore[union-attr]
    assert "less of some: c or d. For c and d there is none" in harms.tell_standing(idle.model_copy(update={"compare": made}))[0]
    mixed = [row.model_copy(update={"mean": 2.5}) if row.option == "d" else row for row in levels]
    said, = harms.tell_standing(idle.model_copy(update={"compare": made.model_copy(update={"levels": mixed})}))
    assert "less of some: c or d in place of a; c in place of b. For c and d" in said
    said, = harms.tell_standing(idle.model_copy(update={"compare": made.model_copy(update={"levels": []})}))
    assert "less of some. For c and d there is none" in said  # where the means are not there, no option is named


def test_the_letter_f_is_explained_on_the_curve(late: StudyRecord):
    assert "F says that the source cannot be judged. It is no step below E" in html.render(late)
    means = {letter: reliability(letter).a / (reliability(letter).a + reliability(letter).b) for letter in "CDEF"}
    assert means["E"] < means["D"] < means["F"] < means["C"]


def test_a_list_of_what_there_is_is_not_left_empty():
    before = load("toy").at(date(2030, 1, 12))  # no claim is known
    with pytest.raises(il.BadInput, match="expected none: nothing that could be changed so is weighed"):
        check_changes(before, ["relay-paper=E"])


def test_letters_of_relays_of_weighed_claims_are_changed_too():
    case = load("toy")
    verdict = il.weigh(il.fit(case, seed=3, effort=SMALL))
    rows = what_if(verdict)
    changes = {c.change: c.probabilities for c in rows}
    assert changes["relay-paper=E"] == verdict.regrade("relay-paper", "E").probability
    assert abs(changes["relay-paper=E"]["takeover"] - changes["relay-paper=A"]["takeover"]) > 0.02
    check_changes(case, ["relay-paper=E"])
    with pytest.raises(il.BadInput, match="no claim is weighed that it makes, or passes on with its letter; expected .*relay-paper"):
        check_changes(case, ["border-guard=E"])
    study = record.build(case, verdict.to_record(), None, status=verdict.status, reasons=verdict.reasons)
    earlier = study.model_copy(update={"changes": tuple(c for c in rows if not c.change.startswith("relay"))})
    with pytest.raises(il.BadInput, match="an earlier version.*--fresh"):
        pick_changes(earlier, ["relay-paper=E"])
    assert pick_changes(study.model_copy(update={"changes": tuple(rows)}), ["relay-paper=E"])[0].change == "relay-paper=E"
