"""Names: persons, and capitalised or undecidable words that no list knows.

A text is read word by word. Harmless phrases (states, agencies, terms, and what the case declares) are covered first. Of what is left, a
capitalised word that is no English word is asked about, as is any word of a script without capitals; a word in lower case only where it is
a known name or town. Titles, initials, aliases and neighbours turn a word into a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from interlope.guard import vocabulary
from interlope.guard.finding import Finding
from interlope.guard.neighbours import find_sites, is_titled
from interlope.guard.span import make
from interlope.guard.tokens import Token, adjoin, cover, excuse_citations, tokenise
from interlope.guard.vocabulary import Phrases

SITE = re.compile(r"[ _-](?:border )?(?:crossing|checkpoint|village|town|bridge|camp)\b")
BARE = re.compile(r"(?=\s*(?:$|[.,;:!?)]|(?:and|or|to|on|at|from|via|in|near|by|for|with|was|were|is|are|then|before|after|until)\b))")
ALIAS = re.compile(
    r"(?i)\b(?:alias|a\.?k\.?a\.?|nicknamed?|known as|goes by|nom de guerre|under the name(?: of)?|code ?name[ds]?)\W{0,3}"
    r"(?:the |el |al )?$"
)
WHERE = re.compile(
    r"(?i)\b(?:in|at|near|outside|around|towards?|from|to|via|through|along|across|past|between|over|into|toward|leaving|reaching|"
    r"town of|village of|city of|river|mount|crossing|у|в|из|на|через|преко|код|από|στη|μέσω)\s+(?:the\s+)?$"
)
DIGITS_FOR_LETTERS = re.compile(r"\b[A-Z][a-z]{0,20}[013457][a-z]{1,20}\b")
LETTERS = str.maketrans("013457", "oieast")
FEAST = re.compile(r"\b(?:St\.?|Saint) ?[A-Z][a-z]{2,12}(?:['’]s|s['’])? (?:Day|Eve|Week)\b")  # days of the calendar
SPACED = re.compile(r"(?<!\w)[^\W\d_](?: [^\W\d_]){3,}(?!\w)")


def find(text: str, declared: Phrases) -> Iterator[Finding]:
    """Yield names in a text in one spelling.

    Parameters
    ----------
    text : str
        In one spelling.
    declared : Phrases
        What the case declares.
    """
    tokens = tokenise(text)
    harmless = cover(tokens, vocabulary.harmless())
    excused = cover(tokens, declared)
    excuse_citations(text, tokens, excused)
    for match in FEAST.finditer(text):
        excused[:] = [e or match.start() <= t.start and t.end <= match.end() for e, t in zip(excused, tokens)]
    for match in DIGITS_FOR_LETTERS.finditer(text):
        if match[0].lower().translate(LETTERS) in vocabulary.names():
            yield make("person", text, *match.span())
    for match in SPACED.finditer(text):
        if match[0][0].isupper() and match[0][2].islower():
            yield make("person", text, *match.span())
    rules = [_judge(text, tokens, i, harmless, excused) for i in range(len(tokens))]
    for i in find_sites(text, tokens, harmless, excused):
        rules[i] = rules[i] or "place"
    for start, length in _towns(tokens):
        if not any(excused[start : start + length]) and not any(harmless[start : start + length]):
            rules[start : start + length] = ["place"] * length
    yield from _join(text, tokens, rules, harmless, excused)


def _towns(tokens: list[Token]) -> Iterator[tuple[int, int]]:
    """Towns of the list, also in lower case and in ids."""
    towns = vocabulary.towns()
    for i, token in enumerate(tokens):
        for phrase in towns.get(token.plain, ()):
            if (len(phrase) > 1 and tuple(t.plain for t in tokens[i : i + len(phrase)]) == phrase) or (
                len(phrase) == 1 and len(phrase[0]) > 4
            ):
                yield i, len(phrase)
                break


def _judge(text: str, tokens: list[Token], i: int, harmless: list[bool], excused: list[bool]) -> str:
    """The rule that a word breaks; empty when it may stay."""
    token = tokens[i]
    if excused[i]:
        return ""
    before = tokens[i - 1] if i and text[tokens[i - 1].end : token.start].strip(" \n.") in ("", '"', ",") else None
    if before is not None and is_titled(text, token, before, tokens, i, harmless):
        return "person"
    if token.is_capitalised and not harmless[i] and ALIAS.search(text[max(0, token.start - 24) : token.start]):
        return "person"
    if harmless[i] or _follows_digit(text, token):
        return ""
    if token.is_caseless:
        return "" if _is_known_caseless(token) else "script"
    if not token.text[0].isascii() and not token.plain.isascii():
        is_known = any(token.plain[: len(token.plain) - cut] in vocabulary.stems() for cut in (0, 1, 2))
        return "" if len(token.text) < 3 or not token.is_capitalised or is_known else "name"
    if not token.is_capitalised:
        if len(token.plain) > 4 and _stands_for_a_place(text, token) and not vocabulary.is_english(token.plain):
            return "place"
        return "person" if len(token.plain) > 3 and token.plain in vocabulary.names() and not vocabulary.is_english(token.plain) else ""
    if len(token.plain) == 1:
        return ""
    if token.text.isupper() and len(token.text) < 7:
        return "person" if len(token.text) > 3 and token.plain in vocabulary.names() else ""
    if token.plain in vocabulary.names() or not token.text.isascii() and token.plain not in vocabulary.words("accented"):
        return "name"
    return "" if vocabulary.is_english(token.plain) or _is_compound(token.text) else "name"


def _stands_for_a_place(text: str, token: Token) -> bool:
    """True before a word such as crossing, and for what stands alone behind a word of place: in sampleton."""
    if SITE.match(text, token.end):
        return True
    return bool(WHERE.search(text[max(0, token.start - 16) : token.start])) and BARE.match(text, token.end) is not None


def _is_compound(word: str) -> bool:
    """True for words written together with capitals inside, as DataTree."""
    parts = re.findall(r"[A-Z][a-z]+|[A-Z]+(?![a-z])", word)
    return len(parts) > 1 and "".join(parts) == word and all(p.isupper() or len(p) > 2 and vocabulary.is_english(p.lower()) for p in parts)


def _follows_digit(text: str, token: Token) -> bool:
    """True inside a code such as 4th, x2 or S1."""
    return (
        token.start > 0 and text[token.start - 1].isdigit() or token.end < len(text) and text[token.end].isdigit() and len(token.text) < 4
    )


def _is_known_caseless(token: Token) -> bool:
    """True for a word of the lists, also after an article or a preposition that is written together with it."""
    known, word = vocabulary.harmless(), token.plain
    if not word or word in known or len(word) == 1 and word < "\u2e80":  # a mark without a letter leaves no word
        return True
    if "\u0590" <= word[0] <= "\u08ff":
        return any(
            word.startswith(p) and word[len(p) :] in known
            for p in ("ال", "وال", "بال", "لل", "و", "ب", "ل", "ف", "ه", "ו", "ה", "ב", "ל", "מ", "ש", "כ")
        )
    if "\u2e80" <= word[0] <= "\ud7af":
        return _consists_of_words(word)
    return False


def _consists_of_words(word: str) -> bool:
    """True when words of the lists, one after the other, make up the whole of an unspaced text."""
    known, reached = vocabulary.harmless(), {0}
    for end in range(1, len(word) + 1):
        if any(start in reached and word[start:end] in known for start in range(max(0, end - 12), end)):
            reached.add(end)
    return len(word) in reached


def _join(text: str, tokens: list[Token], rules: list[str], harmless: list[bool], excused: list[bool]) -> Iterator[Finding]:
    """Neighbouring words of a name as one finding."""
    i = 0
    while i < len(tokens):
        if not rules[i]:
            i += 1
            continue
        first = last = i
        while (
            first
            and adjoin(text, tokens[first - 1], tokens[first])
            and tokens[first - 1].is_capitalised
            and not harmless[first - 1]
            and not excused[first - 1]
            and not rules[first - 1]
            and not vocabulary.is_english(tokens[first - 1].plain)
        ):
            first -= 1
        j = i + 1
        while j < len(tokens) and adjoin(text, tokens[j - 1], tokens[j]):
            if rules[j] or tokens[j].is_capitalised and not excused[j] and not harmless[j]:
                last = j
            elif tokens[j].plain not in vocabulary.words("particles"):
                break
            j += 1
        rule = _name_rule(text, tokens[first : last + 1], rules[i : last + 1])
        yield make(rule, text, tokens[first].start, tokens[last].end)
        i = last + 1


def _name_rule(text: str, words: list[Token], rules: list[str]) -> str:
    """What a run of words is: a person where one of them is, a place after a word of place."""
    if "script" in rules or "place" in rules or "person" in rules:
        return next(rule for rule in ("person", "place", "script") if rule in rules)
    if WHERE.search(text[max(0, words[0].start - 16) : words[0].start]):
        return "place"
    return "person" if any(word.plain in vocabulary.names() for word in words) else "name"
