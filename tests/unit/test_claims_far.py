"""Claims beside the model: the range as it is claimed, and numbers that agree although they lie far outside what is simulated."""
from __future__ import annotations

from types import SimpleNamespace

import pytest

from interlope.reporting.claimed import ClaimedRange
from interlope.reporting.figures.fit import figure_agreement, figure_claims
from interlope.reporting.figures.held_out import tell_scores
from interlope.reporting.sections import fit
from interlope.results.fitted import FitRow
from interlope.results.forecast import HeldOutRow


def completed(kind="count", low=4.0, high=5.0, observed=20**0.5, points=(8.0, 17.0, 37.0), name="S2", explanation="rivalry"):
    row = FitRow(kind="claim", id=name, explanation=explanation, observed=observed, q05=points[0], q50=points[1], q95=points[2], met=True,
                 agreed=0.99)
    claim = SimpleNamespace(id=name, kind=kind, unit="clashes", paraphrase="four or five shootings", low=low, high=high)
    return fit._complete(row, SimpleNamespace(dossier=SimpleNamespace(series=[], claims=[claim])))


def shown(table, key):
    return [text for cells in table.cells() for column, text, _ in cells if column.key == key]


def test_a_range_is_printed_as_claimed_and_not_as_its_middle():
    rows = [completed(), completed("ceiling", None, 6400.0, 6400.0, name="K07"), completed("interval", 0.1, 0.1, 0.1, name="K23")]
    for figure in (figure_agreement(rows, ["rivalry"]), figure_claims([completed("total")], ["rivalry"])):
        assert figure is not None and shown(figure.table, "claimed")[0] == "4–5"
    assert shown(figure_agreement(rows, ["rivalry"]).table, "claimed") == ["4–5", "at most 6,400", "0.1"]
    assert "claimed.low" in figure_agreement(rows, ["rivalry"]).table.csv()


@pytest.mark.parametrize("kind", ["change", "effect", "ranking"])
def test_of_a_ratio_the_number_fitted_is_printed(kind):
    assert completed(kind, 40.0, 40.0, 0.6).claimed == ClaimedRange(low=0.6, high=0.6)


@pytest.mark.parametrize(("kind", "stated", "threshold", "reduce", "told", "low", "high"), [
    ("occurrence", True, 0.5, "mean", "at least 0.5", 0.5, None),
    ("occurrence", False, 0.5, "mean", "below 0.5", None, 0.5),
    ("occurrence", False, 1.0, "any", "none", None, 1.0),
    ("alternation", True, 3.0, "alternations", "at least 3", 3.0, None),
    ("attribution", False, None, "mean", "not more than half", None, 0.5),
    ("silence", None, 0.5, "mean", "nothing said of 0.5 or more", None, 0.5),
    ("trend", "up", 0.05, "slope", "up, by more than 5% a year", 0.05, None),
    ("trend", "flat", 0.05, "slope", "flat, within 5% a year", -0.05, 0.05),
    ("share", "most", None, "mean", "most (about 0.7)", 0.7, 0.7),
    ("ranking", "more", 0.1, "mean", "more", None, None),
])
def test_a_claim_without_a_number_is_shown_as_what_it_states_and_not_as_its_threshold(kind, stated, threshold, reduce, told, low, high):
    fitted = None if kind == "ranking" else 0.7 if kind == "share" else threshold
    row = FitRow(kind="claim", id="S3", explanation="rivalry", observed=fitted, q05=0.1, q50=0.2, q95=0.3, met=True, agreed=0.5)
    claim = SimpleNamespace(id="S3", kind=kind, unit="1", paraphrase="it is so", low=None, high=None, stated=stated, threshold=threshold,
                            reduce=reduce)
    value = fit._complete(row, SimpleNamespace(dossier=SimpleNamespace(series=[], claims=[claim])))
    assert shown(figure_agreement([value], ["rivalry"]).table, "claimed") == [told]
    assert value.claimed is not None and (value.claimed.low, value.claimed.high) == (low, high)


def test_tables_of_claims_say_that_agreement_is_counted_and_tables_of_figures_the_band():
    row = completed("interval", 0.1, 0.1, 0.1, (0.114, 0.129, 0.152), "K23")
    heads = [c.head for c in figure_claims([row], ["rivalry"]).table.columns]
    assert heads[-1] == "at least 5% agree" and not any("band" in head for head in heads)


def test_a_number_that_agrees_only_by_what_goes_unreported_is_listed_among_the_failures():
    rows = [completed(explanation=name, points=points) for name, points in (("rivalry", (8.0, 17.0, 37.0)), ("kin", (9.0, 20.0, 38.0)))]
    assert fit.tell_far(rows) == ["S2 four or five shootings: 4–5 claimed, 8–38 simulated: the model has 3.4–4 times the number claimed; "
                                  "that most go unreported is an assumption."]
    one_inside = [rows[0], completed(explanation="kin", points=(3.0, 20.0, 38.0))]
    assert fit.tell_far(one_inside) == [] == fit.tell_far([completed("interval", 0.1, 0.1, 0.1, (0.114, 0.129, 0.152))])
    above, = fit.tell_far([completed("total", 4500.0, 4500.0, 4500.0, (87.0, 150.0, 215.0))])
    assert "the number claimed is 30 times that of the model; it agrees only by the spread" in above


def test_a_better_mean_says_in_how_many_figures_the_model_is_better():
    rows = [HeldOutRow(series="s", period="2023", observed=1.0, q05=0.0, q50=1.0, q95=2.0, crps=crps, baselines=dict(last=0.3, step=other))
            for crps, other in ((0.1, 0.05), (0.2, 0.9), (0.4, 0.9))]
    assert tell_scores({"model": 0.23, "last": 0.3, "step": 0.6}, rows) == (
        "In the mean over 3 figures the model does better than each baseline. Figure by figure: better than last in 2 of 3, better than "
        "step in 2 of 3 and better than all of them in 1 of 3.")
    assert tell_scores({"model": 0.4, "last": 0.3}, rows).startswith("In the mean over 3 figures the model does worse than last.")
