"""Search: bundles as lines over parallel axes, one axis for each harm, for a file that stands alone."""

from __future__ import annotations

from collections.abc import Callable

from interlope.reporting.figures.sensitivity import stand_alone
from interlope.reporting.numerals import signed
from interlope.reporting.svg import Pen
from interlope.reporting.words import label, readable
from interlope.results.comparison import CompareResult
from interlope.results.search import TriedBundle

LEFT, RIGHT, TOP, HEIGHT, STEP = 90.0, 110.0, 100.0, 260.0, 165.0
LINE = 14.0  # between two names
STYLE = (".line{fill:none;stroke:#b9c0c6;stroke-width:1}.stands{stroke:#4a93c3}.proposed{stroke:#1f6da3;stroke-width:2.5}"
         ".zero{fill:#1c2126}.axis{stroke:#5b656e}")


def draw_bundles(compare: CompareResult, greatest: Callable[[TriedBundle, str], float | None]) -> str:
    """Draw every bundle tried over one axis for each harm: its change under the explanation where it is greatest.

    Parameters
    ----------
    compare : CompareResult
        With its search.
    greatest : callable
        A bundle's greatest change of one harm.

    Returns
    -------
    str
        A file of SVG.
    """
    harms = [o for o in compare.outcomes if o.harm]
    bundles = list(compare.search.bundles) if compare.search else []
    pen = Pen(LEFT + STEP * (len(harms) - 1) + RIGHT, TOP + HEIGHT + 40)
    pen.rect(0, 0, pen.width, pen.height, "paper")
    title = "Bundles tried: change of each harm a year, under the explanation where it is greatest"
    pen.text(14, 24, title, "title")
    pen.text(14, 43, "Thick: proposed. Blue: beaten by no other. Grey: beaten. The dot on each axis is no change.", "dim")
    values = {o.name: [v for b in bundles if (v := greatest(b, o.name)) is not None] for o in harms}
    ends = {name: (min([0.0, *v]), max([0.0, *v])) for name, v in values.items()}

    def place(name: str, value: float | None) -> float:
        low, high = ends[name]
        return float("nan") if value is None else TOP + HEIGHT * (1.0 - (value - low) / ((high - low) or 1.0))

    for bundle in sorted(bundles, key=lambda b: (bool(b.proposal), b.undominated)):
        kind = "line proposed" if bundle.proposal else "line stands" if bundle.undominated else "line"
        points = [(LEFT + STEP * k, place(o.name, greatest(bundle, o.name))) for k, o in enumerate(harms)]
        pen.path(points, kind)
    last = harms[-1].name if harms else ""
    below = TOP + HEIGHT + 2 * LINE
    for bundle in sorted((b for b in bundles if b.proposal), key=lambda b: greatest(b, last) or 0.0):  # from below, none upon another
        below = min(place(last, greatest(bundle, last)) + 4, below - LINE)
        pen.text(LEFT + STEP * (len(harms) - 1) + 12, below, readable(bundle.proposal), "dim")
    for k, o in enumerate(harms):
        x = LEFT + STEP * k
        pen.line(x, TOP, x, TOP + HEIGHT, "axis")
        pen.dot(x, place(o.name, 0.0), 4, "zero")
        words = label(o.name).split()
        half = (len(words) + 1) // 2
        pen.text(x, TOP - 30, " ".join(words[:half]), "strong", "middle")
        pen.text(x, TOP - 16, " ".join(words[half:]), "strong", "middle")
        pen.text(x, TOP - 3, signed(ends[o.name][1], 2), "dim", "middle")
        pen.text(x, TOP + HEIGHT + 14, signed(ends[o.name][0], 2), "dim", "middle")
    return stand_alone(pen, title).replace("</style>", f"{STYLE}</style>", 1)
