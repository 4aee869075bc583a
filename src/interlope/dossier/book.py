"""Book: a dossier as a whole; the documents, sources, roots and claims of one file."""
from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from interlope.dossier import entry, flags, provenance
from interlope.dossier.claim import SILENCE, Claim
from interlope.dossier.document import Document
from interlope.dossier.listened import listened
from interlope.dossier.series import Series
from interlope.dossier.source import Root, Source, distortion
from interlope.errors import BadInput, Fault, nearest
from interlope.results import dossier as record
from interlope.results.dossier import Counts, DossierResult, SeriesAbout
from interlope.toml.names import refuse_alike
from interlope.toml.table import Table
from interlope.toml.table import read as read_table

Item = TypeVar("Item", Document, Source, Root, Claim)


@dataclass(frozen=True)
class Book:
    """A dossier.

    Attributes
    ----------
    file : str
        Where it was read from.
    documents : dict[str, Document]
        By id, in file order, as the others.
    sources : dict[str, Source]
        By id.
    roots : dict[str, Root]
        By id.
    claims : dict[str, Claim]
        By id.
    lines : Mapping[str, int or None]
        Line of each id in `file`.
    """

    file: str
    documents: dict[str, Document]
    sources: dict[str, Source]
    roots: dict[str, Root]
    claims: dict[str, Claim]
    lines: Mapping[str, int | None] = field(default_factory=dict)

    def at(self, as_of: date) -> Book:
        """The dossier with only the claims published, and the roots completed, by a day."""
        return replace(self, roots={r.id: r for r in self.roots.values() if r.completed <= as_of},
                       claims={c.id: c for c in self.claims.values() if c.published <= as_of})

    def regrade(self, source: str, letter: str) -> Book:
        """The dossier with another letter for one source, and what follows for claims that it relays."""
        sources = {**self.sources, source: replace(self.sources[source], letter=letter)}
        claims = {}
        for name, claim in self.claims.items():
            if source in claim.chain and claim.by_letters:
                claim = replace(claim, distortion=distortion("".join(sources[relay].letter for relay in claim.chain)))
            claims[name] = claim
        return replace(self, sources=sources, claims=claims)

    def institution(self, root: str) -> str:
        """The institution behind a root; roots of one institution share one reliability."""
        return self.sources[self.roots[root].source].institution

    def letter(self, root: str) -> str:
        """The letter of a root's source."""
        return self.sources[self.roots[root].source].letter

    def fitted(self) -> dict[str, list[Claim]]:
        """Claims that carry a likelihood, by root."""
        by_root: dict[str, list[Claim]] = {}
        for claim in self.claims.values():
            if claim.likelihood:
                by_root.setdefault(claim.root, []).append(claim)
        return by_root

    def pointers(self) -> Iterable[tuple[Claim, int | None]]:
        """Claims that point into a document, with their lines."""
        return [(claim, self.lines.get(claim.id)) for claim in self.claims.values() if claim.span is not None]


def load(path: str | Path, *, horizon: tuple[date, date] | None = None, regions: Collection[str] = (),
         burn_in: date | None = None, events: Mapping[str, entry.Imposed] | None = None) -> Book:
    """Read and check a dossier.

    Parameters
    ----------
    path : str or Path
        The dossier.toml.
    horizon : tuple[date, date] or None, optional
        First and last simulated day; windows must lie within it.
    regions : Collection[str], optional
        Places that the case declares in [space]; a claim's place must be one of them.
    burn_in : date or None, optional
        First day after the market has settled; what is weighed and begins before has to say that it means to. Not checked when None.
    events : Mapping[str, Imposed] or None, optional
        Events that a claim of an effect may name. Not checked when None.

    Returns
    -------
    Book
        With the dossier's own flags added to those stated in the file.

    Raises
    ------
    BadInput
        With every fault of the file, each as file:line.
    """
    faults: list[Fault] = []
    top = read_table(Path(path), str(path), faults)
    if top is None:
        raise BadInput(faults)
    top.integer("format", low=1, high=1)
    lines: dict[str, int | None] = {}
    documents = _collect(top, "document", entry.document, lines)
    sources = _collect(top, "source", entry.source, lines)
    roots = _collect(top, "root", lambda part: entry.root(part, sources), lines)
    context = entry.Context(documents, sources, roots, horizon, regions, burn_in, events)
    claims = _collect(top, "claim", lambda part: entry.claim(part, context), lines)
    claims |= _collect(top, "listened", lambda part: listened(part, context), lines, claims)
    top.close()
    _references(claims, lines, str(path), faults)
    if faults:
        raise BadInput(sorted(faults, key=lambda fault: fault.line or 0))
    book = Book(str(path), documents, sources, roots, claims, lines)
    raised = flags.find(book)
    claims = {name: replace(c, flags=(*c.flags, *raised.get(name, ()))) for name, c in claims.items()}
    return replace(book, claims=claims)


def to_record(book: Book, series: Mapping[str, Series] | None = None, left_out: Mapping[str, str] | None = None) -> DossierResult:
    """A dossier, with the official series beside it, as the `result` of the verb `dossier`.

    Parameters
    ----------
    book : Book
        A dossier.
    series : mapping of str to Series, optional
        Tables of official figures by id; none when None.
    left_out : mapping of str to str, optional
        Claims that carry a likelihood and cannot be weighed, by id, and why.

    Returns
    -------
    DossierResult
    """
    gone = left_out or {}
    claims = [replace(c, why=c.why or gone.get(c.id, "")) for c in book.claims.values()]
    stated = [c for c in claims if c.kind != SILENCE]
    return DossierResult(
        documents=[record.Document(id=d.id, title=d.title, date=d.date.isoformat(), sha256=d.sha256, characters=d.characters)
                   for d in book.documents.values()],
        sources=[record.Source(id=s.id, role=s.role, country=s.country or None, letter=s.letter, reason=s.reason,
                               published=s.published.isoformat() if s.published else None, institution=s.institution)
                 for s in book.sources.values()],
        roots=[record.Root(id=r.id, source=r.source, completed=r.completed.isoformat(), what=r.what, slant=r.slant,
                           claims=[c.id for c in claims if c.root == r.id], relays=list(provenance.relays(book, r.id)))
               for r in book.roots.values()],
        claims=[_claim(c) for c in claims],
        counts=Counts(claims=len(stated), with_likelihood=sum(c.likelihood for c in stated), roots=len({c.root for c in claims if c.root}),
                      silences=len(claims) - len(stated)),
        series=[SeriesAbout(id=s.id, source=s.source, root=s.root, definition=s.definition, counted=s.counted, unit=s.unit,
                            period=s.period, licence=s.licence, weighed=s.density != "none", why=s.why or None, values=len(s.values))
                for s in (series or {}).values()],
    )


def _claim(c: Claim) -> record.Claim:
    """One claim, what it does not state as None."""
    return record.Claim(
        id=c.id, paraphrase=c.paraphrase, kind=c.kind, series=c.series or None, unit=c.unit or None,
        counted=c.counted or None, place=c.place or None,
        window=[day.isoformat() for day in c.window] if c.window else None, reduce=c.reduce or None,
        low=c.low, high=c.high, stated=c.stated, published=c.published.isoformat(),
        document=c.document or None, span=list(c.span) if c.span else None,
        fingerprint=c.fingerprint or None, root=c.root or None, chain=list(c.chain), lineage=c.lineage,
        likelihood=c.likelihood, holdout=c.holdout, why=c.why or None, status=c.status,
        of=c.of or None, covers=list(c.covers), grade=c.grade or None, view=dict(c.view), distortion=c.distortion,
        channels=[record.Channel(kind=x.kind, chance=x.chance, series=x.series or None, reduce=x.reduce or None, reason=x.reason)
                  for x in c.channels],
        flags=[record.Flag(rule=f.rule, text=f.text, origin=f.origin) for f in c.flags], note=c.note or None,
        threshold=c.threshold, chance_if_true=c.chance_if_true, chance_if_false=c.chance_if_false,
        baseline=[day.isoformat() for day in c.baseline] if c.baseline else None, than=c.than or None, event=c.event or None,
    )


def _collect(top: Table, name: str, read: Callable[[Table], Item], lines: dict[str, int | None],
             others: Collection[str] = ()) -> dict[str, Item]:
    """The tables [[name]] by id, each id once, here and among `others`; their lines are noted."""
    items: dict[str, Item] = {}
    for part in top.parts(name):
        item = read(part)
        if item.id and (item.id in items or item.id in others):
            part.fault(f"{name} '{item.id}' given twice", "each id once", "id")
        refuse_alike(part, item.id, name, [*items, *others], "id")
        items[item.id] = item
        lines[item.id] = part.line("id")
    return items


def _references(claims: Mapping[str, Claim], lines: Mapping[str, int | None], file: str, faults: list[Fault]) -> None:
    for claim in claims.values():
        for other in (claim.of, *claim.covers):
            if other and (other not in claims and "" not in claims or other == claim.id):
                what = f"claim '{other}' refers to itself" if other == claim.id else f"claim '{other}' unknown"
                faults.append(Fault(file, lines.get(claim.id), what, "the id of another claim", nearest(other, set(claims) - {claim.id})))
