"""Exports: each opens with its field's own library and says what the study says; nothing is overwritten, nothing forbidden leaves."""
from __future__ import annotations

import json
import re
import shutil
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import arviz_base
import docx
import numpy as np
import prov.model
import pytest
import stix2
import xarray as xr
from docx.oxml.ns import qn
from rocrate.rocrate import ROCrate

from interlope import manifest
from interlope.export import door, study
from interlope.export.formats import formats
from interlope.guard import RULES, inspect
from interlope.reporting import record as records
from interlope.reporting.blocks import Details, Drawing, tables_of
from interlope.reporting.html import arrange
from interlope.reporting.numerals import estimate
from interlope.storage import store
from interlope.text import HIDDEN

HOSTILE = "\x1b[31mred\u202eturned\u200bhidden\x07"
REPORT_CLAIMS = ["T1", "T2", "T3"]  # weighed claims of the watch service
# what formats and numbers are made of, and no case says: keys of JSON-LD, midnights, digests and identifiers, numbers with their interval
OF_THE_FORM = re.compile(r"^@\w+$|T00:00:00(\.000)?(Z|\+00:00)$|\b[0-9a-f-]{32,}\b|[+−]?[\d.,]+ \([^()]*\)")
PAGE = Path(__file__).parents[2] / "docs" / "howto" / "export.md"


@pytest.fixture(scope="module")
def folder(studied, tmp_path_factory) -> Path:
    """A copy of the small study, named as the page names it."""
    return Path(shutil.copytree(studied, tmp_path_factory.mktemp("export") / "out" / "toy"))


@pytest.fixture(scope="module")
def results(folder) -> study.StudyResults:
    return study.read(folder)


@pytest.fixture(scope="module")
def exported(folder, line) -> dict[str, list[Path]]:
    """The files of every format, by the command line."""
    return {name: [Path(p) for p in json.loads(line("export", str(folder), "--as", name, "--json").stdout)["result"]["files"]]
            for name in formats()}


def texts_of(name: str, data: bytes) -> list[str]:
    """Every text that a reader of the file gets to see."""
    if name == "word":
        word = docx.Document(BytesIO(data))
        files = zipfile.ZipFile(BytesIO(data))
        drawn = [files.read(n).decode() for n in files.namelist() if n.endswith(".svg")]
        labels = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
        written = ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in word.element.body.iter(qn("w:p"))]
        return [*written, *labels, *(t for d in drawn for t in re.findall(r">([^<]+)<", d)),
                word.core_properties.title, word.core_properties.author]
    if name == "arviz":
        with xr.open_datatree(BytesIO(data), engine="h5netcdf") as tree:
            held = [v for node in tree.subtree for each in (node, *node.variables.values()) for v in each.attrs.values()]
            return [str(v) for v in [*held, *(c for node in tree.subtree for x in node.coords.values() if x.dtype.kind in "OUS"
                                              for c in x.values)]]
    found: list[str] = []
    waiting = [json.loads(data)]
    while waiting:
        value = waiting.pop()
        waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        found += [value] if isinstance(value, str) else list(value) if isinstance(value, dict) else []
    return found


def test_a_stix_bundle_is_standard_and_complete(exported, results):
    bundle = stix2.parse(exported["stix"][0].read_text(encoding="utf-8"), allow_custom=False)
    by_id = {o.id: o for o in bundle.objects}
    (report,) = (o for o in bundle.objects if o.type == "report")
    assert set(report.object_refs) == set(by_id) - {report.id}
    assert {o.identity_class for o in bundle.objects if o.type == "identity"} == {"class", "system"}
    notes = {o.abstract: o for o in bundle.objects if o.type == "note"}
    claims = {c.id: notes[f"Claim {c.id} ({c.kind})"] for c in results.record.dossier.claims}
    assert (claims["T1"].confidence, claims["T4"].confidence) == (50, 70)  # letters C and B
    ties = {(o.source_ref, by_id[o.target_ref].get("name"), o.description) for o in bundle.objects if o.type == "relationship"}
    assert {(claims["T1"].id, "security service (invented)", "observed by."),
            (claims["T1"].id, "daily paper (invented)", "passed on by.")} <= ties
    for explanation in results.record.weigh.explanations:
        assert f"Probability {estimate(explanation.probability)} " in notes[f"Hypothesis: {explanation.name}"].content


def relations(document: dict) -> dict[str, list[str]]:
    """What a PROV-JSON document says, without the numbers of its blank nodes."""
    return {kind: sorted(json.dumps(item if key.startswith("_:") else [key, item], sort_keys=True) for key, item in items.items())
            for kind, items in document.items()}


def test_prov_is_read_back_the_same_and_follows_every_chain(exported, results):
    text = exported["prov"][0].read_text(encoding="utf-8")
    document = prov.model.ProvDocument.deserialize(content=text, format="json")
    assert relations(json.loads(document.serialize(format="json"))) == relations(json.loads(text))
    parents: dict[str, set[str]] = {}
    for derivation in document.get_records(prov.model.ProvDerivation):
        (_, after), (_, before) = derivation.formal_attributes[:2]
        parents.setdefault(str(after), set()).add(str(before))

    def ancestors(name: str, path: tuple[str, ...] = ()) -> set[str]:
        assert name not in path, "a derivation leads back to itself"
        return {a for p in parents.get(name, ()) for a in {p, *ancestors(p, (*path, name))}}

    assert {"account:watch-collection.relay-paper", "root:watch-collection"} <= ancestors("claim:T1")
    weighed = {f"claim:{c.id}" for c in results.record.dossier.claims if c.likelihood}
    assert weighed | {"series:guard-detained"} <= parents["result:answer"]


def test_no_json_that_leaves_holds_a_mark_of_html(results, tmp_path):
    bad = "<script>alert(1)</script><img src=x onerror=alert(2)> & more"
    dossier = results.record.dossier
    claims = [c.model_copy(update={"paraphrase": bad}) for c in dossier.claims]
    record = results.record.model_copy(update={"dossier": dossier.model_copy(update={"claims": claims}),
                                               "case": results.record.case.model_copy(update={"question": bad})})
    for name in ("claimreview", "ro-crate", "stix", "prov"):
        (data,) = formats()[name].write(replace(results, record=record)).values()
        assert not {b"<", b">", b"&"} & {data[i : i + 1] for i in range(len(data))}, name
        assert "<script>alert(1)" in str(json.loads(data)), name


def test_every_claim_of_the_reports_source_has_a_review_by_the_model(exported, results):
    graph = json.loads(exported["claimreview"][0].read_bytes())["@graph"]
    fit = {(r.id, r.explanation): r.agreed for r in results.record.weigh.fit if r.kind == "claim"}
    assert [r["itemReviewed"]["@id"].rpartition(":")[2] for r in graph] == REPORT_CLAIMS
    for review, claim in zip(graph, REPORT_CLAIMS, strict=True):
        assert review["@type"] == "ClaimReview" and review["url"] and review["author"]["name"] and review["claimReviewed"]
        rating = review["reviewRating"]
        assert "Model-based rating" in rating["ratingExplanation"] and "Model-based rating" in review["reviewBody"]
        share = sum(e.probability * fit[claim, e.name] for e in results.record.weigh.explanations)
        assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]
        assert (rating["ratingValue"] - 1) / 5 <= share <= rating["ratingValue"] / 5
        assert review["itemReviewed"]["author"]["name"] == "security service (invented)"


def test_an_unresolved_study_rates_no_claim(results):
    unresolved = replace(results, record=results.record.model_copy(update={"status": "not_resolved"}))
    with pytest.raises(Exception, match="not resolved"):
        formats()["claimreview"].write(unresolved)
    assert "no probability" in formats()["stix"].write(unresolved)[""].decode()
    assert '"opinion"' not in formats()["stix"].write(unresolved)[""].decode()


def test_arviz_opens_draws_that_stand_for_the_weighted_replicates(exported, results):
    assert [p.name for p in exported["arviz"]] == [f"toy.{name}.nc" for name in results.record.names]
    units = {p.name: p.unit for p in results.record.parameters}
    for path, name in zip(exported["arviz"], results.record.names, strict=True):
        tree = arviz_base.convert_to_datatree(str(path))
        assert set(tree.children) == {"posterior", "log_likelihood", "sample_stats", "observed_data", "posterior_predictive"}
        sample = arviz_base.extract(tree, num_samples=10, random_seed=1)
        assert sample.sizes["sample"] == 10
        replicates = store.read(results.folder / "store.zarr", name)
        weight = np.asarray(replicates["weight"]) / np.sum(np.asarray(replicates["weight"]))
        for parameter in list(tree["posterior"].data_vars)[:20]:
            if parameter == "arrivals_innovation":
                continue
            values = np.asarray(replicates[parameter])
            mean = float(weight @ values)
            spread = float(np.sqrt(weight @ (values - mean) ** 2))
            assert abs(float(tree["posterior"][parameter].mean()) - mean) < 0.1 * spread
            assert tree["posterior"][parameter].attrs["units"] == units[parameter]
        parts = tree["log_likelihood"]
        total = np.asarray(parts["claims"].sum("root") + parts["official_series"].sum("group"))[0]
        stored = np.asarray(replicates["log_likelihood"])
        assert np.abs(total[:, None] - stored[None]).min(axis=1).max() < 1e-6
        figures = tree["observed_data"]["figures"]
        assert figures.dims == tree["posterior_predictive"]["figures"].dims[2:] and set(figures["unit"].values) == {"interceptions"}


def test_word_has_every_section_table_and_figure(exported, results):
    word = docx.Document(str(exported["word"][0]))
    sections = arrange(results.record)
    heads = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert heads == [f"{i} {s.title}" for i, s in enumerate(sections, 1)]
    assert len(word.tables) == sum(len(tables_of(s.blocks)) for s in sections)
    assert all(t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in word.tables)

    def drawings(blocks) -> int:
        return sum(drawings(b.blocks) if isinstance(b, Details) else isinstance(b, Drawing) for b in blocks)

    count = sum(drawings(s.blocks) for s in sections)
    labels = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert len(labels) == count > 0 and all(len(label) > 40 for label in labels)
    files = zipfile.ZipFile(exported["word"][0])
    drawn = [files.read(n).decode() for n in files.namelist() if n.endswith(".svg")]
    pictures = {re.sub(r'aria-label="[^"]*"|<title>.*?</title>', "", svg) for svg in drawn}  # without words that nobody sees
    assert len(drawn) == count and sum(n.endswith(".png") for n in files.namelist()) == len(pictures) > count / 2
    assert {e.get(qn("w:val")) for e in word.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_a_crate_names_every_file_and_leaves_the_results_as_they_are(exported, results):
    assert exported["ro-crate"] == [results.folder / "ro-crate-metadata.json"]
    crate = ROCrate(str(results.folder))
    entities = {e.id.rstrip("/"): e for e in crate.get_entities()}
    for name, digest in results.about.files.items():
        assert entities[name]["sha256"] == digest
    (run,) = (e for e in crate.contextual_entities if e.type == "CreateAction")
    assert run["instrument"]["version"] == results.record.version
    assert {e.id.rstrip("/") for e in run["result"]} == {*results.about.files, "manifest.json"}
    assert "interlope replay ." in entities["#replay"]["description"] and crate.license["name"] == "Licences"
    assert manifest.changed(results.about, results.folder) == []


@pytest.mark.parametrize("name", sorted(formats()))
def test_nothing_forbidden_leaves(name, results, exported):
    """Texts that steer a terminal, put where a case holds texts, are shown as escapes; what the guard never excuses isn't there."""
    record = results.record
    dossier = record.dossier.model_copy(update={
        "claims": [c.model_copy(update={"paraphrase": f"{c.paraphrase}{HOSTILE}", "note": HOSTILE}) for c in record.dossier.claims],
        "sources": [s.model_copy(update={"role": f"{s.role}{HOSTILE}", "reason": HOSTILE}) for s in record.dossier.sources],
        "roots": [r.model_copy(update={"what": HOSTILE}) for r in record.dossier.roots]})
    weigh = record.weigh.model_copy(update={
        "explanations": [e.model_copy(update={"gloss": HOSTILE}) for e in record.weigh.explanations]})
    case = record.case.model_copy(update={"question": HOSTILE})
    changed = record.model_copy(update={"dossier": dossier, "weigh": weigh, "case": case})
    texts = [t for data in formats()[name].write(replace(results, record=changed)).values() for t in texts_of(name, data)]
    assert any("\\x1b[31mred\\u202eturned" in text for text in texts)
    assert not [text for text in texts if HIDDEN.search(text)]
    plain = {OF_THE_FORM.sub("", t) for path in exported[name] for t in texts_of(name, path.read_bytes())}
    assert not [(f.rule, text) for text in plain for f in inspect(text) if not RULES[f.rule].excusable]


def test_contacts_are_refused_whoever_wrote_them_into_the_results(results, tmp_path, line):
    claims = [c.model_copy(update={"paraphrase": "write to someone@example.org"}) for c in results.record.dossier.claims]
    changed = results.record.model_copy(update={"dossier": results.record.dossier.model_copy(update={"claims": claims})})
    records.save(changed, tmp_path)
    manifest.write(replace(results.about, files={}), tmp_path)
    assert "claim T1: handle" in line("export", str(tmp_path), "--as", "prov", code=2).output


def test_refusals(folder, exported, line, tmp_path, monkeypatch):
    again = exported["stix"][0].read_bytes()
    assert "is never overwritten" in line("export", str(folder), "--as", "stix", code=2).output
    assert exported["stix"][0].read_bytes() == again
    assert "is never overwritten" in line("export", str(folder), "--as", "arviz", code=2).output
    assert "--as docx; expected one of" in line("export", str(folder), "--as", "docx", code=2).output
    assert "no manifest.json" in line("export", str(tmp_path), "--as", "prov", code=2).output.replace("results.json", "manifest.json")
    assert "expected no --to" in line("export", str(folder), "--as", "ro-crate", "--to", str(tmp_path / "a.json"), code=2).output
    assert "open it first" in line("export", "serbia-hungary", "--as", "ro-crate", code=2).output
    line("new", "another-border")
    other = line("export", str(folder), "--as", "arviz", "--to", str(tmp_path / "a.nc"), "--case", "another-border", code=2).output
    assert "is not the one that was studied" in other and not list(tmp_path.glob("a*"))
    monkeypatch.setattr(door, "find_spec", lambda module: None)
    assert "pip install '.[export]'" in line("export", str(folder), "--as", "stix", "--to", str(tmp_path / "b"), code=1).output


def test_files_are_placed_all_or_none(tmp_path, monkeypatch):
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    write = door._write_new

    def disturbed(path: Path, data: bytes) -> None:
        if path == second:
            second.write_bytes(b"another's")
        write(path, data)

    monkeypatch.setattr(door, "_write_new", disturbed)
    with pytest.raises(Exception, match="is never overwritten"):
        door.place({first: b"1", second: b"2"})
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"b.json": b"another's"}


def test_the_commands_on_the_page_run(line):
    commands = re.findall(r"^```console\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    lines = "".join(commands).splitlines()
    assert lines
    for words in lines:
        assert "Wrote" in line(*words.split()[1:]).output
