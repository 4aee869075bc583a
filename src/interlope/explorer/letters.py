"""Letters: which one or two letters, given otherwise, make an explanation most probable; by other weights on the stored replicates.

A log weight is a sum over institutions. Where two sources speak or relay in no institution together, what both letters do is the sum of
what each does, and is not counted again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from itertools import combinations, product

import numpy as np

from interlope.dossier.source import LETTERS
from interlope.errors import BadInput
from interlope.inference.evidence.reweigh import Change, Columns, log_weight, unpack
from interlope.inference.sampling import importance
from interlope.results.explorer import LetterChange, LettersAnswer
from interlope.results.study import StudyRecord
from interlope.results.terms import StoredTerms

MOST_PAIRS = 2000  # changes of two letters that are tried; the flagship has 900
SHOWN = 5  # changes of each length that are given


class LetterSearch:
    """Every change of one letter and of two, tried once for all explanations.

    Parameters
    ----------
    record : StudyRecord
        Results with the terms of their replicates.
    """

    def __init__(self, record: StudyRecord):
        self.record = record
        self._lock = threading.Lock()
        self._tried: list[tuple[dict[str, str], dict[str, float]]] = []

    def find(self, explanation: str) -> LettersAnswer:
        """The changes that make an explanation most probable.

        Parameters
        ----------
        explanation : str
            One of the study's.

        Returns
        -------
        LettersAnswer

        Raises
        ------
        BadInput
            When there is no such explanation, or nothing to weigh again.
        """
        terms = self.record.terms
        if terms is None or len(terms.explanations) < 2:
            raise BadInput("these results hold no terms of replicates of several explanations, so no letter can be tried")
        if explanation not in self.record.names:
            raise BadInput(f"explanation '{explanation}' unknown; expected one of {', '.join(self.record.names)}")
        self.warm()
        now = self._tried[0][1]
        return LettersAnswer(explanation=explanation, now=now[explanation], leader=max(now, key=now.__getitem__),
                             given={s.id: s.letter for s in terms.sources}, least=self._least(explanation),
                             one=self._best(explanation, 1), two=self._best(explanation, 2), tried=len(self._tried) - 1)

    def warm(self) -> None:
        """Try every change, where that was not done yet."""
        terms = self.record.terms
        with self._lock:
            if not self._tried and terms is not None:
                weights = _Weights(terms)
                self._tried = [(change, weights.probabilities(change)) for change in self._changes()]

    def _changes(self) -> Iterable[dict[str, str]]:
        """Nothing, then every change of one letter, then every one of two while there are few enough; A to E, for F is no step of trust."""
        assert self.record.terms is not None
        others = {s.id: [x for x in LETTERS[:5] if x != s.letter] for s in self.record.terms.sources}
        yield {}
        yield from ({source: letter} for source, letters in others.items() for letter in letters)
        pairs = list(combinations(others, 2))
        if sum(len(others[a]) * len(others[b]) for a, b in pairs) <= MOST_PAIRS:
            yield from ({a: x, b: y} for a, b in pairs for x, y in product(others[a], others[b]))

    def _least(self, explanation: str) -> LetterChange | None:
        """The change with which it leads, of fewest letters, then of fewest steps, then the one that makes it most probable."""
        assert self.record.terms is not None
        given = {s.id: LETTERS.index(s.letter) for s in self.record.terms.sources}

        def size(row: LetterChange) -> tuple[int, int, float]:
            return len(row.letters), sum(abs(LETTERS.index(x) - given[s]) for s, x in row.letters.items()), -row.probability

        return min((row for row in map(lambda tried: _row(explanation, *tried), self._tried) if row.leads), key=size, default=None)

    def _best(self, explanation: str, count: int) -> list[LetterChange]:
        rows = [(change, p) for change, p in self._tried if len(change) == count]
        rows.sort(key=lambda row: -row[1][explanation])
        return [_row(explanation, *row) for row in rows[:SHOWN]]


def _row(explanation: str, change: dict[str, str], p: dict[str, float]) -> LetterChange:
    return LetterChange(letters=change, probability=p[explanation], leads=max(p, key=p.__getitem__) == explanation)


class _Weights:
    """Log weights of the replicates under changes of letters, each change of one letter counted once."""

    def __init__(self, terms: StoredTerms):
        self.terms = terms
        self.columns: dict[str, Columns] = {e.name: unpack(terms, e) for e in terms.explanations}
        self.touched = {s.id: _list_institutions(terms, s.id) for s in terms.sources}
        self._known: dict[tuple[str, frozenset[tuple[str, str]]], np.ndarray] = {}

    def probabilities(self, change: dict[str, str]) -> dict[str, float]:
        """Probability of each explanation under a change."""
        log_odds = []
        for packed in self.terms.explanations:
            whole = self._log_weight(packed.name, change)
            log_odds.append(np.log(packed.prior_odds) + importance.log_mean(whole) + np.log(len(whole) / packed.replicates))
        return dict(zip(self.columns, importance.softmax(np.array([log_odds]))[0].tolist()))

    def _log_weight(self, name: str, change: dict[str, str]) -> np.ndarray:
        """Log weights [n] of the replicates of an explanation."""
        if len(change) == 2:
            one, other = change
            base = self._log_weight(name, {})
            if not self.touched[one] & self.touched[other] and np.isfinite(base).all():
                return self._log_weight(name, {one: change[one]}) + self._log_weight(name, {other: change[other]}) - base
            return log_weight(self.terms, self.columns[name], Change(change))
        key = (name, frozenset(change.items()))
        if key not in self._known:
            self._known[key] = log_weight(self.terms, self.columns[name], Change(change))
        return self._known[key]


def _list_institutions(terms: StoredTerms, source: str) -> set[str]:
    """Institutions of whose weight a source's letter is a part: its own, and those whose claims it relays."""
    relayed = {c.root for c in terms.claims if source in c.relays}
    return {r.institution for r in terms.roots if r.source == source or r.id in relayed}
