"""Run the command line: `python -m interlope` and the script `interlope` are the same."""

import sys


def main() -> None:
    """Start the command line and end with its exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - a checkout is run by whatever Python is there
        sys.exit(f"interlope needs Python 3.11 or newer; this is Python {sys.version.split()[0]}")
    try:
        from interlope.cli.door import enter

        code = enter(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
