"""Question: each part of the question in a sentence with word, number and range, and in one more what that depends on.

These are the first lines wherever an answer is given: in the terminal, in a report and in JSON.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from interlope.reporting.answer import roots
from interlope.reporting.answer.calibration import tell_calibration
from interlope.reporting.answer.explanations import answer_explanation, is_any_likely, rank
from interlope.reporting.answer.harms import BASES, UNSURE, tell_idle, tell_options
from interlope.reporting.answer.left_out import tell_left_out, tell_unweighed
from interlope.reporting.answer.official import cite_figures
from interlope.reporting.answer.operations import list_missing, tell_operations
from interlope.reporting.answer.options import answer_option
from interlope.reporting.answer.overview import tell_counting, tell_failures, tell_narrow
from interlope.reporting.answer.reversals import tell_odds
from interlope.reporting.answer.seek import pick_asked, tell_best, tell_waiting
from interlope.reporting.answer.shortfall import tell_shortfalls
from interlope.reporting.answer.statement import Statement
from interlope.reporting.answer.sure import tell_adequacy, tell_confidence
from interlope.reporting.numerals import plural
from interlope.reporting.words import in_words, sentence
from interlope.results.study import StudyRecord
from interlope.results.verbs import Asked

ABOUT = ("explanation", "option")


def tell(study: StudyRecord) -> list[str]:
    """Return the whole answer as sentences: the question's parts first, then what else there is to say."""
    return [s.text for s in cite(study)]


def cite(study: StudyRecord) -> list[Statement]:
    """Return the whole answer as sentences, each with the roots that it rests on."""
    return [*tell_first(study), *cite_rest(study)]


@in_words
def tell_first(study: StudyRecord, about: Sequence[str] = ABOUT) -> list[Statement]:
    """Answer the parts of the question in the order asked.

    A case that does not name them gets all its explanations in one sentence. Where no explanation is likely, it is said what the
    official figures tell and where to look.

    Parameters
    ----------
    study : StudyRecord
        The results.
    about : sequence of str
        The kinds of parts to answer, `explanation` and `option`.

    Returns
    -------
    list of Statement
    """
    far = tell_shortfalls(study.weigh)
    brief = _unresolved(study, brief=True) if far else ""
    statements = [Statement(_unresolved(study), short=brief)] if study.status == "not_resolved" else []
    statements += [Statement(text, roots=roots.behind(study, [f.id for f in study.weigh.shortfalls])) for text in far]
    for ask in study.asks:
        if ask.explanation and "explanation" in about:
            statements += answer_explanation(study, ask)
        elif ask.option and "option" in about:
            statements += answer_option(study, ask)
    statements += tell_operations(study) if "option" in about and any(a.option for a in study.asks) else []
    if "explanation" in about:
        statements += rank(study)
        if not is_any_likely(study):
            statements += cite_figures(study)
        statements += [Statement(text, rank) for text, rank in zip(tell_confidence(study), (0, 3))]
        statements += [Statement(text, 2, roots=roots.weighed(study)) for text in tell_adequacy(study)]
    dropped = roots.behind(study, [d.id for d in study.weigh.dropped])
    return [*statements, *(Statement(text, roots=dropped) for text in tell_left_out(study.weigh.dropped))]


def tell_rest(study: StudyRecord, about: Sequence[str] = ABOUT) -> list[str]:
    """Say what the first sentences leave out, as in `cite_rest`."""
    return [s.text for s in cite_rest(study, about)]


@in_words
def cite_rest(study: StudyRecord, about: Sequence[str] = ABOUT) -> list[Statement]:
    """Say what the first sentences leave out: what helps, what outlets would count, other options, what nothing explains."""
    whole, statements = roots.weighed(study), [Statement(text) for text in _tell_help(study, about)]
    if "explanation" in about:
        statements += [Statement(text, roots=roots.relayed(study)) for text in tell_counting(study)]
        statements += [Statement(text) for text in tell_calibration(study)]
        statements += [Statement(text, roots=whole) for text in tell_best(study.seek, pick_asked(study))]
    if "option" in about:
        statements += cite_options(study, list_answered(study))
        statements += cite_whole(study, tell_odds(study.compare, answered=list_answered(study))) if study.compare else []
    if "explanation" in about:
        never = roots.behind(study, [c.claim for c in study.weigh.cannot_meet if set(c.explanations) >= set(study.names)])
        statements += [Statement(text, roots=never) for text in tell_failures(study)]
    statements += [Statement(text) for text in tell_narrow(study)]
    statements += [Statement(text, roots=roots.unweighed(study)) for text in tell_unweighed(study)]
    return statements


def cite_options(study: StudyRecord, answered: Collection[str] = ()) -> list[Statement]:
    """Say which operations no future has where no part of the question has said it, what waiting does, and what each option does.

    `answered` are options of which that has been said already.
    """
    operations = [] if any(a.option for a in study.asks) else tell_operations(study)
    waited = roots.merge(roots.weighed(study), roots.recorded(study, list_missing(study)))
    waiting = [Statement(text, roots=waited) for text in tell_waiting(study.seek, study)]
    return [*operations, *waiting, *cite_whole(study, tell_options(study, answered))]


def cite_whole(study: StudyRecord, texts: Sequence[str]) -> list[Statement]:
    """Sentences on futures, which rest on all roots, as these are weighted by odds and fit; among them those on the method, on none."""
    compare = study.compare
    method = {BASES, UNSURE, *(tell_idle(compare) if compare else tell_options(study))}
    return [Statement(text, roots=() if text in method else roots.weighed(study)) for text in texts]


def _tell_help(study: StudyRecord, about: Sequence[str]) -> list[str]:
    """What failed beside the first check, and what helps against all that failed."""
    sentences = []
    if study.status == "not_resolved":
        hidden = [r.text for r in study.reasons[1:]]
        sentences += [f"Failed as well: {'; '.join(hidden)}."] if hidden else []
        remedies = dict.fromkeys(r.remedy for r in study.reasons if r.remedy)
        sentences += [f"What helps: {sentence(remedy, capital=False)}" for remedy in remedies]
    if study.alone and "explanation" in about:
        sentences.append("What helps: a rival explanation in hypotheses/, with a prediction that could fail it.")
    return sentences


def list_answered(study: StudyRecord) -> list[str]:
    """Options whose comparison with the same future without them has been told among the first sentences."""
    return [a.option for a in study.asks if a.option and a.against != "today"]


@in_words
def list_asked(study: StudyRecord) -> list[Asked]:
    """The parts of the question, each with its answer and what that depends on, where that is known."""
    parts = []
    for ask in study.asks:
        answer, *more = answer_explanation(study, ask) if ask.explanation else answer_option(study, ask)
        parts.append(Asked(**dict(ask), answer=answer.text, hangs_on=more[0].text if more else None, roots=list(answer.roots)))
    return parts


def _unresolved(study: StudyRecord, brief: bool = False) -> str:
    """Why the numbers are not for use; in brief without the cause."""
    first, *more = [r.text for r in study.reasons] or ["the calculation does not meet its own checks"]
    first = first.partition(". Cause: ")[0] if brief else first
    others = f", and {plural(len(more), 'more check fails', 'more checks fail')}" if more else ""
    return f"Not resolved: {first}{others}. The numbers are for checking only, not for use."
