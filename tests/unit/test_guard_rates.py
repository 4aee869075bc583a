"""Guard: how much of what it should refuse it refuses, and how much of what analysts write; on texts that were written before its rules.

The rules were made on one half of the texts, told by the digest of each; SAFETY.md gives the rates of the other half.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from interlope import guard

SAMPLES = Path(__file__).parent / "samples"
ROOT = Path(__file__).parents[2]
LEAST_DETECTED, MOST_REFUSED = 0.95, 0.03


class Sample(NamedTuple):
    """A text, what an attentive reader calls it, what it holds and in which script."""

    text: str
    label: str
    kind: str
    script: str

    @property
    def half(self) -> str:
        return "develop" if hashlib.sha256(self.text.encode()).digest()[0] % 2 == 0 else "measure"


def read(label: str, file: str = "") -> list[Sample]:
    samples, kind, script = [], "", ""
    for line in (SAMPLES / f"guard-{file or label}.txt").read_text(encoding="utf-8").split("\n"):
        if head := re.fullmatch(r"\[(\w+) (\w+)\]", line):
            kind, script = head.groups()
        elif line and not line.startswith("#"):
            text = re.sub(r"\\u([0-9a-f]{4})|\\n", lambda m: chr(int(m[1], 16)) if m[1] else "\n", line)
            samples.append(Sample(text, label, kind, script))
    return samples


FORBIDDEN, HARMLESS = read("forbidden"), read("harmless")
ATTEMPTS = read("attempt", "attempts")


def refused(samples: list[Sample]) -> list[Sample]:
    return [sample for sample in samples if guard.inspect(sample.text)]


def tell(samples: list[Sample]) -> str:
    """Rates by kind and by script, as they are printed with -s and on failure."""
    lines = []
    for key in ("kind", "script"):
        of, hit = Counter(getattr(s, key) for s in samples), Counter(getattr(s, key) for s in refused(samples))
        lines.append("; ".join(f"{name} {hit[name]} of {count}" for name, count in of.items()))
    return "\n".join(lines)


def test_the_texts_are_many_and_of_many_scripts():
    assert len(FORBIDDEN) >= 350 and len(HARMLESS) >= 250
    assert len({sample.script for sample in FORBIDDEN}) >= 6 and len({sample.script for sample in HARMLESS}) >= 6
    assert len({sample.text for sample in FORBIDDEN + HARMLESS}) == len(FORBIDDEN) + len(HARMLESS)


@pytest.mark.parametrize("half", ["develop", "measure"])
def test_what_is_forbidden_is_refused(half):
    samples = [sample for sample in FORBIDDEN if sample.half == half]
    print(f"\nrefused of what is forbidden, half {half}\n{tell(samples)}")
    assert len(refused(samples)) / len(samples) >= LEAST_DETECTED, tell(samples)


@pytest.mark.parametrize("half", ["develop", "measure"])
def test_what_analysts_write_passes(half):
    samples = [sample for sample in HARMLESS if sample.half == half]
    print(f"\nrefused of what is harmless, half {half}\n{tell(samples)}")
    assert len(refused(samples)) / len(samples) <= MOST_REFUSED, tell(samples)


def test_attempts_to_get_past_the_rules_mostly_fail():
    forbidden, harmless = ([sample for sample in ATTEMPTS if sample.kind == kind] for kind in ("forbidden", "harmless"))
    assert len(refused(forbidden)) / len(forbidden) >= 0.9, [s.text for s in forbidden if not guard.inspect(s.text)]
    assert len(refused(harmless)) / len(harmless) <= MOST_REFUSED, [s.text for s in refused(harmless)]


@pytest.mark.parametrize("kind", sorted({sample.kind for sample in FORBIDDEN}))
def test_no_kind_is_left_behind(kind):
    samples = [sample for sample in FORBIDDEN if sample.kind == kind]
    assert len(refused(samples)) / len(samples) >= 0.9, tell(samples)


def test_safety_gives_the_rates_of_the_half_that_no_rule_was_made_on():
    text = " ".join((ROOT / "SAFETY.md").read_text(encoding="utf-8").split())
    for samples in (FORBIDDEN, HARMLESS):
        half = [sample for sample in samples if sample.half == "measure"]
        assert f"{len(refused(half))} of {len(half)} texts" in text
