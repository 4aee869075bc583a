"""Completed: results of an earlier version with what the files of their case say, where these come with the package and are the same."""

from __future__ import annotations

from interlope.results.study import StudyRecord
from interlope.scenario.case import load
from interlope.scenario.description import list_operations
from interlope.scenario.folder import find_located, names


def complete(study: StudyRecord) -> StudyRecord:
    """The record with the operations on record that results of an earlier version do not name; without the case's files it stays."""
    if study.case.operations is not None or study.case.name not in names():
        return study
    case = load(find_located(study.case.name))
    if case.sha256 != study.case.sha256:
        return study
    about = study.case.model_copy(update={"operations": list_operations(case.at(study.case.as_of))})
    return study.model_copy(update={"case": about})
