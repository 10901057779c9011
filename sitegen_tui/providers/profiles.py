"""What simulated models are like: how often they slip, by action, and how they write."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import Field

from sitegen_tui.domain.base import Frozen

PROFILES_FILE = "simulated_profiles.yaml"


class Manners(Frozen):
    """How often a reply goes wrong as a reply; chances of one step, 0 to 1.

    `mangled`: the quoted lines have lost their indentation. `corrupted`: one quoted block is misremembered. `truncated`: the
    reply ends in the middle. `chatty`: it talks about the edits without giving any. `mends`: chance that an edit asked for
    again comes right.
    """

    mangled: float = Field(ge=0, le=1)
    corrupted: float = Field(ge=0, le=1)
    truncated: float = Field(ge=0, le=1)
    chatty: float = Field(ge=0, le=1)
    mends: float = Field(ge=0, le=1)


class Style(Frozen):
    """How replies look: chances that one has a preface, code fences, a thought, and whether thoughts stand in the reply."""

    preface: float = Field(ge=0, le=1)
    fences: float = Field(ge=0, le=1)
    thinks: float = Field(ge=0, le=1)
    inline_thought: bool = False


class Profile(Frozen):
    """One simulated model.

    `faults` is the mean number of the action's own faults planted in one step, `damage` that of faults beside the task, both
    by action. `spread` is the standard deviation of the logarithm of a run's own factor on all these rates and on `manners`:
    a bad run is bad everywhere. `weights` multiplies how likely a fault is among its like, by its id.
    """

    about: str
    spread: float = Field(ge=0, le=2)
    manners: Manners
    style: Style
    faults: dict[str, float]
    damage: dict[str, float]
    weights: dict[str, float] = {}


@cache
def profiles() -> dict[str, Profile]:
    """The simulated models by their short name."""
    text = files("sitegen_tui.providers").joinpath(PROFILES_FILE).read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.safe_load(text)
    return {name: Profile.model_validate(entry) for name, entry in raw["profiles"].items()}
