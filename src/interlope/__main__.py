"""Run the command line: `python -m interlope` and the script `interlope` are the same."""

from __future__ import annotations

import sys


def main() -> None:
    """Start the command line; an argument that cannot be read is told as the verb was asked to speak."""
    from interlope.cli.app import VERBS, app

    verb = next((word for word in sys.argv[1:] if word in VERBS), "")
    if verb and "--json" in sys.argv:
        sys.exit(_speak_json(verb))
    app()


def _speak_json(verb: str) -> int:
    """Run a verb that owes one envelope, whatever happens; returns the exit code."""
    import typer

    from interlope.cli.app import app

    usage = typer.BadParameter.__mro__[1]  # every fault in the words of a command line, missing ones included
    try:
        return int(app(standalone_mode=False) or 0)
    except Exception as fault:
        if not isinstance(fault, usage):
            raise
        from interlope.cli.console import print_error
        from interlope.errors import BadInput

        print_error(verb, BadInput(fault.format_message()), 0.0)  # type: ignore[attr-defined]
        return BadInput.exit_code


if __name__ == "__main__":
    main()
