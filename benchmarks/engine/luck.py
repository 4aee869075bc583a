"""What common luck buys in a comparison of options: python benchmarks/engine/luck.py docs/results > docs/results/luck.md.

Every option of the flagship is run against the status quo twice over: with the same luck (same seed, same lane) and with
independent luck (another lane). The factor is the variance of the difference with independent luck over that with the same
luck. Both arms share everything up to the day of decision: parameters, demand, history. A folder as argument gets the figures.
"""
from __future__ import annotations

import os
import platform
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from interlope.ensemble import design, keys
from interlope.jit.compile import digest
from interlope.levers.option import Option
from interlope.model.simulate import States, advance, begin, clone, neutral_controls
from interlope.policy.outcome import OUTCOMES, measure
from interlope.quantities import SERIES
from interlope.reporting.numerals import number
from interlope.reporting.svg import Pen, Scale
from interlope.scenario.case import STATUS_QUO, load

SEED, PAIRS, FEW, CHUNK, RESAMPLES = 20231025, 400, 200, 50, 1000
CASE, EXPLANATIONS, ASKED = "serbia-hungary", ("takeover", "kinship"), 5.0
HORIZONS = (7, 30, 90, 180, 365)
FROZEN = ("growth_recruit_rate", "growth_loss_rate", "growth_crowd_rate", "growth_broke_rate", "growth_move_rate",
          "growth_entry_rate", "growth_end_rate")
SWITCHED: dict[str, dict[str, float]] = {
    "as it is": {},
    "no clashes": {"clashes_base": 0.0, "clashes_branching": 0.0},
    "groups frozen": dict.fromkeys(FROZEN, 0.0),
    "no operations by hazard": {"raids_answer": 0.0, "raids_start_rate": 0.0},
}
WATCHED = ("border-hardening", "attempts")  # option and outcome of the figure over days
STYLE = ("text{font:12px 'Source Sans 3','Segoe UI',system-ui,Arial,sans-serif;fill:#1c2126}.h{font-size:15px;font-weight:650}"
         ".paper{fill:#fff}.rule{stroke:#c9c5ba}.asked{stroke:#1c2126;stroke-dasharray:4 3}.l0,.l1,.l2,.l3{fill:none;stroke-width:2}"
         ".l0{stroke:#1c2126}.l1{stroke:#1f6da3}.l2{stroke:#b4531a}.l3{stroke:#5a7d2a}.d0{fill:#1c2126}.d1{fill:#1f6da3;opacity:.75}"
         ".d2{fill:#b4531a;opacity:.75}.d3{fill:#5a7d2a}")


class World:
    """The flagship, its options, and pairs that branch on the day of decision."""

    def __init__(self) -> None:
        self.case = load(CASE)
        start, self.days = self.case.decision.start, self.case.decision.days
        self.decided = self.case.day(start)
        self.setting = self.case.setting(start + timedelta(days=self.days - 1), start - timedelta(days=1))
        self.options = [self.case.options[name] for name in self.case.options if name != STATUS_QUO]

    def controls(self, option: Option | None, part: float = 1.0) -> np.ndarray:
        """Daily controls of an option, or of a part of it; neutral before the decision."""
        plain = neutral_controls(self.days)
        chosen = plain if option is None else plain + part * (option.controls(self.days) - plain)
        return np.concatenate([neutral_controls(self.decided), chosen])

    def decision(self, explanation: str, drawn: bool, lanes: np.ndarray, changed: Mapping[str, float]) -> States:
        """Pairs on the day of decision, each with a history of its own; parameters from the priors, or at their medians."""
        low, high = int(lanes[0]), int(lanes[-1]) + 1
        made = design.rows(self.case, explanation, low, high, SEED)
        known = self.case.parameters(explanation)
        middle = design.values(known, made.names, np.zeros((len(lanes), len(made.names))))
        values = {**(made.values if drawn else middle), **changed}
        states, _ = advance(begin(self.setting, values, None, keys.integer(SEED, "luck", "before"), lanes), self.decided)
        return states

    def branch(self, states: States, lanes: np.ndarray, controls: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Recorded series after the decision under given luck, [r, d, k], and the status of each, [r]."""
        names = states.params.dtype.names or ()
        fresh = begin(self.setting, {n: states.params[n] for n in names}, None, keys.integer(SEED, "luck", "after"), lanes)
        fresh.innovations[...] = states.innovations
        fresh.buffer[...] = states.buffer
        fresh = replace(fresh, day=states.day, status=states.status.copy())
        ended, recorded = advance(clone(fresh), self.decided + self.days, controls=controls)
        return recorded.series, ended.status


class Runs:
    """Outcomes [option, luck, horizon, pair, outcome] of the status quo (first) and of options, under two lucks A and B."""

    def __init__(self, world: World, explanation: str, drawn: bool, pairs: int, options: list[tuple[Option, float]],
                 changed: Mapping[str, float] | None = None):
        self.drawn = drawn
        self.level = np.full((len(options) + 1, 2, len(HORIZONS), pairs, len(OUTCOMES)), np.nan)
        self.apart = np.full((len(options), pairs, len(SERIES)), np.inf)
        good = np.zeros(pairs, dtype=bool)
        tables = [world.controls(None), *(world.controls(option, part) for option, part in options)]
        for low in range(0, pairs, CHUNK):
            rows = slice(low, min(low + CHUNK, pairs))
            lanes = np.arange(rows.start, rows.stop)
            states = world.decision(explanation, drawn, lanes, changed or {})
            good[rows] = states.status == 0
            for luck in (0, 1):
                quiet = np.zeros(0)
                for i, table in enumerate(tables):
                    series, status = world.branch(states, lanes + luck * pairs, table)
                    good[rows] &= status == 0
                    for h, days in enumerate(HORIZONS):
                        self.level[i, luck, h, rows] = measure(series[:, :days])
                    if i == 0:
                        quiet = np.nan_to_num(series)
                    elif luck == 0:
                        other = np.nan_to_num(series) != quiet
                        self.apart[i - 1, rows] = np.where(other.any(axis=1), other.argmax(axis=1), np.inf)
        self.level, self.apart = self.level[:, :, :, good], self.apart[:, good]

    def differences(self, option: int, horizon: int) -> tuple[np.ndarray, np.ndarray]:
        """Option less status quo, [2, n, outcome]: with the same luck, and with independent luck."""
        with_it, without = self.level[option + 1, :, horizon], self.level[0, :, horizon]
        return with_it - without, with_it - without[::-1]


class Factor:
    """Variance with independent luck over variance with the same luck, by outcome, with a 90 % bootstrap interval over pairs."""

    def __init__(self, same: np.ndarray, independent: np.ndarray, within: bool = False):
        n = same.shape[1]
        everyone = np.full((1, n), 1.0 / n)
        weights = np.random.Generator(np.random.Philox(key=SEED)).multinomial(n, everyone[0], RESAMPLES) / n
        value, spread = (_ratio(w, same, independent, within) for w in (everyone, weights))
        self.value = value[0]
        with np.errstate(all="ignore"):
            filled = np.where(np.isnan(spread), np.where(np.isnan(self.value), 1.0, self.value), spread)
            self.low, self.high = np.quantile(filled, (0.05, 0.95), axis=0, method="inverted_cdf")

    def word(self, k: int) -> str:
        """The factor of an outcome and its interval in a table's cell."""
        if np.isnan(self.value[k]):
            return "-"
        if np.isinf(self.value[k]):
            return "all"
        return f"{_short(self.value[k])} ({_short(self.low[k])}-{_short(self.high[k])})"


def _ratio(weights: np.ndarray, same: np.ndarray, independent: np.ndarray, within: bool) -> np.ndarray:
    """Factor [w, outcome] under weights of pairs [w, n]; `within` leaves out what differs between pairs."""
    if within:  # of two lucks A and B in one pair: half the square of their difference is the variance of luck
        option, quiet = same[0] - independent[1], independent[0] - same[0]  # what each has under A less what it has under B
        top, bottom = weights @ (option**2 + quiet**2), weights @ (same[0] - same[1]) ** 2
    else:
        top, bottom = (sum(weights @ x**2 - (weights @ x) ** 2 for x in both) for both in (independent, same))
    scale = 1e-12 * np.maximum(top, 1e-300)
    with np.errstate(all="ignore"):
        return np.where(top <= 1e-12, np.nan, np.where(bottom <= scale, np.inf, top / np.maximum(bottom, scale)))


def ceiling(with_it: np.ndarray, without: np.ndarray) -> np.ndarray:
    """The most that any coupling of luck could reach, by outcome: both sides [n, outcome] put in order of size.

    Least and greatest paired with least and greatest have the smallest variance of their difference (Hoeffding 1940).
    """
    best = np.var(np.sort(with_it, axis=0) - np.sort(without, axis=0), axis=0)
    apart = np.var(with_it, axis=0) + np.var(without, axis=0)
    with np.errstate(all="ignore"):
        return np.where(apart <= 1e-12, np.nan, np.where(best <= 1e-12 * apart, np.inf, apart / np.maximum(best, 1e-300)))


def _short(value: float) -> str:
    return "all" if np.isinf(value) else "-" if np.isnan(value) else f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; all columns but the first are aligned right."""
    lines = [f"| {' | '.join(heads)} |", "| --- |" + " ---: |" * (len(heads) - 1)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def by_option(world: World, factors: list[Factor]) -> str:
    """One table: outcomes down, options across."""
    names = [option.name for option in world.options]
    rows = [[f"{o.name}", *(f.word(k) for f in factors)] for k, o in enumerate(OUTCOMES)]
    return table(["outcome", *names], rows)


def counted(factors: list[Factor], kept: list[int]) -> str:
    """How many of the factors reach what was asked, and their median."""
    found = np.array([f.value[k] for f in factors for k in kept])
    found = found[~np.isnan(found)]
    return f"{(found >= ASKED).sum()} of {len(found)} at {ASKED:.0f} or more, median {_short(float(np.median(found)))}"


def draw_factors(world: World, found: dict[str, list[Factor]]) -> str:
    """Every factor as a dot, options down, explanations by colour."""
    width, left, top, step = 760, 170, 84, 40
    height = top + step * len(world.options) + 46
    pen = Pen(width, height)
    pen.rect(0, 0, width, height, "paper")
    pen.text(14, 22, "What common luck buys: variance of a difference, times over", "h")
    for i, name in enumerate(found):
        pen.dot(20 + 150 * i, 46, 4, f"d{i + 1}")
        pen.text(30 + 150 * i, 50, name)
    pen.text(330, 50, f"one dot an outcome, fixed parameters, {world.days} days; dashes: {ASKED:.0f}")
    x = Scale(0.5, 100.0, left, width - 20, log=True)
    for tick in (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0):
        pen.line(x(tick), top - 16, x(tick), height - 40, "asked" if tick == ASKED else "rule")
        pen.text(x(tick), height - 24, number(tick), anchor="middle")
    pen.text(width - 20, height - 8, "factor (more than 100 shown at 100)", anchor="end")
    for j, option in enumerate(world.options):
        pen.text(14, top + step * j + 8, option.name)
        for i, factors in enumerate(found.values()):
            for k, outcome in enumerate(OUTCOMES):
                value = factors[j].value[k]
                if not np.isnan(value):
                    pen.dot(x(min(value, 100.0)), top + step * j + 12 * i - 2, 4, f"d{i + 1}", f"{outcome.name}: {_short(value)}")
    return _alone(pen, "variance factors by option")


def draw_days(found: dict[str, np.ndarray]) -> str:
    """How the factor falls with the days that are compared, with mechanisms switched off."""
    width, height, left, top = 640, 330, 62, 84
    pen = Pen(width, height)
    pen.rect(0, 0, width, height, "paper")
    pen.text(14, 22, f"Luck comes apart with time: {WATCHED[0]}, {WATCHED[1]}", "h")
    greatest = max(float(v[np.isfinite(v)].max()) for v in found.values())
    x = Scale(HORIZONS[0], HORIZONS[-1], left, width - 16, log=True)
    y = Scale(1.0, 1.2 * greatest, height - 46, top, log=True)
    for tick in y.ticks():
        pen.line(left, y(tick), width - 16, y(tick), "rule")
        pen.text(left - 6, y(tick) + 4, number(tick), anchor="end")
    pen.line(left, y(ASKED), width - 16, y(ASKED), "asked")
    for days in HORIZONS:
        pen.text(x(days), height - 28, number(days), anchor="middle")
    pen.text(width - 16, height - 10, "days after the decision", anchor="end")
    place = 14.0
    for i, (name, values) in enumerate(found.items()):
        pen.rect(place, 42, 12, 12, f"d{i}")
        pen.text(place + 17, 52, name)
        place += 40 + 6.6 * len(name)
        pen.path([(x(d), y(v)) for d, v in zip(HORIZONS, values)], f"l{i}")
    return _alone(pen, "variance factor by days compared")


def _alone(pen: Pen, label: str) -> str:
    body = pen.close(label, "figure")
    return body.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(">", f"><style>{STYLE}</style>", 1) + "\n"


def first_apart(runs: Runs, option: int, count: int = 10) -> str:
    """Recorded series in the order in which they first differ, with the median day over pairs."""
    middle = np.median(runs.apart[option], axis=0)
    order = [int(k) for k in np.argsort(middle, kind="stable")[:count]]
    return ", ".join(f"{SERIES[k]} (day {middle[k]:.0f})" for k in order if np.isfinite(middle[k]))


def why(world: World, factors: dict[str, list[Factor]], bounds: dict[str, list[np.ndarray]], days: dict[str, np.ndarray],
        deaths: np.ndarray) -> str:
    """In plain words: which factors are below what was asked, and what each sort is owed to."""
    sorts: dict[str, list[float]] = {"bound": [], "client_deaths": [], "restraint-rule": [], "rest": []}
    others = []
    for explanation in EXPLANATIONS:
        for option, factor, bound in zip(world.options, factors[explanation], bounds[explanation]):
            for k in counts_outcomes():
                value = factor.value[k]
                if np.isnan(value) or value >= ASKED:
                    continue
                own = OUTCOMES[k].name if OUTCOMES[k].name in sorts else option.name if option.name in sorts else "rest"
                sorts["bound" if bound[k] < ASKED else own].append(value)
                if own == "rest" and not bound[k] < ASKED:
                    others.append(f"{OUTCOMES[k].name} under {option.name} {_short(value)}")
    total = sum(map(len, sorts.values()))
    told = "; ".join(f"{name} {_short(v[HORIZONS.index(30)])} and {_short(v[-1])}" for name, v in days.items())
    least, most = _short(float(deaths.min())), _short(float(deaths.max()))

    def head(sort: str) -> str:
        values = sorts[sort]
        return f"{len(values)} ({_short(min(values))} to {_short(max(values))})" if values else "none"

    return "\n".join((
        f"Of the factors with fixed parameters {total} are below {ASKED:.0f}:\n",
        f"- *No coupling could do better* (the bound below is under {ASKED:.0f}): {head('bound')}. Mostly sustained-raids: it holds an",
        "  operation for the whole year, so the luck of when operations begin and end, which is most of the spread without it, has",
        "  nothing to be paired with.",
        f"- *client_deaths*, where the bound is higher: {head('client_deaths')}. A few deaths a year, each hanging on one person's word",
        "  of luck, which another person holds as soon as one more or fewer tries; with mechanisms switched off or a thousandth of the",
        f"  option the factor lies between {least} and {most}.",
        f"- *restraint-rule*: {head('restraint-rule')}. It works by how many operations begin. One that begins in one future and not in",
        "  the other moves everything for months.",
        f"- *The rest*: {head('rest')}{': ' + ', '.join(others) if others else ''}.",
        "  Histories that come apart, as the last table shows.\n",
        "The chain: an option moves prices and profits within a week, then by single persons how many members groups have, then the",
        "rates of clashes; one day a clash, its pair or its dead differ; an operation answers it or does not, today or later, and is",
        f"short or long by another draw. Factor of {WATCHED[1]} under {WATCHED[0]} after 30 and 365 days: {told}."))


def counts_outcomes() -> list[int]:
    """Outcomes that count in summaries; personnel_killed, almost always nought, does not."""
    return [k for k, o in enumerate(OUTCOMES) if o.name != "personnel_killed"]


def compare_options(world: World, explanation: str, drawn: bool) -> tuple[list[Factor], list[Factor], list[np.ndarray]]:
    """Factors of all options over the whole horizon, those of luck alone, and the bounds."""
    runs = Runs(world, explanation, drawn, PAIRS, [(option, 1.0) for option in world.options])
    whole, places = len(HORIZONS) - 1, range(len(world.options))
    factors = [Factor(*runs.differences(i, whole)) for i in places]
    luck = [Factor(*runs.differences(i, whole), within=True) for i in places]
    quiet = runs.level[0, :, whole].reshape(-1, len(OUTCOMES))
    return factors, luck, [ceiling(runs.level[i + 1, :, whole].reshape(-1, len(OUTCOMES)), quiet) for i in places]


def switch_off(world: World) -> tuple[dict[str, np.ndarray], list[list[str]], np.ndarray, str]:
    """With mechanisms off: factors by days with the full option, rows of the table, factors of deaths, what differs first."""
    option = next(o for o in world.options if o.name == WATCHED[0])
    k = [o.name for o in OUTCOMES].index(WATCHED[1])
    days: dict[str, np.ndarray] = {}
    rows, deaths, early = [], [], ""
    for name, changed in SWITCHED.items():
        for part in (1.0, 1e-3):
            runs = Runs(world, "kinship", False, FEW, [(option, part)], changed)
            found = [Factor(*runs.differences(0, h)) for h in range(len(HORIZONS))]
            deaths.append(found[-1].value[0])
            rows.append([f"{name}, {'full setting' if part == 1.0 else 'a thousandth of it'}",
                         *(f.word(k) if f.value[k] < 1e4 else "> 10,000" for f in found), _short(deaths[-1])])
            if part == 1.0:
                days[name] = np.array([f.value[k] for f in found])
            elif not changed:
                early = first_apart(runs, 0)
    return days, rows, np.array(deaths), early


def main() -> int:
    """Print the tables as Markdown; draw the figures where a folder is given."""
    world = World()
    found = {}
    for explanation in EXPLANATIONS:
        for drawn in (False, True):
            found[explanation, drawn] = compare_options(world, explanation, drawn)
            print(explanation, "drawn" if drawn else "fixed", counted(found[explanation, drawn][0], counts_outcomes()), file=sys.stderr)
    days, rows, deaths, early = switch_off(world)
    fixed = {explanation: found[explanation, False][0] for explanation in EXPLANATIONS}
    bounds = {explanation: found[explanation, False][2] for explanation in EXPLANATIONS}
    names = [option.name for option in world.options]
    print("# What common luck buys\n")
    print(f"{date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, model {digest()}, "
          f"seed {SEED}; `python benchmarks/engine/luck.py docs/results > docs/results/luck.md`.\n")
    print(f"Options of `{CASE}` against the status quo over {world.days} days from {world.case.decision.start}, {PAIRS} pairs for each "
          "explanation, parameters from the priors (no evidence is used). A factor is the variance of the difference with independent "
          "luck (another lane) over that with the same luck (same seed and lane): so many times fewer pairs give the same error. "
          "In brackets the 90 % bootstrap interval over pairs. Both arms share parameters, demand before the decision and history. `all`: "
          "with the same luck the difference never varied; `-`: it never varied at all.\n")
    print("The fair comparison is the one with fixed parameters, where luck is all that differs. With parameters drawn an option's effect "
          "itself differs between draws, and no luck can remove that: its tables say what the pairing spares a user, and the column on "
          "luck alone (variance between two lucks within a draw) what it spares of luck.\n")
    print("| explanation | parameters | factors | luck alone |\n| --- | --- | --- | --- |")
    for (explanation, drawn), (factors, luck, _) in found.items():
        told = [counted(each, counts_outcomes()) for each in (factors, luck)]
        print(f"| {explanation} | {'drawn' if drawn else 'fixed'} | {' | '.join(told)} |")
    print("\npersonnel_killed is left out of these counts: it is almost always nought.\n\n![Factors by option](luck.svg)")
    print(f"\n## Where the factor is below {ASKED:.0f}, and why\n\n{why(world, fixed, bounds, days, deaths)}")
    for (explanation, drawn), (factors, _, _) in found.items():
        print(f"\n## {explanation}, parameters {'drawn' if drawn else 'fixed'}\n\n{by_option(world, factors)}")
    print("\n## The most that any coupling could reach\n")
    print("Fixed parameters. Outcomes with and without the option each have a law that no choice of draws changes; the difference "
          "varies least when both are put in order of size. Where this bound is below 5, so is every factor.\n")
    for explanation in EXPLANATIONS:
        body = [[o.name, *(_short(c[j]) for c in bounds[explanation])] for j, o in enumerate(OUTCOMES)]
        print(f"### {explanation}\n\n{table(['outcome', *names], body)}\n")
    print(f"## What takes the two histories apart\n\nFactor of {WATCHED[1]} under {WATCHED[0]}, kinship, fixed parameters, {FEW} pairs, "
          "by the days compared; mechanisms switched off from the first day of the case. Last column: client_deaths over 365 days.\n")
    print(table(["world, option", *(f"{d} days" for d in HORIZONS), "deaths"], rows))
    print(f"\nWith a thousandth of the option, the first series to differ: {early}.\n\n![Factor by days](luck-days.svg)")
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "luck.svg").write_text(draw_factors(world, fixed), encoding="utf-8")
        (folder / "luck-days.svg").write_text(draw_days(days), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
