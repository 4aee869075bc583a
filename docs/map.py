"""Map: draws the packages of `src/interlope` and what imports what, as `docs/map.svg`, and lists them in `CONTRIBUTING.md`.

    python docs/map.py

Needs nothing but Python. Rows follow the layers of `.importlinter` from high to low; a layer joins the row above it where nothing in that
row imports it. Boxes grow with the lines of code. An arrow says "imports"; what already follows from other arrows is left out (transitive
reduction). Long arrows pass between the boxes of the rows they cross.
"""
from __future__ import annotations

import ast
import configparser
import re
import textwrap
from collections.abc import Iterator
from html import escape
from itertools import pairwise, permutations
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "interlope"
TARGET = ROOT / "docs" / "map.svg"
PAGE = ROOT / "CONTRIBUTING.md"
BEGIN, END = "<!-- map -->\n", "<!-- /map -->\n"

WIDTH, MARGIN, GAP, ROW_GAP, MOST_IN_A_ROW, WIDEST = 960, 20, 15, 40, 4, 390
TITLE, TEXT, SMALL = 15, 12, 10.5  # font sizes in px
LEADING, PADDING = 15.5, 10
LINES_PER_PIXEL = 36.0
COLOURS = {"dossier": ("#fff4e0", "#c77700"), "model": ("#e6f1ff", "#1f66b5")}  # the two sides of the firewall: fill, line
PLAIN = ("#f7f7f5", "#8a8a84")

RULE = "Higher imports lower, never the other way. Boxes grow with the lines of code; imports that follow from others have no arrow."
FIREWALL = "Dashed: evidence and simulator never see each other."


class Package(NamedTuple):
    """A package or a single file at the top of `interlope`: its lines, its sentence and the folders inside it."""

    name: str
    lines: int
    sentence: str
    folders: tuple[str, ...]


class Box(NamedTuple):
    """Where a package is drawn, in pixels."""

    x: float
    y: float
    width: float
    height: float


def read_layers() -> list[list[str]]:
    """Layers from high to low, as declared; packages of one layer in alphabetical order."""
    rules = configparser.ConfigParser()
    rules.read(ROOT / ".importlinter", encoding="utf-8")
    rows = rules["importlinter:contract:layers"]["layers"].split("\n")
    names = [[name.strip().removeprefix("interlope.") for name in row.split("|")] for row in rows if row.strip()]
    return [sorted(row) for row in names if row != ["__main__"]]


def read_packages() -> dict[str, Package]:
    """Every package named in the layers, as found on disk."""
    packages = {}
    for name in (name for layer in read_layers() for name in layer):
        folder = SOURCE / name
        files = sorted(folder.rglob("*.py")) if folder.is_dir() else [SOURCE / f"{name}.py"]
        lines = sum(file.read_text(encoding="utf-8").count("\n") for file in files)
        first = folder / "__init__.py" if folder.is_dir() else files[0]
        folders = tuple(sorted(p.parent.name for p in folder.glob("*/__init__.py"))) if folder.is_dir() else ()
        packages[name] = Package(name, lines, read_sentence(first), folders)
    return packages


def read_sentence(file: Path) -> str:
    """The first sentence of a file's description without the name before it."""
    first = (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").partition("\n")[0]
    sentence = re.sub(r"^[^:`]*?(: |, (?=one file))", "", first, count=1).rstrip(".")
    return sentence[:1].upper() + sentence[1:]


def tabulate() -> str:
    """The table of `CONTRIBUTING.md`: packages by layer, low ones first in number; the folders inside each package under it."""
    layers, packages = read_layers(), read_packages()
    rows = ["| layer | package | what it is for |", "| ---: | --- | --- |"]
    for number, layer in zip(range(len(layers), 0, -1), layers):
        for name in layer:
            folders = ((f"`{name}/{folder}`", read_sentence(SOURCE / name / folder / "__init__.py")) for folder in packages[name].folders)
            rows.append(f"| {number} | **`{name}`** | {packages[name].sentence} |")
            rows += [f"| | {folder} | {sentence} |" for folder, sentence in folders]
    return "\n".join(rows) + "\n"


def read_imports() -> dict[str, set[str]]:
    """Which top-level package imports which others when it runs; imports for type checkers alone are left out."""
    names = set(read_packages())
    found: dict[str, set[str]] = {name: set() for name in sorted(names)}
    for file in sorted(SOURCE.rglob("*.py")):
        place = file.relative_to(SOURCE).with_suffix("").parts
        if place[0] in names:
            targets = {module.split(".")[1] for module in _modules(file, place) if module.count(".")}
            found[place[0]] |= targets & names - {place[0]}
    return found


def _modules(file: Path, place: tuple[str, ...]) -> Iterator[str]:
    """Yield the modules, by full name, that a file imports."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    unseen = {id(node) for test in ast.walk(tree) if isinstance(test, ast.If) and "TYPE_CHECKING" in ast.unparse(test.test)
              for part in test.body for node in ast.walk(part)}
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("interlope."))
        elif isinstance(node, ast.ImportFrom):
            above = ("interlope", *place[:-1])[: len(place) - node.level + 1] if node.level else ()
            module = ".".join((*above, *([node.module] if node.module else [])))
            if module == "interlope":
                yield from (f"interlope.{alias.name}" for alias in node.names)
            elif module.startswith("interlope."):
                yield module


def reduce_imports(imports: dict[str, set[str]]) -> list[tuple[str, str]]:
    """The imports that do not follow from others, in alphabetical order."""

    def reach(start: str, without: str) -> set[str]:
        seen: set[str] = set()
        rest = [name for name in imports[start] if name != without]
        while rest:
            name = rest.pop()
            if name not in seen:
                seen.add(name)
                rest += imports[name]
        return seen

    return [(a, b) for a in sorted(imports) for b in sorted(imports[a]) if b not in reach(a, b)]


def arrange_rows(arrows: list[tuple[str, str]]) -> list[list[str]]:
    """Packages in rows from high to low, so that every arrow points to a lower row."""
    rows: list[list[str]] = []
    for layer in read_layers():
        fits = rows and len(rows[-1]) + len(layer) <= MOST_IN_A_ROW
        if fits and not any((a, b) in arrows for a in rows[-1] for b in layer):
            rows[-1] += layer
        else:
            rows.append(list(layer))
    return rows


def order_rows(rows: list[list[str]], arrows: list[tuple[str, str]]) -> list[list[str]]:
    """Insert a passage, named `a>b`, into every row that an arrow crosses, then order each row so that arrows cross little."""
    level = {name: i for i, row in enumerate(rows) for name in row}
    rows = [[*row, *(f"{a}>{b}" for a, b in arrows if level[a] < i < level[b])] for i, row in enumerate(rows)]
    between = [[(a if level[a] == i else f"{a}>{b}", b if level[b] == i + 1 else f"{a}>{b}")
                for a, b in arrows if level[a] <= i < level[b]] for i in range(len(rows) - 1)]
    for sweep in range(12):
        down = sweep % 2 == 0
        for i in range(1, len(rows)) if down else range(len(rows) - 2, -1, -1):
            links = between[i - 1] if down else [(b, a) for a, b in between[i]]
            other = rows[i - 1 if down else i + 1]
            rows[i] = _by_centre(rows[i], other, links)
    for i, row in enumerate(rows):
        rows[i] = min(_exchanges(row), key=lambda order: _crossings(rows[:i] + [order] + rows[i + 1 :], between))
    return rows


def _by_centre(row: list[str], other: list[str], links: list[tuple[str, str]]) -> list[str]:
    """A row in the order of the mean place of what each name is linked to in the other row; unlinked names stay about where they are."""
    centres = {}
    for k, name in enumerate(row):
        near = [(other.index(a) + 0.5) / len(other) for a, b in links if b == name]
        centres[name] = sum(near) / len(near) if near else (k + 0.5) / len(row)
    return sorted(row, key=lambda name: (centres[name], name))


def _exchanges(row: list[str]) -> Iterator[list[str]]:
    """Yield a row with its boxes exchanged in every way, passages where they are."""
    for order in permutations([name for name in row if ">" not in name]):
        boxes = iter(order)
        yield [name if ">" in name else next(boxes) for name in row]


def _crossings(rows: list[list[str]], between: list[list[tuple[str, str]]]) -> int:
    """How many pairs of arrows cross."""
    count = 0
    for upper, lower, links in zip(rows, rows[1:], between, strict=False):
        ends = [(upper.index(a), lower.index(b)) for a, b in links]
        count += sum((a - c) * (b - d) < 0 for k, (a, b) in enumerate(ends) for c, d in ends[:k])
    return count


def wrap(text: str, width: float, size: float) -> list[str]:
    """Text in lines that fit into a width in any common sans-serif font."""
    return textwrap.wrap(text, max(int(width / (0.515 * size)), 12))


def place_boxes(rows: list[list[str]], packages: dict[str, Package]) -> tuple[dict[str, Box], dict[tuple[int, str], float], list[float]]:
    """Boxes by name, the x of every passage by (row, name), and the y at which every row ends."""
    boxes: dict[str, Box] = {}
    passages: dict[tuple[int, str], float] = {}
    ends = []
    y = float(MARGIN) + 66
    for i, row in enumerate(rows):
        names = [name for name in row if ">" not in name]
        spare = WIDTH - 2 * MARGIN - GAP * (len(row) - 1)
        width = min(WIDEST, spare / len(names))
        x = (WIDTH - width * len(names) - GAP * (len(row) - 1)) / 2
        tallest = 0.0
        for name in row:
            if ">" in name:
                passages[i, name] = x
                x += GAP
            else:
                height = _height(packages[name], width)
                boxes[name] = Box(x, y, width, height)
                tallest = max(tallest, height)
                x += width + GAP
        ends.append(y + tallest)
        y += tallest + ROW_GAP
    return boxes, passages, ends


def _height(package: Package, width: float) -> float:
    lines = len(wrap(package.sentence, width - 2 * PADDING, TEXT)) + len(_folders(package, width))
    return max(2 * PADDING + TITLE + 5 + LEADING * lines - 4, package.lines / LINES_PER_PIXEL)


def _folders(package: Package, width: float) -> list[str]:
    return wrap("in it: " + ", ".join(package.folders), width - 2 * PADDING, SMALL) if package.folders else []


def draw_box(package: Package, box: Box) -> str:
    """A package: name, lines of code, sentence and the folders inside it."""
    fill, line = COLOURS.get(package.name, PLAIN)
    left, y = box.x + PADDING, box.y + PADDING + TITLE - 3
    parts = [f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="6" '
             f'fill="{fill}" stroke="{line}"/>',
             f'<text x="{left:.1f}" y="{y:.1f}" font-size="{TITLE}" font-weight="600">{package.name}</text>',
             f'<text x="{box.x + box.width - PADDING:.1f}" y="{y:.1f}" font-size="{SMALL}" text-anchor="end" fill="#666">'
             f"{max(round(package.lines, -2), 100):,} lines</text>"]
    y += 5
    for words in wrap(package.sentence, box.width - 2 * PADDING, TEXT):
        y += LEADING
        parts.append(f'<text x="{left:.1f}" y="{y:.1f}" font-size="{TEXT}">{escape(words)}</text>')
    for words in _folders(package, box.width):
        y += LEADING
        parts.append(f'<text x="{left:.1f}" y="{y:.1f}" font-size="{SMALL}" fill="#666">{escape(words)}</text>')
    return f'<g data-package="{package.name}">{"".join(parts)}</g>'


def draw_arrow(points: list[tuple[float, float]], a: str, b: str, far: bool) -> str:
    """A smooth line through points, vertical at each of them, with a head at its end; paler where it goes far."""
    (x, y), *rest = points
    d = f"M{x:.1f} {y:.1f}"
    for to_x, to_y in rest:
        half = (to_y - y) / 2
        d += f" C{x:.1f} {y + half:.1f} {to_x:.1f} {to_y - half:.1f} {to_x:.1f} {to_y:.1f}"
        x, y = to_x, to_y
    colour = "#a5abb5" if far else "#4b5563"
    return f'<path data-from="{a}" data-to="{b}" d="{d}" fill="none" stroke="{colour}" stroke-width="1.4" marker-end="url(#head)"/>'


def draw() -> str:
    """The whole picture as SVG."""
    packages = read_packages()
    arrows = reduce_imports(read_imports())
    rows = order_rows(arrange_rows(arrows), arrows)
    boxes, passages, ends = place_boxes(rows, packages)
    level = {name: i for i, row in enumerate(rows) for name in row if ">" not in name}
    ports = _ports(arrows, boxes, passages, level)
    shapes = []
    for a, b in sorted(arrows, key=lambda arrow: level[arrow[0]] - level[arrow[1]]):
        points = [(ports[a, b, "out"], boxes[a].y + boxes[a].height), (ports[a, b, "out"], ends[level[a]])]
        for i in range(level[a] + 1, level[b]):
            x, top = passages[i, f"{a}>{b}"], ends[i - 1] + ROW_GAP
            points += [(x, top), (x, ends[i])]
        points.append((ports[a, b, "in"], boxes[b].y - 1))
        shapes.append(draw_arrow([p for p, q in pairwise([*points, (-1.0, -1.0)]) if p != q], a, b, far=level[b] - level[a] > 2))
    shapes += [draw_box(packages[name], boxes[name]) for name in sorted(boxes)]
    shapes += _firewall(boxes, level)
    height = ends[-1] + MARGIN
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}" '
        'font-family="Helvetica, Arial, sans-serif" fill="#1c1c1a">',
        "<title>The packages of interlope and what imports what</title>",
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" '
        'orient="auto"><path d="M0 0.5 L8 4 L0 7.5 z" fill="#6b7280"/></marker></defs>',
        f'<rect width="{WIDTH}" height="{height:.0f}" rx="10" fill="#ffffff"/>',
        f'<text x="{MARGIN}" y="{MARGIN + 14}" font-size="17" font-weight="600">interlope: what imports what</text>',
        f'<text x="{MARGIN}" y="{MARGIN + 33}" font-size="{TEXT}" fill="#555">{RULE}</text>',
        f'<text x="{MARGIN}" y="{MARGIN + 49}" font-size="{TEXT}" fill="#b42318">{FIREWALL}</text>',
        *shapes,
        "</svg>",
        "",
    ])


def _ports(arrows: list[tuple[str, str]], boxes: dict[str, Box], passages: dict[tuple[int, str], float],
           level: dict[str, int]) -> dict[tuple[str, str, str], float]:
    """Where each arrow leaves and enters, spread over the edge of its box in the order of where it comes from or goes to."""
    ends: dict[tuple[str, str], list[tuple[float, str, str]]] = {}
    for a, b in arrows:
        after = passages.get((level[a] + 1, f"{a}>{b}"), boxes[b].x + boxes[b].width / 2)
        before = passages.get((level[b] - 1, f"{a}>{b}"), boxes[a].x + boxes[a].width / 2)
        ends.setdefault((a, "out"), []).append((after, a, b))
        ends.setdefault((b, "in"), []).append((before, a, b))
    ports = {}
    for (name, side), arrivals in ends.items():
        box = boxes[name]
        for k, (_, a, b) in enumerate(sorted(arrivals)):
            ports[a, b, side] = box.x + box.width * (k + 1) / (len(arrivals) + 1)
    return ports


def _firewall(boxes: dict[str, Box], level: dict[str, int]) -> list[str]:
    """A mark between evidence and simulator where they stand side by side."""
    left, right = sorted((boxes["dossier"], boxes["model"]))
    if level["dossier"] != level["model"]:
        return []
    x, top, bottom = (left.x + left.width + right.x) / 2, min(left.y, right.y) - 4, max(left.y + left.height, right.y + right.height) + 4
    return [f'<path d="M{x:.1f} {top:.1f} V{bottom:.1f}" stroke="#b42318" stroke-width="2" stroke-dasharray="5 4"/>']


if __name__ == "__main__":
    TARGET.write_text(draw(), encoding="utf-8")
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(before + BEGIN + tabulate() + END + rest.partition(END)[2], encoding="utf-8")
    print(TARGET.relative_to(ROOT), PAGE.relative_to(ROOT))
