"""Alternatives: the explanations and the options of a case's folder, each in its order."""
from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from interlope.errors import Fault
from interlope.levers.option import STATUS_QUO, Option
from interlope.levers.option import load as load_option
from interlope.model.params import Param
from interlope.scenario.hypothesis import Hypothesis
from interlope.scenario.hypothesis import load as load_hypothesis
from interlope.scenario.inventory import Inventory
from interlope.scenario.parameters import Given
from interlope.scenario.specification import Horizon
from interlope.toml.table import Table


def read_hypotheses(files: Inventory, table: Table, horizon: Horizon, params: Mapping[str, Param],
                    sources: Collection[str] | None, shared: Mapping[str, Given]) -> dict[str, Hypothesis]:
    """Read every explanation, in the order that the case file states or else in order of name.

    Parameters
    ----------
    files : Inventory
        What the case's folder holds.
    table : Table
        The case file; its list of faults receives every fault.
    horizon : Horizon
        The days of the case.
    params : Mapping[str, Param]
        Parameters of the model, by name.
    sources : Collection[str] or None
        Ids that a source may be; not checked when None.
    shared : Mapping[str, Given]
        What the case file gives for all explanations, by parameter.

    Returns
    -------
    dict[str, Hypothesis]
    """
    order = table.texts("explanations", ())
    hypotheses: dict[str, Hypothesis] = {}
    for path in _paths(files, "hypotheses", table.faults):
        hypothesis = load_hypothesis(path, str(path), table.faults, horizon=horizon, known=params, sources=sources,
                                     shared=shared, others=tuple(hypotheses))
        if hypothesis is not None:
            hypotheses[hypothesis.name] = hypothesis
    names = files.stems("hypotheses")
    if order and sorted(order) != sorted(names):
        table.fault(f"explanations = {list(order)}", "each of " + ", ".join(names) + " once", "explanations")
    return {name: hypotheses[name] for name in order or hypotheses if name in hypotheses}


def read_options(files: Inventory, days: int, faults: list[Fault]) -> dict[str, Option]:
    """Read every option in order of name, the status quo first.

    Parameters
    ----------
    files : Inventory
        What the case's folder holds.
    days : int
        Days over which options are compared.
    faults : list[Fault]
        List that faults are added to.

    Returns
    -------
    dict[str, Option]
    """
    options: dict[str, Option] = {}
    for path in _paths(files, "options", faults):
        option = load_option(path, str(path), days, faults, (STATUS_QUO, *options))
        if option is not None:
            options[option.name] = option
    neutral = files.folder / "options" / f"{STATUS_QUO}.toml"
    if STATUS_QUO not in files.stems("options"):
        faults.append(Fault(str(neutral.parent), None, f"no {neutral.name}", "an option without levers"))
    elif STATUS_QUO in options and any(scheduled.setting for scheduled in options[STATUS_QUO].levers):
        faults.append(Fault(str(neutral), None, "levers set", "an option without levers"))
    return {name: options[name] for name in sorted(options, key=lambda name: name != STATUS_QUO)}


def _paths(files: Inventory, kind: str, faults: list[Fault]) -> list[Path]:
    """TOML files of one kind in order of name; none at all is a fault."""
    paths = files.paths(kind)
    if not paths:
        faults.append(Fault(str(files.folder / kind), None, "no TOML file", f"at least one file in {kind}/"))
    return paths
