"""Every verb's --json is one envelope of a declared schema, and says what it is about."""
from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from interlope.cli.app import VERBS
from interlope.results.envelope import Envelope
from interlope.results.verbs import RESULTS, schema_of
from interlope.scenario.folder import find

REPORT = Path(__file__).parents[2] / "docs" / "howto" / "coast-report.txt"
CALLS = {
    "cases": ["cases"], "fields": ["fields"], "kinds": ["kinds"], "levers": ["levers"],
    "backtest": ["backtest", "toy", "--origin", "2030-02-05", "--budget", "200", "--out", "json-tried"],
    "check": ["check", "toy"],
    "cite": ["cite"],
    "cluster": ["cluster", "slurm", "toy", "takeover", "--draws", "1000", "--jobs", "3"],
    "compare": ["compare", "toy", "--pairs", "20"],
    "confirm": ["confirm", "json-confirm", "coast-report-001", "--reject"],
    "dossier": ["dossier", "serbia-hungary"],
    "export": ["export", "serbia-hungary", "--as", "prov", "--to", "json-export.json"],
    "fit": ["fit", "toy"],
    "forecast": ["forecast", "toy", "--months", "1", "--out", "json-forecast"],
    "import": ["import", str(find("toy") / "series" / "guard-presence.csv"), "--dry-run", "--map", "columns.period=period",
               "--map", "columns.value=value", "--map", "file.comment=#"],
    "new": ["new", "json-border"],
    "odd": ["odd", "toy"],
    "params": ["params", "toy", "--assumptions"],
    "read": ["read", str(REPORT)],
    "recover": ["recover", "toy", "--data-sets", "1", "--jobs", "1", "--out", "json-tried"],
    "schema": ["schema", "cite"],
    "seek": ["seek", "toy", "--pairs", "20", "--outcome", "client_deaths"],
    "sensitivity": ["sensitivity", "toy", "--trajectories", "2", "--base", "2", "--replicates", "1", "--outcomes", "attempts"],
    "simulate": ["simulate", "toy", "takeover", "--draws", "3", "--days", "20"],
    "study": ["study", "toy", "--pairs", "20"],
    "verify": ["verify", "--only", "contest-wins"],
    "weigh": ["weigh", "toy", "--without", "watch-collection", "--regrade", "watch-service=E"],
}
ON_FOLDER = ("explore", "figures", "report", "replay")
ENDING = {"explore": ["--check"], "figures": ["--list"]}  # what ends by itself


def test_schemas_in_the_reference_are_in_step():
    """Written by `interlope schema --out docs/reference/schemas`."""
    folder = Path(__file__).parents[2] / "docs" / "reference" / "schemas"
    assert sorted(p.stem for p in folder.glob("*")) == sorted(RESULTS)
    for verb in RESULTS:
        assert json.loads((folder / f"{verb}.json").read_text(encoding="utf-8")) == schema_of(verb), verb


def test_every_verb_has_a_schema_and_a_call():
    assert set(VERBS) == set(RESULTS) == {*CALLS, *ON_FOLDER}


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_output_is_one_valid_envelope(verb, line, studied):
    words = CALLS.get(verb) or [verb, str(studied), *ENDING.get(verb, [])]
    if verb == "confirm":
        line("new", "json-confirm")
        line(*CALLS["read"], "--into", "json-confirm")
    done = line(*words, "--json")
    found = json.loads(done.stdout)
    assert found["schema"] == f"interlope/{verb}/1"
    assert found["status"] in ("ok", "not_resolved")
    assert "NaN" not in done.stdout
    assert Envelope[RESULTS[verb]].model_validate(found).result is not None
    if found["case"] is not None:
        assert len(found["case"]["sha256"]) == 64


@pytest.mark.parametrize("verb", sorted(RESULTS))
def test_schemas_are_json_and_closed(verb):
    schema = json.loads(json.dumps(schema_of(verb)))
    assert schema["additionalProperties"] is False
    assert {"schema", "version", "status", "reasons", "result"} <= set(schema["properties"])


def test_an_unknown_field_is_refused():
    with pytest.raises(ValidationError):
        Envelope[RESULTS["cite"]].model_validate(
            {"schema": "interlope/cite/1", "version": "1", "wall_seconds": 0.0, "result": None, "surprise": 1})


def test_changes_of_a_source_are_read_off_without_a_new_run(line):
    found = json.loads(line(*CALLS["weigh"], "--json").stdout)["result"]
    assert [c["change"] for c in found["changes"]] == ["watch-service=E", "without watch-collection"]
    for change in found["changes"]:
        assert sum(change["probabilities"].values()) == pytest.approx(1.0)
    standing = {e["name"]: e["probability"] for e in found["explanations"]}
    assert found["changes"][1]["probabilities"] != standing
