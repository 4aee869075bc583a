"""Rng: a draw is named by what it means, not by when it is asked for.

Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011) with key = seed (64 bits) and counter = (stream id, day, stream, index), 32 bits
each. The stream id is the replicate's. The same name gives the same four words on any machine, for any number of threads; adding a
stream, a recorder or a policy changes no other draw.
"""
from __future__ import annotations

import hashlib

import numpy as np

from ..jit.compile import inlined, kernel

_MASK = np.uint64(0xFFFFFFFF)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_32, _11 = np.uint64(32), np.uint64(11)

_APART = 32  # the numbers of streams are multiples of this: another rule would rename every draw
_TAKEN: dict[int, str] = {}


def stream(name: str) -> np.int64:
    """The number of a stream of draws: from its name alone, so that no other stream and no order of imports moves it.

    Raises
    ------
    ValueError
        When the name, or by chance its number, is taken.
    """
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") // _APART * _APART
    if number in _TAKEN:
        raise ValueError(f"stream '{name}' is taken by '{_TAKEN[number]}'")
    _TAKEN[number] = name
    return np.int64(number)  # not a plain int: Numba would compile every sampler anew for each constant


@inlined
def philox(c0, c1, c2, c3, k0, k1):
    """Ten rounds of Philox on a counter of four and a key of two 32-bit words, held in uint64.

    What stands above the 32 bits is cut off where it would count, at each product and by who asks for the words.
    """
    for _ in range(10):
        p0 = _M0 * (c0 & _MASK)
        p1 = _M1 * (c2 & _MASK)
        c0 = (p1 >> _32) ^ c1 ^ k0
        c2 = (p0 >> _32) ^ c3 ^ k1
        c1 = p1
        c3 = p0
        k0 += _W0
        k1 += _W1
    return c0, c1, c2, c3


@inlined
def subindex(block, size, item):
    """Index of a draw: blocks of `size` draws lie one after another, this is draw `item` of a block."""
    return block * size + item


@kernel
def words(key, day, stream, index):
    """Four 32-bit words, in uint64, of the draw (stream, index) of a day. key  # [3] seed low, seed high, stream id."""
    a, b, c, d = philox(key[2], np.uint64(day), np.uint64(stream), np.uint64(index), key[0], key[1])
    return a & _MASK, b & _MASK, c & _MASK, d & _MASK


@kernel
def fill(key, day, stream, blocks, buffer):
    """Write the words of draws 0..blocks-1 of a stream into buffer  # uint32 [4 * blocks], in order."""
    seed_low, seed_high, stream_id = key[0], key[1], key[2]
    today, name = np.uint64(day), np.uint64(stream)
    for b in range(blocks):
        a, c, d, e = philox(stream_id, today, name, np.uint64(b), seed_low, seed_high)
        buffer[4 * b] = np.uint32(a)
        buffer[4 * b + 1] = np.uint32(c)
        buffer[4 * b + 2] = np.uint32(d)
        buffer[4 * b + 3] = np.uint32(e)


@kernel
def fill_named(key, day, stream, names, n, buffer):
    """Write the four words of each of n draws, whose indices are named, into buffer  # uint32 [4 n]; names  # uint64 [n]."""
    seed_low, seed_high, stream_id = key[0], key[1], key[2]
    today, name = np.uint64(day), np.uint64(stream)
    for i in range(n):
        a, c, d, e = philox(stream_id, today, name, names[i], seed_low, seed_high)
        buffer[4 * i] = np.uint32(a)
        buffer[4 * i + 1] = np.uint32(c)
        buffer[4 * i + 2] = np.uint32(d)
        buffer[4 * i + 3] = np.uint32(e)


@kernel
def threshold(chance):
    """The 32-bit word below which an event of this chance happens."""
    return np.uint32(min(max(chance, 0.0), 0.99999999976716936) * 4294967296.0)


@kernel
def unit(a, b):
    """A uniform number in (0, 1) with 53 random bits from two words."""
    return (float(((a << _32) | b) >> _11) + 0.5) * 1.1102230246251565e-16


@kernel
def unit32(a):
    """A uniform number in (0, 1) from one word."""
    return (float(a) + 0.5) * 2.3283064365386963e-10


@kernel
def uniform(key, day, stream, index):
    """One uniform number in (0, 1)."""
    a, b, _, _ = words(key, day, stream, index)
    return unit(a, b)
