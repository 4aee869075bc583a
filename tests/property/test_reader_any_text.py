"""The reader on any text: no crash, spans inside their sentence, the same answer twice, and work that grows as the text does."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from interlope.guard import inspect
from interlope.reader import sentences
from interlope.reader.extraction import parse_html
from interlope.reader.filing import extend
from interlope.reader.proposals import MOST_SENTENCES, propose
from interlope.reader.proposed import ProposalFile, ReadDocument

SCRIPTS = "abcXYZ абв ابج नमस 漢字 ελλ עבר ไทย"
WORDS = st.sampled_from(
    "police said 40 people were arrested and that between 1,200 per cent half of two in five most no not daily each night border".split()
    + "rose could citing told paper report which 98 600 1.2.3 one a . , ; : ( ) “ ” \" ' — - € ,,, ... !?".split()
    + ["\n", "\n\n", "\t", "\x00", "\x1b[31m", "\u202e", "\ud800", "\u200b"]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=60).map(" ".join),
    st.text(st.one_of(st.characters(), st.sampled_from(SCRIPTS)), max_size=300),
    st.tuples(st.sampled_from(["a", ".", " ", "\n", "“", "1", ",", "9 ", "and ", ". ", "\n \n", "(", "x,"]), st.integers(1, 3000)).map(
        lambda p: p[0] * p[1]
    ),
)


@settings(max_examples=150)
@given(TEXTS)
@example("")
@example("\ufeff")
def test_any_text_is_read(text):
    if len(sentences.split(text)) > MOST_SENTENCES:
        return
    reading = propose(text)
    assert len(reading.marks) == len(reading.sentences)
    for p in reading.proposals:
        assert any(s.start <= p.start < p.end <= s.end for s in reading.sentences)
        assert p.low is None or p.high is None or p.low <= p.high
    assert propose(text).proposals == reading.proposals


@settings(max_examples=100)
@given(TEXTS)
def test_sentences_are_short_apart_and_leave_no_letter_out(text):
    """The work on a sentence is bounded by its length, so that the whole grows as the text does."""
    parts = sentences.split(text)
    assert all(0 < s.end - s.start <= sentences.LONGEST for s in parts)
    assert all(a.end <= b.start for a, b in zip(parts, parts[1:], strict=False))
    outside = "".join(text[a:b] for a, b in zip([0, *(s.end for s in parts)], [*(s.start for s in parts), len(text)], strict=True))
    assert not any(c.isalnum() for c in outside)


@settings(max_examples=60)
@given(TEXTS)
def test_what_is_filed_passes_the_guard_and_is_filed_once(text):
    if len(sentences.split(text)) > MOST_SENTENCES:
        return
    proposals = propose(text).proposals
    document = ReadDocument("d", "", None, "0" * 64, 1, ())
    filed, added, _ = extend(ProposalFile(), document, proposals)
    assert len(added) == len({(p.start, p.end, p.mark, p.cue) for p in proposals})
    lines = [line for line in filed.splitlines() if "=" in line and not line.startswith(("fingerprint", "sha256", "#"))]
    assert [line for line in lines if inspect(line)] == []


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<nav>", "</nav>", "<head>", "<body>", "<script>", "<!--", "-->", "&amp;", "&#x1b;", "<", "a boat ", "\n"]
        ),
        max_size=40,
    )
)
def test_any_page_is_read(parts):
    text = parse_html("".join(parts))
    assert text == text.strip() and "</p>" not in text.replace("<!--", "") or "<!--" in parts
