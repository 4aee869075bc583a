"""What is claimed, by whom, through whom; and what counting outlets would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from interlope.dossier.period import span as days_of
from interlope.reporting.answer.roots import list_roots, weighed
from interlope.reporting.attribution import name_speaker, name_speakers
from interlope.reporting.blocks import Details, Drawing, Grid, Heading, Prose, Section
from interlope.reporting.claimed import tell_stated
from interlope.reporting.counted import tell_counted
from interlope.reporting.figures.odds import figure_counting
from interlope.reporting.figures.provenance import figure_provenance
from interlope.reporting.numerals import day, plural
from interlope.reporting.tables import Column, Table, fill, table
from interlope.reporting.words import FEW, flag_name, listing, readable, tell_counts
from interlope.results.dossier import Claim, DossierResult, Flag
from interlope.results.study import StudyRecord


def build(study: StudyRecord) -> Section:
    """Build the section: counts, provenance graph, flags, every claim, every source."""
    dossier = study.dossier
    counts, count = dossier.counts, len(weighed(study))
    lead = (
        f"{tell_counts(dossier)} {plural(count, 'root')} {'has' if count == 1 else 'have'} a weighed claim or figure. A root is an "
        "observation that someone really made. A claim that is not weighed is listed with the reason why."
    )
    blocks: list[object] = [Prose(lead), Drawing(figure_provenance(dossier))]
    if study.weigh.counting.naive:
        blocks.append(Drawing(figure_counting(study.weigh.counting)))
    flagged = _flags(dossier)
    if flagged.rows:
        grid = Grid(flagged)
        blocks += [
            Heading("Flags", "What the dossier's own rules, or an analyst, found wrong or unclear."),
            Prose(f"{plural(len(flagged.rows), 'flag')}: {_tell_flags([rule for rule, *_ in flagged.rows])}."),
            grid if len(flagged.rows) <= 12 else Details("All flags by claim", (grid,)),
        ]
    blocks += [
        Heading("Roots", "What was really observed, and by whom. Each sentence of the answer names those that it rests on."),
        Grid(_roots(study)),
        Heading("Claims", "In the case's own words; the text itself stays with its owner and is not shipped."),
        Grid(_weighed(dossier)),
        Details(
            f"Claims that carry no likelihood, and why ({counts.claims - counts.with_likelihood})",
            (Grid(_unweighed(dossier)),),
        ),
        Heading("Sources", "Roles, never persons. The letter sets a prior on reliability; change it in the case file."),
        Grid(_sources(dossier)),
    ]
    return Section("claims", "What is claimed, and by whom", tuple(blocks), "Claims")


def _text(flags: Sequence[Flag]) -> str:
    return "; ".join(flag_name(f.rule) for f in flags)


def _tell_flags(rules: Sequence[str]) -> str:
    """Name flags: how often each was raised that was raised more than once, and the others by name while they are few.

    >>> _tell_flags(["loaded-label", "restatement"]), _tell_flags(["loaded-label", "restatement", "restatement"])
    ('loaded label and restatement', 'restatement (2) and loaded label')
    """
    counts = Counter(rules).most_common()
    often, once = [f"{flag_name(rule)} ({n})" for rule, n in counts if n > 1], [flag_name(rule) for rule, n in counts if n == 1]
    return listing([*often, *(once if len(once) <= FEW else [f"{len(once)} {'others' if often else 'kinds'}, each raised once"])])


def _window(claim: Claim) -> str:
    text = f"{day(claim.window[0])} to {day(claim.window[1])}" if claim.window else ""
    if claim.event:
        return f"{text}, with and without {claim.event}"
    return f"{text}, against {day(claim.baseline[0])} to {day(claim.baseline[1])}" if claim.baseline else text


def _roots(study: StudyRecord) -> Table:
    columns = (Column("id", "root"), Column("source", "source"), Column("what", "what was observed"),
               Column("completed", "complete; of a count that goes on, begun", day), Column("until", "figures fitted until", day),
               Column("claims", "claims"), Column("series", "official series"))
    known, series = {r.id: r for r in study.dossier.roots}, study.dossier.series
    rows = []
    for name in list_roots(study):
        tables = [s for s in series if (s.root or s.id) == name]
        root = known.get(name)
        source = root.source if root else tables[0].source if tables else ""
        about = (source, root.what, root.completed) if root else (source, "", None)
        rows.append((name, *about, _last_fitted(study, [s.id for s in tables]), root.claims if root else [], [s.id for s in tables]))
    return table("roots", "Roots and what hangs on them", columns, rows, layout="wide", anchor=True)


def _last_fitted(study: StudyRecord, series: Sequence[str]) -> str | None:
    """The last day that a fitted figure of these series counts; None where no figure of theirs was fitted."""
    periods = [row.id.partition(":")[2] for row in study.weigh.fit if row.kind == "series" and row.id.partition(":")[0] in series]
    return max(days_of(period)[1] for period in periods).isoformat() if periods else None


def _weighed(dossier: DossierResult) -> Table:
    speakers = name_speakers(dossier)
    columns = (
        Column("id", "claim"),
        Column("speaker", "said by"),
        Column("paraphrase", "what is said"),
        Column("root", "root"),
        Column("stated", "value or kind"),
        Column("counted", "what is counted"),
        Column("window", "window"),
        Column("flags", "flags"),
    )
    rows = [
        (
            c.id,
            name_speaker(speakers, c),
            c.paraphrase,
            c.root,
            tell_stated(c) or readable(c.kind),
            c.counted or tell_counted(c.series),
            _window(c),
            _text(c.flags),
        )
        for c in dossier.claims
        if c.likelihood
    ]
    return table("claims", "Claims that enter the comparison", columns, rows, layout="wide")


def _unweighed(dossier: DossierResult) -> Table:
    speakers = name_speakers(dossier)
    columns = (
        Column("id", "claim"),
        Column("speaker", "said by"),
        Column("paraphrase", "what is said"),
        Column("kind", "kind", readable),
        Column("root", "root"),
        Column("why", "why it carries none"),
        Column("flags", "flags"),
    )
    rows = [
        (c.id, name_speaker(speakers, c), c.paraphrase, c.kind, c.root, c.why, _text(c.flags))
        for c in dossier.claims
        if not c.likelihood
    ]
    return table("claims-without-likelihood", "Claims that do not enter the comparison", columns, rows, layout="wide")


def _flags(dossier: DossierResult) -> Table:
    columns = (
        Column("rule", "flag", flag_name),
        Column("claim", "claim"),
        Column("text", "what is wrong"),
        Column("origin", "found by"),
    )
    rows = [(f.rule, c.id, f.text, f.origin) for c in dossier.claims for f in c.flags]
    return table("flags", "Flags by claim", columns, rows)


def _sources(dossier: DossierResult) -> Table:
    columns = (
        Column("id", "source"),
        Column("role", "role"),
        Column("country", "country"),
        Column("letter", "letter"),
        Column("reason", "reason for the letter"),
        Column("published", "published", day),
    )
    return table(
        "sources",
        "Sources and the trust placed in them",
        columns,
        fill(columns, dossier.sources),
    )
