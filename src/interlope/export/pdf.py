"""PDF: a drawing of the report's own pen as one page of vectors, with its fonts embedded.

The pen draws lines, rectangles, circles, polygons, paths of straight lines and curves, and words; that is all that is translated.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple
from xml.etree import ElementTree

from interlope.errors import RunFailed

POINT = 72.0 / 25.4  # of a millimetre
NAMESPACE = "{http://www.w3.org/2000/svg}"
FACES = (("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"), ("Vera.ttf", "VeraBd.ttf"))  # of this machine, and those that come with reportlab
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
STEP = re.compile(r"([MLC])([^MLC]*)")
NUMBER = re.compile(r"-?[0-9.]+(?:e-?[0-9]+)?")
SIZE, BOLD = 16.0, 600.0  # of words without a size, and the weight from which they are bold
Style = Mapping[str, str]


class Place(NamedTuple):
    """Where drawings go on the page: points for a unit, the page's height in units, and how far a group is moved."""

    scale: float
    high: float
    right: float = 0.0
    down: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A place on the page, from its lower left corner."""
        return (x + self.right) * self.scale, (self.high - y - self.down) * self.scale


def to_pdf(svg: str) -> bytes:
    """A drawing as a PDF file of one page of its size; equal drawings give equal bytes on one machine.

    Parameters
    ----------
    svg : str
        As `paper.draw` gives.

    Returns
    -------
    bytes
    """
    from reportlab.pdfgen.canvas import Canvas

    root = ElementTree.fromstring(svg)
    _, _, wide, high = map(float, root.get("viewBox", "0 0 1 1").split())
    scale = float(root.get("width", "1mm").removesuffix("mm")) * POINT / wide
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(wide * scale, high * scale), invariant=1, pageCompression=1)
    title = root.find(f"{NAMESPACE}title")
    canvas.setTitle(title.text or "" if title is not None else "")
    _draw_all(canvas, root, _read_rules(root), Place(scale, high), {})
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_all(canvas: Any, parent: ElementTree.Element, rules: list[tuple[str, Style]], place: Place, style: Style) -> None:
    for element in parent:
        tag = element.tag.removeprefix(NAMESPACE)
        own = {**{k: v for k, v in style.items() if k != "opacity"}, **_style_of(element, tag, rules)}
        if tag == "g":
            x, y = _numbers(element.get("transform", "translate(0,0)"))
            _draw_all(canvas, element, rules, place._replace(right=place.right + x, down=place.down + y), own)
        elif tag == "text":
            _write(canvas, element, own, place)
        elif tag in SHAPES:
            _paint(canvas, SHAPES[tag](canvas, {k: v for k, v in element.attrib.items()}, place), own, place.scale)


def _read_rules(root: ElementTree.Element) -> list[tuple[str, Style]]:
    """Rules of the drawing's own style sheets: selectors of one tag or some classes."""
    texts = [sheet.text or "" for sheet in root.iter(f"{NAMESPACE}style")]
    return [(name.strip(), _declarations(body)) for text in texts for names, body in RULE.findall(text) for name in names.split(",")]


def _style_of(element: ElementTree.Element, tag: str, rules: list[tuple[str, Style]]) -> dict[str, str]:
    classes = set(element.get("class", "").split())
    style: dict[str, str] = {}
    for selector, declarations in rules:
        if selector == tag or selector.startswith(".") and set(selector[1:].split(".")) <= classes:
            style |= declarations
    return style | _declarations(element.get("style", ""))


def _declarations(text: str) -> dict[str, str]:
    pairs = [part.partition(":") for part in text.split(";") if ":" in part]
    style = {name.strip(): value.strip() for name, _, value in pairs}
    if "font" in style:
        size = re.search(r"([0-9.]+)px", style["font"])
        style |= {"font-size": size[0]} if size else {}
    return style


def _numbers(text: str) -> list[float]:
    return [float(number) for number in NUMBER.findall(text)]


def _line(canvas: Any, a: Style, place: Place) -> Any:
    path = canvas.beginPath()
    path.moveTo(*place.at(float(a["x1"]), float(a["y1"])))
    path.lineTo(*place.at(float(a["x2"]), float(a["y2"])))
    return path


def _rect(canvas: Any, a: Style, place: Place) -> Any:
    path = canvas.beginPath()
    wide, high, round_ = (float(a.get(name, 0.0)) for name in ("width", "height", "rx"))
    x, y = place.at(float(a["x"]), float(a["y"]) + high)
    radius = min(round_, wide / 2, high / 2) * place.scale
    if radius:
        path.roundRect(x, y, wide * place.scale, high * place.scale, radius)
    else:
        path.rect(x, y, wide * place.scale, high * place.scale)
    return path


def _circle(canvas: Any, a: Style, place: Place) -> Any:
    path = canvas.beginPath()
    path.circle(*place.at(float(a["cx"]), float(a["cy"])), float(a["r"]) * place.scale)
    return path


def _polygon(canvas: Any, a: Style, place: Place) -> Any:
    path, numbers = canvas.beginPath(), _numbers(a["points"])
    for i, (x, y) in enumerate(zip(numbers[::2], numbers[1::2])):
        (path.lineTo if i else path.moveTo)(*place.at(x, y))
    path.close()
    return path


def _path(canvas: Any, a: Style, place: Place) -> Any:
    path = canvas.beginPath()
    for step, text in STEP.findall(a["d"]):
        numbers = _numbers(text)
        points = [place.at(x, y) for x, y in zip(numbers[::2], numbers[1::2])]
        if step == "C":
            path.curveTo(*(n for point in points for n in point))
        else:
            (path.moveTo if step == "M" else path.lineTo)(*points[0])
    return path


SHAPES = {"line": _line, "rect": _rect, "circle": _circle, "polygon": _polygon, "path": _path}


def _paint(canvas: Any, path: Any, style: Style, scale: float) -> None:
    """Fill and draw a shape as its style says; black inside where it says nothing, as in SVG."""
    fill, stroke = _colour(style.get("fill", "#000")), _colour(style.get("stroke", "none"))
    if fill is None and stroke is None:
        return
    opacity = float(style.get("opacity", 1.0))
    canvas.saveState()
    if fill is not None:
        canvas.setFillColor(fill)
        canvas.setFillAlpha(opacity * float(style.get("fill-opacity", 1.0)))
    if stroke is not None:
        canvas.setStrokeColor(stroke)
        canvas.setStrokeAlpha(opacity * float(style.get("stroke-opacity", 1.0)))
        canvas.setLineWidth(float(style.get("stroke-width", "1").removesuffix("px")) * scale)
        dashes = [n * scale for n in _numbers(style.get("stroke-dasharray", ""))]
        if dashes:
            canvas.setDash(dashes)
    canvas.drawPath(path, stroke=int(stroke is not None), fill=int(fill is not None))
    canvas.restoreState()


def _colour(text: str) -> Any:
    from reportlab.lib.colors import HexColor

    text = text.strip()
    if not text.startswith("#"):
        return None
    return HexColor(text if len(text) == 7 else "#" + "".join(c + c for c in text[1:4]))


def _write(canvas: Any, element: ElementTree.Element, style: Style, place: Place) -> None:
    words, size = "".join(element.itertext()), float(style.get("font-size", f"{SIZE}px").removesuffix("px")) * place.scale
    weight = style.get("font-weight", "400")
    font = _fonts()[(float(weight) if weight.isdecimal() else 400.0) >= BOLD or weight == "bold"]
    words = "".join(_spell(words, font))
    x, y = place.at(float(element.get("x", 0)), float(element.get("y", 0)))
    anchor = element.get("text-anchor", "start")
    canvas.saveState()
    canvas.setFont(font, size)
    halo = _colour(style.get("stroke", "none"))
    if halo is not None:
        canvas.setStrokeColor(halo)
        canvas.setLineWidth(float(style.get("stroke-width", "1").removesuffix("px")) * place.scale)
        _put(canvas, words, x, y, anchor, 1)
    colour = _colour(style.get("fill", "#000"))
    if colour is not None:
        canvas.setFillColor(colour)
        canvas.setFillAlpha(float(style.get("opacity", 1.0)))
        _put(canvas, words, x, y, anchor, 0)
    canvas.restoreState()


def _put(canvas: Any, words: str, x: float, y: float, anchor: str, mode: int) -> None:
    """Write words filled (mode 0) or as outlines (1)."""
    draw = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}[anchor]
    draw(x, y, words, mode=mode)


def _spell(words: str, font: str) -> Iterator[str]:
    """Words in the letters that the font has: a letter without its marks, or a question mark, in place of one that it lacks."""
    from reportlab.pdfbase import pdfmetrics

    face: Any = pdfmetrics.getFont(font)
    glyphs = face.face.charToGlyph
    for letter in words:
        plain = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
        yield letter if ord(letter) in glyphs else plain or "?"


@cache
def _fonts() -> tuple[str, str]:
    """Names of a plain and a bold face that are embedded, the first pair that is there."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    for files in FACES:
        names = tuple(name.removesuffix(".ttf") for name in files)
        try:
            for name, file in zip(names, files):
                pdfmetrics.registerFont(TTFont(name, file))
        except TTFError:
            continue
        return names[0], names[1]
    raise RunFailed("no font for a PDF is here; reportlab brings Vera, so install it again")
