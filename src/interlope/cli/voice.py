"""Voice: which verb speaks, and how it was asked to; so that a fault is said in the same way as a result."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any


@dataclass
class Voice:
    """The verb that speaks, whether it was asked for JSON, whether its envelope is out, and when it began."""

    verb: str = ""
    json: bool = False
    printed: bool = False
    began: float = 0.0

    @property
    def quiet(self) -> bool:
        """True while one JSON envelope is still owed."""
        return self.json and not self.printed

    @property
    def seconds(self) -> float:
        """Seconds since the verb began."""
        return round(time.perf_counter() - self.began, 3)


VOICE = Voice()


def give(name: str, verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb its voice when it is called."""

    @wraps(verb)
    def spoken(*args: Any, **options: Any) -> None:
        VOICE.verb, VOICE.json, VOICE.printed = name, bool(options.get("json")), False
        VOICE.began = time.perf_counter()
        verb(*args, **options)

    return spoken
