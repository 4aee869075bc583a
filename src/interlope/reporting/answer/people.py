"""People: every harm of an option once, in sentences by whom it is done to, people on the move first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from interlope.reporting.answer.direction import chance_of, tell_turn
from interlope.reporting.numerals import interval, percent, signed
from interlope.reporting.words import label, likelihood, listing, sentence, worded
from interlope.results.comparison import Difference

EVERY = "under every explanation"
STEADY = f", the same way {EVERY},"
LEADS = (("clear", EVERY), ("steady", STEADY), ("likely", f"on the whole, not {EVERY},"))
STILL_MARK = "{}"  # where the word for how sure it is stands
UNSURE = (("at least", "more or no change in"), ("at most", "fewer or no change in"), ("open", "no clear direction for"),
          ("same", f"no change {STILL_MARK} in"), ("unknown", "not known:"))
STILL = 0.1  # share of futures with a difference, from which a harm without a likely change is given in numbers
LONGEST = 32  # words that one sentence on harms holds beside its beginning
ONCE = (" a year", "90% interval ")  # said with the first number alone
WHOM = {
    "deaths": ("{people}", "deaths in all"),
    "client_deaths": ("{people}", "deaths here"),
    "diverted_deaths": ("{people}", "deaths on other routes"),
    "client_injuries": ("{people}", "injuries"),
    "client_violence": ("{people}", "acts of violence against them"),
    "personnel_injured": ("{personnel}", "injuries"),
    "personnel_killed": ("{personnel}", "deaths"),
    "group_deaths": ("{group} members", "deaths"),
}


def tell_harms(sorts: Mapping[str, str], pooled: Mapping[str, Difference]) -> list[str]:
    """Say every harm once, those to the same people in one text: what moves under every explanation, on the whole, and the rest.

    Every change has its own word or share, and its size.
    """
    texts: list[str] = []
    for whom, harms in _group(list(sorts)).items():
        parts = [f"{f'{_find_word(chances)}{lead}' if how == 'steady' else lead} {way} {listing(chunk)}"
                 for how, lead in LEADS for way, moved, chances in _find_moved(sorts, pooled, harms, how)
                 for chunk in _chunk([f"{_name(h)}{_measure(pooled[h], way, how)}" for h in moved])]
        for how, lead in UNSURE:
            here = [h for h in harms if sorts[h] == how]
            each = [f"{_name(h)}{_tell_shares(pooled[h]) if how != 'unknown' else ''}" for h in here]
            begin = lead.replace(STILL_MARK, _find_still(pooled, here))
            parts += [f"{begin} {listing(chunk)}" for chunk in _chunk(each)]
        lines = _chunk(parts, "; ")
        starts = [f"{worded(whom)}: ", *("among them, " for _ in lines[1:])] if whom else ["" for _ in lines]
        texts.append(" ".join(sentence(f"{start}{'; '.join(line)}") for start, line in zip(starts, lines)))
    text = "\n".join(texts)
    for mark in ONCE:
        before, _, after = text.partition(mark)
        text = before + mark + after.replace(mark, "") if after else text
    return text.split("\n")


def tell_briefly(sorts: Mapping[str, str], pooled: Mapping[str, Difference]) -> str:
    """Say every harm once without numbers: what moves under every explanation, on the whole, and the rest, each with the least word."""
    groups, sentences = _group(list(sorts)), []
    for how, lead in LEADS:
        moves = {whom: _find_moved(sorts, pooled, harms, how) for whom, harms in groups.items()}
        parts = [f"{_for(whom)}{', and '.join(f'{way} {listing([*map(_name, moved)])}' for way, moved, _ in each)}"
                 for whom, each in moves.items() if each]
        if parts:
            word = _find_word([p for each in moves.values() for _, _, chances in each for p in chances])
            sentences.append(sentence(f"{word}{'' if how == 'steady' else ' '}{lead.removesuffix(',')}: {'; '.join(parts)}"))
    for how, lead in UNSURE:
        each = {whom: [_name(h) for h in harms if sorts[h] == how] for whom, harms in groups.items()}
        parts = [f"{_for(whom)}{listing(names)}" for whom, names in each.items() if names]
        head = lead.replace(STILL_MARK, _find_still(pooled, [h for h in sorts if sorts[h] == how]))
        head = head.removesuffix(":").removesuffix(" in").removesuffix(" for")
        sentences += [sentence(f"{head}: {'; '.join(parts)}")] if parts else []
    return " ".join(sentences)


def _group(harms: Sequence[str]) -> dict[str, list[str]]:
    """Harms by whom they are done to, the people of the first one first; one that is no row of `WHOM` is done to nobody named."""
    groups: dict[str, list[str]] = {}
    for harm in harms:
        groups.setdefault(WHOM.get(harm, ("", ""))[0], []).append(harm)
    return groups


def _find_moved(sorts: Mapping[str, str], pooled: Mapping[str, Difference], harms: Sequence[str],
                how: str) -> list[tuple[str, list[str], list[float]]]:
    """Which harms move in one way of `LEADS`, those of which there is more first, and how probable each move is."""
    both = [(way, [h for h in harms if sorts[h] == f"{how} {way}"]) for way in ("more", "fewer")]
    return [(way, moved, [chance_of(pooled[h], way) for h in moved]) for way, moved in both if moved]


def _find_word(chances: Sequence[float]) -> str:
    """The word for some chances; where they have several, that for the least of them."""
    words = dict.fromkeys(likelihood(p) for p in sorted(chances))
    return f"{'at least ' if len(words) > 1 else ''}{next(iter(words))}"


def _find_still(pooled: Mapping[str, Difference], harms: Sequence[str]) -> str:
    """The word for how surely harms do not change, in brackets; that for the least sure of them."""
    return f"({_find_word([1.0 - chance_of(pooled[h], 'more') - chance_of(pooled[h], 'fewer') for h in harms])})" if harms else ""


def _for(whom: str) -> str:
    return f"for {worded(whom)} " if whom else ""


def _chunk(parts: Sequence[str], joint: str = ", ") -> list[list[str]]:
    """Parts that fit into one sentence together, in their order."""
    lines: list[list[str]] = []
    for part in parts:
        together = joint.join([*(lines[-1] if lines else []), part])
        for mark in ONCE:
            together = together.replace(mark, " " * (mark[0] == " "))
        if lines and len(together.split()) <= LONGEST:
            lines[-1].append(part)
        else:
            lines.append([part])
    return lines


def _name(harm: str) -> str:
    return worded(WHOM[harm][1]) if harm in WHOM else label(harm)


def _measure(row: Difference, way: str, how: str) -> str:
    """Word or share and mean of a change, with its interval unless it turns with the explanation."""
    word = f"in {percent(chance_of(row, way))} of futures" if how == "steady" else likelihood(chance_of(row, way))
    return f" ({word}: {_tell_size(row, reach=how != 'likely', turn=tell_turn(row, way))})"


def _tell_size(row: Difference, *, reach: bool, turn: str = "") -> str:
    """Mean of a change and, where `reach`, its interval."""
    ends = f", 90% interval {interval(row.q05, row.q95, lambda x: signed(x, 2))}" if reach else ""
    return f"{signed(row.mean, 2)} a year{turn}{ends}"


def _tell_shares(row: Difference) -> str:
    """Shares of futures with more, fewer and no change, mean and interval; empty where nearly all have no change."""
    more, less = row.chance_more or 0.0, row.chance_less or 0.0
    if more + less < STILL:
        return ""
    rest = ", no change in the rest" if more + less < 0.995 else ""
    return f" (more in {percent(more)} of futures, fewer in {percent(less)}{rest}; mean {_tell_size(row, reach=True)})"
