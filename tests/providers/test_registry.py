"""Names of models: what they mean, what is known of them, and what wrong ones are told."""

from __future__ import annotations

import pytest

from sitegen_tui.domain.models import Price
from sitegen_tui.engine.pool import InlineWorkers
from sitegen_tui.errors import ProviderError, UsageError
from sitegen_tui.providers import registry
from sitegen_tui.providers.openai import OpenAIProvider

PUBLISHED = {
    "claude-sonnet-4.6": (3.00, 15.00),
    "kimi-k2.5": (0.42, 2.20),
    "claude-haiku-4.5": (1.00, 5.00),
    "deepseek-v3.2": (0.26, 0.38),
    "deepseek-r1": (0.70, 2.50),
}


@pytest.fixture(autouse=True)
def keyless(monkeypatch, tmp_path):
    """No key, and no models file of whoever runs the tests."""
    for name in ("OPENROUTER_API_KEY", "OPENAI_API_KEY", "SITEGEN_MODELS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def test_every_listed_model_can_be_named_and_only_simulated_ones_say_they_are():
    for info in registry.models():
        assert registry.model(info.name) == info
        assert info.simulated == info.name.startswith("simulated/")
        if info.reachable is not False:
            assert registry.provider(info.name, InlineWorkers()).lane == info.lane


def test_offline_models_come_first_and_need_nothing():
    names = [info.name for info in registry.models()]
    offline = ["reference", *(f"simulated/{name}" for name in ("careful", "typical", "erratic", "reckless"))]
    assert names[:5] == offline
    assert all(registry.model(name).reachable and registry.model(name).context is None for name in offline)


@pytest.mark.parametrize("alias", PUBLISHED)
def test_the_studys_models_are_there_under_both_names_with_the_published_price(alias: str):
    info = registry.model(alias)
    assert info == registry.model(info.name)
    assert info.name.startswith("openrouter/")
    assert info.name.endswith(alias)
    assert info.price is not None
    assert (info.price.input, info.price.output) == PUBLISHED[alias]
    assert str(info.price.as_of) == "2026-03-30"


def test_without_a_key_openrouter_cannot_be_asked_and_says_which_variable_to_set(monkeypatch):
    info = registry.model("claude-haiku-4.5")
    assert info.reachable is False
    assert "OPENROUTER_API_KEY" in info.note
    with pytest.raises(ProviderError):
        registry.provider(info.name, InlineWorkers())
    monkeypatch.setenv("OPENROUTER_API_KEY", "sk-or-thisisnotakey")
    assert registry.model("claude-haiku-4.5").reachable is None
    assert isinstance(registry.provider(info.name, InlineWorkers()), OpenAIProvider)


def test_a_model_that_is_not_listed_can_be_asked_all_the_same_with_its_price_unknown():
    info = registry.model("openrouter/some-maker/some-model:free")
    assert (info.kind, info.price, info.context) == ("openrouter", None, None)
    assert info.settings == registry.model("kimi-k2.5").settings
    assert info.lane == registry.model("kimi-k2.5").lane


def test_a_server_by_its_short_name_is_the_same_model_as_by_its_address():
    short, long = (registry.model(f"openai/llama3.2@{where}") for where in ("ollama", "http://localhost:11434/v1/"))
    assert short == long
    assert short.name == "openai/llama3.2@http://localhost:11434/v1"
    assert short.lane.at_once == 1


@pytest.mark.parametrize(
    ("where", "key"),
    [
        ("https://api.openai.com/v1", "OPENAI_API_KEY"),
        ("https://API.openai.com:443/v1", "OPENAI_API_KEY"),
        ("http://api.openai.com/v1", None),
        ("https://api.openai.com.example/v1", None),
        ("https://api.openai.com:8443/v1", None),
        ("http://localhost:11434/v1", None),
    ],
)
def test_a_key_goes_to_the_host_it_belongs_to_and_to_no_other(where: str, key: str | None):
    assert registry.model(f"openai/some-model@{where}").key == key


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("simulated/carefull", "simulated/careful"),
        ("claude-haiku-4.6", "claude-haiku-4.5"),
        ("cli/claud", "cli/claude"),
        ("local/smollm2", "local/smollm2-135m"),
        ("openai/x@olama", "ollama"),
    ],
)
def test_a_misspelt_name_is_answered_with_its_neighbours(name: str, said: str):
    with pytest.raises(UsageError) as caught:
        registry.model(name)
    assert said in caught.value.hint


@pytest.mark.parametrize(
    "name",
    [
        "openai/llama3.2",
        "openai/@http://localhost:1/v1",
        "openai/x@ftp://localhost/v1",
        "openai/x@http:///v1",
        "openai/x@http://localhost:99999/v1",
        "openai/x@http://localhost/v1?key=hunter2",
        "openrouter/haiku",
        "openrouter/../x",
        "replay/17",
        "cli/../../bin/sh",
        "routed/cheapest",
        "",
        "/",
    ],
)
def test_a_name_that_cannot_mean_anything_is_refused_with_what_to_write(name: str):
    with pytest.raises(UsageError) as caught:
        registry.model(name)
    assert caught.value.hint
    assert "hunter2" not in f"{caught.value.message}{caught.value.hint}"


def test_a_password_in_an_address_is_refused_and_never_repeated():
    with pytest.raises(UsageError) as caught:
        registry.model("openai/x@https://me:hunter2@example.test/v1")
    assert "hunter2" not in f"{caught.value.message}{caught.value.hint}"


def test_an_at_sign_may_be_part_of_a_models_own_name():
    info = registry.model("openai/@cf/meta/llama@http://localhost:8080/v1")
    assert registry.served_id(info) == "@cf/meta/llama"


def test_a_price_may_be_nothing_but_never_less():
    with pytest.raises(ValueError, match="greater"):
        Price(input=-1, output=0)
