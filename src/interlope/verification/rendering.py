"""Rendering: rows and outcomes as cells, sentences, Markdown and plain values."""
from __future__ import annotations

import math
import platform
from collections.abc import Sequence
from datetime import date

from ..jit.compile import digest
from ..results.verbs import VerifyRow
from ..text import escape_markdown
from .row import WIDTH, RowOutcome

BESIDE = (
    "Every row runs the kernel through its own entry, with other rates at zero and an opening stated exactly. `cartels-150` "
    "has one hostility between all, because the published network is not shipped; with forty groups made so, doubled incapacitation "
    "leaves deaths level (+0.6 %, error 0.35), so the sign is claimed for the published number of groups only. In "
    "`gathmann-elasticity` 0.19 of the elasticity is put in as the pass-through of risk (`prices_risk_passthrough`); what the row tests "
    "is that scarcity, markups and who still buys do not move the whole market's price out of the band.",
    "Configurations that were changed after a first look, with the range kept: slower raids (days are steps), slower scarcity prices "
    "(the market had not settled), fewer meetings a day in `coalescence` (at 2.5 % of members a day the exponent is 2.43), a whole border "
    "in place of two groups for `leader`, two worlds in place of one for `turf`.",
    "Missed, and not claimed: in `turf` the sixth site is held 3 nights running where the source has about 10, and no configuration tried "
    "(about 500) gave both its fights and its nights in one world: whoever is absent believes the same of every site, the source's player "
    "knows how often each is taken. After the loss of a leader, violence elsewhere rises by as much as at home; the source has less than "
    "half of it there.",
    "Not shown: effort that contestants choose by themselves, because groups here grow by what they earn; `contest-effort` sweeps it "
    "instead, and decisiveness other than 1 is tested on who wins alone. Sizes at 1 % fragmentation, because here a group falls apart only "
    "when it meets another. The natural experiment of November 2023 is scored in the results of the flagship.",
)
HEADS = ("row", "published", "ours", "error", "range", "unit", "source", "holds")


def cells(outcome: RowOutcome) -> tuple[str, ...]:
    """One line of the table, in the order of HEADS."""
    row, measured = outcome.row, outcome.measured
    return (row.name, row.published, _figure(measured.value), _figure(measured.error, 2), _range(row.low, row.high), row.unit,
            row.source, outcome.verdict)


def summarise(outcomes: Sequence[RowOutcome]) -> list[str]:
    """What came out, in sentences."""
    outside = [x for x in outcomes if not x.holds]
    tested = [x for x in outcomes if not x.row.given]
    chosen = [x for x in outcomes if x.row.given and x.holds]
    seconds = sum(x.seconds for x in outcomes)
    lines = [f"{sum(x.holds for x in tested)} of {len(tested)} rows that test something hold; {seconds:.0f} s. A row holds when ours "
             f"lies within the range widened by {WIDTH:g} of its own standard errors; where a sign is claimed, when it lies beyond the "
             "bound by as much."]
    if chosen:
        lines.append(f"{len(chosen)} more agree because a number of the kernel was chosen with the figure in sight, and count as no pass: "
                     + "; ".join(f"{x.row.name} ({x.row.given})" for x in chosen) + ".")
    lines += [f"{x.row.name}: {x.row.what}: ours {_figure(x.measured.value)}, published {x.row.published}; {x.why}." for x in outside]
    return lines


def to_record(outcome: RowOutcome) -> VerifyRow:
    """One outcome as a record; bounds and values that are not finite are None."""
    row, measured, seconds, holds, why = outcome
    return VerifyRow(name=row.name, what=row.what, published=row.published, low=row.low, high=row.high, unit=row.unit,
                     source=row.source, tolerance=row.tolerance, value=measured.value, error=measured.error, note=measured.note,
                     seconds=round(seconds, 2), holds=bool(holds), why=why, given=row.given)


def write_markdown(outcomes: Sequence[RowOutcome], *, full: bool, seed: int, of: int | None = None) -> str:
    """The table as a Markdown page with date, machine, model and seed; `of`: how many rows were asked for, where more."""
    lines = [
        "# Published results through the kernel", "",
        f"{date.today()}, {platform.machine()}, Python {platform.python_version()}, model {digest()}, seed {seed}, "
        f"{'full' if full else 'short'} set: `interlope verify{' --full' if full else ''}`.", "",
        *([] if of in (None, len(outcomes)) else [f"Not ended: {len(outcomes)} of {of} rows so far.", ""]),
        *(line for sentence in (*map(escape_markdown, summarise(outcomes)), *BESIDE) for line in (sentence, "")),
        "| row | what | published | ours | s.e. | range | tolerance | unit | source | holds | remark |",
        "| --- | --- | --- | ---: | ---: | --- | --- | --- | --- | --- | --- |",
    ]
    for x in outcomes:
        row = x.row
        columns = (row.name, row.what, row.published, _figure(x.measured.value), _figure(x.measured.error, 2), _range(row.low, row.high),
                 row.tolerance, row.unit, row.source, x.verdict, x.measured.note)
        lines.append("| " + " | ".join(escape_markdown(str(cell)).replace("|", "/") for cell in columns) + " |")
    return "\n".join(lines) + "\n"


def _figure(value: float, digits: int = 5) -> str:
    if not math.isfinite(value):
        return "none"
    return f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.{digits}g}"


def _range(low: float, high: float) -> str:
    if low == high:
        return _figure(low)
    if math.isinf(high):
        return f"at least {_figure(low)}"
    if math.isinf(low):
        return f"at most {_figure(high)}"
    return f"{_figure(low)} to {_figure(high)}"
