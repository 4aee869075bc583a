"""Opening: the results that are explored, the case that they belong to, and posterior draws that can be run again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from interlope import manifest
from interlope.ensemble import keys
from interlope.ensemble.streams import Streams
from interlope.errors import BadInput
from interlope.inference.fitting.posterior import Draws
from interlope.pipeline import calibrated, checkpoint, shipped
from interlope.reporting import record as records
from interlope.results.study import StudyRecord
from interlope.scenario.case import load
from interlope.storage.partial import Partial

if TYPE_CHECKING:
    from interlope.scenario.case import Case


@dataclass(frozen=True, eq=False)
class ExploredStudy:
    """A finished study, and what can be simulated from it.

    Attributes
    ----------
    record : StudyRecord
        Its results.
    folder : Path
        Where they lie.
    case : Case
        The case as known on the study's day; None where its files are not here or have changed.
    draws : Draws
        Posterior draws; None where there are none.
    absent : str
        Why nothing can be simulated, or only from priors; empty where all can.
    asked : str
        How the case is named on a command line.
    """

    record: StudyRecord
    folder: Path
    case: Case | None
    draws: Draws | None
    absent: str
    asked: str


def open_study(name: str, case: str = "") -> ExploredStudy:
    """Open the results in a folder, or the shipped answer of a case.

    Parameters
    ----------
    name : str
        A folder that `study` wrote, or a case with a shipped answer.
    case : str
        Name or folder of its case; the name in its manifest when empty.

    Returns
    -------
    ExploredStudy

    Raises
    ------
    BadInput
        When the folder holds no study, or one of its files was changed.
    """
    if not name.strip():
        raise BadInput("no name of a folder or case; expected a folder that 'study' wrote, or a case with a shipped answer")
    answer = None if (Path(name) / manifest.FILE).is_file() else shipped.find(name)
    folder = answer or Path(name)
    record = records.rate(records.load(folder))
    about = manifest.read(folder)
    manifest.refuse_changed(about, folder)
    asked = case or about.case
    record = calibrated.attach(record, folder.resolve().parent)
    loaded, absent = _find_case(asked, record)
    if loaded is None:
        return ExploredStudy(record, folder, None, None, absent, asked)
    draws = _read_shipped(loaded, record, folder) if answer else _read_stored(folder, record)
    if draws is None:
        absent = "There are no posterior draws in these results: options cannot be run live, and the market runs from priors only."
    elif missing := set(loaded.params) - set(draws.values):
        draws, absent = None, (f"The posterior draws lack {len(missing)} parameters of the installed model: options cannot be run live, "
                               "and the market runs from priors only. `interlope study` makes them anew.")
    return ExploredStudy(record, folder, loaded, draws, absent, asked)


def _find_case(asked: str, record: StudyRecord) -> tuple[Case | None, str]:
    """The case of the results as known on their day, or why it cannot be used."""
    try:
        case = load(asked)
    except BadInput:
        return None, f"No sound case '{asked}' is here, so nothing can be simulated; name it with --case FOLDER."
    if case.sha256 != record.case.sha256:
        return None, (f"The files of case '{asked}' are not those of these results, so nothing can be simulated. "
                      "`interlope study` makes the results anew; --case FOLDER names the case as it was.")
    return case.at(record.case.as_of), ""


def _read_stored(folder: Path, record: StudyRecord) -> Draws | None:
    """Draws in the folder of a study."""
    if not (folder / checkpoint.DRAWS).is_file():
        return None
    return checkpoint.read_draws(Partial(folder, record.run_id, lambda _: None))


def _read_shipped(case: Case, record: StudyRecord, folder: Path) -> Draws | None:
    """Draws that come with the package; a parameter that did not vary has the value that the case gives it."""
    from interlope.inference.fitting import calibrate

    with np.load(folder / shipped.DRAWS, allow_pickle=False) as arrays:
        stored = {name: arrays[name] for name in arrays.files}
    names = [name for name in record.names if f"{name}.point" in stored]
    values = [_fill(case, name, stored) for name in names]
    changes = tuple(calibrate.define(case).checkpoints.ends[:-1])
    ids = np.concatenate([stored[f"{name}.streams"].astype(np.int64) for name in names])
    if ids.shape[1] != len(changes) + 1:
        return None
    chance = {e.name: 1.0 if e.probability is None else e.probability for e in record.weigh.explanations}
    return Draws(
        np.repeat(names, [len(stored[f"{name}.point"]) for name in names]),
        {k: np.concatenate([v[k] for v in values]) for k in values[0]},
        np.concatenate([stored[f"{name}.innovations"].astype(np.float64) for name in names]),
        Streams(keys.integer(record.seed, "populations"), ids, changes),
        np.concatenate([stored[f"{name}.point"] for name in names]), chance, {},
    )


def _fill(case: Case, explanation: str, stored: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Every parameter of an explanation's draws."""
    count = len(stored[f"{explanation}.point"])
    return {name: stored[key].astype(np.float64) if (key := f"{explanation}.value.{name}") in stored else np.full(count, known.prior.median)
            for name, known in case.parameters(explanation).items()}
