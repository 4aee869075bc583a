"""Predictions: how many of what the explanations predict of themselves their own replicates do not show."""

from __future__ import annotations

from interlope.reporting.numerals import percent, plural
from interlope.results.study import StudyRecord

BORNE_OUT = 0.5  # part of the replicates that show a prediction, from which it is borne out


def tell_missed(study: StudyRecord) -> list[str]:
    """Count the predictions of the explanations that were not borne out and those not computed; empty where there are none."""
    each = [(e.name, p) for e in study.weigh.explanations for p in (*e.predictions, *(p for v in e.variants for p in v.predictions))]
    missed = [(name, p) for name, p in each if p.probability is not None and p.probability < BORNE_OUT]
    unknown = sum(p.probability is None for _, p in each)
    sentences = []
    if missed:
        which = "; ".join(f"{name}: {p.says} (in {percent(p.probability)} of its replicates)" for name, p in missed)
        sentences.append(f"Not borne out: {len(missed)} of {plural(len(each), 'prediction')} that the explanations make. {which}.")
    if unknown:
        sentences.append(f"Not computed: {unknown} of {plural(len(each), 'prediction')} that the explanations make.")
    return sentences
