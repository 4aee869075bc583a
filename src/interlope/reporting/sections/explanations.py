"""The explanations and their odds: the curve against the source's letter first, then evidence by evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from interlope.inference.evidence.confidence import FEWEST_SETS
from interlope.recovery.scores import LEADING
from interlope.reporting.answer.calibration import tell_calibration
from interlope.reporting.answer.explanations import list_claims_left_out
from interlope.reporting.answer.left_out import ALONE
from interlope.reporting.answer.letters import tell_poorest
from interlope.reporting.answer.predictions import BORNE_OUT
from interlope.reporting.answer.variants import multiply, tell_variants
from interlope.reporting.blocks import Callout, Details, Drawing, Facts, Grid, Heading, Points, Prose, Section
from interlope.reporting.figures.odds import figure_letters, figure_probabilities, figure_without
from interlope.reporting.numerals import estimate, number, odds, signed
from interlope.reporting.recovery import tabulate_matrix, tabulate_reliability
from interlope.reporting.rough import TOO_ROUGH, is_rough
from interlope.reporting.sections import analysts
from interlope.reporting.tables import Column, Table, table
from interlope.reporting.words import listing
from interlope.results.study import StudyRecord
from interlope.results.weighing import BayesFactor, Gate, WeighResult, WhatIf

MANY = 6  # from here on the heads of the roots are set upright, so that the table fits the page


def build(study: StudyRecord) -> Section:
    """Build the section: dependence on the letter, probabilities, matrix, leave-one-out, predictions, checks."""
    weigh, names = study.weigh, study.names
    blocks: list[object] = [Facts(tuple((e.name, e.gloss) for e in weigh.explanations))]
    if weigh.curve:
        blocks += [Drawing(figure_letters(weigh.curve, names)), *(Prose(text) for text in tell_poorest(study))]
    if study.alone:
        blocks.append(Callout("Not weighed", (f"No probability is given, for {ALONE}.",), "warn"))
    else:
        blocks += [*_compare(weigh, names, list_claims_left_out(study)), *analysts.build(study), *_calibration(study)]
    if any(e.variants for e in weigh.explanations):
        blocks += [
            Heading(
                "Variants within an explanation",
                "Where an explanation may take several forms, which of them holds is drawn with its other parameters: its evidence is that "
                "of the mixture, and the odds within it follow from the same replicates.",
            ),
            Points(tuple(tell_variants(weigh))),
            Grid(_variants(weigh)),
        ]
    blocks += [
        Heading(
            "Predictions that could have failed",
            "Each explanation states something it would have to show. The number is how often its own replicates (simulated paths), "
            "weighted by the evidence, show it.",
        ),
        Grid(_predictions(weigh)),
        Heading("Checks on the calculation"),
        *([Callout("Some checks failed", (_failed(weigh),), "warn")] if _failed(weigh) else []),
        Grid(_gates(weigh)),
    ]
    lead = Prose(
        "An explanation is a full set of rules and priors for the simulated market. Odds are prior odds times how "
        "much better one explanation predicts the evidence than another."
    )
    return Section("explanations", "The explanations and their odds", (lead, *blocks), "Explanations")


def _compare(weigh: WeighResult, names: Sequence[str], claims: Sequence[tuple[str, WhatIf]]) -> list[object]:
    """Probabilities, the matrix of evidence, and what becomes of the odds without each root and each claim."""
    blocks: list[object] = [
        Drawing(figure_probabilities(weigh.explanations)),
        Heading(
            "Explanations against evidence",
            "Explanations in rows, roots of evidence in columns. A cell is the logarithm of how much better the row's "
            f"explanation accounts for that root than {names[0]} does: above zero favours the row, 1.1 is three to "
            "one, "
            "2.3 ten to one. Its Monte Carlo error is below it. Each is what leaving that root out would take away; they do not add up "
            "to the whole, as what one root tells depends on the others. Too rough to say: the 90% interval spans more than a "
            "factor of ten.",
        ),
        Grid(_matrix(weigh, names)),
        Grid(_pairs(weigh)),
    ]
    if any(r.without for r in weigh.roots):
        blocks.append(Drawing(figure_without(weigh.roots, weigh.explanations)))
    if claims:
        blocks.append(Details("Leaving out one claim at a time", (
            Prose("One claim is taken out, all else that its root says stays. A root may say several things that speak for different "
                  "explanations, so that leaving out one of them may move the odds further than leaving out the root."),
            Grid(_claims(weigh, names, claims)))))
    if thin := _thin(weigh):
        blocks.append(Callout("Re-weighting is too thin for some changes", (thin,), "warn"))
    return blocks


def _claims(weigh: WeighResult, names: Sequence[str], claims: Sequence[tuple[str, WhatIf]]) -> Table:
    """Probabilities with one claim left out, those that move the leader most first."""
    now, leader = {e.name: e.probability or 0.0 for e in weigh.explanations}, weigh.ranked[0].name
    ordered = sorted(claims, key=lambda row: -abs(row[1].probabilities[leader] - now[leader]))
    columns = (Column("claim", "claim left out"), *(Column(n, n, estimate, True) for n in names),
               Column("thin", "rough: too few points for"))
    rows: list[tuple[object, ...]] = [("none", *(now[n] for n in names), "")]
    rows += [(claim, *(change.probabilities[n] for n in names), listing(change.thin)) for claim, change in ordered]
    return table("without-one-claim", "Probabilities with one claim left out", columns, rows)


def build_checks(study: StudyRecord) -> Section | None:
    """What the report has among the explanations, by itself: checks on the calculation, and how often odds like these are right."""
    if study.alone:
        return None
    return Section("calculation", "Whether the calculation holds", (Grid(_gates(study.weigh)), *_calibration(study)), "Calculation")


def _calibration(study: StudyRecord) -> list[object]:
    """How often odds like these were right on simulated data sets, or the sentence that it was not measured."""
    title = Heading("How often odds like these are right")
    if study.recovery is None or study.recovery.data_sets < FEWEST_SETS:
        return [title, Callout("Not measured", tuple(tell_calibration(study)), "plain")]
    return [title, Points(tuple(tell_calibration(study))), Grid(tabulate_matrix(study.recovery)),
            Grid(tabulate_reliability(study.recovery, (LEADING,)))]


def factor(factors: Mapping[str, BayesFactor], first: str, second: str) -> BayesFactor | None:
    """Return the log Bayes factor of one explanation over another with its error, whichever way round it is stored."""
    if first == second:
        return BayesFactor(value=0.0, error=0.0)
    for pair, sign in ((f"{first}/{second}", 1.0), (f"{second}/{first}", -1.0)):
        stored = factors.get(pair)
        if stored is not None and stored.value is not None:
            return None if stored.error is None else BayesFactor(value=sign * stored.value, error=stored.error)
    return None


def _matrix(weigh: WeighResult, names: Sequence[str]) -> Table:
    roots = weigh.roots
    columns = (Column("explanation", "explanation"), *(Column(r.id, r.id, _factor, True) for r in roots))
    rows = [(name, *(factor(r.log_bayes_factor, name, names[0]) for r in roots)) for name in names[1:]]
    return table(
        "matrix",
        f"Log Bayes factors by root, each explanation against {names[0]}",
        columns,
        rows,
        layout="matrix roots" if len(roots) > MANY else "matrix",
        tone=_lean,
    )


def _factor(weight: BayesFactor | None) -> str:
    if weight and is_rough(weight.error):
        return TOO_ROUGH
    return f"{_two(weight.value, '+')}\n± {_two(weight.error)}" if weight else "—"


def _two(value: float | None, sign: str = "") -> str:
    """Write a logarithm with two decimals: more would say nothing."""
    return "—" if value is None else format(value, f"{sign}.2f").replace("-", "−")


def _lean(value: Any) -> str:
    """Colour a cell by which side it favours and how strongly: three to one, then ten to one."""
    if not isinstance(value, BayesFactor) or value.value is None or is_rough(value.error):
        return ""
    size = abs(value.value)
    side = "for" if value.value > 0 else "against"
    return "" if size < math.log(1.5) else f"{side}{1 + (size >= math.log(3)) + (size >= math.log(10))}"


def _pairs(weigh: WeighResult) -> Table:
    columns = (
        Column("pair", "explanations"),
        Column("log", "log Bayes factor", signed, True),
        Column("error", "error", numeric=True),
        Column("odds", "as odds"),
    )
    rows = [
        (pair.replace("/", " against "), v.value, v.error, odds(v.value))
        for pair, v in weigh.pairs.items()
    ]
    return table("pairs", "All the evidence together, pair by pair", columns, rows)


def _variants(weigh: WeighResult) -> Table:
    columns = (
        Column("explanation", "explanation"),
        Column("variant", "variant"),
        Column("gloss", "in words"),
        Column("prior", "prior", estimate, True),
        Column("probability", "within it", estimate, True),
        Column("low", "error from", estimate, True),
        Column("high", "to", estimate, True),
        Column("whole", "of all", estimate, True),
        Column("effective", "effective points"),
    )
    rows = [
        (e.name, v.name, v.gloss, v.prior, v.probability, v.low, v.high, multiply(v, e),
         f"{number(v.effective, 3)}{' (too thin)' if v.thin else ''}")
        for e in weigh.explanations
        for v in e.variants
    ]
    return table("variants", "Variants, and their probabilities within their explanation and of all", columns, rows)


def _predictions(weigh: WeighResult) -> Table:
    columns = (
        Column("explanation", "explanation"),
        Column("says", "what it predicts"),
        Column("probability", "shown by its replicates", estimate, True),
        Column("borne_out", "borne out"),
    )
    each = [(e.name, p) for e in weigh.explanations for p in e.predictions]
    each += [(f"{e.name}: {v.name}", p) for e in weigh.explanations for v in e.variants for p in v.predictions]
    rows = [
        (name, p.says, p.probability, "not computed" if p.probability is None else "yes" if p.probability >= BORNE_OUT else "no")
        for name, p in each
    ]
    return table("predictions", "Predictions of each explanation", columns, rows)


def _gates(weigh: WeighResult) -> Table:
    names = list(dict.fromkeys(g.name for e in weigh.explanations for g in e.gates))
    columns = (Column("explanation", "explanation"), *(Column(n, n, _gate, True) for n in names))
    rows = [
        (e.name, *(next((g for g in e.gates if g.name == n), None) for n in names))
        for e in weigh.explanations
    ]
    return table(
        "checks",
        "Checks on the calculation, by explanation: value, and the limit it must keep",
        columns,
        rows,
        layout="matrix",
        tone=lambda g: "worse" if isinstance(g, Gate) and not g.passed else "",
    )


def _gate(gate: Gate | None) -> str:
    if gate is None:
        return "—"
    return f"{number(gate.value, 3)}\n{'passed' if gate.passed else 'failed'}, limit {number(gate.limit, 2)}"


def _thin(weigh: WeighResult) -> str:
    """Say which changed evidence leaves too few effective points of which explanation; empty where none does."""
    changes = [(f"letter {p.letter}", p.thin) for p in (weigh.curve.points if weigh.curve else [])]
    changes += [(f"without {r.id}", r.thin) for r in weigh.roots]
    thin = [f"{change} ({', '.join(names)})" for change, names in changes if names]
    if not thin:
        return ""
    return f"So few effective points are left that these values are rough: {listing(thin)}. weigh --refit fits a change anew."


def _failed(weigh: WeighResult) -> str:
    failed = [f"{g.name} of {e.name}" for e in weigh.explanations for g in e.gates if not g.passed]
    return f"Beyond its limit: {listing(failed)}." if failed else ""
