"""Reading: how the reader's proposals agree with claims that persons marked; writes docs/results/reader.md (figures only, no text).

    python benchmarks/reading.py --document ARTICLE.txt --claims CLAIMS.yaml --figures FIGURES.csv

The document, its claims (YAML: id, span, kind, chain, value with low, high and unit; needs PyYAML) and the table of figures (CSV: low,
high, unit, quote) are the user's own and stay where they are; without them only the invented reports of tests/reports are measured.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "helpers"))

from marked_reports import Marked, Score, has_numbers, match, read_marked, score  # noqa: E402

from interlope.reader.extraction import extract  # noqa: E402
from interlope.reader.proposal import Proposal  # noqa: E402
from interlope.reader.proposals import propose  # noqa: E402

HEAD = """# How the reader's proposals agree with claims that persons marked

Written by `benchmarks/reading.py`. A proposal and a claim match when they share at least half of the shorter of their two spans.
*Recall*: claims in a largest one-to-one matching. *Precision*: proposals that match any claim. *Paired*: proposals in the one-to-one
matching, which counts a second proposal on one claim as wrong. *Numbers*: claims with a number of which a matching proposal has the
bounds (within 5 % where a hedge widened them); *counted*: with what is counted too.

| texts | claims | proposals | recall | precision | paired | numbers | counted |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""
TAIL = """All invented reports were written and marked before the rules (the kind of numeric shares was renamed afterwards, in all
alike); of the unseen ones only totals were looked at, and no rule was changed for them. They are by the author of the rules, who
knew them when the lexicons were filled: other people's texts fare worse, as the quotations show. The reader is for English; of
another language only digits are read."""
PAGE = ROOT / "docs" / "results" / "reader.md"
COUNTED = {"EUR": "price", "clash-days": "clashes", "share": ""}  # by the first word of a unit; any other counts what it says
ROLES = {
    "relay": {"outlet"},
    "root assessment": {"report", "intelligence service", "ministry"},
    "opinion": {"party official"},
    "expert opinion": {"researcher"},
    "official count": {"ministry", "police"},
}
ENGLISH = set("the of were was in and from by to on with are an have has people migrants each per".split())


def measure_document(path: Path, claims: Path) -> tuple[Score, tuple[int, int], int]:
    """Agreement with the claims of a document, speakers named as they are (of how many), and sentences untouched."""
    import yaml

    text = extract(path)
    content = yaml.safe_load(claims.read_text(encoding="utf-8"))
    reading = propose(text)
    marked = [_mark(claim) for claim in content["claims"]]
    matches = match(reading.proposals, marked)
    types = {source["id"]: source["type"] for source in content["sources"]}
    right = known = 0
    for i, claim in enumerate(content["claims"]):
        expected = _roles(claim["chain"], types)
        near = [p for p, hit in zip(reading.proposals, matches[:, i], strict=True) if hit]
        if expected and near:
            known += 1
            right += any(expected & {s.role for s in p.chain} for p in near)
    return score(reading.proposals, marked), (right, known), len(reading.untouched)


def _mark(claim: dict[str, Any]) -> Marked:
    """A claim of the YAML file; its number where it has one."""
    value = claim.get("value") or {}
    start, end = claim["span"]
    unit = re.split(r"[/ ]", str(value.get("unit", "")))[0]
    if "low" not in value and "high" not in value:
        return Marked(start, end, claim["kind"])
    return Marked(start, end, claim["kind"], value.get("low"), value.get("high"), COUNTED.get(unit, unit))


def _roles(chain: Sequence[str], types: dict[str, str]) -> set[str]:
    """Roles of the innermost speaker of a chain that a text can name; empty where the document speaks for itself."""
    inner = [ROLES[types[name]] for name in chain[1:] if types.get(name) in ROLES]
    return inner[-1] if inner else {"unnamed"} if any("unnamed" in name for name in chain) else set()


def measure_figures(path: Path, unseen: bool) -> tuple[int, int, int]:
    """Short quotations with a number, in English: how many there are, numbers right, what is counted right too; every second row."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["quote"].isascii() and len(ENGLISH & set(re.findall("[a-z]+", row["quote"].lower()))) > 1
        ]
    total = numbers = counted = 0
    for row in rows[0 if unseen else 1 :: 2]:
        low, high = (float(row[end]) if row[end].strip() else None for end in ("low", "high"))
        if low is None and high is None:
            continue
        total += 1
        near = [p for p in propose(row["quote"]).proposals if p.quantity and _agrees(p, low, high)]
        numbers += bool(near)
        counted += any(_counts(p, row) for p in near)
    return total, numbers, counted


def _agrees(proposal: Proposal, low: float | None, high: float | None) -> bool:
    """Whether a proposal holds the row's number as one of its ends."""
    ends = [end for end in (low, high) if end is not None]
    return any(has_numbers(proposal, Marked(0, 0, "", end, end)) or end in (proposal.low, proposal.high) for end in ends)


def _counts(proposal: Proposal, row: dict[str, str]) -> bool:
    """Whether it counts what the row's unit says; arrests, deaths and detections are of persons each."""
    quantity, unit = proposal.quantity, row["unit"].split("/")[0].split(" ")[0]
    if quantity is None:
        return False
    mine = {quantity.unit.split("/")[0], quantity.counted}
    return unit in mine or unit == "persons" and bool(mine & {"arrests", "deaths", "detections"}) or unit == "EUR" and "price" in mine


def measure_reports(folder: Path) -> Score:
    """Agreement with the marked reports of a folder, together."""
    total: Score | None = None
    for path in sorted(folder.glob("*.txt")):
        text, claims = read_marked(path)
        this = score(propose(text).proposals, claims)
        total = this if total is None else total + this
    if total is None:
        raise SystemExit(f"{folder} holds no report")
    return total


def row(name: str, s: Score) -> str:
    """A row of the table."""
    return (
        f"| {name} | {s.claims} | {s.proposals} | {s.recall:.2f} | {s.precision:.2f} | {s.paired:.2f} | {s.numbers_right} of {s.numbers} | "
        f"{s.counted_right} of {s.numbers} |"
    )


def write(rows: Iterable[str], notes: Iterable[str]) -> str:
    """The page."""
    return "\n".join([HEAD, *rows, "", *notes, TAIL])


def main() -> None:
    """Measure, write the page and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("--document", "--claims", "--figures"):
        parser.add_argument(option, type=Path)
    parser.add_argument("--out", type=Path, default=PAGE)
    chosen = parser.parse_args()
    rows, notes = [], []
    if chosen.document and chosen.claims:
        agreement, (right, known), untouched = measure_document(chosen.document, chosen.claims)
        rows.append(row("the flagship's article (1); the rules were tried on it", agreement))
        notes += [
            f"No rule touched {untouched} sentences of the article. The innermost speaker has the role of the claim's chain in",
            f"{right} of {known} matched claims that have one. Its kinds are of another list than the dossier's: not compared.",
            "",
        ]
    for name, what in (("tuned", "invented reports (4); the rules were tried on them"), ("unseen", "invented reports (4); unseen")):
        agreement = measure_reports(ROOT / "tests" / "reports" / name)
        rows.append(row(what, agreement))
        notes += [f"Kind of claim as marked, {name} reports: {agreement.kinds_right} of {agreement.claims}.", ""]
    if chosen.figures:
        (seen, a, b), (fresh, c, d) = measure_figures(chosen.figures, False), measure_figures(chosen.figures, True)
        notes += [
            "Short English quotations from other people's texts, each with a number that an analyst took from it, some by arithmetic or",
            f"from the text around it: numbers right in {a}, and what is counted too in {b}, of {seen} that were looked at; in {c} and {d}",
            f"of {fresh} unseen.",
            "",
        ]
    chosen.out.write_text(write(rows, notes), encoding="utf-8")
    print(chosen.out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
