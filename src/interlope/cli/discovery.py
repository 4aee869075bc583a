"""discovery: what `compare --discover OPTION` does: where an option fails, harm by harm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from interlope.cli.console import Clock
    from interlope.cli.job import Request

DOES = {"compare": "run the option on the draws", "discover": "search where it fails, and whether chance would find the like"}


def discover_failures(request: Request, option: str, above: Sequence[str], clock: Clock) -> None:
    """Run one option on the draws of a fit and print where it fails."""
    from interlope.cli.console import print_json, print_lines
    from interlope.cli.job import draw
    from interlope.cli.loading import load
    from interlope.cli.progress import Watch
    from interlope.errors import BadInput
    from interlope.levers.option import STATUS_QUO
    from interlope.policy import compare, discovery
    from interlope.reporting.answer.discovery import tell_discovery
    from interlope.scenario.description import describe_case

    thresholds = read_thresholds(above)
    if option == STATUS_QUO:
        raise BadInput(f"--discover {option}, which is what every option is compared with; expected another option of the case")
    compare.require_options(load(request.case), [option])
    study, draws = draw(request, clock)
    plan = request.plan
    with Watch(DOES, quiet=request.json) as watch:
        watch.tell("compare", 0, 0)
        compared = compare.run(study.case, draws, [option], plan.days, plan.settings["pairs"], plan.seed,
                               lambda done, total: watch.tell("compare", done, total))
        watch.tell("compare", 1, 1)
        watch.tell("discover", 0, 0)
        boxes = discovery.discover(study.case, compared, draws.values, option, thresholds, plan.seed,
                                   progress=lambda done, total: watch.tell("discover", done, total))
        watch.tell("discover", 1, 1)
    record = study.record
    if request.json:
        result = compared.to_record().model_copy(update={"discovery": boxes})
        print_json("compare", result, clock, case=describe_case(study.case), model_digest=record.model_digest, seed=plan.seed,
                   mode=plan.mode, status=record.status, reasons=[*record.reasons])
        return
    print_lines(tell_discovery(boxes), mark="- ")


def read_thresholds(above: Sequence[str]) -> dict[str, float]:
    """Levels above which an option fails, by outcome, from words such as `client_deaths=20`.

    >>> read_thresholds(["client_deaths=20"])
    {'client_deaths': 20.0}
    """
    from interlope.errors import BadInput, Fault, nearest
    from interlope.policy.outcome import OUTCOMES
    from interlope.quantities import bounds
    from interlope.units import number

    series = {o.name: o.series for o in OUTCOMES}
    names = list(series)
    thresholds: dict[str, float] = {}
    faults: list[Fault] = []
    for text in above:
        name, _, level = (part.strip() for part in text.partition("="))
        if name not in names:
            faults.append(Fault("command line", None, f"--above {text[:60]}: outcome '{name[:60]}' unknown", f"one of {', '.join(names)}",
                                nearest(name, names)))
        elif not level:
            faults.append(Fault("command line", None, f"--above {text[:60]}: no level", f"{name}=LEVEL, such as {name}=20"))
        elif name in thresholds:
            faults.append(Fault("command line", None, f"--above {text[:60]}: {name} a second time", "one level for each outcome"))
        else:
            try:
                thresholds[name] = number(level)
                if thresholds[name] < 0 <= bounds(series[name])[0]:
                    faults.append(Fault("command line", None, f"--above {text[:60]}: a level below 0, above which every future lies",
                                        f"{name}=LEVEL of at least 0"))
            except ValueError as error:
                actual, _, expected = str(error).partition("; expected ")
                faults.append(Fault("command line", None, f"--above {text[:60]}: level {actual}", expected))
    if faults:
        raise BadInput(faults)
    return thresholds
