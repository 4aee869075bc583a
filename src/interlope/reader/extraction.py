"""Extraction: the text of a file, from plain text, HTML or PDF. Spans of claims are counted in this text.

Plain text is taken as it is, without a mark of byte order. Of HTML the words between tags are taken, paragraph by paragraph, without
scripts, styles, navigation and forms. PDF needs pypdf (`pip install 'interlope[read]'`); it gives words in the order in which the file
holds them, which another version of pypdf may do otherwise: the sentences' fingerprints say whether a copy is the same.
"""

from __future__ import annotations

import io
import logging
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import NoReturn

from interlope.errors import BadInput, Fault

MOST_BYTES = 8 * 2**20  # of a file
MOST_CHARACTERS = 400_000  # of its text
OTHERS = {b"PK\x03\x04": "a Word or OpenDocument file, or another ZIP archive", b"{\\rtf": "a file in Rich Text Format",
          b"\xd0\xcf\x11\xe0": "an old Word or Excel file"}
MOST_PAGES = 400  # of a PDF
SILENT = logging.NullHandler()
BLOCKS = frozenset(
    "p div section article header footer aside main li ul ol dl dt dd table tr td th h1 h2 h3 h4 h5 h6 br hr blockquote pre figure "
    "figcaption title address form nav".split()
)
CODE = frozenset("script style template".split())
UNREAD = frozenset("script style nav form noscript template svg head button select textarea iframe".split())
PAGES = (".html", ".htm", ".xhtml")


def extract(path: Path) -> str:
    """Read the text of a document.

    Parameters
    ----------
    path : Path
        The file: a PDF begins as one, a page ends in .html, .htm or .xhtml, and any other is read as plain text.

    Returns
    -------
    str

    Raises
    ------
    BadInput
        Where there is no such file, it is too large, holds no text, or needs a library that is not installed.
    """
    content = _read(path)
    for start, what in OTHERS.items():
        if content.startswith(start):
            _refuse(path, what, "a text, HTML or PDF file", "save it as PDF, or as plain text in UTF-8")
    if content[:5] == b"%PDF-":
        text = _pages(content, path)
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            _refuse(path, f"byte {error.start} that is no UTF-8", "a text in UTF-8", "save it again in that encoding")
        if path.suffix.lower() in PAGES:
            text = parse_html(text)
    if len(text) > MOST_CHARACTERS:
        _refuse(path, f"{len(text):,} characters of text", f"at most {MOST_CHARACTERS:,}", "cut it into parts, each a document of its own")
    if not text.strip():
        _refuse(
            path,
            "no text",
            "at least one sentence",
            "a PDF of pictures has to be turned into text first" if content[:5] == b"%PDF-" else "",
            1,
        )
    return text


def _read(path: Path) -> bytes:
    """The bytes of an ordinary file that is not too large."""
    try:
        if not path.is_file():
            _refuse(
                path, "a folder" if path.is_dir() else "no ordinary file" if path.exists() else "no such file", "a text, HTML or PDF file"
            )
        if path.stat().st_size > MOST_BYTES:
            _refuse(path, f"{path.stat().st_size:,} bytes", f"at most {MOST_BYTES:,}", "cut it into parts, each a document of its own")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        _refuse(path, f"a file that cannot be read ({type(error).__name__})", "a readable file")


def _refuse(path: Path, actual: str, expected: str, remedy: str = "", line: int | None = None) -> NoReturn:
    """Refuse a file with what to do."""
    raise BadInput([Fault(str(path), line, actual, expected, remedy)])


class _Words(HTMLParser):
    """Collects what a reader sees of a page; `hidden` is the outermost open element that is not read, and `depth` how often it is open."""

    def __init__(self, unread: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.unread, self.parts, self.hidden, self.depth = unread, list[str](), "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.hidden == "head" and tag == "body":  # a head need not be closed
            self.hidden, self.depth = "", 0
        if not self.hidden and tag in self.unread:
            self.hidden = tag
        self.depth += tag == self.hidden
        self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self.hidden:
            self.depth -= 1
            self.hidden = self.hidden if self.depth else ""
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(re.sub(r"\s+", " ", data))

    def _break(self, tag: str) -> None:
        if tag in BLOCKS and self.parts and self.parts[-1] != "\n\n":
            self.parts.append("\n\n")


def parse_html(page: str) -> str:
    """The words of an HTML page, a paragraph for each block.

    Parameters
    ----------
    page : str
        The page.

    Returns
    -------
    str

    Examples
    --------
    >>> parse_html("<head><title>x</title></head><p>Two <b>boats</b> came.</p><script>y</script><p>No more.</p>")
    'Two boats came.\\n\\nNo more.'
    """
    for unread in (UNREAD, CODE):  # an element that is never closed hides nothing, unless it is code
        words = _Words(unread)
        words.feed(page)
        words.close()
        if not words.hidden:
            break
    text = re.sub(r" {2,}", " ", "".join(words.parts))
    return re.sub(r" ?\n[ \n]*", "\n\n", text).strip()


def _pages(content: bytes, path: Path) -> str:
    """The text of a PDF's pages."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        _refuse(path, "a PDF, and pypdf is not installed", "a text or HTML file, or pypdf", "pip install 'interlope[read]'")
    logging.getLogger("pypdf").addHandler(SILENT)  # the fault says it, not pypdf as well
    try:
        pages = PdfReader(io.BytesIO(content)).pages
        if len(pages) > MOST_PAGES:
            _refuse(path, f"{len(pages)} pages", f"at most {MOST_PAGES}", "cut it into parts, each a document of its own")
        texts = [page.extract_text() for page in pages]
    except BadInput:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError, AssertionError) as error:
        _refuse(path, f"a PDF that cannot be read ({type(error).__name__})", "a whole PDF that is not encrypted")
    return "\n\n".join(texts).replace("\x00", "")
