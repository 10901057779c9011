"""What the engine asks of the world: a model that streams, a browser that looks, and workers that calculate."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Literal, ParamSpec, Protocol, TypeVar, runtime_checkable

from pydantic import Field, JsonValue

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.runs import Attempt, Message, Pairing, RunPlan, Usage

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a reply as it arrives; the last one carries the finish reason and, when known, the usage.

    `settings` are those the request was made with, told before anything else so that a request that fails has them too.
    `served_by` is who answered in truth, where a service says so. No secret is ever in either.
    """

    text: str = ""
    reasoning: str = ""
    finish_reason: str | None = None
    usage: Usage | None = None
    settings: Mapping[str, JsonValue] | None = None
    served_by: str = ""


class ModelRequest(Frozen):
    """One attempt that a model is asked for.

    `files` holds the editable files (path to text) as they are now: only offline models look at them, since they compute
    their replies instead of reading the prompt.
    """

    plan: RunPlan
    step: int
    action: str
    attempt: int
    purpose: Literal["edit", "repair", "whole-file"] = "edit"
    messages: tuple[Message, ...]
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sight:
    """What a browser saw of a site.

    `probe` is a `Probe` as JSON: it travels from the process that measures to the one that judges, and no other has to read it.
    `pictures` are image bytes by view, empty where the page could not be shown.
    """

    probe: bytes
    pictures: Mapping[str, bytes]


class Eyes(Protocol):
    """A browser that looks at sites. Raises RenderUnavailable when none can; whatever is wrong with a page is in the probe."""

    async def look(self, pairing: Pairing, texts: Mapping[str, str]) -> Sight:
        """What is seen of a site: editable texts (path to text) beside the assets of its template and requirements."""
        ...


class Workers(Protocol):
    """A pool of processes. `call` runs a module-level function there and returns what it returns or raises what it raises."""

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The function's result."""
        ...


class Lane(Frozen):
    """What requests share that go the same way: one service and key, one server, one command.

    At most `at_once` requests are under way in it and at most `per_minute` begin in any minute; None is no limit.
    """

    name: str
    at_once: int | None = Field(default=None, ge=1)
    per_minute: int | None = Field(default=None, ge=1)


OFFLINE = Lane(name="offline")
"""The way to models that calculate their replies here: it has no limit and cannot fail for everyone."""


class Provider(Protocol):
    """A contestant."""

    @property
    def lane(self) -> Lane:
        """Whose limits its requests count against."""
        ...

    def stream(self, request: ModelRequest) -> AsyncIterator[Chunk]:
        """Pieces of the reply, as they come. Raises ProviderError; closing the iterator ends the request."""
        ...

    def ceiling(self, request: ModelRequest) -> float | None:
        """The most US dollars that a request can cost: its prompt and the longest reply allowed. None where no price is known."""
        ...


@runtime_checkable
class Router(Protocol):
    """A contestant that is several: the actions of a run are asked of different ones."""

    def leg(self, action: str) -> Provider:
        """Who is asked for an action. Raises ProviderError where nobody is."""
        ...


def asked_for(provider: Provider, action: str) -> Provider:
    """Whose lane, price and answer count for an action of a run."""
    return provider.leg(action) if isinstance(provider, Router) else provider


class Recordings(Protocol):
    """Stored runs that can be played again."""

    def plan(self, run_id: str) -> RunPlan:
        """What was run. Blocks while the database is read; raises UnknownName."""
        ...

    async def attempts(self, run_id: str, step: int) -> tuple[Attempt, ...]:
        """The attempts of a step as it was last run, in order, with messages and replies; empty for a step that was not run."""
        ...
