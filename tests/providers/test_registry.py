"""Names of models."""

from __future__ import annotations

import pytest

from sitegen_tui.engine.pool import InlineWorkers
from sitegen_tui.errors import UnknownName, UsageError
from sitegen_tui.providers import registry


def test_every_listed_model_can_be_asked_and_says_whether_it_is_simulated():
    for info in registry.models():
        assert registry.model(info.name) == info
        assert registry.provider(info.name, InlineWorkers()) is not None
        assert info.simulated == info.name.startswith("simulated/")


def test_the_four_simulated_models_and_the_reference_are_there():
    assert {info.name for info in registry.models()} >= {
        "reference",
        "simulated/careful",
        "simulated/typical",
        "simulated/erratic",
        "simulated/reckless",
    }


def test_a_misspelt_name_is_answered_with_its_neighbours():
    with pytest.raises(UnknownName) as caught:
        registry.model("simulated/carefull")
    assert "simulated/careful" in caught.value.hint


@pytest.mark.parametrize("name", ["openrouter/x/y", "openai/m@http://127.0.0.1:1", "cli/claude", "local/smollm2-135m"])
def test_a_model_that_comes_later_says_so(name: str):
    with pytest.raises(UsageError) as caught:
        registry.model(name)
    assert not isinstance(caught.value, UnknownName)
    assert "reference" in caught.value.hint
