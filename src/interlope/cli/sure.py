"""Tables of how sure an answer is, from the same record that the report is written from."""

from __future__ import annotations

import math

from interlope.cli.console import print_lines, print_table
from interlope.cli.tables import show_table
from interlope.reporting.answer.analysts import tell_analysts
from interlope.reporting.answer.sure import odds_of, tell_break_even, tell_level, tell_moving
from interlope.reporting.numerals import estimate, number, percent
from interlope.reporting.sections.analysts import tabulate_changes, tabulate_odds
from interlope.reporting.words import first_few
from interlope.results.study import StudyRecord

SHOWN = 5  # priors in the table


def show_confidence(study: StudyRecord) -> None:
    """Print the confidence in the analysis with its grounds; nothing where a single explanation leads nothing."""
    if study.confidence is None:
        return
    rows = [(g.name, g.level, g.finding, g.change) for g in study.confidence.grounds]
    heads = ("ground", "level", "what was measured", "what would raise it")
    print_table(f"Confidence in the analysis: {tell_level(study.confidence)}", heads, rows)


def show_analysts(study: StudyRecord) -> None:
    """Print the odds under each analyst's judgements; nothing where the case has no analysts."""
    if not study.weigh.analysts:
        return
    for tabulated in (tabulate_odds(study), tabulate_changes(study)):
        show_table(tabulated)
    print_lines([*tell_analysts(study)], mark="- ")
    print_lines([""])


def show_adequacy(study: StudyRecord) -> None:
    """Print how well each explanation accounts for the evidence at all."""
    rows = [(a.explanation, percent(a.chance), f"{len(a.surprises)} of {a.figures}", f"{a.claims - len(a.unmet)} of {a.claims}",
             first_few([t.root for t in a.doubted])) for a in study.weigh.adequacy]
    if rows:
        heads = ("explanation", "own figures that fit no better", "figures that surprise it", "claims met",
                 "true only if these roots are wrong")
        print_table("How well each explanation does at all", heads, rows, (1, 2, 3))


def show_sensitivity(study: StudyRecord) -> None:
    """Print which priors move the odds most, what evidence of another weight would do, and the prior odds at which another leads."""
    result = study.weigh.sensitivity
    if result is None:
        return
    priors = [r for r in result.rows if r.kind != "likelihood"][:SHOWN]
    weights = [r for r in result.rows if r.kind == "likelihood" and r.name == "everything"]
    rows = []
    for r in [*priors, *weights]:
        what = f"all that only {r.name} has" if r.kind == "own" else "all evidence" if r.kind == "likelihood" else r.name
        how = f"counted {r.power:g} times" if r.width is None else f"width x {r.width:.2g}"
        factor = "—" if r.moved is None else f"{math.exp(r.moved):.2f}"
        rows.append((what, how, factor, estimate(r.probability.get(result.leader)), number(r.pareto_k, 2), "rough" if r.thin else ""))
    heads = ("prior", "how", f"odds of {result.leader} against {result.rival}, times", f"{result.leader} then", "Pareto k", "")
    print_table("What other priors, and evidence of another weight, would do", heads, rows, (2, 3, 4))
    rows = [(b.rival, odds_of(b.prior_odds), odds_of(b.needed), f"{odds_of(b.low)} to {odds_of(b.high)}") for b in result.break_even]
    heads = ("explanation", "in the case", "it leads from", "error")
    print_table(f"Prior odds against {result.leader} from which another leads", heads, rows)
    print_lines([*tell_moving(result), *tell_break_even(result)], mark="- ")
    print_lines([""])
