"""Cases: a folder with a border, its evidence, the rival explanations of it and the options under discussion."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from interlope.arguments import read_kind
from interlope.days import parse_day, read_day
from interlope.dossier.book import Book
from interlope.dossier.series import Series
from interlope.errors import BadInput, Fault, nearest
from interlope.guard import Permission
from interlope.levers.option import Option
from interlope.model.params import Param
from interlope.model.setting import Setting
from interlope.scenario import inventory
from interlope.scenario.alternatives import read_hypotheses, read_options
from interlope.scenario.analysts import Analyst, read_analysts
from interlope.scenario.asks import Ask, read_asks, read_report
from interlope.scenario.candidates import Candidate, read_candidates
from interlope.scenario.citation import check_source
from interlope.scenario.folder import find, read_evidence
from interlope.scenario.hypothesis import Hypothesis
from interlope.scenario.identity import CaseIdentity
from interlope.scenario.inventory import Inventory
from interlope.scenario.parameters import Given, read_parameters
from interlope.scenario.resolved import ResolvedParameter, resolve
from interlope.scenario.sections import read_specification
from interlope.scenario.specification import CaseSpecification, Decision
from interlope.scenario.texts import inspect_texts, read_reviewed
from interlope.scenario.wording import States
from interlope.toml.table import read

WAVES = ("demand_wave_cosine", "demand_wave_sine")
EXPECTED = "parameters of interlope.model.params, or None for those of the model"


class Evidence(NamedTuple):
    """Dossier and series as the files state them, whenever they were published."""

    book: Book
    series: Mapping[str, Series]


@dataclass(frozen=True, eq=False)
class Case:
    """A loaded case.

    `as_of` is the last day whose publications may be used; `inventory` lists the files of its folder. `book` and
    `series` hold what was published by then; `evidence` everything, so that `at` can go to a later day too. `asks` are the parts of the
    question, empty where the case does not name them; `report` is the source whose report it is about, empty where it does not say.
    `candidates` are what `evidence.toml` lists: evidence that could be sought; `analysts` judge the evidence otherwise than the case.
    """

    folder: Path
    specification: CaseSpecification
    as_of: date
    book: Book
    series: Mapping[str, Series]
    hypotheses: Mapping[str, Hypothesis]
    options: Mapping[str, Option]
    overrides: Mapping[str, Given]
    params: Mapping[str, Param]
    inventory: Inventory
    evidence: Evidence
    asks: tuple[Ask, ...] = ()
    report: str = ""
    candidates: tuple[Candidate, ...] = ()
    analysts: tuple[Analyst, ...] = ()

    def __repr__(self) -> str:
        """One line in place of all its evidence."""
        return f"<Case '{self.name}' as known on {self.as_of}: {len(self.book.claims)} claims, {len(self.series)} series, " \
               f"{', '.join(self.hypotheses)}>"

    def _repr_html_(self) -> str:
        """A row for each explanation and option, with what it says."""
        from interlope.results.tabular import write_html

        rows = [{"kind": kind, "name": each.name, "says": each.gloss}
                for kind, group in (("explanation", self.hypotheses), ("option", self.options)) for each in group.values()]
        return write_html(f"{self.name}, as known on {self.as_of}: {self.question}", rows)

    @property
    def name(self) -> str:
        """Name of the case, as its folder."""
        return self.specification.name

    def files(self) -> dict[str, str]:
        """sha256 of every file that a fit is made from, by its path below the case's folder, in order of name."""
        return dict(self.inventory.files)

    @property
    def sha256(self) -> str:
        """Digest over names and bytes of all files that a fit is made from."""
        return self.inventory.sha256

    @property
    def identity(self) -> CaseIdentity:
        """Which case it is: name, digest of its files, day of knowledge."""
        return CaseIdentity(self.name, self.sha256, self.as_of)

    @property
    def question(self) -> str:
        """The question that the case is to answer."""
        return self.specification.question

    @property
    def start(self) -> date:
        """First simulated day."""
        return self.specification.start

    @property
    def burn_in(self) -> date:
        """First day after the market has settled: figures that begin earlier are fitted only where their table says so."""
        return self.specification.burn_in

    @property
    def end(self) -> date:
        """Last day of the case: the file's, or `as_of` where that is later."""
        return max(self.specification.end, self.as_of)

    @property
    def cuts(self) -> Mapping[str, date]:
        """Named dates for `as_of`."""
        return self.specification.cuts

    @property
    def decision(self) -> Decision:
        """Start, length and comparison window of the decision.

        The file states them for its own `as_of`; with more known than that, the decision is taken the day after `as_of`.
        """
        stated = self.specification.decision
        if self.as_of <= self.specification.as_of:
            return stated
        return stated._replace(start=max(stated.start, self.as_of + timedelta(days=1)))

    @property
    def regions(self) -> tuple[str, ...]:
        """Regions that may be named."""
        return self.specification.regions

    @property
    def states(self) -> States:
        """The states at the border by name."""
        return self.specification.states

    @property
    def words(self) -> Mapping[str, str]:
        """Words of the case for what the model calls organisation, barrier or personnel; see `interlope.wording`."""
        return self.specification.words

    @property
    def bodies(self) -> tuple[str, ...]:
        """Organisations and aggregates that may be named."""
        return self.specification.bodies

    @property
    def seasonal(self) -> bool:
        """Whether some days of the year bring more tries than others: by demand's season, its yearly wave, or a known forcing."""
        season, tables = self.specification.season, [self.parameters(name) for name in self.hypotheses]
        waves = any(p.sampled or p.prior.median != 0.0 for table in tables for p in (table[name] for name in WAVES if name in table))
        return max(season) > min(season) or bool(self.specification.forcings) or waves

    def day(self, when: date) -> int:
        """Index of a date, 0 on the first simulated day."""
        return (when - self.specification.start).days

    def at(self, as_of: date | str) -> Case:
        """The case as known on a date or at a named cut: claims and values published later are gone.

        Raises
        ------
        BadInput
            When the cut is unknown or the date lies before the first simulated day or more than a year after the last.
        """
        as_of = self._date(as_of) if isinstance(as_of, str) else read_day("as of", as_of)
        if not self.start <= as_of <= self.specification.latest:
            raise BadInput(f"as of {as_of}; expected a date from {self.start} to {self.specification.latest}")
        series = {name: item.at(as_of) for name, item in self.evidence.series.items()}
        return replace(self, as_of=as_of, book=self.evidence.book.at(as_of), series=series)

    def setting(self, end: date | None = None, imposed_until: date | None = None) -> Setting:
        """The setting of a simulated world that ends on `end` (counted).

        Parameters
        ----------
        end : date or None, optional
            Last simulated day; the case's end when None, and later ends are allowed.
        imposed_until : date or None, optional
            Last day on which operations come from the file, `as_of` when None; from the next day on they start by themselves. An operation
            published later than this day is not imposed.
        """
        return self.specification.setting(end or self.end, imposed_until or self.as_of)

    def parameters(self, hypothesis: str) -> dict[str, ResolvedParameter]:
        """Every parameter of the model under an explanation; see `resolved.resolve`.

        Raises
        ------
        BadInput
            When no explanation has that name.
        """
        if read_kind("explanation", hypothesis, str, f"one of {', '.join(self.hypotheses)}") not in self.hypotheses:
            near = nearest(hypothesis, self.hypotheses)
            raise BadInput(f"explanation '{hypothesis}' unknown; expected one of {', '.join(self.hypotheses)}"
                           + (f"; {near}" if near else ""))
        mine = self.hypotheses[hypothesis]
        return resolve(self.params, {**self.overrides, **mine.parameters}, mine.variants, self.words)

    def _date(self, text: str) -> date:
        if text in self.cuts:
            return self.cuts[text]
        try:
            return parse_day(text)
        except ValueError as error:
            cuts = f" or one of {', '.join(self.cuts)}" if self.cuts else ""
            raise BadInput(f"as of '{text}'; expected a date such as {self.as_of}{cuts}") from error


def load(name_or_folder: str | Path, *, params: Sequence[Param] | None = None) -> Case:
    """Read a whole case and check it.

    Parameters
    ----------
    name_or_folder : str or Path
        Name of a shipped case, or a folder.

    Other Parameters
    ----------------
    params : sequence of Param, optional
        The model's parameters; those of the model when None.

    Returns
    -------
    Case
        Setting, dossier, official series, explanations, options and questions, as known on the case's `as_of`.

    Raises
    ------
    BadInput
        Listing every fault of every file of the case, each with file, line, what was expected and the nearest name.

    Examples
    --------
    >>> import interlope as il
    >>> case = il.load("toy")
    >>> list(case.hypotheses), case.as_of.isoformat()
    (['rivalry', 'takeover'], '2030-02-19')
    """
    folder = find(name_or_folder)
    known = _read_params(params)
    faults: list[Fault] = []
    if unreadable := inventory.inspect(folder / "case.toml", folder):
        raise BadInput([unreadable])
    first = inventory.digest_of(folder / "case.toml")
    table = read(folder / "case.toml", str(folder / "case.toml"), faults)
    if table is None:
        raise BadInput(faults)
    specification, pending = read_specification(table, folder.resolve().name)
    files = inventory.take(folder, specification.tables, faults)
    book, series = read_evidence(files, specification, faults)
    sources = None if book is None or series is None else {*book.documents, *book.sources, *book.roots, *book.claims, *series}
    part = table.part("overrides", {})
    overrides = {} if part is None else read_parameters(part, known, sources)
    if specification.empty and not ("demand_level" in overrides and overrides["demand_level"].prior.support == (0.0, 0.0)):
        table.fault("no [[clients]] and no [demand]", "demand_level = 0 in [overrides] of a case in which nobody is on the move")
    for where, source in pending:
        check_source(where, source, sources, "source" if where.has("source") else "season_source")
    hypotheses = read_hypotheses(files, table, specification.horizon, known, sources, overrides)
    asked, reviewed = table.parts("asks"), read_reviewed(table)
    report = read_report(table, book)
    table.close()
    options = read_options(files, specification.decision.days, faults)
    asks = read_asks(asked, files.stems("hypotheses"), files.stems("options"))
    candidates = read_candidates(files, specification, book, series, faults)
    analysts = read_analysts(files, specification, book, files.stems("hypotheses"), faults)
    if not table.is_wrong("space"):  # else names that are declared would be asked about
        inspect_texts(files, Permission(specification.regions, specification.bodies, reviewed), faults)
    inventory.verify(files, first, faults)
    if faults or book is None or series is None:
        raise BadInput(faults)
    case = Case(folder, specification, specification.end, book, series, hypotheses, options, overrides, known, files,
                Evidence(book, series), asks, report, candidates, analysts)
    return case.at(specification.as_of)


def _read_params(params: Sequence[Param] | None) -> dict[str, Param]:
    """Parameters by name; those of the model where none are handed over."""
    from interlope.model.step import PARAMS

    given = PARAMS if params is None else read_kind("params", params, Sequence, EXPECTED)
    return {read_kind("params", p, Param, EXPECTED).name: p for p in given}
