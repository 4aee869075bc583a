"""Assumptions, simplifications, intended use and limits, and how to make the report again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from interlope.reporting.blocks import Callout, Code, Details, Facts, Grid, Heading, Points, Prose, Section
from interlope.reporting.numerals import plural, signed
from interlope.reporting.tables import Column, Table, fill, plain, table
from interlope.reporting.words import readable
from interlope.results.study import ParameterAbout, StudyRecord

USE = (
    "To weigh a contested report against official figures and rival explanations, and to compare policy options under every explanation "
    "still standing.",
    "By analysts who can read the assumptions of this report and change them in the case's plain files.",
)
LIMITS = (
    "Conditional scenarios, not forecasts of persons, groups or places.",
    "Not for assessing, profiling or prosecuting anyone: sources are roles, sectors are abstract and map to no place.",
    "Nationality drives nothing that is simulated: people are counted by class and groups by origin after the fact, and no clash, "
    "attack, injury, price or operation depends on it.",
    "A probability is about these explanations only; one that nobody wrote down has none. If all are wrong, the odds "
    "between "
    "them still add up to one.",
    "The intervals hold the error of the calculation and the doubt about parameters and chance, not the doubt about the "
    "model's "
    "rules. Where the model fails to fit is listed first in the section on fit.",
    "How well an explanation does by itself is judged with figures that the fit has seen, which is lenient; what other priors would do is "
    "told one prior at a time, the monthly ups and downs of arrivals left as they are; what evidence is worth, for the choice between "
    "explanations alone, not for doubt about parameters.",
    "A state that backs a group gives it money and asks for less tribute, nothing else; what groups that govern do to residents is not in "
    "the model. Analysts differ in letters, prior odds and the coding of claims, not in priors of parameters.",
    "Smuggling is not trafficking; the words used here are neutral on purpose.",
)


def build_assumptions(study: StudyRecord) -> Section:
    """Build the list of every parameter with unit, prior and source, the assumptions first, and what was left out."""
    rows = list(study.parameters)
    assumed = [r for r in rows if r.source == "assumption"]
    blocks: list[object] = [
        Prose(
            f"{plural(len(rows), 'number')} enter the model; {len(assumed)} of them rest on nothing but an assumption "
            "and are "
            "marked so. Sources are keys of the bibliography or of the dossier."
        ),
        *(
            [
                Details(
                    f"The {len(assumed)} numbers that are assumptions",
                    (Grid(_parameters("assumptions", "Numbers that are assumptions", assumed)),),
                )
            ]
            if assumed
            else []
        ),
        Details(f"All {len(rows)} numbers", (Grid(_parameters("parameters", "Every number of the model", rows)),)),
        Heading(
            "What the evidence taught",
            "Parameters that moved from their prior. Moved is the shift of the mean in prior standard deviations.",
        ),
        Grid(_moved(study)),
    ]
    if study.simplifications:
        columns = (Column("where", "part of the model"), Column("text", "what was simplified"))
        blocks += [
            Heading("Simplifications"),
            Grid(
                table(
                    "simplifications",
                    "What the model leaves out or does more simply than designed",
                    columns,
                    [(s.where, s.text) for s in study.simplifications],
                )
            ),
        ]
    return Section("assumptions", "Assumptions and sources", tuple(blocks), "Assumptions")


def _setting(name: str, value: Any) -> str:
    """Write one setting; a group of them in brackets."""
    if isinstance(value, dict):
        return f"{readable(name)} ({'; '.join(_setting(k, v) for k, v in value.items())})"
    return f"{readable(name)} {plain(value)}"


def _parameters(name: str, caption: str, rows: Sequence[ParameterAbout]) -> Table:
    columns = (
        Column("name", "parameter"),
        Column("explanation", "explanation"),
        Column("prior", "prior or value"),
        Column("unit", "unit"),
        Column("source", "source"),
        Column("meaning", "meaning"),
    )
    return table(name, caption, columns, fill(columns, rows))


def _moved(study: StudyRecord) -> Table:
    columns = (
        Column("explanation", "explanation"),
        Column("name", "parameter"),
        Column("unit", "unit"),
        Column("q05", "5%", numeric=True),
        Column("q50", "50%", numeric=True),
        Column("q95", "95%", numeric=True),
        Column("moved", "moved", signed, True),
    )
    rows = sorted(study.weigh.parameters, key=lambda r: -abs(r.moved or 0.0))
    return table(
        "posterior",
        "Parameters given the evidence, the fifteen most moved",
        columns,
        fill(columns, rows[:15]),
    )


def build_limits(study: StudyRecord) -> Section:
    """Build intended use and limits: they stand in every report."""
    blocks = (Heading("Intended use"), Points(USE), Heading("Limits"), Points(LIMITS))
    return Section("limits", "Intended use and limits", blocks, "Limits")


def build_replay(study: StudyRecord, beside: str = "beside this file") -> Section:
    """Build what is needed to make the same report again, byte for byte where the numbers are concerned."""
    settings = "; ".join(_setting(k, v) for k, v in sorted(study.settings.items()) if v not in (None, ""))
    facts = (
        ("run", study.run_id),
        ("case digest", study.case.sha256[:16]),
        ("model digest", study.model_digest[:16]),
        ("seed", str(study.seed)),
        ("settings", settings or "defaults"),
        ("version", study.version),
        ("mode", study.mode),
    )
    blocks = (
        Prose(
            "The same case files, model, seed and settings give the same numbers, bit for bit. The run's name is made "
            f"from their digests; manifest.json {beside} lists every input and output with its sha256."
        ),
        Code(study.command),
        Facts(facts),
        Callout(
            "If a number differs",
            (
                "Compare the digests above with those of your installation first. A change that is "
                "meant to alter results is listed in the changelog.",
            ),
        ),
    )
    return Section("replay", "How to make this report again", blocks, "Replay")
