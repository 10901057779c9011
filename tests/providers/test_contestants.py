"""The models file: ours, the user's over it, and what is said of mistakes in it."""

from __future__ import annotations

import pytest

from sitegen_tui.errors import UsageError
from sitegen_tui.providers import registry


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch, tmp_path):
    """A working directory and a configuration folder of the test's own, and no keys."""
    for name in ("OPENROUTER_API_KEY", "OPENAI_API_KEY", "SITEGEN_MODELS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def test_a_file_of_ones_own_comes_over_ours_field_by_field(elsewhere):
    (elsewhere / "models.yaml").write_text(
        """\
models:
  openrouter/anthropic/claude-haiku-4.5:
    price: {input: 0.8, output: 4, as_of: 2026-11-01}
    settings: {temperature: null, top_p: 0.9}
  openrouter/some-maker/some-model: {alias: mine, title: Mine, context: 32768}
"""
    )
    haiku = registry.model("claude-haiku-4.5")
    assert haiku.price is not None
    assert (haiku.price.input, str(haiku.price.as_of)) == (0.8, "2026-11-01")
    assert (haiku.title, haiku.context) == ("Claude Haiku 4.5", 200_000)
    assert haiku.settings == {"max_tokens": 16_384, "top_p": 0.9}
    assert registry.model("mine").name == "openrouter/some-maker/some-model"
    assert registry.model("kimi-k2.5").settings == {"max_tokens": 16_384, "temperature": 0}


def test_the_file_that_the_environment_names_goes_before_others_and_a_change_is_seen(elsewhere, monkeypatch):
    config = elsewhere / "config" / "sitegen-tui"
    config.mkdir(parents=True)
    files = (config / "models.yaml", elsewhere / "models.yaml", elsewhere / "named.yaml")
    for context, file in zip((1000, 2000, 3000), files, strict=True):
        file.write_text(f"models: {{openrouter/a/b: {{context: {context}}}}}\n")
    assert registry.model("openrouter/a/b").context == 2000
    files[1].unlink()
    assert registry.model("openrouter/a/b").context == 1000
    monkeypatch.setenv("SITEGEN_MODELS", str(files[2]))
    assert registry.model("openrouter/a/b").context == 3000
    files[2].write_text("models: {openrouter/a/b: {context: 40000}}\n")
    assert registry.model("openrouter/a/b").context == 40_000


def test_a_file_that_is_named_and_not_there_is_not_passed_over(monkeypatch):
    monkeypatch.setenv("SITEGEN_MODELS", "nowhere.yaml")
    with pytest.raises(UsageError, match=r"nowhere\.yaml"):
        registry.models()


@pytest.mark.parametrize(
    ("text", "line", "field", "hint"),
    [
        ("models:\n  openrouter/a/b:\n    contxt: 1000\n", 3, "contxt", "context"),
        ("models:\n  openrouter/a/b:\n    price: {input: -1, output: 1}\n", 3, "price.input", "at least 0"),
        ("models:\n  openrouter/a/b:\n    price: {input: 1}\n", 3, "price.output", "add output"),
        ("models:\n  openrouter/a/b:\n    at_once: none\n", 3, "at_once", "whole number"),
        ("models:\n  openrouter/haiku: {}\n", 2, "openrouter/haiku", "openrouter/MAKER/MODEL"),
        ("models:\n  simulated/mine: {}\n", 2, "simulated/mine", "begin with"),
        ("models:\n  local/other: {}\n", 2, "local/other", "smollm2"),
        ("models:\n  openrouter/a/b:\n    key: sk-or-v1-abcdef\n", 3, "key", "environment variable"),
        ("models:\n  openrouter/a/b:\n    base_url: localhost:80\n", 3, "base_url", "http://"),
        ("models:\n  openrouter/a/b:\n    base_url: http://u:hunter2@h/v1\n", 3, "base_url", "http://"),
        ("models:\n  openrouter/a/b:\n    command: [echo]\n", 3, "command", "cli/"),
        ("models:\n  cli/mine:\n    command: echo hello\n", 3, "command", "list"),
        ("models:\n  cli/mine:\n    environment: [KEY=value]\n", 3, "environment", "names"),
        ("servers:\n  mine:\n    at_once: 1\n", 2, "mine", "base_url"),
        ("providers:\n  openruter: {}\n", 2, "openruter", "openrouter"),
    ],
)
def test_a_mistake_is_told_with_file_line_field_and_mend(elsewhere, text: str, line: int, field: str, hint: str):
    (elsewhere / "models.yaml").write_text(text)
    with pytest.raises(UsageError) as caught:
        registry.models()
    assert f"models.yaml:{line}" in caught.value.message
    assert field in caught.value.message
    assert hint in caught.value.hint
    assert "hunter2" not in f"{caught.value.message}{caught.value.hint}"
    assert "sk-or-v1" not in f"{caught.value.message}{caught.value.hint}"


def test_two_models_cannot_have_one_alias(elsewhere):
    (elsewhere / "models.yaml").write_text("models: {openrouter/a/b: {alias: kimi-k2.5}}\n")
    with pytest.raises(UsageError, match=r"kimi-k2\.5"):
        registry.models()


def test_another_address_does_not_get_the_key_of_the_old_one(elsewhere):
    (elsewhere / "models.yaml").write_text(
        """\
providers: {openrouter: {base_url: "https://proxy.example/v1"}}
models: {"openai/x@openai": {base_url: "https://elsewhere.example/v1"}}
"""
    )
    assert registry.model("claude-haiku-4.5").key is None
    assert registry.model("openai/x@openai").key is None
    (elsewhere / "models.yaml").write_text('providers: {openrouter: {base_url: "https://proxy.example/v1", key: PROXY_KEY}}\n')
    assert registry.model("claude-haiku-4.5").key == "PROXY_KEY"


def test_a_server_of_ones_own_has_a_short_name_limits_and_a_key(elsewhere):
    (elsewhere / "models.yaml").write_text(
        """\
servers:
  lab: {base_url: "http://lab.example:8000/v1", key: LAB_KEY, at_once: 12, per_minute: 90, settings: {temperature: 0.2}}
models:
  openai/big@lab: {max_output: 2048, title: Big}
"""
    )
    info = registry.model("openai/big@lab")
    assert info.name == "openai/big@http://lab.example:8000/v1"
    assert info in registry.models()
    assert (info.title, info.key, info.lane.at_once, info.lane.per_minute) == ("Big", "LAB_KEY", 12, 90)
    assert info.settings == {"temperature": 0.2, "max_tokens": 2048}
    assert registry.model("openai/other@lab").lane == info.lane


def test_a_model_with_limits_of_its_own_has_a_lane_of_its_own(elsewhere):
    (elsewhere / "models.yaml").write_text("models: {openrouter/a/b: {at_once: 1}}\n")
    assert registry.model("openrouter/a/b").lane.name == "openrouter/a/b"
    assert registry.model("openrouter/a/c").lane.name == "openrouter"


def test_a_command_of_ones_own_is_asked_by_its_name(elsewhere):
    (elsewhere / "models.yaml").write_text("models: {cli/mine: {command: [cat, -u], environment: [MY_KEY], timeouts: {idle: 5}}}\n")
    assert registry.model("cli/mine").reachable is None
    command = registry.command("cli/mine")
    assert (command.words, command.environment, command.patience.idle) == (("cat", "-u"), ("MY_KEY",), 5)
