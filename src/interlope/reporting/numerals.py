"""Numerals: every number a reader sees is written by this file, so that one number looks the same everywhere."""

from __future__ import annotations

import math
from datetime import date

MINUS, DASH, MISSING = "−", "–", "—"
NOISE = 1e-9  # nothing that is shown is this small: what is left of a sum of terms that cancel is written as 0

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float | None, digits: int = 3) -> str:
    """Write a number with about `digits` significant digits, thousands separated, and a true minus sign.

    >>> number(1234.6), number(0.01234), number(-2.5), number(-2.8e-17), number(None)
    ('1,235', '0.0123', '−2.5', '0', '—')
    """
    if value is None or not math.isfinite(value):
        return MISSING
    size = abs(value)
    if size < NOISE:
        return "0"
    if size < 1e-4:
        part, _, power = f"{size:.1e}".partition("e")
        text = f"{part}×10{str(int(power)).translate(SUPERSCRIPT)}"
    else:
        decimals = max(0, digits - 1 - math.floor(math.log10(size)))
        text = f"{round(size, decimals):,.{decimals}f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if value < 0 and text != "0" else text


def with_error(value: float | None, error: float | None) -> str:
    """Write a number beside its standard error, both with the decimals of the error's second digit.

    >>> with_error(-308.0, 0.055), with_error(-34.3784, 0.0374), with_error(2.0, None)
    ('−308.000 ± 0.055', '−34.378 ± 0.037', '2 ± —')
    """
    if value is None or error is None or not (math.isfinite(value) and math.isfinite(error) and error > NOISE):
        return f"{number(value, 5)} ± {number(error, 2)}"
    decimals = max(0, 1 - math.floor(math.log10(error)))
    return f"{value:,.{decimals}f} ± {error:.{decimals}f}".replace("-", MINUS)


def signed(value: float | None, digits: int = 3) -> str:
    """Write a difference with its sign.

    >>> signed(3.0), signed(-0.5), signed(0.0), signed(2.8e-17)
    ('+3', '−0.5', '0', '0')
    """
    text = number(value, digits)
    return f"+{text}" if value is not None and math.isfinite(value) and value >= NOISE else text


def percent(share: float | None) -> str:
    """Write a share as whole percent; never 0 % or 100 % for something that is merely close to it.

    >>> percent(0.724), percent(0.001), percent(0.9999), percent(0.0)
    ('72%', '<1%', '>99%', '0%')
    """
    if share is None or not math.isfinite(share):
        return MISSING
    if 0 < share < 0.01:
        return "<1%"
    if 0.99 < share < 1:
        return ">99%"
    return f"{100 * share:.0f}%"


def part(share: float) -> str:
    """Write a share on an axis: exact, with the decimals that the step needs.

    >>> part(0.0), part(0.005), part(0.015), part(0.2)
    ('0%', '0.5%', '1.5%', '20%')
    """
    return f"{100 * share:.4g}%"


def estimate(share: float | None) -> str:
    """Write a probability that was estimated: it is never certain, so it is never 0 % or 100 %.

    >>> estimate(1.0), estimate(0.0), estimate(0.3)
    ('>99%', '<1%', '30%')
    """
    if share is None or not math.isfinite(share):
        return MISSING
    return percent(min(max(share, 0.001), 0.999))


def interval(low: float | None, high: float | None, write=number) -> str:
    """Write two ends as one interval, with a dash that cannot be read as a minus.

    >>> interval(1000, 1200), interval(-3.0, 2.0), interval(None, 5.0)
    ('1,000–1,200', '−3 to 2', 'at most 5')
    """
    if low is None and high is None:
        return MISSING
    if low is None:
        return f"at most {write(high)}"
    if high is None:
        return f"at least {write(low)}"
    if low == high:
        return write(low)
    ends = (write(low), write(high))
    joint = " to " if any(text[0] in f"+{MINUS}" for text in ends) else DASH
    return joint.join(ends)


def odds(log_ratio: float | None) -> str:
    """Write a natural-log Bayes factor as odds with 1 on the smaller side.

    >>> odds(math.log(4)), odds(math.log(0.25)), odds(0.0)
    ('4 : 1', '1 : 4', '1 : 1')
    """
    if log_ratio is None or not math.isfinite(log_ratio):
        return MISSING
    ratio = math.exp(min(abs(log_ratio), 50.0))
    text = number(ratio, 2)
    return f"{text} : 1" if log_ratio >= 0 else f"1 : {text}"


def month(value: str | date) -> str:
    """Write a date's month.

    >>> month("2023-10-25")
    'Oct 2023'
    """
    day = date.fromisoformat(value[:10] if len(value) > 7 else f"{value[:7]}-01") if isinstance(value, str) else value
    return f"{MONTHS[day.month - 1]} {day.year}"


def day(value: str | date | None) -> str:
    """Write a date in words that no country reads wrongly.

    >>> day("2023-10-05")
    '5 Oct 2023'
    """
    if not value:
        return MISSING
    when = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def plural(count: int, noun: str, many: str = "") -> str:
    """Count something in words.

    >>> plural(1, "claim"), plural(3, "claim")
    ('1 claim', '3 claims')
    """
    return f"{count:,} {noun if count == 1 else many or noun + 's'}"


def nats(value: float | None) -> str:
    """Write a gain in nats: to a hundredth, or to a thousandth where it is less than a tenth.

    >>> nats(0.6123), nats(0.0123), nats(0.0)
    ('0.61', '0.012', '0')
    """
    return number(value if value is None else round(value, 2 if abs(value) >= 0.1 else 3))
