"""Reference: what a case may say, as records: shipped cases, kinds of claim, letters, fields of files."""

from __future__ import annotations

from interlope.results.record import Record


class FieldRow(Record):
    """An entry of a TOML file of a case: `[]` after a table's name says that it may stand several times.

    `required` is yes, no, or in a few words when; `default` is what holds where it is not written, empty where that is nothing.
    """

    file: str
    table: str
    key: str
    value: str
    required: str
    default: str
    meaning: str


class LetterRow(Record):
    """A letter of a source as numbers: expected chances of the three states, the weight behind them, and a relay's chance to distort."""

    letter: str
    faithful: float
    slanted: float
    uninformative: float
    weight: float
    distortion: float


class SeriesRow(Record):
    """A recorded series: its name, as claims, tables and predictions write it, its unit, and what it counts."""

    series: str
    unit: str
    definition: str


class FieldsResult(Record):
    """The `result` of `interlope fields`; with a topic or a file only what belongs to it."""

    fields: list[FieldRow]
    letters: list[LetterRow]
    series: list[SeriesRow] = []


class KindRow(Record):
    """A kind of claim: what it says, whether it is weighed, or why not, and which entries it must and may have."""

    kind: str
    meaning: str
    weighed: bool
    why: str
    needs: list[str]
    may: list[str]
    words: list[str]


class KindsResult(Record):
    """The `result` of `interlope kinds`."""

    kinds: list[KindRow]


class LeverHarm(Record):
    """One way in which a lever moves harm to people.

    `harms` are recorded series; `direction` is "raises" or "lowers"; `through` says how, by way of `control`. `size` is the number that
    says how much, empty where several do. `source` is a bibliography key for the direction, or "assumption".
    """

    lever: str
    harms: list[str]
    direction: str
    control: str
    through: str
    source: str
    size: str = ""


class LeverRow(Record):
    """A lever: what is set, within which range, what it also does, and its harm side.

    `harms` are ways in which it moves harm, `not_modelled` is harm without a channel in the model; `declared` is false where the lever
    says neither.
    """

    lever: str
    unit: str
    low: float
    high: float
    meaning: str
    side_effects: list[str]
    harms: list[LeverHarm] = []
    not_modelled: str = ""
    declared: bool = True


class LeversResult(Record):
    """The `result` of `interlope levers`."""

    levers: list[LeverRow]


class CaseRow(Record):
    """A shipped case: its question, day of knowledge, what it holds, and whether its answer is shipped too."""

    name: str
    question: str
    as_of: str
    explanations: list[str]
    claims: int
    series: int
    options: int
    shipped_answer: bool


class CasesResult(Record):
    """The `result` of `interlope cases`."""

    cases: list[CaseRow]
