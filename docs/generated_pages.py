"""Pages of the documentation that are written from the package itself: kinds, fields, levers, parameters, series, commands, reports.

    python docs/generated_pages.py FOLDER
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from density_figure import draw_density

from interlope import quantities
from interlope.cli.app import VERBS
from interlope.dossier.catalogue import list_kinds, list_letters
from interlope.dossier.claim import Claim
from interlope.levers.catalogue import list_levers
from interlope.pipeline import shipped
from interlope.reporting import html, record
from interlope.scenario.case import Case, find, load
from interlope.scenario.description import list_parameters
from interlope.scenario.fields import list_fields, list_headers
from interlope.scenario.folder import names

FLAGSHIP, MADE_UP = "serbia-hungary", "toy"
PAGE = Path(__file__).parent / "reference" / "case.md"  # with claims of kinds that no shipped case has, written for the made-up one


def write(folder: Path) -> None:
    """Write every page, and files that the site shows as they are, into a folder that is made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "extra").mkdir(parents=True)
    cases = [load(name) for name in (FLAGSHIP, MADE_UP)]
    pages = {"kinds": _kinds(folder, [*cases, _of_page()]), "fields": _fields(), "levers": _levers(), "parameters": _parameters(cases[0]),
             "series": _series(), "commands": _commands(), "gallery": _gallery(folder)}
    for name, lines in pages.items():
        (folder / f"{name}.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A Markdown table."""
    def line(cells: Sequence[object]) -> str:
        return "| " + " | ".join(str(c).replace("|", "\\|").replace("\n", " ") for c in cells) + " |"

    return [line(heads), line(["---"] * len(heads)), *(line(row) for row in rows), ""]


def _of_page() -> Case:
    """The made-up case with the claims of the page about the files of a case."""
    claims = re.findall(r"^```toml\n(\[\[claim\]\].*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / MADE_UP
        shutil.copytree(find(MADE_UP), copy)
        dossier = copy / "dossier.toml"
        dossier.write_text("\n".join([dossier.read_text(encoding="utf-8"), *claims]), encoding="utf-8")
        return load(copy)


def _example(cases: Sequence[Case], kind: str) -> tuple[Case, Claim] | None:
    """The first claim of a kind that one of the cases scores."""
    return next(((case, claim) for case in cases for claim in case.evidence.book.claims.values()
                 if claim.kind == kind and claim.scored), None)


def _kinds(folder: Path, cases: Sequence[Case]) -> list[str]:
    lines = ["# Kinds of claim", "",
             "What a claim of each kind says and states, and how likely its report is, for each value that the simulated statistic may",
             "have. `interlope kinds` prints the same list; what each entry means is among the [fields](fields.md).", ""]
    for row in list_kinds():
        lines += [f"## {row.kind}", "", row.meaning[:1].upper() + row.meaning[1:], ""]
        if not row.weighed:
            lines += [f"Not weighed: {row.why}.", ""]
            continue
        lines += ["Must state " + ", ".join(f"`{key}`" for key in row.needs) + ".", ""]
        lines += ["May state " + ", ".join(f"`{key}`" for key in row.may) + ".", ""] if row.may else []
        if (example := _example(cases, row.kind)) is None:
            lines += ["No shipped case has a claim of this kind.", ""]
            continue
        case, claim = example
        (folder / f"{row.kind}.svg").write_text(draw_density(case, claim), encoding="utf-8")
        where = "[the files of a case](../reference/case.md)" if case is cases[-1] else f"`{case.name}`"
        lines += [f"Claim {claim.id} of {where}: {claim.paraphrase}.", "",
                  f"![How likely the report of {claim.id} is by the value of its statistic]({row.kind}.svg)", ""]
    return lines


def _fields() -> list[str]:
    lines = ["# Fields of a case's files", "",
             "Every entry of every TOML file: what is expected, whether it must be there, what holds otherwise, what it means.",
             "`interlope fields` prints the same. The rules behind them are on the page about",
             "[the files of a case](../reference/case.md).", ""]
    rows = list_fields()
    for file in dict.fromkeys(row.file for row in rows):
        lines += [f"## {file}", ""]
        for table in dict.fromkeys(row.table for row in rows if row.file == file):
            lines += [f"### `[{table}]`", ""] if table else []
            lines += _table(("entry", "expected", "required", "otherwise", "meaning"),
                            [(f"`{r.key}`", r.value, r.required, r.default, r.meaning) for r in rows
                             if (r.file, r.table) == (file, table)])
    headers = list_headers()
    lines += ["## series/*.csv", "", "The lines `# key: text` above the figures of a table; `interlope fields header` prints the same.", ""]
    lines += _table(("key", "expected", "required", "otherwise", "meaning"),
                    [(f"`{r.key}`", r.value, r.required, r.default, r.meaning) for r in headers if r.table == "header"])
    lines += _table(("density", "of", "meaning"), [(f"`{r.key}`", r.value, r.meaning) for r in headers if r.table == "density"])
    lines += ["## Letters as numbers", "",
              "A root of a source with this letter reports faithfully, slanted towards its interest, or knows nothing, with these",
              "expected chances; the chance of being faithful has a beta distribution with the weight given. A relay with this letter",
              "changes what it passes on with the last.", ""]
    return lines + _table(("letter", "faithful", "slanted", "uninformative", "weight", "a relay distorts"),
                          [(r.letter, *(f"{100 * x:.0f}%" for x in (r.faithful, r.slanted, r.uninformative)), f"{r.weight:g}",
                            f"{100 * r.distortion:.0f}%") for r in list_letters()])


def _levers() -> list[str]:
    rows = list_levers()
    lines = ["# Levers", "", "What an option can set, in its file below `options/`. `interlope levers` prints the same.", ""]
    lines += _table(("lever", "unit", "range", "what is set", "what it also does"),
                    [(f"`{r.lever}`", r.unit, f"{r.low:g} to {r.high:g}", r.meaning, "; ".join(r.side_effects)) for r in rows])
    lines += ["", "## Harm side", "", "Which harms a lever can raise or lower in the model, all else equal, through which control; "
              "`size` is the number that says how much.", ""]
    lines += _table(("lever", "direction", "harms", "how", "control", "size", "source"),
                    [(f"`{r.lever}`", x.direction, ", ".join(x.harms), x.through, f"`{x.control}`",
                      f"`{x.size}`" if x.size else "", x.source) for r in rows for x in r.harms])
    lines += ["", "Harm for which the model has no channel:", ""]
    return lines + _table(("lever", "not modelled"), [(f"`{r.lever}`", r.not_modelled) for r in rows])


def _parameters(case: Case) -> list[str]:
    lines = ["# Parameters", "",
             f"Every number of the model as the case `{case.name}` has it. Roles: I inferred, S sampled, M marginalised, F fixed, "
             "L drawn where options are compared.",
             "`interlope params CASE` prints the same for any case.", ""]
    return lines + _table(("parameter", "explanation", "prior or value", "unit", "source", "role", "meaning"),
                          [(f"`{r.name}`", r.explanation or "all", r.prior, r.unit, r.source, r.role, r.meaning)
                           for r in list_parameters(case)])


def _series() -> list[str]:
    lines = ["# Recorded series", "",
             "What the simulated border records every day. Claims, tables, predictions and candidates of evidence speak of these.",
             "`interlope fields series` prints the same.", ""]
    return lines + _table(("series", "unit", "definition"),
                          [(f"`{q.name}`", q.unit, q.definition) for q in quantities.QUANTITIES.values()])


def _commands() -> list[str]:
    lines = ["# Commands", "", "Every command has `--help`; most take `--json` and print one envelope of a stated JSON Schema:",
             "`interlope schema VERB` prints it.", ""]
    for name, (_, words, _) in VERBS.items():
        lines += [f"## interlope {name}", "", *words.strip().splitlines(), ""]
    return lines


def _gallery(folder: Path) -> list[str]:
    """The shipped answers as reports, and how to make the others."""
    lines = ["# Gallery", ""]
    for name in names():
        if (answer := shipped.find(name)) is None:
            continue
        target = folder / "extra" / "gallery" / name
        target.mkdir(parents=True)
        html.write(record.rate(record.load(answer)), target)
        lines += [f"- [{load(name).question}](../gallery/{name}/report.html): the shipped answer of `{name}`, as",
                  f"  `interlope report {name}` writes it."]
    return [*lines, "- The report of another case takes some seconds or minutes: `interlope study toy`, `interlope study channel-boats`."]


if __name__ == "__main__":
    write(Path(sys.argv[1]))
