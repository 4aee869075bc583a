"""Pictures: a figure that stands by itself: colours of the page's stylesheet written into its shapes, and the same as a bitmap."""

from __future__ import annotations

import re
from functools import cache
from html import escape

from interlope.reporting.figures.figure import Figure
from interlope.reporting.html import make_environment
from interlope.text import printable

SCALE = 2  # pixels of the bitmap for one of the drawing
FONTS = "'DejaVu Sans', Arial, Helvetica, sans-serif"
WIDE = re.compile(r'<svg class="wide".*?</svg>', re.S)
CLASSES = re.compile(r'class="([^"]*)"')
RULE = re.compile(r"(?<![\w.-])((?:\.[a-z0-9-]+)+)\{([^{}]*)\}")  # of classes alone
MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
VARIABLE = re.compile(r"var\((--[a-z0-9-]+)\)")


def stand_alone(figure: Figure) -> str:
    """The wide drawing as an SVG file that needs no stylesheet, on white.

    Parameters
    ----------
    figure : Figure
        A figure of the report.

    Returns
    -------
    str
    """
    match = WIDE.search(figure.svg)
    drawing = printable(match[0] if match else figure.svg, lines=True)
    return style(drawing).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def style(drawing: str) -> str:
    """Shapes with the stylesheet's words written into each in place of its classes.

    Parameters
    ----------
    drawing : str
        Shapes of the report's pen.

    Returns
    -------
    str
    """
    return CLASSES.sub(lambda m: f'style="{escape(_style(frozenset(m[1].split())), quote=True)}"', drawing)


def draw_bitmap(svg: str) -> bytes:
    """A drawing as a PNG file, with the fonts of this machine.

    Parameters
    ----------
    svg : str
        As `stand_alone` gives.
    """
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=svg, zoom=SCALE, background="#ffffff"))


@cache
def _style(classes: frozenset[str]) -> str:
    """What the stylesheet says of a shape with these classes, every variable resolved; later rules come last, as they win."""
    variables, rules = _read_stylesheet()
    matching = [body for names, body in rules if names <= classes]
    declarations: dict[str, str] = {}
    for part in (p for body in matching for p in body.split(";") if p.strip()):
        name, _, value = part.partition(":")
        if not declarations.get(name, "").endswith("!important") or value.endswith("!important"):
            declarations[name] = value
    own = {**variables, **{n: v for n, v in declarations.items() if n.startswith("--")}}
    resolved = {n: _resolve(v, own).replace("!important", "") for n, v in declarations.items() if not n.startswith("--")}
    if "font-family" in resolved:
        resolved["font-family"] = FONTS
    return ";".join(f"{n}:{v}" for n, v in resolved.items())


def _resolve(value: str, variables: dict[str, str]) -> str:
    """A value with its variables, and theirs, replaced; one that nobody sets is drawn in black."""
    for _ in range(3):
        value = VARIABLE.sub(lambda m: variables.get(m[1], "#000"), value)
    return value


@cache
def _read_stylesheet() -> tuple[dict[str, str], list[tuple[frozenset[str], str]]]:
    """Variables of the light page, and rules by the classes that a shape has to have."""
    sheet = MEDIA.sub("", str(make_environment()[1]))
    root = re.search(r":root\{([^}]*)\}", sheet)
    pairs = [p.partition(":") for p in (root[1] if root else "").replace("\n", "").split(";") if p.strip()]
    rules = [(frozenset(selector[1:].split(".")), body) for selector, body in RULE.findall(sheet)]
    return {name: value for name, _, value in pairs}, rules
