"""Pages: what the explorer serves: parts of the report, written by the report's own code, and places that its script fills."""

from __future__ import annotations

import json
import re
import shlex
from functools import cache, partial
from importlib import resources
from typing import Any

from jinja2 import ChoiceLoader, PackageLoader

from interlope.explorer.live import LiveOptions
from interlope.explorer.market import REPLICATES
from interlope.explorer.opening import ExploredStudy
from interlope.levers.catalogue import levers
from interlope.levers.option import ALWAYS, ScheduledLever
from interlope.quantities import QUANTITIES
from interlope.reporting import html, whatif
from interlope.reporting.answer import harms
from interlope.reporting.answer.overview import tell_reasons
from interlope.reporting.answer.roots import weighed
from interlope.reporting.attribution import attribute
from interlope.reporting.blocks import Section
from interlope.reporting.figures.figure import legend
from interlope.reporting.numerals import day
from interlope.reporting.sections import claims, explanations, fit, method, options, seek, separation, short, sure
from interlope.reporting.words import series_label, worded
from interlope.results.explorer import LeverAbout, LeverChoice, OptionPreset, PageData, SeriesTitle
from interlope.results.study import StudyRecord
from interlope.text import printable

PAGES = ("evidence", "explanations", "market", "options", "trust", "next")
LIVE = ("evidence", "market", "options")
JUDGED = ("evidence", "explanations")  # pages on which the evidence can be changed
STRINGS, TEMPLATE = "strings.json", "page.html.j2"
BESIDE = "in the folder of the results"  # where the manifest lies, seen from a page


@cache
def read_words() -> dict[str, Any]:
    """Every text of the explorer, templates and script alike, from its one file."""
    return json.loads((resources.files("interlope.explorer") / STRINGS).read_text(encoding="utf-8"))


def list_sections(study: StudyRecord, page: str) -> list[Section]:
    """The parts of the report that a page shows."""
    builders = {
        "evidence": (claims.build,),
        "explanations": (short.build, explanations.build, separation.build),
        "market": (),
        "options": (options.build, options.build_escalation),
        "trust": (explanations.build_checks, sure.build, fit.build, method.build_assumptions, method.build_limits),
        "next": (seek.build, partial(method.build_replay, beside=BESIDE)),
    }
    return [section for build in builders[page] if (section := build(study)) is not None]


def render(explored: ExploredStudy, page: str, live: LiveOptions | None = None) -> str:
    """Write a page.

    Parameters
    ----------
    explored : ExploredStudy
        What is explored.
    page : str
        One of `PAGES`.
    live : LiveOptions or None
        The simulator of options, where there is one.

    Returns
    -------
    str
    """
    study = explored.record
    environment, _ = html.make_environment(weighed(study))
    assert environment.loader is not None
    environment.loader = ChoiceLoader([PackageLoader("interlope.explorer"), environment.loader])
    sections = list_sections(study, page)
    tables = html.list_tables(sections)
    text = environment.get_template(TEMPLATE).render(
        study=study, page=page, pages=PAGES, words=read_words(), sections=sections, as_of=day(study.case.as_of), absent=explored.absent,
        panel=whatif.build(study) if page in JUDGED else None, live=page in LIVE and (page == "evidence" or explored.case is not None),
        scripted=bool(tables) or page in JUDGED, files=whatif.pack_files(tables) if tables else "",
        nothing_annexed=lambda block: False, data=whatif.to_json(describe(explored, page, live)),
    )
    return printable(_point_at_pages(text), lines=True)


def render_missing(explored: ExploredStudy, up: str = "") -> str:
    """Write the page that an address of no page gets.

    Parameters
    ----------
    explored : ExploredStudy
        What is explored.
    up : str
        Way from the address to the folder of the pages, such as "../".

    Returns
    -------
    str
    """
    environment, _ = html.make_environment()
    assert environment.loader is not None
    environment.loader = ChoiceLoader([PackageLoader("interlope.explorer"), environment.loader])
    study = explored.record
    text = environment.get_template(TEMPLATE).render(
        study=study, page="", pages=PAGES, words=read_words(), sections=(), as_of=day(study.case.as_of), up=up,
        data=whatif.to_json(PageData(page="").model_dump(mode="json")))
    return printable(text, lines=True)


def _point_at_pages(text: str) -> str:
    """Links to a place that stands on another page go to that page: roots and claims are those of the evidence."""
    here = set(re.findall(r'\bid="([^"]+)"', text))
    return re.sub(r'href="#([^"]+)"', lambda m: m.group(0) if m.group(1) in here else f'href="evidence#{m.group(1)}"', text)


def list_cautions(study: StudyRecord) -> list[str]:
    """Why numbers of options, live ones too, are to be read with caution: as the report says it beside its comparison.

    Parameters
    ----------
    study : StudyRecord
        What is explored.

    Returns
    -------
    list of str
        Empty where nothing speaks against them.
    """
    reasons = [*(study.reasons if study.status == "not_resolved" else ()), *(study.compare_reasons if study.compare else ())]
    return [harms.UNSURE, *tell_reasons(reasons)] if reasons or study.status == "not_resolved" else []


def describe(explored: ExploredStudy, page: str, live: LiveOptions | None) -> dict[str, Any]:
    """What the script of a page begins with."""
    study, case = explored.record, explored.case
    data = PageData(page=page, explanations={name: cls for cls, name in legend(study.names)},
                    glosses={e.name: e.gloss for e in study.weigh.explanations}, fitted=explored.draws is not None)
    if case is not None and page in ("market", "options"):
        presets = [OptionPreset(name=o.name, gloss=o.gloss, levers=[_describe_lever(p) for p in o.levers])
                   for o in case.options.values() if o.levers]
        draws = ["--draws", str(REPLICATES), "--seed", str(study.seed)]
        data = data.model_copy(update={
            "levers": [LeverAbout(name=r.name, unit=r.unit, low=r.low, high=r.high, meaning=worded(r.meaning),
                                  side_effects=[worded(text) for text in r.side_effects]) for r in levers().values()],
            "options": presets, "replicates": REPLICATES, "days": case.decision.days, "cautions": list_cautions(study),
            "series": [SeriesTitle(name=q.name, title=series_label(q.name)) for q in QUANTITIES.values()],
            "commands": {name: shlex.join(["interlope", "simulate", explored.asked, name, *draws]) for name in case.hypotheses},
            "stages": live.stages if live else [], "pairs": study.compare.pairs if study.compare else 0,
            "asked": next((a.option for a in study.asks if a.option in {o.name for o in presets}), "") or "",
        })
    dossier = study.dossier.model_dump(mode="json", include={"sources", "roots", "claims", "series"}) if page == "evidence" else None
    says = attribute(study.dossier)
    for claim in dossier["claims"] if dossier else ():
        claim["paraphrase"] = says[claim["id"]]
    return {**data.model_dump(mode="json"), "dossier": dossier}


def _describe_lever(lever: ScheduledLever) -> LeverChoice:
    return LeverChoice(name=lever.lever, setting=lever.setting, start=lever.start, ramp=lever.ramp,
                       end=None if lever.end == ALWAYS else lever.end)


def read_style() -> str:
    """The report's stylesheet."""
    return str(html.make_environment()[1])


def read_script() -> str:
    """The report's script, which weighs again, sorts, filters and offers files."""
    return html.read_script(html.make_environment()[0])

