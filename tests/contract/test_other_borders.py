"""Other borders: what is shown of one shipped case holds no word, state, class or body of another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from interlope.pipeline import shipped
from interlope.reporting import html, record
from interlope.scenario.case import Case, load
from interlope.wording import NEUTRAL, STATED

CASES = sorted(row.name for row in shipped.list_cases())
OF_ANYONE = frozenset(("other", "nobody", "network", "one command"))  # say nothing of a border, and the model has networks and commands too
FORMS = (html.REPORT, html.Form(annexes=True), html.Form(brief=True))
SHOWN = (("check", "{}"), ("params", "{}"), ("params", "{}", "--inherited"), ("odd", "{}"), ("dossier", "{}"))


def own_words(case: Case) -> set[str]:
    """States, regions, bodies and classes that a case names, and the words that it states."""
    differing = {case.words[key] for key in STATED if case.words[key] not in ("", NEUTRAL[key])}
    stated = {word for word in differing if not any(other in word for other in differing - {word})}
    named = {*case.regions, *case.bodies, *(c.name for c in case.specification.clients)}
    return {word.casefold() for word in (case.name, *stated, *named)} - OF_ANYONE


def foreign_words(case: Case) -> dict[str, str]:
    """Words of the other cases that stand in none of this case's files, with the case that they are of."""
    own = " ".join(path.read_text(encoding="utf-8-sig") for path in map(case.folder.joinpath, case.inventory.every)).casefold()
    every = [(word, other) for other in CASES if other != case.name for word in own_words(load(other))]
    return {word: other for word, other in every if not re.search(rf"\b{re.escape(word)}", own)}


def strays(text: str, case: Case) -> list[tuple[str, str, str]]:
    """Foreign words in a text with the case that they are of and what stands around them; marks that no word was put for."""
    plain = " ".join(re.sub(r"<[^>]*>", " ", text).split())
    found = [(word, other, plain[max(m.start() - 40, 0) : m.end() + 20]) for word, other in foreign_words(case).items()
             for m in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", plain, re.IGNORECASE)]
    marks = re.finditer("|".join(rf"\{{{key}\}}" for key in NEUTRAL), plain)
    return [*found, *((m[0], "no case", plain[max(m.start() - 40, 0) : m.end() + 20]) for m in marks)]


def test_the_words_looked_for_are_those_that_belong_to_one_border():
    foreign = foreign_words(load("toy"))
    assert {"serbia", "hungary", "militant", "fence", "centres", "afghan", "frontex", "western balkans"} <= set(foreign)
    assert {"northland", "southland", "shelters"} <= set(foreign_words(load("serbia-hungary")))
    around = "stopped at the fence , {at_barrier}"
    assert strays("stopped at the <b>fence</b>, {at_barrier}", load("toy")) == [
        ("fence", "serbia-hungary", around), ("{at_barrier}", "no case", around)]
    assert strays("`fence_factor` defence", load("toy")) == []


@pytest.mark.parametrize("name", CASES)
def test_what_the_terminal_prints_of_a_case_is_of_that_case(line, name):
    case = load(name)
    for words in SHOWN:
        text = line(*(word.format(name) for word in words)).output
        assert len(text) > 100 and strays(text, case) == [], words
    explanation = next(iter(case.hypotheses))
    assert strays(line("simulate", name, explanation, "--draws", "1", "--days", "2").output, case) == []


def test_the_report_brief_and_answer_of_the_made_up_case_are_of_that_case(line, studied):
    case, study = load("toy"), record.load(studied)
    pages = {str(form): html.render(study, form) for form in FORMS}
    pages |= {path.name: path.read_text(encoding="utf-8") for path in Path(studied, "tables").glob("*.csv")}
    pages |= {" ".join(more): line("study", "toy", "--pairs", "20", *more).output for more in ((), ("--json",))}
    assert len(pages) > 20 and "Northland" in pages[str(html.REPORT)]
    assert {name: found for name, text in pages.items() if (found := strays(text, case))} == {}


@pytest.mark.parametrize("name", [name for name in CASES if shipped.find(name) is not None])
def test_a_shipped_answer_is_of_its_case(name):
    case, study = load(name), record.load(shipped.find(name))
    for form in FORMS:
        assert strays(html.render(study, form), case) == [], form
