"""Verbs: a module that bears the name of a verb can be called as that verb: `interlope.study(case)`."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class Verb(ModuleType):
    """A module whose function `VERB` answers when the module itself is called."""

    VERB: Any

    def __call__(self, *args: Any, **options: Any) -> Any:
        return self.VERB(*args, **options)


def make_verb(name: str) -> None:
    """Let the module of that name be called; it must hold a function under the name `VERB`."""
    sys.modules[name].__class__ = Verb
