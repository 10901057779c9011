"""Who can be asked: from a model's name to its provider, and what lists say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sitegen_tui.domain.models import ModelInfo
from sitegen_tui.domain.ports import Provider, Workers
from sitegen_tui.errors import UnknownName, UsageError
from sitegen_tui.providers.profiles import profiles
from sitegen_tui.providers.reference import ReferenceProvider
from sitegen_tui.providers.simulated import PREFIX, SimulatedProvider

Make = Callable[[Workers], Provider]


@dataclass(frozen=True, slots=True)
class _Contestant:
    info: ModelInfo
    make: Make


_ABSENT = {
    "openrouter/": "OpenRouter cannot be asked yet",
    "openai/": "OpenAI-compatible servers cannot be asked yet",
    "cli/": "command lines cannot be asked yet",
    "local/": "no embedded model is here yet",
    "routed/": "routing policies are not here yet",
}
"""Names that will mean something, by their beginning."""


def models() -> tuple[ModelInfo, ...]:
    """Every model that can be named, in the order of lists."""
    return tuple(contestant.info for contestant in _contestants().values())


def model(name: str) -> ModelInfo:
    """What is known of a model. Raises UnknownName, or UsageError for a kind of model that cannot be asked yet."""
    return _find(name).info


def provider(name: str, workers: Workers) -> Provider:
    """The adapter that reaches a model; offline models calculate in `workers`. Raises as `model` does."""
    return _find(name).make(workers)


def _contestants() -> dict[str, _Contestant]:
    offline = [
        _Contestant(
            ModelInfo(name="reference", kind="reference", reachable=True, note="the reference editor: a perfect run"),
            ReferenceProvider,
        ),
        *(
            _Contestant(
                ModelInfo(name=PREFIX + name, kind="simulated", simulated=True, reachable=True, note=profile.about),
                SimulatedProvider,
            )
            for name, profile in profiles().items()
        ),
    ]
    return {contestant.info.name: contestant for contestant in offline}


def _find(name: str) -> _Contestant:
    known = _contestants()
    if name in known:
        return known[name]
    for beginning, message in _ABSENT.items():
        if name.startswith(beginning):
            raise UsageError(f"{name}: {message}", hint=f"models that run offline: {', '.join(known)}")
    raise UnknownName("model", name, tuple(known))
