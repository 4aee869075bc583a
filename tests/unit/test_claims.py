"""Claims: what is refused because no density could hold it, with the line and what to do; what was not said."""
from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from edited_toy import LISTENED
from typer.testing import CliRunner

import interlope as il
from interlope.cli.app import app
from interlope.dossier import provenance
from interlope.errors import BadInput

TOY = Path(il.__file__).parent / "cases" / "toy"


def edit(folder: Path, *changes: tuple[str, str], more: str = "") -> Path:
    """The toy with texts of its dossier replaced, each where it stands first, and tables added."""
    folder.mkdir(exist_ok=True)
    case = folder / "toy"
    shutil.copytree(TOY, case)
    path = case / "dossier.toml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text + more, encoding="utf-8")
    return case


def faults(case: Path) -> list[str]:
    with pytest.raises(BadInput) as caught:
        il.load(case)
    return [str(fault).removeprefix(str(case / "dossier.toml")) for fault in caught.value.faults]


def line(case: Path, start: str) -> int:
    rows = (case / "dossier.toml").read_text(encoding="utf-8").splitlines()
    return 1 + next(i for i, row in enumerate(rows) if row.startswith(start))


PART = ('series = "stopped"', 'series = "share_command"')
SHARE, PERCENT = [(PART, ('unit = "interceptions/day"', f'unit = "{unit}"')) for unit in ("1", "percent")]
CHANNEL = """channels = [
  { kind = "peak-for-mean", chance = 0.25, reduce = "max", reason = "the best day may stand for every day" },
]
"""
COUNT = (('kind = "interval"', 'kind = "count"\nascertained = [2, 30]'),
         ('reduce = "mean"\nlow', 'reduce = "sum"\nlow'),
         ('unit = "interceptions/day"', 'unit = "interceptions"'),
         (CHANNEL, ""))
TREND = (('kind = "interval"', 'kind = "trend"\nsaid = "up"\nnoise = 0.05\nthreshold = 0.05'),
         ('reduce = "mean"\nlow = 20\nhigh = 60', 'reduce = "slope"'),
         ('unit = "interceptions/day"\n', ""), *COUNT[3:])
REFUSED = [
    ((*SHARE, ("low = 20", "low = 0.6"), ("high = 60", "high = 80")), "high = 80", "at most 1", 'did you mean unit = "percent"?'),
    ((*PERCENT, ("low = 20", "low = 60"), ("high = 60", "high = 180")), "high = 180", "at most 100", ""),
    ((("threshold = 0.3", "threshold = 30"),), "threshold = 30", "above 0, at most 1", 'did you mean unit = "percent"?'),
    ((("threshold = 0.3", "threshold = -0.3"),), "threshold = -0.3", "above 0, at most 1", ""),
    ((("threshold = 0.3", "threshold = 0"),), "threshold = 0", "above 0", ""),
    ((("noise = 0.7", "noise = 0"),), "noise = 0", "from 0.001 to 10", ""),
    ((("noise = 0.7", "noise = inf"),), "noise = inf", "finite", ""),
    ((("shift = 1.2", "shift = -inf"),), "shift = -inf", "finite", ""),
    ((("high = 60", "high = inf"),), "high = inf", "finite", ""),
    ((("low = 20\nhigh = 60", "low = 40\nhigh = 40\nsd = 0"),), "sd = 0", "from 0.001 to 3", ""),
    ((("slant_factor = 1.5", "slant_factor = 1e9"),), "slant_factor = 1000000000.0", "from 1 to 20", ""),
    ((("slant_factor = 1.5", "slant_factor = 1.5\nslant_share = 1"),), "slant_share = 1", "from 0 to 0.999", ""),
    ((("chance_if_true = 0.6", "chance_if_true = 0"),), "chance_if_true = 0", "from 0.001 to 0.999", ""),
    ((("chance_if_false = 0.95", "chance_if_false = 1"),), "chance_if_false = 1", "from 0.001 to 0.999", ""),
    ((("chance = 0.25", "chance = 1"),), "chance = 1", "from 0.001 to 0.999", ""),
    ((("low = 20", "low = 20\nnoise = 0.3"),), "'noise' in claim 'T2'", "one of high, low", ""),
    ((('series = "share_command"', 'series = "stopped"'), ('unit = "1"\n', "")),
     "'stopped' lies within 0 to inf", "a share within 0 to 1", ""),
    ((('series = "clash_days"', 'series = "stopped +"'),), "series 'stopped +'", "a sum such as", ""),
    ((('series = "clash_days"', 'series = "clashdays"'),), "series 'clashdays' unknown", "one of ", "nearest 'clash_days'"),
    ((('unit = "interceptions/day"', 'unit = "EUR"'),), "unit 'EUR'", "persons/day", ""),
    ((('unit = "interceptions/day"', 'unit = "intercepted"'),), "unit 'intercepted' unknown", "persons/day", ""),
    ((('words = ["none", "some", "half", "most", "all"]', 'words = ["none", "most", "half", "most", "all"]'),), "words", "", ""),
    ((("cuts = [0.02,", "cuts = [0,"),), "cuts = [0", "from 0.001 to 0.999", ""),
    ((('chain = ["relay-paper"]', 'chain = ["watch-service"]'),), "'watch-service' in the chain", "passed it on afterwards", ""),
    ((('chain = ["relay-paper"]', 'chain = ["relay-paper", "relay-paper"]'),), "'relay-paper' twice in chain", "once", ""),
    ((('id = "T1"', 'id = "T/1"'),), "T/1", "letters", ""),
    ((('id = "relay-paper"', 'id = "relay paper"'),), "relay paper", "letters", ""),
    ((('id = "court-files"', 'id = "nul"'),), "nul", "letters", ""),
    ((('id = "T2"', 'id = "T2"\nflags = 5'),), "flags = 5", "a list of words", ""),
    ((('of = "T1"', 'of = "T5"'),), "refers to itself", "another claim", ""),
    ((*COUNT, ("low = 20", "low = 2"), ("high = 60", "high = 200")), "low 2 to high 200", "at most 50 numbers", 'kind = "total"'),
    ((*COUNT, ("high = 60", "high = 60.5")), "high = 60.5", "a whole number", ""),
    ((*COUNT, ("ascertained = [2, 30]", "ascertained = [0.01, 30]")), "ascertained = [0.01, 30]", "each from 0.1", ""),
    ((*TREND, ("threshold = 0.05", "threshold = -0.05")), "threshold = -0.05", "at least 0", "minus the threshold"),
    ((*TREND, ("threshold = 0.05", "threshold = 0"), ('said = "up"', 'said = "flat"')),
     "threshold = 0", "above 0 where it is said to be flat", ""),
    ((*TREND, ('reduce = "slope"', 'reduce = "mean"')), "reduce 'mean'", "'slope'", ""),
]


@pytest.mark.parametrize("changes, found, expected, remedy", REFUSED, ids=[f"{row[1]}" for row in REFUSED])
def test_what_no_density_can_hold_is_refused_with_its_line_and_what_to_do(tmp_path, changes, found, expected, remedy):
    told = faults(edit(tmp_path, *changes))
    assert any(t[1].isdigit() and found in t and expected in t and remedy in t for t in told), told


def test_a_number_outside_its_bounds_is_told_at_its_own_line(tmp_path):
    case = edit(tmp_path, *SHARE, ("low = 20", "low = 0.6"), ("high = 60", "high = 0.8\nsd = 0"))
    assert any(t.startswith(f":{line(case, 'sd = 0')}: sd = 0") for t in faults(case))


@pytest.mark.parametrize("changes", [
    (*COUNT, ("low = 20", "low = 0"), ("high = 60", "high = 3")),
    (*TREND, ("threshold = 0.05", "threshold = 0")),
    (*PERCENT, ("high = 60", "high = 100")),
    (("noise = 0.7\nshift = 1.2\n", ""),),
    (("window = [2030-01-27, 2030-02-05]", "window = [2030-01-27, 2030-02-10]\npublished = 2030-02-11"),),
])
def test_what_a_density_can_hold_is_taken(tmp_path, changes):
    case = il.load(edit(tmp_path, *changes))
    assert sum(c.likelihood for c in case.book.claims.values()) == 4


def test_a_count_that_goes_on_is_no_event_after_its_source(tmp_path):
    # the root was made when the count began; what it says of later days became known afterwards
    told = 'id = "T7"\nparaphrase = "it goes on"\nkind = "meta"\nroot = "guard-count"\nwindow = [2030-02-01, 2030-02-10]\n'
    claim = il.load(edit(tmp_path, more=f"\n[[claim]]\n{told}")).book.claims["T7"]
    assert claim.published.isoformat() == "2030-02-10"
    assert not [flag for flag in claim.flags if flag.rule == "event-after-source"]


def test_a_statement_on_days_to_come_is_flagged_and_named_by_check(tmp_path):
    early = ("window = [2030-01-27, 2030-02-05]", "window = [2030-01-27, 2030-02-10]")
    case = edit(tmp_path, early)
    flags = [flag.text for flag in il.load(case).book.claims["T1"].flags if flag.rule == "days-to-come"]
    assert len(flags) == 1 and "up to 2030-02-10, but was known on 2030-02-06; end the window there" in flags[0]
    assert "T1 tells of days up to 2030-02-10" in " ".join(say("check", str(case)).split())
    later = edit(tmp_path / "later", (early[0], f"{early[1]}\npublished = 2030-02-11"))
    assert "days-to-come" not in {flag.rule for flag in il.load(later).book.claims["T1"].flags}


def test_nearly_the_same_statement_on_one_root_is_flagged_and_the_same_is_not(tmp_path):
    text = (TOY / "dossier.toml").read_text(encoding="utf-8")
    start = text.index('id = "T4"')
    fourth = text[start : text.index("[[claim]]", start)]
    again = fourth.replace("T4", "T8")
    nearly = fourth.replace("T4", "T9").replace("2030-02-05", "2030-02-04")
    book = il.load(edit(tmp_path, more=f"\n[[claim]]\n{again}\n[[claim]]\n{nearly}")).book
    flagged = {name: [f.text for f in c.flags if f.rule == "nearly-the-same-claim"] for name, c in book.claims.items()}
    assert flagged["T4"] == flagged["T8"] == []
    assert len(flagged["T9"]) == 2 and "T4, from the same root" in flagged["T9"][0]


def test_the_same_statement_on_a_second_root_of_one_institution_is_flagged(tmp_path):
    text = (TOY / "dossier.toml").read_text(encoding="utf-8")
    root = text[text.index('id = "court-files"') : text.index("[[claim]]")].replace("court-files", "court-letters")
    fourth = text[text.index('id = "T4"') : text.index("[[claim]]", text.index('id = "T4"'))]
    again = fourth.replace("T4", "T9").replace("court-files", "court-letters")
    book = il.load(edit(tmp_path, more=f"\n[[root]]\n{root}\n[[claim]]\n{again}")).book
    assert [flag.text for flag in book.claims["T9"].flags if flag.rule == "nearly-the-same-claim"] == [
        "T4, from court-files, a root of the same institution, says nearly the same; both count, as two observations"]


def say(*words: str) -> str:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.output
    return done.output


def test_who_was_listened_to_and_said_nothing_is_weighed_shown_and_asked_for(tmp_path):
    before = say("check", "toy")
    assert "Heard in one claim only: court-files." in before and "[[listened]]" in before
    case = str(edit(tmp_path, more=LISTENED.replace("guard-count", "court-files")))
    after = say("check", case)
    assert "Heard in one claim only" not in after and "and 1 silence" in after
    shown = json.loads(say("dossier", case, "--json"))["result"]
    (silence,) = (c for c in shown["claims"] if c["kind"] == "silence")
    assert silence["likelihood"] and silence["paraphrase"].startswith("did not say: people are charged")
    assert (silence["threshold"], silence["chance_if_true"], silence["chance_if_false"]) == (0.3, 0.5, 0.02)
    assert shown["counts"]["claims"] == 6 and shown["counts"]["silences"] == 1
    assert "did not say" in " ".join(say("dossier", case).split())


def test_silence_is_known_from_the_day_until_which_it_was_listened_to(tmp_path):
    case = il.load(edit(tmp_path, more=LISTENED))
    assert "L1" in case.book.claims and "L1" not in case.at("2030-02-18").book.claims
    assert provenance.heard_once(case.book) == ["court-files"]


def test_the_example_of_the_page_is_taken_and_breaks_no_rule(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "howto" / "silence.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```toml\n(.*?)^```", page, re.M | re.S)
    silence = il.load(edit(tmp_path, more=f"\n{example}")).book.claims["L1"]
    assert silence.likelihood and silence.flags == ()
    assert "(1 - 0.8) / (1 - 0.02) = 0.2" in page and (silence.chance_if_true, silence.chance_if_false) == (0.8, 0.02)


def test_who_speaks_in_a_claim_and_is_listed_as_silent_on_the_same_is_flagged(tmp_path):
    book = il.load(edit(tmp_path, more=LISTENED.replace("guard-count", "court-files"))).book
    assert [flag.text for flag in book.claims["L1"].flags if flag.rule == "listened-to-and-spoke"] == [
        "T4, from the same root, speaks of the same series in the same days"]


@pytest.mark.parametrize("old, new, found", [
    ('root = "guard-count"', 'root = "guard-cuont"', "nearest 'guard-count'"),
    ("speaks_if_true = 0.5", "speaks_if_true = 1", "from 0.001 to 0.999"),
    ("speaks_if_false = 0.02\n", "", "'speaks_if_false' missing"),
    ("threshold = 0.3", "threshold = 30", 'did you mean unit = "percent"?'),
    ("until = 2030-02-19", "until = 2030-02-01", "before the window ends"),
    ('would_say = "people', 'says = "people', "'would_say' missing"),
    ('id = "L1"', 'id = "T1"', "given twice"),
    ('series = "share_command"', 'series = "share_comand"', "nearest 'share_command'"),
])
def test_faults_of_who_was_listened_to_are_told(tmp_path, old, new, found):
    assert old in LISTENED
    case = edit(tmp_path, more=LISTENED.replace(old, new))
    told = faults(case)
    first = line(case, "[[listened]]")
    assert any(found in t and first <= int(t.split(":")[1]) <= first + 12 for t in told), told
