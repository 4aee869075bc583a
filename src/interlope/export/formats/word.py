"""Word: the report as a .docx with headings, lists, tables and figures, in the order of the page.

Figures are embedded as SVG, which Word since 2016 and LibreOffice draw, beside a bitmap for programs that do not; each has its title, note
and what it shows as alternative text, and its table follows. Heads of tables are repeated on every page; the language is set to English.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from interlope.export import pictures
from interlope.export.study import StudyResults
from interlope.reporting import blocks as b
from interlope.reporting.figures.figure import Figure
from interlope.reporting.html import arrange
from interlope.reporting.numerals import day
from interlope.reporting.tables import Table
from interlope.text import printable

TITLE = "Word document"
ENDING = "docx"
NEEDS = ("docx", "resvg_py")
BESIDE = False

LANGUAGE = "en-GB"
WIDTH, MARGIN = 6.3, 1.0  # inches; together the width of A4
FEW = 6  # columns that are set in the size of the text
SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
CLOSING = ("Conditional scenarios from a simulated market; not a forecast of persons or places, and not for individual assessment, "
           "profiling or prosecution.")


def write(study: StudyResults) -> dict[str, bytes]:
    """The document."""
    return {"": _Writer(study).document()}


class _Writer:
    """Writes blocks of the report into one document."""

    def __init__(self, study: StudyResults) -> None:
        from docx import Document

        self.study, self.word = study, Document()

    def document(self) -> bytes:
        """Title, sections, and what the results are not for."""
        record = self.study.record
        self._prepare()
        self.word.add_heading(_plain(record.case.question), 0)
        self._paragraph(f"Evidence as known on {day(record.case.as_of)}; run {record.run_id}, seed {record.seed}, {record.mode} run, "
                        f"interlope {record.version}.")
        for number, section in enumerate(arrange(record), 1):
            self.word.add_heading(f"{number} {_plain(section.title)}", 1)
            self._blocks(section.blocks, 2)
        self._paragraph(CLOSING)
        out = io.BytesIO()
        self.word.save(out)
        return out.getvalue()

    def _prepare(self) -> None:
        """Language, margins, and properties without the names of people."""
        from docx.oxml.ns import qn
        from docx.shared import Inches

        record, about = self.study.record, self.study.day.replace(tzinfo=None)
        for language in self.word.styles.element.iter(qn("w:lang")):
            language.set(qn("w:val"), LANGUAGE)
        properties = self.word.core_properties
        properties.title, properties.language = _plain(f"{record.case.name}: {record.case.question}")[:255], LANGUAGE
        properties.author = properties.last_modified_by = f"interlope {record.version}"
        properties.comments, properties.created, properties.modified = f"Run {record.run_id}", about, about
        for section in self.word.sections:
            section.page_width = Inches(WIDTH + 2 * MARGIN)
            section.left_margin = section.right_margin = Inches(MARGIN)

    def _paragraph(self, text: str, style: str | None = None, bold: bool = False) -> None:
        self.word.add_paragraph(style=style).add_run(_plain(text)).bold = bold or None

    def _lines(self, lines: Sequence[Any], style: str | None) -> None:
        """Sentences, each with the roots that it rests on."""
        for line in lines:
            roots = getattr(line, "roots", ())
            rest = f" (rests on {', '.join(roots)})" if roots else ""
            self._paragraph(f"{getattr(line, 'text', line)}{rest}", style)

    def _blocks(self, blocks: Sequence[object], level: int) -> None:
        """Blocks of a section; what is folded on the page stands under a heading of its own."""
        for block in blocks:
            match block:
                case b.Prose(text=text):
                    self._paragraph(text)
                case b.Heading(text=text, note=note):
                    self.word.add_heading(_plain(text), level)
                    self._lines([note] if note else [], None)
                case b.Callout(title=title, lines=lines):
                    self._paragraph(title, bold=True)
                    self._lines(lines, None)
                case b.Points(items=items):
                    self._lines(items, "List Bullet")
                case b.Facts(rows=rows):
                    self._lines([f"{term}: {text}" for term, text in rows], None)
                case b.Code(text=text):
                    self._paragraph(text, "No Spacing")
                case b.Grid(table=table):
                    self._table(table)
                case b.Drawing(figure=figure):
                    self._figure(figure)
                case b.Details(summary=summary, blocks=inner):
                    self.word.add_heading(_plain(summary), min(level + 1, 9))
                    self._blocks(inner, min(level + 1, 9))

    def _table(self, table: Table) -> None:
        """A table under its caption; its first row is repeated on every page."""
        from docx.oxml import OxmlElement
        from docx.shared import Pt

        self._paragraph(table.caption, "Caption")
        rows = [[c.head for c in table.columns], *([text for _, text, _ in cells] for cells in table.cells())]
        grid = self.word.add_table(rows=len(rows), cols=len(table.columns), style="Light List")
        size = Pt(9 if len(table.columns) <= FEW else 7)
        cells = list(grid._cells)  # once: python-docx counts them anew for every row
        for i, text in enumerate(text for row in rows for text in row):
            run = cells[i].paragraphs[0].add_run(_plain(text))
            run.font.size = size
        head = OxmlElement("w:tblHeader")
        grid.rows[0]._tr.get_or_add_trPr().append(head)
        self.word.add_paragraph()

    def _figure(self, figure: Figure) -> None:
        """A figure with its alternative text, then its title and note, then its table."""
        from docx.shared import Inches

        svg = pictures.stand_alone(figure)
        run = self.word.add_paragraph().add_run()
        shape = run.add_picture(io.BytesIO(pictures.draw_bitmap(svg)), width=Inches(WIDTH))
        key = f" Key: {', '.join(name for _, name in figure.key)}." if figure.key else ""
        label = _plain(f"{figure.title}. {figure.note}{key} The table after the figure has its numbers.")
        shape._inline.docPr.set("descr", label)
        shape._inline.docPr.set("title", _plain(figure.title))
        self._embed(shape, svg, figure.name)
        self._paragraph(f"{figure.title}. {figure.note}", "Caption")
        self._table(figure.table)

    def _embed(self, shape: Any, svg: str, name: str) -> None:
        """Put the drawing beside the bitmap, as the extension of the picture that newer programs read."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls, qn

        package: Any = self.word.part.package
        place = PackURI(f"/word/media/{name}-{len(package.image_parts)}.svg")
        related = self.word.part.relate_to(Part(place, "image/svg+xml", svg.encode(), package), RELATIONSHIP_TYPE.IMAGE)
        blip = next(shape._inline.iter(qn("a:blip")))
        blip.append(parse_xml(f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{EXTENSION}"><asvg:svgBlip xmlns:asvg="{SVG}" '
                              f'r:embed="{related}"/></a:ext></a:extLst>'))


def _plain(text: str) -> str:
    """Words as they may leave; marks of code are left out."""
    return printable(" ".join(text.replace("`", "").split()))
