"""The base of every model: frozen, strict about unknown keys."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value: compared by content, never changed, refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
