"""A small case in a temporary folder: the shipped toy's frame with a dossier and a series of its own."""
from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import interlope
from interlope import manifest
from interlope.results.study import StudyRecord

DOSSIER = """format = 1
[[source]]
id = "observer"
role = "independent observer"
letter = "B"
reason = "present at the border"
[[root]]
id = "count"
source = "observer"
made = 2030-01-20
what = "a count of tries"
[[claim]]
id = "A1"
paraphrase = "between 60 and 90 tries a day"
kind = "interval"
root = "count"
lineage = "stated"
series = "attempts"
counted = "attempts"
unit = "attempts/day"
window = [2030-01-11, 2030-01-20]
reduce = "mean"
low = 60
high = 90
published = 2030-01-25
[[claim]]
id = "A2"
paraphrase = "the border is dangerous"
kind = "normative"
root = "count"
published = 2030-01-25
[[claim]]
id = "A3"
paraphrase = "about 500 tries in February's first days"
kind = "interval"
root = "count"
lineage = "stated"
series = "attempts"
counted = "attempts"
unit = "attempts"
window = [2030-02-01, 2030-02-08]
reduce = "sum"
low = 400
high = 600
published = 2030-02-15
"""
SERIES = """# id: stops
# source: observer
# root: count
# licence: invented
# definition: people stopped, by day
# counted: persons
# unit: persons/day
# period: day
# series: prevented + 1.5 detained
# published_lag_days: 1
# missing: sparse
# density: negative-binomial
# dispersion: lognormal(15, x1.6)
period,value
2030-01-15,30
2030-01-16,35
2030-02-25,20
"""


@pytest.fixture
def small_case(tmp_path: Path) -> Path:
    """Folder of a case that loads without a fault; tests change its files."""
    shipped = Path(interlope.__file__).parent / "cases" / "toy"
    folder = tmp_path / "toy"
    for part in ("hypotheses", "options"):
        shutil.copytree(shipped / part, folder / part)
    frame = (shipped / "case.toml").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "case.toml").write_text("".join(line for line in frame if not line.startswith("report = ")), encoding="utf-8")
    (folder / "dossier.toml").write_text(DOSSIER, encoding="utf-8")
    (folder / "series").mkdir()
    (folder / "series" / "stops.csv").write_text(SERIES, encoding="utf-8")
    return folder


@pytest.fixture
def add_manifest():
    """Puts a manifest beside results, as a study does; what it says of the run is what the results say."""

    def add(folder: Path, study: StudyRecord) -> None:
        manifest.write(manifest.Manifest(case=study.case.name, run_id=study.run_id, inputs={}, model_digest=study.model_digest,
                                         seed=study.seed, settings={}, version=study.version, case_sha256=study.case.sha256), folder)

    return add
