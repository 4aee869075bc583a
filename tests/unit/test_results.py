"""Results: records that are whole, frozen and finite, and how they show themselves in a notebook."""
from __future__ import annotations

import json
import math
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from interlope.errors import BadInput
from interlope.results import verbs
from interlope.results.comparison import CompareResult
from interlope.results.record import Record
from interlope.results.tabular import SHOWN_ROWS, TabularRecord, write_html
from interlope.results.weighing import BayesFactor, WeighResult

SAMPLES = Path(__file__).parent / "samples"


def read(name: str, kind: type[TabularRecord]):
    return kind.model_validate_json((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))


class Tags(HTMLParser):
    """Tags and texts of HTML; unbalanced tags are a fault."""

    def __init__(self, text: str):
        super().__init__()
        self.open, self.tags, self.texts = [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, np.float64("nan")])
def test_a_number_that_is_not_finite_is_absent(value):
    factor = BayesFactor(value=value, error=np.float64(0.5))
    assert factor.value is None and json.loads(factor.model_dump_json()) == {"value": None, "error": 0.5}


def test_a_record_is_frozen_and_knows_its_fields():
    factor = BayesFactor(value=1.0, error=0.1)
    with pytest.raises(ValidationError):
        factor.value = 2.0  # type: ignore[misc]
    with pytest.raises(ValidationError):
        BayesFactor.model_validate({"value": 1.0, "error": 0.1, "eror": 0.2})


def test_every_record_says_what_it_is():
    records, todo = set(), [Record]
    while todo:
        todo += (new := [c for c in todo.pop().__subclasses__() if c not in records])
        records |= set(new)
    assert len(records) > 50
    assert [c.__name__ for c in records if "[" not in c.__name__ and not c.__dict__.get("__doc__")] == []


def test_tables_become_data_frames():
    weigh = read("weigh", WeighResult)
    assert {"explanations", "roots", "fit", "parameters"} <= set(weigh.list_tables())
    frame = weigh.to_dataframe()
    assert list(frame["name"]) == [e.name for e in weigh.explanations]
    assert list(frame["probability"]) == [e.probability for e in weigh.explanations]
    roots = weigh.to_dataframe("roots")
    assert "log_bayes_factor.mimicry/rivalry.value" in roots.columns and len(roots) == len(weigh.roots)
    with pytest.raises(BadInput, match="table = 'rots'; expected one of .*roots"):
        weigh.to_dataframe("rots")


def test_a_notebook_gets_a_compact_table_in_which_texts_are_escaped():
    weigh = read("weigh", WeighResult)
    first = weigh.explanations[0].model_copy(update={"gloss": "<script>alert('&')</script>"})
    text = weigh.model_copy(update={"explanations": [first, *weigh.explanations[1:]]})._repr_html_()
    page = Tags(text.partition("<figure")[0])  # behind it stand the report's figures
    assert page.tags.count("table") == 1 and page.tags.count("tr") == 1 + len(weigh.explanations)
    assert "script" not in page.tags and "<script>alert('&')</script>" in "".join(page.texts)


def test_long_tables_are_cut_and_say_so():
    compare = read("compare", CompareResult)
    pooled = sum(d.explanation == "pooled" for d in compare.differences)
    page = Tags(compare._repr_html_().partition("<figure")[0])
    assert pooled > SHOWN_ROWS and page.tags.count("tr") == 2 + SHOWN_ROWS
    assert f"and {pooled - SHOWN_ROWS} more" in page.texts
    assert Tags(write_html("empty", [])).texts == ["empty"]


def test_schemas_are_made_from_the_records(tmp_path):
    paths = verbs.write_schemas({"weigh": verbs.schema_of("weigh")}, tmp_path / "new")
    schema = json.loads(paths[0].read_text(encoding="utf-8"))
    assert schema["$defs"]["WeighAnswer"]["properties"]["explanations"]["type"] == "array"
    assert "BayesFactor" in schema["$defs"]
