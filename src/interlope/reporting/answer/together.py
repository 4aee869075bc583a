"""Together: which series, taken as a whole, do not look like what an explanation would have published."""

from __future__ import annotations

from collections.abc import Sequence

from interlope.reporting.numerals import estimate, interval, number
from interlope.reporting.words import listing
from interlope.results.fitted import SeriesCheck

RARE = 0.02  # a chance below which a series as a whole is named
WORDS = {
    ("level", True): "lie higher together", ("level", False): "lie lower together",
    ("spread", True): "vary more", ("spread", False): "vary less",
    ("step", True): "jump more from one to the next", ("step", False): "jump less from one to the next",
}


def tell_together(checks: Sequence[SeriesCheck]) -> list[str]:
    """Say which series as a whole surprise which explanations, and how many such would be expected by chance.

    >>> check = SeriesCheck(series="count", explanation="rivalry", what="spread", observed=0.1, q05=0.3, q95=0.9, chance=0.004)
    >>> tell_together([check])[0]
    'The figures of count vary less than rivalry gives (0.1, where 0.3–0.9 is expected; chance <1%).'
    """
    groups: dict[tuple[str, str, bool], list[SeriesCheck]] = {}
    for check in checks:
        if check.chance < RARE:
            groups.setdefault((check.series, check.what, check.observed > check.q95), []).append(check)
    sentences = []
    for (series, what, above), rare in groups.items():
        worst = min(rare, key=lambda c: c.chance)
        names = listing([c.explanation for c in rare])
        gives = "gives" if len(rare) == 1 else "give"
        expected = interval(worst.q05, worst.q95)
        sentences.append(f"The figures of {series} {WORDS[what, above]} than {names} {gives} ({number(worst.observed)}, where {expected} "
                         f"is expected{'' if len(rare) == 1 else f' under {worst.explanation}'}; chance {estimate(worst.chance)}).")
    if sentences:
        sentences.append(f"Series as a whole: {sum(c.chance < RARE for c in checks)} of {len(checks)} numbers (level, spread and step of "
                         f"each series under each explanation) are that rare; at most {number(RARE * len(checks), 2)} are expected by "
                         "chance.")
    return sentences
