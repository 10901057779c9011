"""A routing policy as a contestant: each action is asked of the model that the policy names for it, as that model is asked."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import replace
from typing import cast

from sitegen_tui.domain.ports import Chunk, Lane, ModelRequest, Provider
from sitegen_tui.errors import ProviderError


class Leg:
    """One model of a policy: its own lane, price and settings; what it answers says that it was this one."""

    def __init__(self, model: str, provider: Provider) -> None:
        self.model = model
        self._provider = provider

    @property
    def lane(self) -> Lane:
        """The model's."""
        return self._provider.lane

    def ceiling(self, request: ModelRequest) -> float | None:
        """The model's."""
        return self._provider.ceiling(self._own(request))

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Chunk, None]:
        """What the model answers to the request as if the run were its own: chance by seed falls as it does there."""
        yield Chunk(served_by=self.model)
        async with aclosing(_closable(self._provider.stream(self._own(request)))) as chunks:
            async for chunk in chunks:
                yield replace(chunk, served_by=f"{self.model} ({chunk.served_by})") if chunk.served_by else chunk

    def _own(self, request: ModelRequest) -> ModelRequest:
        return request.model_copy(update={"plan": request.plan.model_copy(update={"model": self.model})})


class RoutedProvider:
    """Gives each action to a leg. `routes` maps ids of actions to names of models, `providers` has each of these."""

    def __init__(self, name: str, routes: Mapping[str, str], providers: Mapping[str, Provider]) -> None:
        self._name = name
        legs = {model: Leg(model, provider) for model, provider in providers.items()}
        self._legs = {action: legs[model] for action, model in routes.items()}

    @property
    def lane(self) -> Lane:
        """That of its first action: each has its own."""
        return next(iter(self._legs.values())).lane

    def leg(self, action: str) -> Leg:
        """Who does an action. Raises ProviderError where the policy does not say."""
        found = self._legs.get(action)
        if found is None:
            raise ProviderError(f"{self._name} does not say who does {action}", hint="run the actions that it names")
        return found

    def stream(self, request: ModelRequest) -> AsyncIterator[Chunk]:
        """The answer of who does the action."""
        return self.leg(request.action).stream(request)

    def ceiling(self, request: ModelRequest) -> float | None:
        """That of who does the action."""
        return self.leg(request.action).ceiling(request)


def _closable(chunks: AsyncIterator[Chunk]) -> AsyncGenerator[Chunk, None]:
    # Every provider streams by a generator; the port only asks for what readers need.
    return cast("AsyncGenerator[Chunk, None]", chunks)
