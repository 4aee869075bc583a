"""Paper: a figure of a report as a file of its own for print: its key above it, a width in millimetres, as SVG, PNG or PDF."""

from __future__ import annotations

import re
import struct
import zlib
from html import escape

from interlope.export import pictures
from interlope.reporting.figures.figure import Figure
from interlope.reporting.svg import Pen
from interlope.text import printable

INCH = 25.4  # millimetres
SIZE = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)" width="[0-9.]+" height="[0-9.]+"')
ROOT = re.compile(r"<svg [^>]*>")
LINE, LEFT, LETTER = 22.0, 8.0, 7.4  # pixels of a line of the key, of its margin, and of a letter at 13 px
DRAWINGS = ("svg", "png", "pdf")
NEEDS = {"png": ("resvg_py",), "pdf": ("reportlab",)}


def draw(figure: Figure, width: float) -> str:
    """A figure as the text of an SVG file that needs nothing else, its key included.

    Parameters
    ----------
    figure : Figure
        A figure of a report or of an analysis.
    width : float
        Millimetres.

    Returns
    -------
    str
    """
    own = "<style>" in figure.svg
    drawing = printable(figure.svg, lines=True) if own else pictures.stand_alone(figure)
    match = SIZE.search(drawing)
    if match is None:
        raise ValueError(f"figure {figure.name}: a drawing without a size")
    wide, high = float(match[1]), float(match[2])
    key, down = _draw_key(figure, wide)
    if key:
        head = ROOT.search(drawing)
        body = drawing[head.end() if head else 0 : drawing.rindex("</svg>")]
        drawing = f'{head[0] if head else ""}{key}<g transform="translate(0,{down:g})">{body}</g></svg>'
    tall = high + down
    size = f'viewBox="0 0 {wide:g} {tall:g}" width="{width:g}mm" height="{width * tall / wide:.6g}mm"'
    title = f"<title>{escape(printable(figure.title))}</title>"
    drawing = SIZE.sub(size, drawing, count=1)
    return ROOT.sub(lambda match: match[0] + title, drawing, count=1).rstrip() + "\n"


def to_png(svg: str, width: float, dots: float) -> bytes:
    """A drawing as a PNG file that knows its size, on white.

    Parameters
    ----------
    svg : str
        As `draw` gives.
    width : float
        Millimetres.
    dots : float
        Pixels to the inch.

    Returns
    -------
    bytes
    """
    from resvg_py import svg_to_bytes

    data = bytes(svg_to_bytes(svg_string=svg, width=max(round(width / INCH * dots), 1), dpi=dots, background="#ffffff"))
    metre = round(1000.0 / INCH * dots)
    content = b"pHYs" + struct.pack(">IIB", metre, metre, 1)
    chunk = struct.pack(">I", 9) + content + struct.pack(">I", zlib.crc32(content))
    return data[:33] + chunk + data[33:]  # after signature and header


def _draw_key(figure: Figure, width: float) -> tuple[str, float]:
    """The key as shapes, every mark as the page shows it, and how much room it takes."""
    if not figure.key:
        return "", 0.0
    pen, x, y = Pen(width, 0.0), LEFT, LINE / 2
    for classes, name in figure.key:
        length = 22.0 + LETTER * len(name)
        if x > LEFT and x + length > width:
            x, y = LEFT, y + LINE
        slot, _, shape = classes.partition(" ")
        paint = f"{slot} fill" if shape else "ink"
        if shape == "triangle":
            pen.shape([(x + 6, y - 5), (x + 11, y + 5), (x + 1, y + 5)], paint)
        elif shape == "diamond":
            pen.diamond(x + 6, y, 6, paint)
        elif shape in ("disc", "") or paint == "ink":
            pen.dot(x + 6, y, 5, paint)
        else:
            pen.rect(x + 1, y - 5, 10, 10, paint)
        pen.text(x + 17, y + 4, name)
        x += length + 14.0
    return pictures.style(printable("".join(pen.parts))), y + LINE / 2 + 4.0
