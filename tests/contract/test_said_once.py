"""What is said twice, said of nothing, or said in vain on the command line is refused at once, and what is set aside is always told."""
from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

import interlope as il
from interlope.cli.app import VERBS
from interlope.cli.door import enter
from interlope.cli.invocation import find_repeated
from interlope.scenario.case import find

TWICE = [
    (["compare", "toy", "--pairs", "20", "--pairs", "30"], "--pairs"),
    (["compare", "toy", "--days=20", "--days=30"], "--days"),
    (["simulate", "toy", "takeover", "--draws", "2", "--replicates", "3"], "--draws"),
    (["study", "toy", "--budget", "300", "--seed", "3", "--budget", "400"], "--budget"),
    (["weigh", "toy", "--seed", "3", "--seed", "3"], "--seed"),
    (["report", "serbia-hungary", "--to", "a", "--to", "b"], "--to"),
]


@pytest.mark.parametrize(("words", "option"), TWICE, ids=[words[0] for words, _ in TWICE])
def test_an_option_with_one_value_is_given_once(words, option, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert enter(words) == 2
    assert f"{option} is given twice" in capsys.readouterr().err
    assert enter([*words, "--json"]) == 2
    answer = json.loads(capsys.readouterr().out)
    assert answer["status"] == "error" and option in answer["error"]["text"] and answer["schema"] == f"interlope/{words[0]}/1"
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(("verb", "words"), [
    ("weigh", ["--without", "a", "--without", "b"]), ("weigh", ["--as-of", "early", "--as-of", "2030-02-19"]),
    ("study", ["--as-of", "a", "--as-of", "b"]), ("check", ["--json", "--json"]), ("new", ["--", "--seed", "--seed"]),
    ("compare", ["--pairs", "3", "--days", "3"]),
])
def test_what_may_be_said_again_is_taken(verb, words):
    assert find_repeated(VERBS[verb][0], words) == ""


REFUSED = [
    (["compare", "toy", "--pairs", "3"], "pairs = 3; expected at least 4: 2 for each of 2 explanations"),
    (["study", "toy", "--pairs", "1"], "pairs = 1; expected at least 4"),
    (["compare", "toy", "--bundles", "8"], "--bundles or --levers without --search"),
    (["compare", "toy", "--search", "--discover", "joint-patrols"], "--search with --discover"),
    (["check", ""], "case '' has no name; expected a folder with a case.toml"),
    (["dossier", " "], "case ' ' has no name"),
    (["report", ""], "no name of a folder or case"),
    (["simulate", "toy", "takeover", "--out", "runs", "--series", ","], "--series ,: expected names with a comma between them, each once"),
    (["simulate", "toy", "takeover", "--out", "runs", "--series", "attempts,attempts"], "each once"),
    (["simulate", "toy", "takeover", "--series", "attempts"], "--series without --out: nothing is kept"),
    (["simulate", "toy", "takeover", "--by", "sector"], "--by without --out"),
    (["compare", "toy", "--discover", "status-quo"], "--discover status-quo, which is what every option is compared with"),
    (["report", ".", "--out", "there"], "--out there with '.', which is no shipped answer to be opened in a folder; expected --to there"),
    (["report", ".", "--to", "here", "--out", "there"], "expected --to there"),
    (["export", ".", "--as", "stix", "--case", "toy"], "--case toy with --as stix, which reads no case; expected --case beside --as arviz"),
    (["new", "x", "--explanations", ""], "--explanations '' names none; expected one or several of franchise"),
    (["new", "x", "--explanations", "rivalry,rivalry"], "'rivalry' twice; expected each once"),
    (["sensitivity", "toy", "--screen-only", "--base", "64"], "--base 64 with --screen-only"),
    (["figures", "serbia-hungary", "--list", "--to", "x", "--format", "pdf"], "--to x and --format pdf with --list, which writes nothing"),
    (["weigh", "toy", "--refit", "--regrade", "watch-service=E", "--regrade", "watch-service=A"], "one letter for 'watch-service'"),
    (["simulate", "toy", "takeover", "--out", "runs", "--by", "class", "--series", "clash_days"], "none of them is recorded by class"),
    (["cluster", "slurm", "toy", "takeover", "--by", "sector", "--series", "waiting"], "none of them is recorded by sector"),
    (["cluster", "slurm", "toy", "takeover", "--series", "attempts,"], "each once"),
    (["sensitivity", "toy", "--outcomes", ","], "--outcomes ,: expected names"),
    (["new", "a\nb"], r"name 'a\nb'; expected small letters"),
    (["weigh", "toy", "--without", "a\nb"], r"a\nb"),
    (["simulate", "toy", "a\nb"], r"explanation 'a\nb' unknown"),
    (["compare", "toy", "--pairs", "99999999999"], "pairs = 99999999999; expected a whole number from 1 to 1,000,000"),
    (["study", "toy", "--days", "99999"], "days = 99999; expected a whole number from 1 to 3,660"),
    (["simulate", "toy", "takeover", "--days", "99999"], "days = 99999; expected a whole number from 1 to 60"),
    (["simulate", "toy", "takeover", "--draws", "99999999999"], "99999999999 replicates: expected 1 to"),
]


@pytest.mark.parametrize(("words", "sentence"), REFUSED, ids=[f"{words[0]} {words[-1]!r}" for words, _ in REFUSED])
def test_what_says_nothing_or_too_much_is_refused_before_anything_runs(words, sentence, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert enter(words) == 2
    said = capsys.readouterr()
    assert sentence in " ".join(said.err.split(" ")) and "1 fault in the input" in said.err and "compile" not in said.err
    assert not any(tmp_path.iterdir())


@pytest.fixture
def doubled(tmp_path) -> Path:
    """The toy with an option and an explanation under a second name."""
    folder = tmp_path / "toy"
    shutil.copytree(find("toy"), folder)
    for kind, name in (("options", "joint-patrols"), ("hypotheses", "rivalry")):
        text = (folder / kind / f"{name}.toml").read_text(encoding="utf-8").replace(f'"{name}"', '"other-name"')
        (folder / kind / "other-name.toml").write_text(text, encoding="utf-8")
    return folder


def test_options_and_explanations_that_are_the_same_are_told_by_check(doubled, capsys):
    assert enter(["check", str(doubled), "--json"]) == 0
    cautions = json.loads(capsys.readouterr().out)["result"]["cautions"]
    assert any("Options 'joint-patrols' and 'other-name' do the same on every one of the" in line for line in cautions)
    assert any("Explanations 'other-name' and 'rivalry' give every parameter the same prior" in line for line in cautions)
    assert enter(["check", "toy", "--json"]) == 0
    assert not any("the same" in line for line in json.loads(capsys.readouterr().out)["result"]["cautions"])


def test_a_list_of_options_names_each_once(toy_draws):
    with pytest.raises(il.BadInput, match="option 'joint-patrols' is given twice"):
        il.compare("toy", toy_draws, ["joint-patrols", "joint-patrols"], days=2)


@pytest.fixture(scope="module")
def toy_draws():
    from interlope.inference.sampling.problem import Effort

    fits = il.fit("toy", seed=3, effort=Effort(waves=(96, 96), particles=60, populations=2, limit=2, candidates=400, residuals=6))
    return il.draws(fits, 2, seed=3)


def test_a_damaged_partial_is_told_under_json_too(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = ["weigh", "toy", "--budget", "300", "--seed", "3", "--json"]
    assert enter(words) == 0
    first = json.loads(capsys.readouterr().out)
    (partial,) = Path("out").glob(".toy-*.partial")
    (partial / "weigh.json").write_text("{}", encoding="utf-8")
    assert enter(words) == 0
    said = capsys.readouterr()
    assert "weigh.json: unreadable" in said.err and "what was there is now weigh.json.damaged" in said.err
    assert json.loads(said.out)["result"]["explanations"] == first["result"]["explanations"]


def test_a_report_that_was_killed_leaves_nothing_that_the_next_one_does_not_clean(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert enter(["report", "serbia-hungary"]) == 0
    (folder,) = Path("out").glob("serbia-hungary-*")
    left = folder / ".report.part"
    left.mkdir()
    (left / "0").write_text("half", encoding="utf-8")
    assert enter(["report", str(folder)]) == 0
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_evidence_is_not_sought_where_nothing_is_told_apart(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(find("toy"), tmp_path / "toy")
    (tmp_path / "toy" / "hypotheses" / "takeover.toml").unlink()
    case = tmp_path / "toy" / "case.toml"
    case.write_text(case.read_text(encoding="utf-8").replace('explanation = "takeover"', 'explanation = "rivalry"'), encoding="utf-8")
    assert enter(["seek", "./toy"]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "has one explanation" in said and "a rival explanation in hypotheses/" in said and not (tmp_path / "out").exists()


def test_a_manifest_named_itself_is_cited_as_its_folder(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    about = SimpleNamespace(settings={}, case="toy", run_id="1a2b3c4d", seed=7, model_digest="ab", version="1")
    asked: list[Path] = []
    monkeypatch.setattr("interlope.manifest.read", lambda folder: asked.append(folder) or about)
    monkeypatch.setattr("interlope.manifest.refuse_changed", lambda about, folder: asked.append(folder))
    cited = [(enter(["cite", name]), capsys.readouterr().out) for name in ("runs", "runs/manifest.json", "manifest.json")]
    assert len(set(cited)) == 1 and cited[0][0] == 0 and "Case 'toy', run 1a2b3c4d" in cited[0][1]
    assert asked == [Path("runs")] * 4 + [Path(".")] * 2


def test_nothing_to_weigh_is_said_by_check_and_refused_before_the_model_is_compiled(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(find("toy"), tmp_path / "toy", ignore=shutil.ignore_patterns("series", "evidence.toml"))
    for name, start, end in (("dossier.toml", "[[claim]]", ""), ("case.toml", 'report = "watch', "\n")):
        path = tmp_path / "toy" / name
        before, _, after = path.read_text(encoding="utf-8").partition(start)
        path.write_text(before + (after.partition(end)[2] if end else ""), encoding="utf-8")
    assert enter(["check", "./toy"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Nothing can be weighed: no claim with a likelihood and no figure" in said
    assert "official series alone" not in said and "3 roots stand behind nothing that is known yet" in said
    assert enter(["weigh", "./toy"]) == 2
    err = " ".join(capsys.readouterr().err.split())
    assert "has nothing to weigh" in err and "compile" not in err
    shutil.rmtree(tmp_path / "toy")
    assert enter(["check", "toy"]) == 0 and "Nothing can be weighed" not in capsys.readouterr().out
