"""Contestants as lists and tables show them: name, kind, price, and whether they can be asked."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sitegen_tui.domain.base import Frozen

ModelKind = Literal["reference", "simulated", "local", "openrouter", "openai", "cli", "routed"]


class Price(Frozen):
    """US dollars for a million tokens."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)


class ModelInfo(Frozen):
    """What is known of a model without asking it.

    `simulated` models make up their replies here: they are always shown as simulated. `context` is in tokens. `reachable`
    says whether a run could begin now: None where only trying would tell.
    """

    name: str
    kind: ModelKind
    simulated: bool = False
    price: Price | None = None
    context: int | None = None
    reachable: bool | None = None
    note: str = ""
