"""Door: the one way in and out of the command line. Whatever happens inside ends as words or as an envelope, and as an exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from interlope.cli import streams

STOPPED = 130


def enter(words: Sequence[str]) -> int:
    """Run what was typed. Returns the exit code: 0 fine, 1 fault in the run, 2 bad input, 3 not resolved, 130 stopped."""
    streams.prepare()
    try:
        code = _run(words)
    except BrokenPipeError:
        streams.silence()
        return 1
    except KeyboardInterrupt:
        code = _tell_stopped(words)
    except Exception as error:
        code = _tell(words, error)
    return _flush(code)


def _run(words: Sequence[str]) -> int:
    """Run the verb; every fault of the command line itself is told here."""
    import typer

    from interlope.cli.app import app
    from interlope.cli.invocation import CURRENT

    CURRENT.words = tuple(words)
    usage: Any = next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
    try:
        return int(app(args=list(words), prog_name="interlope", standalone_mode=False) or 0)
    except usage as fault:
        from interlope.cli.console import tell_usage

        return tell_usage(_verb(words), fault, wants_json(words))
    except typer.Abort:
        raise KeyboardInterrupt from None
    finally:
        CURRENT.words = ()


def wants_json(words: Sequence[str]) -> bool:
    """Whether an envelope is owed: `--json` stands before any `--`.

    >>> wants_json(["check", "toy", "--json"]), wants_json(["check", "--", "--json"])
    (True, False)
    """
    words = list(words)
    return "--json" in (words[: words.index("--")] if "--" in words else words)


def _verb(words: Sequence[str]) -> str:
    """The verb that was typed, or nothing."""
    from interlope.cli.app import VERBS

    return next((word for word in words if word in VERBS), "")


def _tell_stopped(words: Sequence[str]) -> int:
    """Say that the user stopped it before a verb could say so."""
    if wants_json(words):
        print(_plain_envelope("interrupted", None))
    else:
        print("Stopped. Nothing was written.", file=sys.stderr)
    return STOPPED


def _tell(words: Sequence[str], error: Exception) -> int:
    """Tell of an error outside every verb, as when a part of the installation is missing."""
    try:
        from interlope.cli.failure import explain

        fault = explain(error)
        text, code, kind = str(fault), fault.exit_code, fault.kind
    except Exception:
        text, code, kind = f"{type(error).__name__}: {str(error)[:300]}", 1, "our_fault"
    if wants_json(words):
        print(_plain_envelope("error", {"kind": kind, "exit_code": code, "text": text, "faults": []}))
    else:
        print(text, file=sys.stderr)
    return code


def _plain_envelope(status: str, error: dict[str, object] | None) -> str:
    """An envelope without a verb's record, written with the standard library alone."""
    return json.dumps({"schema": "interlope/command/1", "version": "", "case": None, "model_digest": None, "seed": None, "mode": None,
                       "wall_seconds": 0.0, "status": status, "reasons": [], "result": None, "error": error})


def _flush(code: int) -> int:
    """Write what is still to be written; where the output takes no more, say so and end with exit code 1."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        streams.silence()
        return code or 1
    except OSError as error:
        streams.silence()
        try:
            print(f"The output could not be written: {error.strerror or error}.", file=sys.stderr)
        except OSError:
            pass
        return code or 1
    return code
