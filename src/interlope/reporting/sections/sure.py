"""How sure: confidence with its grounds, how well each explanation does at all, and what other priors would do to the odds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from interlope.reporting.answer.sure import tell_adequacy, tell_before, tell_break_even, tell_level, tell_moving, tell_raising
from interlope.reporting.blocks import Callout, Details, Grid, Heading, Points, Prose, Section
from interlope.reporting.numerals import estimate, number, percent
from interlope.reporting.sections.inherited import build_inherited
from interlope.reporting.tables import Column, Table, table
from interlope.reporting.words import label, readable, yardstick
from interlope.results.adequacy import PriorPredictive
from interlope.results.comparison import CompareResult
from interlope.results.prior_sensitivity import PriorSensitivity, Scaling
from interlope.results.study import StudyRecord

SHOWN = 12  # priors in the table that is open; all of them stand below it
TONES = {"low": "worse", "high": "better"}


def build(study: StudyRecord) -> Section | None:
    """Build the section from confidence, adequacy and prior sensitivity; nothing where none of them is there."""
    blocks: list[object] = []
    if study.confidence:
        title = f"Confidence in the analysis: {tell_level(study.confidence)}"
        blocks += [Callout(title, tuple(tell_raising(study)), "warn" if study.confidence.level == "low" else "plain"),
                   Grid(_grounds(study))]
    if study.weigh.adequacy:
        blocks += [Heading("How well each explanation does at all",
                           "Odds compare the explanations with each other. If nobody wrote down the right one, the best of a poor lot "
                           "leads; here each is judged by itself."),
                   Points(tuple([*tell_adequacy(study), *tell_before(study)])), Grid(_adequacy(study)), *_trust(study)]
    if study.weigh.sensitivity:
        blocks += _sensitivity(study.weigh.sensitivity, study.names, {p.name: p.meaning for p in study.parameters})
    blocks += build_inherited(study) if blocks else []
    if study.compare and study.compare.harm_sensitivity:
        blocks += [Heading("What other priors would do to harm",
                           "Without any option, over all explanations, with the odds as they would be: what moves each harm most, "
                           "by more than four standard errors."),
                   Grid(_harms(study.compare))]
    if not blocks:
        return None
    lead = Prose("How probable an explanation is, and how far the analysis behind it can be relied on, are two things. This part is about "
                 "the second: it gives no probability of an explanation but under changed assumptions.")
    words = [] if study.alone else [Details("Words for probabilities", (Grid(_words()),))]
    return Section("sure", "How sure, and what would change it", (lead, *blocks, *words), "How sure")


def _grounds(study: StudyRecord) -> Table:
    columns = (Column("ground", "ground"), Column("level", "level"), Column("finding", "what was measured"),
               Column("change", "what would raise it"), Column("thresholds", "thresholds"), Column("why", "why these"))
    rows = [(g.name, g.level, g.finding, g.change, g.thresholds, g.why) for g in study.confidence.grounds] if study.confidence else []
    caption = "What confidence follows from; nothing else enters it"
    return table("confidence", caption, columns, rows, layout="wide levels",
                 tone=lambda v: TONES.get(v, "") if isinstance(v, str) else "")


def _adequacy(study: StudyRecord) -> Table:
    columns = (Column("explanation", "explanation"), Column("figures", "figures fitted", numeric=True),
               Column("chance", "sets of its own figures that fit it no better than the published one", percent, True),
               Column("before", "sets that it gave before the fit, no likelier than all the evidence", write_before, True),
               Column("surprises", "figures that surprise it", numeric=True), Column("expected", "so many by chance", number, True),
               Column("claims", "claims weighed", numeric=True), Column("unmet", "claims it does not meet"))
    rows = [(a.explanation, a.figures, a.chance, a.before, len(a.surprises), a.rare * a.figures, a.claims, a.unmet)
            for a in study.weigh.adequacy]
    return table("adequacy", "Each explanation by itself", columns, rows, layout="wide")


def write_before(value: PriorPredictive | None) -> str:
    """A prior predictive chance with its error, or why there is none.

    >>> write_before(PriorPredictive(chance=0.15, error=0.046, data_sets=60, effective=494.0))
    '15% ± 5%'
    """
    if value is None:
        return "not computed"
    if value.chance is None or value.error is None:
        return f"not known: {value.effective:.0f} effective replicates under the prior"
    return f"{percent(value.chance)} ± {percent(value.error)}"


def _trust(study: StudyRecord) -> list[object]:
    """What each explanation has to make of each root with claims."""
    adequacy = study.weigh.adequacy
    before = {t.root: t.before for t in adequacy[0].trust}
    if not before:
        return []
    after = {a.explanation: {t.root: t.after for t in a.trust} for a in adequacy}
    columns = (Column("root", "root"), Column("before", "by its letter alone", percent, True),
               *(Column(name, f"given all, under {name}", percent, True) for name in after))
    rows = [(root, p, *(each[root] for each in after.values())) for root, p in before.items()]
    caption = "How likely each root reported faithfully: an explanation that needs many to be wrong pays for it"
    return [Grid(table("root-trust", caption, columns, rows))]


def _sensitivity(result: PriorSensitivity, names: Sequence[str], meanings: Mapping[str, str]) -> list[object]:
    """What other priors, and evidence of another weight, would do to the odds."""
    priors = [r for r in result.rows if r.kind != "likelihood"]
    note = (f"Each prior is made wider and narrower by itself (its median stays), the replicates are weighted anew, and the odds of "
            f"{result.leader} against {result.rival} are taken again. A factor of 1 means no change. Rough: too few points carry the "
            "weights, and the factor is that of a normal posterior.")
    blocks: list[object] = [Heading("What other priors would do", note), Points(tuple(tell_moving(result))),
                            Grid(_rows("priors", "The priors that move the odds most", priors[:SHOWN], names, meanings))]
    if len(priors) > SHOWN:
        blocks.append(Details(f"All {len(priors)} changes of priors",
                              (Grid(_rows("priors-all", "Every prior, wider and narrower", priors, names, meanings)),)))
    likelihood = [r for r in result.rows if r.kind == "likelihood"]
    blocks += [Heading("If the evidence counted half or twice",
                       "Every observation taken as half, or as two, of its kind: how far the odds rest on how precise the evidence is."),
               Grid(_rows("likelihood", "Evidence of another weight", likelihood, names, {})),
               Heading("Prior odds at which another explanation would lead"), Points(tuple(tell_break_even(result))),
               Grid(_break_even(result))]
    return blocks


def _rows(name: str, caption: str, rows: Sequence[Scaling], names: Sequence[str], meanings: Mapping[str, str]) -> Table:
    meaning = [Column("meaning", "what it is")] if meanings else []
    columns = (Column("what", "what is changed"), Column("change", "how", lambda text: text.replace(" ", "\N{NO-BREAK SPACE}")),
               Column("factor", "odds change by the factor", _factor, True), Column("error", "error of its logarithm", _two, True),
               *(Column(n, n, estimate, True) for n in names), Column("points", "effective points", number, True),
               Column("pareto_k", "Pareto k", _two, True), Column("thin", "rough"), *meaning)
    cells = [(_what(r), _how(r), r.moved, None if r.thin else r.log_odds_error, *(r.probability.get(n) for n in names), r.effective,
              r.pareto_k, r.thin, *([meanings.get(r.name, "")] if meanings else [])) for r in rows]
    return table(name, caption, columns, cells, layout="wide answer" if meanings else "wide")


def _what(row: Scaling) -> str:
    if row.kind == "own":
        return f"all priors that only {row.name} has"
    return readable(row.name) if row.kind == "likelihood" else row.name


def _how(row: Scaling) -> str:
    return f"counted {row.power:g} times" if row.width is None else f"width × {row.width:.2g}"


def _two(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".replace("-", "−")


def _factor(log_odds: float | None) -> str:
    return "" if log_odds is None else f"{math.exp(log_odds):.2f}"


def _harms(compare: CompareResult) -> Table:
    columns = (Column("outcome", "harm", label), Column("prior", "prior"), Column("width", "width ×", lambda v: number(v, 2), True),
               Column("mean", "mean as weighed", number, True), Column("scaled", "mean then", number, True),
               Column("error", "error of the change", lambda v: number(v, 2), True),
               Column("points", "effective points", number, True), Column("pareto_k", "Pareto k", _two, True), Column("thin", "rough"))
    rows = [(r.outcome, r.prior, r.width, r.mean, r.scaled, r.error, r.effective, r.pareto_k, r.thin) for r in compare.harm_sensitivity]
    return table("harm-priors", "Harm to people under the status quo, and what moves it most", columns, rows)


def _break_even(result: PriorSensitivity) -> Table:
    columns = (Column("rival", "explanation"), Column("prior_odds", f"prior odds against {result.leader} in the case", number, True),
               Column("needed", "it leads from", number, True), Column("low", "5% point", number, True),
               Column("high", "95% point", number, True))
    rows = [(r.rival, r.prior_odds, r.needed, r.low, r.high) for r in result.break_even]
    return table("break-even", f"Prior odds against {result.leader} from which each other explanation leads", columns, rows)


def _words() -> Table:
    stick = yardstick()
    columns = (Column("word", "word"), Column("low", "from", percent, True), Column("high", "to", percent, True))
    return table("words", f"Words and their ranges, after {stick.title}", columns, [(s.word, s.low, s.high) for s in stick.steps])
