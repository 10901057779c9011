import subprocess
import sys

import pytest

from sitegen_tui import __version__
from sitegen_tui.cli import output
from sitegen_tui.cli.main import COMMANDS, program
from sitegen_tui.domain.pipeline import ACTION_IDS
from sitegen_tui.store import Store


def test_every_command_has_help_and_a_database_flag(sitegen):
    for name in COMMANDS:
        told = sitegen(name, "--help")
        assert told.status == 0
        command = program.get_command(None, name)
        below = getattr(command, "commands", {None: command})
        for one in below.values():
            assert "db" in [parameter.name for parameter in one.params], (name, one.name)
            assert "as_json" in [parameter.name for parameter in one.params], (name, one.name)


def test_the_version_is_told_without_loading_what_it_does_not_need():
    code = (
        "import sys\n"
        "from sitegen_tui.cli.main import main\n"
        "try:\n    main(['--version'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'textual', 'rich', 'scipy', 'pydantic', 'httpx', 'sqlite_utils', 'bs4', 'asyncio'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == [f"sitegen {__version__}", "[]"]


def test_without_a_terminal_the_tui_says_what_to_do(sitegen):
    told = sitegen()
    assert told.status == 2
    assert "terminal" in told.err
    assert "hint: " in told.err


def test_an_unforeseen_error_is_short_and_says_how_to_see_more(sitegen, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("oh no")

    monkeypatch.setattr("sitegen_tui.providers.registry.models", broken)
    told = sitegen("models", "list")
    assert told.status == 3
    assert "ZeroDivisionError: oh no" in told.err
    assert "--debug" in told.err
    assert "Traceback" not in told.err


def test_what_was_recovered_from_leaves_no_traceback_between_the_lines(start, db, scripted):
    with Store.open(db) as store:
        plan = scripted.plan(models=("reference",), actions=ACTION_IDS)
        store.create_experiment(plan, created_at=scripted.START)
    process = start("resume")
    _, err = process.communicate(timeout=120)
    assert process.returncode == 3
    assert "unknown template: 'safari'" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("plain ä 字\n\tline", "plain ä 字\n\tline"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("a\x00b\x08c\x7fd\x9be\re", "abcdee"),
        ("\u202eabc\u2066d\u200f", "abcd"),
        ("\ud800half", "half"),
    ],
)
def test_printed_text_holds_nothing_a_terminal_obeys(text, clean):
    assert output.clean(text) == clean


def test_content_and_models_are_listed_as_json(sitegen):
    templates = sitegen("template", "list", "--json").json["templates"]
    assert {"blank-site", "safari-lodge"} <= {row["id"] for row in templates}
    briefs = sitegen("requirements", "list", "--json").json["requirements"]
    assert {row["template"] for row in briefs} >= {"blank-site", "safari-lodge"}
    models = {row["name"]: row for row in sitegen("models", "list", "--json").json["models"]}
    assert models["reference"]["simulated"] is False
    assert models["simulated/reckless"]["simulated"] is True


def test_templates_are_listed_with_their_difficulty_and_shown_one_by_one(sitegen):
    rows = {row["id"]: row for row in sitegen("template", "list", "--json").json["templates"]}
    lodge = rows["safari-lodge"]
    counts = lodge["counts"]
    assert (lodge["tier"], counts["sections"], counts["backgrounds"]) == (3, 6, 4)
    assert lodge["number"] == sum(counts.values()) - counts["layers"] / 2
    head = sitegen("template", "list").out.splitlines()[0].split()
    assert head[3:10] == ["tier", "number", "sections", "backgrounds", "layers", "directives", "behaviours"]
    shown = sitegen("template", "show", "safari-lodge")
    assert f"tier 3; by count {lodge['number']:g}, tier {lodge['computed_tier']}" in shown.out
    assert "lightbox-open" in shown.out
    assert sitegen("template", "show", "safari-lodge", "--json").json["patterns"]["gallery"] == ["bento", "grid"]
    assert sitegen("template", "show", "nowhere").status == 2


def test_a_template_in_order_passes_and_one_that_is_not_fails_with_status_1(sitegen, tmp_path):
    assert sitegen("template", "check", "safari-lodge", "--json").json["ok"] is True
    broken = tmp_path / "mine"
    broken.mkdir()
    (broken / "template.yaml").write_text("id: mine\nnaem: x\n")
    told = sitegen("template", "check", broken, "--json")
    assert told.status == 1
    assert told.json["ok"] is False
    assert any(finding["field"] == "naem" and finding["line"] == 2 for finding in told.json["findings"])


def test_requirements_are_checked_by_id_or_file(sitegen):
    assert sitegen("requirements", "check", "thornveld-01").status == 0
    assert sitegen("requirements", "check", "thornveld-99").status == 2


def test_checking_an_unknown_model_names_its_neighbour(sitegen):
    assert sitegen("models", "check", "reference", "--json").json["models"][0]["reachable"] is True
    told = sitegen("models", "check", "simulated/carefull")
    assert told.status == 2
    assert "simulated/careful" in told.err


def test_the_doctor_has_a_line_for_everything_and_a_mend_for_what_is_missing(sitegen, stored):
    told = sitegen("doctor", "--json")
    checks = {check["name"]: check for check in told.json["checks"]}
    assert checks["database"]["state"] == "ok"
    assert all(check["mend"] for check in checks.values() if check["state"] != "ok")
    assert told.status == (0 if told.json["ok"] else 1)


def test_a_model_that_cannot_be_asked_fails_the_check_with_what_is_missing(sitegen, monkeypatch):
    monkeypatch.delenv("OPENROUTER_API_KEY", raising=False)
    told = sitegen("models", "check", "reference", "claude-haiku-4.5", "--json")
    assert told.status == 3
    assert [row["reachable"] for row in told.json["models"]] == [True, False]
    assert "OPENROUTER_API_KEY" in told.err
    row = told.json["models"][1]
    assert row["name"] == "openrouter/anthropic/claude-haiku-4.5"
    assert row["price"] == {"input": 1.0, "output": 5.0, "as_of": "2026-03-30"}


def test_a_models_file_with_a_mistake_is_told_by_list_and_doctor(sitegen, monkeypatch, tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("models:\n  openrouter/a/b:\n    contxt: 1\n")
    monkeypatch.setenv("SITEGEN_MODELS", str(file))
    told = sitegen("models", "list")
    assert told.status == 2
    assert "mine.yaml:3" in told.err
    doctor = sitegen("doctor", "--json")
    assert doctor.status == 1
    broken = [check for check in doctor.json["checks"] if check["state"] == "broken"]
    assert [check["name"] for check in broken] == ["models"]
    assert "mine.yaml:3" in broken[0]["detail"]


def test_a_stored_run_is_played_again_from_the_command_line(sitegen):
    site = ("-t", "blank-site", "--judges", "static", "--actions", "1-2")
    assert sitegen("run", "-m", "simulated/careful", *site, "--json").status == 0
    told = sitegen("run", "-m", "replay/e1.1", "--judges", "static", "--json")
    assert told.status == 0
    started = next(event for event in told.lines if event["event"] == "RunStarted")
    assert started["plan"]["simulated"] is True
    assert started["plan"]["actions"] == ["apply-colours", "swap-fonts"]
    assert sitegen("models", "check", "replay/e1.1", "--json").json["models"][0]["kind"] == "replay"
    other = sitegen("run", "-m", "replay/e1.1", "-t", "safari-lodge")
    assert other.status == 2
    assert "blank-site" in other.err
    assert sitegen("run", "-m", "replay/e9.9").status == 2
