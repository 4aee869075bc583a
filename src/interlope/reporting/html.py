"""HTML: turns the study of a study into one file that opens anywhere and asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from interlope.reporting import printing, whatif
from interlope.reporting.answer.roots import anchor, weighed
from interlope.reporting.blocks import Section, tables_of
from interlope.reporting.numerals import day
from interlope.reporting.sections import claims, explanations, fit, method, options, seek, separation, short, sure
from interlope.reporting.tables import Table
from interlope.reporting.words import in_words
from interlope.results.study import StudyRecord
from interlope.text import printable

FILE, BRIEF = "report.html", "brief.html"
LISTED = 4  # roots that are listed beside a sentence; more of them are folded
TEMPLATE, STYLE = "report.html.j2", "style.css"
SCRIPTS = ("words", "weigh", "state", "curve", "panel", "tables", "page")  # read as one script, in this order


def inline(text: object) -> Markup:
    """Escape a text for the page; what stands between backticks is set as code.

    >>> inline("the case `toy` & others")
    Markup('the case <code>toy</code> &amp; others')
    """
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


@in_words
def arrange(study: StudyRecord) -> list[Section]:
    """Build every section of the report, in the order a reader needs them."""
    sections = [
        short.build(study),
        claims.build(study),
        explanations.build(study),
        sure.build(study),
        separation.build(study),
        fit.build(study),
        options.build(study),
        options.build_escalation(study),
        seek.build(study),
        method.build_assumptions(study),
        method.build_limits(study),
        method.build_replay(study),
    ]
    return [section for section in sections if section is not None]


class Form(NamedTuple):
    """What is written: the report, its annexes open and printed too, or the brief of at most two pages."""

    annexes: bool = False
    brief: bool = False


REPORT = Form()


@in_words
def render(study: StudyRecord, form: Form = REPORT) -> str:
    """Return the report as one self-contained HTML text.

    A content security policy inside the page forbids every request, and every script but the page's own, by its hash.
    """
    environment, style = make_environment(weighed(study), linked=not form.brief)
    script = "" if form.brief else read_script(environment)
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    sections = printing.arrange_brief(study) if form.brief else arrange(study)
    left_out = {} if form.annexes or form.brief else printing.list_annexes(sections)
    hidden = {id(block) for blocks in left_out.values() for block in blocks}
    page = environment.get_template(TEMPLATE).render(
        study=study,
        sections=sections,
        form=form,
        panel=None if form.brief else whatif.build(study),
        files=whatif.pack_files(list_tables(sections)),
        annexed=lambda block: id(block) in hidden,
        annexes={name: printing.name_annexes(blocks) for name, blocks in left_out.items()},
        as_of=day(study.case.as_of),
        style=style,
        script=Markup(script),
        allowed=allowed,
    )
    return printable(page, lines=True)


def read_script(environment: Environment) -> str:
    """The page's script: every file of `templates/scripts`, in strict mode and with names of its own."""
    parts = [environment.loader.get_source(environment, f"scripts/{name}.js")[0] for name in SCRIPTS]  # type: ignore[union-attr]
    return "\n".join(['"use strict";', "(() => {", *parts, "})();"])


def make_environment(roots: Sequence[str] = (), linked: bool = True) -> tuple[Environment, Markup]:
    """Make the templates' environment, and read the stylesheet that every page carries.

    `roots` are all that were weighed: where they are many, they are listed under the first sentence that rests on all of them, and not
    again.
    `linked` says whether the page has a table of roots to which their ids lead.
    """
    first, every = iter((True,)), set(roots)
    environment = Environment(
        loader=PackageLoader("interlope.reporting"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {"markup": Markup, "linked": linked, "listed": LISTED, "first_of_all": lambda: next(first, False),
                            "rests_on_all": lambda ids: LISTED < len(every) and every <= set(ids),
                            "beside_all": lambda ids: [root for root in ids if root not in every]}
    environment.filters["inline"] = inline
    environment.filters["anchor"] = anchor
    return environment, Markup(environment.loader.get_source(environment, STYLE)[0])  # type: ignore[union-attr]


def tabulate(study: StudyRecord) -> list[Table]:
    """Return every table of the report once, in reading order."""
    return list_tables(arrange(study))


def list_tables(sections: Sequence[Section]) -> list[Table]:
    """Return every table of some sections once, in reading order."""
    return list({table.name: table for section in sections for table in tables_of(section.blocks)}.values())


def write(study: StudyRecord, folder: Path, form: Form = REPORT) -> Path:
    """Write report.html (or brief.html) and tables/*.csv into a folder. Returns the page's path."""
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    for table in tabulate(study):
        (folder / "tables" / f"{table.name}.csv").write_text(table.csv(), encoding="utf-8")
    path = folder / (BRIEF if form.brief else FILE)
    path.write_text(render(study, form), encoding="utf-8")
    return path
