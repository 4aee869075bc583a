"""The question and the short answer."""

from __future__ import annotations

from interlope.reporting.answer import tell_error, tell_escalation, tell_options, tell_reasons
from interlope.reporting.asked import said_of, tell_first, tell_rest
from interlope.reporting.blocks import Callout, Grid, Heading, Points, Section
from interlope.reporting.material import Material
from interlope.reporting.numerals import day, estimate
from interlope.reporting.sections.options import tell_harm
from interlope.reporting.tables import Column, table
from interlope.reporting.words import likelihood


def build(material: Material) -> Section:
    """Build the section: each part of the question answered, the odds, what the options do, and how far to trust it."""
    weigh = material.weigh
    tone = "warn" if material.status == "not_resolved" or weigh.get("headline_withheld") else "plain"
    plain = "The answer in short" if material.asks else "What the evidence says"
    title = "Not resolved" if material.status == "not_resolved" else plain
    if material.status != "not_resolved" and weigh.get("headline_withheld"):
        title = "No headline: one root drives the answer"
    columns = (
        Column("name", "explanation"),
        Column("gloss", "what it says"),
        Column("words", "probability words"),
        Column("probability", "probability", estimate, True),
        Column("range", "error of the calculation"),
        Column("prior", "prior", estimate, True),
    )
    rows = [
        (
            e["name"],
            e.get("gloss", ""),
            "not resolved" if material.status == "not_resolved" else likelihood(e["probability"]),
            e["probability"],
            f"{estimate(e.get('low'))} to {estimate(e.get('high'))}" if e.get("low") is not None else "",
            e["prior"],
        )
        for e in sorted(weigh["explanations"], key=lambda e: -e["probability"])
    ]
    caption = "The explanations, most probable first"
    if material.status == "not_resolved":
        caption += " (not resolved: for checking, not for use)"
    blocks: list[object] = [
        Callout(title, tuple(said.text for said in tell_first(material)), tone),
        Grid(table("answer", caption, columns, rows)),
        Points(tuple(tell_rest(material, ("explanation",)))),
        Heading("What each option would do to people"),
    ]
    if material.compare is None:
        blocks.append(Points(tuple(tell_options(material, said_of(material)))))
    else:
        blocks += [
            *([Callout("On weights that failed their checks", tuple(tell_reasons(material.compare_reasons)), "warn")]
              if material.compare_reasons else []),
            Points(tuple(tell_options(material, said_of(material)) + tell_escalation(material))),
            Grid(tell_harm(material)),
        ]
    blocks.append(
        Callout(
            "How far to trust this",
            (
                tell_error(material),
                f"Evidence published after {day(material.case['as_of'])} was not used to weigh the explanations.",
                "These are conditional scenarios from a simulated market, not forecasts of persons or places. Words "
                "for "
                "probabilities follow Intelligence Community Directive 203.",
            ),
        )
    )
    return Section("answer", "The question and the short answer", tuple(blocks), "Answer")
