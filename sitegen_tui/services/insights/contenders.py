"""Which models are set against each other by what they cost or take, and why the others are not."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sitegen_tui.domain.models import REPLAY
from sitegen_tui.domain.policies import Saves

REFERENCE = "reference"


def aside(models: Sequence[str], simulated: Collection[str], priced: Collection[str], saves: Saves) -> dict[str, str]:
    """Models that are left aside, each with the reason, in their order.

    Simulated models are set against one another alone, and only by time: what they take says nothing beside what real ones do,
    and nobody pays for them. A model whose price is not known is left aside where dollars count: it is not free.
    """
    real = any(not calculated(model, simulated) for model in models)
    found: dict[str, str] = {}
    for model in models:
        if model == REFERENCE:
            found[model] = "the reference editor is no model"
        elif model.startswith(REPLAY):
            found[model] = "a stored run was paid and waited for before"
        elif model in simulated and (real or saves == "cost"):
            found[model] = "simulated, so nothing is paid or waited for" if real else "simulated, so nothing is paid for it"
        elif saves == "cost" and model not in priced:
            found[model] = "no price is known"
    return found


def calculated(model: str, simulated: Collection[str]) -> bool:
    """Whether a model's answers are made or kept here, so that its cost and time are no model's."""
    return model == REFERENCE or model.startswith(REPLAY) or model in simulated


def saved_first(models: Sequence[str], simulated: Collection[str], priced: Collection[str]) -> Saves:
    """What counts where nobody says: dollars where any real model has a price, else time."""
    return "cost" if any(model in priced and not calculated(model, simulated) for model in models) else "latency"


def said(reasons: dict[str, str]) -> str:
    """The models by reason: `one, two (no price is known); reference (...)`."""
    by_reason: dict[str, list[str]] = {}
    for model, reason in reasons.items():
        by_reason.setdefault(reason, []).append(model)
    return "; ".join(f"{', '.join(models)} ({reason})" for reason, models in by_reason.items())
