"""Yardstick: the words for probabilities that a command was asked to use."""

from __future__ import annotations

import typer

from interlope.errors import nearest

NAMES = ("icd203", "phia", "ipcc")  # those of inference/evidence/yardstick.py, which is not imported to read a command line
DEFAULT = NAMES[0]


def use_words(context: typer.Context, value: str) -> str:
    """Use a yardstick until the command ends; one that is not there is a fault of the command line."""
    if value not in NAMES:
        near = nearest(value, NAMES)
        raise typer.BadParameter(f"'{value}': no such yardstick; expected one of {', '.join(NAMES)}{f'; {near}' if near else ''}")
    if value != DEFAULT:
        from interlope.reporting.words import speaking

        context.with_resource(speaking(value))
    return value
