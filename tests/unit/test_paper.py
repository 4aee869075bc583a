"""Figures for print: every figure of a report, in its size, with its key, its words in the PDF, and the same again."""
from __future__ import annotations

import io
import re
import struct
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from interlope.export import paper, pdf
from interlope.pipeline import shipped
from interlope.reporting import gallery, record

POINTS = 72 / 25.4
FIGURES = ("provenance", "letters", "without-one-root", "fit-agreement", "fit-frontex-western-balkan", "difference-client_deaths", "seek")


@pytest.fixture(scope="module")
def drawn():
    figures = gallery.list_study(record.load(shipped.find("serbia-hungary")))
    return {figure.name: figure for figure in figures}


def words(svg: str) -> list[str]:
    return ["".join(element.itertext()) for element in ElementTree.fromstring(svg).iter(f"{pdf.NAMESPACE}text")]


def test_every_figure_of_the_report_has_a_name_of_its_own_and_data(drawn):
    assert set(FIGURES) <= set(drawn) and len(drawn) > 20
    assert all(figure.table.rows for figure in drawn.values())


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_a_file_of_the_size_that_was_asked_for_with_its_key_and_without_classes(drawn, name):
    svg = paper.draw(drawn[name], 85.0)
    root = ElementTree.fromstring(svg)
    _, _, wide, high = map(float, root.get("viewBox").split())
    assert root.get("width") == "85mm" and float(root.get("height")[:-2]) == pytest.approx(85 * high / wide, rel=1e-4)
    assert "class=" not in svg and "var(--" not in svg and root[0].text == drawn[name].title
    assert all(label in words(svg) for _, label in drawn[name].key)


@pytest.mark.parametrize("name", FIGURES)
def test_the_pdf_has_the_words_the_size_and_embedded_fonts(drawn, name):
    svg = paper.draw(drawn[name], 120.0)
    data = pdf.to_pdf(svg)
    page, = PdfReader(io.BytesIO(data)).pages
    height = float(ElementTree.fromstring(svg).get("height")[:-2])
    assert [float(page.mediabox.width), float(page.mediabox.height)] == pytest.approx([120 * POINTS, height * POINTS], abs=0.1)
    there = re.sub(r"\s", "", page.extract_text())
    assert [w for w in words(svg) if re.sub(r"\s", "", w) not in there] == []
    fonts = page["/Resources"]["/Font"].values()
    assert any("/FontFile2" in f.get_object().get("/FontDescriptor", {}) for f in fonts)
    assert pdf.to_pdf(svg) == data


def test_a_bitmap_knows_its_size(drawn):
    data = paper.to_png(paper.draw(drawn["letters"], 85.0), 85.0, 300.0)
    width, = struct.unpack(">I", data[16:20])
    metre, = struct.unpack(">I", data[data.index(b"pHYs") + 4 :][:4])
    assert width == round(85 / 25.4 * 300) and metre == round(300 / 0.0254)


def test_letters_that_no_font_has_are_spelled_and_hostile_titles_do_no_harm(drawn):
    hostile = "<b>&\x1b[31m \u202e"
    figure = drawn["letters"]
    svg = paper.draw(type(figure)(figure.name, hostile, "", figure.svg, figure.table, (("c0 disc", hostile),)), 85.0)
    assert "\x1b" not in svg and "\u202e" not in svg and ElementTree.fromstring(svg)[0].text.startswith("<b>&")
    font = pdf._fonts()[0]
    assert "".join(pdf._spell("a\u0161 \u4e2d", font)) in ("a\u0161 ?", "as ?")
    assert pdf.to_pdf(svg).startswith(b"%PDF")
