"""Settings of the documentation: `python -m sphinx -W -b html docs docs/_build` makes the site."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import interlope  # noqa: E402

project = "Interlope"
author = "the authors of Interlope"
copyright = f"2026, {author}"
version = release = interlope.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "index"
exclude_patterns = ["_build", "decisions/0000-template.md"]
myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3
# links that leave docs/ are held to files by tests/contract/test_site.py; headers of the model's description step as its elements do
suppress_warnings = ["myst.xref_missing", "myst.header", "misc.highlighting_failure"]
autodoc_member_order = "bysource"
autodoc_typehints = "none"
napoleon_google_docstring = False

html_theme = "pydata_sphinx_theme"
html_title = "Interlope"
html_theme_options = {"show_prev_next": True, "navigation_with_keys": True, "secondary_sidebar_items": ["page-toc"],
                      "footer_start": ["copyright"], "footer_end": []}
html_sidebars = {"index": []}
html_extra_path = ["generated/extra"]
html_show_sourcelink = False


def setup(app: object) -> None:
    """Write the generated pages before Sphinx looks for files."""
    import generated_pages

    generated_pages.write(Path(__file__).parent / "generated")
