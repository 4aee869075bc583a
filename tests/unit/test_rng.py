"""Draws: Philox against its published known answers, names that do not clash, keys that matter."""
from __future__ import annotations

import numpy as np
import pytest

from interlope.jit.compile import entry
from interlope.model import rng, simulate  # noqa: F401  (simulate registers every stream)


@entry
def philox_of(counter, key, out):
    a, b, c, d = rng.philox(counter[0], counter[1], counter[2], counter[3], key[0], key[1])
    out[0], out[1], out[2], out[3] = a, b, c, d


@entry
def fill_of(key, day, stream, blocks, out):
    rng.fill(key, day, stream, blocks, out)


@entry
def words_of(key, day, stream, index, out):
    a, b, c, d = rng.words(key, day, stream, index)
    out[0], out[1], out[2], out[3] = a, b, c, d


# Random123 known answers for philox4x32-10 (Salmon et al. 2011): counter, key, result
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    ((0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344), (0xA4093822, 0x299F31D0), (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1)),
]


@pytest.mark.parametrize(("counter", "key", "expected"), KNOWN)
def test_philox_gives_the_published_answers(counter, key, expected):
    out = np.zeros(4, np.uint64)
    philox_of(np.array(counter, np.uint64), np.array(key, np.uint64), out)
    assert tuple(int(x) & 0xFFFFFFFF for x in out) == expected  # what stands above 32 bits is cut off by who asks


def test_a_block_of_words_equals_the_words_one_by_one():
    key = np.array([7, 9, 3], np.uint64)
    block = np.zeros(40, np.uint32)
    fill_of(key, 5, 11, 10, block)
    single = np.zeros(4, np.uint64)
    for index in range(10):
        words_of(key, 5, 11, index, single)
        assert [int(x) for x in single] == [int(x) for x in block[4 * index : 4 * index + 4]]


def test_each_stream_has_a_number_of_its_own():
    assert len(set(rng._TAKEN.values())) > 50  # taking a number twice raises, so distinct names are distinct numbers
    with pytest.raises(ValueError, match="taken"):
        rng.stream("demand.month")


@pytest.mark.parametrize("change", ["seed", "lane", "day", "stream", "index"])
def test_every_part_of_a_name_changes_the_draw(change):
    base = {"seed": 7, "lane": 3, "day": 5, "stream": 11, "index": 2}
    other = {**base, change: base[change] + 1}
    results = []
    for n in (base, other):
        out = np.zeros(4, np.uint64)
        words_of(np.array([n["seed"], 0, n["lane"]], np.uint64), n["day"], n["stream"], n["index"], out)
        results.append(tuple(out))
    assert results[0] != results[1]
