"""Figures of the article's dynamics: python benchmarks/dynamics.py docs/results. Exit status 1 if a pattern fails."""
from __future__ import annotations

import platform
import sys
from datetime import date
from pathlib import Path

import numpy as np

from interlope.jit.compile import digest
from interlope.reporting.numerals import number
from interlope.reporting.svg import Pen, Scale, span
from interlope.verification.dynamics import SEED, Pattern, measure

STYLE = ("text{font:12px 'Source Sans 3','Segoe UI',system-ui,Arial,sans-serif;fill:#1c2126}.h{font-size:15px;font-weight:650}"
         ".paper{fill:#fff}.rule{stroke:#c9c5ba}.l0,.l1{fill:none;stroke-width:2}.l0{stroke:#1f6da3}.l1{stroke:#b4531a}"
         ".d0{fill:#1f6da3}.d1{fill:#b4531a}.e0{stroke:#1f6da3}.e1{stroke:#b4531a}")
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 640, 330, 62, 64, 16, 46


def draw(pattern: Pattern) -> str:
    """One figure, standing alone."""
    pen = Pen(WIDTH, HEIGHT)
    pen.rect(0, 0, WIDTH, HEIGHT, "paper")
    pen.text(14, 22, pattern.words[0].upper() + pattern.words[1:], "h")
    xs = np.concatenate([c.x for c in pattern.curves])
    ys = np.concatenate([c.y + s * (np.zeros_like(c.y) if c.error is None else 2 * c.error) for c in pattern.curves for s in (-1, 1)])
    low, high = span([float(v) for v in ys], zero=True)
    x = Scale(float(xs.min()), float(xs.max()), LEFT, WIDTH - RIGHT)
    y = Scale(low, high, HEIGHT - BOTTOM, TOP)
    for tick in y.ticks():
        pen.line(LEFT, y(tick), WIDTH - RIGHT, y(tick), "rule")
        pen.text(LEFT - 6, y(tick) + 4, number(tick), anchor="end")
    for tick in x.ticks():
        pen.text(x(tick), HEIGHT - BOTTOM + 18, number(tick), anchor="middle")
    pen.text(WIDTH - RIGHT, HEIGHT - 10, pattern.horizontal, anchor="end")
    place = 14.0
    for i, curve in enumerate(pattern.curves):
        pen.rect(place, 36, 12, 12, f"d{i}")
        pen.text(place + 17, 46, curve.label if len(pattern.curves) > 1 else pattern.vertical)
        place += 40 + 6.6 * len(curve.label)
        pen.path([(x(a), y(b)) for a, b in zip(curve.x, curve.y)], f"l{i}")
        if curve.error is not None:
            for a, b, e in zip(curve.x, curve.y, curve.error):
                pen.line(x(a), y(b - 2 * e), x(a), y(b + 2 * e), f"e{i}")
                pen.dot(x(a), y(b), 3.5, f"d{i}")
    body = pen.close(f"{pattern.name}: {pattern.words}", "figure")
    return body.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(">", f"><style>{STYLE}</style>", 1) + "\n"


def main() -> int:
    """Draw every pattern and write the table."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["# The article's dynamics, as they arise", "",
             f"{date.today()}, {platform.machine()}, Python {platform.python_version()}, model {digest()}, seed {SEED}. Neutral worlds, "
             "nothing fitted; `python benchmarks/dynamics.py docs/results` draws them again. A pattern holds when each of its numbers "
             "lies above zero by three standard errors.", "",
             "| pattern | measured | number | s.e. | holds |", "| --- | --- | ---: | ---: | --- |"]
    pictures, failed = [], 0
    for pattern in measure():
        failed += not pattern.holds
        for part in pattern.demands:
            lines.append(f"| {pattern.name} | {part.measured} | {part.number:.3g} | {part.error:.2g} | {'yes' if part.holds else 'NO'} |")
            print(lines[-1], file=sys.stderr)
        name = "dynamics-" + pattern.name.replace(" ", "-") + ".svg"
        (folder / name).write_text(draw(pattern), encoding="utf-8")
        pictures += ["", f"![{pattern.words}]({name})", *(["", pattern.aside] if pattern.aside else [])]
    (folder / "dynamics.md").write_text("\n".join(lines + pictures) + "\n", encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
