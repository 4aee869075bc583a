"""Run the command line: `python -m interlope` and the script `interlope` are the same."""

from __future__ import annotations


def main() -> None:
    """Start the command line."""
    from interlope.cli.app import app

    app()


if __name__ == "__main__":
    main()
