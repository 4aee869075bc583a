"""Citation: what an entry of a case may name as its source."""
from __future__ import annotations

import re
from collections.abc import Collection

from interlope.errors import nearest
from interlope.toml.table import Table

_KEY = re.compile(r"[a-z][a-z-]*[0-9]{4}[a-z]?")  # a bibliography key such as kress2009


def check_source(table: Table, source: str, sources: Collection[str] | None, key: str = "source") -> None:
    """Note a fault unless a source is `definition`, `assumption`, an id of the dossier or a bibliography key.

    `sources` is None where the dossier could not be read: then nothing is checked.

    Parameters
    ----------
    table : Table
        The table of the file.
    source : str
        What the entry names.
    sources : Collection[str] or None
        Ids that a source may be; not checked when None.
    key : str, default 'source'
        Entry that names the source.
    """
    if sources is None:
        return
    if source and source not in ("definition", "assumption") and source not in sources and not _KEY.fullmatch(source):
        table.fault(f"source '{source}' unknown",
                    "an id of the dossier, a bibliography key such as kress2009, 'definition' or 'assumption'",
                    key, nearest(source, [*sources, "definition", "assumption"]))
