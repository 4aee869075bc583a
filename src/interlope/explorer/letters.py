"""Letters: which one or two letters, given otherwise, make an explanation most probable; by other weights on the stored replicates."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from itertools import combinations, product

from interlope.dossier.source import LETTERS
from interlope.errors import BadInput
from interlope.inference.evidence.reweigh import Change, probabilities, unpack
from interlope.results.explorer import LetterChange, LettersAnswer
from interlope.results.study import StudyRecord

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
        with self._lock:
            if not self._tried:
                columns = {e.name: unpack(terms, e) for e in terms.explanations}
                self._tried = [(change, probabilities(terms, columns, Change(change))) for change in self._changes()]
        now = self._tried[0][1]
        return LettersAnswer(explanation=explanation, now=now[explanation], leader=max(now, key=now.__getitem__),
                             one=self._best(explanation, 1), two=self._best(explanation, 2), tried=len(self._tried) - 1)

    def _changes(self) -> Iterable[dict[str, str]]:
        """Nothing, then every change of one letter, then every one of two while there are few enough; A to E, for F is no step of trust."""
        assert self.record.terms is not None
        others = {s.id: [x for x in LETTERS[:5] if x != s.letter] for s in self.record.terms.sources}
        yield {}
        yield from ({source: letter} for source, letters in others.items() for letter in letters)
        pairs = list(combinations(others, 2))
        if sum(len(others[a]) * len(others[b]) for a, b in pairs) <= MOST_PAIRS:
            yield from ({a: x, b: y} for a, b in pairs for x, y in product(others[a], others[b]))

    def _best(self, explanation: str, count: int) -> list[LetterChange]:
        rows = [(change, p) for change, p in self._tried if len(change) == count]
        rows.sort(key=lambda row: -row[1][explanation])
        return [LetterChange(letters=change, probability=p[explanation], leads=max(p, key=p.__getitem__) == explanation)
                for change, p in rows[:SHOWN]]
