"""What a person marks on a step: an entry of the catalogue, how often, and the lines that show it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from sitegen_tui.domain.base import Frozen


class Lines(Frozen):
    """Lines `first` to `last` (from 1, both included) of a file before or after the step."""

    file: str = Field(min_length=1, max_length=400)
    side: Literal["before", "after"] = "after"
    first: int = Field(ge=1)
    last: int = Field(ge=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("the last line comes before the first")
        return self


class Mark(Frozen):
    """A violation that a person saw: `wrong` instances, of `of` that there are where the catalogue shares a weight among them.

    `subject` names which of the things that the catalogue weighs apart (headline, cta ...) it is about; '' elsewhere.
    """

    violation: str = Field(min_length=1, max_length=100)
    subject: str = Field(default="", max_length=100)
    places: tuple[Lines, ...] = ()
    wrong: int = Field(default=1, ge=1, le=999)
    of: int = Field(default=1, ge=1, le=999)

    @model_validator(mode="after")
    def _no_more_than_there_are(self) -> Self:
        if self.of > 1 and self.wrong > self.of:
            raise ValueError(f"{self.wrong} of {self.of} cannot be wrong")
        return self
