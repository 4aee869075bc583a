"""Money: amounts are in EUR; another currency is refused with the reason wherever it is stated, and `check` says what is read so."""
from __future__ import annotations

import pytest
from tests.helpers.edited_toy import DOSSIER, TABLE, edit, refused

import interlope as il
from interlope import units
from interlope.cli.check import _tell_money


@pytest.mark.parametrize("unit", ["USD", "USD/person", "RSD/day", "€/person", "GBP / person"])
def test_another_currency_is_refused_with_the_reason(unit):
    with pytest.raises(ValueError, match="another currency; expected EUR, in which the model's own amounts are stated: nothing converts"):
        units.parse(unit)


@pytest.mark.parametrize(("file", "old", "new"), [
    (TABLE, "# unit: interceptions", "# unit: USD/person"), (DOSSIER, 'unit = "interceptions/day"', 'unit = "USD/person"'),
    ("case.toml", "format = 1", 'format = 1\ncurrency = "USD"')])
def test_it_is_refused_wherever_it_is_stated(tmp_path, file, old, new):
    told = refused(edit(tmp_path, (file, old, new)))
    assert any(text.startswith(f"{file}:") and "EUR" in text and "rate and day in a note" in text for text in told), told


def test_what_is_read_as_an_amount_is_said():
    said, = _tell_money(il.load("serbia-hungary"))
    assert said.startswith("Amounts of money are read in EUR") and "prices-quoted (EUR/person)" in said
    assert _tell_money(il.load("toy")) == []
