"""The question and the short answer."""

from __future__ import annotations

from interlope.reporting.answer.harms import tell_escalation, tell_options
from interlope.reporting.answer.overview import tell_error, tell_narrow, tell_reasons
from interlope.reporting.answer.question import cite_options, cite_rest, cite_whole, list_answered, tell_first
from interlope.reporting.answer.reversals import tell_odds
from interlope.reporting.blocks import Callout, Details, Facts, Grid, Heading, Points, Section
from interlope.reporting.numerals import day, estimate
from interlope.reporting.sections.options import tabulate_harm
from interlope.reporting.tables import Column, table
from interlope.reporting.words import likelihood, yardstick
from interlope.results.study import StudyRecord
from interlope.results.weighing import Explanation

TERMS = (
    ("root", "An observation that somebody really made. However many outlets repeat it, it counts once."),
    ("letter", "How far a source is trusted, from A (completely reliable) to E (unreliable); F, cannot be judged. Even at E a source may "
     "be right: leaving out what it said is another thing."),
    ("explanation", "A full set of rules and priors for the simulated market; probabilities are among the explanations that were written "
     "down, and none is left for others."),
    ("replicate", "One simulated path of the market with its parameters and random numbers, weighted by how well it fits the evidence."),
    ("error of the calculation", "The 90% interval that a finite number of replicates leaves. It leaves out the doubt about model, "
     "priors, letters and claims."),
    ("effective points", "How many independent replicates the weighted ones are worth; with few of them a number is rough."),
    ("Bayes factor", "How many times better one explanation predicts the evidence than another. Its logarithm is counted in nats: 1.1 is "
     "three to one, 2.3 ten to one."),
    ("the same future without it", "The same explanation, parameters and random numbers, without the option."),
    ("today", "The simulated days before the decision, not what was recorded."),
    ("confidence", "How far the analysis can be relied on, by the grounds listed under How sure; never how probable an explanation is."),
)


def build(study: StudyRecord) -> Section:
    """Build the section: each part of the question answered, the odds, what the options do, and how far to trust it."""
    weigh = study.weigh
    tone = "warn" if study.status == "not_resolved" or weigh.headline_withheld or weigh.dropped or study.alone else "plain"
    plain = "The answer in short" if study.asks else "What the evidence says"
    title = "Not resolved" if study.status == "not_resolved" else plain
    if study.alone:
        title = "No probability: one explanation, nothing to compare it with"
    elif study.status != "not_resolved" and weigh.headline_withheld:
        title = "No headline: one root drives the answer"
    columns = (
        Column("name", "explanation"),
        Column("probability", "probability", estimate, True),
        Column("words", "probability words"),
        Column("range", "error of the calculation, 90%"),
        Column("prior", "prior", estimate, True),
        Column("gloss", "what it says"),
    )
    rows = [
        (
            e.name,
            e.probability,
            "not resolved" if study.status == "not_resolved" else _word(e),
            f"{estimate(e.low)} to {estimate(e.high)}" if e.low is not None else "",
            e.prior,
            e.gloss,
        )
        for e in weigh.ranked
    ]
    caption = "The one explanation" if study.alone else "The explanations, most probable first"
    if study.status == "not_resolved":
        caption += " (not resolved: for checking, not for use)"
    blocks: list[object] = [
        Callout(title, tuple(tell_first(study)), tone),
        Grid(table("answer", caption, columns, rows, layout="answer")),
        Points(tuple(cite_rest(study, ("explanation",)))),
        Heading("What each option would do to people"),
    ]
    if study.compare is None:
        blocks.append(Points(tuple(tell_options(study))))
    else:
        blocks += [
            *([Callout("On weights that failed their checks", tuple(tell_reasons(study.compare_reasons)), "warn")]
              if study.compare_reasons else []),
            Points((*cite_options(study), *cite_whole(study, [*tell_escalation(study), *list_reversals(study)]))),
            Grid(tabulate_harm(study.compare)),
        ]
    blocks.append(Details("Words used here", (Facts(TERMS),)))
    blocks.append(
        Callout(
            "How far to trust this",
            (
                tell_error(study),
                *tell_narrow(study),
                f"Evidence published after {day(study.case.as_of)} was not used to weigh the explanations.",
                "These are conditional scenarios from a simulated market, not forecasts of persons or places. Words "
                f"for probabilities follow {yardstick().title}.",
            ),
        )
    )
    return Section("answer", "The question and the short answer", tuple(blocks), "Answer")


def list_reversals(study: StudyRecord) -> list[str]:
    """List where the order of options turns; where it never does, over every pair, so that it is counted as in the section on options."""
    if study.compare is None:
        return []
    turns = study.compare.reversals is not None and any(p.verdict == "reverses" for p in study.compare.reversals.pairs)
    return tell_odds(study.compare, answered=list_answered(study) if turns else ())


def _word(explanation: Explanation) -> str:
    return "not weighed" if explanation.probability is None else likelihood(explanation.probability)
