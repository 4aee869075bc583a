"""Colours of series and explanations stay apart for readers who see fewer of them, in both themes.

Simulated vision: Machado, Oliveira & Fernandes (2009), IEEE Transactions on Visualization and Computer Graphics 15: 1291-1298, at full
severity. Distance: CIE 1976, of which about 2.3 is just noticed; asked for is 10, a judgement.
"""
from __future__ import annotations

import re
from importlib import resources
from itertools import combinations

import numpy as np
import pytest

APART = 10.0
VISION = {
    "all colours": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])


def palettes():
    """The colours --k0 to --k5 as the stylesheet sets them: light, dark, print."""
    text = (resources.files("interlope.reporting") / "templates" / "style.css").read_text(encoding="utf-8")
    found = re.findall(r"--k([0-5]):(#[0-9a-f]{6})", text)
    return [[code for _, code in found[i:i + 6]] for i in range(0, len(found), 6)]


def to_lab(code: str, vision: np.ndarray) -> np.ndarray:
    c = np.array([int(code[i:i + 2], 16) / 255.0 for i in (1, 3, 5)])
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    x = TO_XYZ @ np.clip(vision @ linear, 0.0, 1.0) / WHITE
    f = np.where(x > 0.008856, np.cbrt(x), 7.787 * x + 16.0 / 116.0)
    return np.array([116.0 * f[1] - 16.0, 500.0 * (f[0] - f[1]), 200.0 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", VISION)
def test_no_two_colours_are_alike(vision):
    every = palettes()
    assert len(every) == 3 and all(len(set(palette)) == 6 for palette in every)
    for palette in every:
        near = {(a, b): round(float(d), 1) for a, b in combinations(palette, 2)
                if (d := np.linalg.norm(to_lab(a, VISION[vision]) - to_lab(b, VISION[vision]))) < APART}
        assert near == {}


def test_colours_that_some_readers_confuse_would_be_seen():
    assert np.linalg.norm(to_lab("#b85000", VISION["deuteranopia"]) - to_lab("#8a6d00", VISION["deuteranopia"])) < APART
