"""Figure of a claim's density: how likely its report is by the true value, from a faithful, a slanted and an uninformative source."""

from __future__ import annotations

import numpy as np

from interlope import quantities
from interlope.dossier.claim import Claim
from interlope.dossier.comparison import COMPARING
from interlope.dossier.kinds import REGISTRY
from interlope.dossier.ratios import SCALE
from interlope.dossier.source import STATES
from interlope.reporting.figures.sensitivity import stand_alone
from interlope.reporting.svg import Pen, Scale, x_axis, y_axis
from interlope.scenario.case import Case

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640.0, 270.0, 52.0, 56.0, 210.0
STYLE = (".grid{stroke:#e3e3df}.small{font-size:11px}.c0{fill:none;stroke:#1f6da3;stroke-width:2}.c1{fill:none;stroke:#b3401f;"
         "stroke-width:2;stroke-dasharray:7 3}.c2{fill:none;stroke:#5b656e;stroke-width:1.6;stroke-dasharray:2 3}")
POINTS = 400


def draw_density(case: Case, claim: Claim) -> str:
    """Draw the likelihood of a claim's report, relative to its greatest, against the statistic in the claim's unit."""
    kind, root = REGISTRY[claim.kind], case.evidence.book.roots[claim.root]
    low, high, log = _range(claim)
    x = np.geomspace(low, high, POINTS) if log else np.linspace(low, high, POINTS)
    if claim.kind in ("count", "alternation"):
        x = np.unique(np.round(x))
    values = np.stack([x / i.factor for i in claim.interpretations], axis=1)
    if claim.kind in COMPARING:  # each against one
        values = np.hstack([values / SCALE[claim.unit], np.ones_like(values)])
    scores = kind.logscore(values, claim, root)
    density = np.exp(scores - np.nanmax(scores[np.isfinite(scores)]))
    pen = Pen(WIDTH, HEIGHT)
    across, up = Scale(float(x[0]), float(x[-1]), LEFT, WIDTH - 20, log), Scale(0.0, 1.0, BOTTOM, TOP)
    pen.text(14, 22, f"{claim.id}: how likely this report is, by what is true", "strong")
    x_axis(pen, across, TOP, BOTTOM, _axis(claim))
    y_axis(pen, up, LEFT, WIDTH - 20)
    for state, name in enumerate(STATES):
        pen.path([(across(a), up(b)) for a, b in zip(x, density[:, state])], f"c{state}")
        at = LEFT + 130 * state
        pen.line(at, 40, at + 24, 40, f"c{state}")
        pen.text(at + 30, 44, name, "small")
    label = f"Likelihood of the report of {claim.id} by the true value, for a faithful, a slanted and an uninformative source"
    return stand_alone(pen, label, STYLE)


def _axis(claim: Claim) -> str:
    """What the axis shows, with its unit."""
    text = f"{claim.reduce} of {claim.series}"
    if claim.kind in COMPARING:
        return f"{text}, against {f'that of {claim.than}' if claim.than else 'its baseline'} [{claim.unit or '1'}]"
    return f"{text} [{_unit(claim)}]"


def _unit(claim: Claim) -> str:
    """Unit of the axis: the claim's, a relative change by the year for a slope, else that of the recorded series."""
    recorded = quantities.QUANTITIES[quantities.terms(claim.series)[0][1]].unit
    return "1/year" if claim.reduce == "slope" else claim.unit or recorded


def _range(claim: Claim) -> tuple[float, float, bool]:
    """Ends of the axis, and whether it is logarithmic."""
    if claim.reduce == "slope":
        reach = 4 * max(claim.threshold or 0.0, claim.noise or 0.1)
        return -reach, reach, False
    if claim.kind in COMPARING:
        middle = SCALE[claim.unit] if claim.low is None or claim.high is None else float(np.sqrt(claim.low * claim.high))
        return middle / 12, middle * 12, True
    days = (claim.window[1] - claim.window[0]).days + 1 if claim.window else 1
    least, most = quantities.bounds(claim.series, claim.reduce, days)
    if claim.reduce in ("any", "share_of_days") or most <= 1.0:
        return 0.0, 1.0, False
    stated = [v for v in (claim.low, claim.high, claim.threshold) if v]
    centre = float(np.exp(np.mean(np.log(stated)))) if stated else 1.0
    if claim.kind in ("count", "alternation", "occurrence", "silence"):
        return max(least, 0.0), max(4 * centre, 10.0), False
    return centre / 12, centre * 12, True
