"""Analysts: the odds under each analyst's judgements, and each judgement by itself."""

from __future__ import annotations

from interlope.reporting.answer.analysts import tell_analysts
from interlope.reporting.blocks import Grid, Heading, Points
from interlope.reporting.numerals import estimate, signed
from interlope.reporting.tables import Column, Table, table
from interlope.results.study import StudyRecord

OWN = "the case's own"


def build(study: StudyRecord) -> list[object]:
    """Build the blocks on analysts; none where the case has no analysts."""
    if not study.weigh.analysts:
        return []
    about = ("Several people judged the same evidence: letters of sources, prior odds, how a claim is coded. Nothing is simulated again; "
             "the same replicates get other weights.")
    return [Heading("Where analysts disagree", about), Points(tuple(tell_analysts(study))), Grid(tabulate_odds(study)),
            Grid(tabulate_changes(study))]


def tabulate_odds(study: StudyRecord) -> Table:
    """Tabulate the probabilities under each analyst, the case's own first."""
    names = study.names
    columns = (Column("analyst", "analyst"), Column("role", "who judges"), *(Column(n, n, estimate, True) for n in names),
               Column("thin", "rough for"))
    own = {e.name: e.probability for e in study.weigh.explanations}
    rows = [(OWN, "", *(own[n] for n in names), "")]
    rows += [(a.name, a.role, *(a.probability.get(n) for n in names), ", ".join(a.thin)) for a in study.weigh.analysts]
    return table("analysts", "Probabilities of the explanations by who judges", columns, rows)


def tabulate_changes(study: StudyRecord) -> Table:
    """Tabulate every judgement that differs from the case's, by itself."""
    names = study.names
    columns = (Column("analyst", "analyst"), Column("kind", "what"), Column("name", "of"), Column("change", "otherwise"),
               Column("reason", "why"), Column("log_odds", "moves the log odds by", signed, True),
               *(Column(n, f"{n} then", estimate, True) for n in names))
    rows = [(a.name, c.kind, c.what, c.change, c.reason, c.log_odds, *(c.probability.get(n) for n in names))
            for a in study.weigh.analysts for c in a.changes]
    return table("judgements", "Each judgement by itself, everything else as the case has it", columns, rows, layout="wide")
