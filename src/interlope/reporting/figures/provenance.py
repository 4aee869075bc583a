"""Provenance: which claims rest on which root, and through which relays they came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from interlope.reporting.figures.figure import Figure
from interlope.reporting.numerals import plural
from interlope.reporting.svg import Pen, draw_both, fit_words
from interlope.reporting.tables import Column, table
from interlope.results.dossier import Claim, DossierResult, Root


class Bundle(NamedTuple):
    """Claims of one root that came through the same relays."""

    root: str
    chain: tuple[str, ...]
    claims: tuple[str, ...]
    weighing: int


def bundle(claims: Sequence[Claim], roots: Sequence[Root]) -> list[Bundle]:
    """Gather claims by root and chain, in the order of the roots; a claim without a root is left out."""
    order = {root.id: i for i, root in enumerate(roots)}
    groups: dict[tuple[str, tuple[str, ...]], list[Claim]] = {}
    for claim in claims:
        if claim.root is None:
            continue
        groups.setdefault((claim.root, tuple(claim.chain)), []).append(claim)
    bundles = [
        Bundle(root, chain, tuple(c.id for c in members), sum(c.likelihood for c in members))
        for (root, chain), members in groups.items()
    ]
    return sorted(bundles, key=lambda b: (order.get(b.root, len(order)), len(b.chain)))


def _wrap(words: Sequence[str], space: float, size: float = 12.0) -> list[str]:
    limit, lines = max(int(space / (0.54 * size)), 6), [""]
    for word in words:
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) > limit and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = joined
    return lines


def _wide(width: float, bundles: Sequence[Bundle], depth: int) -> Pen:
    left, last = 214.0, 300.0
    space = (width - left - last) / max(depth, 1)
    lines = [_wrap(b.claims, last - 24) for b in bundles]
    heights = [34.0 + 15.0 * len(text) for text in lines]
    pen = Pen(width, sum(heights) + 40)
    pen.text(8, 16, "root observation", "t small dim")
    for step in range(depth):
        words = "relays" if depth == 1 else f"relay {step + 1}"
        pen.text(left + space * (step + 0.5), 16, words, "t small dim", "middle")
    pen.text(width - last + 12, 16, "claims in the dossier", "t small dim")
    y, starts = 30.0, {}
    for b, height in zip(bundles, heights):
        starts.setdefault(b.root, []).append((y, height))
        y += height
    for root, rows_of_root in starts.items():
        middle = (rows_of_root[0][0] + rows_of_root[-1][0] + rows_of_root[-1][1]) / 2
        pen.rect(6, middle - 16, left - 20, 32, "node root", root, 6)
        pen.text(16, middle + 4, fit_words(root, left - 36, 12.5), "t strong small")
    y = 30.0
    for b, text, height in zip(bundles, lines, heights):
        rows_of_root = starts[b.root]
        middle = (rows_of_root[0][0] + rows_of_root[-1][0] + rows_of_root[-1][1]) / 2
        here = y + height / 2
        x, at = left - 14, middle
        for step, relay in enumerate(b.chain):
            centre = left + space * (step + 0.5)
            half = min(space / 2 - 8, 78.0)
            pen.curve(x, at, centre - half, here, "link")
            pen.rect(centre - half, here - 12, 2 * half, 24, "node relay", relay, 12)
            pen.text(centre, here + 4, fit_words(relay, 2 * half - 12, 12), "t small", "middle")
            x, at = centre + half, here
        pen.curve(x, at, width - last, here, "link")
        pen.rect(width - last, y + 5, last - 6, height - 10, "node claims", "", 6)
        counted = f"{plural(len(b.claims), 'claim')}, {b.weighing or 'none'} weighed"
        pen.text(width - last + 12, y + 22, counted, "t strong small")
        for i, words in enumerate(text):
            pen.text(width - last + 12, y + 38 + 15 * i, words, "t small")
        y += height
    return pen


def _narrow(width: float, bundles: Sequence[Bundle]) -> Pen:
    rows: list[tuple[str, float, str, str]] = []
    previous = None
    for b in bundles:
        if b.root != previous:
            rows.append(("root", 0.0, b.root, "t strong small"))
        previous = b.root
        for step, relay in enumerate(b.chain):
            rows.append(("relay", 16.0 * (step + 1), relay, "t small"))
        indent = 16.0 * (len(b.chain) + 1)
        counted = f"{plural(len(b.claims), 'claim')}, {b.weighing or 'none'} weighed"
        rows.append(("claims", indent, counted, "t strong small"))
        rows.extend(("", indent, line, "t small") for line in _wrap(b.claims, width - indent - 30))
    pen = Pen(width, 24.0 * len(rows) + 12)
    for i, (kind, indent, words, cls) in enumerate(rows):
        y = 24.0 * i + 6
        if kind in ("root", "relay"):
            pen.rect(4 + indent, y, width - indent - 10, 21, f"node {kind}", words, 6 if kind == "root" else 10)
        if kind in ("relay", "claims"):
            pen.line(indent - 4, y + 10, indent + 4, y + 10, "link")
            pen.line(indent - 4, y - 4, indent - 4, y + 10, "link")
        pen.text(12 + indent, y + 15, fit_words(words, width - indent - 24, 12.5), cls)
    return pen


def figure_provenance(dossier: DossierResult) -> Figure:
    """Draw roots at the left, the relays each report passed through, and the claims at the right."""
    bundles = bundle(dossier.claims, dossier.roots)
    depth = max((len(b.chain) for b in bundles), default=0)
    roots = {root.id: root for root in dossier.roots}
    columns = (
        Column("root", "root"),
        Column("source", "source"),
        Column("completed", "completed"),
        Column("what", "what it is"),
        Column("relays", "relays, from the root outward"),
        Column("claims", "claims"),
        Column("weighed", "carry a likelihood", numeric=True),
    )
    behind = table(
        "provenance",
        "Claims by root and by the relays they came through",
        columns,
        [
            [
                b.root,
                roots[b.root].source,
                roots[b.root].completed,
                roots[b.root].what,
                b.chain,
                b.claims,
                b.weighing,
            ]
            for b in bundles
            if b.root in roots
        ],
    )
    rootless = sum(c.root is None for c in dossier.claims)
    note = (
        "A relay passes a root on, sometimes changed; it never adds evidence. All claims on one root share one doubt."
    )
    if rootless:
        note += (
            f" {plural(rootless, 'claim has', 'claims have')} no root: statements about the report itself, or wording."
        )
    svg = draw_both(
        lambda w: _narrow(w, bundles) if w < 600 else _wide(w, bundles, depth),
        "Graph from root observations through relays to claims",
    )
    return Figure("provenance", "Where each claim comes from", note, svg, behind)
