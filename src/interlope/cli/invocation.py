"""Invocation: which verb runs and how it was asked to answer, so that a fault is printed in the same way as a result."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, get_args, get_type_hints

from interlope.errors import BadInput
from interlope.wording import using


@dataclass
class Invocation:
    """The words that were typed, the verb that runs, whether it was asked for JSON, whether its envelope is printed, and when it began."""

    words: tuple[str, ...] = ()
    verb: str = ""
    json: bool = False
    printed: bool = False
    began: float = 0.0

    @property
    def owes_envelope(self) -> bool:
        """True while the one JSON envelope is still to be printed."""
        return self.json and not self.printed

    @property
    def seconds(self) -> float:
        """Seconds since the verb began."""
        return round(time.perf_counter() - self.began, 3)


CURRENT = Invocation()


def invoke(name: str, verb: Callable[..., None]) -> Callable[..., None]:
    """Note at every call of a verb that it is the one that runs, and let nothing out of it but words, an envelope and an exit code."""

    @wraps(verb)
    def noted(*args: Any, **options: Any) -> None:
        from interlope.cli.console import speak

        values = [one for value in options.values() for one in (value if isinstance(value, list | tuple) else (value,))]
        swallowed = [str(value) for value in values if isinstance(value, str | Path) and str(value).startswith("--")]
        CURRENT.verb, CURRENT.json, CURRENT.printed = name, bool(options.get("json")) or "--json" in swallowed, False
        CURRENT.began = time.perf_counter()
        with speak(), using({}):
            if swallowed:
                raise BadInput(f"'{swallowed[0]}' stands where a value belongs; expected a value (./{swallowed[0]} for a file so named)")
            if twice := find_repeated(verb, CURRENT.words):
                raise BadInput(f"{twice} is given twice, and only one of its values could count; expected it once")
            _tell_taken(str(options.get("case") or ""))
            verb(*args, **options)

    return noted


def find_repeated(verb: Callable[..., None], words: Sequence[str]) -> str:
    """The first option that stands more than once among some words although it takes one value; empty where there is none."""
    names: dict[str, str] = {}
    for hint in get_type_hints(verb, include_extras=True).values():
        kind, *about = get_args(hint) or (hint,)
        written = [name for each in about for name in (getattr(each, "default", None), *(getattr(each, "param_decls", None) or ()))]
        options = [name for name in written if isinstance(name, str) and name.startswith("--")]
        if kind is not bool and not str(kind).startswith("list"):
            names |= dict.fromkeys(options, options[0]) if options else {}
    seen: set[str] = set()
    for word in words:
        name = names.get(word.partition("=")[0], "")
        if word == "--":
            break
        if name in seen:
            return name
        seen |= {name} if name else set()
    return ""


def _tell_taken(case: str) -> None:
    """Say which case is taken where a folder here and a shipped case have the same name."""
    if Path(case).name == case and Path(case).is_dir():
        from interlope.cli.console import tell
        from interlope.scenario.folder import tell_taken

        if doubt := tell_taken(case):
            tell(doubt)
