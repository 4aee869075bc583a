"""One mistake in a case's files is one fault: nothing is concluded from what stands in for an entry that was refused."""

from __future__ import annotations

import pytest
from tests.helpers.edited_toy import DOSSIER, TABLE, edit, refused

CASE, EVIDENCE = "case.toml", "evidence.toml"
WINDOW, CUTS = "window = [2030-01-27, 2030-02-05]", "cuts = [0.02, 0.2, 0.5, 0.9]"
MISTAKES = [
    (TABLE, "2030-01-21/2030-01-25,176", "2030-01-21/2030-01-25,17x"),
    (TABLE, "2030-01-21/2030-01-25,176", "2030-01-xx,176"),
    (TABLE, "2030-01-21/2030-01-25,176", '2030-01-21/2030-01-25,"176'),
    (TABLE, "2030-01-21/2030-01-25,176", "2030-01-21/2030-01-25,1,176,x,y"),
    (TABLE, "2030-01-16/2030-01-20,115,,\n2030-01-21/2030-01-25,176,,\n", "2030-01-21/2030-01-25,176,,\n2030-01-16/2030-01-20,115,,\n"),
    (TABLE, "# period: range", "# period: rang"),
    (TABLE, "# density: negative-binomial", "# density: negative"),
    (DOSSIER, WINDOW, "window = [2030-02-27, 2030-02-05]"),
    (DOSSIER, WINDOW, "window = nan"),
    (DOSSIER, "window = [2030-01-01, 2030-02-05]", 'window = "all"'),
    (DOSSIER, CUTS, "cuts = [nan, 0.2, 0.5, 0.9]"),
    (DOSSIER, CUTS, 'cuts = [0.02, "a", 0.5, 0.9]'),
    (DOSSIER, 'said = "most"', "said = 5"),
    (DOSSIER, 'id = "watch-service"', "id = 5"),
    (DOSSIER, 'id = "relay-paper"', "id = 5"),
    (DOSSIER, 'id = "watch-collection"', "id = 5"),
    (DOSSIER, 'id = "T1"', "id = 5"),
    (DOSSIER, 'root = "watch-collection"', "root = 5"),
    (EVIDENCE, WINDOW, "window = [2030-02-27, 2030-02-05]"),
    (EVIDENCE, CUTS, "cuts = nan"),
    (EVIDENCE, "days = 12", "days = nan"),
    (CASE, "slots = 3", "slots = 3.0"),
    (CASE, "days = 20", "days = 20.0"),
    (CASE, "start = 2030-01-01", 'start = "x"'),
    (CASE, "burn_in = 2030-01-11", "burn_in = 5"),
    (CASE, "as_of = 2030-02-19", "as_of = true"),
    (CASE, 'transit = "Northland"', "transit = 5"),
    (CASE, "places = []", "places = 5"),
    (CASE, 'transit = "Northland"', 'transit = "Northland\\u001b"'),
    (DOSSIER, 'said = "most"', 'said = "most\\u202e"'),
    (CASE, 'season_source = "assumption"', "season_source = 5"),
]


@pytest.mark.parametrize(("file", "old", "new"), MISTAKES, ids=[f"{file}: {new}" for file, _, new in MISTAKES])
def test_one_mistake_is_one_fault(tmp_path, file, old, new):
    told = refused(edit(tmp_path, (file, old, new)))
    assert len(told) == 1 and told[0].startswith(f"{file}:"), told


def test_two_mistakes_are_two_faults(tmp_path):
    told = refused(edit(tmp_path, (TABLE, "2030-01-21/2030-01-25,176", "2030-01-21/2030-01-25,17x"),
                        (TABLE, "2030-01-31/2030-02-04,201,,\n", ""), (EVIDENCE, "days = 30", "days = -1")))
    assert len(told) == 3 and any("gap before 2030-02-05" in text for text in told), told
