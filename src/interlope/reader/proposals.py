"""Proposals: what a text seems to claim, sentence by sentence, and what was not read.

A proposal holds a place in the text, a fingerprint of the words there, and slots: kind, numbers, what is counted, who says it. It holds no
word of the text but those that a lexicon knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from interlope.dossier.document import fingerprint
from interlope.errors import BadInput
from interlope.reader import clauses, cues, fingerprints, quantities, sentences, speakers
from interlope.reader.changes import read_change
from interlope.reader.lexicon import phrases, words
from interlope.reader.numerals import has_decimal_comma
from interlope.reader.paraphrase import tell_bounds
from interlope.reader.proposal import Proposal, ReadText
from interlope.reader.quantity import Quantity
from interlope.reader.sentences import Sentence, Token
from interlope.reader.skipped import skip
from interlope.reader.speakers import Speaker, Speech

MOST_SENTENCES = 1_000  # of one document: a list of a case's files holds no more
OPEN = ("doubts", "believes")  # ways of speaking that are claims in themselves
AFTER_SAYING = frozenset('in to on at about of that with , . ; : ” " —'.split())


class _Memory:
    """What a sentence takes over from those before it: speaker of the paragraph, thing counted, labels and sources named already."""

    def __init__(self) -> None:
        self.paragraph = -1
        self.chain: tuple[Speaker, ...] = ()
        self.counted: Quantity | None = None
        self.named: set[object] = set()
        self.decimal_comma = False  # whether the text writes decimals with a comma somewhere, so that no comma is sure to mark thousands


def propose(text: str) -> ReadText:
    """Read a text.

    Parameters
    ----------
    text : str
        The text of a document.

    Returns
    -------
    ReadText

    Raises
    ------
    BadInput
        Of more than 1,000 sentences.

    Examples
    --------
    >>> text = propose("Police said at least 40 people were arrested last week. The sun shone.")
    >>> [(p.kind, p.low, p.quantity.unit, p.chain[0].role) for p in text.proposals], len(text.untouched)
    ([('ceiling', 40.0, 'arrests', 'police')], 1)
    """
    whole = sentences.split(text)
    if len(whole) > MOST_SENTENCES:
        raise BadInput(
            f"a text of {len(whole):,} sentences; expected at most {MOST_SENTENCES:,}: cut it into parts, each a document of its own"
        )
    result, memory = ReadText(whole), _Memory()
    memory.decimal_comma = has_decimal_comma(text)
    for sentence in whole:
        passage = text[sentence.start : sentence.end]
        result.marks.append(fingerprints.fingerprint(passage))
        tokens = sentences.tokenise(text, sentence.start, sentence.end)
        why = skip(passage, tokens)
        if why:
            result.skipped.append((sentence, why))
            continue
        proposals = [
            replace(p, mark=fingerprint(text[p.start : p.end]), sentence=result.marks[-1]) for p in _read(text, sentence, tokens, memory)
        ]
        result.proposals += sorted(proposals, key=lambda p: (p.start, p.end))
        if not proposals:
            result.untouched.append(sentence)
    return result


def _read(text: str, sentence: Sentence, tokens: list[Token], memory: _Memory) -> Iterator[Proposal]:
    """Proposals of one sentence, without their fingerprints."""
    if memory.paragraph != sentence.paragraph:
        memory.paragraph, memory.chain = sentence.paragraph, ()
    speeches = speakers.read_speakers(tokens)
    spans = _clauses(tokens, speeches)
    numbers = [q for q in quantities.read_quantities(tokens, spans, memory.counted) if not _is_of_the_speaker(q, speeches)]
    memory.counted = next((q for q in reversed(numbers) if q.counted), memory.counted)
    quoted = sentences.quotations(text, sentence.start, sentence.end)
    on_topic = bool(speeches) or bool(memory.chain) or cues.is_on_topic(tokens)
    for start, end in spans if on_topic or numbers else ():
        inside = [q for q in numbers if start <= q.start < end]
        chain, lineage = _chain(start, end, speeches, memory)
        base = Proposal(
            tokens[start].start,
            tokens[end - 1].end,
            "",
            "",
            "",
            "",
            chain=chain,
            lineage=lineage,
            quoted=any(a < tokens[end - 1].end and tokens[start].start < b for a, b in quoted),
            about=_topics(tokens, start, end),
            loaded=cues.list_loaded(tokens, start, end),
        )
        yield from _of_clause(tokens, (start, end), inside, speeches, base, memory)
    for match in cues.find_loaded(tokens):
        if match.phrase not in memory.named:
            memory.named.add(match.phrase)
            yield Proposal(
                tokens[match.start].start, tokens[match.end - 1].end, "", "", "meta", "label", loaded=(match.phrase.rstrip("*"),)
            )
    memory.chain = next((s.chain for s in reversed(speeches) if s.chain), memory.chain)


def _clauses(tokens: list[Token], speeches: Sequence[Speech]) -> list[tuple[int, int]]:
    """Clauses of a sentence, cut behind verbs of saying too."""

    def is_anchor(start: int, end: int) -> bool:
        return bool(cues.find_cues(tokens, start, end)) or _has_number(tokens, start, end) or _speaks_of_the_market(tokens, start, end)

    def is_speech(start: int, end: int) -> bool:
        return _is_speech(tokens, start, end, speeches)

    hedges = phrases("numbers", "hedge")
    cuts = [
        s.end
        for s in speeches
        if s.chain
        and s.chain[-1].manner not in OPEN
        and s.end < len(tokens)
        and (tokens[s.end].plain not in AFTER_SAYING or hedges.at(tokens, s.end) is not None)
    ]
    return clauses.split(tokens, is_anchor, is_speech, cuts)


def _of_clause(
    tokens: Sequence[Token],
    clause: tuple[int, int],
    numbers: Sequence[Quantity],
    speeches: Sequence[Speech],
    base: Proposal,
    memory: _Memory,
) -> Iterator[Proposal]:
    """What one clause claims: each of its numbers, or else its cue, or else a statement of no kind."""
    start, end = clause
    negated, hedged = cues.is_negated(tokens, start, end), bool(phrases("cues", "hedged").find(tokens, start, end))
    for i, number in enumerate(numbers):
        first = start if i == 0 else numbers[i - 1].end
        last = end if i == len(numbers) - 1 else numbers[i + 1].start
        first, last = clauses.trim(tokens, first, max(last, min(number.end, end)))
        change = read_change(tokens, number, start, end)
        other = number.decimals if number.decimals is not None and memory.decimal_comma else number.other
        interpretations = () if other is None else tuple(tell_bounds(*ends, *_scale(number)) for ends in ((number.low, number.high), other))
        yield replace(
            base,
            start=tokens[first].start,
            end=tokens[max(last, first + 1) - 1].end,
            kind="change" if change else number.kind,
            cue="change" if change else "number",
            quantity=number,
            low=change.low if change else number.low,
            high=change.high if change else number.high,
            interpretations=(change.interpretations if change else ()) or interpretations,
            negated=negated,
            hedged=hedged,
        )
    if numbers or phrases("cues", "procedure").find(tokens, start, end):
        return
    if _is_speech(tokens, start, end, speeches):
        named = tuple((s.part, s.role) for s in base.chain if s.part != "source")
        cites = phrases("speakers", "citing").at(tokens, start) is not None
        if cites or named and (named, base.chain[-1].role) not in memory.named:
            memory.named.add((named, base.chain[-1].role))
            yield replace(base, kind="meta", cue="provenance")
        return
    link = cues.find_link(tokens, start, end)
    if link and cues.read_cues(tokens, link, end) is not None:
        yield replace(base, end=tokens[link - 1].end, kind="attribution", cue="cause", negated=negated, hedged=hedged)
        start = link
        base = replace(base, start=tokens[start].start)
    cued = cues.read_cues(tokens, start, end)
    if cued is not None:
        yield replace(
            base,
            kind=cued.kind,
            cue=cued.cue,
            stated=cued.stated,
            low=cued.low,
            high=cued.high,
            also=cued.also,
            negated=negated,
            hedged=hedged,
        )
    elif _speaks_of_the_market(tokens, start, end):
        yield replace(base, kind="", cue="statement", negated=negated, hedged=hedged)


def _scale(number: Quantity) -> tuple[float, str]:
    """By what its bounds are multiplied where they are told, and the mark behind them: a share is told in percent."""
    return (100, "%") if number.share else (1, "")


def _chain(start: int, end: int, speeches: Sequence[Speech], memory: _Memory) -> tuple[tuple[Speaker, ...], str]:
    """Who says a clause: the speech of its sentence that stands nearest, else the speaker before where it goes on."""
    known = [s for s in speeches if s.chain]
    if known:
        nearest = min(known, key=lambda s: (max(s.start - end, start - s.end, 0), s.start > start))
        return nearest.chain, "stated"
    return memory.chain, "unknown" if not memory.chain else "stated" if speeches else "assumed"  # a speech without a chain: it said


def _is_speech(tokens: Sequence[Token], start: int, end: int, speeches: Sequence[Speech]) -> bool:
    """Whether a stretch only says who speaks."""
    inside = next((s for s in speeches if s.start < end and start < s.end), None)
    if inside is None or _has_number(tokens, max(start, inside.verb[1]), end) or _has_number(tokens, start, max(start, inside.start)):
        return False
    if inside.chain and inside.chain[-1].manner in OPEN:
        return False
    covered = min(end, inside.end) - max(start, inside.start)
    content = [
        m
        for m in cues.find_cues(tokens, start, end)
        if not (m.start < inside.verb[1] and m.end > inside.verb[0])
        and (m.entry["name"] == "provenance" or m.start >= inside.end or m.end <= inside.start)
    ]
    return 2 * covered >= end - start and not content


def _is_of_the_speaker(quantity: Quantity, speeches: Sequence[Speech]) -> bool:
    """Whether a number counts those who speak: two researchers wrote."""
    return any(s.start <= quantity.start < s.verb[0] for s in speeches)


def _has_number(tokens: Sequence[Token], start: int, end: int) -> bool:
    return bool(quantities.read_quantities(tokens[start:end], [(0, end - start)]))


def _speaks_of_the_market(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a stretch has a verb and a word of the market."""
    verb = any(t.plain in words("finite") or t.plain.endswith(clauses.PARTICIPLES) for t in tokens[start:end])
    return verb and cues.is_about_the_market(tokens, start, end)


def _topics(tokens: Sequence[Token], start: int, end: int) -> tuple[str, ...]:
    """What a clause speaks of, by the lexicon of what is counted."""
    return tuple(dict.fromkeys(match.entry["name"] for match in phrases("counted", "counted").find(tokens, start, end)))
