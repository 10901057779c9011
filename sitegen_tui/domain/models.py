"""Contestants as lists and tables show them: name, kind, price, limits, and whether they can be asked."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, JsonValue

from sitegen_tui.domain.base import Frozen
from sitegen_tui.domain.ports import OFFLINE, Lane

ModelKind = Literal["reference", "simulated", "local", "openrouter", "openai", "cli", "routed", "replay"]

REPLAY = "replay/"
"""How names begin that mean a stored run, played again."""


class Price(Frozen):
    """US dollars for a million tokens, and the day on which that was so."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)
    as_of: date | None = None


class ModelInfo(Frozen):
    """What is known of a model without asking it.

    `name` is the whole name, by which results are kept; `alias` a short one that means the same. `simulated` models make up
    their replies here: they are always shown as simulated. `context` and `max_output` are in tokens, None where there is no
    limit or none is known. `settings` go with every request. `base_url` and `key`, the name of an environment variable, tell
    where it is asked and with which key; never the key itself. `routes` says of a policy which model does which action.
    `reachable` says whether a run could begin now: None where only trying would tell, and `note` then or otherwise says what is
    missing.
    """

    name: str
    kind: ModelKind
    title: str = ""
    alias: str = ""
    simulated: bool = False
    price: Price | None = None
    context: int | None = None
    max_output: int | None = None
    settings: dict[str, JsonValue] = {}
    lane: Lane = OFFLINE
    base_url: str = ""
    key: str | None = None
    routes: dict[str, str] = {}
    family: str = Field(default="", description="who trained it, as far as it is known: judges of one family err alike")
    reachable: bool | None = None
    note: str = ""

    @property
    def bounded(self) -> bool:
        """Whether it is known beforehand what a request can cost at most: here nothing, elsewhere by price and longest reply."""
        if self.kind in ("reference", "simulated", "local", "replay"):
            return True
        if self.price is None:
            return False
        free = self.price.input == self.price.output == 0
        return free or self.kind == "cli" or bool({"max_tokens", "max_completion_tokens"} & self.settings.keys())
