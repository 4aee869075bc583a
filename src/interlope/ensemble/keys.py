"""Keys: a random stream is named by what it is for, never by when it is asked for.

A key is blake2b of the user's seed and a path of labels. Two streams with different labels share nothing; the same
labels give the same numbers on every machine, in any order and for any number of threads.
"""
from __future__ import annotations

import hashlib

import numpy as np


def digest(seed: int, *labels: str | int, size: int = 16) -> bytes:
    """Hash a seed and labels to `size` bytes; labels are separated, so ("a", "bc") and ("ab", "c") differ.

    Parameters
    ----------
    seed : int
        Any whole number.
    size : int, default 16
        Number of bytes.
    *labels : str or int
        What the stream is for.

    Returns
    -------
    bytes
    """
    text = "\x1f".join([str(int(seed)), *map(str, labels)])
    return hashlib.blake2b(text.encode(), digest_size=size).digest()


def integer(seed: int, *labels: str | int) -> int:
    """Derive a non-negative 63-bit seed for the simulator.

    Parameters
    ----------
    seed : int
        Any whole number.
    *labels : str or int
        What the stream is for.

    Returns
    -------
    int

    Examples
    --------
    >>> integer(7, "fit", "frozen") == integer(7, "fit", "frozen")
    True
    """
    return int.from_bytes(digest(seed, *labels, size=8), "little") >> 1


def stream(seed: int, *labels: str | int) -> np.random.Generator:
    """Open the generator (Philox) that belongs to these labels.

    Parameters
    ----------
    seed : int
        Any whole number.
    *labels : str or int
        What the stream is for.

    Returns
    -------
    numpy.random.Generator
    """
    return np.random.Generator(np.random.Philox(key=int.from_bytes(digest(seed, *labels), "little")))
