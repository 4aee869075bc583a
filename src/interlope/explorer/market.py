"""Market: replicates of an explanation by day, one of them by sector and group, all of them as fans.

From priors, replicate i of every explanation has the same random streams and demand and, where explanations share a prior, the same
parameters (common random numbers): what differs between two of them follows from the explanation. As fitted, replicates are posterior
draws along their own streams, and replicate i of one explanation has nothing in common with that of another.
"""

from __future__ import annotations

import base64
import threading
from dataclasses import dataclass
from typing import Any

import numpy as np

from interlope.ensemble import design, keys, streams
from interlope.ensemble.streams import Streams
from interlope.errors import BadInput
from interlope.explorer.live import Deadline, order_draws
from interlope.explorer.summary import make_fan
from interlope.inference.fitting.posterior import Draws
from interlope.model import simulate as engine
from interlope.model.setting import Setting
from interlope.quantities import INDEX, QUANTITIES
from interlope.reporting.words import series_label
from interlope.results.market import FanAnswer, MarketRequest, Strip, StripMean
from interlope.scenario.case import Case

REPLICATES = 24
MOST_DAYS = 4000  # replicates times days of an ensemble are bounded by this and by REPLICATES
MEANS = (("members", 1.0), ("attempts", 1.0), ("sectors_governed", 0.001), ("clashes", 0.001))  # series by sector, and step of its code
KIN, COMMANDED = 2, 3


@dataclass(frozen=True, eq=False)
class Inputs:
    """What replicates of an explanation are begun with: values [r] by parameter, innovations [r, months], random streams."""

    values: dict[str, np.ndarray]
    innovations: np.ndarray
    along: Streams


@dataclass(frozen=True, eq=False)
class Recording:
    """All replicates of an explanation: series [r, day, k], detail [r, day, series of MEANS, sector], whether each ran to its end [r]."""

    series: np.ndarray
    detail: np.ndarray
    complete: np.ndarray


class Market:
    """Replicates of a case's explanations, run when they are first looked at.

    Parameters
    ----------
    case : Case
        The case as known on the study's day.
    draws : Draws
        Posterior draws; None where there are none.
    seed : int
        Seed of the replicates from priors.
    """

    def __init__(self, case: Case, draws: Draws | None, seed: int):
        self.case, self.draws, self.seed = case, draws, seed
        self.setting: Setting = case.setting()
        self.days = min(self.setting.days, MOST_DAYS)
        self._lock = threading.Lock()
        self._recordings: dict[tuple[str, str], Recording] = {}
        self._strips: dict[tuple[str, str, int], Strip] = {}

    def fan(self, request: MarketRequest) -> FanAnswer:
        """The fan of a series over all replicates, and the path of one of them."""
        if request.series not in QUANTITIES:
            raise BadInput(f"series '{request.series}' unknown; expected a recorded series, such as attempts")
        recording = self._record(request.explanation, request.basis)
        column = recording.series[:, :, INDEX[request.series]].astype(np.float64)
        weights = recording.complete / max(int(recording.complete.sum()), 1)
        row = min(request.replicate, len(column) - 1)
        return FanAnswer(fan=make_fan(request.series, column, weights, self.case.start.isoformat()),
                         path=np.round(column[row], 5).tolist(), replicate=row, replicates=int(recording.complete.sum()),
                         failed=int((~recording.complete).sum()))

    def strip(self, request: MarketRequest) -> Strip:
        """One replicate by day, sector and group."""
        key = (request.explanation, request.basis, request.replicate)
        with self._lock:
            if key not in self._strips:
                while len(self._strips) >= 16:
                    self._strips.pop(next(iter(self._strips)))
                self._strips[key] = self._walk(request)
            return self._strips[key]

    def mean(self, request: MarketRequest) -> StripMean:
        """All replicates together by day and sector."""
        recording = self._record(request.explanation, request.basis)
        whole = recording.detail[recording.complete]
        operation = recording.series[recording.complete][:, :, INDEX["operation_days"]].mean(axis=0)
        codes = [np.clip(np.rint(whole[:, :, i].mean(axis=0) / step), 0, 65535) for i, (_, step) in enumerate(MEANS)]
        return StripMean(
            explanation=request.explanation, basis=request.basis, start=self.case.start.isoformat(), days=self.days,
            sectors=self.setting.sectors, replicates=len(whole), names=[name for name, _ in MEANS],
            titles=[series_label(name) for name, _ in MEANS], units=[QUANTITIES[name].unit for name, _ in MEANS],
            scales=[step for _, step in MEANS], values=[_pack(code, "<u2") for code in codes],
            operation=np.round(operation.astype(np.float64), 3).tolist(),
        )

    def _record(self, explanation: str, basis: str) -> Recording:
        """Run all replicates of an explanation, in chunks that bound memory."""
        with self._lock:
            if (explanation, basis) not in self._recordings:
                inputs = self._inputs(explanation, basis)
                states = self._begin(inputs, slice(None))
                columns = [INDEX[name] for name, _ in MEANS]
                series, detail, deadline = [], [], Deadline()
                for to in (*range(90, self.days, 90), self.days):
                    deadline.check()
                    states, recorded = self._advance(states, inputs.along, to)
                    series += [r.series for r in recorded]
                    detail += [r.detail[:, :, columns] for r in recorded]
                self._recordings[explanation, basis] = Recording(np.concatenate(series, axis=1), np.concatenate(detail, axis=1),
                                                                 np.asarray(states.status) == 0)
            return self._recordings[explanation, basis]

    def _walk(self, request: MarketRequest) -> Strip:
        """Run one replicate day by day and read its state every evening."""
        inputs = self._inputs(request.explanation, request.basis)
        row = min(request.replicate, len(inputs.along) - 1)
        along = inputs.along.take(slice(row, row + 1))
        states, setting = self._begin(inputs, slice(row, row + 1)), self.setting
        members = np.zeros((self.days, setting.group_slots, setting.sectors), "<u2")
        marks, truces = np.zeros((self.days, setting.group_slots), "u1"), np.zeros((self.days, setting.sectors), "u1")
        daily = {name: np.zeros((self.days, setting.sectors)) for name in ("clashes", "group_deaths", "attempts")}
        operation, looked_at, views, deadline, broke_off = np.zeros(self.days), None, {}, Deadline(), None
        for day in range(self.days):
            deadline.check()
            states, (recorded,) = self._advance(states, along, day + 1)
            if states.buffer is not looked_at:  # days are run in place; a change of streams makes a copy
                looked_at, views = states.buffer, {name: states.array(name)[0] for name in ("members", "tie", "symbol", "truce")}
            members[day] = np.minimum(views["members"], 65535)
            marks[day] = np.where(views["tie"] > 0, views["tie"] + 1, views["symbol"] > 0)
            truces[day] = views["truce"] > 0
            operation[day] = recorded.series[0, 0, INDEX["operation_days"]]
            for name, values in daily.items():
                values[day] = recorded.detail[0, 0, INDEX[name]]
            if int(states.status[0]) != 0:
                broke_off = day
                break
        small = {name: np.clip(np.nan_to_num(v), 0, 255) for name, v in daily.items()}
        return Strip(
            explanation=request.explanation, basis=request.basis, replicate=row, start=self.case.start.isoformat(), days=self.days,
            sectors=setting.sectors, groups=setting.group_slots, members=_pack(members, "<u2"), marks=_pack(marks, "u1"),
            truces=_pack(truces, "u1"), clashes=_pack(small["clashes"], "u1"), deaths=_pack(small["group_deaths"], "u1"),
            attempts=_pack(np.clip(np.nan_to_num(daily["attempts"]), 0, 65535), "<u2"), operation=np.round(operation, 3).tolist(),
            broke_off=broke_off,
        )

    def _inputs(self, explanation: str, basis: str) -> Inputs:
        """Parameters, demand and random streams of all replicates of an explanation."""
        if explanation not in self.case.hypotheses:
            raise BadInput(f"explanation '{explanation}' unknown; expected one of {', '.join(self.case.hypotheses)}")
        if basis == "priors":
            plan = design.draw(self.case, explanation, REPLICATES, self.seed)
            return Inputs(plan.values, plan.innovations, streams.single(keys.integer(self.seed, "simulate"), np.arange(REPLICATES)))
        if self.draws is None:
            raise BadInput("there are no posterior draws in these results; expected replicates from priors")
        rows = order_draws(np.flatnonzero(self.draws.hypothesis == explanation))[:REPLICATES]
        innovations = np.full((len(rows), self.setting.months), np.nan)
        width = min(self.setting.months, self.draws.innovations.shape[1])
        innovations[:, :width] = self.draws.innovations[rows, :width]
        return Inputs({name: np.asarray(v)[rows] for name, v in self.draws.values.items()}, innovations, self.draws.streams.take(rows))

    def _begin(self, inputs: Inputs, rows: slice) -> Any:
        values = {name: v[rows] for name, v in inputs.values.items()}
        return engine.begin(self.setting, values, inputs.innovations[rows], inputs.along.seed, inputs.along.ids[rows, 0])

    @staticmethod
    def _advance(states: Any, along: Streams, to: int) -> tuple[Any, list[Any]]:
        """Run replicates to a day along their streams, with detail by sector."""
        recorded = []
        for day, ids in streams.spans(along, states.day, to):
            states, span = engine.advance(states, day, detail="s")
            recorded.append(span)
            if ids is not None:
                states = engine.clone(states, None, ids)
        return states, recorded


def _pack(values: np.ndarray, kind: str) -> str:
    """An array as base64 of little-endian numbers."""
    return base64.b64encode(np.ascontiguousarray(values.astype(kind)).tobytes()).decode()
