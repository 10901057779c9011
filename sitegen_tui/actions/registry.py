"""The sixteen actions in their order: the pipeline's names with the files that fill them."""

from __future__ import annotations

from importlib import import_module

from sitegen_tui.actions.base import Action
from sitegen_tui.domain.pipeline import ACTION_IDS, PIPELINE
from sitegen_tui.errors import UnknownName


def _module(action_id: str) -> str:
    return f"sitegen_tui.actions.{action_id.replace('-', '_')}"


ACTIONS: tuple[Action, ...] = tuple(import_module(_module(name.id)).ACTION for name in PIPELINE)
_BY_ID = {action.id: action for action in ACTIONS}


def action(action_id: str) -> Action:
    """The action of that id. Raises UnknownName."""
    found = _BY_ID.get(action_id)
    if found is None:
        raise UnknownName("action", action_id, ACTION_IDS)
    return found
