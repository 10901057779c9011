"""`sitegen run --judges llm:MODEL`, `judge audit --llm`, `judge blindness` and `rejudge` as a person and as a program read them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen_tui.cli.main import program
from sitegen_tui.providers import local
from tests.judging_server import blind, eager, judge, models_file
from tests.providers.misbehaving import Server, answer

JUDGE = "openai/fair"
RUN = ("run", "-m", "reference", "-t", "blank-site", "--actions", "apply-colours")


def sitegen(db: Path, *words: str) -> Result:
    return CliRunner().invoke(program, ["--db", str(db), *words])


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "runs.db"


def test_a_run_says_in_words_what_its_judge_left_unjudged(db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server().always(answer("9/10, lovely work")) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        assert sitegen(db, *RUN, "--judges", f"static,llm:{JUDGE}").exit_code == 0
    shown = sitegen(db, "show", "e1.1", "--step", "1")
    assert f"judge {JUDGE}: unjudged: 3 of 3 samples could not be read: there is no JSON in the reply" in shown.output
    told = json.loads(sitegen(db, "show", "e1.1", "--step", "1", "--json").output)
    assert told["llm"][0]["unjudged"].startswith("3 of 3 samples")
    assert told["score"]["layers"] == ["static"]
    assert [sample["error"] for sample in told["samples"]] == ["there is no JSON in the reply"] * 3


def test_an_unfit_judge_is_told_with_figures_and_status_1(db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("judge", "audit", "--llm", JUDGE, "--sample", "4", "--samples", "1", "-t", "blank-site", "--id", "layout.visual-break")
    with Server().always(judge(blind)) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        table, told = sitegen(db, *words), sitegen(db, *words, "--json")
    assert table.exit_code == told.exit_code == 1
    assert "recall 0.00 < 0.8" in table.output
    assert "unfit: it has earned no id" in table.output
    report = json.loads(told.output.split("\nerror:")[0].splitlines()[0])
    assert report["fit"] == []
    assert report["rows"][0]["violation"] == "layout.visual-break"
    assert report["rows"][0]["realistic"]["high"] is not None


def test_audits_of_programs_and_of_judges_take_flags_of_their_own(db: Path) -> None:
    for words in (("--samples", "2"), ("--llm", "reference", "--files-alone"), ("--llm", "reference")):
        found = sitegen(db, "judge", "audit", *words)
        assert found.exit_code == 2, found.output


def test_rejudge_shows_both_judgings(db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sitegen(db, *RUN, "--judges", "static").exit_code == 0
    with Server().always(judge(eager)) as server:
        monkeypatch.setenv("SITEGEN_MODELS", str(models_file(tmp_path, server.base_url, "fair")))
        found = sitegen(db, "rejudge", "e1.1", "--judges", f"study:{JUDGE}", "--json")
        assert found.exit_code == 0, found.output
    told = json.loads(found.output.splitlines()[0])
    assert told["before"]["layers"] == ["static"]
    assert told["after"]["layers"] == ["llm"]
    assert told["after"]["value"] < told["before"]["value"]
    shown = sitegen(db, "show", "e1.1", "--step", "1").output
    assert "judged before: static:" in shown
    assert sitegen(db, "rejudge", "e9.9").exit_code == 2


def test_blindness_is_told_in_words_and_numbers(db: Path) -> None:
    models = ("-m", "simulated/typical", "-m", "simulated/reckless")
    run = sitegen(db, "run", *models, "-t", "blank-site", "--actions", "1-3", "--judges", "static")
    assert run.exit_code == 0, run.output
    assert "better than chance" in sitegen(db, "judge", "blindness").output
    told = json.loads(sitegen(db, "judge", "blindness", "--json").output)
    assert set(told) == {"steps", "models", "written", "blinded"}
    assert told["blinded"]["n"] == told["steps"]


@pytest.mark.skipif(bool(local.missing()), reason=local.missing() or "installed")
@pytest.mark.skipif(not os.environ.get("SITEGEN_EVERY"), reason="reading whole sites takes it minutes: SITEGEN_EVERY=1")
def test_the_small_local_model_is_unfit(db: Path) -> None:
    words = ("--sample", "2", "--samples", "1", "-t", "blank-site", "--id", "layout.visual-break", "--json")
    found = sitegen(db, "judge", "audit", "--llm", "local/smollm2-135m", *words)
    assert found.exit_code == 1, found.output
    report = json.loads(found.output.splitlines()[0])
    assert report["fit"] == []
    assert report["usage"]["input_tokens"] > 5000
